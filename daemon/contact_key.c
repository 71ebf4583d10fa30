/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The key of addresses: see contact_key.h. */

#include "contact_key.h"

#include <stdbool.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/file.h"
#include "kor/base/secret_file.h"

#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define HEAD "kor-contact-key 1 "
#define MAX_SIZE 200

static enum kor_code
make(const char *path, uint8_t key[KORD_CONTACT_KEY_SIZE],
     struct kor_err *err)
{
    char text[MAX_SIZE] = HEAD;
    randombytes_buf(key, KORD_CONTACT_KEY_SIZE);
    sodium_bin2base64(text + strlen(HEAD), sizeof text - strlen(HEAD), key,
                      KORD_CONTACT_KEY_SIZE, BASE64);
    strcat(text, "\n");
    enum kor_code code = kor_file_write(path, text, strlen(text), 0600, err);
    sodium_memzero(text, sizeof text);
    return code;
}

static bool
parse(const char *text, uint8_t key[KORD_CONTACT_KEY_SIZE])
{
    size_t size = 0, len = strlen(HEAD);
    const char *end = strchr(text, '\n');
    return end && !strncmp(text, HEAD, len)
        && sodium_base642bin(key, KORD_CONTACT_KEY_SIZE, text + len,
                             (size_t)(end - text) - len, NULL, &size, NULL,
                             BASE64)
               == 0
        && size == KORD_CONTACT_KEY_SIZE;
}

enum kor_code
kord_contact_key(const struct kord_config *config,
                 uint8_t key[KORD_CONTACT_KEY_SIZE], struct kor_err *err)
{
    char path[512], text[MAX_SIZE];
    unsigned rights;
    enum kor_code code
        = kor_secret_file_read(kord_path(config, "contact.key", path), text,
                               sizeof text, &rights, err);
    if (code == KOR_NOT_FOUND) {
        return make(path, key, err);
    }
    if (code == KOR_OK && !parse(text, key)) {
        code = kor_fail(err, KOR_CONFIG, "contact.key",
                        "%s is no key of addresses: put back the one that "
                        "kord made", path);
    }
    sodium_memzero(text, sizeof text);
    return code == KOR_OK ? kor_secret_file_check(path, rights, 077, err)
                          : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The key of addresses: see contact_key.h. */

#include "contact_key.h"

#include <stdbool.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/base64.h"
#include "kor/base/file.h"
#include "kor/base/secret_file.h"

#define HEAD "kor-contact-key 1 "
#define MAX_SIZE 200

static enum kor_code
make(const char *path, uint8_t key[KORD_CONTACT_KEY_SIZE],
     struct kor_err *err)
{
    char text[MAX_SIZE] = HEAD;
    randombytes_buf(key, KORD_CONTACT_KEY_SIZE);
    kor_base64_write(key, KORD_CONTACT_KEY_SIZE, text + strlen(HEAD));
    strcat(text, "\n");
    enum kor_code code = kor_file_write(path, text, strlen(text), 0600, err);
    sodium_memzero(text, sizeof text);
    return code;
}

/* Reads the one line of the file, which is cut behind the key. */
static bool
parse(char *text, uint8_t key[KORD_CONTACT_KEY_SIZE])
{
    size_t len = strlen(HEAD);
    char *end = strchr(text, '\n');
    if (!end || strncmp(text, HEAD, len)) {
        return false;
    }
    *end = '\0';
    return kor_base64_read(text + len, key, KORD_CONTACT_KEY_SIZE);
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

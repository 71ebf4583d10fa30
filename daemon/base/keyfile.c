/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files: see kor/base/keyfile.h.  They are not INI: a Z85 key may hold
 * ';', '#', '=' and quotes. */

#include "kor/base/keyfile.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/file.h"
#include "kor/base/secret_file.h"

#define MAX_SIZE 4096 /* Of a key file. */

/* The characters of Z85 (ZeroMQ RFC 32). */
#define Z85                                                                   \
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"          \
    ".-:+=^!/*?&<>()[]{}@%$#"

/* Four bytes are five digits of base 85, the greatest first. */
char *
kor_z85_from(const uint8_t key[32], char text[KOR_Z85_SIZE])
{
    for (size_t word = 0; word < 8; word++) {
        uint32_t value = 0;
        for (size_t i = 0; i < 4; i++) {
            value = value << 8 | key[4 * word + i];
        }
        for (size_t i = 5; i-- > 0; value /= 85) {
            text[5 * word + i] = Z85[value % 85];
        }
    }
    text[KOR_Z85_SIZE - 1] = '\0';
    return text;
}

/* The line that begins with 'name', or null. */
static const char *
find_line(const char *text, const char *name)
{
    size_t len = strlen(name);
    while (text && strncmp(text, name, len)) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text;
}

/* Copies the key that stands behind "<name> = " at 'line'. */
static bool
read_key(const char *line, const char *name, char out[KOR_Z85_SIZE])
{
    size_t skip = strlen(name);
    if (strncmp(line + skip, " = ", 3)) {
        return false;
    }
    const char *at = line + skip + 3;
    size_t len = strcspn(at, "\r\n");
    if (len != KOR_Z85_SIZE - 1 || strspn(at, Z85) != len) {
        return false;
    }
    memcpy(out, at, len);
    out[len] = '\0';
    return true;
}

/* Reads both keys; the secret one may be absent, but not wrong. */
static bool
read_keys(const char *text, struct kor_keyfile *keys)
{
    const char *line = find_line(text, "public");
    const char *secret = find_line(text, "secret");
    return line && read_key(line, "public", keys->public_key)
        && (!secret || read_key(secret, "secret", keys->secret_key));
}

/* Reads keys that nobody with one of the rights 'others' may read. */
static enum kor_code
read_guarded(const char *path, unsigned others, struct kor_keyfile *keys,
             struct kor_err *err)
{
    char text[MAX_SIZE + 1];
    unsigned rights;
    memset(keys, 0, sizeof *keys);
    enum kor_code code
        = kor_secret_file_read(path, text, sizeof text, &rights, err);
    if (code == KOR_OK && !read_keys(text, keys)) {
        code = kor_fail(err, KOR_CONFIG, NULL, "%s is no key file", path);
    }
    explicit_bzero(text, sizeof text);
    if (code == KOR_OK && keys->secret_key[0]) {
        code = kor_secret_file_check(path, rights, others, err);
    }
    if (code != KOR_OK) {
        kor_keyfile_wipe(keys);
    }
    return code;
}

enum kor_code
kor_keyfile_read(const char *path, struct kor_keyfile *keys,
                 struct kor_err *err)
{
    return read_guarded(path, 077, keys, err);
}

enum kor_code
kor_keyfile_read_credential(const char *path, struct kor_keyfile *keys,
                            struct kor_err *err)
{
    return read_guarded(path, 007, keys, err);
}

void
kor_keyfile_wipe(struct kor_keyfile *keys)
{
    explicit_bzero(keys, sizeof *keys);
}

enum kor_code
kor_keyfile_write(const char *path, const struct kor_keyfile *keys,
                  const char *of, struct kor_err *err)
{
    char text[512];
    bool has_secret = keys->secret_key[0] != '\0';
    int size = snprintf(text, sizeof text,
                        "# kor key of %.200s%s\npublic = %s\n%s%s%s", of,
                        has_secret ? ": keep this file secret" : "",
                        keys->public_key, has_secret ? "secret = " : "",
                        keys->secret_key, has_secret ? "\n" : "");
    enum kor_code code = kor_file_write(path, text, (size_t)size,
                                        has_secret ? 0600 : 0644, err);
    explicit_bzero(text, sizeof text);
    return code;
}

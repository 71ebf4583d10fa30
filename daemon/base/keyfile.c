/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files: see kor/base/keyfile.h.  They are not INI: a Z85 key may hold
 * ';', '#', '=' and quotes. */

#include "kor/base/keyfile.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"

/* The characters of Z85 (ZeroMQ RFC 32). */
#define Z85                                                                   \
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"          \
    ".-:+=^!/*?&<>()[]{}@%$#"

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

enum kor_code
kor_keyfile_read(const char *path, struct kor_keyfile *keys,
                 struct kor_err *err)
{
    struct kor_buf text = {0};
    memset(keys, 0, sizeof *keys);
    enum kor_code code = kor_file_read(path, 4096, &text, err);
    if (code != KOR_OK) {
        kor_buf_done(&text);
        return code;
    }
    bool is_read = read_keys(kor_buf_text(&text), keys);
    kor_buf_done(&text);
    struct stat about;
    if (!is_read) {
        memset(keys, 0, sizeof *keys);
        return kor_fail(err, KOR_CONFIG, NULL, "%s is no key file", path);
    }
    if (keys->secret_key[0] && (stat(path, &about) || about.st_mode & 077)) {
        return kor_fail(err, KOR_CONFIG, NULL,
                        "%s holds a secret but others may read it: run "
                        "'chmod 600' on it", path);
    }
    return KOR_OK;
}

enum kor_code
kor_keyfile_write(const char *path, const struct kor_keyfile *keys,
                  const char *of, struct kor_err *err)
{
    struct kor_buf text = {0};
    bool has_secret = keys->secret_key[0] != '\0';
    kor_buf_printf(&text, "# kor key of %s%s\npublic = %s\n", of,
                   has_secret ? ": keep this file secret" : "",
                   keys->public_key);
    if (has_secret) {
        kor_buf_printf(&text, "secret = %s\n", keys->secret_key);
    }
    enum kor_code code = kor_file_write(path, text.text, text.size,
                                        has_secret ? 0600 : 0644, err);
    kor_buf_done(&text);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files: see kor/base/keyfile.h.  They are not INI: a Z85 key may hold
 * ';', '#', '=' and quotes. */

#include "kor/base/keyfile.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"

/* Copies what stands behind "<name> = " on a line of its own. */
static bool
find_key(const char *text, const char *name, char out[KOR_Z85_SIZE])
{
    char head[16];
    snprintf(head, sizeof head, "%s = ", name);
    const char *at = !strncmp(text, head, strlen(head)) ? text : NULL;
    char line[18];
    snprintf(line, sizeof line, "\n%s", head);
    const char *later = strstr(text, line);
    if (!at && later) {
        at = later + 1;
    }
    if (!at) {
        return false;
    }
    at += strlen(head);
    size_t len = strcspn(at, "\r\n");
    if (len != KOR_Z85_SIZE - 1) {
        return false;
    }
    memcpy(out, at, len);
    out[len] = '\0';
    return true;
}

enum kor_code
kor_keyfile_read(const char *path, struct kor_keyfile *keys,
                 struct kor_err *err)
{
    struct kor_buf text = {0};
    memset(keys, 0, sizeof *keys);
    enum kor_code code = kor_file_read(path, 4096, &text, err);
    if (code != KOR_OK) {
        return code;
    }
    bool has_public = find_key(kor_buf_text(&text), "public",
                               keys->public_key);
    bool has_secret = find_key(kor_buf_text(&text), "secret",
                               keys->secret_key);
    kor_buf_done(&text);
    struct stat about;
    if (!has_public) {
        return kor_fail(err, KOR_CONFIG, NULL, "%s is no key file", path);
    }
    if (has_secret && (stat(path, &about) || about.st_mode & 077)) {
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

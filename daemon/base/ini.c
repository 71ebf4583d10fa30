/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration: see kor/base/ini.h. */

#include "kor/base/ini.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"

#define MAX_KEYS 64

struct reading {
    const struct kor_ini_key *keys;
    size_t n;
    bool seen[MAX_KEYS];
    struct kor_err *err;
    enum kor_code code;
};

static int
refuse(struct reading *r, const char *name, const char *english)
{
    r->code = kor_fail(r->err, KOR_CONFIG, name, english, name);
    return 0;
}

static int
store_number(struct reading *r, const struct kor_ini_key *key,
             const char *value)
{
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (*value == '\0' || *end || errno || number < key->min
        || number > key->max) {
        r->code = kor_fail(r->err, KOR_CONFIG, key->name,
                           "'%s' must be a whole number from %lld to %lld",
                           key->name, (long long)key->min,
                           (long long)key->max);
        return 0;
    }
    *key->number = number;
    return 1;
}

static int
on_key(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    size_t i = 0;
    while (i < r->n && (strcmp(r->keys[i].section, section)
                        || strcmp(r->keys[i].name, name))) {
        i++;
    }
    if (i == r->n) {
        return refuse(r, name, "'%s' is not a key of this section");
    }
    if (r->seen[i]) {
        return refuse(r, name, "'%s' is given twice");
    }
    r->seen[i] = true;
    if (r->keys[i].number) {
        return store_number(r, &r->keys[i], value);
    }
    if (strlen(value) >= r->keys[i].text_size
        || !kor_utf8_valid(value, strlen(value))) {
        return refuse(r, name, "'%s' is too long or no UTF-8");
    }
    strcpy(r->keys[i].text, value);
    return 1;
}

enum kor_code
kor_ini_read(const char *path, const struct kor_ini_key keys[], size_t n,
             struct kor_err *err)
{
    struct kor_buf text = {0};
    enum kor_code code = kor_file_read(path, 64 * 1024, &text, err);
    if (code != KOR_OK) {
        return code;
    }
    struct reading r
        = {.keys = keys, .n = n, .err = err, .code = KOR_OK};
    int line = n <= MAX_KEYS
                   ? ini_parse_string(kor_buf_text(&text), on_key, &r)
                   : -1;
    kor_buf_done(&text);
    if (line != 0 && r.code == KOR_OK) {
        r.code = kor_fail(err, KOR_CONFIG, NULL, "this is no 'key = value'");
    }
    if (r.code != KOR_OK) {
        (void)kor_wrap(err, "%s, line %d", path, line);
    }
    return r.code;
}

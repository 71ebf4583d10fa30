/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration: see kor/base/ini.h. */

#include "kor/base/ini.h"

#include <assert.h>
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
    const char *at, *end; /* What is left of the file. */
    int line;             /* Number of the line that was read last. */
    int wrong_line;       /* Of the first that was refused; 0: none. */
    struct kor_err *err;
    enum kor_code code;
};

static int
refuse(struct reading *r, const char *name, const char *english)
{
    r->code = kor_fail(r->err, KOR_CONFIG, name, english, name);
    return 0;
}

/* Hands inih the next line, as fgets() would.  inih would take the rest of a
 * line that is too long for it as one more line, so it ends there. */
static char *
next_line(char *out, int size, void *stream)
{
    struct reading *r = stream;
    if (r->at == r->end) {
        return NULL;
    }
    const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));
    size_t len = (size_t)((newline ? newline + 1 : r->end) - r->at);
    r->line++;
    bool is_long = len >= (size_t)size;
    if (is_long || memchr(r->at, '\0', len)) {
        if (r->code == KOR_OK) {
            r->wrong_line = r->line;
            r->code = is_long ? kor_fail(r->err, KOR_CONFIG, NULL,
                                         "the line is longer than %d bytes",
                                         size - 1)
                              : kor_fail(r->err, KOR_CONFIG, NULL,
                                         "this is no 'key = value'");
        }
        return NULL;
    }
    memcpy(out, r->at, len);
    out[len] = '\0';
    r->at += len;
    return out;
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
take_key(struct reading *r, const char *section, const char *name,
         const char *value)
{
    size_t i = 0;
    while (i < r->n && (strcmp(r->keys[i].section, section)
                        || strcmp(r->keys[i].name, name))) {
        i++;
    }
    if (i == r->n) {
        return refuse(r, name, KOR_N_("'%s' is not a key of this section"));
    }
    if (r->seen[i]) {
        return refuse(r, name, KOR_N_("'%s' is given twice"));
    }
    r->seen[i] = true;
    if (r->keys[i].number) {
        return store_number(r, &r->keys[i], value);
    }
    if (strlen(value) >= r->keys[i].text_size
        || !kor_utf8_valid(value, strlen(value))) {
        return refuse(r, name, KOR_N_("'%s' is too long or no UTF-8"));
    }
    strcpy(r->keys[i].text, value);
    return 1;
}

static int
on_key(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    if (r->code != KOR_OK) {
        return 0;
    }
    int is_taken = take_key(r, section, name, value);
    r->wrong_line = is_taken ? 0 : r->line;
    return is_taken;
}

enum kor_code
kor_ini_read(const char *path, const struct kor_ini_key keys[], size_t n,
             struct kor_err *err)
{
    struct kor_buf text = {0};
    enum kor_code code = kor_file_read(path, 64 * 1024, &text, err);
    if (code != KOR_OK) {
        kor_buf_done(&text);
        return code;
    }
    assert(n <= MAX_KEYS);
    const char *begin = kor_buf_text(&text);
    struct reading r = {.keys = keys,
                        .n = n,
                        .at = begin,
                        .end = begin + text.size,
                        .err = err,
                        .code = KOR_OK};
    int line = ini_parse_stream(next_line, &r, on_key, &r);
    kor_buf_done(&text);
    if (line != 0 && (r.code == KOR_OK || line < r.wrong_line)) {
        r.wrong_line = line;
        r.code = kor_fail(err, KOR_CONFIG, NULL, "this is no 'key = value'");
    }
    if (r.code != KOR_OK) {
        (void)kor_wrap(err, "%s, line %d", path, r.wrong_line);
    }
    return r.code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of the list: see service/deletions_line.h. */

#include "service/deletions_line.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/compiler.h"
#include "kor/define/client_code.h"

#define KEY "key "
#define HEX_SIZE (2 * KOR_PUBLIC_KEY_SIZE)
#define LINE_SIZE 128    /* More than the longest has, */
#define INSTANT_DIGITS 18 /* with an instant of so many. */

void
kor_deletions_line_write(const struct kor_deletions_line *line,
                         struct kor_buf *out)
{
    char hex[HEX_SIZE + 1];
    if (line->is_key) {
        const struct kor_revocation *revocation = &line->revocation;
        sodium_bin2hex(hex, sizeof hex, revocation->public_key,
                       sizeof revocation->public_key);
        kor_buf_printf(out, KEY "%s %lld\n", hex,
                       (long long)revocation->at_ms);
    } else {
        kor_buf_printf(out, "%s %lld\n", line->deletion.code,
                       (long long)line->deletion.at_ms);
    }
}

static bool
read_instant(const char *text, int64_t *at_ms)
{
    size_t n = strspn(text, "0123456789");
    if (n == 0 || n > INSTANT_DIGITS || text[n]) {
        return false;
    }
    *at_ms = strtoll(text, NULL, 10);
    return true;
}

static bool
read_key(const char *text, struct kor_revocation *revocation)
{
    size_t n = 0;
    return strlen(text) == HEX_SIZE
        && sodium_hex2bin(revocation->public_key,
                          sizeof revocation->public_key, text, HEX_SIZE, NULL,
                          &n, NULL) == 0
        && n == sizeof revocation->public_key;
}

/* Reads 'text', without the end of the line; it is changed. */
static bool
read_words(char *text, struct kor_deletions_line *line)
{
    line->is_key = !strncmp(text, KEY, strlen(KEY));
    char *what = line->is_key ? text + strlen(KEY) : text;
    char *space = strchr(what, ' ');
    if (!space) {
        return false;
    }
    *space = '\0';
    return line->is_key
               ? read_key(what, &line->revocation)
                     && read_instant(space + 1, &line->revocation.at_ms)
               : kor_client_code_parse(what, line->deletion.code, NULL)
                         == KOR_OK
                     && read_instant(space + 1, &line->deletion.at_ms);
}

bool
kor_deletions_line_read(const char **at, struct kor_deletions_line *line)
{
    char text[LINE_SIZE];
    size_t size = strcspn(*at, "\n");
    bool has_end = (*at)[size] == '\n';
    memset(line, 0, sizeof *line);
    bool is_right = has_end && size < sizeof text;
    if (is_right) {
        memcpy(text, *at, size);
        text[size] = '\0';
        is_right = read_words(text, line);
    }
    *at += size + has_end;
    return is_right;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* UTF-8: see kor/base/utf8.h. */

#include "kor/base/utf8.h"

#include <string.h>

#include "kor/base/compiler.h"

/* Length in bytes of the character at 'p', of which 'left' bytes are there;
 * 0 if it is malformed.  Stores its code point. */
static size_t
decode(const unsigned char *p, size_t left, uint32_t *pointp)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2
               : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;
    if (len == 0 || len > left) {
        return 0;
    }
    uint32_t point = len == 1 ? p[0] : p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (p[i] & 0x3fu);
    }
    if (point < least[len] || point > 0x10ffff
        || (point >= 0xd800 && point <= 0xdfff)) {
        return 0;
    }
    *pointp = point;
    return len;
}

bool
kor_utf8_valid(const char *bytes, size_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    while (size > 0) {
        uint32_t point;
        size_t len = decode(p, size, &point);
        if (len == 0) {
            return false;
        }
        p += len;
        size -= len;
    }
    return true;
}

bool
kor_utf8_has_control(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    bool has = false;
    for (; *p && !has; p++) {
        has = *p < 0x20 || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0);
    }
    return has;
}

static bool
is_unseen(uint32_t point)
{
    static const uint32_t ranges[][2]
        = {{0x061c, 0x061c}, {0x180e, 0x180e}, {0x200b, 0x200b},
           {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
           {0xfeff, 0xfeff}, {0xe0000, 0xe007f}};
    for (size_t i = 0; i < KOR_LENGTH(ranges); i++) {
        if (point >= ranges[i][0] && point <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

uint32_t
kor_utf8_unseen(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t left = strlen(text), len = 1;
    uint32_t point = 0;
    for (; left > 0 && len > 0 && !is_unseen(point); left -= len) {
        len = *p < 0x80 ? 1 : decode(p, left, &point);
        p += len;
    }
    return is_unseen(point) ? point : 0;
}

/* Spaces of Unicode, next to those of ASCII. */
static bool
is_space(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r')
        || point == 0xa0 || point == 0x1680
        || (point >= 0x2000 && point <= 0x200a) || point == 0x202f
        || point == 0x205f || point == 0x3000;
}

bool
kor_utf8_is_blank(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t left = strlen(text), len = 1;
    uint32_t point = ' ';
    for (; left > 0 && len > 0 && is_space(point); left -= len) {
        len = decode(p, left, &point);
        p += len;
    }
    return is_space(point);
}

void
kor_utf8_copy(char *to, size_t size, const char *from)
{
    const unsigned char *p = (const unsigned char *)from;
    size_t left = strlen(from), used = 0;
    while (left > 0) {
        uint32_t point = 0;
        size_t len = decode(p, left, &point);
        bool is_plain = len > 0 && point >= 0x20
                     && !(point >= 0x7f && point < 0xa0);
        size_t out = is_plain ? len : 1;
        if (used + out >= size) {
            break;
        }
        if (is_plain) {
            memcpy(to + used, p, len);
        } else {
            to[used] = '?';
        }
        used += out;
        p += len ? len : 1;
        left -= len ? len : 1;
    }
    to[used] = '\0';
}

size_t
kor_utf8_columns(const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        n += ((unsigned char)*p & 0xc0) != 0x80;
    }
    return n;
}

bool
kor_is_one_of(const char *text, const char *const words[])
{
    for (size_t i = 0; words[i]; i++) {
        if (!strcmp(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people: see client/lib/number.h. */

#include "lib/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 15 /* So many a double holds for certain. */

bool
kor_number_parse(const char *text, double *value)
{
    const char *p = text + (*text == '-' || *text == '+');
    double digits = 0, unit = 1;
    bool is_past = false;
    int n = 0;
    for (; *p; p++) {
        if ((*p == '.' || *p == ',') && !is_past && n > 0) {
            is_past = true;
        } else if (*p >= '0' && *p <= '9' && n < MAX_DIGITS) {
            digits = digits * 10 + (*p - '0');
            unit *= is_past ? 10 : 1;
            n++;
        } else {
            return false;
        }
    }
    if (n == 0 || p[-1] == '.' || p[-1] == ',') {
        return false;
    }
    *value = (*text == '-' ? -digits : digits) / unit;
    return true;
}

/* Squares of numbers up to this are still numbers. */
static const double most = 1e100;

bool
kor_real_parse(const char *text, double *value)
{
    char plain[64], *comma, *end;
    if (kor_number_parse(text, value)) {
        return true;
    }
    if (!*text || strlen(text) >= sizeof plain
        || text[strspn(text, "0123456789+-.,eE")]) {
        return false;
    }
    strcpy(plain, text);
    if ((comma = strchr(plain, ','))) {
        *comma = '.';
    }
    double number = strtod(plain, &end);
    if (*end || !(fabs(number) <= most)) {
        return false;
    }
    *value = number;
    return true;
}

bool
kor_whole_parse(const char *text, int64_t *value)
{
    double number;
    if (strpbrk(text, ".,") || !kor_number_parse(text, &number)) {
        return false;
    }
    *value = (int64_t)number;
    return true;
}

char *
kor_number_format(enum kor_lang lang, double value, int decimals,
                  char text[KOR_NUMBER_SIZE])
{
    if (!(fabs(value) < 1e15)) {
        snprintf(text, KOR_NUMBER_SIZE, "%s", isnan(value) ? "-" : "?");
        return text;
    }
    snprintf(text, KOR_NUMBER_SIZE, "%.*f", decimals, value);
    char *point = strchr(text, '.');
    if (point) {
        char *end = text + strlen(text);
        while (end[-1] == '0') {
            *--end = '\0';
        }
        *point = lang == KOR_EN ? '.' : ',';
        if (end - 1 == point) {
            *point = '\0';
        }
    }
    if (!strcmp(text, "-0")) {
        memcpy(text, "0", 2);
    }
    return text;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

char *
kor_number_signs(enum kor_lang lang, char *text)
{
    for (char *p = text; *p && lang != KOR_EN; p++) {
        if (*p == '.' && p > text && is_digit(p[-1]) && is_digit(p[1])) {
            *p = ',';
        }
    }
    return text;
}

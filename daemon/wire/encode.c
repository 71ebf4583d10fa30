/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Structs to JSON: see kor/wire/field.h. */

#include "kor/wire/field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/clock.h"

void
kor_json_string(struct kor_buf *out, const char *text)
{
    kor_buf_putc(out, '"');
    const char *start = text;
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\' || (unsigned char)*p < 0x20) {
            char escape[8];
            int size = (unsigned char)*p < 0x20
                           ? snprintf(escape, sizeof escape, "\\u%04x",
                                      (unsigned)(unsigned char)*p)
                           : snprintf(escape, sizeof escape, "\\%c", *p);
            kor_buf_add(out, start, (size_t)(p - start));
            kor_buf_add(out, escape, (size_t)size);
            start = p + 1;
        }
    }
    kor_buf_puts(out, start);
    kor_buf_putc(out, '"');
}

/* Adds 'n' in decimal, much faster than printf() does. */
static void
put_integer(struct kor_buf *out, int64_t n)
{
    char digits[24];
    size_t i = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        digits[--i] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (n < 0) {
        digits[--i] = '-';
    }
    kor_buf_add(out, digits + i, sizeof digits - i);
}

void
kor_json_number(struct kor_buf *out, double value)
{
    if (!isfinite(value)) {
        kor_buf_puts(out, "null");
        return;
    }
    /* Scores are whole or have a decimal or two: "21.5" reads back as the
     * same double exactly when 2150 / 100.0 is it. */
    double cents = rint(fabs(value) * 100);
    bool is_minus_zero = value == 0 && signbit(value);
    if (cents < 1e15 && cents / 100 == fabs(value) && !is_minus_zero) {
        int64_t n = (int64_t)cents;
        if (value < 0) {
            kor_buf_putc(out, '-');
        }
        put_integer(out, n / 100);
        if (n % 100) {
            char text[4] = {'.', (char)('0' + n % 100 / 10),
                            (char)('0' + n % 10), '\0'};
            kor_buf_add(out, text, n % 10 ? 3 : 2);
        }
        return;
    }
    char text[40];
    /* A reader takes "-0" for the whole number 0. */
    int size = snprintf(text, sizeof text, value == 0 ? "%.1f" : "%.17g",
                        value);
    kor_buf_add(out, text, (size_t)size);
}

static const void *
at(const void *base, size_t offset)
{
    return (const char *)base + offset;
}

static bool
is_absent(const struct kor_field *field, const void *in)
{
    const void *from = at(in, field->offset);
    switch (field->type) {
    case KOR_FIELD_TEXT:
        return *(const char *)from == '\0';
    case KOR_FIELD_INT:
        return *(const int64_t *)from == KOR_NO_INT;
    case KOR_FIELD_NUM:
        return isnan(*(const double *)from);
    case KOR_FIELD_BOOL:
        return !*(const bool *)from;
    case KOR_FIELD_DATE:
        return *(const int32_t *)from == KOR_NO_DATE;
    case KOR_FIELD_JSON:
    case KOR_FIELD_LONG:
        return !*(char *const *)from;
    case KOR_FIELD_NUMS:
    case KOR_FIELD_WORDS:
    case KOR_FIELD_LIST:
        return *(const size_t *)at(in, field->n_offset) == 0;
    }
    return true;
}

static void
put_array(const struct kor_field *field, const void *in, struct kor_buf *out)
{
    const void *from = at(in, field->offset);
    size_t n = *(const size_t *)at(in, field->n_offset);
    const char *items = NULL;
    if (field->type == KOR_FIELD_LIST) {
        memcpy(&items, from, sizeof items);
    }
    kor_buf_putc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i) {
            kor_buf_putc(out, ',');
        }
        if (field->type == KOR_FIELD_NUMS) {
            kor_json_number(out, ((const double *)from)[i]);
        } else if (field->type == KOR_FIELD_WORDS) {
            kor_json_string(out, (const char *)from + i * KOR_WORD_SIZE);
        } else {
            kor_message_encode(field->item, items + i * field->item->size,
                               out);
        }
    }
    kor_buf_putc(out, ']');
}

static void
put_field(const struct kor_field *field, const void *in, struct kor_buf *out)
{
    const void *from = at(in, field->offset);
    char text[KOR_DATE_SIZE];
    switch (field->type) {
    case KOR_FIELD_TEXT:
        kor_json_string(out, from);
        return;
    case KOR_FIELD_INT:
        put_integer(out, *(const int64_t *)from);
        return;
    case KOR_FIELD_NUM:
        kor_json_number(out, *(const double *)from);
        return;
    case KOR_FIELD_BOOL:
        kor_buf_puts(out, *(const bool *)from ? "true" : "false");
        return;
    case KOR_FIELD_DATE:
        kor_json_string(out, kor_date_format(*(const int32_t *)from, text));
        return;
    case KOR_FIELD_JSON:
        kor_buf_puts(out, *(char *const *)from);
        return;
    case KOR_FIELD_LONG:
        kor_json_string(out, *(char *const *)from);
        return;
    case KOR_FIELD_NUMS:
    case KOR_FIELD_WORDS:
    case KOR_FIELD_LIST:
        put_array(field, in, out);
        return;
    }
}

void
kor_message_encode(const struct kor_message *message, const void *in,
                   struct kor_buf *out)
{
    char separator = '{';
    for (size_t i = 0; i < message->n_fields; i++) {
        const struct kor_field *field = &message->fields[i];
        if (!field->is_required && is_absent(field, in)) {
            continue;
        }
        kor_buf_putc(out, separator);
        separator = ',';
        kor_buf_putc(out, '"');
        kor_buf_puts(out, field->name);
        kor_buf_add(out, "\":", 2);
        put_field(field, in, out);
    }
    if (separator == '{') {
        kor_buf_putc(out, '{');
    }
    kor_buf_putc(out, '}');
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors as values: see kor/base/err.h. */

#include "kor/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/utf8.h"

void
kor_err_init(struct kor_err *err, enum kor_lang lang)
{
    memset(err, 0, sizeof *err);
    err->lang = lang;
}

/* 'english' is always a literal; its translations have the same conversions
 * (checked by the build), so a format that is no literal is safe here. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

enum kor_code
kor_fail(struct kor_err *err, enum kor_code code, const char *field,
         const char *english, ...)
{
    if (!err) {
        return code;
    }
    err->code = code;
    kor_utf8_copy(err->field, sizeof err->field, field ? field : "");
    char text[1024];
    va_list args;
    va_start(args, english);
    vsnprintf(text, sizeof text, kor_text(err->lang, english), args);
    va_end(args);
    kor_utf8_copy(err->text, sizeof err->text, text);
    return code;
}

enum kor_code
kor_wrap(struct kor_err *err, const char *english, ...)
{
    if (!err) {
        return KOR_INTERNAL;
    }
    char text[1024];
    va_list args;
    va_start(args, english);
    int used = vsnprintf(text, sizeof text, kor_text(err->lang, english),
                         args);
    va_end(args);
    if (used >= 0 && (size_t)used < sizeof text) {
        snprintf(text + used, sizeof text - (size_t)used, ": %s", err->text);
    }
    kor_utf8_copy(err->text, sizeof err->text, text);
    return err->code;
}

#pragma GCC diagnostic pop

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_FUZZ_REFUSAL_H
#define TESTS_FUZZ_REFUSAL_H 1

/* What holds of every refusal. */

#include "fuzz/feed.h"
#include "kor/base/err.h"
#include "kor/base/utf8.h"

/* It has its code and a sentence that can be shown to people. */
static inline void
must_be_refusal(enum kor_code code, const struct kor_err *err)
{
    must(code != KOR_OK && err->code == code && err->text[0]);
    must(kor_utf8_valid(err->text, strlen(err->text)));
    must(kor_utf8_valid(err->field, strlen(err->field)));
}

/* And it names what is wrong. */
static inline void
must_name_field(enum kor_code code, const struct kor_err *err)
{
    must_be_refusal(code, err);
    must(err->field[0]);
}

#endif /* tests/fuzz/refusal.h */

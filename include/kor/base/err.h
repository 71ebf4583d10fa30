/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_ERR_H
#define KOR_BASE_ERR_H 1

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/text.h"

/* An error as a value: what ended how, which field is to blame, and one
 * sentence for the person who has to mend it.
 *
 * The struct is a fixed buffer of the caller's; every function that takes one
 * also takes a null pointer and then only returns the code.  The inner
 * function sets it with kor_fail(); a caller that knows more wraps it.  The
 * sentence is written in the language that the owner asked for; it names the
 * field, its limits and what to do, and never a person's scores. */
struct kor_err {
    enum kor_lang lang; /* Language of 'text'; set by kor_err_init(). */
    enum kor_code code; /* KOR_OK until kor_fail(). */
    char field[64];     /* Field, option or column to blame; may be "". */
    char text[512];     /* The sentence, UTF-8, one line. */
};

/* Makes '*err' empty, to be filled in 'lang'. */
void kor_err_init(struct kor_err *err, enum kor_lang lang);

/* Sets '*err' to 'code' and 'field' (may be null) with the sentence that
 * 'english' has in the language of 'err', and returns 'code'.  The sentence
 * is cut at a whole character if it is too long; control characters in it
 * become '?'. */
enum kor_code kor_fail(struct kor_err *err, enum kor_code code,
                       const char *field, const char *english, ...)
    KOR_PRINTF(4, 5);

/* Puts "<what>: " before the sentence in '*err'; 'english' is translated.
 * Returns the code that 'err' holds (KOR_INTERNAL if 'err' is null, so pass
 * the code on by yourself where it may be null). */
enum kor_code kor_wrap(struct kor_err *err, const char *english, ...)
    KOR_PRINTF(2, 3);

#endif /* kor/base/err.h */

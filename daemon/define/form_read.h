/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_FORM_READ_H
#define DEFINE_FORM_READ_H 1

#include "define/node.h"
#include "kor/define/form.h"

/* The two halves of kor_form_parse(). */

/* Fills '*form', which is all zeros, from the JSON under 'root': types, known
 * keys, bounds of each value by itself, and the word from which an answer has
 * to be talked about.  The texts stay borrowed from the JSON.  How it went is
 * the code of the reader of 'root'. */
void kor_form_read(const struct kor_node *root, struct kor_form *form);

/* Checks that what was read contradicts itself nowhere.  The field of the
 * error is the path in the file. */
KOR_NODISCARD enum kor_code kor_form_check(const struct kor_form *form,
                                           struct kor_err *err);

#endif /* define/form_read.h */

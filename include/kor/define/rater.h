/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_RATER_H
#define KOR_DEFINE_RATER_H 1

#include <stdbool.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"

/* Rater: who filled in a form, as a role and a number.
 *
 * The number tells two people in the same role apart: a child may have
 * "parent1" and "parent2", each with a line of their own.  No name is ever
 * kept.  As a word a rater is its role, followed by its number unless that
 * is 1; "parent" always carries its number: client, parent1, parent2,
 * partner, teacher, teacher2. */

enum kor_role {
    KOR_ROLE_ANY, /* Only in a rule: whoever it is. */
    KOR_ROLE_CLIENT,
    KOR_ROLE_PARENT,
    KOR_ROLE_PARTNER,
    KOR_ROLE_TEACHER,
    KOR_ROLE_COORDINATOR,
    KOR_ROLE_THERAPIST
};

struct kor_rater {
    enum kor_role role; /* Never KOR_ROLE_ANY. */
    int number;         /* 1 to KOR_MAX_RATER_NUMBER. */
};

#define KOR_MAX_RATER_NUMBER 9
#define KOR_RATER_SIZE 16

/* The word for 'role' without a number; "any" for KOR_ROLE_ANY. */
const char *kor_role_name(enum kor_role role);

/* Reads a rater: a role and perhaps a number from 1 to 9.  Returns
 * KOR_BAD_VALUE, field "rater", if 'text' is anything else. */
KOR_NODISCARD enum kor_code kor_rater_parse(const char *text,
                                            struct kor_rater *rater,
                                            struct kor_err *err);

/* Writes 'rater' as its word, and returns 'text'. */
char *kor_rater_format(const struct kor_rater *rater,
                       char text[KOR_RATER_SIZE]);

#endif /* kor/define/rater.h */

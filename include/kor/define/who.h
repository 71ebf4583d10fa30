/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_WHO_H
#define KOR_DEFINE_WHO_H 1

#include <stdbool.h>

#include "kor/base/compiler.h"
#include "kor/define/rater.h"

/* Who: what has to be known of a person to choose the cut-off that was made
 * for people like them.  All but the rater may be unknown. */

enum kor_gender {
    KOR_GENDER_UNKNOWN, /* In a rule: whichever it is. */
    KOR_GENDER_FEMALE,
    KOR_GENDER_MALE,
    KOR_GENDER_OTHER
};

/* No age: it is not known, or a rule does not ask for one. */
#define KOR_NO_AGE (-1)
#define KOR_MAX_AGE 120

#define KOR_LANGUAGE_SIZE 4
#define KOR_PATHWAY_SIZE 32 /* Key of a pathway, with terminator. */

struct kor_who {
    enum kor_role rater;    /* Who answered. */
    int age_years;          /* Of the client on the day of the answer; 0 to
                             * KOR_MAX_AGE, or KOR_NO_AGE. */
    enum kor_gender gender; /* Of the client. */
    char language[KOR_LANGUAGE_SIZE]; /* Of the form: two or three letters
                                       * a-z ("nb"); "" if not known. */
};

/* Stores the gender that 'name' - "unknown", "female", "male" or "other" - is
 * the word for.  Returns false, and leaves '*gender' alone, if it is none. */
KOR_NODISCARD bool kor_gender_from(const char *name, enum kor_gender *gender);

/* True if 'name' is written as a language is: two or three letters a-z. */
bool kor_language_valid(const char *name);

#endif /* kor/define/who.h */

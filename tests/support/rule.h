/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_RULE_H
#define TESTS_SUPPORT_RULE_H 1

/* Closed episodes that follow from a rule, which tests/oracle/fit.R knows too:
 * scores on the outcome check of people who were born from 1970 to 1989. */

#include "kor/define/course.h"
#include "kor/stat/learn.h"
#include "support/clinic.h"

enum { RULE_PEOPLE = 200 };

/* The same scores as the statistics take them, by another way. */
struct rule_rows {
    size_t from[RULE_PEOPLE + 1];
    double at[7 * RULE_PEOPLE];
    double points[7 * RULE_PEOPLE];
    size_t n_people;
};

/* Imports the first 'n' people of the rule, with some that must not count, and
 * keeps them in 'kept' unless that is null. */
void rule_import(struct clinic *clinic, int n, struct rule_rows *kept);

/* Reads the certificate of the course in the last reply. */
void rule_read_course(const struct clinic *clinic,
                      struct kor_course_record *record);

/* What kor_course_learn() makes of such scores, perhaps with a reference. */
struct kor_learned rule_learn(const struct rule_rows *kept,
                              const struct kor_course *reference);

#endif /* tests/support/rule.h */

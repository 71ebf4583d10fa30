/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_ATTAINMENT_H
#define KOR_STAT_ATTAINMENT_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Attainment: how far a person's own goals were reached, as one number.
 *
 *     T = 50 + 10 sum(w x) / sqrt((1 - r) sum(w^2) + r (sum w)^2)
 *
 * x is the level of a goal: 0 what was expected, -2 much less, +2 much more;
 * w its weight, and r how much goals of one person go together.  T. J.
 * Kiresuk and R. E. Sherman (1968), Community Ment. Health J. 4, 443-453.
 *
 * T is 50 if goals were reached as expected.  It says nothing of how hard
 * they were.
 *
 * Pure: no state, any number of threads. */

/* The correlation that Kiresuk and Sherman take for granted. */
#define KOR_ATTAINMENT_R 0.3

/* Stores T of the 'n' goals in '*t'; NAN if no goal has a level.
 *
 * 'levels' lie between -2 and +2, and half levels are as good as whole ones;
 * a goal whose level is NAN is left out with its weight.  'weights' are
 * finite and above 0; null for equal weights.  'r' lies between 0 and 1.
 *
 * Returns KOR_BAD_VALUE, and leaves '*t' alone, if one of them does not;
 * 'err' names the field ("level", "weight", "r") and the goal by position,
 * counted from 1. */
KOR_NODISCARD enum kor_code kor_attainment_t(const double levels[],
                                             const double weights[], size_t n,
                                             double r, double *t,
                                             struct kor_err *err);

#endif /* kor/stat/attainment.h */

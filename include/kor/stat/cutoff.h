/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CUTOFF_H
#define KOR_STAT_CUTOFF_H 1

#include "kor/stat/measure.h"

/* Cut-offs between the scores of people in treatment and of others, from
 * what is known of the two groups.
 *
 * N. S. Jacobson and P. Truax (1991), J. Consult. Clin. Psychol. 59, 12-19.
 * Their advice: c where the groups overlap, b where they do not, and a where
 * nothing is known of the other group.
 *
 * Pure functions: no state, any number of threads. */

/* A group of people and its scores, in points of the scale. */
struct kor_population {
    double mean;
    double sd; /* > 0. */
};

/* a: two standard deviations of the people in treatment away from their
 * mean, towards better.  NAN if one of the numbers is. */
double kor_cutoff_a(struct kor_population treated, enum kor_better better);

/* b: two standard deviations of the others (their own, not those of the
 * people in treatment) away from the others' mean, towards worse.  NAN if one
 * of the numbers is. */
double kor_cutoff_b(struct kor_population others, enum kor_better better);

/* c: as many standard deviations of one group from its mean as of the other
 * from its own.  NAN if one of the numbers is, or if both deviations are 0. */
double kor_cutoff_c(struct kor_population treated,
                    struct kor_population others);

#endif /* kor/stat/cutoff.h */

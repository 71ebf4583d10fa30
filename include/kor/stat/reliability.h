/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_RELIABILITY_H
#define KOR_STAT_RELIABILITY_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Reliability: how much of the spread of a scale's scores is not the error of
 * its items, in the people who answered it here.
 *
 *     alpha = k / (k - 1) (1 - sum of the items' variances / variance of
 *             their sum)
 *
 * for k items: L. J. Cronbach (1951), Psychometrika 16, 297-334.  (1 -
 * true alpha) / (1 - alpha) has an F distribution with n - 1 and
 * (n - 1)(k - 1) degrees of freedom, which gives the interval: L. S. Feldt
 * (1965), Psychometrika 30, 357-370.
 *
 * Reverse items first.  kor_reliable_change_points() of kor/stat/measure.h
 * makes points of reliable change from 'sd' and 'alpha'; give the answers to
 * one form a person, the first, for that.
 *
 * Pure: no state, any number of threads. */

struct kor_reliability {
    size_t n_complete;   /* Rows with all items; the figures are theirs. */
    size_t n_incomplete; /* Rows left out. */
    double mean, sd;     /* Of the sum of the items; 'sd' is NAN if n_complete
                            is below 2 or squares are beyond any number. */
    double alpha;        /* NAN if 'sd' is NAN or 0. */
    double low, high;    /* Its interval; NAN if alpha is NAN. */
};

/* Reliability from 'items': 'n' rows (people), each of 'k' numbers (at least
 * 2); NAN is missing.  'level' of the interval lies between 0 and 1.
 * 'workspace' holds 'k' numbers.
 *
 * Returns KOR_BAD_VALUE, and leaves '*out' alone, if there are fewer than two
 * items, the level is out of range or an item is infinite; 'err' names the
 * row by position, counted from 1. */
KOR_NODISCARD enum kor_code kor_reliability_of(
    const double items[], size_t n, size_t k, double level,
    double workspace[], struct kor_reliability *out, struct kor_err *err);

#endif /* kor/stat/reliability.h */

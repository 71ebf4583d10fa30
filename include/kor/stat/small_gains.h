/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_SMALL_GAINS_H
#define KOR_STAT_SMALL_GAINS_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"

struct kor_err;

/* Small gains: scores that are better than the best of the person's own last
 * three, so that a small step for the better is seen and said.
 *
 * They are something to talk about and no finding of change: of four scores
 * that only vary by chance, the last is the best one time in four.
 *
 * Pure: no state, any number of threads. */

/* One score that beats the three given before it. */
struct kor_small_gain {
    size_t session; /* From 1. */
    double score;
    double best;      /* The best of the last three given before it. */
    double by_points; /* How much better than that: > 0. */
};

/* Finds all of them in the 'n' 'scores' of sessions 1 to n (NAN: no score,
 * and nothing follows from it).  A score counts if three were given before it
 * and it is better than each of the last three by at least 'least_points'
 * (> 0).  'gains' has room for n; '*n_gains' are filled in, in order of
 * session.
 *
 * Fewer than four scores are no error: nothing is found.  KOR_BAD_VALUE with
 * the field "least_points", or "score" for one that is infinite or beyond
 * 1e12. */
KOR_NODISCARD enum kor_code kor_small_gains_find(
    enum kor_better better, double least_points, const double scores[],
    size_t n, struct kor_small_gain gains[], size_t *n_gains,
    struct kor_err *err);

#endif /* kor/stat/small_gains.h */

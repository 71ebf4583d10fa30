/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_EFFECT_H
#define KOR_STAT_EFFECT_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"
#include "kor/stat/summary.h"

struct kor_err;

/* Size of the change of one group from a first to a last score, in standard
 * deviations.  Every d is turned so that > 0 is better, whichever way the
 * scale runs.
 *
 * It is a change and not an effect: nobody was compared with anybody, and
 * natural recovery and regression to the mean are in it.
 *
 * Which standard deviation stands below makes the difference, so each has a
 * name of its own:
 *
 *   d_pre  mean improvement / SD of the first scores;
 *   g_pre  d_pre times the correction of L. V. Hedges (1981), J. Educ. Stat.
 *          6, 107-128, with n - 1 degrees of freedom:
 *          Gamma(m / 2) / (sqrt(m / 2) Gamma((m - 1) / 2)), m = n - 1;
 *   d_av   mean improvement / mean of the two SDs: D. Lakens (2013), Front.
 *          Psychol. 4, 863;
 *   srm    standardised response mean: mean improvement / SD of the change;
 *   d_sd   mean improvement / an SD that was published and is given.
 *
 * Intervals.  Of d_pre: d +- z sqrt(2 (1 - r) / n + d^2 / (2 n)), r the
 * correlation of first and last score: B. J. Becker (1988), Br. J. Math. Stat.
 * Psychol. 41, 257-278.  Of srm: d +- z sqrt(1 / n + d^2 / (2 n)), the same
 * formula for a change (R. D. Gibbons, D. R. Hedeker and J. M. Davis (1993),
 * J. Educ. Stat. 18, 271-279).  Both are for large samples: below some 20
 * people they are too narrow.  Of d_sd: the t interval of the mean change,
 * divided by the SD, which counts as known.
 *
 * Pure: no state, any number of threads. */

/* A figure and its interval; NAN where it cannot be told. */
struct kor_interval {
    double value;
    double low, high;
};

/* First and last scores: person i has pre[i] and post[i], NAN for none. */
struct kor_pre_post {
    const double *pre;
    const double *post;
    size_t n;
    enum kor_better better;
};

/* Figures of those with both scores.  What rests on fewer than two of them is
 * NAN; so is what would be divided by no spread at all (an SD below 1e-12 of
 * the scores' size counts as none: it is rounding error). */
struct kor_effect {
    size_t n;      /* People with both scores. */
    size_t n_one;  /* With one of the two; left out. */
    size_t n_none; /* With neither; left out. */
    struct kor_mean pre, post;
    struct kor_mean change; /* Of the improvement: > 0 is better. */
    double r;               /* Correlation of first and last score. */
    struct kor_interval d_pre;
    double g_pre;
    double d_av;
    struct kor_interval srm;
    struct kor_interval d_sd; /* NAN without a published SD. */
};

/* Computes '*effect' of 'group'.
 *
 * 'published_sd' is above 0, or NAN for none; 'level' of the intervals lies
 * between 0 and 1.  Returns KOR_BAD_VALUE, and leaves '*effect' alone, if they
 * do not (fields "sd", "level") or if a score is infinite or beyond 1e100
 * (field "pre" or "post", with the person's position counted from 1).  Takes
 * time in proportion to n.  The order of people changes the last digits
 * only. */
KOR_NODISCARD enum kor_code kor_effect_of(const struct kor_pre_post *group,
                                          double published_sd, double level,
                                          struct kor_effect *effect,
                                          struct kor_err *err);

#endif /* kor/stat/effect.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_ENDINGS_H
#define KOR_STAT_ENDINGS_H 1

#include <stddef.h>

#include "kor/stat/measure.h"
#include "kor/stat/summary.h"

struct kor_growth_fit;

/* Endings: change by how an episode ended.  Planned, unplanned and still open
 * stand side by side: who stops without agreement stops at another time than
 * who has finished, and who is open has not ended.  Figures of all together
 * belong beside the three and never in their place.
 *
 * The change here is from the first score to the last (the last is carried
 * forward to the end).  Beside it belongs what the mixed model of growth
 * expects, which takes the scores that are missing after the last one to be
 * as its course says: kor_growth_change().
 *
 * Change is counted in points of improvement: above 0 is better whichever way
 * the scale runs.  It is no effect: people change without help as well.
 *
 * Pure: no state, any number of threads. */

enum kor_ending {
    KOR_ENDING_PLANNED,
    KOR_ENDING_UNPLANNED,
    KOR_ENDING_OPEN,
    KOR_ENDING_N_STATES /* How many there are; as a state: all of them. */
};

/* One episode.  Scores are finite, or NAN if there is none; 'last' is NAN if
 * there is only one. */
struct kor_ending_scores {
    enum kor_ending ending;
    double first, last;
};

/* The episodes of one state. */
struct kor_ending_group {
    size_t n;               /* Episodes. */
    size_t n_two;           /* With two scores; the figures are theirs. */
    struct kor_mean first;
    struct kor_mean last;
    struct kor_mean change; /* Improvement from first to last. */
    double low, high;       /* Of the mean change, by Student's t; NAN if
                               n_two is below 2. */
};

/* "planned", "unplanned", "open", "all". */
const char *kor_ending_name(enum kor_ending ending);

/* The figures of the 'n' 'episodes' with the state 'ending'.  'level' of the
 * interval lies between 0 and 1.  'workspace' holds 3 'n' numbers. */
struct kor_ending_group kor_ending_group_of(
    const struct kor_ending_scores episodes[], size_t n,
    enum kor_ending ending, enum kor_better better, double level,
    double workspace[]);

/* What a model expects to change between two times. */
struct kor_growth_change {
    double points; /* Of the scale, not of improvement. */
    double se;
    double low, high; /* By the normal distribution. */
};

/* The change that 'fit' expects from g_from to g_to for people with these
 * 'covariates' (those that enter the slope; null if none), with the 'level'
 * of its interval: the contrast (g_to - g_from) (b_g + sum of c b_cg) with
 * the standard error that the fit's covariances give.  All NAN if the fit has
 * no estimates. */
struct kor_growth_change kor_growth_change(const struct kor_growth_fit *fit,
                                           const double covariates[],
                                           double g_from, double g_to,
                                           double level);

#endif /* kor/stat/endings.h */

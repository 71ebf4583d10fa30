/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_RATIO_H
#define STAT_RATIO_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/stat/between.h"

/* Restricted deviance of the model with a random level for each group, as a
 * function of the ratio t = tau2 / sigma2, with everything else at its best
 * for that ratio; and the search for the least one.
 *
 * With z = (1, means of the covariates in the group) and w = n / (1 + t n):
 *
 *     A = within + sum of w z z'     r likewise with v     A beta = r
 *     RSS = within_vv + sum of w v^2 - r'beta
 *     deviance = sum of ln(1 + t n) + ln det A + nu (1 + ln(2 pi RSS / nu))
 *
 * dw / dt = -w^2, so with e = v - z'beta the derivative is
 *
 *     sum of (w - w^2 z'A^-1 z) - nu / RSS sum of w^2 e^2
 *
 * Covariates count from their means, and v is what least squares without
 * groups leave of y, so that neither offsets nor a close fit cost digits. */

enum { KOR_RATIO_TERMS = KOR_BETWEEN_MAX_TERMS };

struct kor_ratio_problem {
    size_t n_terms;
    size_t n_groups;
    double nu; /* People less terms. */
    /* A row a group: number of people, 1, means of the covariates, mean of v:
     * n_terms + 2 numbers. */
    const double *groups;
    /* Squares and products about the groups' means; lower triangle. */
    double within[KOR_RATIO_TERMS][KOR_RATIO_TERMS];
    double within_v[KOR_RATIO_TERMS];
    double within_vv;
};

/* The deviance at one ratio. */
struct kor_ratio {
    double ratio;
    double value;
    double slope; /* Derivative of 'value' by 'ratio'. */
    double rss;
    double beta[KOR_RATIO_TERMS];
    double chol[KOR_RATIO_TERMS][KOR_RATIO_TERMS]; /* Of A. */
};

/* The row of group 'g' in problem->groups. */
const double *kor_ratio_group(const struct kor_ratio_problem *problem,
                              size_t g);

/* Evaluates at 'ratio' >= 0.  False if A is singular or nothing is left to
 * explain. */
bool kor_ratio_at(const struct kor_ratio_problem *problem, double ratio,
                  struct kor_ratio *out);

/* Stores the best point in '*best' and the one without groups in '*none'.
 * The result is CONVERGED, BOUNDARY, COLLINEAR or NO_VARIANCE. */
enum kor_between_status kor_ratio_search(
    const struct kor_ratio_problem *problem, struct kor_ratio *best,
    struct kor_ratio *none);

/* The ratios below and above 'best' at which the deviance is 'rise' higher;
 * 0 and INFINITY where it does not get there. */
void kor_ratio_profile(const struct kor_ratio_problem *problem,
                       const struct kor_ratio *best, double rise, double *low,
                       double *high);

#endif /* stat/ratio.h */

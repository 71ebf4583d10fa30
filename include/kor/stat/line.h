/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_LINE_H
#define KOR_STAT_LINE_H 1

#include "kor/stat/growth.h"

/* Line: a person's own level and slope under a fitted growth model, and what
 * it says of another time.
 *
 * The line is the exact posterior of the mixed model given the person's
 * scores, with the parameters taken as known: empirical Bayes, lme4's coef().
 * It needs the six sums of the person and nothing else, so a new score is one
 * kor_growth_add().
 *
 * N. M. Laird and J. H. Ware (1982), Biometrics 38, 963-974, equations 3.1
 * and 3.4; tests/oracle/test_client_stat_growth.c holds it against R.
 *
 * Pure: no state, any number of threads. */

struct kor_own_line {
    double level; /* Fixed and own part together, at g = 0. */
    double slope; /* By g. */
    double var_level, cov, var_slope; /* Of the own part, given the scores. */
};

/* The line of the person with the 'sums' about 'centre' and the 'covariates'
 * (as many as the fit had; null for none).  Without records it is that of
 * everybody with these covariates.  All NAN if 'fit' has no estimates. */
struct kor_own_line kor_own_line_of(const struct kor_growth_fit *fit,
                                    const struct kor_growth_centre *centre,
                                    const struct kor_growth_sums *sums,
                                    const double covariates[]);

/* A score of the person at 'g': its mean, and in '*sd' (may be null) the
 * standard deviation of one score there, with sigma. */
double kor_own_line_at(const struct kor_growth_fit *fit,
                       const struct kor_own_line *line, double g, double *sd);

#endif /* kor/stat/line.h */

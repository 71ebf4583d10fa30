/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_SEARCH_H
#define STAT_SEARCH_H 1

#include "stat/deviance.h"

/* Search for the least deviance: Newton steps over the Cholesky factor
 * (a 0; b c) of C, which keeps C positive semidefinite and lets the search end
 * on the boundary, where a or c is 0. */

/* Stores the best point in '*at', terms near it in 'problem->from', and in
 * '*iterations' the steps taken (at most 100).  The result is CONVERGED,
 * BOUNDARY, COLLINEAR or NOT_CONVERGED. */
enum kor_growth_status kor_deviance_search(struct kor_problem *problem,
                                           struct kor_deviance *at,
                                           unsigned *iterations);

#endif /* stat/search.h */

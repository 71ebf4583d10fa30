/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_LEAST_H
#define STAT_LEAST_H 1

#include <stdbool.h>
#include <stddef.h>

/* Least squares with an intercept, for a few columns and any number of rows,
 * which are shown twice and not kept:
 *
 *     kor_least_begin(&fit, n_x);
 *     for each row: kor_least_centre(&fit, y, x);
 *     for each row: kor_least_add(&fit, y, x);
 *     if (kor_least_solve(&fit)) ...
 *
 * The second pass adds up squares about the means of the first, so that large
 * offsets cost no digits; the normal equations are solved by Cholesky.  Pure: no state besides the struct. */

enum { KOR_LEAST_MAX_X = 15 };

struct kor_least {
    size_t n_x; /* Columns besides the intercept. */
    double n;   /* Rows. */
    double mean_y;
    double mean[KOR_LEAST_MAX_X];
    /* What the second pass adds up about these means.  They are rounded, so
     * that the plain sums are not quite 0: 'level' makes good for it. */
    double y;
    double x[KOR_LEAST_MAX_X];
    double yy;
    double xy[KOR_LEAST_MAX_X];
    double xx[KOR_LEAST_MAX_X][KOR_LEAST_MAX_X]; /* Lower triangle. */
    /* Once solved: y = level + sum of slope (x - mean) + rest. */
    double level;
    double slope[KOR_LEAST_MAX_X];
    double rss; /* Squares left over, >= 0. */
};

/* 'n_x' is at most KOR_LEAST_MAX_X. */
void kor_least_begin(struct kor_least *fit, size_t n_x);

/* First pass: one row, all numbers finite. */
void kor_least_centre(struct kor_least *fit, double y, const double x[]);

/* Second pass: the same rows again, in any order. */
void kor_least_add(struct kor_least *fit, double y, const double x[]);

/* False if the columns cannot be told apart: one never varies, or less than
 * 1e-10 of its spread is not that of the columns before it. */
bool kor_least_solve(struct kor_least *fit);

#endif /* stat/least.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_INCBETA_H
#define STAT_INCBETA_H 1

/* The incomplete beta function and its inverse, at points that are given by
 * both their distances from the ends, so that no digits are lost at either.
 *
 * Shapes lie between KOR_INCBETA_LEAST and KOR_INCBETA_MOST. */

#define KOR_INCBETA_LEAST 1e-6
#define KOR_INCBETA_MOST 1e9

/* A point of the interval from 0 to 1. */
struct kor_between {
    double x, y;         /* x + y = 1. */
    double log_x, log_y; /* Right also where x or y is too small to hold. */
};

/* The point with the odds x / y = exp(log_odds). */
struct kor_between kor_between_at(double log_odds);

/* Share of the beta distribution (a, b) from 0 to 'at'. */
double kor_incbeta(struct kor_between at, double a, double b);

/* The log odds ln(x / y) of the point that has the share 'p' below it and
 * 'q' = 1 - 'p' above it; 'p' and 'q' are above 0. */
double kor_incbeta_inverse(double p, double q, double a, double b);

#endif /* stat/incbeta.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_TAIL_H
#define KOR_STAT_TAIL_H 1

/* The distributions that small groups need besides the normal: Student's t,
 * F, beta (and with it the exact binomial) and chi-square.
 *
 * Relative errors are below 1e-12 or so, far out in the tails as well, for
 * shapes and degrees of freedom from 0.1 to 1e6; held against R's pt(), qt(), qf(), pbeta(),
 * qbeta() and pchisq() in tests/oracle/test_tail.c.  What lies outside the
 * ranges named here, and NAN, gives NAN.
 *
 * Method: continued fraction for the incomplete beta function of A. R.
 * DiDonato and A. H. Morris (1992), ACM Trans. Math. Softw. 18, 360-373, and
 * Newton steps on the logarithm of the tail for the quantiles.
 * docs/methods/tails.md says why these end.
 *
 * Pure: no state, any number of threads. */

/* Share of Student's t distribution with 'df' degrees of freedom below 't'.
 * 'df' is at least 2e-6 and may be INFINITY, which is the normal one. */
double kor_t_cdf(double t, double df);

/* The t that has the share 'p' below it: -INFINITY at 0, INFINITY at 1. */
double kor_t_quantile(double p, double df);

/* The F with 'df1' and 'df2' degrees of freedom (from 2e-6 to 2e9) that has the
 * share 'p' below it: 0 at 0, INFINITY at 1. */
double kor_f_quantile(double p, double df1, double df2);

/* Share of the beta distribution with the shapes 'a' and 'b' (from 1e-6 to
 * 1e9) below 'x'; 0 below 0, and 1 above 1.
 *
 * The binomial is in it: with a share p, at least k of n (k >= 1) have the
 * probability kor_beta_cdf(p, k, n - k + 1). */
double kor_beta_cdf(double x, double a, double b);

/* The x that has the share 'p' below it: 0 at 0, 1 at 1. */
double kor_beta_quantile(double p, double a, double b);

/* Share of the chi-square distribution with 'df' (at least 1) degrees of
 * freedom above 'x'; 1 for 'x' below 0. */
double kor_chi2_above(double x, unsigned df);

#endif /* kor/stat/tail.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_NORMAL_H
#define KOR_STAT_NORMAL_H 1

/* The standard normal distribution. */

/* Share of the distribution below 'z': erfc(-z / sqrt(2)) / 2. */
double kor_normal_cdf(double z);

/* The 'z' that has the share 'p' below it; -INFINITY at 0, INFINITY at 1,
 * NAN outside.  Relative error below 1e-15 or so.
 *
 * M. J. Wichura (1988), "Algorithm AS 241", Applied Statistics 37, 477-484;
 * held against R's qnorm() in tests/oracle/test_normal.c. */
double kor_normal_quantile(double p);

#endif /* kor/stat/normal.h */

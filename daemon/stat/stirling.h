/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_STIRLING_H
#define STAT_STIRLING_H 1

/* The two small quantities that probabilities with large counts are made of,
 * so that nothing large is taken from anything large: C. Loader (2000), "Fast
 * and accurate computation of binomial probabilities". */

/* ln Gamma(a) - ((a - 1/2) ln a - a + ln(2 pi) / 2), for 'a' > 0: what
 * Stirling's formula leaves over. */
double kor_stirling_rest(double a);

/* u - ln(1 + u), for 'u' > -1: never below 0. */
double kor_log_lack(double u);

#endif /* stat/stirling.h */

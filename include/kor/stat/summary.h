/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_SUMMARY_H
#define KOR_STAT_SUMMARY_H 1

#include <stddef.h>

/* Summaries of a group: mean and spread, median, and shares with their
 * interval.
 *
 * Pure: no state, any number of threads. */

/* Mean and standard deviation (n - 1 below), by two passes. */
struct kor_mean {
    size_t n;    /* Values that were not NAN. */
    double mean; /* NAN if n is 0. */
    double sd;   /* NAN if n is below 2. */
};

/* Of the 'n' 'values'; NAN among them is left out. */
struct kor_mean kor_mean_of(const double values[], size_t n);

/* The median of the 'n' 'values', none of them NAN, which are sorted by this;
 * NAN if n is 0. */
double kor_median_of(double values[], size_t n);

/* A share with the interval that holds it in 'level' of repetitions. */
struct kor_share {
    double share; /* k / n; NAN if n is 0. */
    double low, high;
};

/* The share 'k' of 'n' with its score interval: E. B. Wilson (1927), J. Am.
 * Stat. Assoc. 22, 209-212.  'level' lies between 0 and 1. */
struct kor_share kor_share_of(size_t k, size_t n, double level);

#endif /* kor/stat/summary.h */

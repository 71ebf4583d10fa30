/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_SAMPLES_H
#define TESTS_BENCH_SAMPLES_H 1

/* Samples of a duration, with room for SAMPLES_MAX; more are dropped. */

#include <stddef.h>

#define SAMPLES_MAX 20000

struct samples {
    double values[SAMPLES_MAX];
    size_t n;
};

void samples_add(struct samples *samples, double value);

/* The value that the share 'p' (0 to 1) of the samples does not exceed.
 * Sorts them; there must be one at least. */
double samples_quantile(struct samples *samples, double p);

/* Prints a line of median, p95 and p99. */
void samples_print(struct samples *samples, const char *what);

#endif /* tests/bench/samples.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Samples: see bench/samples.h. */

#include "bench/samples.h"

#include <stdlib.h>

#include "bench/bench.h"

void
samples_add(struct samples *samples, double value)
{
    if (samples->n < SAMPLES_MAX) {
        samples->values[samples->n++] = value;
    }
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double
samples_quantile(struct samples *samples, double p)
{
    qsort(samples->values, samples->n, sizeof *samples->values, by_value);
    return samples->values[(size_t)(p * (double)(samples->n - 1))];
}

void
samples_print(struct samples *samples, const char *what)
{
    bench_note("%-40s median %7.0f  p95 %7.0f  p99 %7.0f us", what,
               samples_quantile(samples, 0.5),
               samples_quantile(samples, 0.95),
               samples_quantile(samples, 0.99));
}

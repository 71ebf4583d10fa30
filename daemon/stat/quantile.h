/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_QUANTILE_H
#define STAT_QUANTILE_H 1

#include <stddef.h>

/* Order statistics. */

/* The value at 'position' of the 'n' (at least 1) sorted 'values', counted
 * from 1, interpolated between two; the ends stand for what lies beyond. */
double kor_order_statistic(const double values[], size_t n, double position);

#endif /* stat/quantile.h */

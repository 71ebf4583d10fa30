/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_QUANTILE_H
#define STAT_QUANTILE_H 1

#include <stddef.h>

/* Order statistics. */

/* The value at 'position' of the 'n' (at least 1) sorted 'values', counted
 * from 1, interpolated between two; the ends stand for what lies beyond. */
double kor_order_statistic(const double values[], size_t n, double position);

/* Parts the 'n' sorted 'values' into 'n_parts' of about the same size, equal
 * values in one part: limits[0 .. n_parts - 2] lie half way between the two
 * values at the boundary that is nearest to where the part should end, or of
 * two as near, nearer to the middle.  So parts of mirrored values are mirrored
 * parts. */
void kor_part(const double values[], size_t n, size_t n_parts,
              double limits[]);

#endif /* stat/quantile.h */

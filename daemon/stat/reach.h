/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_REACH_H
#define STAT_REACH_H 1

#include <math.h>
#include <stdbool.h>

/* Whether 'number' is missing (NAN) or one whose square, and sums of such
 * squares, are still numbers: at most 1e100 from 0. */
static inline bool
kor_is_within_reach(double number)
{
    return isnan(number) || fabs(number) <= 1e100;
}

#endif /* stat/reach.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Order statistics: see stat/quantile.h. */

#include "stat/quantile.h"

#include <math.h>

double
kor_order_statistic(const double values[], size_t n, double position)
{
    double whole = floor(position);
    if (!(whole >= 1)) {
        return values[0];
    }
    if (whole >= (double)n) {
        return values[n - 1];
    }
    size_t i = (size_t)whole - 1;
    return values[i] + (position - whole) * (values[i + 1] - values[i]);
}

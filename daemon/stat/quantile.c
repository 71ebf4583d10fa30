/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Order statistics: see stat/quantile.h. */

#include "stat/quantile.h"

#include <math.h>
#include <stdbool.h>

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

/* Whether the boundary before the value 'i' is nearer to 'wanted' than 'best'
 * is, where 0 is none. */
static bool
is_nearer(size_t i, size_t best, double wanted, double middle)
{
    double off = fabs((double)i - wanted);
    double best_off = fabs((double)best - wanted);
    return best == 0 || off < best_off
        || (off <= best_off
            && fabs((double)i - middle) < fabs((double)best - middle));
}

void
kor_part(const double values[], size_t n, size_t n_parts, double limits[])
{
    for (size_t k = 1; k < n_parts; k++) {
        double wanted = (double)(k * n) / (double)n_parts;
        size_t best = 0;
        for (size_t i = 1; i < n; i++) {
            if (values[i - 1] < values[i]
                && is_nearer(i, best, wanted, (double)n / 2)) {
                best = i;
            }
        }
        limits[k - 1] = n == 0 ? 0
                      : best == 0
                          ? values[0]
                          : values[best - 1]
                                + (values[best] - values[best - 1]) / 2;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Summaries of a group: see kor/stat/summary.h. */

#include "kor/stat/summary.h"

#include <math.h>

#include "kor/stat/normal.h"
#include "stat/sort.h"

struct kor_mean
kor_mean_of(const double values[], size_t n)
{
    struct kor_mean out = {.n = 0, .mean = NAN, .sd = NAN};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            sum += values[i];
            out.n++;
        }
    }
    if (out.n == 0) {
        return out;
    }
    out.mean = sum / (double)out.n;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            squares += (values[i] - out.mean) * (values[i] - out.mean);
        }
    }
    if (out.n > 1) {
        out.sd = sqrt(squares / (double)(out.n - 1));
    }
    return out;
}

double
kor_median_of(double values[], size_t n)
{
    if (n == 0) {
        return NAN;
    }
    kor_sort(values, n);
    double above = values[n / 2], below = n % 2 ? above : values[n / 2 - 1];
    double both = below + above;
    return isfinite(both) ? both / 2 : below / 2 + above / 2;
}

struct kor_share
kor_share_of(size_t k, size_t n, double level)
{
    struct kor_share out = {NAN, NAN, NAN};
    if (n == 0) {
        return out;
    }
    double m = (double)n, p = (double)k / m;
    double z = kor_normal_quantile(0.5 + level / 2), zz = z * z;
    double middle = (p + zz / (2 * m)) / (1 + zz / m);
    double half = z / (1 + zz / m)
                * sqrt(p * (1 - p) / m + zz / (4 * m * m));
    out.share = p;
    out.low = k == 0 ? 0 : middle - half;
    out.high = k == n ? 1 : middle + half;
    return out;
}

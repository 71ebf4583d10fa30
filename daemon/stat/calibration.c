/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking up in a calibration: see kor/stat/calibration.h. */

#include "kor/stat/calibration.h"

#include <math.h>

#include "stat/in_calibration.h"

enum { starts = KOR_CALIBRATION_STARTS };

size_t
kor_calibration_locate(const double values[], size_t n, double x, double *share)
{
    size_t low = 0, high = n - 1;
    *share = 0;
    if (!(x > values[0])) {
        return 0;
    }
    if (x >= values[high]) {
        return high;
    }
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (values[middle] <= x) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *share = (x - values[low]) / (values[high] - values[low]);
    return low;
}

double
kor_width_level(enum kor_width width)
{
    return width == KOR_WIDTH_80 ? 0.80 : 0.68;
}

size_t
kor_calibration_third(const struct kor_calibration *calibration, double start)
{
    return (size_t)(start > calibration->limits[0])
         + (start > calibration->limits[1]);
}

double
kor_calibration_spread(const struct kor_calibration *c, double start)
{
    double held = fmin(fmax(start, c->least), c->most);
    return fmax(1 + c->growth * (held - c->middle), 0.25);
}

static double
between(double a, double b, double share)
{
    return share > 0 ? a + share * (b - a) : a;
}

double
kor_calibration_reach(const struct kor_calibration *calibration,
                      enum kor_width width, double start, double at)
{
    /* kor_normal_quantile() of 0.90 and 0.84. */
    static const double normal[KOR_N_WIDTHS]
        = {1.2815515655446004, 0.99445788320975304};
    if (calibration->n_times == 0) {
        return normal[width];
    }
    double by_time, by_start;
    size_t t = kor_calibration_locate(calibration->times, calibration->n_times, at, &by_time);
    size_t s = kor_calibration_locate(calibration->starts, starts, start, &by_start);
    size_t t2 = by_time > 0 ? t + 1 : t, s2 = by_start > 0 ? s + 1 : s;
    const double(*reach)[starts] = calibration->reach[width];
    return kor_calibration_spread(calibration, start)
         * between(between(reach[t][s], reach[t][s2], by_start),
                   between(reach[t2][s], reach[t2][s2], by_start), by_time);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking up in a calibration: see kor/stat/calibration.h. */

#include "kor/stat/calibration.h"

#include <string.h>

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
    /* Sessions mostly follow one another: look there first. */
    double guess = x - values[0];
    if (guess < (double)high) {
        size_t k = (size_t)guess;
        low = values[k] <= x ? k : low;
        high = values[k + 1] > x ? k + 1 : high;
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
    double held = start < c->least  ? c->least
                  : start > c->most ? c->most
                                    : start;
    double spread = 1 + c->growth * (held - c->middle);
    return spread < 0.25 ? 0.25 : spread;
}

static double
between(double a, double b, double share)
{
    return share > 0 ? a + share * (b - a) : a;
}

void
kor_calibration_reach(const struct kor_calibration *calibration, double start,
                      double at, double reaches[KOR_N_WIDTHS])
{
    /* kor_normal_quantile() of 0.90 and 0.84. */
    static const double normal[KOR_N_WIDTHS]
        = {1.2815515655446004, 0.99445788320975304};
    if (calibration->n_times == 0) {
        memcpy(reaches, normal, sizeof normal);
        return;
    }
    double by_time, by_start;
    size_t t = kor_calibration_locate(calibration->times, calibration->n_times,
                                      at, &by_time);
    size_t s = kor_calibration_locate(calibration->starts, starts, start,
                                      &by_start);
    size_t t2 = by_time > 0 ? t + 1 : t, s2 = by_start > 0 ? s + 1 : s;
    double spread = kor_calibration_spread(calibration, start);
    for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
        const double(*reach)[starts] = calibration->reach[w];
        reaches[w]
            = spread
            * between(between(reach[t][s], reach[t][s2], by_start),
                      between(reach[t2][s], reach[t2][s2], by_start),
                      by_time);
    }
}

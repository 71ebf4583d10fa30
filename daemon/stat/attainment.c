/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Attainment: see kor/stat/attainment.h. */

#include "kor/stat/attainment.h"

#include <math.h>

#include "kor/base/err.h"

static enum kor_code
check(const double levels[], const double weights[], size_t n, double r,
      struct kor_err *err)
{
    if (!(r >= 0 && r <= 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "r",
                        "the correlation between goals must lie between 0 "
                        "and 1; 0.3 is usual");
    }
    for (size_t i = 0; i < n; i++) {
        if (levels[i] < -2 || levels[i] > 2) {
            return kor_fail(err, KOR_BAD_VALUE, "level",
                            "goal %zu: the level must lie between -2 and 2, "
                            "with 0 for what was expected",
                            i + 1);
        }
        if (weights && (!(weights[i] > 0) || isinf(weights[i]))) {
            return kor_fail(err, KOR_BAD_VALUE, "weight",
                            "goal %zu: the weight must be a number above 0",
                            i + 1);
        }
    }
    return KOR_OK;
}

/* The largest weight of a goal with a level, or 0. */
static double
largest(const double levels[], const double weights[], size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(levels[i])) {
            most = fmax(most, weights ? weights[i] : 1);
        }
    }
    return most;
}

enum kor_code
kor_attainment_t(const double levels[], const double weights[], size_t n,
                 double r, double *t, struct kor_err *err)
{
    enum kor_code code = check(levels, weights, n, r, err);
    if (code != KOR_OK) {
        return code;
    }
    /* Only the weights' ratios count, and squares of ratios are in range. */
    double most = largest(levels, weights, n);
    double sum = 0, squares = 0, reached = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(levels[i])) {
            double w = weights ? weights[i] / most : 1;
            sum += w;
            squares += w * w;
            reached += w * levels[i];
        }
    }
    *t = most > 0 ? 50 + 10 * reached / sqrt((1 - r) * squares + r * sum * sum)
                  : NAN;
    return KOR_OK;
}

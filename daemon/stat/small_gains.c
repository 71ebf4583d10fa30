/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small gains: see kor/stat/small_gains.h. */

#include "kor/stat/small_gains.h"

#include <math.h>

#include "kor/base/err.h"
#include "stat/sessions.h"

enum { LAST = 3 };

/* The best of three; 'sign' is 1 where higher is better, else -1. */
static double
best_of(const double last[LAST], double sign)
{
    return sign * fmax(fmax(sign * last[0], sign * last[1]), sign * last[2]);
}

enum kor_code
kor_small_gains_find(enum kor_better better, double least_points,
                     const double scores[], size_t n,
                     struct kor_small_gain gains[], size_t *n_gains,
                     struct kor_err *err)
{
    double sign = better == KOR_HIGHER_IS_BETTER ? 1 : -1;
    double last[LAST] = {NAN, NAN, NAN};
    size_t n_given = 0;
    *n_gains = 0;
    if (!(least_points > 0) || isinf(least_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "least_points",
                        "a small gain must be above 0 points");
    }
    enum kor_code code = kor_sessions_check(scores, n, err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        if (isnan(scores[i])) {
            continue;
        }
        double best = best_of(last, sign);
        double by = sign * (scores[i] - best);
        double size = fmax(fabs(scores[i]), fabs(best));
        if (n_given >= LAST && kor_reaches(by, least_points, size)) {
            gains[(*n_gains)++]
                = (struct kor_small_gain){i + 1, scores[i], best, by};
        }
        last[n_given++ % LAST] = scores[i];
    }
    return code;
}

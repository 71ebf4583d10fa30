/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Stirling's formula leaves over: see stirling.h. */

#include "stat/stirling.h"

#include <math.h>
#include <stddef.h>

#include "kor/base/compiler.h"

static const double half_log_two_pi = 0.91893853320467274178;

/* From here on the series below is exact to the last digit. */
static const double far = 10;

/* Stirling's series: the Bernoulli number B_2k over 2k (2k - 1). */
static double
series(double a)
{
    static const double of[] = {1.0 / 12,    -1.0 / 360,      1.0 / 1260,
                                -1.0 / 1680, 1.0 / 1188,      -691.0 / 360360,
                                1.0 / 156,   -3617.0 / 122400};
    double sum = 0;
    for (size_t k = KOR_LENGTH(of); k-- > 0;) {
        sum = sum / (a * a) + of[k];
    }
    return sum / a;
}

double
kor_stirling_rest(double a)
{
    if (a >= far) {
        return series(a);
    }
    /* Gamma(a) = Gamma(a + m) / (a (a + 1) ... (a + m - 1)). */
    double product = 1, up = a;
    while (up < far) {
        product *= up;
        up += 1;
    }
    double log_gamma = (up - 0.5) * log(up) - up + half_log_two_pi + series(up)
                       - log(product);
    return log_gamma - ((a - 0.5) * log(a) - a + half_log_two_pi);
}

double
kor_log_lack(double u)
{
    if (!(fabs(u) < 0.5)) {
        return u - log1p(u);
    }
    /* ln(1 + u) = 2 (r + r^3/3 + r^5/5 ...), and u - 2 r = u r. */
    double r = u / (2 + u), rr = r * r, power = rr, sum = 0, last = -1;
    for (double k = 3; sum > last; k += 2) {
        last = sum;
        sum += power / k;
        power *= rr;
    }
    return r * (u - 2 * sum);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Funnel: see kor/stat/funnel.h. */

#include "kor/stat/funnel.h"

#include <math.h>

#include "kor/stat/normal.h"
#include "kor/stat/tail.h"

static const double most_people = 1e9;

/* What lies outside a limit on one side, if nothing differs. */
static const double outside_95 = 0.025, outside_998 = 0.001;

/* Shares this close are equal; k / n is not exact. */
static const double equal_share = 1e-12;

/* The chance of at most 'k' of 'n', which are more. */
static double
at_most(double k, double n, double p)
{
    return kor_beta_cdf(1 - p, n - k, k + 1);
}

/* The least count that at most which have a chance of at least 'outside'. */
static double
least_count(double n, double p, double outside)
{
    double low = 0, high = n;
    while (low < high) {
        double middle = floor((low + high) / 2);
        if (at_most(middle, n, p) >= outside) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* The high limit is the low one of those without the event. */
static void
set_exact(double n, double p0, double outside, double *low, double *high)
{
    *low = least_count(n, p0, outside) / n;
    *high = (n - least_count(n, 1 - p0, outside)) / n;
}

static void
set_normal(double n, double p0, double outside, double *low, double *high)
{
    double half = -kor_normal_quantile(outside) * sqrt(p0 * (1 - p0) / n);
    *low = fmax(0, p0 - half);
    *high = fmin(1, p0 + half);
}

struct kor_funnel
kor_funnel_limits(size_t n, double p0, enum kor_funnel_method method)
{
    struct kor_funnel out = {NAN, NAN, NAN, NAN, false};
    double m = (double)n;
    if (n == 0 || m > most_people || !(p0 >= 0 && p0 <= 1)) {
        return out;
    }
    out.is_exact =
        method == KOR_FUNNEL_EXACT
        || (method == KOR_FUNNEL_BY_SIZE && n < KOR_FUNNEL_EXACT_BELOW);
    if (out.is_exact) {
        set_exact(m, p0, outside_95, &out.low_95, &out.high_95);
        set_exact(m, p0, outside_998, &out.low_998, &out.high_998);
    } else {
        set_normal(m, p0, outside_95, &out.low_95, &out.high_95);
        set_normal(m, p0, outside_998, &out.low_998, &out.high_998);
    }
    return out;
}

enum kor_funnel_place
kor_funnel_place_of(const struct kor_funnel *limits, size_t k, size_t n)
{
    double share = (double)k / (double)n;
    if (n == 0 || isnan(limits->low_95)) {
        return KOR_FUNNEL_NO_LIMITS;
    }
    if (share > limits->high_95 + equal_share) {
        return share > limits->high_998 + equal_share ? KOR_FUNNEL_ABOVE_998
                                                      : KOR_FUNNEL_ABOVE_95;
    }
    if (share < limits->low_95 - equal_share) {
        return share < limits->low_998 - equal_share ? KOR_FUNNEL_BELOW_998
                                                     : KOR_FUNNEL_BELOW_95;
    }
    return KOR_FUNNEL_WITHIN;
}

const char *
kor_funnel_place_name(enum kor_funnel_place place)
{
    static const char *const names[] = {
        [KOR_FUNNEL_NO_LIMITS] = "no-limits",
        [KOR_FUNNEL_WITHIN] = "within",
        [KOR_FUNNEL_ABOVE_95] = "above-95",
        [KOR_FUNNEL_ABOVE_998] = "above-998",
        [KOR_FUNNEL_BELOW_95] = "below-95",
        [KOR_FUNNEL_BELOW_998] = "below-998",
    };
    return names[place];
}

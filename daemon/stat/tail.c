/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tails of t, F, beta and chi-square: see kor/stat/tail.h. */

#include "kor/stat/tail.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "kor/stat/normal.h"
#include "stat/incbeta.h"
#include "stat/stirling.h"

static const double two_pi = 6.28318530717958647693;

static bool
is_share(double p)
{
    return p >= 0 && p <= 1;
}

static bool
is_shape(double a)
{
    return a >= KOR_INCBETA_LEAST && a <= KOR_INCBETA_MOST;
}

double
kor_beta_cdf(double x, double a, double b)
{
    if (isnan(x) || !is_shape(a) || !is_shape(b)) {
        return NAN;
    }
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    struct kor_between at = {
        .x = x, .y = 1 - x, .log_x = log(x), .log_y = log1p(-x)};
    return kor_incbeta(at, a, b);
}

double
kor_beta_quantile(double p, double a, double b)
{
    if (!is_share(p) || !is_shape(a) || !is_shape(b)) {
        return NAN;
    }
    if (p <= 0 || p >= 1) {
        return p <= 0 ? 0 : 1;
    }
    return kor_between_at(kor_incbeta_inverse(p, 1 - p, a, b)).x;
}

double
kor_f_quantile(double p, double df1, double df2)
{
    double a = df1 / 2, b = df2 / 2;
    if (!is_share(p) || !is_shape(a) || !is_shape(b)) {
        return NAN;
    }
    if (p <= 0 || p >= 1) {
        return p <= 0 ? 0 : INFINITY;
    }
    return df2 / df1 * exp(kor_incbeta_inverse(p, 1 - p, a, b));
}

/* With more degrees of freedom than KOR_INCBETA_MOST, the normal deviate
 * sqrt((df - 1/2) ln(1 + t^2 / df)) is exact to 1e-13 (the first term of G. W.
 * Hill 1970, Commun. ACM 13, 617-619; the next is of the order 1 / df^2). */
static double
normal_of_t(double t, double df)
{
    double z = isinf(df) ? fabs(t) : sqrt((df - 0.5) * log1p(t / df * t));
    return t < 0 ? -z : z;
}

static double
t_of_normal(double z, double df)
{
    double t = isinf(df) ? fabs(z) : sqrt(df * expm1(z / (df - 0.5) * z));
    return z < 0 ? -t : t;
}

double
kor_t_cdf(double t, double df)
{
    if (isnan(t) || !(df / 2 >= KOR_INCBETA_LEAST)) {
        return NAN;
    }
    if (isinf(t)) {
        return t < 0 ? 0 : 1;
    }
    if (df > KOR_INCBETA_MOST) {
        return kor_normal_cdf(normal_of_t(t, df));
    }
    double w = fabs(t) / sqrt(df), ww = w * w;
    struct kor_between at = {.x = 1 / (1 + ww),
                             .y = isinf(ww) ? 1 : ww / (1 + ww),
                             .log_x = isinf(ww) ? -2 * log(w) : -log1p(ww),
                             .log_y = 2 * log(w)
                                      - (isinf(ww) ? 2 * log(w) : log1p(ww))};
    double below = w > 0 ? kor_incbeta(at, df / 2, 0.5) / 2 : 0.5;
    return t < 0 ? below : 1 - below;
}

double
kor_t_quantile(double p, double df)
{
    if (!is_share(p) || !(df / 2 >= KOR_INCBETA_LEAST)) {
        return NAN;
    }
    if (p <= 0 || p >= 1) {
        return p <= 0 ? -INFINITY : INFINITY;
    }
    if (df > KOR_INCBETA_MOST) {
        return t_of_normal(kor_normal_quantile(p), df);
    }
    double both = 2 * (p < 0.5 ? p : 1 - p), centre = fabs(1 - 2 * p);
    if (!(centre > 0)) {
        return 0;
    }
    double log_odds = kor_incbeta_inverse(both, centre, df / 2, 0.5);
    double t = sqrt(df) * exp(-log_odds / 2);
    return p < 0.5 ? -t : t;
}

/* lambda^s e^-lambda / Gamma(s + 1). */
static double
poisson(double s, double lambda)
{
    if (!(s > 0)) {
        return exp(-lambda);
    }
    double u = (lambda - s) / s;
    double lack = u > -0.5 ? kor_log_lack(u) : u - log(lambda / s);
    return exp(-s * lack - kor_stirling_rest(s)) / sqrt(two_pi * s);
}

/* poisson() summed from 'least' to 'most' in steps of 1, outwards from the
 * largest, until what is left is nothing beside it. */
static double
poisson_sum(double least, double most, double lambda)
{
    double s = most;
    if (lambda < most) {
        s = least + fmax(0, floor(lambda - least));
    }
    double middle = poisson(s, lambda), sum = middle;
    double term = middle;
    for (double k = s; k > least && term > sum * DBL_EPSILON / 16; k--) {
        term *= k / lambda;
        sum += term;
    }
    term = middle;
    for (double k = s; k < most && term > sum * DBL_EPSILON / 16; k++) {
        term *= lambda / (k + 1);
        sum += term;
    }
    return sum;
}

double
kor_chi2_above(double x, unsigned df)
{
    double lambda = x / 2, most = (double)df / 2 - 1;
    if (isnan(x) || df == 0) {
        return NAN;
    }
    if (x <= 0 || isinf(x)) {
        return x <= 0 ? 1 : 0;
    }
    /* Nearly all of it is above: rounding must not make that more. */
    if (df % 2 == 0) {
        return fmin(poisson_sum(0, most, lambda), 1);
    }
    return fmin(erfc(sqrt(lambda))
                    + (df > 1 ? poisson_sum(0.5, most, lambda) : 0), 1);
}

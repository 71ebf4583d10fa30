/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The incomplete beta function and its inverse: see incbeta.h. */

#include "stat/incbeta.h"

#include <float.h>
#include <math.h>

#include "stat/stirling.h"

enum {
    most_terms = 1000000, /* Some sqrt(a + b) are needed. */
    most_steps = 200      /* Of Newton; some 10 to 40 are needed. */
};

static const double two_pi = 6.28318530717958647693;

struct kor_between
kor_between_at(double log_odds)
{
    return (struct kor_between){
        .x = 1 / (1 + exp(-log_odds)),
        .y = 1 / (1 + exp(log_odds)),
        .log_x = log_odds < 0 ? log_odds - log1p(exp(log_odds))
                              : -log1p(exp(-log_odds)),
        .log_y = log_odds < 0 ? -log1p(exp(log_odds))
                              : -log_odds - log1p(exp(-log_odds))};
}

static struct kor_between
mirrored(struct kor_between at)
{
    return (struct kor_between){
        .x = at.y, .y = at.x, .log_x = at.log_y, .log_y = at.log_x};
}

/* ln sqrt(a b / (2 pi (a + b))) and Stirling's rests: with it, ln of
 * 1 / B(a, b) is this - a ln(a / (a + b)) - b ln(b / (a + b)). */
static double
log_scale(double a, double b)
{
    return 0.5 * log(a / (a + b) * b / two_pi) + kor_stirling_rest(a + b)
           - kor_stirling_rest(a) - kor_stirling_rest(b);
}

/* How far a share lies below its place: a (u - ln(1 + u)), in which 1 + u is
 * the share x over a / (a + b). */
static double
lack(double u, double a, double b, double log_x)
{
    return u > -0.5 ? a * kor_log_lack(u) : a * (u - log_x + log(a / (a + b)));
}

/* ln of x^a y^b / B(a, b): the density of the log odds. */
static double
log_density(struct kor_between at, double a, double b)
{
    double off = at.x * b - at.y * a;
    return log_scale(a, b) - lack(off / a, a, b, at.log_x)
           - lack(-off / b, b, a, at.log_y);
}

/* The share below 'at' over the density of the log odds there, for x not far
 * above its mean: DiDonato and Morris (1992), equation 9, evaluated from the
 * top by the method of Lentz and Thompson (W. J. Lentz 1976, Appl. Opt. 15,
 * 668-671). */
static double
share_per_density(struct kor_between at, double a, double b)
{
    double x = at.x, lambda = a * at.y - b * x;
    double f = a * (lambda + 1) / (a + 1), c = f, d = 0;
    for (int m = 1; m < most_terms; m++) {
        double top = (a + m - 1) / (a + 2 * m - 1) * ((a + b + m - 1) * x)
                     / (a + 2 * m - 1) * (m * (b - m) * x);
        double under =
            m + m * (b - m) * x / (a + 2 * m - 1)
            + (a + m) * (lambda + 1 + m * (1 + at.y)) / (a + 2 * m + 1);
        d = 1 / (under + top * d);
        c = under + top / c;
        f *= c * d;
        if (fabs(c * d - 1) <= DBL_EPSILON) {
            return 1 / f;
        }
    }
    return NAN;
}

static int
is_low(struct kor_between at, double a, double b)
{
    return at.x * (b + 1) <= at.y * (a + 1);
}

double
kor_incbeta(struct kor_between at, double a, double b)
{
    double density = exp(log_density(at, a, b));
    return is_low(at, a, b)
               ? density * share_per_density(at, a, b)
               : 1 - density * share_per_density(mirrored(at), b, a);
}

/* How far ln(share below) at 'log_odds' is from 'log_p', in the step that
 * Newton's method takes. */
static double
newton_step(double log_odds, double log_p, double a, double b)
{
    struct kor_between at = kor_between_at(log_odds);
    double log_f = log_density(at, a, b);
    if (is_low(at, a, b)) {
        double ratio = share_per_density(at, a, b);
        return (log_p - log_f - log(ratio)) * ratio;
    }
    double f = exp(log_f);
    double above = f * share_per_density(mirrored(at), b, a);
    return (log_p - log1p(-above)) * ((1 - above) / f);
}

/* The density of the log odds is log-concave, so ln(share below) is concave:
 * Newton's steps from the left come nearer from the left and never jump
 * over.  The line that it follows at the far left lies above it, and so
 * meets ln p to the left of the answer; only rounding can make a step go
 * back, and then, after the first, the answer is reached. */
static double
search_up(double p, double a, double b)
{
    double log_p = log(p);
    double log_odds = (log_p - log_scale(a, b) + log(a)) / a + log(a / (a + b))
                      - b / a * log1p(a / b);
    for (int k = 0; k < most_steps; k++) {
        double step = newton_step(log_odds, log_p, a, b);
        log_odds += step;
        if (fabs(step) <= DBL_EPSILON * fabs(log_odds)
            || (k > 0 && !(step > 0))) {
            break;
        }
    }
    return log_odds;
}

double
kor_incbeta_inverse(double p, double q, double a, double b)
{
    return p <= q ? search_up(p, a, b) : -search_up(q, b, a);
}

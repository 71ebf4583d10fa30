/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Size of a change: see kor/stat/effect.h. */

#include "kor/stat/effect.h"

#include <math.h>
#include <stdbool.h>

#include "kor/base/err.h"
#include "kor/stat/normal.h"
#include "kor/stat/tail.h"
#include "stat/reach.h"

/* Spread below this share of the scores' size is rounding error. */
static const double no_spread = 1e-12;

static const struct kor_interval unknown = {NAN, NAN, NAN};

static enum kor_code
check_scores(const double scores[], size_t n, const char *field,
             struct kor_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!kor_is_within_reach(scores[i])) {
            return kor_fail(err, KOR_BAD_VALUE, field,
                            "person %zu has a score that is not a number "
                            "within reach; leave out what is missing",
                            i + 1);
        }
    }
    return KOR_OK;
}

static enum kor_code
check(const struct kor_pre_post *group, double published_sd, double level,
      struct kor_err *err)
{
    if (!isnan(published_sd) &&
        (!(published_sd > 0) || !isfinite(published_sd))) {
        return kor_fail(err, KOR_BAD_VALUE, "sd",
                        "the standard deviation must be above 0; leave it "
                        "out if none was published");
    }
    if (!(level > 0 && level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1, "
                        "for instance 0.95");
    }
    enum kor_code code = check_scores(group->pre, group->n, "pre", err);
    if (code == KOR_OK) {
        code = check_scores(group->post, group->n, "post", err);
    }
    return code;
}

static bool
is_pair(const struct kor_pre_post *group, size_t i)
{
    return !isnan(group->pre[i]) && !isnan(group->post[i]);
}

/* Improvement of person 'i': > 0 is better. */
static double
better_by(const struct kor_pre_post *group, size_t i)
{
    double rise = group->post[i] - group->pre[i];
    return group->better == KOR_HIGHER_IS_BETTER ? rise : -rise;
}

/* How many have both scores, and how many lack one. */
static void
count(const struct kor_pre_post *group, struct kor_effect *effect)
{
    for (size_t i = 0; i < group->n; i++) {
        bool has_pre = !isnan(group->pre[i]);
        bool has_post = !isnan(group->post[i]);
        effect->n += has_pre && has_post;
        effect->n_one += has_pre != has_post;
        effect->n_none += !has_pre && !has_post;
    }
    effect->pre.n = effect->post.n = effect->change.n = effect->n;
}

/* Means of those with both scores.  That of the change is not the difference
 * of the others, so that a large offset costs it no digits. */
static void
take_means(const struct kor_pre_post *group, struct kor_effect *effect)
{
    double pre = 0, post = 0, change = 0, n = (double)effect->n;
    for (size_t i = 0; i < group->n; i++) {
        if (is_pair(group, i)) {
            pre += group->pre[i];
            post += group->post[i];
            change += better_by(group, i);
        }
    }
    effect->pre.mean = effect->n ? pre / n : NAN;
    effect->post.mean = effect->n ? post / n : NAN;
    effect->change.mean = effect->n ? change / n : NAN;
}

/* The standard deviation, without what is rounding error in numbers of the
 * given 'size'. */
static double
sd_of(double squares, size_t n, double size)
{
    double sd = n > 1 ? sqrt(squares / (double)(n - 1)) : NAN;
    return sd <= no_spread * size ? 0 : sd;
}

/* Standard deviations and the correlation, about the means. */
static void
take_spread(const struct kor_pre_post *group, struct kor_effect *effect)
{
    double pre = 0, post = 0, both = 0, change = 0;
    for (size_t i = 0; i < group->n; i++) {
        if (is_pair(group, i)) {
            double x = group->pre[i] - effect->pre.mean;
            double y = group->post[i] - effect->post.mean;
            double z = better_by(group, i) - effect->change.mean;
            pre += x * x;
            post += y * y;
            both += x * y;
            change += z * z;
        }
    }
    size_t n = effect->n;
    double size_pre = fabs(effect->pre.mean);
    double size_post = fabs(effect->post.mean);
    effect->pre.sd = sd_of(pre, n, size_pre);
    effect->post.sd = sd_of(post, n, size_post);
    effect->change.sd = sd_of(change, n, size_pre + size_post);
    if (effect->pre.sd > 0 && effect->post.sd > 0) {
        effect->r = fmax(-1, fmin(both / sqrt(pre) / sqrt(post), 1));
    }
}

/* 'a' in units of 'sd'; NAN without any spread. */
static double
per(double a, double sd)
{
    return sd > 0 ? a / sd : NAN;
}

static struct kor_interval
around(double value, double half)
{
    return (struct kor_interval){value, value - half, value + half};
}

/* d and its interval, where 'share' / n is the variance of d if d is 0. */
static struct kor_interval
large_sample(double d, double share, size_t n, double level)
{
    double z = kor_normal_quantile(0.5 + level / 2);
    return around(d, z * sqrt((share + d * d / 2) / (double)n));
}

/* Hedges's correction for 'df' degrees of freedom; NAN below 2.  Where Gamma
 * overflows, its ratio is taken from the series in 1 / x, exact to the last
 * digits there. */
static double
correction(double df)
{
    double x = (df - 1) / 2;
    if (!(df >= 2)) {
        return NAN;
    }
    if (x < 150) {
        return tgamma(x + 0.5) / tgamma(x) / sqrt(x + 0.5);
    }
    double series = 1 - 1 / (8 * x) + 1 / (128 * x * x) +
                    5 / (1024 * x * x * x) - 21 / (32768 * x * x * x * x);
    return series * sqrt(x / (x + 0.5));
}

static struct kor_interval
by_published(const struct kor_effect *effect, double sd, double level)
{
    if (effect->n < 2 || isnan(sd)) {
        return unknown;
    }
    double n = (double)effect->n;
    double t = kor_t_quantile(0.5 + level / 2, n - 1);
    return around(effect->change.mean / sd,
                  t * effect->change.sd / sqrt(n) / sd);
}

enum kor_code
kor_effect_of(const struct kor_pre_post *group, double published_sd,
              double level, struct kor_effect *out, struct kor_err *err)
{
    enum kor_code code = check(group, published_sd, level, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_effect e = {.r = NAN};
    count(group, &e);
    take_means(group, &e);
    take_spread(group, &e);
    double better = e.change.mean;
    e.d_pre = large_sample(per(better, e.pre.sd), 2 * (1 - e.r), e.n, level);
    e.g_pre = e.d_pre.value * correction((double)e.n - 1);
    e.d_av = per(better, (e.pre.sd + e.post.sd) / 2);
    e.srm = large_sample(per(better, e.change.sd), 1, e.n, level);
    e.d_sd = by_published(&e, published_sd, level);
    *out = e;
    return KOR_OK;
}

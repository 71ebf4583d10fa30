/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Course: see kor/stat/course.h. */

#include "kor/stat/course.h"

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/growth.h"
#include "kor/stat/normal.h"
#include "stat/posterior.h"

static enum kor_code
check_scale(const struct kor_course *c, struct kor_err *err)
{
    if (!isfinite(c->max_points - c->min_points)
        || c->max_points <= c->min_points) {
        return kor_fail(err, KOR_BAD_VALUE, "max_points",
                        "the highest score must be above the lowest, and "
                        "both must be numbers");
    }
    double first = kor_time_apply(c->f, c->first_time);
    double last = kor_time_apply(c->f, c->max_time);
    if (!(first <= last)) {
        return kor_fail(err, KOR_BAD_VALUE, "max_time",
                        "the times of a course must run upwards, above 0 for "
                        "log and from 0 for log1p");
    }
    return KOR_OK;
}

enum kor_code
kor_course_check(const struct kor_course *c, struct kor_err *err)
{
    double slack = 1e-9 * c->tau00 * c->tau11;
    if (!isfinite(c->b0 + c->b1 + c->b2 + c->b3)) {
        return kor_fail(err, KOR_BAD_VALUE, "b",
                        "the terms of a course must be numbers");
    }
    if (!(c->sigma > 0) || !isfinite(c->sigma)) {
        return kor_fail(err, KOR_BAD_VALUE, "sigma",
                        "sigma of a course must be a number above 0");
    }
    if (!(c->tau00 >= 0) || !(c->tau11 >= 0)
        || !isfinite(c->tau00 + c->tau11)
        || !(c->tau01 * c->tau01 <= c->tau00 * c->tau11 + slack)) {
        return kor_fail(err, KOR_BAD_VALUE, "tau00",
                        "tau00 and tau11 of a course must be at least 0, and "
                        "tau01 must lie within what they allow");
    }
    if ((unsigned)c->rule >= KOR_N_FLAG_RULES) {
        return kor_fail(err, KOR_BAD_VALUE, "rule",
                        "the rule that marks must be one of the rules for "
                        "flags");
    }
    return check_scale(c, err);
}

void
kor_course_from_fit(struct kor_course *course,
                    const struct kor_growth_fit *fit)
{
    course->b0 = fit->b[0];
    course->b1 = fit->b[1];
    course->b2 = fit->n_terms > 2 ? fit->b[2] : 0;
    course->b3 = fit->n_terms > 2 ? fit->b[3] : 0;
    course->tau00 = fit->tau00;
    course->tau01 = fit->tau01;
    course->tau11 = fit->tau11;
    course->sigma = fit->sigma;
    course->n_people = (uint32_t)fit->n_people;
    course->n_records = (uint32_t)fit->n_records;
}

bool
kor_course_supports(const struct kor_course *course, double at)
{
    return at >= course->first_time && at <= course->max_time;
}

/* Expected score at g for a start score. */
static double
expected(const struct kor_course *c, double start, double g)
{
    return c->b0 + c->b2 * start + (c->b1 + c->b3 * start) * g;
}

struct kor_predicted
kor_course_forecast(const struct kor_course *course, double start,
                    const struct kor_growth_sums *so_far, double at)
{
    double sigma2 = course->sigma * course->sigma, relative = 1 / sigma2;
    struct sym2 c = {course->tau00 * relative, course->tau01 * relative,
                     course->tau11 * relative};
    struct vec2 fixed = {course->b0 + course->b2 * start,
                         course->b1 + course->b3 * start};
    struct posterior p = posterior_of(so_far, c, fixed);
    double g = kor_time_apply(course->f, at);
    return (struct kor_predicted){
        .mean = fixed.x + p.own.x + (fixed.y + p.own.y) * g,
        .sd = sqrt(sigma2 * (1 + sym2_along(p.left, g)))};
}

struct kor_predicted
kor_course_predict(const struct kor_course *course, double start,
                   const struct kor_course_score scores[], size_t n, double at)
{
    struct kor_growth_sums so_far = KOR_GROWTH_NO_SUMS;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(scores[i].points)) {
            kor_growth_add(&so_far, &KOR_COURSE_CENTRE,
                           kor_time_apply(course->f, scores[i].at),
                           scores[i].points);
        }
    }
    return kor_course_forecast(course, start, &so_far, at);
}

/* NAN stays NAN.  Comparisons, since calls of fmin() take as long as all the
 * rest of a range. */
static double
clip(const struct kor_course *course, double points)
{
    return points < course->min_points   ? course->min_points
           : points > course->max_points ? course->max_points
                                         : points;
}

struct kor_range
kor_course_range(const struct kor_course *course, double start, double at)
{
    double g = kor_time_apply(course->f, at);
    struct sym2 spread = {course->tau00, course->tau01, course->tau11};
    double sd = sqrt(sym2_along(spread, g) + course->sigma * course->sigma);
    struct kor_range out = {.expected = expected(course, start, g)};
    double reaches[KOR_N_WIDTHS];
    kor_calibration_reach(&course->calibration, start, at, reaches);
    for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
        double reach = sd * reaches[w];
        out.widths[w].low = clip(course, out.expected - reach);
        out.widths[w].high = clip(course, out.expected + reach);
    }
    return out;
}

struct kor_band
kor_course_band(const struct kor_course *course,
                const struct kor_predicted *predicted, double level)
{
    double reach = kor_normal_quantile((1 + level) / 2) * predicted->sd;
    return (struct kor_band){clip(course, predicted->mean - reach),
                             clip(course, predicted->mean + reach)};
}

/* The chance of a score at least at 'target', counted in the direction that
 * 'sign' gives; 0 beyond the end of the scale. */
static double
chance_beyond(const struct kor_course *course,
              const struct kor_predicted *predicted, double target, int sign)
{
    /* Tenths are not exact: the very end of the scale is within reach. */
    double slack = 1e-9 * (course->max_points - course->min_points);
    if (fabs(target - clip(course, target)) > slack) {
        return 0;
    }
    return kor_normal_cdf(sign * (predicted->mean - target) / predicted->sd);
}

struct kor_chances
kor_course_chances(const struct kor_course *course,
                   const struct kor_predicted *predicted,
                   const struct kor_measure *measure, double start)
{
    int sign = course->better == KOR_HIGHER_IS_BETTER ? 1 : -1;
    double rc = measure->rc_points, cutoff = measure->cutoff_points;
    double target = start + sign * rc;
    if (isnan(rc)) {
        return (struct kor_chances){NAN, NAN, NAN};
    }
    struct kor_chances out = {
        .better = chance_beyond(course, predicted, target, sign),
        .recovered = isnan(cutoff) ? NAN : 0,
        .worse = chance_beyond(course, predicted, start - sign * rc, -sign)};
    if (!isnan(cutoff) && !kor_is_past_cutoff(measure, start)) {
        target = sign > 0 ? fmax(target, cutoff) : fmin(target, cutoff);
        out.recovered = chance_beyond(course, predicted, target, sign);
    }
    return out;
}

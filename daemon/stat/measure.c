/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measure: see kor/stat/measure.h. */

#include "kor/stat/measure.h"

#include <math.h>

#include "kor/base/err.h"

static const double equal_share = 1e-9;

/* Whether 'value' passes 'limit'; what lies closer than 'slack' is equal. */
static bool
passes(double value, double limit, enum kor_compare compare, double slack)
{
    return compare == KOR_AT_LEAST ? value >= limit - slack
                                   : value > limit + slack;
}

static double
slack_of(const struct kor_measure *measure)
{
    return equal_share * (measure->max_points - measure->min_points);
}

enum kor_code
kor_measure_check(const struct kor_measure *m, struct kor_err *err)
{
    double width = m->max_points - m->min_points;
    if (!isfinite(m->min_points) || !isfinite(width) || width <= 0) {
        return kor_fail(err, KOR_BAD_VALUE, "max_points",
                        "the highest score must be above the lowest, and "
                        "both must be numbers");
    }
    if (!isnan(m->rc_points) && (m->rc_points <= 0 || m->rc_points > width)) {
        return kor_fail(err, KOR_BAD_VALUE, "rc_points",
                        "reliable change must be above 0 and at most %g "
                        "points, the width of the scale; leave it out if it "
                        "is not known",
                        width);
    }
    if (m->cutoff_points < m->min_points || m->cutoff_points > m->max_points) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoff_points",
                        "the cut-off must lie on the scale, from %g to %g; "
                        "leave it out if there is none",
                        m->min_points, m->max_points);
    }
    return KOR_OK;
}

enum kor_code
kor_points_check(const struct kor_measure *measure, double points,
                 struct kor_err *err)
{
    if (points < measure->min_points || points > measure->max_points) {
        return kor_fail(err, KOR_BAD_VALUE, "score",
                        "the score must lie between %g and %g: look at the "
                        "form again",
                        measure->min_points, measure->max_points);
    }
    return KOR_OK;
}

double
kor_improvement(const struct kor_measure *measure, double from, double to)
{
    return measure->better == KOR_HIGHER_IS_BETTER ? to - from : from - to;
}

bool
kor_is_reliable(const struct kor_measure *measure, double improvement)
{
    return !isnan(measure->rc_points)
        && passes(improvement, measure->rc_points, measure->rc_compare,
                  slack_of(measure));
}

bool
kor_is_past_cutoff(const struct kor_measure *measure, double points)
{
    return passes(kor_improvement(measure, measure->cutoff_points, points), 0,
                  measure->cutoff_compare, slack_of(measure));
}

double
kor_room(const struct kor_measure *measure, double points)
{
    return measure->better == KOR_HIGHER_IS_BETTER
             ? measure->max_points - points
             : points - measure->min_points;
}

double
kor_reliable_change_points(double sd, double reliability, double z)
{
    if (!(sd >= 0) || !(reliability >= 0 && reliability <= 1) || !(z > 0)) {
        return NAN;
    }
    return z * sqrt(2) * sd * sqrt(1 - reliability);
}

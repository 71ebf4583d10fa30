/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The alliance side of the judge: see kor/stat/judge.h. */

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/judge.h"

/* Points closer than this share of the scale are the same. */
static const double equal_share = 1e-9;

static unsigned
find_level(const struct kor_measure *measure, double last, double slack)
{
    unsigned found = 0;
    if (!isnan(measure->cutoff_points)
        && !kor_is_past_cutoff(measure, last)) {
        found |= KOR_FINDING_ALLIANCE_LOW;
    }
    if (kor_room(measure, last) <= slack) {
        found |= KOR_FINDING_ALLIANCE_TOP;
    }
    return found;
}

static unsigned
find_drop(const struct kor_measure *measure, double drop_points,
          double before, double last, double slack)
{
    double width = measure->max_points - measure->min_points;
    if (isnan(drop_points) || isnan(before)) {
        return 0;
    }
    if (width - kor_room(measure, before) < drop_points - slack) {
        return KOR_FINDING_ALLIANCE_NO_ROOM;
    }
    return kor_improvement(measure, last, before) >= drop_points - slack
             ? KOR_FINDING_ALLIANCE_FALLEN : 0;
}

enum kor_code
kor_judge_alliance(const struct kor_measure *measure, double drop_points,
                   const double points[], size_t n,
                   struct kor_alliance_verdict *out, struct kor_err *err)
{
    double before = NAN;
    struct kor_alliance_verdict verdict
        = {.last_index = KOR_NO_SCORE, .last = NAN, .change_points = NAN};
    for (size_t i = 0; i < n; i++) {
        enum kor_code code = kor_points_check(measure, points[i], err);
        if (code) {
            return code;
        }
        if (!isnan(points[i])) {
            before = verdict.last;
            verdict.last = points[i];
            verdict.last_index = i;
            verdict.n_given++;
        }
    }
    if (verdict.n_given > 0) {
        double slack
            = equal_share * (measure->max_points - measure->min_points);
        verdict.change_points = verdict.last - before;
        verdict.findings
            = find_level(measure, verdict.last, slack)
            | find_drop(measure, drop_points, before, verdict.last, slack);
    }
    *out = verdict;
    return KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coverage of a course: see kor/stat/coverage.h. */

#include "kor/stat/coverage.h"

#include <math.h>
#include <string.h>

#include "stat/quantile.h"
#include "stat/sort.h"

/* Whether the row 'r' is to be looked at. */
static bool
is_wished(const struct kor_course *course,
          const struct kor_coverage_wish *wish, double at)
{
    return at >= wish->first && at <= wish->last
        && kor_course_supports(course, at);
}

static void
find_thirds(const struct kor_course *course,
            const struct kor_episodes *episodes,
            const struct kor_coverage_wish *wish, double starts[],
            struct kor_coverage *out)
{
    size_t n = 0;
    for (size_t i = 0; i < episodes->n_people; i++) {
        bool is_in = false;
        for (size_t r = episodes->from[i] + 1; r < episodes->from[i + 1];
             r++) {
            is_in |= is_wished(course, wish, episodes->at[r]);
        }
        if (is_in) {
            starts[n++] = episodes->points[episodes->from[i]];
        }
    }
    kor_sort(starts, n);
    kor_part(starts, n, KOR_CALIBRATION_STARTS, out->limits);
}

static void
count_hit(struct kor_hits *hits, bool is_covered)
{
    hits->n++;
    hits->covered += is_covered;
}

static void
count_row(const struct kor_course *course, enum kor_width width,
          double start, double at, double points, struct kor_coverage *out)
{
    struct kor_range range = kor_course_range(course, start, at);
    const struct kor_band *band = &range.widths[width];
    bool is_covered = points >= band->low && points <= band->high;
    size_t third = (size_t)(start > out->limits[0])
                 + (start > out->limits[1]);
    double session = floor(at + 0.5);
    count_hit(&out->overall, is_covered);
    count_hit(&out->by_third[third], is_covered);
    if (session >= 0 && session < KOR_COVERAGE_MAX_SESSIONS) {
        count_hit(&out->by_session[(size_t)session], is_covered);
    }
}

void
kor_coverage_count(const struct kor_course *course,
                   const struct kor_episodes *episodes,
                   const struct kor_coverage_wish *wish, double starts[],
                   struct kor_coverage *out)
{
    memset(out, 0, sizeof *out);
    find_thirds(course, episodes, wish, starts, out);
    for (size_t i = 0; i < episodes->n_people; i++) {
        size_t first = episodes->from[i];
        for (size_t r = first + 1; r < episodes->from[i + 1]; r++) {
            if (is_wished(course, wish, episodes->at[r])) {
                count_row(course, wish->width, episodes->points[first],
                          episodes->at[r], episodes->points[r], out);
            }
        }
    }
}

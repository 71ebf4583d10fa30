/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Alliance rupture and repair: see kor/stat/rupture.h. */

#include "kor/stat/rupture.h"

#include <math.h>

#include "kor/base/err.h"
#include "stat/sessions.h"

/* 3 / 1.128, rounded as the literature has it. */
static const double chart_factor = 2.66;

struct kor_rupture_rules
kor_rupture_rules_default(void)
{
    return (struct kor_rupture_rules){.better = KOR_HIGHER_IS_BETTER,
                                      .cutoff_points = NAN,
                                      .drop_points = NAN,
                                      .uses_chart = false,
                                      .repair_sessions = 5,
                                      .worst_points = NAN,
                                      .best_points = NAN};
}

const char *
kor_chart_status_name(enum kor_chart_status status)
{
    static const char *const names[] = {
        [KOR_CHART_NOT_ASKED] = "not-asked",
        [KOR_CHART_TOO_FEW] = "too-few",
        [KOR_CHART_NO_SPREAD] = "no-spread",
        [KOR_CHART_NO_ROOM] = "no-room",
        [KOR_CHART_DRAWN] = "drawn",
    };
    return names[status];
}

const char *
kor_repair_name(enum kor_repair repair)
{
    static const char *const names[] = {
        [KOR_REPAIR_TOO_EARLY] = "too-early",
        [KOR_REPAIR_NONE] = "none",
        [KOR_REPAIR_DONE] = "repaired",
    };
    return names[repair];
}

static enum kor_code
check(const struct kor_rupture_rules *rules, struct kor_err *err)
{
    if (isinf(rules->cutoff_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoff_points",
                        "the cut-off must be a number; leave it out if there "
                        "is none");
    }
    if (rules->drop_points <= 0 || isinf(rules->drop_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "drop_points",
                        "a drop must be above 0 points; leave it out if the "
                        "rule is not used");
    }
    if (rules->repair_sessions < 1) {
        return kor_fail(err, KOR_BAD_VALUE, "repair_sessions",
                        "the window of repair must have at least 1 "
                        "session");
    }
    if (isinf(rules->worst_points) || isinf(rules->best_points)) {
        return kor_fail(err, KOR_BAD_VALUE,
                        isinf(rules->worst_points) ? "worst_points"
                                                   : "best_points",
                        "the ends of the scale must be numbers; leave them "
                        "out if they are not known");
    }
    return KOR_OK;
}

/* Points by which 'b' is worse than 'a'. */
static double
worse_by(const struct kor_rupture_rules *rules, double a, double b)
{
    return rules->better == KOR_HIGHER_IS_BETTER ? a - b : b - a;
}

/* Whether 'score' is worse than 'line'; false if there is no line. */
static bool
is_below(const struct kor_rupture_rules *rules, double line, double score)
{
    return !kor_is_same(line, score) && worse_by(rules, line, score) > 0;
}

/* Mean and mean moving range, counted from the first score given. */
static void
measure_spread(const double scores[], size_t n,
               struct kor_rupture_ground *ground)
{
    double first = NAN, before = NAN, sum = 0, ranges = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(scores[i])) {
            continue;
        }
        if (isnan(first)) {
            first = scores[i];
        } else if (!kor_is_same(scores[i], before)) {
            ranges += fabs(scores[i] - before);
        }
        sum += scores[i] - first;
        before = scores[i];
    }
    ground->mean = first + sum / (double)ground->n_given;
    ground->mean_range = ranges / (double)(ground->n_given - 1);
}

static void
draw_chart(const struct kor_rupture_rules *rules, const double scores[],
           size_t n, struct kor_rupture_ground *ground)
{
    if (ground->n_given < KOR_CHART_LEAST) {
        ground->chart = KOR_CHART_TOO_FEW;
        return;
    }
    measure_spread(scores, n, ground);
    if (ground->mean_range <= 0) {
        ground->chart = KOR_CHART_NO_SPREAD;
        return;
    }
    double width = chart_factor * ground->mean_range;
    ground->limit = rules->better == KOR_HIGHER_IS_BETTER
                      ? ground->mean - width : ground->mean + width;
    ground->chart = !isnan(rules->worst_points)
                         && !is_below(rules, ground->limit,
                                      rules->worst_points)
                      ? KOR_CHART_NO_ROOM : KOR_CHART_DRAWN;
}

/* Whether the step from 'before' to 'score' crosses 'line' to the worse. */
static bool
falls_below(const struct kor_rupture_rules *rules, double line, double before,
            double score)
{
    return is_below(rules, line, score) && !is_below(rules, line, before);
}

/* The rules by which 'score' is a fall from 'before'. */
static unsigned
rules_of(const struct kor_rupture_rules *rules,
         const struct kor_rupture_ground *ground, double before, double score)
{
    double size = fmax(fabs(before), fabs(score));
    unsigned found = 0;
    if (falls_below(rules, rules->cutoff_points, before, score)) {
        found |= KOR_FALL_CUTOFF;
    }
    if (kor_reaches(worse_by(rules, before, score), rules->drop_points,
                    size)) {
        found |= KOR_FALL_DROP;
    }
    if (ground->chart == KOR_CHART_DRAWN
        && falls_below(rules, ground->limit, before, score)) {
        found |= KOR_FALL_CHART;
    }
    return found;
}

/* What the rupture 'open' makes of the score of 'session'; null once it is
 * repaired or its window is over. */
static struct kor_rupture *
go_on(const struct kor_rupture_rules *rules, struct kor_rupture *open,
      size_t session, double score)
{
    if (session - open->to > rules->repair_sessions) {
        return NULL;
    }
    if (!is_below(rules, open->before, score)) {
        open->repair = KOR_REPAIR_DONE;
        open->repaired_at = session;
        return NULL;
    }
    if (is_below(rules, open->lowest, score)) {
        open->lowest = score;
    }
    return open;
}

/* Counts what the scale leaves no room for. */
static void
count_ends(const struct kor_rupture_rules *rules, double before, double score,
           struct kor_rupture_ground *ground)
{
    double room = worse_by(rules, before, rules->worst_points);
    ground->n_given++;
    if (kor_is_same(score, rules->best_points)) {
        ground->n_best++;
    }
    if (!isnan(room) && !isnan(rules->drop_points)
        && !kor_reaches(room, rules->drop_points, fabs(before))) {
        ground->n_no_room++;
    }
}

static void
take_stock(const struct kor_rupture_rules *rules, const double scores[],
           size_t n, struct kor_rupture_ground *ground)
{
    double before = NAN;
    *ground = (struct kor_rupture_ground){.chart = KOR_CHART_NOT_ASKED,
                                          .mean = NAN,
                                          .mean_range = NAN,
                                          .limit = NAN};
    for (size_t i = 0; i < n; i++) {
        if (!isnan(scores[i])) {
            count_ends(rules, before, scores[i], ground);
            before = scores[i];
        }
    }
    if (rules->uses_chart) {
        draw_chart(rules, scores, n, ground);
    }
}

/* Walks through the sessions; returns how many events there are. */
static size_t
find(const struct kor_rupture_rules *rules,
     const struct kor_rupture_ground *ground, const double scores[], size_t n,
     struct kor_rupture events[])
{
    struct kor_rupture *open = NULL;
    size_t n_events = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(scores[i])) {
            continue;
        }
        double before = last > 0 ? scores[last - 1] : NAN;
        unsigned found = last > 0
                           ? rules_of(rules, ground, before, scores[i]) : 0;
        open = open ? go_on(rules, open, i + 1, scores[i]) : NULL;
        if (open) {
            open->rules |= found;
        } else if (found) {
            open = &events[n_events++];
            *open = (struct kor_rupture){.from = last,
                                         .to = i + 1,
                                         .before = before,
                                         .after = scores[i],
                                         .lowest = scores[i],
                                         .rules = found};
        }
        last = i + 1;
    }
    return n_events;
}

enum kor_code
kor_ruptures_find(const struct kor_rupture_rules *rules,
                  const double scores[], size_t n,
                  struct kor_rupture events[], size_t *n_events,
                  struct kor_rupture_ground *ground, struct kor_err *err)
{
    enum kor_code code = check(rules, err);
    if (code == KOR_OK) {
        code = kor_sessions_check(scores, n, err);
    }
    *n_events = 0;
    if (code != KOR_OK) {
        return code;
    }
    take_stock(rules, scores, n, ground);
    *n_events = find(rules, ground, scores, n, events);
    for (size_t i = 0; i < *n_events; i++) {
        bool is_over = n - events[i].to >= rules->repair_sessions;
        if (events[i].repair != KOR_REPAIR_DONE && is_over) {
            events[i].repair = KOR_REPAIR_NONE;
        }
    }
    return KOR_OK;
}

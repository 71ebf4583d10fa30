/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Judge: see kor/stat/judge.h; the reasons stand in
 * docs/methods/findings.md. */

#include "kor/stat/judge.h"

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/course.h"
#include "stat/flag_rules.h"

/* What the rules look at. */
struct view {
    const struct kor_measure *measure;
    const struct kor_course *course; /* Null unless its band is used. */
    const struct kor_limits *limits;
    const struct kor_judge_score *scores;
    size_t before; /* Given before the last one, after the start score, or
                      KOR_NO_SCORE. */
};

struct kor_limits
kor_limits_default(void)
{
    return (struct kor_limits){
        .start_by_session = 2,
        .stalled_sessions = 6,
        .stalled_days = 90,
        .min_people = 50,
    };
}

static enum kor_code
check(const struct kor_measure *measure, const struct kor_course *course,
      const struct kor_judge_score scores[], size_t n, struct kor_err *err)
{
    for (size_t i = 0; i < n; i++) {
        enum kor_code code
            = kor_points_check(measure, scores[i].points, err);
        if (code) {
            return code;
        }
        if (scores[i].session < 1
            || (i > 0 && scores[i].session <= scores[i - 1].session)) {
            return kor_fail(err, KOR_BAD_VALUE, "session",
                            "sessions must be numbered upwards from 1, each "
                            "once");
        }
    }
    if (course
        && (course->better != measure->better
            || fabs(course->min_points - measure->min_points) > 0
            || fabs(course->max_points - measure->max_points) > 0)) {
        return kor_fail(err, KOR_CONFLICT, "course",
                        "the expected course was made for another scale: "
                        "choose one for a scale from %g to %g",
                        measure->min_points, measure->max_points);
    }
    return KOR_OK;
}

/* Counts the scores and finds start, last and the one before. */
static void
take_stock(struct view *view, size_t n, struct kor_verdict *out)
{
    view->before = KOR_NO_SCORE;
    for (size_t i = 0; i < n; i++) {
        if (isnan(view->scores[i].points)) {
            out->n_missing++;
            continue;
        }
        out->n_given++;
        if (out->start_index == KOR_NO_SCORE
            && view->scores[i].session <= view->limits->start_by_session) {
            out->start_index = i;
        } else if (out->start_index != KOR_NO_SCORE
                   && out->last_index != out->start_index) {
            view->before = out->last_index;
        }
        out->last_index = i;
    }
    if (out->last_index != KOR_NO_SCORE) {
        out->last = view->scores[out->last_index].points;
    }
    if (out->start_index != KOR_NO_SCORE) {
        out->start = view->scores[out->start_index].points;
        out->change_points = out->last - out->start;
        out->improvement
            = kor_improvement(view->measure, out->start, out->last);
    }
}

/* Whether 'points' lies beyond the end of 'band' in the direction of
 * improvement ('sign' 1) or away from it (-1). */
static bool
is_beyond(const struct view *view, struct kor_band band, double points,
          int sign)
{
    bool is_high = (view->measure->better == KOR_HIGHER_IS_BETTER)
                == (sign > 0);
    return is_high ? points > band.high : points < band.low;
}

/* Whether the score 'i' lies beyond the worse end of the range of 80 %. */
static bool
is_off_course(const struct view *view, const struct kor_verdict *out,
              size_t i)
{
    const struct kor_judge_score *score = &view->scores[i];
    if (!view->course || !kor_course_supports(view->course, score->at)) {
        return false;
    }
    struct kor_range range
        = kor_course_range(view->course, out->start, score->at);
    return is_beyond(view, range.widths[KOR_WIDTH_80], score->points, -1);
}

enum kor_flag_rule
kor_judge_rule(const struct kor_course *course,
               const struct kor_measure *measure, unsigned findings)
{
    bool is_apart
        = findings & (KOR_FINDING_STARTS_PAST | KOR_FINDING_LITTLE_ROOM);
    return kor_flag_is_of_change(course->rule)
                && (is_apart || isnan(measure->rc_points))
             ? KOR_FLAG_BAND80
             : course->rule;
}

/* Whether the rule of the course marks the last score; 'is_beyond80' is what
 * the range of 80 % says.  That speaks for rules of change where none can be
 * read, or hardly any is possible (docs/methods/findings.md). */
static bool
is_marked(const struct view *view, const struct kor_verdict *out,
          bool is_beyond80)
{
    enum kor_flag_rule rule
        = kor_judge_rule(view->course, view->measure, out->findings);
    return rule == KOR_FLAG_BAND80
             ? is_beyond80
             : kor_flag_fires(view->course, view->measure, rule, view->scores,
                              out->start_index, out->last_index);
}

/* Marks the last score, and says where it stands in its range 'band'. */
static void
take_stand(const struct view *view, struct kor_band band,
           struct kor_verdict *out)
{
    bool is_less = is_beyond(view, band, out->last, -1);
    bool is_off = is_marked(view, out, is_less);
    if (is_off) {
        out->findings |= KOR_FINDING_OFF_COURSE;
    }
    if (is_less && view->before != KOR_NO_SCORE
        && is_off_course(view, out, view->before)) {
        out->findings |= KOR_FINDING_OFF_COURSE_TWICE;
    }
    out->standing = is_less || is_off ? KOR_STANDING_LESS
                  : is_beyond(view, band, out->last, 1)
                        ? KOR_STANDING_BETTER
                        : KOR_STANDING_EXPECTED;
}

/* The course at the last score, and where that stands. */
static void
hold_against_course(const struct view *view, struct kor_verdict *out)
{
    const struct kor_judge_score *last = &view->scores[out->last_index];
    if (!kor_course_supports(view->course, last->at)) {
        out->unsaid = KOR_UNSAID_UNSUPPORTED;
        return;
    }
    struct kor_range range
        = kor_course_range(view->course, out->start, last->at);
    struct kor_band band = range.widths[KOR_WIDTH_80];
    struct kor_band inner = range.widths[KOR_WIDTH_68];
    out->has_band = true;
    out->expected = range.expected;
    out->low80 = band.low;
    out->high80 = band.high;
    out->low68 = inner.low;
    out->high68 = inner.high;
    out->unsaid = KOR_UNSAID_NOTHING;
    take_stand(view, band, out);
}

/* Whether the time has come to ask why nothing has changed. */
static bool
is_late(const struct view *view, const struct kor_verdict *out)
{
    const struct kor_judge_score *start = &view->scores[out->start_index];
    const struct kor_judge_score *last = &view->scores[out->last_index];
    uint32_t sessions = last->session - start->session + 1;
    int64_t days = (int64_t)last->date_days - start->date_days;
    return (view->limits->stalled_sessions > 0
            && sessions >= view->limits->stalled_sessions)
        || (view->limits->stalled_days > 0
            && days >= (int64_t)view->limits->stalled_days);
}

/* Where the start score leaves little to gain. */
static unsigned
find_at_start(const struct view *view, const struct kor_verdict *out)
{
    unsigned found = 0;
    if (kor_is_past_cutoff(view->measure, out->start)) {
        found |= KOR_FINDING_STARTS_PAST;
    }
    if (!isnan(view->measure->rc_points)
        && !kor_is_reliable(view->measure,
                            kor_room(view->measure, out->start))) {
        found |= KOR_FINDING_LITTLE_ROOM;
    }
    return found;
}

/* Change since the start score. */
static unsigned
find_change(const struct view *view, const struct kor_verdict *out)
{
    const struct kor_measure *m = view->measure;
    bool is_apart = out->findings
                  & (KOR_FINDING_STARTS_PAST | KOR_FINDING_LITTLE_ROOM);
    if (kor_is_reliable(m, out->improvement)) {
        return kor_is_past_cutoff(m, out->last) && !is_apart
                 ? KOR_FINDING_RELIABLY_BETTER | KOR_FINDING_RECOVERED
                 : KOR_FINDING_RELIABLY_BETTER;
    }
    if (kor_is_reliable(m, -out->improvement)) {
        bool is_twice
            = view->before != KOR_NO_SCORE
           && kor_is_reliable(
                  m, kor_improvement(m, view->scores[view->before].points,
                                     out->start));
        return is_apart && !is_twice ? 0 : KOR_FINDING_RELIABLY_WORSE;
    }
    return !is_apart && !isnan(m->rc_points) && is_late(view, out)
             ? KOR_FINDING_STALLED : 0;
}

/* Reassurance is not given while there is something to talk about. */
static void
hold_back(const struct view *view, struct kor_verdict *out)
{
    bool is_good = out->standing == KOR_STANDING_EXPECTED
                || out->standing == KOR_STANDING_BETTER;
    if (is_good
        && ((out->findings & KOR_FINDING_ATTENTION)
            || kor_is_reliable(view->measure, -out->improvement))) {
        out->standing = KOR_STANDING_UNKNOWN;
        out->unsaid = KOR_UNSAID_HELD_BACK;
    }
}

/* Everything that needs a start score; 'course' as the caller gave it. */
static void
find_all(struct view *view, const struct kor_course *course,
         struct kor_verdict *out)
{
    out->findings |= find_at_start(view, out);
    if (out->last_index == out->start_index) {
        out->findings |= KOR_FINDING_TOO_EARLY;
        out->unsaid = KOR_UNSAID_TOO_EARLY;
        return;
    }
    out->findings |= find_change(view, out);
    if (!course) {
        out->unsaid = KOR_UNSAID_NO_COURSE;
    } else if (course->n_people < view->limits->min_people) {
        out->unsaid = KOR_UNSAID_FEW_BEHIND;
    } else {
        view->course = course;
        hold_against_course(view, out);
        hold_back(view, out);
    }
}

enum kor_code
kor_judge(const struct kor_measure *measure, const struct kor_course *course,
          const struct kor_limits *limits,
          const struct kor_judge_score scores[], size_t n,
          bool is_attention_open, struct kor_verdict *out,
          struct kor_err *err)
{
    struct kor_limits defaults = kor_limits_default();
    struct view view = {.measure = measure,
                        .limits = limits ? limits : &defaults,
                        .scores = scores};
    enum kor_code code = check(measure, course, scores, n, err);
    if (code) {
        return code;
    }
    *out = (struct kor_verdict){
        .start_index = KOR_NO_SCORE, .last_index = KOR_NO_SCORE,
        .start = NAN, .last = NAN, .change_points = NAN, .improvement = NAN,
        .needed_points = measure->rc_points, .expected = NAN,
        .low80 = NAN, .high80 = NAN, .low68 = NAN, .high68 = NAN,
        .standing = KOR_STANDING_UNKNOWN};
    if (is_attention_open) {
        out->findings |= KOR_FINDING_ATTENTION;
    }
    take_stock(&view, n, out);
    if (out->start_index != KOR_NO_SCORE) {
        find_all(&view, course, out);
    } else if (n > 0
               && scores[n - 1].session >= view.limits->start_by_session) {
        out->unsaid = KOR_UNSAID_NO_START;
    } else {
        out->findings |= KOR_FINDING_TOO_EARLY;
        out->unsaid = KOR_UNSAID_TOO_EARLY;
    }
    return KOR_OK;
}

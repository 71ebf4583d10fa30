/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that raise flags: see stat/flag_rules.h. */

#include "stat/flag_rules.h"

#include <math.h>

#include "kor/stat/growth.h"

const char *
kor_flag_rule_name(enum kor_flag_rule rule)
{
    static const char *const names[] = {
#define X(name, word) [KOR_FLAG_##name] = word,
        KOR_FLAG_RULES(X)
#undef X
    };
    return names[rule];
}

/* A person on the way through the scores. */
struct reader {
    const struct kor_flag_view *view;
    struct kor_flag_reading *readings;
    double start;
    unsigned firing; /* Set of rules, 1 << rule, that fire at this score. */
    bool is_on_way;  /* Only a later score is asked about. */
    bool is_raw_done;
    double before;   /* Distance of the score given before, in reaches of the
                        range of 80 %; NAN: there is none. */
    bool was_beyond; /* Whether it lay beyond that range. */
    struct kor_growth_sums so_far;
};

/* A score. */
struct score {
    double at;
    double points;
    double better; /* In reliable changes, since the start score. */
};

/* Takes down what a rule said at a score.  Markers are held to nine decimals:
 * tenths are not exact, and the same change must give the same marker. */
static void
note(struct reader *r, enum kor_flag_rule rule, double at, double marker,
     bool is_flag)
{
    struct kor_flag_reading *reading = &r->readings[rule];
    double held = round(marker * 1e9) / 1e9;
    if (!(held <= reading->marker)) {
        reading->marker = held;
    }
    r->firing |= (unsigned)is_flag << rule;
    if (is_flag && isnan(reading->first_at)) {
        reading->first_at = at;
    }
}

/* Differences of less than this, in reliable changes, are none: tenths are
 * not exact. */
static double
slack_of(const struct kor_measure *m)
{
    return 1e-9 * (m->max_points - m->min_points) / m->rc_points;
}

/* The course at a score. */
struct around {
    struct kor_range range;
    double sd; /* Of the model. */
};

/* How far 'score' lies from the expected one for the worse, in reaches of the
 * range; '*is_beyond' is what the judge would say. */
static double
distance(const struct reader *r, const struct around *around,
         enum kor_width width, const struct score *score, bool *is_beyond)
{
    const struct kor_course *course = r->view->course;
    const struct kor_band *band = &around->range.widths[width];
    double reaches[KOR_N_WIDTHS];
    kor_calibration_reach(&course->calibration, r->start, score->at, reaches);
    *is_beyond = course->better == KOR_HIGHER_IS_BETTER
                   ? score->points < band->low
                   : score->points > band->high;
    return kor_improvement(r->view->measure, score->points,
                           around->range.expected)
         / (around->sd * fmax(reaches[width], 1e-9));
}

static void
hold_against_range(struct reader *r, const struct score *score)
{
    const struct kor_course *course = r->view->course;
    bool is_beyond, is_beyond68;
    if (!kor_course_supports(course, score->at)) {
        return;
    }
    const struct around around = {
        .range = kor_course_range(course, r->start, score->at),
        .sd = kor_course_predict(course, r->start, NULL, 0, score->at).sd};
    double d80 = distance(r, &around, KOR_WIDTH_80, score, &is_beyond);
    double d68 = distance(r, &around, KOR_WIDTH_68, score, &is_beyond68);
    note(r, KOR_FLAG_BAND80, score->at, d80, is_beyond);
    note(r, KOR_FLAG_BAND68, score->at, d68, is_beyond68);
    if (!isnan(r->before)) {
        note(r, KOR_FLAG_TWICE, score->at, fmin(r->before, d80),
             is_beyond && r->was_beyond);
    }
    r->before = d80;
    r->was_beyond = is_beyond;
}

static void
forecast(struct reader *r, const struct score *score)
{
    const struct kor_course *course = r->view->course;
    double horizon = r->view->wish->horizon;
    if (!kor_course_supports(course, score->at) || score->at >= horizon) {
        return;
    }
    kor_growth_add(&r->so_far, &KOR_COURSE_CENTRE,
                   kor_time_apply(course->f, score->at), score->points);
    if (r->is_on_way) {
        return;
    }
    struct kor_predicted then
        = kor_course_forecast(course, r->start, &r->so_far, horizon);
    double chance
        = kor_course_chances(course, &then, r->view->measure, r->start).better;
    note(r, KOR_FLAG_FORECAST, score->at, 1 - chance,
         chance < r->view->wish->chance);
}

static void
look_at_raw_change(struct reader *r, const struct score *score)
{
    const struct kor_flags_wish *wish = r->view->wish;
    if (r->is_raw_done || !(score->at >= wish->raw_from)) {
        return;
    }
    r->is_raw_done = true;
    note(r, KOR_FLAG_RAW, score->at, -score->better,
         score->better < wish->raw_share - slack_of(r->view->measure));
}

static void
colour(struct reader *r, const struct score *score)
{
    const struct kor_flags_wish *wish = r->view->wish;
    double better = score->better - slack_of(r->view->measure), red = 0;
    enum kor_flag_colour found = KOR_COLOUR_GREEN;
    if (score->at <= wish->blocks[1]) {
        red = score->at <= wish->blocks[0] ? -1 : -0.5;
    }
    if (better <= red + 0.5) {
        found = better <= red ? KOR_COLOUR_RED : KOR_COLOUR_YELLOW;
    }
    note(r, KOR_FLAG_RATIONAL, score->at, found, found >= wish->colour);
}

static void
begin(struct reader *r, const struct kor_flag_view *view, double start,
      struct kor_flag_reading readings[KOR_N_FLAG_RULES])
{
    *r = (struct reader){.view = view, .readings = readings, .before = NAN,
                         .start = start, .so_far = KOR_GROWTH_NO_SUMS};
    for (size_t rule = 0; rule < KOR_N_FLAG_RULES; rule++) {
        readings[rule] = (struct kor_flag_reading){NAN, NAN};
    }
}

/* Goes on to a score, of which no rule has said anything yet. */
static struct score
next(struct reader *r, double at, double points)
{
    const struct kor_measure *m = r->view->measure;
    r->firing = 0;
    return (struct score){
        at, points, kor_improvement(m, r->start, points) / m->rc_points};
}

void
kor_flag_read(const struct kor_flag_view *view,
              const struct kor_episodes *episodes, size_t i,
              struct kor_flag_reading out[KOR_N_FLAG_RULES])
{
    size_t first = episodes->from[i], last = episodes->from[i + 1] - 1;
    struct reader r;
    begin(&r, view, episodes->points[first], out);
    for (size_t k = first + 1; k < last; k++) {
        const struct score score
            = next(&r, episodes->at[k], episodes->points[k]);
        hold_against_range(&r, &score);
        forecast(&r, &score);
        look_at_raw_change(&r, &score);
        colour(&r, &score);
    }
}

/* --- one rule ------------------------------------------------------------ */

bool
kor_flag_is_of_change(enum kor_flag_rule rule)
{
    return rule == KOR_FLAG_FORECAST || rule == KOR_FLAG_RAW
        || rule == KOR_FLAG_RATIONAL;
}

/* What goes through the scores for each rule. */
static void (*const looks[KOR_N_FLAG_RULES])(struct reader *,
                                             const struct score *)
    = {
        [KOR_FLAG_BAND80] = hold_against_range,
        [KOR_FLAG_BAND68] = hold_against_range,
        [KOR_FLAG_TWICE] = hold_against_range,
        [KOR_FLAG_FORECAST] = forecast,
        [KOR_FLAG_RAW] = look_at_raw_change,
        [KOR_FLAG_RATIONAL] = colour,
};

/* The first score that 'rule' has to read: of a range the one given before
 * the last, since it looks no further back. */
static size_t
first_read(enum kor_flag_rule rule, const struct kor_judge_score scores[],
           size_t start, size_t last)
{
    if (looks[rule] != hold_against_range) {
        return start + 1;
    }
    for (size_t i = last - 1; i > start; i--) {
        if (!isnan(scores[i].points)) {
            return i;
        }
    }
    return last;
}

bool
kor_flag_fires(const struct kor_course *course,
               const struct kor_measure *measure, enum kor_flag_rule rule,
               const struct kor_judge_score scores[], size_t start,
               size_t last)
{
    struct kor_flag_reading readings[KOR_N_FLAG_RULES];
    struct kor_flags_wish wish = kor_flags_wish_default();
    const struct kor_flag_view view = {course, measure, &wish};
    struct reader r;
    wish.horizon = course->max_time;
    begin(&r, &view, scores[start].points, readings);
    for (size_t i = first_read(rule, scores, start, last); i <= last; i++) {
        r.is_on_way = i < last;
        if (!isnan(scores[i].points)) {
            const struct score score
                = next(&r, scores[i].at, scores[i].points);
            looks[rule](&r, &score);
        }
    }
    return r.firing >> rule & 1;
}

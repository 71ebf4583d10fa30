/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data of the graph: see plot/course_plot.h. */

#include "plot/course_plot.h"

#include <math.h>
#include <stdio.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

static enum kor_code
check_scale(double min, double max, const char *field, struct kor_err *err)
{
    if (!isfinite(min) || !isfinite(max) || min >= max) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "the graph needs a scale whose lowest score is below "
                        "its highest; give both");
    }
    return KOR_OK;
}

static enum kor_code
check_scores(const struct kor_plot_score scores[], size_t n, double min,
             double max, const char *field, struct kor_err *err)
{
    if (n > KOR_PLOT_MAX_SESSIONS) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "a graph holds at most %d sessions; show the last "
                        "ones",
                        KOR_PLOT_MAX_SESSIONS);
    }
    int32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        if (scores[i].session < next
            || scores[i].session > KOR_PLOT_MAX_SESSION) {
            return kor_fail(err, KOR_BAD_VALUE, field,
                            "the sessions of a graph rise from 0 to %d, each "
                            "once; put them in order",
                            KOR_PLOT_MAX_SESSION);
        }
        double points = scores[i].points;
        if (!isnan(points) && !(points >= min && points <= max)) {
            return kor_fail(err, KOR_BAD_VALUE, field,
                            "a score of session %d lies outside its scale; "
                            "correct it",
                            (int)scores[i].session);
        }
        next = scores[i].session + 1;
    }
    return KOR_OK;
}

static enum kor_code
check_lines(const struct kor_course_plot *plot, struct kor_err *err)
{
    double cutoff = plot->cutoff_points;
    if (plot->has_cutoff
        && !(cutoff >= plot->min_points && cutoff <= plot->max_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoff",
                        "the cut-off lies outside the scale; see the "
                        "definition of the scale");
    }
    double start = plot->start_points;
    if (!isnan(start)
        && !(start >= plot->min_points && start <= plot->max_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "start",
                        "the start score lies outside the scale; correct it");
    }
    if (plot->has_reliable
        && !(isfinite(plot->reliable_low) && isfinite(plot->reliable_high))) {
        return kor_fail(err, KOR_BAD_VALUE, "reliable",
                        "the lines of reliable change need two numbers; give "
                        "both");
    }
    if (plot->has_reliable && plot->n_expected > 0) {
        return kor_fail(err, KOR_BAD_VALUE, "reliable",
                        "a graph shows the expected range or the lines of "
                        "reliable change, not both; leave one out");
    }
    return KOR_OK;
}

static bool
is_ordered(const struct kor_plot_expected *row)
{
    return isfinite(row->low80) && isfinite(row->high80)
           && row->low80 <= row->low68 && row->low68 <= row->expected
           && row->expected <= row->high68 && row->high68 <= row->high80;
}

static enum kor_code
check_expected(const struct kor_course_plot *plot, struct kor_err *err)
{
    if (plot->n_expected > KOR_PLOT_MAX_SESSIONS
        || (plot->n_expected > 0 && plot->expected_people < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "expected",
                        "an expected range has 1 to %d sessions and people "
                        "behind it; say how many",
                        KOR_PLOT_MAX_SESSIONS);
    }
    int32_t next = 0;
    for (size_t i = 0; i < plot->n_expected; i++) {
        const struct kor_plot_expected *row = &plot->expected[i];
        if (row->session < next || row->session > KOR_PLOT_MAX_SESSION
            || !is_ordered(row)) {
            return kor_fail(err, KOR_BAD_VALUE, "expected",
                            "the expected range at session %d is out of "
                            "order; fit the course again",
                            (int)row->session);
        }
        next = row->session + 1;
    }
    return KOR_OK;
}

static enum kor_code
check_alike(const struct kor_course_plot *plot, struct kor_err *err)
{
    int32_t next = 0;
    bool is_good = plot->n_alike <= KOR_PLOT_MAX_SESSIONS
                && (plot->n_alike == 0
                    || (plot->n_expected > 0 && plot->alike_people > 0
                        && plot->alike_among >= plot->alike_people));
    for (size_t i = 0; is_good && i < plot->n_alike; i++) {
        const struct kor_plot_alike *row = &plot->alike[i];
        is_good = row->session >= next
               && row->session <= KOR_PLOT_MAX_SESSION && isfinite(row->low)
               && isfinite(row->high) && row->low <= row->mean
               && row->mean <= row->high;
        next = row->session + 1;
    }
    return is_good ? KOR_OK
                   : kor_fail(err, KOR_BAD_VALUE, "alike",
                              "the line of those most alike stands beside an "
                              "expected range, in order, with how many they "
                              "are");
}

static enum kor_code
check_events(const struct kor_course_plot *plot, struct kor_err *err)
{
    int32_t next = 0;
    bool is_good = plot->n_events <= KOR_PLOT_MAX_SESSIONS;
    for (size_t i = 0; is_good && i < plot->n_events; i++) {
        int32_t session = plot->events[i].session;
        is_good = session >= next && session <= KOR_PLOT_MAX_SESSION;
        next = session;
    }
    if (!is_good) {
        return kor_fail(err, KOR_BAD_VALUE, "events",
                        "a graph holds at most %d events in the order of "
                        "sessions 0 to %d; put them in order",
                        KOR_PLOT_MAX_SESSIONS, KOR_PLOT_MAX_SESSION);
    }
    return KOR_OK;
}

enum kor_code
kor_course_plot_check(const struct kor_course_plot *plot, struct kor_err *err)
{
    if ((int)plot->lang < 0 || plot->lang >= KOR_N_LANGS || !plot->scale[0]) {
        return kor_fail(err, KOR_BAD_VALUE, "scale",
                        "a graph needs a language and the name of its scale");
    }
    enum kor_code code
        = check_scale(plot->min_points, plot->max_points, "scale", err);
    code = code ? code
                : check_scores(plot->scores, plot->n_scores, plot->min_points,
                               plot->max_points, "scores", err);
    code = code ? code : check_lines(plot, err);
    code = code ? code : check_expected(plot, err);
    code = code ? code : check_alike(plot, err);
    code = code ? code : check_events(plot, err);
    if (code == KOR_OK && plot->n_alliance > 0) {
        code = check_scale(plot->alliance_min, plot->alliance_max, "alliance",
                           err);
        code = code ? code
                    : check_scores(plot->alliance, plot->n_alliance,
                                   plot->alliance_min, plot->alliance_max,
                                   "alliance", err);
    }
    return code;
}

void
kor_plot_number(enum kor_lang lang, double points, struct kor_buf *buf)
{
    char text[64];
    double tenths = round(points * 10);
    snprintf(text, sizeof text, fmod(tenths, 10) != 0 ? "%.1f" : "%.0f",
             tenths / 10 + 0.0);
    for (const char *c = text; *c; c++) {
        kor_buf_putc(buf, *c == '.' && lang != KOR_EN ? ',' : *c);
    }
}

/* --- the picture in words ------------------------------------------------ */

/* Adds the sentence 'english', which has one %s, with 'points' in it. */
static void
add_points(const struct kor_course_plot *plot, const char *english,
           double points, struct kor_buf *buf)
{
    struct kor_buf number = {0};
    kor_plot_number(plot->lang, points, &number);
    kor_buf_putc(buf, ' ');
    kor_buf_printf(buf, kor_text(plot->lang, english), number.text);
    kor_buf_done(&number);
}

static void
describe_scores(const struct kor_course_plot *plot, struct kor_buf *buf)
{
    struct kor_buf first = {0};
    struct kor_buf last = {0};
    int n = 0;
    for (size_t i = 0; i < plot->n_scores; i++) {
        if (!isnan(plot->scores[i].points)) {
            struct kor_buf *to = n++ == 0 ? &first : &last;
            kor_buf_clear(to);
            kor_plot_number(plot->lang, plot->scores[i].points, to);
        }
    }
    if (n == 0) {
        kor_buf_printf(buf, kor_text(plot->lang, "%s, no score yet."),
                       plot->scale);
    } else if (n == 1) {
        kor_buf_printf(buf, kor_text(plot->lang, "%s, 1 session, score %s."),
                       plot->scale, first.text);
    } else {
        kor_buf_printf(
            buf, kor_text(plot->lang, "%s, %d sessions, from %s to %s."),
            plot->scale, n, first.text, last.text);
    }
    kor_buf_done(&first);
    kor_buf_done(&last);
}

static void
describe_each_score(const struct kor_course_plot *plot, struct kor_buf *buf)
{
    if (plot->n_scores > 0) {
        kor_buf_putc(buf, ' ');
        kor_buf_puts(buf, kor_text(plot->lang, "Scores by session:"));
    }
    for (size_t i = 0; i < plot->n_scores; i++) {
        kor_buf_printf(buf, "%s %d: ", i ? ";" : "",
                       (int)plot->scores[i].session);
        if (isnan(plot->scores[i].points)) {
            kor_buf_puts(buf, kor_text(plot->lang, "no answer"));
        } else {
            kor_plot_number(plot->lang, plot->scores[i].points, buf);
        }
    }
    if (plot->n_scores > 0) {
        kor_buf_putc(buf, '.');
    }
}

static void
describe_events(const struct kor_course_plot *plot, struct kor_buf *buf)
{
    for (size_t i = 0; i < plot->n_events; i++) {
        kor_buf_putc(buf, ' ');
        kor_buf_printf(buf, kor_text(plot->lang, "Session %d: %s."),
                       (int)plot->events[i].session, plot->events[i].text);
    }
}

void
kor_course_plot_describe(const struct kor_course_plot *plot,
                         struct kor_buf *buf)
{
    enum kor_lang lang = plot->lang;
    describe_scores(plot, buf);
    kor_buf_printf(buf, " %s.",
                   kor_text(lang, plot->up_is_better
                                      ? KOR_N_("Up is better")
                                      : KOR_N_("Down is better")));
    if (plot->has_cutoff) {
        add_points(plot, KOR_N_("Cut-off %s."), plot->cutoff_points, buf);
    }
    if (!isnan(plot->start_points)) {
        add_points(plot, KOR_N_("Start score %s."), plot->start_points, buf);
    }
    if (plot->has_reliable && plot->reliable_low >= plot->min_points) {
        add_points(plot, KOR_N_("Reliable change from %s down."),
                   plot->reliable_low, buf);
    }
    if (plot->has_reliable && plot->reliable_high <= plot->max_points) {
        add_points(plot, KOR_N_("Reliable change from %s up."),
                   plot->reliable_high, buf);
    }
    if (plot->n_expected > 0) {
        kor_buf_putc(buf, ' ');
        kor_buf_printf(
            buf, kor_text(lang, "Shaded: the expected range, from %d people."),
            (int)plot->expected_people);
    }
    if (plot->n_alike > 0) {
        const struct kor_plot_alike *last = &plot->alike[plot->n_alike - 1];
        struct kor_buf number = {0};
        kor_plot_number(lang, last->mean, &number);
        kor_buf_putc(buf, ' ');
        kor_buf_printf(buf,
                       kor_text(lang, "The %d most alike were at %s on "
                                      "average by session %d."),
                       (int)plot->alike_people, number.text,
                       (int)last->session);
        kor_buf_done(&number);
    }
    describe_each_score(plot, buf);
    describe_events(plot, buf);
}

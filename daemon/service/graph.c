/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The graph of an episode: what is stored, turned into what is drawn. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/base64.h"
#include "kor/base/utf8.h"
#include "plot/course_plot.h"
#include "plot/draw.h"
#include "service/alike.h"
#include "service/handlers.h"
#include "service/judged.h"
#include "store/theory.h"

#define AHEAD 3 /* Sessions that the expected course is drawn beyond. */

/* What is being drawn. */
struct drawing {
    struct kor_context *context;
    const struct kor_msg_graph *msg;
    const struct kor_timeline *timeline;
    struct kor_line line;
    struct kor_judged judged;
    struct kor_course_plot *plot;
};

/* The scale that is asked for, or the lead scale. */
static enum kor_code
find_line(struct drawing *drawing, char rater[KOR_RATER_SIZE])
{
    struct kor_context *context = drawing->context;
    const struct kor_msg_graph *msg = drawing->msg;
    const struct kor_timeline *timeline = drawing->timeline;
    const char *key
        = *msg->scale ? msg->scale : timeline->episode.lead_scale;
    struct kor_rater parsed;
    enum kor_code code = kor_rater_parse(*msg->rater ? msg->rater : "client",
                                         &parsed, context->err);
    if (code != KOR_OK) {
        return code;
    }
    drawing->line.rater = kor_rater_format(&parsed, rater);
    for (size_t i = timeline->n_points; i-- > 0;) {
        const struct kor_point *point = &timeline->points[i];
        code = kor_desk_scale_by_id(context->desk, point->instrument_id,
                                    &drawing->line.scale, context->err);
        if (code != KOR_OK) {
            return code;
        }
        if (!point->is_struck && !strcmp(point->rater, rater)
            && !strcmp(drawing->line.scale->def.key, key)) {
            return KOR_OK;
        }
    }
    return kor_fail(context->err, KOR_NOT_FOUND, "scale",
                    "there is nothing to draw yet: this episode has no "
                    "answer by '%s' on %s", rater,
                    *key ? key
                         : kor_text(context->lang,
                                    "an outcome scale"));
}

/* Puts the scores of a line where the plot wants them; returns how many.  A
 * session between the first and the last of them that has no score - not
 * held, not asked, too much missing - is a gap. */
static size_t
put_scores(const struct drawing *drawing, const struct kor_line *line,
           struct kor_plot_score out[])
{
    const struct kor_timeline *timeline = drawing->timeline;
    struct kor_judge_score *scores
        = kor_alloc_array(timeline->n_points, sizeof *scores);
    size_t n = kor_line_scores(timeline, line, SIZE_MAX, NULL, scores,
                               timeline->n_points);
    size_t n_out = 0, next = 0;
    size_t from = timeline->n_sessions > KOR_PLOT_MAX_SESSIONS
                      ? timeline->n_sessions - KOR_PLOT_MAX_SESSIONS
                      : 0;
    for (size_t i = 0; i < timeline->n_sessions && next < n; i++) {
        const struct kor_session *session = &timeline->sessions[i];
        bool is_scored
            = scores[next].session == (uint32_t)session->number;
        double points = is_scored ? scores[next++].points : NAN;
        if (i >= from && (is_scored || next > 0)) {
            out[n_out++] = (struct kor_plot_score){
                .session = session->number,
                .date = session->session_date,
                .points = points};
        }
    }
    free(scores);
    return n_out;
}

static void
put_lines(const struct drawing *drawing)
{
    const struct kor_judged *judged = &drawing->judged;
    struct kor_course_plot *plot = drawing->plot;
    const struct kor_cutoff *cutoff = judged->lines.cutoff;
    enum kor_lang lang = drawing->context->lang;
    if (cutoff) {
        plot->has_cutoff = true;
        plot->cutoff_points = cutoff->points;
        plot->cutoff_is_recalled = cutoff->origin.is_recalled;
        kor_utf8_copy(plot->cutoff_source, sizeof plot->cutoff_source,
                      cutoff->origin.source);
    } else {
        kor_utf8_copy(
            plot->cutoff_reason, sizeof plot->cutoff_reason,
            kor_text(lang, kor_line_reason_text(judged->lines.reason)));
    }
}

/* Reliable change round the start score, where there is no course. */
static void
put_reliable(const struct drawing *drawing)
{
    const struct kor_verdict *verdict = &drawing->judged.verdict;
    struct kor_course_plot *plot = drawing->plot;
    const struct kor_reliable_change *rc
        = &drawing->line.scale->def.reliable_change;
    enum kor_lang lang = drawing->context->lang;
    if (isnan(verdict->start) || isnan(drawing->judged.measure.rc_points)) {
        return;
    }
    plot->has_reliable = true;
    plot->reliable_low = verdict->start - drawing->judged.measure.rc_points;
    plot->reliable_high = verdict->start + drawing->judged.measure.rc_points;
    kor_utf8_copy(plot->reliable_source, sizeof plot->reliable_source,
                  rc->is_provisional
                      ? kor_text(lang, "working limit, not a norm")
                  : rc->origin.is_recalled
                      ? kor_text(lang, "recalled, to be looked up")
                      : rc->origin.source);
}

/* Time of the course at session 'number', whose date is known or not. */
static double
time_at(const struct drawing *drawing, const struct kor_judge_score *start,
        int32_t number)
{
    const struct kor_course_record *record
        = &drawing->judged.course->record;
    if (record->unit == KOR_COURSE_SESSIONS) {
        return 1.0 + number - (int32_t)start->session;
    }
    size_t index = kor_timeline_session(drawing->timeline, number);
    return index == SIZE_MAX
               ? NAN
               : (drawing->timeline->sessions[index].session_date
                  - start->date_days) / 7.0;
}

static void
put_expected_at(const struct drawing *drawing, double start, double time,
                int32_t number)
{
    const struct kor_course *course
        = &drawing->judged.course->record.course;
    struct kor_course_plot *plot = drawing->plot;
    if (isnan(time) || !kor_course_supports(course, time)
        || plot->n_expected == KOR_PLOT_MAX_SESSIONS) {
        return;
    }
    struct kor_range range = kor_course_range(course, start, time);
    struct kor_band wide = range.widths[KOR_WIDTH_80];
    struct kor_band narrow = range.widths[KOR_WIDTH_68];
    double mean = fmin(fmax(range.expected, course->min_points),
                       course->max_points);
    plot->expected[plot->n_expected++]
        = (struct kor_plot_expected){.session = number,
                                     .low80 = wide.low,
                                     .low68 = fmin(narrow.low, mean),
                                     .expected = mean,
                                     .high68 = fmax(narrow.high, mean),
                                     .high80 = wide.high};
}

/* Whose episodes these are. */
static void
put_source(const struct kor_course_record *record, enum kor_lang lang,
           struct kor_course_plot *plot)
{
    struct kor_buf text = {0};
    kor_buf_puts(&text, kor_text(lang, record->source));
    if (record->reference.weight > 0) {
        kor_buf_puts(&text, ", ");
        kor_buf_printf(&text,
                       kor_text(lang,
                                "and a reference that counts as %u more"),
                       (unsigned)record->reference.weight);
    }
    kor_utf8_copy(plot->expected_method, sizeof plot->expected_method,
                  kor_buf_text(&text));
    kor_buf_done(&text);
}

static void
put_course(const struct drawing *drawing)
{
    const struct kor_timeline *timeline = drawing->timeline;
    const struct kor_course_record *record
        = &drawing->judged.course->record;
    struct kor_course_plot *plot = drawing->plot;
    size_t n = timeline->n_points;
    struct kor_judge_score *scores = kor_alloc_array(n, sizeof *scores);
    n = kor_line_scores(timeline, &drawing->line, SIZE_MAX, NULL, scores, n);
    const struct kor_judge_score start
        = scores[drawing->judged.verdict.start_index];
    free(scores);
    int32_t last = timeline->sessions[timeline->n_sessions - 1].number;
    int32_t to = record->unit == KOR_COURSE_SESSIONS ? last + AHEAD : last;
    for (int32_t number = (int32_t)start.session; number <= to; number++) {
        put_expected_at(drawing, start.points,
                        time_at(drawing, &start, number), number);
    }
    plot->expected_people = (int32_t)kor_course_own_people(record);
    const struct kor_hits *held
        = &record->course.calibration.overall[KOR_WIDTH_80];
    plot->expected_is_calibrated = held->n > 0;
    plot->is_held_elsewhere = record->reference.lends_range;
    plot->expected_held
        = held->n > 0 ? 100.0 * held->covered / held->n : 0;
    plot->expected_date = kor_date_at(record->fitted_at_ms);
    put_source(record, drawing->context->lang, plot);
}

static void
put_band_or_lines(const struct drawing *drawing)
{
    const struct kor_judged *judged = &drawing->judged;
    struct kor_course_plot *plot = drawing->plot;
    enum kor_lang lang = drawing->context->lang;
    bool has_course = judged->course && judged->verdict.start_index
                      != KOR_NO_SCORE
                   && judged->course->record.course.n_people
                          >= judged->limits.min_people;
    if (has_course && !drawing->msg->no_band) {
        put_course(drawing);
    } else if (judged->course && !has_course) {
        bool has_start = judged->verdict.start_index != KOR_NO_SCORE;
        kor_utf8_copy(plot->expected_reason, sizeof plot->expected_reason,
                      kor_text(lang, kor_unsaid_text(
                                         has_start ? KOR_UNSAID_FEW_BEHIND
                                                   : KOR_UNSAID_NO_START)));
    } else if (judged->refusal > KOR_COURSE_OTHER_INSTRUMENT) {
        kor_utf8_copy(plot->expected_reason, sizeof plot->expected_reason,
                      kor_text(lang,
                               kor_course_refusal_text(judged->refusal)));
    }
    if (plot->n_expected == 0) {
        put_reliable(drawing);
    }
}

/* The alliance scale that was answered last, by the same rater. */
static enum kor_code
put_alliance(const struct drawing *drawing)
{
    const struct kor_timeline *timeline = drawing->timeline;
    struct kor_course_plot *plot = drawing->plot;
    for (size_t i = timeline->n_points; i-- > 0;) {
        const struct kor_point *point = &timeline->points[i];
        struct kor_line line = {.rater = drawing->line.rater};
        enum kor_code code = kor_desk_scale_by_id(
            drawing->context->desk, point->instrument_id, &line.scale,
            drawing->context->err);
        if (code != KOR_OK) {
            return code;
        }
        if (line.scale->def.kind == KOR_KIND_ALLIANCE && !point->is_struck
            && !strcmp(point->rater, line.rater)) {
            plot->n_alliance = put_scores(drawing, &line, plot->alliance);
            kor_utf8_copy(plot->alliance_scale, sizeof plot->alliance_scale,
                          kor_words_in(&line.scale->def.names,
                                       drawing->context->lang));
            plot->alliance_min = line.scale->def.min_total;
            plot->alliance_max = line.scale->def.max_total;
            return KOR_OK;
        }
    }
    return KOR_OK;
}

static const char *
status_text(const char *status)
{
    return !strcmp(status, "not-attended") ? KOR_N_("not attended")
           : !strcmp(status, "cancelled-clinic")
               ? KOR_N_("cancelled by the clinic")
               : KOR_N_("cancelled");
}

static void
put_events(const struct drawing *drawing)
{
    const struct kor_timeline *timeline = drawing->timeline;
    struct kor_course_plot *plot = drawing->plot;
    int32_t closed = timeline->episode.closed_date;
    for (size_t i = 0; i < timeline->n_sessions
                       && plot->n_events < KOR_PLOT_MAX_SESSIONS; i++) {
        const struct kor_session *session = &timeline->sessions[i];
        bool is_follow_up
            = closed != KOR_NO_DATE && session->session_date > closed;
        if (is_follow_up || !kor_session_took_place(session)) {
            struct kor_plot_event *event = &plot->events[plot->n_events++];
            event->session = session->number;
            kor_utf8_copy(event->text, sizeof event->text,
                          kor_text(drawing->context->lang,
                                   is_follow_up
                                       ? KOR_N_("follow-up")
                                       : status_text(session->status)));
        }
    }
}

static void
put_head(const struct drawing *drawing)
{
    const struct kor_instrument *def = &drawing->line.scale->def;
    struct kor_course_plot *plot = drawing->plot;
    enum kor_lang lang = drawing->context->lang;
    plot->lang = lang;
    kor_utf8_copy(plot->client, sizeof plot->client,
                  drawing->timeline->episode.person.code);
    plot->drawn = kor_desk_today(drawing->context->desk);
    if (strcmp(drawing->line.rater, "client")) {
        kor_utf8_copy(plot->rater, sizeof plot->rater, drawing->line.rater);
    }
    kor_utf8_copy(plot->scale, sizeof plot->scale,
                  kor_words_in(&def->names, lang));
    plot->min_points = def->min_total;
    plot->max_points = def->max_total;
    plot->up_is_better = def->better == KOR_HIGHER_IS_BETTER;
    plot->start_points = drawing->judged.verdict.start;
    plot->expected_date = KOR_NO_DATE;
}

static enum kor_code
put_theory(const struct drawing *drawing)
{
    struct kor_theory theory;
    size_t n = 0;
    enum kor_code code = kor_store_theories(
        drawing->context->desk->store, drawing->timeline->episode.id, 1,
        &theory, &n, drawing->context->err);
    if (n > 0) {
        kor_utf8_copy(drawing->plot->theory, sizeof drawing->plot->theory,
                      theory.text);
    }
    return code;
}

static enum kor_code
fill(struct drawing *drawing)
{
    size_t last = drawing->timeline->n_sessions - 1;
    enum kor_code code = kor_judge_line(
        drawing->context->desk, drawing->timeline, &drawing->line, last,
        false, &drawing->judged, drawing->context->err);
    if (code != KOR_OK) {
        return code;
    }
    put_head(drawing);
    drawing->plot->n_scores
        = put_scores(drawing, &drawing->line, drawing->plot->scores);
    if (drawing->line.scale->def.kind != KOR_KIND_ALLIANCE) {
        put_lines(drawing);
        put_band_or_lines(drawing);
        if (drawing->plot->n_expected > 0 && !drawing->msg->no_neighbours) {
            code = kor_alike_put(drawing->context->desk, drawing->timeline,
                                 &drawing->line, &drawing->judged,
                                 drawing->plot, drawing->context->err);
        }
        if (code == KOR_OK && !drawing->msg->no_alliance) {
            code = put_alliance(drawing);
        }
    }
    put_events(drawing);
    return code == KOR_OK ? put_theory(drawing) : code;
}

static void
put_base64(const struct kor_buf *picture, struct kor_msg_picture *out)
{
    out->base64 = kor_alloc(KOR_BASE64_SIZE(picture->size));
    kor_base64_write(picture->text, picture->size, out->base64);
}

static enum kor_code
draw(const struct drawing *drawing, struct kor_msg_picture *out)
{
    const struct kor_msg_graph *msg = drawing->msg;
    struct kor_context *context = drawing->context;
    const struct kor_plot_runner *runner = context->desk->clinic->runner;
    enum kor_plot_format format;
    if (!kor_plot_format_from(msg->format, &format)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "format",
                        "the format is svg, pdf, png or text");
    }
    struct kor_buf picture = {0};
    enum kor_code code = kor_plot_draw(
        runner, drawing->plot, format,
        msg->width == KOR_NO_INT ? 0 : (int)msg->width,
        msg->height == KOR_NO_INT ? 0 : (int)msg->height, &picture,
        context->err);
    if (code == KOR_OK) {
        kor_utf8_copy(out->format, sizeof out->format, msg->format);
        if (format == KOR_PLOT_SVG || format == KOR_PLOT_TEXT) {
            out->text = kor_strdup(kor_buf_text(&picture));
        } else {
            put_base64(&picture, out);
        }
    }
    kor_buf_done(&picture);
    return code;
}

enum kor_code
kor_handle_graph(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_graph *msg = request;
    struct kor_timeline timeline = {0};
    enum kor_code code
        = kor_context_load(context, msg->code, msg->episode, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    char rater[KOR_RATER_SIZE];
    struct drawing drawing
        = {.context = context,
           .msg = msg,
           .timeline = &timeline,
           .plot = kor_alloc(sizeof(struct kor_course_plot))};
    code = find_line(&drawing, rater);
    if (code == KOR_OK) {
        code = fill(&drawing);
    }
    if (code == KOR_OK) {
        code = draw(&drawing, reply);
    }
    free(drawing.plot);
    kor_timeline_done(&timeline);
    return code;
}

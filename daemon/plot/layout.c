/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole picture: see plot/layout.h. */

#include "plot/layout.h"

#include <math.h>

#include "kor/base/buf.h"
#include "plot/axis.h"
#include "plot/canvas.h"
#include "plot/course_plot.h"
#include "plot/frame.h"
#include "plot/gutter.h"
#include "plot/ink.h"
#include "plot/words.h"

/* A line from side to side of the main panel. */
static void
put_level(const struct kor_plot_frame *frame, enum kor_plot_layer layer,
          double points, struct kor_plot_canvas *canvas)
{
    if (points >= frame->main.min && points <= frame->main.max) {
        double y = kor_plot_panel_y(&frame->main, points);
        kor_plot_canvas_line(canvas, layer, frame->left, y, frame->right, y);
    }
}

/* The same for a terminal: a record for each cell. */
static void
put_level_cells(const struct kor_plot_frame *frame, enum kor_plot_layer layer,
                double points, struct kor_plot_canvas *canvas)
{
    if (points >= frame->main.min && points <= frame->main.max) {
        double y = round(kor_plot_panel_y(&frame->main, points));
        for (double x = frame->left; x <= frame->right; x++) {
            kor_plot_canvas_point(canvas, layer, x, y);
        }
    }
}

static void
put_levels(const struct kor_plot_frame *frame, struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    void (*put)(const struct kor_plot_frame *, enum kor_plot_layer, double,
                struct kor_plot_canvas *)
        = frame->is_text ? put_level_cells : put_level;
    if (plot->has_reliable) {
        put(frame, KOR_LAYER_RELIABLE, plot->reliable_low, canvas);
        put(frame, KOR_LAYER_RELIABLE, plot->reliable_high, canvas);
    }
    put(frame, KOR_LAYER_START, plot->start_points, canvas);
    if (plot->has_cutoff) {
        put(frame, KOR_LAYER_CUTOFF, plot->cutoff_points, canvas);
    }
}

static void
put_expected(const struct kor_plot_frame *frame,
             struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    const struct kor_plot_panel *panel = &frame->main;
    for (size_t i = 0; i < plot->n_expected; i++) {
        const struct kor_plot_expected *row = &plot->expected[i];
        double x = kor_plot_frame_x(frame, row->session);
        kor_plot_canvas_area(canvas, KOR_LAYER_BAND80, x,
                             kor_plot_panel_y(panel, row->high80),
                             kor_plot_panel_y(panel, row->low80));
        kor_plot_canvas_area(canvas, KOR_LAYER_BAND68, x,
                             kor_plot_panel_y(panel, row->high68),
                             kor_plot_panel_y(panel, row->low68));
        kor_plot_canvas_point(canvas, KOR_LAYER_EXPECTED, x,
                              kor_plot_panel_y(panel, row->expected));
    }
}

/* Mean and ends of those most alike; in a terminal the mean alone. */
static void
put_alike(const struct kor_plot_frame *frame, struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    const struct kor_plot_panel *panel = &frame->main;
    for (size_t i = 0; i < plot->n_alike; i++) {
        kor_plot_canvas_point(canvas, KOR_LAYER_ALIKE,
                              kor_plot_frame_x(frame, plot->alike[i].session),
                              kor_plot_panel_y(panel, plot->alike[i].mean));
    }
    for (size_t end = 0; end < 2 && !frame->is_text; end++) {
        for (size_t i = 0; i < plot->n_alike; i++) {
            const struct kor_plot_alike *row = &plot->alike[i];
            kor_plot_canvas_point(
                canvas, KOR_LAYER_ALIKE_ENDS,
                kor_plot_frame_x(frame, row->session),
                kor_plot_panel_y(panel, end ? row->low : row->high));
        }
        kor_plot_canvas_break(canvas, KOR_LAYER_ALIKE_ENDS);
    }
}

/* The 80 % band for a terminal: a record for each cell, column by column
 * between two sessions. */
static void
put_expected_cells(const struct kor_plot_frame *frame,
                   struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    const struct kor_plot_panel *panel = &frame->main;
    for (size_t i = 0; i + 1 < plot->n_expected; i++) {
        const struct kor_plot_expected *a = &plot->expected[i];
        const struct kor_plot_expected *b = a + 1;
        double from = kor_plot_frame_x(frame, a->session);
        double to = kor_plot_frame_x(frame, b->session);
        for (double x = from; x <= to; x++) {
            double t = to > from ? (x - from) / (to - from) : 0;
            double high = a->high80 + t * (b->high80 - a->high80);
            double low = a->low80 + t * (b->low80 - a->low80);
            double bottom = round(kor_plot_panel_y(panel, low));
            double y = round(kor_plot_panel_y(panel, high));
            for (; y <= bottom && y < panel->bottom; y++) {
                kor_plot_canvas_point(canvas, KOR_LAYER_BAND80, x, y);
            }
        }
    }
}

/* Where the words for score 'last' go: just above or just below the points
 * that stand within 'wide' of it, whichever is nearer to its own point. */
static double
value_y(const struct kor_plot_frame *frame, const struct kor_plot_panel *panel,
        const struct kor_plot_score scores[], size_t last, double wide)
{
    double x = kor_plot_frame_x(frame, scores[last].session);
    double y = kor_plot_panel_y(panel, scores[last].points);
    double highest = y;
    double lowest = y;
    for (size_t i = last; i-- > 0;) {
        if (x - kor_plot_frame_x(frame, scores[i].session) > wide) {
            break;
        }
        if (!isnan(scores[i].points)) {
            double other = kor_plot_panel_y(panel, scores[i].points);
            highest = fmin(highest, other);
            lowest = fmax(lowest, other);
        }
    }
    double away = frame->is_text ? 1 : 15;
    bool fits_below = lowest + away < panel->bottom - away / 2;
    bool fits_above = highest - away > panel->top - away;
    bool is_above = y - highest <= lowest - y ? fits_above || !fits_below
                                              : !fits_below;
    return is_above ? highest - away : lowest + away;
}

static void
put_last_value(const struct kor_plot_frame *frame,
               const struct kor_plot_panel *panel,
               const struct kor_plot_score scores[], size_t last,
               unsigned rgb, struct kor_plot_canvas *canvas)
{
    struct kor_buf text = {0};
    kor_plot_number(frame->plot->lang, scores[last].points, &text);
    double width = kor_plot_font_width(&frame->body, text.text, text.size);
    kor_plot_canvas_text(canvas, KOR_LAYER_VALUE,
                         kor_plot_frame_x(frame, scores[last].session),
                         value_y(frame, panel, scores, last, width), rgb,
                         text.text, text.size);
    kor_buf_done(&text);
}

/* A line with a break wherever a score is missing. */
static void
put_series(const struct kor_plot_frame *frame,
           const struct kor_plot_panel *panel,
           const struct kor_plot_score scores[], size_t n,
           enum kor_plot_layer layer, unsigned rgb,
           struct kor_plot_canvas *canvas)
{
    size_t last = n;
    for (size_t i = 0; i < n; i++) {
        if (isnan(scores[i].points)) {
            kor_plot_canvas_break(canvas, layer);
            continue;
        }
        kor_plot_canvas_point(canvas, layer,
                              kor_plot_frame_x(frame, scores[i].session),
                              kor_plot_panel_y(panel, scores[i].points));
        last = i;
    }
    if (last < n) {
        put_last_value(frame, panel, scores, last, rgb, canvas);
    }
}

/* Marks below the base line: a triangle for an event, else a ring for a score
 * that was asked for and not given. */
static void
put_marks(const struct kor_plot_frame *frame, struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    double y = frame->main.bottom + (frame->is_text ? 1 : 11);
    size_t k = 0;
    for (size_t i = 0; i < plot->n_events; i++) {
        double x = kor_plot_frame_x(frame, plot->events[i].session);
        kor_plot_canvas_point(canvas, KOR_LAYER_EVENT, x, y);
    }
    for (size_t i = 0; i < plot->n_scores; i++) {
        int32_t session = plot->scores[i].session;
        while (k < plot->n_events && plot->events[k].session < session) {
            k++;
        }
        bool has_event
            = k < plot->n_events && plot->events[k].session == session;
        if (isnan(plot->scores[i].points) && !has_event) {
            kor_plot_canvas_point(canvas, KOR_LAYER_GAP,
                                  kor_plot_frame_x(frame, session), y);
        }
    }
}

static void
put_alliance(const struct kor_plot_frame *frame,
             struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf text = {0};
    kor_buf_puts(&text, plot->alliance_scale);
    double above = frame->is_text ? 1 : frame->body.line_height / 2 + 8;
    kor_plot_canvas_text(canvas, KOR_LAYER_BODY, frame->left,
                         frame->alliance.top - above, KOR_INK_ALLIANCE,
                         kor_buf_text(&text), text.size);
    kor_buf_done(&text);
    put_series(frame, &frame->alliance, plot->alliance, plot->n_alliance,
               KOR_LAYER_ALLIANCE, KOR_INK_ALLIANCE, canvas);
}

/* Smaller points where sessions stand close together. */
static double
mark_size(const struct kor_plot_frame *frame)
{
    double apart = kor_plot_frame_x(frame, frame->first + 1)
                   - kor_plot_frame_x(frame, frame->first);
    return fmin(fmax(apart / 14, 0.35), 1);
}

void
kor_plot_layout(const struct kor_course_plot *plot, bool is_text, double width,
                double height, struct kor_plot_canvas *canvas)
{
    struct kor_plot_frame frame;
    struct kor_plot_words heading = {0};
    struct kor_plot_words footing = {0};
    kor_plot_frame_init(&frame, plot, is_text, width);
    kor_plot_words_heading(&heading, &frame);
    kor_plot_words_footing(&footing, &frame);
    kor_plot_frame_stack(&frame, height, &heading, &footing);
    canvas->width = frame.width;
    canvas->height = frame.height;
    canvas->title_em = frame.title.em;
    canvas->body_em = frame.body.em;
    canvas->small_em = frame.small.em;
    canvas->mark = mark_size(&frame);
    kor_plot_words_put(&heading, frame.pad, frame.heading_y, canvas);
    kor_plot_axis_put(&frame, canvas);
    if (is_text) {
        put_expected_cells(&frame, canvas);
    } else {
        put_expected(&frame, canvas);
    }
    put_alike(&frame, canvas);
    put_levels(&frame, canvas);
    put_series(&frame, &frame.main, plot->scores, plot->n_scores,
               KOR_LAYER_OWN, KOR_INK_OWN, canvas);
    put_marks(&frame, canvas);
    kor_plot_gutter_put(&frame, canvas);
    if (plot->n_alliance) {
        put_alliance(&frame, canvas);
    }
    kor_plot_words_put(&footing, frame.pad, frame.footing_y, canvas);
    kor_plot_words_done(&heading);
    kor_plot_words_done(&footing);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where things lie: see plot/frame.h. */

#include "plot/frame.h"

#include <math.h>
#include <string.h>

#include "kor/base/clock.h"
#include "plot/course_plot.h"
#include "plot/words.h"

/* An axis of fewer sessions would make two scores look like a long way. */
enum { LEAST_SESSIONS = 5 };

static void
choose_fonts(struct kor_plot_frame *frame)
{
    bool is_narrow = frame->width < 480;
    if (frame->is_text) {
        frame->title = frame->body = frame->small
            = (struct kor_plot_font){0, 1};
        frame->pad = 0;
        frame->inset = 2;
        return;
    }
    frame->title = is_narrow ? (struct kor_plot_font){16, 21}
                             : (struct kor_plot_font){18, 24};
    frame->body = is_narrow ? (struct kor_plot_font){12, 16}
                            : (struct kor_plot_font){13, 17};
    frame->small = is_narrow ? (struct kor_plot_font){11, 15}
                             : (struct kor_plot_font){11.5, 15.5};
    frame->pad = is_narrow ? 8 : 14;
    frame->inset = 16;
}

static void
cover(struct kor_plot_frame *frame, int32_t session)
{
    frame->first = session < frame->first ? session : frame->first;
    frame->last = session > frame->last ? session : frame->last;
}

static void
choose_sessions(struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    frame->first = INT32_MAX;
    frame->last = INT32_MIN;
    if (plot->n_scores > 0) {
        cover(frame, plot->scores[0].session);
        cover(frame, plot->scores[plot->n_scores - 1].session);
    }
    if (plot->n_alliance > 0) {
        cover(frame, plot->alliance[0].session);
        cover(frame, plot->alliance[plot->n_alliance - 1].session);
    }
    if (plot->n_expected > 0) {
        cover(frame, plot->expected[0].session);
        cover(frame, plot->expected[plot->n_expected - 1].session);
    }
    if (plot->n_events > 0) {
        cover(frame, plot->events[0].session);
        cover(frame, plot->events[plot->n_events - 1].session);
    }
    if (frame->first > frame->last) {
        frame->first = frame->last = 1;
    }
    cover(frame, frame->first + LEAST_SESSIONS);
}

/* Marks stand below the base line and not on it, where a ring for no answer
 * could be taken for a score of nought. */
static double
strip_height(const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    bool has_marks = plot->n_events > 0;
    for (size_t i = 0; i < plot->n_scores; i++) {
        has_marks = has_marks || isnan(plot->scores[i].points);
    }
    return !has_marks ? 0 : frame->is_text ? 1 : 15;
}

/* Width of the numbers on the left. */
static double
number_width(const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    const double ends[] = {plot->min_points, plot->max_points,
                           plot->n_alliance ? plot->alliance_min : 0,
                           plot->n_alliance ? plot->alliance_max : 0};
    double width = 0;
    for (size_t i = 0; i < KOR_LENGTH(ends); i++) {
        struct kor_buf text = {0};
        kor_plot_number(plot->lang, ends[i], &text);
        width = fmax(width, kor_plot_font_width(&frame->body, text.text,
                                                text.size));
        kor_buf_done(&text);
    }
    return width;
}

void
kor_plot_frame_init(struct kor_plot_frame *frame,
                    const struct kor_course_plot *plot, bool is_text,
                    double width)
{
    *frame = (struct kor_plot_frame){
        .plot = plot, .is_text = is_text, .width = width};
    choose_fonts(frame);
    choose_sessions(frame);
    frame->strip = strip_height(frame);
    double gutter = is_text ? fmin(fmax(width / 4, 16), 24)
                            : fmin(fmax(width / 5, 92), 160);
    double gap = is_text ? 1 : 8;
    frame->left = frame->pad + number_width(frame) + gap;
    frame->right = floor(width - frame->pad - gutter);
    frame->left = fmin(frame->left, frame->right - 6 * frame->inset);
}

double
kor_plot_frame_gutter(const struct kor_plot_frame *frame)
{
    return frame->width - frame->pad - frame->right
           - (frame->is_text ? 2 : 10);
}

/* Height of the sessions' numbers and dates. */
static double
axis_height(const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    bool has_dates = false;
    for (size_t i = 0; i < plot->n_scores; i++) {
        has_dates = has_dates || plot->scores[i].date != KOR_NO_DATE;
    }
    double height = frame->body.line_height
                    + (has_dates ? 2 * frame->small.line_height : 0);
    return height + (frame->is_text ? 1 : 16)
           + (plot->n_alliance ? 0 : frame->strip);
}

/* Rounds to whole pixels, so that horizontal lines are sharp. */
static struct kor_plot_panel
panel_between(double top, double bottom, double min, double max)
{
    return (struct kor_plot_panel){round(top), round(bottom), min, max};
}

void
kor_plot_frame_stack(struct kor_plot_frame *frame, double height,
                     const struct kor_plot_words *heading,
                     const struct kor_plot_words *footing)
{
    const struct kor_course_plot *plot = frame->plot;
    bool is_text = frame->is_text;
    double gap = is_text ? 1 : 12;
    double above = frame->pad + kor_plot_words_height(heading) + gap;
    double below = axis_height(frame) + kor_plot_words_height(footing)
                   + frame->pad;
    double between = plot->n_alliance ? frame->body.line_height + 2 * gap
                                            + frame->strip
                                      : 0;
    double least_main = is_text ? 12 : 170;
    double least_alliance = !plot->n_alliance ? 0 : is_text ? 4 : 60;
    double room = fmax(height - above - below - between,
                       least_main + least_alliance);
    double alliance = plot->n_alliance ? fmax(floor(room * 0.24),
                                              least_alliance)
                                       : 0;
    frame->height = ceil(above + room + between + below);
    frame->heading_y = frame->pad;
    double bottom = above + room - alliance;
    frame->main
        = panel_between(above, bottom, plot->min_points, plot->max_points);
    if (plot->n_alliance) {
        double top = bottom + between;
        bottom = top + alliance;
        frame->alliance = panel_between(top, bottom, plot->alliance_min,
                                        plot->alliance_max);
    }
    frame->footing_y = bottom + axis_height(frame);
}

double
kor_plot_frame_x(const struct kor_plot_frame *frame, int32_t session)
{
    double share = (double)(session - frame->first)
                   / (double)(frame->last - frame->first);
    double x = frame->left + frame->inset
               + share * (frame->right - frame->left - 2 * frame->inset);
    return frame->is_text ? round(x) : x;
}

double
kor_plot_panel_y(const struct kor_plot_panel *panel, double points)
{
    double share = (points - panel->min) / (panel->max - panel->min);
    share = fmin(fmax(share, 0), 1);
    return panel->bottom - share * (panel->bottom - panel->top);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_FRAME_H
#define KOR_PLOT_FRAME_H 1

/* Where the parts of the picture lie, in pixels or cells from the upper left
 * corner:
 *
 *     title, direction, scale
 *     +---------------------------+  gutter: what
 *     | main panel                |  the lines are
 *     +---------------------------+
 *           ^           o            marks of events and gaps
 *     alliance scale
 *     +---------------------------+
 *     | alliance panel            |
 *     +---------------------------+
 *      1   2   3   4   5   6          session
 *     events, sources, code and date */

#include <stdbool.h>
#include <stdint.h>

#include "plot/font.h"

struct kor_course_plot;
struct kor_plot_words;

/* A panel: rows from 'top' down to 'bottom' stand for 'max' down to 'min'. */
struct kor_plot_panel {
    double top, bottom;
    double min, max;
};

struct kor_plot_frame {
    const struct kor_course_plot *plot;
    bool is_text;               /* Cells of a terminal, not pixels. */
    double width, height;       /* Of the whole; the height may have grown. */
    double pad;                 /* Room at the edges. */
    struct kor_plot_font title; /* The name of the scale. */
    struct kor_plot_font body;
    struct kor_plot_font small;
    double left, right;       /* The panels, from side to side. */
    double inset;             /* From their sides to first and last session. */
    int32_t first, last;      /* Sessions; first < last. */
    double heading_y;         /* First line above the panels, its top. */
    struct kor_plot_panel main;
    struct kor_plot_panel alliance; /* Valid if plot->n_alliance > 0. */
    double strip;             /* Height of the marks below the main panel. */
    double footing_y;         /* First line below the axis, its top. */
};

/* Fonts, sides and sessions for a picture of 'plot', 'width' wide. */
void kor_plot_frame_init(struct kor_plot_frame *frame,
                         const struct kor_course_plot *plot, bool is_text,
                         double width);

/* Panels, from what is left of 'height' by the lines of 'heading' and
 * 'footing'; sets the height, which is larger if they need it. */
void kor_plot_frame_stack(struct kor_plot_frame *frame, double height,
                          const struct kor_plot_words *heading,
                          const struct kor_plot_words *footing);

/* Where 'session' lies from left to right; 'points' from top to bottom,
 * what is outside the scale at its end. */
double kor_plot_frame_x(const struct kor_plot_frame *frame, int32_t session);
double kor_plot_panel_y(const struct kor_plot_panel *panel, double points);

/* Room for the words of the gutter, from side to side. */
double kor_plot_frame_gutter(const struct kor_plot_frame *frame);

#endif /* plot/frame.h */

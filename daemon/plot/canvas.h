/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_CANVAS_H
#define KOR_PLOT_CANVAS_H 1

/* What is handed to gnuplot: layers of lines, areas, points and words, each a
 * tab-separated file that a constant script reads.
 *
 * Positions are pixels from the upper left corner, or cells in a terminal.
 * Numbers are written by us, %.17g; words are filtered, so that no word is
 * more than one field of one record: control characters and bad UTF-8 become
 * '?', a double quote becomes a curly one and a backslash a set minus.
 * '= {0}' is an empty canvas; end with kor_plot_canvas_done(). */

#include <stddef.h>

#include "kor/base/buf.h"
#include "plot/runner.h"

/* The layers, from the bottom up: LAYER(enum member, file name). */
#define KOR_PLOT_LAYERS(LAYER)                                                \
    LAYER(BAND80, "band80.tsv")       /* x, upper y, lower y. */              \
    LAYER(BAND68, "band68.tsv")       /* The same. */                         \
    LAYER(GRID, "grid.tsv")           /* Lines: x, y. */                      \
    LAYER(AXIS, "axis.tsv")           /* Lines. */                            \
    LAYER(RELIABLE, "reliable.tsv")   /* Lines. */                            \
    LAYER(START, "start.tsv")         /* Lines. */                            \
    LAYER(CUTOFF, "cutoff.tsv")       /* Lines. */                            \
    LAYER(EXPECTED, "expected.tsv")   /* Lines. */                            \
    LAYER(ALIKE, "alike.tsv")         /* Lines. */                            \
    LAYER(ALIKE_ENDS, "alike_ends.tsv") /* Lines. */                          \
    LAYER(LEADER, "leader.tsv")       /* Lines, from a line to its label. */  \
    LAYER(ALLIANCE, "alliance.tsv")   /* Lines and points. */                 \
    LAYER(OWN, "own.tsv")             /* Lines and points. */                 \
    LAYER(GAP, "gap.tsv")             /* Points. */                           \
    LAYER(EVENT, "event.tsv")         /* Points. */                           \
    LAYER(TITLE, "title.tsv")         /* Words: x, y, text, colour. */        \
    LAYER(BODY, "body.tsv")           /* Words, from x to the right. */       \
    LAYER(SMALL, "small.tsv")         /* The same. */                         \
    LAYER(CENTRE, "centre.tsv")       /* Words, x is their middle. */         \
    LAYER(SMALL_CENTRE, "small_centre.tsv")                                   \
    LAYER(VALUE, "value.tsv")         /* Bold words, x is their middle. */    \
    LAYER(RIGHT, "right.tsv")         /* Words, x is their right end. */

enum kor_plot_layer {
#define LAYER(name, file) KOR_LAYER_##name,
    KOR_PLOT_LAYERS(LAYER)
#undef LAYER
    KOR_N_LAYERS /* Not a layer: how many there are. */
};

struct kor_plot_canvas {
    double width, height;                 /* Pixels or cells. */
    double title_em, body_em, small_em;   /* Pixels; 0 in a terminal. */
    double mark;                          /* Size of points, 1 at most. */
    struct kor_buf layers[KOR_N_LAYERS];
    struct kor_buf page; /* Made by kor_plot_canvas_files(). */
};

/* Frees what 'canvas' holds. */
void kor_plot_canvas_done(struct kor_plot_canvas *canvas);

/* Adds a point to a layer of lines, areas or points; a line joins the points
 * up to the next kor_plot_canvas_break(). */
void kor_plot_canvas_point(struct kor_plot_canvas *canvas,
                           enum kor_plot_layer layer, double x, double y);
void kor_plot_canvas_area(struct kor_plot_canvas *canvas,
                          enum kor_plot_layer layer, double x, double high,
                          double low);
void kor_plot_canvas_break(struct kor_plot_canvas *canvas,
                           enum kor_plot_layer layer);

/* Adds one straight line. */
void kor_plot_canvas_line(struct kor_plot_canvas *canvas,
                          enum kor_plot_layer layer, double x1, double y1,
                          double x2, double y2);

/* Adds the 'size' bytes at 'text' to a layer of words, half way up the line at
 * 'y', in the colour 'rgb' (0xRRGGBB). */
void kor_plot_canvas_text(struct kor_plot_canvas *canvas,
                          enum kor_plot_layer layer, double x, double y,
                          unsigned rgb, const char *text, size_t size);

/* One file for each layer, and the page with its size and those of its words,
 * which have to be set before. */
enum { KOR_PLOT_N_FILES = KOR_N_LAYERS + 1 };
void kor_plot_canvas_files(struct kor_plot_canvas *canvas,
                           struct kor_plot_file files[KOR_PLOT_N_FILES]);

#endif /* plot/canvas.h */

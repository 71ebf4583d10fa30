/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_DRAW_H
#define KOR_PLOT_DRAW_H 1

/* From the data of a graph to a picture.
 *
 * The layout is computed here (plot/layout.h), written to tab-separated files
 * and drawn by one gnuplot process on a constant script (plots/).  No text and
 * no number from outside ever becomes part of the script.  The same data give
 * the same bytes, but for PDF, which carries its time of making. */

#include <stdbool.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_buf;
struct kor_course_plot;
struct kor_err;
struct kor_plot_runner;

enum kor_plot_format {
    KOR_PLOT_SVG, /* For pages: opens under default-src 'none'; titled. */
    KOR_PLOT_PDF, /* For paper: one page of the size asked for. */
    KOR_PLOT_PNG, /* For programs that show nothing else. */
    KOR_PLOT_TEXT /* For a terminal: UTF-8, without colour. */
};

/* Reads "svg", "pdf", "png" or "text" into '*format'; false if 'name' is
 * none of them. */
KOR_NODISCARD bool kor_plot_format_from(const char *name,
                                        enum kor_plot_format *format);

/* Draws 'plot' and adds the picture to 'out'.
 *
 * 'width' and 'height' are pixels of 1/96 inch (360 to 4000 and 320 to 4000;
 * A5 on its side is 794 x 559; a phone 360 x 520), or columns and lines for
 * KOR_PLOT_TEXT (60 to 400 and 20 to 200).  0 takes the default: 794 x 559, or
 * 80 x 32.  A picture becomes taller than asked for if its words need it; only
 * past 64 lines for the events do words run over the edge.
 *
 * May be called by several threads at once.  Returns KOR_BAD_VALUE for a size
 * or a plot outside its limits, and the codes of kor_plot_runner_run(); 'out'
 * is then as before. */
KOR_NODISCARD enum kor_code
kor_plot_draw(const struct kor_plot_runner *runner,
              const struct kor_course_plot *plot, enum kor_plot_format format,
              int width, int height, struct kor_buf *out, struct kor_err *err);

#endif /* plot/draw.h */

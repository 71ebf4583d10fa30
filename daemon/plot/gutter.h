/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_GUTTER_H
#define KOR_PLOT_GUTTER_H 1

/* The names of the lines, on the right of the main panel: each beside its
 * line, moved up or down where two would lie on each other, with a thin leader
 * from the line to its name. */

struct kor_plot_canvas;
struct kor_plot_frame;

/* Puts the names of start score, cut-off, reliable change and expected range
 * on 'canvas'. */
void kor_plot_gutter_put(const struct kor_plot_frame *frame,
                         struct kor_plot_canvas *canvas);

#endif /* plot/gutter.h */

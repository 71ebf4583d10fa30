/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_LAYOUT_H
#define KOR_PLOT_LAYOUT_H 1

/* From the data of a graph to lines, areas, points and words at their places.
 * Pure: the same data give the same layers. */

#include <stdbool.h>

struct kor_course_plot;
struct kor_plot_canvas;

/* Lays 'plot', which has passed kor_course_plot_check(), out on the empty
 * 'canvas': in pixels, or in cells if 'is_text'.  The canvas becomes taller
 * than 'height' if the words need it. */
void kor_plot_layout(const struct kor_course_plot *plot, bool is_text,
                     double width, double height,
                     struct kor_plot_canvas *canvas);

#endif /* plot/layout.h */

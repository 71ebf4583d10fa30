/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_AXIS_H
#define KOR_PLOT_AXIS_H 1

/* The numbers along the sides: points on the left, sessions with their dates
 * below; dates where there is room, the year where it changes. */

struct kor_plot_canvas;
struct kor_plot_frame;

/* Puts numbers, grid and base lines of all panels on 'canvas'. */
void kor_plot_axis_put(const struct kor_plot_frame *frame,
                       struct kor_plot_canvas *canvas);

/* The distance between numbers on a scale 'range' long that has room for
 * 'room' of them: 1, 2 or 5 times a power of ten. */
double kor_plot_axis_step(double range, double room);

#endif /* plot/axis.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_COURSE_PLOT_H
#define TESTS_SUPPORT_COURSE_PLOT_H 1

#include "plot/course_plot.h"

/* A graph to start from: twelve sessions a week apart from 2026-01-07, scores
 * 14 to 27 on a scale from 0 to 40, sessions 4 and 8 without an answer, events
 * at sessions 4 ("not attended") and 6 ("changed method"), cut-off 25, start
 * score 14.  Free with free(). */
struct kor_course_plot *course_plot_new(enum kor_lang lang);

/* Adds an expected range over its sessions, from 79 people. */
void course_plot_add_band(struct kor_course_plot *plot);

/* Adds to that the 20 most alike, among 79. */
void course_plot_add_alike(struct kor_course_plot *plot);

/* Adds lines of reliable change at 9 and 19. */
void course_plot_add_reliable(struct kor_course_plot *plot);

/* Adds an alliance scale from 0 to 30. */
void course_plot_add_alliance(struct kor_course_plot *plot);

#endif /* tests/support/course_plot.h */

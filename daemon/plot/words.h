/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_WORDS_H
#define KOR_PLOT_WORDS_H 1

/* The words above and below the panels, broken into lines for the width of a
 * picture.  '= {0}' is empty; end with kor_plot_words_done(). */

#include <stddef.h>

#include "kor/base/buf.h"
#include "plot/canvas.h"
#include "plot/font.h"

struct kor_plot_frame;

enum { KOR_PLOT_MAX_WORDS = 96 }; /* Lines; what is past them is not shown. */

struct kor_plot_words {
    struct kor_buf text; /* All lines, one after the other. */
    size_t n;
    struct {
        size_t at, size;                  /* In 'text'. */
        enum kor_plot_layer layer;        /* Decides the font. */
        unsigned rgb;
        const struct kor_plot_font *font; /* Of the frame. */
    } lines[KOR_PLOT_MAX_WORDS];
};

/* Frees what 'words' holds. */
void kor_plot_words_done(struct kor_plot_words *words);

/* Adds the lines above the panels: title, direction, scale and rater, and what
 * the client thinks will help. */
void kor_plot_words_heading(struct kor_plot_words *words,
                            const struct kor_plot_frame *frame);

/* Adds the lines below: events and gaps, where the lines come from, code and
 * date. */
void kor_plot_words_footing(struct kor_plot_words *words,
                            const struct kor_plot_frame *frame);

/* The height of all lines. */
double kor_plot_words_height(const struct kor_plot_words *words);

/* Puts the lines on 'canvas', the first one's top at 'y'. */
void kor_plot_words_put(const struct kor_plot_words *words, double x, double y,
                        struct kor_plot_canvas *canvas);

#endif /* plot/words.h */

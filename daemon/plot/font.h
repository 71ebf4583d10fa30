/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_FONT_H
#define KOR_PLOT_FONT_H 1

/* How much room words take, before anybody has drawn them.
 *
 * An SVG is shown in whatever sans-serif the reader has, so widths can only be
 * estimated; they are those of DejaVu Sans, which is wider than most.  In a
 * terminal each character is one cell. */

#include <stddef.h>

struct kor_plot_font {
    double em;          /* Size in pixels; 0: the cells of a terminal. */
    double line_height; /* From one line to the next, in pixels or cells. */
};

/* A piece of a text that fits on one line. */
struct kor_plot_line {
    const char *text; /* Where it begins; not terminated. */
    size_t size;      /* How many bytes. */
};

/* Lines a text can be broken into; what is left over stays on the last. */
enum { KOR_PLOT_MAX_LINES = 64 };

/* Width of the 'size' bytes of well-formed UTF-8 at 'text'. */
double kor_plot_font_width(const struct kor_plot_font *font, const char *text,
                           size_t size);

/* Breaks 'text' at spaces, or inside a word that is too long by itself, so
 * that no line is wider than 'width'.  Returns how many 'lines' there are, 0
 * for "". */
size_t kor_plot_font_wrap(const struct kor_plot_font *font, const char *text,
                          double width,
                          struct kor_plot_line lines[KOR_PLOT_MAX_LINES]);

#endif /* plot/font.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_SVG_H
#define KOR_PLOT_SVG_H 1

/* gnuplot's SVG, made fit for a page: a title and a description that a screen
 * reader can say, none of the notes that gnuplot leaves about itself.
 *
 * gnuplot writes a constant frame round our data, so fixed strings are cut out
 * and put in; text is escaped.  The result has no style, no script and no
 * reference to anything outside it, and opens under the content policy
 * default-src 'none'. */

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_buf;
struct kor_err;

/* Adds the picture 'raw' to 'out' with 'title' and 'description' in it.
 * Returns KOR_IO, and leaves 'out' alone, if 'raw' is not what gnuplot
 * writes. */
KOR_NODISCARD enum kor_code kor_plot_svg_finish(const struct kor_buf *raw,
                                                const char *title,
                                                const char *description,
                                                struct kor_buf *out,
                                                struct kor_err *err);

#endif /* plot/svg.h */

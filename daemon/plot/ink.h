/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_INK_H
#define KOR_PLOT_INK_H 1

/* Colours of words.  Those of lines and areas stand in plots/style.gp; these
 * go with them, darker where a word has to be read (4.5 to 1 on white). */

enum kor_plot_ink {
    KOR_INK_DARK = 0x222222,
    KOR_INK_GREY = 0x555555,
    KOR_INK_OWN = 0x005A8E,     /* Okabe and Ito's blue, darker. */
    KOR_INK_CUTOFF = 0xA04600,  /* Their vermilion, darker. */
    KOR_INK_ALLIANCE = 0x00684C, /* Their bluish green, darker. */
    KOR_INK_ALIKE = 0x8F3B6C     /* Their reddish purple, darker. */
};

#endif /* plot/ink.h */

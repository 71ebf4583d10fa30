/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Estimated widths of words: see plot/font.h. */

#include "plot/font.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the character at 'text', of which 'size' are there. */
static size_t
char_size(const char *text, size_t size)
{
    size_t n = 1;
    while (n < size && ((unsigned char)text[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

/* Width of a character in parts of the em. */
static double
char_width(const char *text, size_t size)
{
    if (size >= 3) {
        return 1.0; /* Anything from U+0800 on: arrows, CJK, emoji. */
    }
    if (size == 2) {
        return 0.65; /* Latin with marks, Greek, Cyrillic. */
    }
    if (strchr("ijlI.,:;'|!` ", text[0])) {
        return 0.34;
    }
    if (strchr("frt()[]{}/-\\", text[0])) {
        return 0.42;
    }
    if (strchr("mwMW%@", text[0])) {
        return 0.97;
    }
    return text[0] >= 'A' && text[0] <= 'Z' ? 0.71 : 0.62;
}

double
kor_plot_font_width(const struct kor_plot_font *font, const char *text,
                    size_t size)
{
    double width = 0;
    for (size_t i = 0; i < size;) {
        size_t n = char_size(text + i, size - i);
        width += font->em > 0 ? font->em * char_width(text + i, n) : 1.0;
        i += n;
    }
    return width;
}

/* How many bytes of 'text' go on a line of 'width': up to the last space that
 * fits, or as many characters as fit, but at least one. */
static size_t
fitting(const struct kor_plot_font *font, const char *text, size_t size,
        double width)
{
    size_t last_space = 0;
    for (size_t i = 0; i < size;) {
        size_t n = char_size(text + i, size - i);
        if (kor_plot_font_width(font, text, i + n) > width && i > 0
            && text[i] != ' ') {
            return last_space ? last_space : i;
        }
        if (text[i] == ' ') {
            last_space = i;
        }
        i += n;
    }
    return size;
}

size_t
kor_plot_font_wrap(const struct kor_plot_font *font, const char *text,
                   double width,
                   struct kor_plot_line lines[KOR_PLOT_MAX_LINES])
{
    size_t n = 0;
    size_t left = strlen(text);
    while (left > 0 && n < KOR_PLOT_MAX_LINES) {
        bool is_last = n + 1 == KOR_PLOT_MAX_LINES;
        size_t size = is_last ? left : fitting(font, text, left, width);
        lines[n++] = (struct kor_plot_line){text, size};
        size += strspn(text + size, " ");
        text += size;
        left -= size;
    }
    return n;
}

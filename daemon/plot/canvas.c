/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layers for gnuplot: see plot/canvas.h. */

#include "plot/canvas.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/utf8.h"

enum { MAX_TEXT = 1024 }; /* Bytes of one line of words. */

static const char *const layer_files[] = {
#define LAYER(name, file) file,
    KOR_PLOT_LAYERS(LAYER)
#undef LAYER
};

void
kor_plot_canvas_done(struct kor_plot_canvas *canvas)
{
    for (size_t i = 0; i < KOR_N_LAYERS; i++) {
        kor_buf_done(&canvas->layers[i]);
    }
    kor_buf_done(&canvas->page);
}

void
kor_plot_canvas_point(struct kor_plot_canvas *canvas,
                      enum kor_plot_layer layer, double x, double y)
{
    kor_buf_printf(&canvas->layers[layer], "%.17g\t%.17g\n", x, y);
}

void
kor_plot_canvas_area(struct kor_plot_canvas *canvas, enum kor_plot_layer layer,
                     double x, double high, double low)
{
    kor_buf_printf(&canvas->layers[layer], "%.17g\t%.17g\t%.17g\n", x, high,
                   low);
}

void
kor_plot_canvas_break(struct kor_plot_canvas *canvas,
                      enum kor_plot_layer layer)
{
    /* Two blank lines would begin a new data set, and a blank one at the
     * start would be counted. */
    struct kor_buf *buf = &canvas->layers[layer];
    size_t n = buf->size;
    if (n > 0 && !(n > 1 && buf->text[n - 2] == '\n')) {
        kor_buf_putc(buf, '\n');
    }
}

void
kor_plot_canvas_line(struct kor_plot_canvas *canvas, enum kor_plot_layer layer,
                     double x1, double y1, double x2, double y2)
{
    kor_plot_canvas_break(canvas, layer);
    kor_plot_canvas_point(canvas, layer, x1, y1);
    kor_plot_canvas_point(canvas, layer, x2, y2);
}

/* True if the character at 'c' lies past U+2E7F: no font that we ask for has
 * it (and some that are found in its place draw it as large as the picture),
 * or, as U+FFFE, it may not stand in XML. */
static bool
is_out_of_font(const char *c)
{
    unsigned char first = (unsigned char)c[0];
    return first > 0xe2 || (first == 0xe2 && (unsigned char)c[1] >= 0xba);
}

/* Adds 'text' so that gnuplot takes it for nothing but text.  A '"' would end
 * the field, and "\n" would begin a new line in a label. */
static void
add_clean(struct kor_buf *buf, const char *text, size_t size)
{
    char raw[MAX_TEXT];
    char clean[MAX_TEXT];
    snprintf(raw, sizeof raw, "%.*s", (int)size, text);
    kor_utf8_copy(clean, sizeof clean, raw);
    for (const char *c = clean; *c; c++) {
        if (*c == '"') {
            kor_buf_puts(buf, "\xe2\x80\x9d");
        } else if (*c == '\\') {
            kor_buf_puts(buf, "\xe2\x88\x96");
        } else if (is_out_of_font(c)) {
            kor_buf_putc(buf, '?');
            while (((unsigned char)c[1] & 0xc0) == 0x80) {
                c++;
            }
        } else {
            kor_buf_putc(buf, *c);
        }
    }
}

void
kor_plot_canvas_text(struct kor_plot_canvas *canvas, enum kor_plot_layer layer,
                     double x, double y, unsigned rgb, const char *text,
                     size_t size)
{
    struct kor_buf *buf = &canvas->layers[layer];
    kor_buf_printf(buf, "%.17g\t%.17g\t", x, y);
    add_clean(buf, text, size < MAX_TEXT ? size : MAX_TEXT - 1);
    kor_buf_printf(buf, "\t%u\n", rgb);
}

void
kor_plot_canvas_files(struct kor_plot_canvas *canvas,
                      struct kor_plot_file files[KOR_PLOT_N_FILES])
{
    for (size_t i = 0; i < KOR_N_LAYERS; i++) {
        files[i] = (struct kor_plot_file){layer_files[i], &canvas->layers[i]};
    }
    kor_buf_clear(&canvas->page);
    kor_buf_printf(&canvas->page,
                   "%.17g\t%.17g\t%.17g\t%.17g\t%.17g\t%.17g\n",
                   canvas->width, canvas->height, canvas->title_em,
                   canvas->body_em, canvas->small_em, canvas->mark);
    files[KOR_N_LAYERS] = (struct kor_plot_file){"page.tsv", &canvas->page};
}

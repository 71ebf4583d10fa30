/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names beside their lines: see plot/gutter.h. */

#include "plot/gutter.h"

#include <math.h>

#include "kor/base/buf.h"
#include "plot/canvas.h"
#include "plot/course_plot.h"
#include "plot/frame.h"
#include "plot/ink.h"

enum { MAX_LABELS = 6 };

struct label {
    double line_y;      /* Where the line is. */
    double top, height; /* Where the name goes. */
    unsigned rgb;
    struct kor_buf text;
    size_t n_lines;
    struct kor_plot_line lines[KOR_PLOT_MAX_LINES]; /* Pieces of 'text'. */
};

struct gutter {
    const struct kor_plot_frame *frame;
    size_t n;
    struct label labels[MAX_LABELS];
};

/* Begins a label at 'points'; its text is added by the caller. */
static struct kor_buf *
add(struct gutter *gutter, double points, unsigned rgb, const char *english)
{
    const struct kor_plot_frame *frame = gutter->frame;
    struct label *label = &gutter->labels[gutter->n++];
    double y = kor_plot_panel_y(&frame->main, points);
    label->line_y = frame->is_text ? round(y) : y;
    label->rgb = rgb;
    kor_buf_puts(&label->text, kor_text(frame->plot->lang, english));
    return &label->text;
}

static void
add_line(struct gutter *gutter, double points, unsigned rgb,
         const char *english)
{
    struct kor_buf *text = add(gutter, points, rgb, english);
    kor_buf_putc(text, ' ');
    kor_plot_number(gutter->frame->plot->lang, points, text);
}

static void
collect(struct gutter *gutter)
{
    const struct kor_course_plot *plot = gutter->frame->plot;
    if (!isnan(plot->start_points)) {
        add_line(gutter, plot->start_points, KOR_INK_GREY,
                 KOR_N_("start score"));
    }
    if (plot->has_cutoff) {
        add_line(gutter, plot->cutoff_points, KOR_INK_CUTOFF,
                 plot->cutoff_name[0] ? plot->cutoff_name : KOR_N_("cut-off"));
    }
    if (plot->has_reliable && plot->reliable_low >= plot->min_points) {
        add_line(gutter, plot->reliable_low, KOR_INK_DARK,
                 KOR_N_("reliable change"));
    }
    if (plot->has_reliable && plot->reliable_high <= plot->max_points) {
        add_line(gutter, plot->reliable_high, KOR_INK_DARK,
                 KOR_N_("reliable change"));
    }
    if (plot->n_expected > 0) {
        struct kor_buf *text
            = add(gutter, plot->expected[plot->n_expected - 1].expected,
                  KOR_INK_OWN, KOR_N_("expected range"));
        kor_buf_printf(text, " (n\xc2\xa0=\xc2\xa0%d)",
                       (int)plot->expected_people);
    }
    if (plot->n_alike > 0) {
        double end = plot->alike[plot->n_alike - 1].mean;
        struct kor_buf *text = add(gutter, end, KOR_INK_ALIKE, "");
        kor_buf_printf(text, kor_text(plot->lang, "the %d most alike"),
                       (int)plot->alike_people);
    }
}

static void
sort(struct gutter *gutter)
{
    for (size_t i = 1; i < gutter->n; i++) {
        struct label label = gutter->labels[i];
        size_t k = i;
        for (; k > 0 && gutter->labels[k - 1].line_y > label.line_y; k--) {
            gutter->labels[k] = gutter->labels[k - 1];
        }
        gutter->labels[k] = label;
    }
}

/* From above, each label is pushed down by the one over it; then, from below,
 * up by the one under it, so that the last stays beside the panel. */
static void
place(struct gutter *gutter)
{
    const struct kor_plot_frame *frame = gutter->frame;
    double half = frame->is_text ? 0 : frame->body.line_height / 2;
    double free_y = frame->main.top - half;
    for (size_t i = 0; i < gutter->n; i++) {
        struct label *label = &gutter->labels[i];
        label->n_lines = kor_plot_font_wrap(
            &frame->body, kor_buf_text(&label->text),
            kor_plot_frame_gutter(frame), label->lines);
        label->height = (double)label->n_lines * frame->body.line_height;
        double middle = label->line_y - label->height / 2
                        + (frame->is_text ? 0.5 : 0);
        label->top = fmax(free_y, middle);
        free_y = label->top + label->height;
    }
    free_y = frame->main.bottom + (frame->is_text ? 1 : half);
    for (size_t i = gutter->n; i-- > 0;) {
        struct label *label = &gutter->labels[i];
        label->top = fmin(label->top, free_y - label->height);
        label->top = frame->is_text ? floor(label->top) : label->top;
        free_y = label->top;
    }
}

static void
put(const struct kor_plot_frame *frame, const struct label *label,
    struct kor_plot_canvas *canvas)
{
    const struct kor_plot_font *font = &frame->body;
    double x = frame->right + (frame->is_text ? 2 : 10);
    double y = label->top + (frame->is_text ? 0 : font->line_height / 2);
    double middle = label->top + label->height / 2;
    for (size_t i = 0; i < label->n_lines; i++) {
        kor_plot_canvas_text(canvas, KOR_LAYER_BODY, x,
                             y + (double)i * font->line_height, label->rgb,
                             label->lines[i].text, label->lines[i].size);
    }
    if (!frame->is_text) {
        kor_plot_canvas_line(canvas, KOR_LAYER_LEADER, frame->right,
                             label->line_y, x - 3, middle);
    }
}

void
kor_plot_gutter_put(const struct kor_plot_frame *frame,
                    struct kor_plot_canvas *canvas)
{
    struct gutter gutter = {.frame = frame};
    collect(&gutter);
    sort(&gutter);
    place(&gutter);
    for (size_t i = 0; i < gutter.n; i++) {
        put(frame, &gutter.labels[i], canvas);
        kor_buf_done(&gutter.labels[i].text);
    }
}

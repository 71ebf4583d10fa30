/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words above and below: see plot/words.h. */

#include "plot/words.h"

#include <math.h>
#include <string.h>

#include "kor/base/clock.h"
#include "plot/course_plot.h"
#include "plot/frame.h"
#include "plot/ink.h"

void
kor_plot_words_done(struct kor_plot_words *words)
{
    kor_buf_done(&words->text);
}

/* Adds the paragraph 'buf', and empties it. */
static void
add(struct kor_plot_words *words, const struct kor_plot_frame *frame,
    enum kor_plot_layer layer, unsigned rgb, struct kor_buf *buf)
{
    const struct kor_plot_font *font = layer == KOR_LAYER_TITLE ? &frame->title
                                       : layer == KOR_LAYER_BODY
                                           ? &frame->body
                                           : &frame->small;
    /* Bold letters are wider than those that the font was measured with. */
    bool is_bold = layer == KOR_LAYER_TITLE && font->em > 0;
    double width = (frame->width - 2 * frame->pad) / (is_bold ? 1.2 : 1.0);
    struct kor_plot_line lines[KOR_PLOT_MAX_LINES];
    size_t n = kor_plot_font_wrap(font, kor_buf_text(buf), width, lines);
    for (size_t i = 0; i < n && words->n < KOR_PLOT_MAX_WORDS; i++) {
        words->lines[words->n].at = words->text.size;
        words->lines[words->n].size = lines[i].size;
        words->lines[words->n].layer = layer;
        words->lines[words->n].rgb = rgb;
        words->lines[words->n].font = font;
        words->n++;
        kor_buf_add(&words->text, lines[i].text, lines[i].size);
    }
    kor_buf_clear(buf);
}

/* Adds 'item' to the paragraph 'line' after 'between', on a line of its own if
 * it would have to be broken otherwise; empties 'item'. */
static void
add_item(struct kor_plot_words *words, const struct kor_plot_frame *frame,
         struct kor_buf *line, const char *between, struct kor_buf *item)
{
    const struct kor_plot_font *font = &frame->body;
    double width = kor_plot_font_width(font, kor_buf_text(line), line->size)
                   + kor_plot_font_width(font, between, strlen(between))
                   + kor_plot_font_width(font, kor_buf_text(item), item->size);
    if (line->size > 0 && width > frame->width - 2 * frame->pad) {
        add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, line);
    }
    if (line->size > 0 && item->size > 0) {
        kor_buf_puts(line, between);
    }
    kor_buf_add(line, kor_buf_text(item), item->size);
    kor_buf_clear(item);
}

/* Direction, ends of the scale and rater. */
static void
add_scale(struct kor_plot_words *words, const struct kor_plot_frame *frame)
{
    static const char between[] = "  \xc2\xb7  ";
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf line = {0};
    struct kor_buf item = {0};
    struct kor_buf min = {0};
    struct kor_buf max = {0};
    kor_buf_puts(&item, kor_text(plot->lang,
                                 plot->up_is_better
                                     ? KOR_N_("\xe2\x86\x91 Up is better")
                                     : KOR_N_("\xe2\x86\x93 Down is better")));
    add_item(words, frame, &line, between, &item);
    kor_plot_number(plot->lang, plot->min_points, &min);
    kor_plot_number(plot->lang, plot->max_points, &max);
    kor_buf_printf(&item, kor_text(plot->lang, "%s to %s points"), min.text,
                   max.text);
    add_item(words, frame, &line, between, &item);
    if (plot->rater[0]) {
        kor_buf_printf(&item, kor_text(plot->lang, "answered by: %s"),
                       plot->rater);
        add_item(words, frame, &line, between, &item);
    }
    add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, &line);
    kor_buf_done(&line);
    kor_buf_done(&item);
    kor_buf_done(&min);
    kor_buf_done(&max);
}

void
kor_plot_words_heading(struct kor_plot_words *words,
                       const struct kor_plot_frame *frame)
{
    struct kor_buf line = {0};
    kor_buf_puts(&line, frame->plot->scale);
    add(words, frame, KOR_LAYER_TITLE, KOR_INK_DARK, &line);
    add_scale(words, frame);
    if (frame->plot->theory[0]) {
        kor_buf_printf(&line, kor_text(frame->plot->lang,
                                       "What I think will help: %s"),
                       frame->plot->theory);
        add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, &line);
    }
    kor_buf_done(&line);
}

/* --- below --------------------------------------------------------------- */

static bool
has_event(const struct kor_course_plot *plot, int32_t session)
{
    for (size_t i = 0; i < plot->n_events; i++) {
        if (plot->events[i].session == session) {
            return true;
        }
    }
    return false;
}

static bool
is_said(const struct kor_course_plot *plot, size_t event)
{
    for (size_t i = 0; i < event; i++) {
        if (!strcmp(plot->events[i].text, plot->events[event].text)) {
            return true;
        }
    }
    return false;
}

/* One event with all its sessions: "▲ 5, 9: not attended". */
static void
write_event(const struct kor_course_plot *plot, size_t event,
            struct kor_buf *item)
{
    const char *text = plot->events[event].text;
    kor_buf_printf(item, "\xe2\x96\xb2 %d",
                   (int)plot->events[event].session);
    for (size_t i = event + 1; i < plot->n_events; i++) {
        if (!strcmp(text, plot->events[i].text)) {
            kor_buf_printf(item, ", %d", (int)plot->events[i].session);
        }
    }
    kor_buf_printf(item, ": %s", text);
}

/* Sessions without an answer that no event explains: "○ 4, 7: no answer". */
static void
write_gaps(const struct kor_course_plot *plot, struct kor_buf *item)
{
    for (size_t i = 0; i < plot->n_scores; i++) {
        int32_t session = plot->scores[i].session;
        if (isnan(plot->scores[i].points) && !has_event(plot, session)) {
            kor_buf_printf(item, "%s %d", item->size ? "," : "\xe2\x97\x8b",
                           (int)session);
        }
    }
    if (item->size > 0) {
        kor_buf_printf(item, ": %s", kor_text(plot->lang, "no answer"));
    }
}

/* What the marks below the base line mean. */
static void
add_marks(struct kor_plot_words *words, const struct kor_plot_frame *frame)
{
    static const char between[] = "   ";
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf line = {0};
    struct kor_buf item = {0};
    for (size_t i = 0; i < plot->n_events; i++) {
        if (!is_said(plot, i)) {
            write_event(plot, i, &item);
            add_item(words, frame, &line, between, &item);
        }
    }
    write_gaps(plot, &item);
    add_item(words, frame, &line, between, &item);
    add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, &line);
    kor_buf_done(&line);
    kor_buf_done(&item);
}

static void
add_cutoff(const struct kor_course_plot *plot, struct kor_buf *line)
{
    if (plot->has_cutoff) {
        kor_buf_printf(line, "%s ", plot->cutoff_name[0]
                                        ? plot->cutoff_name
                                        : kor_text(plot->lang, "Cut-off"));
        kor_plot_number(plot->lang, plot->cutoff_points, line);
        if (plot->cutoff_source[0]) {
            kor_buf_printf(line, ": %s", plot->cutoff_source);
        }
        if (plot->cutoff_is_recalled) {
            kor_buf_printf(line, " (%s)",
                           kor_text(plot->lang,
                                    "from memory, to be checked"));
        }
    } else if (plot->cutoff_reason[0]) {
        kor_buf_printf(line, kor_text(plot->lang, "No cut-off: %s"),
                       plot->cutoff_reason);
    }
}

/* Whether the width of the range is more than the model's word. */
static void
add_calibration(const struct kor_course_plot *plot, struct kor_buf *line)
{
    kor_buf_puts(line, "; ");
    if (plot->expected_is_calibrated) {
        kor_buf_printf(line,
                       plot->is_held_elsewhere
                           ? kor_text(plot->lang,
                                      "calibrated on the reference, held %.0f "
                                      "of 100 scores there")
                           : kor_text(plot->lang,
                                      "calibrated, held %.0f of 100 scores"),
                       plot->expected_held);
    } else {
        kor_buf_puts(line, kor_text(plot->lang, "not calibrated"));
    }
}

/* The birth certificate of the expected course, or what stands in for it. */
static void
add_origin(const struct kor_course_plot *plot, struct kor_buf *line)
{
    if (plot->n_expected > 0) {
        char date[KOR_DATE_SIZE];
        kor_buf_printf(line,
                       kor_text(plot->lang,
                                "Shaded: where a score from this start "
                                "was expected to be, going by %d people"),
                       (int)plot->expected_people);
        if (plot->expected_method[0]) {
            kor_buf_printf(line, "; %s", plot->expected_method);
        }
        if (plot->expected_date != KOR_NO_DATE) {
            kor_buf_printf(line, "; %s",
                           kor_date_format(plot->expected_date, date));
        }
        add_calibration(plot, line);
        return;
    }
    if (plot->has_reliable && plot->reliable_source[0]) {
        kor_buf_printf(line, kor_text(plot->lang, "Reliable change: %s"),
                       plot->reliable_source);
    }
    if (plot->expected_reason[0]) {
        kor_buf_puts(line, line->size ? ". " : "");
        kor_buf_printf(line, kor_text(plot->lang, "No expected range: %s"),
                       plot->expected_reason);
    }
}

/* The second opinion. */
static void
add_alike(const struct kor_course_plot *plot, struct kor_buf *line)
{
    if (plot->n_alike > 0) {
        kor_buf_printf(line,
                       kor_text(plot->lang,
                                "Dotted: mean of the %d closed episodes most "
                                "alike so far, among %d; thin lines: where 8 "
                                "of 10 like them would be"),
                       (int)plot->alike_people, (int)plot->alike_among);
    }
}

void
kor_plot_words_footing(struct kor_plot_words *words,
                       const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf line = {0};
    char date[KOR_DATE_SIZE];
    add_marks(words, frame);
    add_cutoff(plot, &line);
    add(words, frame, KOR_LAYER_SMALL, KOR_INK_GREY, &line);
    add_origin(plot, &line);
    add(words, frame, KOR_LAYER_SMALL, KOR_INK_GREY, &line);
    add_alike(plot, &line);
    add(words, frame, KOR_LAYER_SMALL, KOR_INK_GREY, &line);
    kor_buf_printf(&line, kor_text(plot->lang, "%s, drawn %s"), plot->client,
                   kor_date_format(plot->drawn, date));
    add(words, frame, KOR_LAYER_SMALL, KOR_INK_GREY, &line);
    kor_buf_done(&line);
}

double
kor_plot_words_height(const struct kor_plot_words *words)
{
    double height = 0;
    for (size_t i = 0; i < words->n; i++) {
        height += words->lines[i].font->line_height;
    }
    return height;
}

void
kor_plot_words_put(const struct kor_plot_words *words, double x, double y,
                   struct kor_plot_canvas *canvas)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct kor_plot_font *font = words->lines[i].font;
        double middle = font->em > 0 ? y + font->line_height / 2 : y;
        kor_plot_canvas_text(canvas, words->lines[i].layer, x, middle,
                             words->lines[i].rgb,
                             words->text.text + words->lines[i].at,
                             words->lines[i].size);
        y += font->line_height;
    }
}

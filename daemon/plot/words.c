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
    struct kor_plot_line lines[KOR_PLOT_MAX_LINES];
    size_t n = kor_plot_font_wrap(font, kor_buf_text(buf),
                                  frame->width - 2 * frame->pad, lines);
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

void
kor_plot_words_heading(struct kor_plot_words *words,
                       const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf line = {0};
    struct kor_buf min = {0};
    struct kor_buf max = {0};
    kor_buf_puts(&line, plot->scale);
    add(words, frame, KOR_LAYER_TITLE, KOR_INK_DARK, &line);
    kor_plot_number(plot->lang, plot->min_points, &min);
    kor_plot_number(plot->lang, plot->max_points, &max);
    kor_buf_printf(&line, "%s  \xc2\xb7  ",
                   kor_text(plot->lang, plot->up_is_better
                                            ? "\xe2\x86\x91 Up is better"
                                            : "\xe2\x86\x93 Down is better"));
    kor_buf_printf(&line, kor_text(plot->lang, "%s to %s points"), min.text,
                   max.text);
    if (plot->rater[0]) {
        kor_buf_puts(&line, "  \xc2\xb7  ");
        kor_buf_printf(&line, kor_text(plot->lang, "answered by: %s"),
                       plot->rater);
    }
    add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, &line);
    kor_buf_done(&line);
    kor_buf_done(&min);
    kor_buf_done(&max);
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

/* Each event once, with all its sessions: "▲ 5, 9: not attended". */
static void
add_events(const struct kor_course_plot *plot, struct kor_buf *line)
{
    for (size_t i = 0; i < plot->n_events; i++) {
        if (is_said(plot, i)) {
            continue;
        }
        kor_buf_printf(line, "%s\xe2\x96\xb2 %d", line->size ? "   " : "",
                       (int)plot->events[i].session);
        for (size_t k = i + 1; k < plot->n_events; k++) {
            if (!strcmp(plot->events[i].text, plot->events[k].text)) {
                kor_buf_printf(line, ", %d", (int)plot->events[k].session);
            }
        }
        kor_buf_printf(line, ": %s", plot->events[i].text);
    }
}

/* Sessions without an answer that no event explains: "○ 4, 7: no answer". */
static void
add_gaps(const struct kor_course_plot *plot, struct kor_buf *line)
{
    bool is_begun = false;
    for (size_t i = 0; i < plot->n_scores; i++) {
        int32_t session = plot->scores[i].session;
        if (!isnan(plot->scores[i].points) || has_event(plot, session)) {
            continue;
        }
        if (is_begun) {
            kor_buf_puts(line, ", ");
        } else {
            kor_buf_printf(line, "%s\xe2\x97\x8b ", line->size ? "   " : "");
        }
        kor_buf_printf(line, "%d", (int)session);
        is_begun = true;
    }
    if (is_begun) {
        kor_buf_printf(line, ": %s", kor_text(plot->lang, "no answer"));
    }
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

/* The birth certificate of the expected course, or what stands in for it. */
static void
add_origin(const struct kor_course_plot *plot, struct kor_buf *line)
{
    if (plot->n_expected > 0) {
        char date[KOR_DATE_SIZE];
        kor_buf_printf(line,
                       kor_text(plot->lang,
                                "Shaded: where most people with the same "
                                "start score were (n = %d)"),
                       (int)plot->expected_people);
        if (plot->expected_method[0]) {
            kor_buf_printf(line, "; %s", plot->expected_method);
        }
        if (plot->expected_date != KOR_NO_DATE) {
            kor_buf_printf(line, "; %s",
                           kor_date_format(plot->expected_date, date));
        }
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

void
kor_plot_words_footing(struct kor_plot_words *words,
                       const struct kor_plot_frame *frame)
{
    const struct kor_course_plot *plot = frame->plot;
    struct kor_buf line = {0};
    char date[KOR_DATE_SIZE];
    add_events(plot, &line);
    add_gaps(plot, &line);
    add(words, frame, KOR_LAYER_BODY, KOR_INK_DARK, &line);
    add_cutoff(plot, &line);
    add(words, frame, KOR_LAYER_SMALL, KOR_INK_GREY, &line);
    add_origin(plot, &line);
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

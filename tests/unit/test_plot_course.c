/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plot: the data of the graph and its layout, without drawing. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "plot/axis.h"
#include "plot/canvas.h"
#include "plot/font.h"
#include "plot/layout.h"
#include "support/course_plot.h"

static void
check_names(struct kor_course_plot *plot, const char *field)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_course_plot_check(plot, &err);
    assert_int_equal(code, field ? KOR_BAD_VALUE : KOR_OK);
    assert_string_equal(err.field, field ? field : "");
    free(plot);
}

static void
a_graph_within_its_limits_passes(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_NB);
    course_plot_add_band(plot);
    course_plot_add_alliance(plot);
    course_plot_add_alike(plot);
    check_names(plot, NULL);
    plot = course_plot_new(KOR_SV);
    course_plot_add_reliable(plot);
    check_names(plot, NULL);
    plot = course_plot_new(KOR_EN);
    plot->n_scores = plot->n_events = 0;
    plot->start_points = NAN;
    check_names(plot, NULL);
}

static void
a_broken_limit_is_named(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    plot->scores[3].session = plot->scores[2].session;
    check_names(plot, "scores");
    plot = course_plot_new(KOR_EN);
    plot->scores[3].points = 40.5;
    check_names(plot, "scores");
    plot = course_plot_new(KOR_EN);
    plot->n_scores = KOR_PLOT_MAX_SESSIONS + 1;
    check_names(plot, "scores");
    plot = course_plot_new(KOR_EN);
    plot->max_points = NAN;
    check_names(plot, "scale");
    plot = course_plot_new(KOR_EN);
    plot->cutoff_points = 41;
    check_names(plot, "cutoff");
    plot = course_plot_new(KOR_EN);
    plot->start_points = -1;
    check_names(plot, "start");
    plot = course_plot_new(KOR_EN);
    plot->events[1].session = 3;
    check_names(plot, "events");
    plot = course_plot_new(KOR_EN);
    plot->n_alliance = 1;
    check_names(plot, "alliance");
}

static void
an_expected_range_stands_alone_in_order_and_with_people(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    course_plot_add_reliable(plot);
    check_names(plot, "reliable");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    plot->expected_people = 0;
    check_names(plot, "expected");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    plot->expected[5].low68 = NAN;
    check_names(plot, "expected");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    plot->expected[5].low80 = plot->expected[5].high80 + 1;
    check_names(plot, "expected");
}

static void
the_most_alike_stand_beside_an_expected_range_alone(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    course_plot_add_alike(plot);
    plot->n_expected = 0;
    check_names(plot, "alike");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    course_plot_add_alike(plot);
    plot->alike_among = 19;
    check_names(plot, "alike");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    course_plot_add_alike(plot);
    plot->alike[3].low = NAN;
    check_names(plot, "alike");
    plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    course_plot_add_alike(plot);
    plot->alike[4].session = 4;
    check_names(plot, "alike");
}

static void
numbers_are_written_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        enum kor_lang lang;
        double points;
        const char *text;
    } rows[] = {
        {KOR_EN, 25, "25"},     {KOR_EN, 15.5, "15.5"},
        {KOR_NB, 15.5, "15,5"}, {KOR_SV, 1.25, "1,3"},
        {KOR_EN, -0.01, "0"},   {KOR_EN, -3, "-3"},
        {KOR_EN, 9.96, "10"},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_buf buf = {0};
        kor_plot_number(rows[i].lang, rows[i].points, &buf);
        assert_string_equal(kor_buf_text(&buf), rows[i].text);
        kor_buf_done(&buf);
    }
}

static void
describes_as(struct kor_course_plot *plot, const char *text)
{
    struct kor_buf buf = {0};
    kor_course_plot_describe(plot, &buf);
    assert_string_equal(kor_buf_text(&buf), text);
    kor_buf_done(&buf);
    free(plot);
}

static void
the_picture_is_told_in_words(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    plot->n_scores = 4;
    plot->n_events = 1;
    course_plot_add_reliable(plot);
    plot->reliable_high = 41;
    describes_as(plot, "Outcome check, 3 sessions, from 14 to 13. Up is "
                       "better. Cut-off 25. Start score 14. Reliable change "
                       "from 9 down. Scores by session: 1: 14; 2: 15.5; 3: "
                       "13; 4: no answer. Session 4: not attended.");
    plot = course_plot_new(KOR_NB);
    plot->n_scores = 1;
    plot->n_events = 0;
    plot->up_is_better = false;
    plot->has_cutoff = false;
    describes_as(plot, "Outcome check, 1 time, skår 14. Ned er bedre. "
                       "Startskår 14. Skår for hver time: 1: 14.");
    plot = course_plot_new(KOR_SV);
    plot->n_scores = plot->n_events = 0;
    plot->start_points = NAN;
    describes_as(plot, "Outcome check, inga poäng ännu. Uppåt är bättre. "
                       "Gränsvärde 25.");
}

/* --- layout -------------------------------------------------------------- */

static struct kor_plot_canvas
laid_out(struct kor_course_plot *plot, double width, double height)
{
    struct kor_plot_canvas canvas = {0};
    kor_plot_layout(plot, false, width, height, &canvas);
    free(plot);
    return canvas;
}

/* Counts the points of each line of 'layer', up to 'max' lines. */
static size_t
count_segments(const struct kor_buf *layer, size_t points[], size_t max)
{
    size_t n = 0;
    const char *line = kor_buf_text(layer);
    while (*line) {
        size_t in_line = 0;
        while (*line && *line != '\n') {
            in_line++;
            line = strchr(line, '\n') + 1;
        }
        if (n < max) {
            points[n] = in_line;
        }
        n++;
        line += *line == '\n';
    }
    return n;
}

static void
no_line_crosses_a_missing_score(void **state)
{
    (void)state;
    struct kor_plot_canvas canvas
        = laid_out(course_plot_new(KOR_EN), 794, 559);
    size_t points[8] = {0};
    assert_int_equal(count_segments(&canvas.layers[KOR_LAYER_OWN], points, 8),
                     3);
    assert_int_equal(points[0], 3); /* Sessions 1 to 3. */
    assert_int_equal(points[1], 3); /* Sessions 5 to 7. */
    assert_int_equal(points[2], 4); /* Sessions 9 to 12. */
    /* Session 4 is explained by its event, session 8 is not. */
    assert_int_equal(count_segments(&canvas.layers[KOR_LAYER_GAP], points, 8),
                     1);
    assert_int_equal(points[0], 1);
    assert_int_equal(
        count_segments(&canvas.layers[KOR_LAYER_EVENT], points, 8), 1);
    assert_int_equal(points[0], 2);
    /* Below the base line, where it is no score of nought. */
    double x;
    double base;
    double y;
    assert_int_equal(sscanf(kor_buf_text(&canvas.layers[KOR_LAYER_AXIS]),
                            "%lf\t%lf", &x, &base),
                     2);
    assert_int_equal(sscanf(kor_buf_text(&canvas.layers[KOR_LAYER_GAP]),
                            "%lf\t%lf", &x, &y),
                     2);
    assert_true(y > base);
    kor_plot_canvas_done(&canvas);
}

static bool
says(const struct kor_plot_canvas *canvas, const char *words)
{
    for (size_t i = 0; i < KOR_N_LAYERS; i++) {
        if (strstr(kor_buf_text(&canvas->layers[i]), words)) {
            return true;
        }
    }
    return false;
}

static void
labels_come_in_three_languages(void **state)
{
    (void)state;
    static const char *const words[KOR_N_LANGS][6] = {
        {"Up is better", "start score 14", "cut-off 25", "session",
         "8: no answer", "7 Jan"},
        {"Opp er bedre", "startskår 14", "grenseverdi 25", "time",
         "8: ikke svart", "7. jan."},
        {"Uppåt är bättre", "startvärde 14", "gränsvärde 25", "samtal",
         "8: inget svar", "7 jan."},
    };
    for (int lang = 0; lang < KOR_N_LANGS; lang++) {
        struct kor_plot_canvas canvas
            = laid_out(course_plot_new((enum kor_lang)lang), 794, 559);
        for (size_t i = 0; i < KOR_LENGTH(words[lang]); i++) {
            assert_true(says(&canvas, words[lang][i]));
        }
        assert_true(says(&canvas, "K7M4-Q2XA"));
        assert_true(says(&canvas, "2026-03-26"));
        assert_true(says(&canvas, "not attended"));
        kor_plot_canvas_done(&canvas);
    }
}

static void
what_is_not_given_is_not_drawn(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    plot->has_cutoff = false;
    snprintf(plot->cutoff_reason, sizeof plot->cutoff_reason, "none known");
    course_plot_add_reliable(plot);
    plot->reliable_high = 40.5; /* Past the end of the scale. */
    struct kor_plot_canvas canvas = laid_out(plot, 794, 559);
    size_t points[4] = {0};
    assert_int_equal(canvas.layers[KOR_LAYER_CUTOFF].size, 0);
    assert_int_equal(canvas.layers[KOR_LAYER_BAND80].size, 0);
    assert_int_equal(canvas.layers[KOR_LAYER_EXPECTED].size, 0);
    assert_int_equal(canvas.layers[KOR_LAYER_ALLIANCE].size, 0);
    assert_int_equal(
        count_segments(&canvas.layers[KOR_LAYER_RELIABLE], points, 4), 1);
    assert_true(says(&canvas, "No cut-off: none known"));
    assert_true(says(&canvas, "No expected range: fewer than 50"));
    assert_false(says(&canvas, "reliable change 40"));
    kor_plot_canvas_done(&canvas);
}

static void
the_band_says_who_is_behind_it_and_stays_on_the_scale(void **state)
{
    (void)state;
    struct kor_course_plot *plot = course_plot_new(KOR_EN);
    course_plot_add_band(plot);
    plot->expected[11].high80 = 55;
    struct kor_plot_canvas canvas = laid_out(plot, 794, 559);
    assert_true(says(&canvas, "going by 79 people"));
    assert_true(says(&canvas, "mixed model; not calibrated"));
    double top = INFINITY;
    double x;
    double y;
    const char *line = kor_buf_text(&canvas.layers[KOR_LAYER_GRID]);
    while (sscanf(line, "%lf\t%lf", &x, &y) == 2) {
        top = fmin(top, y); /* The line of 40 points. */
        line = strchr(line, '\n') + 1;
    }
    line = kor_buf_text(&canvas.layers[KOR_LAYER_BAND80]);
    for (; *line; line = strchr(line, '\n') + 1) {
        assert_int_equal(sscanf(line, "%lf\t%lf", &x, &y), 2);
        assert_true(y >= top);
    }
    assert_near(top, y, 1e-9, 0);
    kor_plot_canvas_done(&canvas);
}

static void
a_calibrated_range_says_how_many_scores_it_held(void **state)
{
    (void)state;
    static const char *const words[KOR_N_LANGS][2]
        = {{"calibrated, held 79 of 100 scores",
            "calibrated on the reference, held 79 of 100 scores there"},
           {"kalibrert, omfattet 79 av 100 skårer",
            "kalibrert på referansen, omfattet 79 av 100 skårer der"},
           {"kalibrerat, omfattade 79 av 100 poäng",
            "kalibrerat på referensen, omfattade 79 av 100 poäng där"}};
    for (int i = 0; i < 2 * KOR_N_LANGS; i++) {
        enum kor_lang lang = (enum kor_lang)(i / 2);
        struct kor_course_plot *plot = course_plot_new(lang);
        course_plot_add_band(plot);
        plot->expected_is_calibrated = true;
        plot->is_held_elsewhere = i % 2;
        plot->expected_held = 79.4;
        struct kor_plot_canvas canvas = laid_out(plot, 1200, 559);
        assert_true(says(&canvas, words[lang][i % 2]));
        kor_plot_canvas_done(&canvas);
    }
}

static void
the_most_alike_have_a_name_a_number_and_a_note(void **state)
{
    (void)state;
    static const char *const words[KOR_N_LANGS][2]
        = {{"the 20 most alike", "among 79"},
           {"de 20 likeste", "blant 79"},
           {"de 20 mest lika", "bland 79"}};
    for (int lang = 0; lang < KOR_N_LANGS; lang++) {
        struct kor_course_plot *plot = course_plot_new((enum kor_lang)lang);
        course_plot_add_band(plot);
        course_plot_add_alike(plot);
        struct kor_plot_canvas canvas = laid_out(plot, 1200, 559);
        size_t points[4] = {0};
        assert_true(says(&canvas, words[lang][0]));
        assert_true(says(&canvas, words[lang][1]));
        assert_int_equal(
            count_segments(&canvas.layers[KOR_LAYER_ALIKE], points, 4), 1);
        assert_int_equal(points[0], 12);
        assert_int_equal(
            count_segments(&canvas.layers[KOR_LAYER_ALIKE_ENDS], points, 4),
            2);
        kor_plot_canvas_done(&canvas);
    }
}

static void
steps_of_a_scale_are_round(void **state)
{
    (void)state;
    assert_near(10, kor_plot_axis_step(40, 6), 0, 1e-12);
    assert_near(5, kor_plot_axis_step(27, 6), 0, 1e-12);
    assert_near(0.2, kor_plot_axis_step(1, 6), 0, 1e-12);
    assert_near(10, kor_plot_axis_step(40, 4), 0, 1e-12);
    assert_near(50, kor_plot_axis_step(210, 5), 0, 1e-12);
}

/* --- words and their room ------------------------------------------------ */

struct box {
    double left, right, top, bottom;
};

static const struct {
    enum kor_plot_layer layer;
    double anchor; /* Part of the width that is left of x. */
} word_layers[] = {
    {KOR_LAYER_TITLE, 0},        {KOR_LAYER_BODY, 0},
    {KOR_LAYER_SMALL, 0},        {KOR_LAYER_CENTRE, 0.5},
    {KOR_LAYER_SMALL_CENTRE, 0.5}, {KOR_LAYER_RIGHT, 1},
};

static double
em_of(const struct kor_plot_canvas *canvas, enum kor_plot_layer layer)
{
    return layer == KOR_LAYER_TITLE ? canvas->title_em
           : layer == KOR_LAYER_SMALL || layer == KOR_LAYER_SMALL_CENTRE
               ? canvas->small_em
               : canvas->body_em;
}

static size_t
boxes_of(const struct kor_plot_canvas *canvas, struct box boxes[], size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < KOR_LENGTH(word_layers); i++) {
        enum kor_plot_layer layer = word_layers[i].layer;
        struct kor_plot_font font = {em_of(canvas, layer), 0};
        const char *line = kor_buf_text(&canvas->layers[layer]);
        for (; *line; line = strchr(line, '\n') + 1) {
            double x;
            double y;
            int at = 0;
            assert_int_equal(sscanf(line, "%lf\t%lf%n", &x, &y, &at), 2);
            const char *text = line + at + 1;
            double width
                = kor_plot_font_width(&font, text, strcspn(text, "\t"));
            assert_true(n < max);
            boxes[n++] = (struct box){x - width * word_layers[i].anchor,
                                      x + width * (1 - word_layers[i].anchor),
                                      y - font.em / 2, y + font.em / 2};
        }
    }
    return n;
}

static void
check_boxes(struct kor_course_plot *plot, double width, double height)
{
    static struct box boxes[512];
    struct kor_plot_canvas canvas = laid_out(plot, width, height);
    size_t n = boxes_of(&canvas, boxes, 512);
    assert_true(n > 10);
    assert_true(canvas.height >= height);
    for (size_t i = 0; i < n; i++) {
        assert_true(boxes[i].left >= 0 && boxes[i].right <= width);
        assert_true(boxes[i].top >= 0 && boxes[i].bottom <= canvas.height);
        for (size_t k = 0; k < i; k++) {
            assert_false(boxes[i].left < boxes[k].right
                         && boxes[k].left < boxes[i].right
                         && boxes[i].top < boxes[k].bottom
                         && boxes[k].top < boxes[i].bottom);
        }
    }
    kor_plot_canvas_done(&canvas);
}

/* A graph of 'sessions' with everything on it that goes together. */
static struct kor_course_plot *
full_plot(enum kor_lang lang, int sessions, bool has_band)
{
    struct kor_course_plot *plot = course_plot_new(lang);
    for (int i = (int)plot->n_scores; i < sessions; i++) {
        plot->scores[i] = plot->scores[i - 1];
        plot->scores[i].session++;
        plot->scores[i].date += 7;
    }
    plot->n_scores = (size_t)sessions;
    if (has_band) {
        course_plot_add_band(plot);
        course_plot_add_alike(plot);
    } else {
        course_plot_add_reliable(plot);
        plot->reliable_low = 13;
        plot->reliable_high = 15;
        plot->cutoff_points = 14.5;
    }
    course_plot_add_alliance(plot);
    return plot;
}

static void
no_two_words_lie_on_each_other(void **state)
{
    (void)state;
    static const double widths[] = {360, 480, 794, 1200};
    static const int sessions[] = {1, 3, 12, 40, 200};
    for (size_t w = 0; w < KOR_LENGTH(widths); w++) {
        for (size_t s = 0; s < KOR_LENGTH(sessions); s++) {
            for (int lang = 0; lang < KOR_N_LANGS; lang++) {
                for (int band = 0; band < 2; band++) {
                    check_boxes(full_plot((enum kor_lang)lang, sessions[s],
                                          band),
                                widths[w], 320 + 100 * (double)w);
                }
            }
        }
    }
}

static void
long_words_make_the_picture_taller_and_none_is_lost(void **state)
{
    (void)state;
    struct kor_course_plot *plot = full_plot(KOR_EN, 12, true);
    memset(plot->scale, 'W', sizeof plot->scale - 1);
    memset(plot->cutoff_source, 'm', sizeof plot->cutoff_source - 1);
    snprintf(plot->cutoff_name, sizeof plot->cutoff_name,
             "the cut-off for adolescents who answer by themselves");
    snprintf(plot->expected_method, sizeof plot->expected_method,
             "one phrase that goes on and on and on and on and on and on and "
             "on and on and on and on and on until it ends with marmalade");
    struct kor_plot_canvas canvas = {0};
    kor_plot_layout(plot, false, 360, 320, &canvas);
    assert_true(canvas.height > 400);
    assert_true(says(&canvas, "marmalade"));
    assert_true(says(&canvas, "adolescents"));
    kor_plot_canvas_done(&canvas);
    check_boxes(plot, 360, 320);
}

static void
text_is_wrapped_at_spaces_or_inside_a_long_word(void **state)
{
    (void)state;
    struct kor_plot_font cells = {0, 1};
    struct kor_plot_line lines[KOR_PLOT_MAX_LINES];
    assert_int_equal(
        kor_plot_font_wrap(&cells, "to be sm\xc3\xb8r", 5, lines), 2);
    assert_int_equal(lines[0].size, 5);
    assert_int_equal(lines[1].size, 5);
    assert_int_equal(kor_plot_font_wrap(&cells, "abcdefgh", 3, lines), 3);
    assert_int_equal(lines[2].size, 2);
    assert_int_equal(kor_plot_font_wrap(&cells, "", 3, lines), 0);
    assert_int_equal(kor_plot_font_wrap(&cells, "ab", 0, lines), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_graph_within_its_limits_passes),
        cmocka_unit_test(a_broken_limit_is_named),
        cmocka_unit_test(
            an_expected_range_stands_alone_in_order_and_with_people),
        cmocka_unit_test(the_most_alike_stand_beside_an_expected_range_alone),
        cmocka_unit_test(numbers_are_written_as_people_write_them),
        cmocka_unit_test(the_picture_is_told_in_words),
        cmocka_unit_test(no_line_crosses_a_missing_score),
        cmocka_unit_test(labels_come_in_three_languages),
        cmocka_unit_test(what_is_not_given_is_not_drawn),
        cmocka_unit_test(
            the_band_says_who_is_behind_it_and_stays_on_the_scale),
        cmocka_unit_test(a_calibrated_range_says_how_many_scores_it_held),
        cmocka_unit_test(the_most_alike_have_a_name_a_number_and_a_note),
        cmocka_unit_test(steps_of_a_scale_are_round),
        cmocka_unit_test(no_two_words_lie_on_each_other),
        cmocka_unit_test(long_words_make_the_picture_taller_and_none_is_lost),
        cmocka_unit_test(text_is_wrapped_at_spaces_or_inside_a_long_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

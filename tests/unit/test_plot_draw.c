/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plot: pictures drawn by gnuplot, and words that try to be more. */

#include "support/near.h"

#include <math.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kor/base/buf.h"
#include "kor/base/embedded.h"
#include "kor/base/err.h"
#include "kor/base/utf8.h"
#include "plot/canvas.h"
#include "plot/draw.h"
#include "plot/folder.h"
#include "plot/layout.h"
#include "plot/runner.h"
#include "plot/svg.h"
#include "support/course_plot.h"

extern const struct kor_embedded kor_plot_scripts[];

static struct kor_plot_runner *
new_runner(void)
{
    struct kor_plot_limits limits = kor_plot_limits_default("/tmp");
    struct kor_plot_runner *runner = NULL;
    assert_int_equal(kor_plot_runner_new(&limits, &runner, NULL), KOR_OK);
    return runner;
}

/* Draws 'plot' and frees it. */
static struct kor_buf
drawn(struct kor_course_plot *plot, enum kor_plot_format format, int width,
      int height)
{
    struct kor_plot_runner *runner = new_runner();
    struct kor_buf out = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_plot_draw(runner, plot, format, width, height, &out, &err)) {
        print_message("%s\n", err.text);
    }
    assert_int_equal(err.code, KOR_OK);
    kor_plot_runner_free(runner);
    free(plot);
    return out;
}

static struct kor_course_plot *
full_plot(enum kor_lang lang)
{
    struct kor_course_plot *plot = course_plot_new(lang);
    course_plot_add_band(plot);
    course_plot_add_alike(plot);
    course_plot_add_alliance(plot);
    return plot;
}

/* --- what a picture is --------------------------------------------------- */

/* Fails unless the tags of 'xml' open and close as they should, and no '<' or
 * '&' stands by itself. */
static void
assert_well_formed(const char *xml)
{
    char open_tags[32][16];
    size_t n = 0;
    for (const char *c = strchr(xml + 2, '<'); c; c = strchr(c, '<')) {
        const char *end = strchr(c, '>');
        assert_non_null(end);
        assert_ptr_equal(strpbrk(c + 1, "<>"), end);
        char name[16];
        size_t size = strcspn(c + 1, " \t\n>/");
        if (c[1] == '/') {
            assert_int_equal(sscanf(c + 2, "%15[a-zA-Z]", name), 1);
            assert_true(n > 0);
            assert_string_equal(open_tags[--n], name);
        } else if (end[-1] != '/') {
            assert_true(size < sizeof name && n < KOR_LENGTH(open_tags));
            memcpy(open_tags[n], c + 1, size);
            open_tags[n++][size] = '\0';
        }
        c = end;
    }
    assert_int_equal(n, 0);
    assert_true(kor_utf8_valid(xml, strlen(xml)));
    for (const char *c = xml; (c = strchr(c, '&')); c++) {
        assert_true(!strncmp(c, "&amp;", 5) || !strncmp(c, "&lt;", 4)
                    || !strncmp(c, "&gt;", 4));
    }
    for (const char *c = xml; *c; c++) {
        assert_true((unsigned char)*c >= 0x20 || strchr("\t\n\r", *c));
    }
}

static void
an_svg_has_a_title_and_opens_under_a_strict_policy(void **state)
{
    (void)state;
    struct kor_buf svg = drawn(full_plot(KOR_EN), KOR_PLOT_SVG, 0, 0);
    const char *text = kor_buf_text(&svg);
    assert_well_formed(text);
    assert_non_null(strstr(text, "<svg role=\"img\" "
                                 "aria-labelledby=\"kor-title kor-desc\""));
    assert_non_null(strstr(text, "<title id=\"kor-title\">Outcome check, "
                                 "K7M4-Q2XA</title>"));
    assert_non_null(strstr(text, "<desc id=\"kor-desc\">Outcome check, 10 "
                                 "sessions, from 14 to 27."));
    assert_non_null(strstr(text, "width=\"794\" height=\"559\""));
    static const char *const forbidden[] = {
        "style", "<script", "onload", "onclick", "onmouse", "@import", "url(",
        "href='http", "href=\"", "src=", "<image", "<foreignObject", "GNUPLOT",
        ".tsv", ":Bold"};
    for (size_t i = 0; i < KOR_LENGTH(forbidden); i++) {
        assert_null(strstr(text, forbidden[i]));
    }
    assert_non_null(strstr(text, "font-weight=\"bold\""));
    kor_buf_done(&svg);
}

/* How often 'what' stands in 'text'. */
static size_t
count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text++) {
        n++;
    }
    return n;
}

static void
an_svg_shows_what_it_was_given(void **state)
{
    (void)state;
    struct kor_buf svg = drawn(full_plot(KOR_NB), KOR_PLOT_SVG, 0, 0);
    const char *text = kor_buf_text(&svg);
    static const char *const words[] = {
        ">startsk\xc3\xa5r 14<", ">grenseverdi 25<", ">Alliance check<",
        ">27<", ">time<", ">7. jan.<", ">2026<",
        ">K7M4-Q2XA, tegnet 2026-03-26<"};
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        assert_int_equal(count(text, words[i]), 1);
    }
    /* Ten own scores and one gap are drawn as discs; gnuplot uses the disc
     * once more to define its outline. */
    assert_int_equal(count(text, "xlink:href='#gpPt6'"), 11);
    kor_buf_done(&svg);
}

static void
two_runs_give_the_same_bytes(void **state)
{
    (void)state;
    static const enum kor_plot_format formats[]
        = {KOR_PLOT_SVG, KOR_PLOT_PNG, KOR_PLOT_TEXT};
    for (size_t i = 0; i < KOR_LENGTH(formats); i++) {
        struct kor_buf a = drawn(full_plot(KOR_SV), formats[i], 0, 0);
        struct kor_buf b = drawn(full_plot(KOR_SV), formats[i], 0, 0);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.text, b.text, a.size);
        kor_buf_done(&a);
        kor_buf_done(&b);
    }
}

static void *
draw_in_thread(void *argument)
{
    struct kor_plot_runner *runner = argument;
    struct kor_course_plot *plot = full_plot(KOR_EN);
    struct kor_buf *out = calloc(1, sizeof *out);
    if (out
        && kor_plot_draw(runner, plot, KOR_PLOT_SVG, 0, 0, out, NULL)) {
        kor_buf_clear(out);
    }
    free(plot);
    return out;
}

static void
threads_may_share_a_runner(void **state)
{
    (void)state;
    struct kor_plot_runner *runner = new_runner();
    struct kor_buf one = drawn(full_plot(KOR_EN), KOR_PLOT_SVG, 0, 0);
    pthread_t threads[4];
    for (size_t i = 0; i < KOR_LENGTH(threads); i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, draw_in_thread, runner), 0);
    }
    for (size_t i = 0; i < KOR_LENGTH(threads); i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        struct kor_buf *out = result;
        assert_non_null(out);
        assert_string_equal(kor_buf_text(out), kor_buf_text(&one));
        kor_buf_done(out);
        free(out);
    }
    kor_buf_done(&one);
    kor_plot_runner_free(runner);
}

static void
paper_and_pixels_have_the_size_asked_for(void **state)
{
    (void)state;
    struct kor_buf pdf = drawn(full_plot(KOR_EN), KOR_PLOT_PDF, 0, 0);
    assert_memory_equal(pdf.text, "%PDF-1.", 7);
    assert_true(pdf.size > 4000);
    kor_buf_done(&pdf);
    struct kor_buf png = drawn(full_plot(KOR_EN), KOR_PLOT_PNG, 400, 640);
    assert_true(png.size > 4000);
    assert_memory_equal(png.text, "\x89PNG\r\n\x1a\n", 8);
    /* Width and height stand in the first chunk. */
    assert_memory_equal(png.text + 16, "\0\0\x01\x90\0\0\x02\x80", 8);
    kor_buf_done(&png);
}

static void
a_terminal_shows_it_in_characters(void **state)
{
    (void)state;
    struct kor_buf text = drawn(full_plot(KOR_SV), KOR_PLOT_TEXT, 72, 30);
    const char *line = kor_buf_text(&text);
    assert_true(kor_utf8_valid(line, text.size));
    assert_null(strpbrk(line, "\x1b\f"));
    assert_null(strstr(line, " \n"));
    static const char *const words[]
        = {"Outcome check", "\xe2\x86\x91 Upp\xc3\xa5t",
           "startv\xc3\xa4rde 14", "samtal", "8: inget svar",
           "\xe2\x97\x8f" /* score */, "\xe2\x96\xb2" /* event */,
           "\xe2\x97\x8b" /* gap */, "\xe2\x96\x91" /* band */,
           "\xe2\x95\x90" /* cut-off */, "\xe2\x96\xa0" /* alliance */};
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        assert_non_null(strstr(line, words[i]));
    }
    while (*line) {
        char row[512];
        size_t size = strcspn(line, "\n");
        assert_true(size < sizeof row);
        snprintf(row, sizeof row, "%.*s", (int)size, line);
        assert_true(kor_utf8_columns(row) <= 72);
        line += size + (line[size] == '\n');
    }
    kor_buf_done(&text);
}

static void
a_size_outside_its_limits_is_refused(void **state)
{
    (void)state;
    struct kor_plot_runner *runner = new_runner();
    struct kor_course_plot *plot = full_plot(KOR_EN);
    struct kor_buf out = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_plot_draw(runner, plot, KOR_PLOT_SVG, 359, 0, &out,
                                   &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "width");
    assert_int_equal(kor_plot_draw(runner, plot, KOR_PLOT_PNG, 0, 4001, &out,
                                   &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "height");
    assert_int_equal(kor_plot_draw(runner, plot, KOR_PLOT_TEXT, 59, 0, &out,
                                   &err),
                     KOR_BAD_VALUE);
    plot->max_points = -1;
    assert_int_equal(kor_plot_draw(runner, plot, KOR_PLOT_SVG, 0, 0, &out,
                                   &err),
                     KOR_BAD_VALUE);
    assert_int_equal(out.size, 0);
    free(plot);
    kor_plot_runner_free(runner);
    enum kor_plot_format format;
    assert_true(kor_plot_format_from("pdf", &format));
    assert_int_equal(format, KOR_PLOT_PDF);
    assert_false(kor_plot_format_from("gif", &format));
}

/* --- words that try to be more ------------------------------------------- */

static const char *const hostile[] = {
    "`touch canary`", "$(touch canary)", "\"; system('touch canary'); \"",
    "' ; !touch canary #", "\n!touch canary\n", "EOD\n!touch canary",
    "< touch canary", "| touch canary", "@touch", "{/:Bold fat} x_1^2",
    "%s%n%d", "a\tb\tc", "\\n\\\"\\t\\", "<script>x()</script>", "a & b &amp;",
    "</title></svg>", "]]> <!-- ", "\x01\x1b[31m\x7f\xc2\x85", "\xff\xfe\xc3",
    "\xef\xbf\xbe\xef\xbf\xbf", "# comment", "NaN", "?", "",
    "style=\"x\" onload=\"y\"", ":Bold\"",
};

/* A graph with 'words' wherever there can be words. */
static struct kor_course_plot *
hostile_plot(const char *words)
{
    struct kor_course_plot *plot = full_plot(KOR_EN);
#define PUT(member) snprintf(plot->member, sizeof plot->member, "%s", words)
    PUT(client);
    PUT(rater);
    PUT(theory);
    snprintf(plot->scale, sizeof plot->scale, "x%s", words);
    PUT(cutoff_name);
    PUT(cutoff_source);
    PUT(cutoff_reason);
    PUT(reliable_source);
    PUT(expected_method);
    PUT(expected_reason);
    PUT(alliance_scale);
    PUT(events[0].text);
    PUT(events[1].text);
#undef PUT
    return plot;
}

static void
hostile_words_come_out_as_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(hostile); i++) {
        struct kor_buf svg
            = drawn(hostile_plot(hostile[i]), KOR_PLOT_SVG, 0, 0);
        assert_well_formed(kor_buf_text(&svg));
        assert_null(strstr(kor_buf_text(&svg), "<script"));
        assert_int_equal(count(kor_buf_text(&svg), "</svg>"), 1);
        kor_buf_done(&svg);
    }
    static const char *const pairs[][2] = {
        {"`touch canary`", ">x`touch canary`<"},
        {"{/:Bold fat} x_1^2", ">x{/:Bold fat} x_1^2<"},
        {"$(touch canary)", ">x$(touch canary)<"},
        {"a\nb\tc\"d\\n", ">xa?b?c\xe2\x80\x9d" "d\xe2\x88\x96n<"},
        {"a & b <c>", ">xa &amp; b &lt;c>"},
        {"a]]>b", ">xa]]&gt;b<"},
        {"\xf0\x9f\x8c\xb1 and \xe4\xb8\xad", ">x? and ?<"},
        {"\xd8\xb9\xc3\xb8\xe2\x86\x91", ">x\xd8\xb9\xc3\xb8\xe2\x86\x91<"},
    };
    for (size_t i = 0; i < KOR_LENGTH(pairs); i++) {
        struct kor_buf svg
            = drawn(hostile_plot(pairs[i][0]), KOR_PLOT_SVG, 0, 0);
        assert_non_null(strstr(kor_buf_text(&svg), pairs[i][1]));
        kor_buf_done(&svg);
    }
}

/* Adds the scripts called 'names', one after the other. */
static struct kor_buf
script_of(const char *const names[3])
{
    struct kor_buf script = {0};
    for (size_t i = 0; i < 3 && names[i]; i++) {
        const struct kor_embedded *row = kor_plot_scripts;
        while (row->name && strcmp(row->name, names[i])) {
            row++;
        }
        assert_non_null(row->name);
        kor_buf_puts(&script, row->text);
    }
    return script;
}

/* Runs gnuplot as anybody would, without the sandbox, on 'plot'; fails if a
 * file "canary" was made. */
static void
run_in_the_open(const struct kor_course_plot *plot,
                const char *const names[3])
{
    struct kor_plot_folder folder;
    struct kor_plot_canvas canvas = {0};
    struct kor_plot_file files[KOR_PLOT_N_FILES];
    struct kor_buf script = script_of(names);
    assert_int_equal(kor_plot_folder_init(&folder, "/tmp", NULL), KOR_OK);
    kor_plot_layout(plot, !strcmp(names[1], "text"), 80, 400, &canvas);
    kor_plot_canvas_files(&canvas, files);
    for (size_t i = 0; i < KOR_PLOT_N_FILES; i++) {
        assert_int_equal(kor_plot_folder_write(&folder, files[i].name,
                                               kor_buf_text(files[i].text),
                                               files[i].text->size, NULL),
                         KOR_OK);
    }
    assert_int_equal(kor_plot_folder_write(&folder, "script", script.text,
                                           script.size, NULL),
                     KOR_OK);
    char command[] = "cd \"$0\" && exec gnuplot -d <script >out 2>messages";
    char shell[] = "sh";
    char option[] = "-c";
    char *argv[] = {shell, option, command, folder.path, NULL};
    pid_t child;
    int status = 0;
    assert_int_equal(posix_spawn(&child, "/bin/sh", NULL, NULL, argv, environ),
                     0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    struct stat info;
    assert_int_equal(fstatat(folder.fd, "out", &info, 0), 0);
    assert_true(info.st_size > 1000);
    assert_int_not_equal(fstatat(folder.fd, "canary", &info, 0), 0);
    kor_plot_folder_done(&folder);
    kor_plot_canvas_done(&canvas);
    kor_buf_done(&script);
}

static void
hostile_words_run_nothing_even_without_the_sandbox(void **state)
{
    (void)state;
    static const char *const scripts[][3] = {{"style", "svg", "course"},
                                             {"style", "text", NULL}};
    for (size_t i = 0; i < KOR_LENGTH(hostile); i++) {
        struct kor_course_plot *plot = hostile_plot(hostile[i]);
        run_in_the_open(plot, scripts[i % 2]);
        free(plot);
    }
}

static void
something_that_is_no_svg_is_refused(void **state)
{
    (void)state;
    static const char *const raw[]
        = {"", "<svg>", "no picture", "<svg <title>x</title> </svg>"};
    for (size_t i = 0; i < KOR_LENGTH(raw); i++) {
        struct kor_buf in = {0};
        struct kor_buf out = {0};
        kor_buf_puts(&in, raw[i]);
        assert_int_equal(kor_plot_svg_finish(&in, "t", "d", &out, NULL),
                         KOR_IO);
        assert_int_equal(out.size, 0);
        kor_buf_done(&in);
        kor_buf_done(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_svg_has_a_title_and_opens_under_a_strict_policy),
        cmocka_unit_test(an_svg_shows_what_it_was_given),
        cmocka_unit_test(two_runs_give_the_same_bytes),
        cmocka_unit_test(threads_may_share_a_runner),
        cmocka_unit_test(paper_and_pixels_have_the_size_asked_for),
        cmocka_unit_test(a_terminal_shows_it_in_characters),
        cmocka_unit_test(a_size_outside_its_limits_is_refused),
        cmocka_unit_test(hostile_words_come_out_as_words),
        cmocka_unit_test(hostile_words_run_nothing_even_without_the_sandbox),
        cmocka_unit_test(something_that_is_no_svg_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat gains' against R (gains_oracle.h, made by gains.R), and its
 * errors. */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/compiler.h"
#include "support/run_stat.h"
#include "support/temp.h"

#include "oracle/gains_oracle.h"

/* The line of option 'k' on 'file'. */
static void
put_line(char *line, size_t size, const char *file, const char *score,
         size_t k)
{
    const struct option_oracle *o = &options[k];
    snprintf(line, size,
             "stat gains %s --id id --time session --score %s --threshold %g "
             "--share %g --origin %g --rule %s%s%s",
             file, score, o->threshold, o->share, o->origin,
             o->is_ttest ? "ttest" : "literature",
             o->is_loss ? " --losses" : "",
             o->is_higher ? " --higher-is-better" : "");
}

/* Holds what kor found against the events of R by option 'k'; the ids are 1,
 * 2, ... */
static void
assert_found(json_t *found, size_t k, bool is_made, size_t n_people)
{
    size_t n = 0, people = 0, reversed = 0, last = SIZE_MAX;
    for (size_t i = 0; i < KOR_LENGTH(events_of_r); i++) {
        const struct event_oracle *r = &events_of_r[i];
        if (r->option != k || r->is_made != is_made) {
            continue;
        }
        json_t *row = json_array_get(stat_at(found, "list"), n++);
        assert_non_null(row);
        people += r->person != last;
        last = r->person;
        assert_int_equal(strtoul(stat_word(row, "id"), NULL, 10),
                         r->person + 1);
        assert_near((double)r->from, stat_real(row, "from"), 0, 0);
        assert_near((double)r->from + 1, stat_real(row, "to"), 0, 0);
        assert_near(r->before, stat_real(row, "before"), 0, 0);
        assert_near(r->after, stat_real(row, "after"), 0, 0);
        assert_near(r->apart, stat_real(row, "apart"), 0, 1e-12);
        assert_near(r->needed, stat_real(row, "needed"), 1e-12, 1e-12);
        assert_near(r->reversed_at ? (double)r->reversed_at : NAN,
                    stat_real(row, "reversed_at"), 0, 0);
        reversed += r->reversed_at > 0;
    }
    assert_int_equal(json_array_size(stat_at(found, "list")), n);
    assert_near((double)n, stat_real(found, "events"), 0, 0);
    assert_near((double)people, stat_real(found, "people"), 0, 0);
    assert_near((double)reversed, stat_real(found, "reversed"), 0, 0);
    assert_near((double)n_people, stat_real(found, "of_people"), 0, 0);
    assert_near((double)people / stat_real(found, "looked_at"),
                stat_real(found, "share"), 0, 1e-15);
}

static void
beat_the_blues_is_as_in_r(void **state)
{
    char line[256];
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(options); k++) {
        put_line(line, sizeof line, "tests/data/btheb.csv", "bdi_total", k);
        json_t *found = run_stat(line);
        assert_found(found, k, false, 100);
        json_decref(found);
    }
}

/* Made-up people, later sessions first; every other gap is a row without a
 * score, the others have no row. */
static void
put_made_up(struct kor_buf *text)
{
    kor_buf_puts(text, "session;y;id\n");
    for (size_t i = 0; i < KOR_LENGTH(made); i++) {
        for (size_t s = KOR_LENGTH(made[i]); s > 0; s--) {
            if (!isnan(made[i][s - 1])) {
                kor_buf_printf(text, "%zu;%.17g;%zu\n", s, made[i][s - 1],
                               i + 1);
            } else if (s % 2) {
                kor_buf_printf(text, "%zu;NA;%zu\n", s, i + 1);
            }
        }
    }
}

static void
made_up_people_are_as_in_r(void **state)
{
    char path[TEMP_SIZE], line[320];
    struct kor_buf text = {0};
    (void)state;
    put_made_up(&text);
    temp_file(path, text.text, text.size);
    for (size_t k = 0; k < KOR_LENGTH(options); k++) {
        put_line(line, sizeof line, path, "y", k);
        json_t *found = run_stat(line);
        assert_found(found, k, true, KOR_LENGTH(made));
        assert_near((double)n_gaps_of_r, stat_real(found, "gaps"), 0, 0);
        json_decref(found);
    }
    temp_remove(path);
    kor_buf_done(&text);
}

/* Runs 'options' on 'text'. */
static json_t *
run_on(const char *text, const char *given)
{
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat gains %s --id id --time t --score y %s", path, given);
    json_t *found = run_stat(line);
    temp_remove(path);
    return found;
}

static const char steps[]
    = "id,t,y\na,4,30\na,5,30\na,6,30\na,7,20\na,8,20\na,9,19\na,10,28\n";

static void
sessions_restrict_and_keep_their_numbers(void **state)
{
    (void)state;
    json_t *found = run_on(steps, "--threshold 7 --sessions 5-9");
    assert_near(1, stat_real(found, "events"), 0, 0);
    assert_near(6, stat_real(found, "list.0.from"), 0, 0);
    assert_near(NAN, stat_real(found, "list.0.reversed_at"), 0, 0);
    assert_string_equal(stat_word(found, "rule"), "literature");
    assert_string_equal(stat_word(found, "turn"), "gain");
    json_decref(found);
    found = run_on(steps, "--threshold 7");
    assert_near(10, stat_real(found, "list.0.reversed_at"), 0, 0);
    json_decref(found);
    found = run_on(steps, "--threshold 7 --sessions 5-10");
    assert_near(10, stat_real(found, "list.0.reversed_at"), 0, 0);
    json_decref(found);
    found = run_on(steps, "--threshold 7 --sessions 6-9");
    assert_near(0, stat_real(found, "events"), 0, 0);
    json_decref(found);
    found = run_on(steps, "--threshold 7 --sessions 20-30");
    assert_near(0, stat_real(found, "looked_at"), 0, 0);
    assert_near(NAN, stat_real(found, "share"), 0, 0);
    assert_near(1, stat_real(found, "of_people"), 0, 0);
    json_decref(found);
}

static void
small_gains_stand_beside(void **state)
{
    (void)state;
    json_t *found = run_on(steps, "--threshold 7 --small 1");
    assert_near(2, stat_real(found, "small.events"), 0, 0);
    assert_near(1, stat_real(found, "small.people"), 0, 0);
    assert_near(7, stat_real(found, "small.list.0.session"), 0, 0);
    assert_near(30, stat_real(found, "small.list.0.best"), 0, 0);
    assert_near(10, stat_real(found, "small.list.0.by"), 0, 0);
    assert_near(9, stat_real(found, "small.list.1.session"), 0, 0);
    json_decref(found);
    found = run_on(steps, "--threshold 7 --small 1 --sessions 5-9");
    assert_near(1, stat_real(found, "small.events"), 0, 0);
    assert_near(9, stat_real(found, "small.list.0.session"), 0, 0);
    json_decref(found);
}

static void
assert_refused(const char *text, const char *given, int status,
               const char *said)
{
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat gains %s --id id --time t --score y %s", path, given);
    run_stat_refused(line, status, said);
    temp_remove(path);
}

static void
errors_name_line_and_column_or_the_option(void **state)
{
    (void)state;
    assert_refused("id,t,y\na,1,2\na,1.5,3\n", "--threshold 7", 65,
                   "line 3, column t: '1.5' is no session: number the "
                   "sessions");
    assert_refused("id,t,y\na,0,2\n", "--threshold 7", 65, "line 2, column t");
    assert_refused("id,t,y\na,10001,2\n", "--threshold 7", 65,
                   "to at most 10000");
    assert_refused("id,t,y\na,2,2\nb,2,1\na,2,3\n", "--threshold 7", 65,
                   "line 4, column t");
    assert_refused("id,t,y\na,2,1e13\n", "--threshold 7", 65,
                   "line 2, column y: the score must lie");
    assert_refused(steps, "", 64, "--threshold");
    assert_refused(steps, "--threshold 0", 64, "--threshold");
    assert_refused(steps, "--threshold 7 --rule z", 64, "literature, ttest");
    assert_refused(steps, "--threshold 7 --share 2", 64, "--share");
    assert_refused(steps, "--threshold 7 --small 0", 64, "--small");
    assert_refused(steps, "--threshold 7 --higher-is-better", 64, "--origin");
    assert_refused(steps, "--threshold 7 --sessions 3", 64, "--sessions");
    assert_refused(steps, "--threshold 7 --sessions 4-3", 64, "1-12");
    assert_refused(steps, "--threshold 7 --sessions 0-3", 64, "1-12");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beat_the_blues_is_as_in_r),
        cmocka_unit_test(made_up_people_are_as_in_r),
        cmocka_unit_test(sessions_restrict_and_keep_their_numbers),
        cmocka_unit_test(small_gains_stand_beside),
        cmocka_unit_test(errors_name_line_and_column_or_the_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

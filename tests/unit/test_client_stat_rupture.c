/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat rupture' and 'kor stat answering' on small files, worked out by
 * hand. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/run_stat.h"
#include "support/temp.h"

/* The first falls from 38 to 33 and comes back, the second is always at the
 * top, the third goes up and down by 7. */
static const char scores[]
    = "id,t,y\nb,1,40\nb,2,40\nb,3,40\nb,4,40\nb,5,40\nb,6,40\nb,7,40\n"
      "b,9,40\na,1,37\na,2,38\na,3,34\na,4,33\na,6,38\na,7,38\n"
      "c,1,20\nc,2,27\nc,3,20\nc,4,27\nc,5,20\n";

/* 'kor stat' 'verb' with 'given' on 'text'. */
static json_t *
run_on(const char *verb, const char *text, const char *given)
{
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat %s %s --id id --time t --score y %s",
             verb, path, given);
    json_t *found = run_stat(line);
    temp_remove(path);
    return found;
}

static void
assert_refused(const char *verb, const char *text, const char *given,
               int status, const char *said)
{
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat %s %s --id id --time t --score y %s",
             verb, path, given);
    run_stat_refused(line, status, said);
    temp_remove(path);
}

static void
falls_are_listed_with_their_repair(void **state)
{
    (void)state;
    json_t *found = run_on("rupture", scores, "--cutoff 36 --drop 4");
    assert_near(2, stat_real(found, "people"), 0, 0);
    assert_near(3, stat_real(found, "of_people"), 0, 0);
    assert_near(3, stat_real(found, "events"), 0, 0);
    assert_near(2, stat_real(found, "repaired"), 0, 0);
    assert_string_equal(stat_word(found, "list.0.id"), "a");
    assert_near(2, stat_real(found, "list.0.from"), 0, 0);
    assert_near(3, stat_real(found, "list.0.to"), 0, 0);
    assert_near(38, stat_real(found, "list.0.before"), 0, 0);
    assert_near(34, stat_real(found, "list.0.after"), 0, 0);
    assert_near(33, stat_real(found, "list.0.lowest"), 0, 0);
    assert_string_equal(stat_word(found, "list.0.rules"), "cutoff+drop");
    assert_string_equal(stat_word(found, "list.0.repair"), "repaired");
    assert_near(6, stat_real(found, "list.0.repaired_at"), 0, 0);
    assert_string_equal(stat_word(found, "list.1.rules"), "drop");
    assert_string_equal(stat_word(found, "list.2.repair"), "too-early");
    assert_near(NAN, stat_real(found, "list.2.repaired_at"), 0, 0);
    assert_string_equal(stat_word(found, "scores.0.chart"), "not-asked");
    json_decref(found);
    found = run_on("rupture", scores, "--drop 4 --repair 2");
    assert_string_equal(stat_word(found, "list.0.repair"), "none");
    json_decref(found);
}

static void
the_chart_says_why_it_is_silent(void **state)
{
    (void)state;
    json_t *found = run_on("rupture", scores, "--chart --max 40 --min 0");
    assert_near(0, stat_real(found, "events"), 0, 0);
    assert_string_equal(stat_word(found, "scores.1.id"), "b");
    assert_string_equal(stat_word(found, "scores.1.chart"), "no-spread");
    assert_near(8, stat_real(found, "scores.1.at_best"), 0, 0);
    assert_near(NAN, stat_real(found, "scores.1.limit"), 0, 0);
    assert_string_equal(stat_word(found, "scores.0.chart"), "too-few");
    json_decref(found);
    found = run_on("rupture",
                   "id,t,y\na,1,2\na,2,6\na,3,2\na,4,6\na,5,2\na,6,6\na,7,2\n"
                   "a,8,6\n", "--chart --drop 4 --min 0");
    assert_string_equal(stat_word(found, "scores.0.chart"), "no-room");
    assert_near(4, stat_real(found, "scores.0.mean"), 1e-12, 0);
    assert_near(4, stat_real(found, "scores.0.mean_range"), 1e-12, 0);
    assert_near(4 - 2.66 * 4, stat_real(found, "scores.0.limit"), 1e-12, 0);
    assert_near(4, stat_real(found, "scores.0.no_room"), 0, 0);
    json_decref(found);
}

static void
where_low_is_good_a_rise_is_a_fall(void **state)
{
    (void)state;
    json_t *found = run_on("rupture", scores, "--drop 7 --lower-is-better");
    assert_near(2, stat_real(found, "events"), 0, 0);
    assert_string_equal(stat_word(found, "list.0.id"), "c");
    assert_near(27, stat_real(found, "list.0.lowest"), 0, 0);
    assert_near(3, stat_real(found, "list.0.repaired_at"), 0, 0);
    json_decref(found);
}

static void
remarks_name_the_runs(void **state)
{
    (void)state;
    json_t *found = run_on("answering", scores, "--max 40");
    assert_near(2, stat_real(found, "people"), 0, 0);
    assert_near(3, stat_real(found, "of_people"), 0, 0);
    assert_near(1, stat_real(found, "sawtooth"), 0, 0);
    assert_near(1, stat_real(found, "flat"), 0, 0);
    assert_near(1, stat_real(found, "best"), 0, 0);
    assert_string_equal(stat_word(found, "list.0.id"), "b");
    assert_true(json_is_true(stat_at(found, "list.0.best")));
    assert_near(8, stat_real(found, "list.0.run"), 0, 0);
    assert_near(1, stat_real(found, "list.0.run_from"), 0, 0);
    assert_near(9, stat_real(found, "list.0.run_to"), 0, 0);
    assert_near(9, stat_real(found, "list.0.best_to"), 0, 0);
    assert_string_equal(stat_word(found, "list.1.id"), "c");
    assert_true(json_is_true(stat_at(found, "list.1.sawtooth")));
    assert_true(json_is_false(stat_at(found, "list.1.flat")));
    assert_near(4, stat_real(found, "list.1.alternations"), 0, 0);
    assert_near(NAN, stat_real(found, "list.1.best_from"), 0, 0);
    json_decref(found);
    found = run_on("answering", scores, "--max 41 --step 7.1 --run 9");
    assert_near(0, stat_real(found, "people"), 0, 0);
    json_decref(found);
    found = run_on("answering", scores,
                   "--max 50 --min 20 --run 2 --lower-is-better");
    assert_near(0, stat_real(found, "best"), 0, 0);
    assert_near(2, stat_real(found, "flat"), 0, 0);
    assert_near(3, stat_real(found, "people"), 0, 0);
    assert_near(7, stat_real(found, "list.0.run_to"), 0, 0);
    json_decref(found);
}

static void
errors_name_line_and_column_or_the_option(void **state)
{
    (void)state;
    assert_refused("rupture", scores, "", 64, "--cutoff, --drop or --chart");
    assert_refused("rupture", scores, "--drop 0", 64, "--drop");
    assert_refused("rupture", scores, "--drop 1 --repair 0", 64, "--repair");
    assert_refused("rupture", scores, "--drop 1 --min 4 --max 4", 64,
                   "--max must be above --min");
    assert_refused("rupture", "id,t,y\na,1.5,3\n", "--drop 1", 65,
                   "line 2, column t: '1.5' is no session");
    assert_refused("answering", scores, "", 64, "--max");
    assert_refused("answering", scores, "--max 0", 64, "above --min");
    assert_refused("answering", scores, "--max 40 --run 1", 64, "--run");
    assert_refused("answering", scores, "--max 40 --step 0", 64, "--step");
    assert_refused("answering", scores, "--max 39", 65,
                   "line 2, column y: the score must lie between 0 and 39");
    assert_refused("answering", "id,t,y\na,1,3\na,1,3\n", "--max 9", 65,
                   "line 3, column t");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(falls_are_listed_with_their_repair),
        cmocka_unit_test(the_chart_says_why_it_is_silent),
        cmocka_unit_test(where_low_is_good_a_rise_is_a_fall),
        cmocka_unit_test(remarks_name_the_runs),
        cmocka_unit_test(errors_name_line_and_column_or_the_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat' fit, person, forecast and bands against lme4 and plain matrix
 * algebra in R (stat_growth_oracle.h, made by stat_growth.R), calibrate and
 * courses in files, and what is refused. */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/file.h"
#include "kor/define/course.h"
#include "support/run_stat.h"
#include "support/temp.h"

struct expected {
    const char *line, *path;
    double value;
};

#include "oracle/stat_growth_oracle.h"

#define MADE_UP "tests/data/made_up.csv --id id --time session --score score"

static void
r_finds_the_same(void **state)
{
    (void)state;
    const char *line = "";
    json_t *found = NULL;
    for (size_t i = 0; i < KOR_LENGTH(expected); i++) {
        const struct expected *e = &expected[i];
        if (strcmp(line, e->line)) {
            line = e->line;
            json_decref(found);
            found = run_stat(line);
            print_message("%s\n", line);
        }
        /* Variances near a boundary are flat in the deviance. */
        assert_near(e->value, stat_real(found, e->path), 1e-9, 1e-6);
    }
    json_decref(found);
}

/* A file with 'text', for as long as a test runs. */
static void
refuses(const char *text, const char *options, int status, const char *said)
{
    char path[TEMP_SIZE], line[512];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat %.*s %s --id id --time t --score y%s",
             (int)strcspn(options, " "), options, path,
             options + strcspn(options, " "));
    run_stat_refused(line, status, said);
    temp_remove(path);
}

static void
what_cannot_be_is_refused_by_name(void **state)
{
    (void)state;
    const char *few = "id,t,y,x\na,1,2,1\na,2,3,2\nb,1,4,1\n";
    refuses(few, "fit --covariate x", 65, "line 3, column x");
    refuses(few, "fit --covariate q", 65, "no column 'q'");
    refuses(few, "fit --given-intake --method best", 64, "reml, ml");
    refuses(few, "fit --save /nowhere/x.json", 65, "too-few");
    refuses(few, "fit --save x.json --covariate x", 64, "--covariate");
    refuses(few, "fit --reference x.json", 64, "--given-intake and --save");
    refuses(few, "person", 65, "too-few");
    refuses(few, "person --course /nowhere.json", 66, "nowhere.json");
    refuses(few, "forecast --at 3", 64, "--after is missing");
    refuses(few, "forecast --at 3 --after 3", 64, "before --at");
    refuses(few, "forecast --at 3 --after 2 --level 80", 64, "--level");
    refuses(few, "forecast --at 3 --after 2 --min 4 --max 4", 64, "--max");
    refuses(few, "bands --cuts 20,10", 64, "rising");
    refuses(few, "bands --cuts ten", 64, "--cuts");
    refuses(few, "calibrate", 64, "--course or --halves");
    refuses(few, "calibrate --halves 3", 65, "too-few");
    refuses(few, "calibrate --halves 0", 64, "--halves must lie");
    refuses(few, "calibrate --halves 20000", 64, "--halves");
    refuses(few, "calibrate --halves 2 --sessions 12-2", 64, "--sessions");
    run_stat_refused("stat fit --id a --time b --score c --covariate d f.csv",
                     64, "comes before");
    refuses("id,t,y\na,1,2\na,1,3\n", "fit --given-intake", 65,
            "line 3, column t: the person has a score for this time already");
    refuses("id,t,y\na,0,2\n", "forecast --at 0 --after -1", 65, "--f log1p");
}

static void
a_course_goes_to_a_file_and_comes_back(void **state)
{
    (void)state;
    char path[TEMP_SIZE], line[512];
    temp_file(path, "", 0);
    for (int is_given = 0; is_given < 2; is_given++) {
        const char *given = is_given ? " --given-intake" : "";
        snprintf(line, sizeof line,
                 "stat fit " MADE_UP "%s --save %s --higher-is-better --min 0 "
                 "--max 40", given, path);
        json_decref(run_stat(line));
        snprintf(line, sizeof line, "stat person " MADE_UP "%s", given);
        json_t *fitted = run_stat(line);
        snprintf(line, sizeof line, "stat person " MADE_UP " --course %s",
                 path);
        json_t *read = run_stat(line);
        assert_near(80, (double)json_array_size(stat_at(read, "people")), 0,
                    0);
        assert_near(stat_real(fitted, "people.7.slope"),
                    stat_real(read, "people.7.slope"), 1e-8, 0);
        json_decref(fitted);
        json_decref(read);
    }
    snprintf(line, sizeof line, "stat calibrate " MADE_UP " --course %s",
             path);
    json_t *found = run_stat(line);
    assert_string_equal(stat_word(found, "range"), "calibrated");
    assert_in_range((uint64_t)(100 * stat_real(found, "overall.share")), 75,
                    90);
    json_decref(found);
    temp_remove(path);
}

/* What 'kor course show --json' prints of a clinic's course is one here. */
static void
the_course_of_a_clinic_is_read_as_well(void **state)
{
    (void)state;
    char path[TEMP_SIZE], shown[TEMP_SIZE], line[512];
    struct kor_buf text = {0}, out = {0};
    struct kor_course_record record;
    temp_file(path, "", 0);
    snprintf(line, sizeof line,
             "stat fit " MADE_UP " --given-intake --min 0 --max 40 "
             "--higher-is-better --save %s", path);
    json_decref(run_stat(line));
    assert_int_equal(kor_file_read(path, 1 << 16, &text, NULL), KOR_OK);
    assert_int_equal(
        kor_course_parse_model(text.text, text.size, &record, NULL), KOR_OK);
    strcpy(record.instrument, "outcome");
    strcpy(record.version, "1");
    strcpy(record.population, "made up");
    strcpy(record.source, "made up");
    record.rater = KOR_ROLE_CLIENT;
    record.age_from = record.age_to = KOR_NO_AGE;
    record.fitted_at_ms = 1767225600000;
    record.data_from = record.data_to = 20000;
    kor_buf_puts(&out, "{\"id\": 1, \"certificate\": ");
    kor_course_encode(&record, &out);
    kor_buf_putc(&out, '}');
    temp_file(shown, out.text, out.size);
    snprintf(line, sizeof line, "stat calibrate " MADE_UP " --course %s",
             path);
    json_t *model = run_stat(line);
    snprintf(line, sizeof line, "stat calibrate " MADE_UP " --course %s",
             shown);
    json_t *clinic = run_stat(line);
    assert_true(json_equal(model, clinic));
    json_decref(model);
    json_decref(clinic);
    snprintf(line, sizeof line, "stat calibrate " MADE_UP
             " --course tests/data/btheb.md");
    run_stat_refused(line, 65, "kor: course tests/data/btheb.md: ");
    temp_remove(path);
    temp_remove(shown);
    kor_buf_done(&text);
    kor_buf_done(&out);
}

static void
nothing_that_is_read_is_written_over(void **state)
{
    (void)state;
    char path[TEMP_SIZE], line[512];
    temp_file(path, "", 0);
    snprintf(line, sizeof line,
             "stat fit " MADE_UP " --given-intake --min 0 --max 40 --save %s",
             path);
    json_decref(run_stat(line));
    snprintf(line, sizeof line,
             "stat fit " MADE_UP " --given-intake --save %s --reference %s",
             path, path);
    run_stat_refused(line, 64, "write over the file that is read");
    run_stat_refused("stat fit " MADE_UP " --save tests/data/made_up.csv", 64,
                     "write over the file that is read");
    temp_remove(path);
}

/* Every command that knows people by time and score holds the file to time
 * and scale. */
static void
files_are_held_to_time_and_scale(void **state)
{
    (void)state;
    static const char *const verbs[]
        = {"fit", "person", "forecast --at 9 --after 2", "bands --cuts 20",
           "calibrate --halves 2", "flags --halves 2 --reliable-change 7",
           "neighbours --person p1"};
    char path[TEMP_SIZE], line[512];
    static const char early[] = "id,t,y\na,0,2\na,1,3\nb,1,4\n";
    temp_file(path, early, strlen(early));
    for (size_t i = 0; i < KOR_LENGTH(verbs); i++) {
        bool has_scale = strncmp(verbs[i], "person", 6) != 0;
        snprintf(line, sizeof line,
                 "stat %.*s " MADE_UP "%s --max 20",
                 (int)strcspn(verbs[i], " "), verbs[i],
                 verbs[i] + strcspn(verbs[i], " "));
        if (has_scale) {
            run_stat_refused(line, 65, "which ends at 20");
        }
        snprintf(line, sizeof line, "stat %.*s %s --id id --time t --score y%s",
                 (int)strcspn(verbs[i], " "), verbs[i], path,
                 verbs[i] + strcspn(verbs[i], " "));
        run_stat_refused(line, 65, "line 2, column t: the time '0' has no log");
        run_stat_refused(line, 65, "--f log1p");
        run_stat_refused(line, 65, path);
    }
    temp_remove(path);
}

static void
a_course_without_a_given_start_has_no_range_to_check(void **state)
{
    (void)state;
    char path[TEMP_SIZE], line[512];
    temp_file(path, "", 0);
    snprintf(line, sizeof line, "stat fit " MADE_UP " --save %s", path);
    json_decref(run_stat(line));
    snprintf(line, sizeof line, "stat calibrate " MADE_UP " --course %s",
             path);
    run_stat_refused(line, 65, "--given-intake --save");
    temp_remove(path);
}

static void
a_reference_counts_until_enough_episodes_have_closed(void **state)
{
    (void)state;
    char path[TEMP_SIZE], own[TEMP_SIZE], line[512];
    temp_file(path, "", 0);
    temp_file(own, "", 0);
    snprintf(line, sizeof line,
             "stat fit " MADE_UP " --given-intake --save %s --min 0 --max 40",
             path);
    json_t *found = run_stat(line);
    assert_near(0, stat_real(found, "reference_weight"), 0, 0);
    json_decref(found);
    /* 80 people, of whom all have a later score: 20 are missing to 100. */
    snprintf(line, sizeof line,
             "stat fit " MADE_UP " --given-intake --save %s --min 0 --max 40 "
             "--reference %s", own, path);
    found = run_stat(line);
    assert_near(20, stat_real(found, "reference_weight"), 0, 0);
    json_decref(found);
    temp_remove(path);
    temp_remove(own);
}

/* On made-up people whose scores are as the model has them, both ranges hold
 * what they say. */
static void
ranges_hold_their_share_of_the_other_half(void **state)
{
    (void)state;
    static const struct {
        const char *options;
        double low, high;
    } rows[] = {{"", 0.77, 0.83},
                {" --normal", 0.77, 0.83},
                {" --level 0.68", 0.65, 0.71},
                {" --sessions 2-4", 0.77, 0.83}};
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        char line[512];
        snprintf(line, sizeof line,
                 "stat calibrate " MADE_UP " --halves 50 --seed 3 --min 0 "
                 "--max 40%s", rows[i].options);
        json_t *found = run_stat(line);
        double share = stat_real(found, "overall.share");
        if (!(share >= rows[i].low && share <= rows[i].high)) {
            fail_msg("%s: %g", rows[i].options, share);
        }
        assert_near(3, (double)json_array_size(stat_at(found, "by_intake")),
                    0, 0);
        json_decref(found);
    }
}

static void
the_same_seed_gives_the_same_figures(void **state)
{
    (void)state;
    json_t *one = run_stat("stat calibrate " MADE_UP " --halves 3 --seed 8");
    json_t *two = run_stat("stat calibrate " MADE_UP " --halves 3 --seed 8");
    json_t *other = run_stat("stat calibrate " MADE_UP " --halves 3 --seed 9");
    assert_true(json_equal(one, two));
    assert_false(json_equal(one, other));
    json_decref(one);
    json_decref(two);
    json_decref(other);
}

/* Writes made_up.csv anew, its rows turned round or its scores mirrored. */
static void
rewrite(bool is_backwards, bool is_mirrored, char path[TEMP_SIZE])
{
    struct kor_buf text = {0}, out = {0};
    char *lines[600];
    size_t n = 0;
    assert_int_equal(
        kor_file_read("tests/data/made_up.csv", 1 << 20, &text, NULL), KOR_OK);
    for (char *rest = text.text, *line; (line = strsep(&rest, "\n"));) {
        assert_true(n < KOR_LENGTH(lines));
        lines[n] = line;
        n += *line != '\0';
    }
    kor_buf_printf(&out, "%s\n", lines[0]);
    for (size_t i = 1; i < n; i++) {
        char *rest = lines[is_backwards ? n - i : i];
        const char *id = strsep(&rest, ","), *session = strsep(&rest, ",");
        const char *score = strsep(&rest, ",");
        double points = is_mirrored ? 40 - strtod(score, NULL)
                                    : strtod(score, NULL);
        kor_buf_printf(&out, "%s,%s,", id, session);
        if (*score) {
            kor_buf_printf(&out, "%.1f", points);
        }
        kor_buf_printf(&out, ",%s\n", rest);
    }
    temp_file(path, out.text, out.size);
    kor_buf_done(&text);
    kor_buf_done(&out);
}

/* Halves, folds and thirds hang on neither the order of rows nor the way the
 * scale runs. */
static void
coverage_is_that_of_rows_turned_round_and_of_the_mirror(void **state)
{
    (void)state;
    json_t *was = run_stat("stat calibrate " MADE_UP " --halves 5 --min 0 "
                           "--max 40 --higher-is-better");
    for (int i = 0; i < 2; i++) {
        char path[TEMP_SIZE], line[256];
        rewrite(i == 0, i == 1, path);
        snprintf(line, sizeof line,
                 "stat calibrate %s --id id --time session --score score "
                 "--halves 5 --min 0 --max 40 %s", path,
                 i ? "--lower-is-better" : "--higher-is-better");
        json_t *now = run_stat(line);
        for (int third = 0; third < 3; third++) {
            char one[32], other[32];
            snprintf(one, sizeof one, "by_intake.%d.covered", third);
            snprintf(other, sizeof other, "by_intake.%d.covered",
                     i ? 2 - third : third);
            assert_near(stat_real(was, one), stat_real(now, other), 1e-9, 0);
        }
        assert_near(stat_real(was, "overall.share"),
                    stat_real(now, "overall.share"), 1e-12, 0);
        json_decref(now);
        temp_remove(path);
    }
    json_decref(was);
}

/* Rows of people in any order, those of a person too. */
static void
the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    static const char sorted[]
        = "id,t,y\na,1,9\na,2,7\na,3,4\nb,1,8\nb,2,8\nb,3,5\nc,1,3\n"
          "c,2,1\nc,4,0\nd,1,12\nd,2,9\nd,3,10\ne,1,7\ne,2,6\ne,3,1\n"
          "e,5,3\na,5,6\nb,6,2\nd,7,9\n";
    static const char mixed[]
        = "id,t,y\na,5,6\na,3,4\nb,6,2\nb,2,8\nc,4,0\na,1,9\nd,3,10\nd,1,12\nb,3,5\n"
          "e,2,6\ne,1,7\nc,1,3\nb,1,8\na,2,7\nd,2,9\ne,3,1\nc,2,1\n"
          "d,7,9\ne,5,3\n";
    char one[TEMP_SIZE], two[TEMP_SIZE], line[512];
    temp_file(one, sorted, strlen(sorted));
    temp_file(two, mixed, strlen(mixed));
    snprintf(line, sizeof line,
             "stat person %s --id id --time t --score y --given-intake", one);
    json_t *was = run_stat(line);
    snprintf(line, sizeof line,
             "stat person %s --id id --time t --score y --given-intake", two);
    json_t *now = run_stat(line);
    for (size_t i = 0; i < 5; i++) {
        char path[32];
        snprintf(path, sizeof path, "people.%zu.id", i);
        assert_string_equal(stat_word(was, path), stat_word(now, path));
        snprintf(path, sizeof path, "people.%zu.slope", i);
        assert_near(stat_real(was, path), stat_real(now, path), 1e-7, 1e-7);
    }
    json_decref(was);
    json_decref(now);
    temp_remove(one);
    temp_remove(two);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_finds_the_same),
        cmocka_unit_test(what_cannot_be_is_refused_by_name),
        cmocka_unit_test(a_course_goes_to_a_file_and_comes_back),
        cmocka_unit_test(the_course_of_a_clinic_is_read_as_well),
        cmocka_unit_test(nothing_that_is_read_is_written_over),
        cmocka_unit_test(files_are_held_to_time_and_scale),
        cmocka_unit_test(a_course_without_a_given_start_has_no_range_to_check),
        cmocka_unit_test(a_reference_counts_until_enough_episodes_have_closed),
        cmocka_unit_test(ranges_hold_their_share_of_the_other_half),
        cmocka_unit_test(
            coverage_is_that_of_rows_turned_round_and_of_the_mirror),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(the_same_seed_gives_the_same_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

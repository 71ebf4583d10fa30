/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat flags' against R (flags_oracle.h, made by flags.R), and halves
 * against one another. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/compiler.h"
#include "kor/define/course.h"
#include "kor/stat/deal.h"
#include "kor/stat/flags.h"
#include "lib/series.h"
#include "support/run_stat.h"
#include "support/temp.h"

struct set {
    struct kor_episodes episodes;
    struct kor_course course;
    struct kor_measure measure;
};

struct oracle {
    const struct set *set;
    struct kor_flags_wish wish;
    struct kor_flags table;
};

#include "oracle/flags_oracle.h"

#define BTHEB                                                                 \
    "stat flags tests/data/btheb.csv --id id --time month --score bdi_total " \
    "--f log1p --min 0 --max 63 --reliable-change 9 "

/* The same, where a course says the rest by itself. */
#define BY_COURSE                                                             \
    "stat flags tests/data/btheb.csv --id id --time month --score bdi_total " \
    "--reliable-change 9 "

static void
save_people(const struct kor_episodes *e, char path[TEMP_SIZE])
{
    struct kor_buf text = {0};
    kor_buf_puts(&text, "who,when,what\n");
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t k = e->from[i]; k < e->from[i + 1]; k++) {
            kor_buf_printf(&text, "p%zu,%.17g,%.17g\n", i, e->at[k],
                           e->points[k]);
        }
    }
    temp_file(path, kor_buf_text(&text), text.size);
    kor_buf_done(&text);
}

static void
save_course(const struct kor_course *course, size_t n_terms,
            char path[TEMP_SIZE])
{
    struct kor_buf text = {0};
    struct kor_course_record record
        = {.course = *course, .n_terms = n_terms, .min_people = 50};
    if (record.course.n_records == 0) {
        record.course.n_records = 99;
    }
    record.course.calibration.n_people = 50;
    record.course.calibration.limits[1] = 1;
    kor_course_encode_model(&record, &text);
    temp_file(path, kor_buf_text(&text), text.size);
    kor_buf_done(&text);
}

/* The table as it was printed. */
static void
assert_table(const struct kor_flags *e, json_t *got)
{
    static const char *const lists[] = {"rules", "counts", "intervals"};
    size_t n_seen = 0;
    assert_near(e->people, stat_real(got, "people"), 0, 0);
    assert_near(e->outcomes, stat_real(got, "outcomes"), 0, 0);
    assert_near(e->too_short, stat_real(got, "too_short"), 0, 0);
    assert_near(e->no_room, stat_real(got, "no_room"), 0, 0);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES * KOR_LENGTH(lists); f++) {
            size_t figure = f / KOR_LENGTH(lists);
            json_t *row = json_array_get(
                stat_at(got, lists[f % KOR_LENGTH(lists)]), r);
            const char *name
                = kor_flag_figure_name((enum kor_flag_figure)figure);
            assert_string_equal(stat_word(row, "rule"),
                                kor_flag_rule_name((enum kor_flag_rule)r));
            if (json_object_get(row, name)) {
                near_check(e->rules[r][figure], stat_real(row, name), 1e-12,
                           1e-12, name, __FILE__, __LINE__);
                n_seen++;
            }
        }
    }
    assert_int_equal(n_seen, KOR_N_FLAG_RULES * KOR_N_FLAG_FIGURES);
}

static void
tables_are_those_of_r(void **state)
{
    static const char *const given[]
        = {"--session 4", "--outcome worse",
           "--chance 0.3 --horizon 5 --session 3 --share 1 --colour yellow"};
    char people[TEMP_SIZE], course[TEMP_SIZE], line[400];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *o = &oracles[i];
        const struct kor_measure *m = &o->set->measure;
        if (i % 3 == 1) {
            continue; /* Of another level than the command prints. */
        }
        save_people(&o->set->episodes, people);
        save_course(&o->set->course, 4, course);
        snprintf(line, sizeof line,
                 "stat flags %s --id who --time when --score what --course "
                 "%s --final last --reliable-change %g --operator %s %s",
                 people, course, m->rc_points,
                 m->rc_compare == KOR_AT_LEAST ? "ge" : "gt", given[i % 3]);
        json_t *got = run_stat(line);
        temp_remove(people);
        temp_remove(course);
        assert_table(&o->table, got);
        assert_near(0, stat_real(got, "halves"), 0, 0);
        assert_true(json_is_false(stat_at(got, "fitted_to_them")));
        json_decref(got);
    }
}

/* Of the counts alone, since the intervals are of another level. */
static void
another_outcome_can_be_foretold(void **state)
{
    const struct oracle *o = &oracles[4];
    char people[TEMP_SIZE], course[TEMP_SIZE], line[300];
    (void)state;
    save_people(&o->set->episodes, people);
    save_course(&o->set->course, 4, course);
    snprintf(line, sizeof line,
             "stat flags %s --id who --time when --score what --course %s "
             "--reliable-change 5 --operator gt --outcome worse",
             people, course);
    json_t *got = run_stat(line);
    assert_string_equal(stat_word(got, "outcome"), "worse");
    assert_near(o->table.outcomes, stat_real(got, "outcomes"), 0, 0);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        json_t *row = json_array_get(stat_at(got, "rules"), r);
        assert_near(o->table.rules[r][KOR_FLAG_FLAGGED],
                    stat_real(row, "flagged"), 0, 0);
        assert_near(o->table.rules[r][KOR_FLAG_AUC], stat_real(row, "auc"),
                    0, 1e-12);
    }
    json_decref(got);
    temp_remove(people);
    temp_remove(course);
}

/* How many of those who fall to the other half have three scores and room for
 * a reliable change of 9. */
static double
looked_at(const struct kor_series *people, uint64_t seed)
{
    uint32_t part[100];
    double n = 0;
    assert_int_equal(people->n_people, KOR_LENGTH(part));
    kor_deal(seed, 2, part, KOR_LENGTH(part));
    for (size_t i = 0; i < KOR_LENGTH(part); i++) {
        n += part[i] == 1 && people->from[i + 1] - people->from[i] > 2
          && people->score[people->from[i]] >= 9;
    }
    return n;
}

static void
halves_are_averaged(void **state)
{
    static const struct kor_series_wish wish
        = {.id = "id", .time = "month", .score = "bdi_total"};
    struct kor_series all_people;
    double people = 0, before = 0;
    (void)state;
    assert_int_equal(
        kor_series_read("tests/data/btheb.csv", &wish, &all_people, NULL),
        KOR_OK);
    for (int i = 0; i < 3; i++) {
        char line[300];
        snprintf(line, sizeof line, BTHEB "--halves %d --seed 7", i + 1);
        json_t *some = run_stat(line);
        double sum = (i + 1) * stat_real(some, "rules.3.flagged");
        people += looked_at(&all_people, kor_deal_seed(7, (uint64_t)i));
        assert_near(people / (i + 1), stat_real(some, "people"), 0, 1e-13);
        /* What a half adds is a number of people. */
        assert_near(round(sum - before), sum - before, 1e-9, 0);
        assert_true(sum - before > 0);
        before = sum;
        json_decref(some);
    }
    kor_series_done(&all_people);
    json_t *all = run_stat(BTHEB "--halves 3 --seed 7");
    assert_near(3, stat_real(all, "halves"), 0, 0);
    assert_near(3, stat_real(all, "fitted"), 0, 0);
    assert_string_equal(stat_word(all, "rules.3.rule"), "forecast");
    assert_string_equal(stat_word(all, "favoured"), "forecast");
    json_decref(all);
}

static void
people_behind_the_course_are_recognised(void **state)
{
    char course[TEMP_SIZE], line[300];
    struct kor_course same = btheb.course;
    (void)state;
    same.n_people = 97;
    same.n_records = 280;
    save_course(&same, 4, course);
    snprintf(line, sizeof line,
             "stat flags tests/data/btheb.csv --id id --time month --score "
             "bdi_total --reliable-change 9 --course %s",
             course);
    json_t *got = run_stat(line);
    assert_true(json_is_true(stat_at(got, "fitted_to_them")));
    json_decref(got);
    temp_remove(course);
}

static void
errors_name_the_option_or_line_and_column(void **state)
{
    static const char few[] = "id,t,y\na,1,20\na,2,70\nb,1,9\nb,2,8\n";
    char path[TEMP_SIZE], course[TEMP_SIZE], level[TEMP_SIZE], line[400];
    static const struct {
        const char *given;
        int status;
        const char *said;
    } rows[] = {
        {"--halves 2 --max 63", 65,
         "line 3, column y: the score '70' lies outside"},
        {"--halves 2 --max 70", 65, "no half of these 2 people"},
        {"--session 4", 64, "--course or --halves is missing"},
        {"--halves 0", 64, "--halves must lie from 1"},
        {"--halves 2 --seed -1", 64, "--seed"},
        {"--halves 2 --final best", 64, "--final must be one of last"},
        {"--halves 2 --outcome x", 64, "not-better, worse"},
        {"--halves 2 --colour green", 64, "red, yellow"},
        {"--halves 2 --chance 1", 64, "--chance"},
        {"--halves 2 --share 0", 64, "--share"},
        {"--halves 2 --operator eq", 64, "ge, gt"},
    };
    (void)state;
    temp_file(path, few, strlen(few));
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        snprintf(line, sizeof line,
                 "stat flags %s --id id --time t --score y --min 0 "
                 "--reliable-change 9 %s",
                 path, rows[i].given);
        run_stat_refused(line, rows[i].status, rows[i].said);
    }
    save_course(&btheb.course, 4, course);
    save_course(&btheb.course, 2, level);
    snprintf(line, sizeof line, BY_COURSE "--halves 2 --course %s", course);
    run_stat_refused(line, 64, "exclude each other");
    snprintf(line, sizeof line, BY_COURSE "--course %s", level);
    run_stat_refused(line, 65, "does not take the start score as given");
    snprintf(line, sizeof line, BY_COURSE "--horizon 9 --course %s", course);
    run_stat_refused(line, 65, "from 2 to 8");
    snprintf(line, sizeof line, BY_COURSE "--higher-is-better --course %s",
             course);
    run_stat_refused(line, 65, "low scores are good");
    snprintf(line, sizeof line, BTHEB "--course %s", course);
    run_stat_refused(line, 64, "by itself what --f would");
    run_stat_refused("stat flags tests/data/btheb.csv --id id --time month "
                     "--score bdi_total --halves 2", 64, "--reliable-change");
    run_stat_refused("stat flags tests/data/btheb.csv --id id --time month "
                     "--score bdi_total --f log1p --min 0 --max 63 "
                     "--halves 2 --reliable-change 64", 65,
                     "reliable change");
    temp_remove(course);
    temp_remove(level);
    temp_remove(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_r),
        cmocka_unit_test(another_outcome_can_be_foretold),
        cmocka_unit_test(halves_are_averaged),
        cmocka_unit_test(people_behind_the_course_are_recognised),
        cmocka_unit_test(errors_name_the_option_or_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

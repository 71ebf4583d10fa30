/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of scores, checked whole and put in order. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/define/catalogue.h"
#include "lib/import_file.h"
#include "support/temp.h"

#define MAP                                                                   \
    "[columns]\nid = who\ndate = day\nsession = no\nstatus = how\n"           \
    "ending = end\nborn = born\n[scale outcome]\n"                            \
    "total = sum\nitems = a, b, c, d\n[scale alliance]\ntotal = al\n"
#define HEAD "who,day,no,how,end,born,sum,a,b,c,d,al\n"

/* A loaded file with all that it borrows. */
struct loaded {
    struct kor_map map;
    struct kor_instrument *scales;
    struct kor_import_file *file;
    struct kor_err err;
    enum kor_code code;
};

static void
parse_scale(const char *key, struct kor_instrument *in)
{
    for (size_t i = 0; kor_catalogue[i].name; i++) {
        if (!strcmp(kor_catalogue[i].name, key)) {
            const char *text = kor_catalogue[i].text;
            assert_int_equal(
                kor_instrument_parse(text, strlen(text), in, NULL), KOR_OK);
            return;
        }
    }
    fail();
}

static void
load(struct loaded *l, const char *map, const char *csv)
{
    char path[TEMP_SIZE];
    struct kor_buf map_text = {0};
    memset(l, 0, sizeof *l);
    kor_err_init(&l->err, KOR_EN);
    kor_buf_puts(&map_text, map);
    assert_int_equal(kor_map_parse(map, strlen(map), &l->map, NULL), KOR_OK);
    l->scales = kor_alloc_array(KOR_MAP_MAX_SCALES, sizeof *l->scales);
    for (size_t i = 0; i < l->map.n_scales; i++) {
        parse_scale(l->map.scales[i].instrument, &l->scales[i]);
    }
    l->file = kor_alloc(sizeof *l->file);
    l->file->map = &l->map;
    l->file->scales = l->scales;
    assert_true(kor_date_parse("2026-11-21", &l->file->today));
    temp_file(path, csv, strlen(csv));
    l->code = kor_import_load(l->file, path, &map_text, &l->err);
    temp_remove(path);
    kor_buf_done(&map_text);
}

static void
unload(struct loaded *l)
{
    for (size_t i = 0; i < KOR_MAP_MAX_SCALES; i++) {
        kor_instrument_done(&l->scales[i]);
    }
    kor_import_done(l->file);
    free(l->file);
    free(l->scales);
}

/* One row in a file of its own is wrong in 'column' and says 'said'. */
static void
assert_problem(const char *row, const char *column, const char *said)
{
    struct loaded l;
    char csv[512];
    snprintf(csv, sizeof csv, HEAD "p,2026-01-01,1,,,,12,,,,,\n%s\n", row);
    load(&l, MAP, csv);
    assert_int_equal(l.code, KOR_OK);
    if (l.file->n_problems != 1
        || !strstr(l.file->problems[0].text, said)) {
        fail_msg("%s: %zu problems, the first '%s', not '%s'", row,
                 l.file->n_problems, l.file->problems[0].text, said);
    }
    assert_int_equal(l.file->problems[0].line, 3);
    assert_string_equal(l.file->problems[0].column, column);
    unload(&l);
}

static void
whatever_is_wrong_in_a_row_has_line_and_column(void **state)
{
    (void)state;
    assert_problem(",2026-01-08,2,,,,12,,,,,", "who", "1 to 64 bytes");
    assert_problem("\"p\tq\",2026-01-08,2,,,,12,,,,,", "who",
                   "another control character");
    assert_problem("p,08.01.2026,2,,,,12,,,,,", "day", "'08.01.2026'");
    assert_problem("p,,2,,,,12,,,,,", "day", "no date");
    assert_problem("p,2026-11-22,2,,,,12,,,,,", "day", "in the future");
    assert_problem("p,2026-01-08,0,,,,12,,,,,", "no", "1 to 9999");
    assert_problem("p,2026-01-08,2.5,,,,12,,,,,", "no", "whole number");
    assert_problem("p,2026-01-08,2,ill,,,12,,,,,", "how", "'ill' is none");
    assert_problem("p,2026-01-08,2,,gone,,12,,,,,", "end", "'gone' is none");
    assert_problem("p,2026-01-08,2,,,1984,12,,,,,", "born", "1984-05");
    assert_problem("p,2026-01-08,2,,,,41,,,,,", "sum", "from 0 to 40");
    assert_problem("p,2026-01-08,2,,,,\"12,5\",,,,,", "sum", "'12,5' is no");
    assert_problem("p,2026-01-08,2,,,,nan,,,,,", "sum", "'nan' is no number");
    assert_problem("p,2026-01-08,2,,,,,1,2,11,3,", "c", "from 0 to 10");
    assert_problem("p,2026-01-08,2,,,,,1,2,3.05,3,", "c", "steps of 0.1");
    assert_problem("p,2026-01-08,2,,,,9,1,2,3,3,", "sum", "both a total");
    assert_problem("p,2026-01-08,2,,,,,,,,,-1", "al", "from 0 to 30");
}

static void
rows_that_do_not_go_together_are_named(void **state)
{
    (void)state;
    assert_problem("p,2026-01-01,1,,,,13,,,,,", "", "up to line 2");
    assert_problem("p,2026-01-01,,,,,13,,,,,", "", "up to line 2");
    assert_problem("p,2026-01-02,1,,,,,,,,,20", "", "another date in line 2");
    struct loaded l;
    load(&l, MAP,
         HEAD "p,2026-01-01,1,,,,12,,,,,\np,2026-01-01,1,,,,,,,,,20\n"
              "p,2026-01-01,1,,,,13,,,,,\n");
    assert_int_equal(l.file->n_problems, 1);
    assert_int_equal(l.file->problems[0].line, 4);
    unload(&l);
    load(&l, MAP,
         HEAD "p,2026-01-01,2,,planned,,12,,,,,\n"
              "p,2026-01-08,1,,unplanned,,12,,,,,\n");
    assert_int_equal(l.file->n_problems, 2);
    assert_non_null(strstr(l.file->problems[0].text, "after session 2"));
    assert_string_equal(l.file->problems[1].column, "end");
    unload(&l);
}

static void
all_errors_are_counted_and_fifty_are_kept(void **state)
{
    (void)state;
    struct loaded l;
    struct kor_buf csv = {0};
    kor_buf_puts(&csv, HEAD);
    for (int i = 0; i < 120; i++) {
        kor_buf_printf(&csv, "p%d,2026-01-01,x,,,,41,,,,,\n", i);
    }
    load(&l, MAP, csv.text);
    assert_int_equal(l.file->n_problems, 240);
    for (size_t i = 0; i < KOR_IMPORT_MAX_PROBLEMS; i++) {
        assert_int_equal(l.file->problems[i].line, 2 + i / 2);
        assert_string_equal(l.file->problems[i].column, i % 2 ? "sum" : "no");
    }
    unload(&l);
    kor_buf_done(&csv);
}

/* Problems of the order come last and go to their lines all the same. */
static void
errors_come_by_line(void **state)
{
    (void)state;
    struct loaded l;
    struct kor_buf csv = {0};
    kor_buf_puts(&csv, HEAD "p,2026-01-01,1,,,,1,,,,,\n"
                            "p,2026-01-01,1,,,,2,,,,,\n");
    for (int i = 0; i < 60; i++) {
        kor_buf_puts(&csv, "q,2026-01-01,1,,,,41,,,,,\n");
    }
    load(&l, MAP, csv.text);
    assert_int_equal(l.file->n_problems, 61);
    assert_int_equal(l.file->problems[0].line, 3);
    assert_int_equal(l.file->problems[1].line, 4);
    assert_int_equal(l.file->problems[49].line, 52);
    unload(&l);
    kor_buf_done(&csv);
}

static void
a_column_that_is_not_there_is_named(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, MAP,
         "who,day,no,how,end,sum,a,b,c,d,al\np,2026-01-01,,,,1,,,,,\n");
    assert_int_equal(l.code, KOR_BAD_VALUE);
    assert_string_equal(l.err.field, "born");
    assert_non_null(strstr(l.err.text, "no column 'born'"));
    unload(&l);
    load(&l,
         "[columns]\nid = who\ndate = day\n[scale outcome]\nitems = a, b\n",
         "who,day,a,b\np,2026-01-01,1,2\n");
    assert_int_equal(l.code, KOR_BAD_VALUE);
    assert_non_null(strstr(l.err.text, "2 items of outcome, which has 4"));
    unload(&l);
}

static void
rows_come_by_person_and_date_with_the_ending_last(void **state)
{
    (void)state;
    static const char *const expected[]
        = {"b 2026-01-01 1 ", "b 2026-01-08 2 ", "b 2026-01-15 3 unplanned",
           "a 2026-01-05 1 ", "a 2026-01-06 2 planned"};
    struct loaded l;
    load(&l, MAP,
         HEAD "b,2026-01-08,2,,unplanned,,12,,,,,\n"
              "a,2026-01-06,2,,planned,,12,,,,,\n"
              "b,2026-01-01,1,,,,12,,,,,\n"
              "a,2026-01-05,1,,planned,,12,,,,,\n"
              "b,2026-01-15,3,,,,12,,,,,\n");
    assert_int_equal(l.code, KOR_OK);
    assert_int_equal(l.file->n_problems, 0);
    assert_int_equal(l.file->n_rows, 5);
    assert_int_equal(l.file->people.n, 2);
    for (size_t i = 0; i < l.file->n_rows; i++) {
        struct kor_import_row row;
        char got[128], date[KOR_DATE_SIZE];
        kor_import_row(l.file, i, &row);
        snprintf(got, sizeof got, "%s %s %lld %s", row.row.person,
                 kor_date_format(row.row.date, date),
                 (long long)row.row.session, row.row.ending);
        assert_string_equal(got, expected[i]);
    }
    unload(&l);
}

static void
answers_come_as_they_are_written(void **state)
{
    (void)state;
    struct loaded l;
    struct kor_import_row row;
    load(&l, MAP,
         HEAD "p,2026-01-01,,Held,,1984-05,,1.5,2,,10,20.5\n"
              "p,2026-01-08,,not-attended,,,,,,,,\n");
    assert_int_equal(l.file->n_problems, 0);
    assert_int_equal(l.file->n_answers, 2);
    assert_int_equal(l.file->n_sessions, 2);
    kor_import_row(l.file, 0, &row);
    assert_string_equal(row.row.born, "1984-05");
    assert_string_equal(row.row.status, "");
    assert_int_equal(row.row.session, KOR_NO_INT);
    assert_int_equal(row.row.n_answers, 2);
    assert_string_equal(row.answers[0].scale, "outcome");
    assert_string_equal(row.answers[0].rater, "client");
    assert_int_equal(row.answers[0].n_values, 4);
    assert_near(1.5, row.answers[0].values[0], 0, 0);
    assert_near(NAN, row.answers[0].values[2], 0, 0);
    assert_near(NAN, row.answers[0].total, 0, 0);
    assert_string_equal(row.answers[1].scale, "alliance");
    assert_int_equal(row.answers[1].n_values, 0);
    assert_near(20.5, row.answers[1].total, 0, 0);
    kor_import_row(l.file, 1, &row);
    assert_string_equal(row.row.status, "not-attended");
    assert_int_equal(row.row.n_answers, 0);
    unload(&l);
}

static void
two_rows_of_one_session_may_hold_different_scales(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, MAP,
         HEAD "p,2026-01-01,,,,,12,,,,,\np,2026-01-01,,,,,,,,,,20\n");
    assert_int_equal(l.file->n_problems, 0);
    assert_int_equal(l.file->n_sessions, 1);
    unload(&l);
}

/* b2sum -l 256 of the file followed by the map. */
static void
the_hash_is_of_file_and_map(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, "[columns]\nid = p\ndate = d\n[scale outcome]\ntotal = t\n",
         "p,d,t\n1,2026-01-01,20\n");
    assert_string_equal(l.file->hash, "1d04236e20946560d27a69e42e299ff9"
                                       "6dd80640a5211af3d527afbc2bfb637d");
    unload(&l);
}

static void
semicolons_and_decimal_commas_are_read_if_the_map_says_so(void **state)
{
    (void)state;
    struct loaded l;
    struct kor_import_row row;
    load(&l,
         "[file]\ndelimiter = semicolon\ndecimal = comma\n"
         "dates = DD.MM.YYYY\n[columns]\nid = p\ndate = d\n"
         "[scale outcome]\ntotal = t\n",
         "\xef\xbb\xbfp;d;t\r\n1;31.01.2026;20,5\r\n");
    assert_int_equal(l.code, KOR_OK);
    assert_int_equal(l.file->n_problems, 0);
    kor_import_row(l.file, 0, &row);
    assert_near(20.5, row.answers[0].total, 0, 0);
    unload(&l);
}

static void
a_batch_fits_into_one_request(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, MAP, HEAD "p,2026-01-01,1,,,,12,,,,,\n");
    assert_int_equal(kor_import_batch(l.file), 200);
    for (size_t i = 0; i < KOR_MAP_MAX_SCALES; i++) {
        l.map.scales[i].n_items = KOR_MAX_ITEMS;
    }
    l.map.n_scales = KOR_MAP_MAX_SCALES;
    /* 64 items of at most 21 bytes ("-999999.99,", say) and some words. */
    assert_true(kor_import_batch(l.file) * (8 * (64 * 21 + 150) + 300)
                < (size_t)512 * 1024);
    unload(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_wrong_in_a_row_has_line_and_column),
        cmocka_unit_test(rows_that_do_not_go_together_are_named),
        cmocka_unit_test(all_errors_are_counted_and_fifty_are_kept),
        cmocka_unit_test(errors_come_by_line),
        cmocka_unit_test(a_column_that_is_not_there_is_named),
        cmocka_unit_test(rows_come_by_person_and_date_with_the_ending_last),
        cmocka_unit_test(answers_come_as_they_are_written),
        cmocka_unit_test(two_rows_of_one_session_may_hold_different_scales),
        cmocka_unit_test(the_hash_is_of_file_and_map),
        cmocka_unit_test(
            semicolons_and_decimal_commas_are_read_if_the_map_says_so),
        cmocka_unit_test(a_batch_fits_into_one_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

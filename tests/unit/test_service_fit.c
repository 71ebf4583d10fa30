/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expected courses fitted to a made-up clinic: its rule and what lme4 finds in
 * it are in tests/oracle/fit.R. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/embedded.h"
#include "kor/define/catalogue.h"
#include "kor/define/course.h"
#include "kor/stat/deal.h"
#include "oracle/fit_oracle.h"
#include "service/flag_table.h"
#include "store/definition.h"
#include "support/clinic.h"
#include "support/rule.h"

/* --- tests --------------------------------------------------------------- */

static void
assert_fit(const struct kor_course_record *record, const double oracle[])
{
    const struct kor_course *c = &record->course;
    const double got[] = {c->b0, c->b1, c->b2, c->b3,
                          record->se[0], record->se[1], record->se[2],
                          record->se[3], c->tau00, c->tau01, c->tau11,
                          c->sigma, record->loglik};
    for (size_t i = 0; i < KOR_LENGTH(got); i++) {
        assert_near(oracle[i], got[i], 1e-6, 2e-5);
    }
}

static void
a_fit_finds_what_lme4_finds(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    rule_import(clinic, ORACLE_PEOPLE, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    assert_reply(clinic, "people", ORACLE_PEOPLE);
    assert_reply(clinic, "records", ORACLE_RECORDS);
    assert_string_equal("reml", clinic_text(clinic, "method"));
    assert_string_equal("log", clinic_text(clinic, "f"));
    assert_false(clinic_true(clinic, "in_use"));
    assert_string_equal("", clinic_text(clinic, "note"));
    rule_read_course(clinic, &record);
    assert_fit(&record, reml_oracle);
    assert_near(2, record.course.first_time, 0, 0);
    assert_near(7, record.course.max_time, 0, 0);
    assert_string_equal("1", record.version);
    assert_int_equal(50, record.min_people);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'method': 'ml'}");
    rule_read_course(clinic, &record);
    assert_fit(&record, ml_oracle);
    clinic_ok(clinic, "course.list", "{}");
    assert_int_equal(2, clinic_count(clinic, "courses"));
    assert_string_equal("ml", clinic_text(clinic, "courses[0].method"));
}

static void
weeks_since_the_start_score_are_counted_from_its_date(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'f': 'log1p'}");
    rule_read_course(clinic, &record);
    assert_int_equal(record.unit, KOR_COURSE_WEEKS);
    assert_near(1, record.course.first_time, 0, 0);
    assert_near(6, record.course.max_time, 0, 0);
    /* log(1 + weeks) is log(session) here, so nothing else changes. */
    assert_fit(&record, reml_oracle);
}

static void
a_fit_stores_how_wide_its_range_has_to_be_and_how_well_it_held(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    static struct rule_rows kept;
    memset(&kept, 0, sizeof kept);
    rule_import(clinic, ORACLE_PEOPLE, &kept);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    const struct kor_calibration *c = &record.course.calibration;
    const struct kor_course course = rule_learn(&kept, NULL).course;
    assert_int_equal(6, c->n_times); /* Sessions 2 to 7. */
    assert_int_equal(1, c->seed);
    assert_int_equal(ORACLE_PEOPLE, c->n_people);
    assert_int_equal(ORACLE_RECORDS, c->overall[KOR_WIDTH_80].n);
    assert_int_equal(course.calibration.overall[KOR_WIDTH_80].covered,
                     c->overall[KOR_WIDTH_80].covered);
    for (size_t t = 0; t < c->n_times; t++) {
        for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
            assert_near(course.calibration.reach[KOR_WIDTH_68][t][k],
                        c->reach[KOR_WIDTH_68][t][k], 0, 0);
        }
    }
}

static void
too_few_episodes_leave_the_range_as_the_model_has_it(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    rule_import(clinic, 8, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    assert_int_equal(8, record.course.n_people);
    assert_int_equal(0, record.course.calibration.n_times);
    assert_null(json_object_get(json_object_get(clinic->reply, "certificate"),
                                "calibration"));
}

/* What the rule of raw change says of person 'i', by hand: half a reliable
 * change of 7 points at the first score from session 4 on, unless that is the
 * last one. */
struct by_hand {
    double people, outcomes, flagged, hits;
};

static void
look_at(const struct rule_rows *kept, size_t i, struct by_hand *sum)
{
    size_t from = kept->from[i], last = kept->from[i + 1] - 1, r = from;
    double start = kept->points[from];
    if (last - from < 2 || 40 - start < 7) {
        return;
    }
    while (r < last && kept->at[r] < 4) {
        r++;
    }
    bool is_flagged = r < last && kept->points[r] - start < 3.5;
    bool is_with = kept->points[last] - start < 7;
    sum->people++;
    sum->outcomes += is_with;
    sum->flagged += is_flagged;
    sum->hits += is_flagged && is_with;
}

static void
a_fit_counts_how_good_each_rule_is_on_halves_left_out(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    static struct rule_rows kept;
    struct by_hand sum = {0};
    memset(&kept, 0, sizeof kept);
    rule_import(clinic, ORACLE_PEOPLE, &kept);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    for (uint64_t k = 0; k < 20; k++) {
        uint32_t part[ORACLE_PEOPLE];
        kor_deal(kor_deal_seed(1, k), 2, part, ORACLE_PEOPLE);
        for (size_t i = 0; i < ORACLE_PEOPLE; i++) {
            if (part[i] == 1) {
                look_at(&kept, i, &sum);
            }
        }
    }
    const struct kor_flags *table = &record.flags.table;
    const double *raw = table->rules[KOR_FLAG_RAW];
    assert_int_equal(KOR_FLAGS_COUNTED, record.flags.state);
    assert_int_equal(20, record.flags.n_halves);
    assert_int_equal(1, record.flags.seed);
    assert_near(7, record.flags.rc_points, 0, 0);
    assert_near(30, table->people + table->too_short + table->no_room, 1e-9,
                0);
    assert_near(sum.people / 20, table->people, 1e-9, 0);
    assert_near(sum.outcomes / 20, table->outcomes, 1e-9, 0);
    assert_near(sum.flagged / 20, raw[KOR_FLAG_FLAGGED], 1e-9, 0);
    assert_near(sum.hits / 20, raw[KOR_FLAG_TRUE_POSITIVES], 1e-9, 0);
    assert_true(record.flags.has_favoured);
    assert_int_equal(record.flags.favoured, record.course.rule);
}

static void
without_a_reliable_change_or_with_too_few_there_is_no_table(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    static struct rule_rows kept;
    struct kor_course_flags flags;
    memset(&kept, 0, sizeof kept);
    rule_import(clinic, 12, &kept);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    assert_int_equal(KOR_FLAGS_TOO_FEW, record.flags.state);
    const struct kor_learning learning = {.max_points = 40};
    const struct kor_measure measure = {.max_points = 40,
                                        .rc_points = NAN,
                                        .cutoff_points = NAN};
    const struct kor_episodes episodes = {.n_people = kept.n_people,
                                          .from = kept.from,
                                          .at = kept.at,
                                          .points = kept.points};
    kit_ok(kor_flag_table(&episodes, &learning, &measure, &flags, NULL),
           NULL);
    assert_int_equal(KOR_FLAGS_NO_RELIABLE_CHANGE, flags.state);
}

static void
many_people_are_parted_less_often(void **state)
{
    (void)state;
    static const size_t rows[][2] = {{0, 20}, {60, 20}, {3000, 20},
                                     {6000, 10}, {1000000, 4}};
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        assert_int_equal(rows[i][1], kor_flag_halves(rows[i][0]));
    }
}

static void
what_cannot_be_fitted_is_refused_by_name(void **state)
{
    struct clinic *clinic = *state;
    rule_import(clinic, 2, NULL);
    clinic_refused(clinic, KOR_CONFLICT, "scale", "course.fit",
                   "{'scale': 'outcome'}");
    assert_non_null(strstr(clinic->call.err.text, "2 people"));
    clinic_refused(clinic, KOR_CONFLICT, "scale", "course.fit",
                   "{'scale': 'phq9'}");
    clinic_refused(clinic, KOR_CONFLICT, "scale", "course.fit",
                   "{'scale': 'outcome', 'pathway': 'elsewhere'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "scale", "course.fit",
                   "{'scale': 'alliance'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "scale", "course.fit",
                   "{'scale': 'nothing'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "method", "course.fit",
                   "{'scale': 'outcome', 'method': 'ols'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "f", "course.fit",
                   "{'scale': 'outcome', 'f': 'identity'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "rater", "course.fit",
                   "{'scale': 'outcome', 'rater': 'cat'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "course.use", "{'id': 7}");
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "course.show", "{'id': 7}");
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM course"));
}

static void
a_course_of_fewer_than_fifty_says_that_its_range_stays_hidden(void **state)
{
    struct clinic *clinic = *state;
    rule_import(clinic, 49, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    assert_reply(clinic, "people", 49);
    assert_non_null(strstr(clinic_text(clinic, "note"), "hidden"));
    clinic_ok(clinic, "course.use", "{'id': 1}");
    assert_true(clinic_true(clinic, "in_use"));
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "open", "{'born': '1980-01'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    assert_string_equal("few-behind",
                        clinic_text(clinic, "answers[0].unsaid"));
}

/* The reason why a client born then has no standing at the second score. */
static const char *
unsaid_for(struct clinic *clinic, const char *born)
{
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "open", *born ? "{'born': '%s'}" : "{}%s", born);
    strcpy(code, clinic_text(clinic, "code"));
    for (int i = 0; i < 2; i++) {
        clinic->now_ms += 7 * 24 * 3600 * (int64_t)1000;
        clinic_total(clinic, code, "outcome", 20 + i);
    }
    return clinic_text(clinic, "answers[0].unsaid");
}

static void
a_course_refuses_whom_it_was_not_made_for(void **state)
{
    struct clinic *clinic = *state;
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    clinic_ok(clinic, "course.use", "{'id': 1}");
    /* The people of the rule were born 1970 to 1989. */
    assert_string_equal("", unsaid_for(clinic, "1980-01"));
    assert_string_equal("no-course", unsaid_for(clinic, "2010-01"));
    assert_string_equal("no-course", unsaid_for(clinic, ""));
    clinic_ok(clinic, "course.use", "{'id': 1, 'off': true}");
    assert_false(clinic_true(clinic, "in_use"));
    assert_string_equal("no-course", unsaid_for(clinic, "1980-01"));
}

static void
one_person_of_unknown_age_makes_a_course_for_all_ages(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    char code[KOR_CLIENT_CODE_SIZE];
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    assert_true(record.age_from > 0 && record.age_to > record.age_from);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 21);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'reason': 'done', 'ending': 'planned'}", code);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    assert_int_equal(61, record.course.n_people);
    assert_int_equal(KOR_NO_AGE, record.age_from);
    assert_int_equal(KOR_NO_AGE, record.age_to);
}

/* Adds the outcome check once more as version 2. */
static void
add_version(struct clinic *clinic)
{
    struct kor_err err;
    int64_t id;
    kor_err_init(&err, KOR_EN);
    const struct kor_embedded *row = kor_catalogue;
    while (strcmp(row->name, "outcome")
           && strcmp(row->name, "outcome.json")) {
        row++;
        assert_non_null(row->name);
    }
    char *text = strdup(row->text);
    char *version = strstr(text, "\"version\": \"1\"");
    assert_non_null(version);
    version[strlen("\"version\": \"")] = '2';
    kit_ok(kor_store_definition_add(kor_service_store(clinic->service),
                                    KOR_DEFINITION_SCALE, "outcome", "2", text,
                                    clinic->now_ms, &id, &err),
           &err);
    free(text);
}

static void
a_new_version_of_a_scale_has_no_course_and_no_scores_yet(void **state)
{
    struct clinic *clinic = *state;
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    clinic_ok(clinic, "course.use", "{'id': 1}");
    add_version(clinic);
    assert_string_equal("no-course", unsaid_for(clinic, "1980-01"));
    clinic_ok(clinic, "export", "{'after': 0}");
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM answer WHERE"
                                           " instrument_id = (SELECT max(id) "
                                           "FROM instrument)"));
    clinic_refused(clinic, KOR_CONFLICT, "scale", "course.fit",
                   "{'scale': 'outcome'}");
}

static void
the_course_of_the_pathway_comes_before_one_of_all(void **state)
{
    struct clinic *clinic = *state;
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    clinic_ok(clinic, "course.use", "{'id': 1}");
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'pathway': 'talk'}");
    clinic_ok(clinic, "course.use", "{'id': 2}");
    assert_string_equal("", unsaid_for(clinic, "1980-01"));
    assert_reply(clinic, "answers[0].course", 2);
    clinic_ok(clinic, "course.show", "{'id': 1}");
    assert_true(clinic_true(clinic, "in_use"));
    clinic_ok(clinic, "course.use", "{'id': 2, 'off': true}");
    assert_string_equal("", unsaid_for(clinic, "1980-01"));
    assert_reply(clinic, "answers[0].course", 1);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_fit_finds_what_lme4_finds),
        T(weeks_since_the_start_score_are_counted_from_its_date),
        T(a_fit_stores_how_wide_its_range_has_to_be_and_how_well_it_held),
        T(too_few_episodes_leave_the_range_as_the_model_has_it),
        T(a_fit_counts_how_good_each_rule_is_on_halves_left_out),
        T(without_a_reliable_change_or_with_too_few_there_is_no_table),
        cmocka_unit_test(many_people_are_parted_less_often),
        T(what_cannot_be_fitted_is_refused_by_name),
        T(a_course_of_fewer_than_fifty_says_that_its_range_stays_hidden),
        T(a_course_refuses_whom_it_was_not_made_for),
        T(one_person_of_unknown_age_makes_a_course_for_all_ages),
        T(a_new_version_of_a_scale_has_no_course_and_no_scores_yet),
        T(the_course_of_the_pathway_comes_before_one_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

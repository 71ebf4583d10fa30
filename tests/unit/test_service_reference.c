/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Courses from elsewhere: how they come in, and how they stand in for episodes
 * that are not closed yet. */

#include <stdlib.h>
#include <string.h>

#include "support/rule.h"

/* The certificate of a course that a clinic with 'n' people fitted; with
 * 'from' replaced by 'to'. */
static char *
certificate_of(int n, const char *from, const char *to)
{
    static char out[CLINIC_FRAME_SIZE];
    struct clinic *clinic = clinic_new();
    rule_import(clinic, n, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    char *text = json_dumps(json_object_get(clinic->reply, "certificate"),
                            JSON_COMPACT);
    const char *at = strstr(text, from);
    assert_non_null(at);
    snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, to,
             at + strlen(from));
    free(text);
    clinic_free(clinic);
    return out;
}

static void
add_reference(struct clinic *clinic)
{
    clinic_ok(clinic, "course.add",
              "{'certificate': %s, 'source': 'four clinics'}",
              certificate_of(60, "", ""));
}

static void
a_course_from_elsewhere_is_kept_with_its_source(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    add_reference(clinic);
    assert_reply(clinic, "id", 1);
    assert_reply(clinic, "people", 60);
    assert_false(clinic_true(clinic, "in_use"));
    rule_read_course(clinic, &record);
    assert_string_equal("four clinics", record.source);
    assert_int_equal(60, record.course.calibration.n_people);
    clinic_ok(clinic, "course.use", "{'id': 1}");
    assert_true(clinic_true(clinic, "in_use"));
}

static void
a_course_that_is_wrong_here_is_refused_at_its_field(void **state)
{
    struct clinic *clinic = *state;
    static const struct {
        enum kor_code code;
        const char *field, *from, *to;
    } rows[] = {
        {KOR_BAD_VALUE, "source", "", ""},
        {KOR_NOT_FOUND, "instrument", "\"outcome\"", "\"nothing\""},
        {KOR_NOT_FOUND, "instrument", "\"version\":\"1\"",
         "\"version\":\"9\""},
        {KOR_BAD_VALUE, "instrument", "\"outcome\"", "\"alliance\""},
        {KOR_CONFLICT, "instrument", "\"max\":40", "\"max\":41"},
        {KOR_CONFLICT, "instrument", "\"higher\"", "\"lower\""},
        {KOR_BAD_VALUE, "min_people", "\"min_people\":50",
         "\"min_people\":5"},
        {KOR_BAD_VALUE, "sigma", "\"sigma\":", "\"sigma\":-"},
        {KOR_CONFLICT, "flags.reliable_change", "\"reliable_change\":7.0",
         "\"reliable_change\":6.5"},
        {KOR_BAD_VALUE, "max_time", "\"max_time\":7.0",
         "\"max_time\":1001"},
        {KOR_BAD_VALUE, "fitted_at", "\"fitted_at\":\"2",
         "\"fitted_at\":\"3"},
        {KOR_BAD_VALUE, "cat", "\"kind\"", "\"cat\":1,\"kind\""},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        clinic_refused(clinic, rows[i].code, rows[i].field, "course.add",
                       i ? "{'certificate': %s, 'source': 'four clinics'}"
                         : "{'certificate': %s}",
                       certificate_of(60, rows[i].from, rows[i].to));
    }
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM course"));
}

static void
flags_mark_only_by_what_they_were_counted_with(void **state)
{
    struct clinic *clinic = *state;
    json_t *json = json_loads(certificate_of(60, "", ""), 0, NULL);
    json_t *flags = json_object_get(json, "flags");
    json_t *calibration
        = json_incref(json_object_get(json, "calibration"));
    json_object_del(json, "calibration");
    char *plain = json_dumps(json, JSON_COMPACT);
    /* A scale that has no reliable change. */
    json_object_set_new(json, "calibration", calibration);
    json_object_set_new(json, "instrument", json_string("cesd"));
    json_object_set_new(json, "max", json_integer(60));
    json_object_set_new(json, "direction", json_string("lower"));
    char *other = json_dumps(json, JSON_COMPACT);
    json_object_clear(flags);
    json_object_set_new(flags, "none", json_string("no-reliable-change"));
    char *none = json_dumps(json, JSON_COMPACT);
    clinic_refused(clinic, KOR_BAD_VALUE, "calibration", "course.add",
                   "{'certificate': %s, 'source': 'x'}", plain);
    clinic_refused(clinic, KOR_CONFLICT, "flags.reliable_change",
                   "course.add", "{'certificate': %s, 'source': 'x'}", other);
    assert_non_null(strstr(clinic->call.err.text, "has none here"));
    clinic_ok(clinic, "course.add", "{'certificate': %s, 'source': 'x'}",
              none);
    json_decref(json);
    free(plain);
    free(other);
    free(none);
}

static void
therapists_add_no_courses(void **state)
{
    struct clinic *clinic = *state;
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "course.add",
                   "{'certificate': {}}");
}

static void
a_reference_counts_for_what_is_not_closed_yet(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record reference, record;
    static struct rule_rows kept;
    memset(&kept, 0, sizeof kept);
    add_reference(clinic);
    rule_read_course(clinic, &reference);
    rule_import(clinic, 20, &kept);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'reference': 1}");
    assert_reply(clinic, "people", 100);
    assert_string_equal("", clinic_text(clinic, "note"));
    rule_read_course(clinic, &record);
    const struct kor_learned learned = rule_learn(&kept, &reference.course);
    assert_near(80, learned.reference_weight, 0, 0);
    assert_near(learned.course.b1, record.course.b1, 0, 1e-12);
    assert_near(learned.course.tau11, record.course.tau11, 0, 1e-12);
    assert_int_equal(1, record.reference.id);
    assert_int_equal(80, record.reference.weight);
    assert_int_equal(60, record.reference.n_people);
    assert_string_equal("four clinics", record.reference.source);
    assert_true(record.reference.lends_range);
    assert_int_equal(60, record.course.calibration.n_people);
    assert_int_equal(20, kor_course_own_people(&record));
}

static void
while_it_counts_the_course_is_for_the_ages_of_both(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    json_t *json = json_loads(certificate_of(60, "", ""), 0, NULL);
    json_t *age = json_object_get(json, "age");
    json_object_set_new(age, "from", json_integer(12));
    char *wider = json_dumps(json, JSON_COMPACT);
    json_object_del(json, "age");
    char *any = json_dumps(json, JSON_COMPACT);
    rule_import(clinic, 20, NULL);
    clinic_ok(clinic, "course.add", "{'certificate': %s, 'source': 'x'}",
              wider);
    clinic_ok(clinic, "course.add", "{'certificate': %s, 'source': 'x'}",
              any);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'reference': 1}");
    rule_read_course(clinic, &record);
    assert_int_equal(12, record.age_from);
    assert_true(record.age_to > 40);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'reference': 2}");
    rule_read_course(clinic, &record);
    assert_int_equal(KOR_NO_AGE, record.age_from);
    json_decref(json);
    free(wider);
    free(any);
}

static void
own_episodes_calibrate_the_range_once_they_are_enough(void **state)
{
    struct clinic *clinic = *state;
    struct kor_course_record record;
    add_reference(clinic);
    rule_import(clinic, 60, NULL);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'reference': 1}");
    rule_read_course(clinic, &record);
    assert_int_equal(40, record.reference.weight);
    assert_false(record.reference.lends_range);
    /* The rules for flags are counted on own people alone. */
    const double *band = record.flags.table.rules[KOR_FLAG_BAND80];
    double sensitivity = band[KOR_FLAG_SENSITIVITY];
    assert_int_equal(KOR_FLAGS_COUNTED, record.flags.state);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    rule_read_course(clinic, &record);
    assert_near(sensitivity, band[KOR_FLAG_SENSITIVITY], 0, 0);
}

static void
a_reference_that_cannot_stand_in_is_refused_with_the_reason(void **state)
{
    struct clinic *clinic = *state;
    static const struct {
        int n;
        const char *from, *to, *why;
    } rows[] = {
        {60, "\"client\"", "\"parent\"", "another rater"},
        {60, "\"time\":\"log\"", "\"time\":\"log1p\"", "function of time"},
        {10, "", "", "not calibrated"},
        {49, "", "", "too few people"},
    };
    rule_import(clinic, 20, NULL);
    clinic_refused(clinic, KOR_NOT_FOUND, "reference", "course.fit",
                   "{'scale': 'outcome', 'reference': 7}");
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        clinic_ok(clinic, "course.add",
                  "{'certificate': %s, 'source': 'four clinics'}",
                  certificate_of(rows[i].n, rows[i].from, rows[i].to));
        clinic_refused(clinic, KOR_CONFLICT, "reference", "course.fit",
                       "{'scale': 'outcome', 'reference': %d}", (int)i + 1);
        assert_non_null(strstr(clinic->call.err.text, rows[i].why));
    }
    add_reference(clinic);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome', 'reference': 5}");
    clinic_refused(clinic, KOR_CONFLICT, "reference", "course.fit",
                   "{'scale': 'outcome', 'reference': 6}");
    assert_non_null(strstr(clinic->call.err.text, "leans"));
    clinic_refused(clinic, KOR_CONFLICT, "reference", "course.fit",
                   "{'scale': 'phq9', 'reference': 5}");
    clinic_refused(clinic, KOR_CONFLICT, "reference", "course.fit",
                   "{'scale': 'outcome', 'reference': 5, 'pathway': 'x'}");
    assert_non_null(strstr(clinic->call.err.text, "course use"));
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_course_from_elsewhere_is_kept_with_its_source),
        T(a_course_that_is_wrong_here_is_refused_at_its_field),
        T(flags_mark_only_by_what_they_were_counted_with),
        T(therapists_add_no_courses),
        T(a_reference_counts_for_what_is_not_closed_yet),
        T(while_it_counts_the_course_is_for_the_ages_of_both),
        T(own_episodes_calibrate_the_range_once_they_are_enough),
        T(a_reference_that_cannot_stand_in_is_refused_with_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

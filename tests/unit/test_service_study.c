/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: what a researcher takes out - who is not in it, and that two files
 * cannot be joined. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "support/staff.h"

#define RESEARCHER KOR_ROLE_BIT(KOR_ACTOR_RESEARCHER)

static int
set_up(void **state)
{
    struct staff *staff = staff_new();
    (void)clinic_actor(staff->clinic, "study", RESEARCHER);
    *state = staff;
    return 0;
}

/* Opens an episode as the owner on a pathway, with one answer a week. */
static void
add_client(struct staff *staff, const char *pathway, int n_answers,
           char code[KOR_CLIENT_CODE_SIZE])
{
    struct kor_caller kept = staff->clinic->caller;
    staff_act(staff, &staff->owner);
    clinic_day(staff->clinic, 0);
    clinic_ok(staff->clinic, "open", "{'pathway': '%s'}", pathway);
    kor_utf8_copy(code, KOR_CLIENT_CODE_SIZE,
                  clinic_text(staff->clinic, "code"));
    for (int i = 0; i < n_answers; i++) {
        clinic_day(staff->clinic, 7 * i);
        clinic_total(staff->clinic, code, "outcome", 10 + i);
    }
    staff->clinic->caller = kept;
}

/* --- what is in it -------------------------------------------------------- */

static const char *const told[] = {
    "person", "episode", "pathway", "ending", "session", "day", "status",
    "mode", "scale", "scale_version", "rater", "how", "version", "values",
    "total", "standing", "made_up", "shared",
};

static void
check_row(json_t *row)
{
    const char *key;
    json_t *value;
    json_object_foreach(row, key, value) {
        size_t i = 0;
        while (i < KOR_LENGTH(told) && strcmp(told[i], key)) {
            i++;
        }
        if (i == KOR_LENGTH(told)) {
            fail_msg("a researcher is told '%s'", key);
        }
    }
}

static void
no_code_no_name_no_unit_and_no_date_is_in_it(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    struct kor_caller study = clinic->caller;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'mode': 'room', 'answers': [{'scale': "
              "'outcome', 'values': [1, 2, 3, 4], 'language': 'sv'}, "
              "{'scale': 'alliance', 'total': 30}]}", staff->code);
    clinic_day(clinic, 9);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'moved to the coast'}", staff->code);
    add_client(staff, "talk", 2, code);
    staff_act(staff, &study);
    clinic_ok(clinic, "export", "{}");
    const char *text = kor_buf_text(&clinic->call.reply);
    json_t *rows = json_object_get(clinic->reply, "rows");
    assert_int_equal(4, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        check_row(json_array_get(rows, i));
    }
    static const char *const secret[]
        = {"owner", "clinic", "coast", "2026", "language"};
    for (size_t i = 0; i < KOR_LENGTH(secret); i++) {
        assert_null(strstr(text, secret[i]));
    }
    assert_null(strstr(text, code));
    assert_null(strstr(text, staff->code));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'export' AND role = "
                                   "'researcher' AND length(people) = 16"));
}

/* The total of a person's answer on that day; NAN if there is none. */
static double
total_on(const struct clinic *clinic, const char *person, int day)
{
    json_t *rows = json_object_get(clinic->reply, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        if (!strcmp(json_string_value(json_object_get(row, "person")), person)
            && json_integer_value(json_object_get(row, "day")) == day) {
            return json_number_value(json_object_get(row, "total"));
        }
    }
    return NAN;
}

static void
days_are_counted_from_the_first_of_the_episode(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    add_client(staff, "talk", 3, code);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(3, clinic_count(clinic, "rows"));
    const char *person = clinic_text(clinic, "rows[0].person");
    assert_int_equal(13, strlen(person));
    assert_near(10, total_on(clinic, person, 0), 0, 0);
    assert_near(11, total_on(clinic, person, 7), 0, 0);
    assert_near(12, total_on(clinic, person, 14), 0, 0);
}

/* Four people have 'rare' and five 'some'. */
static void
a_pathway_of_few_is_not_told(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    int n_rare = 0, n_some = 0, n_none = 0;
    clinic_pathway(clinic, "rare", "'signals': {'asks': []}");
    clinic_pathway(clinic, "some", "'signals': {'asks': []}");
    for (int i = 0; i < 9; i++) {
        add_client(staff, i < 4 ? "rare" : "some", 1, code);
    }
    clinic_ok(clinic, "export", "{}");
    for (size_t i = 0; i < clinic_count(clinic, "rows"); i++) {
        char path[40];
        snprintf(path, sizeof path, "rows[%zu].pathway", i);
        const char *pathway = clinic_text(clinic, path);
        n_rare += !strcmp(pathway, "rare");
        n_some += !strcmp(pathway, "some");
        n_none += !*pathway;
    }
    assert_int_equal(0, n_rare);
    assert_int_equal(5, n_some);
    assert_int_equal(4, n_none);
}

/* Whose consent was withdrawn and not given anew is not in it, and does not
 * count among the five of a pathway. */
static void
who_withdrew_a_consent_to_research_is_left_out(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller study = clinic->caller;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_pathway(clinic, "some", "'signals': {'asks': []}");
    for (int i = 0; i < 5; i++) {
        add_client(staff, "some", 1, code);
    }
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': 'uio'}", code);
    long long id = (long long)clinic_num(clinic, "id");
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'teaching', "
              "'to': 'uio'}", code);
    long long other = (long long)clinic_num(clinic, "id");
    clinic_day(clinic, 1);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'x'}", code, other);
    staff_act(staff, &study);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(5, clinic_count(clinic, "rows"));
    assert_string_equal("some", clinic_text(clinic, "rows[0].pathway"));
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'x'}", code, id);
    staff_act(staff, &study);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(4, clinic_count(clinic, "rows"));
    assert_string_equal("", clinic_text(clinic, "rows[0].pathway"));
    clinic_day(clinic, 2);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': 'ntnu'}", code);
    staff_act(staff, &study);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(5, clinic_count(clinic, "rows"));
}

/* One to somebody else that was given before says nothing of afterwards. */
static void
a_consent_from_before_does_not_outlive_a_withdrawal(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller study = clinic->caller;
    char code[KOR_CLIENT_CODE_SIZE];
    add_client(staff, "talk", 1, code);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': 'uio'}", code);
    long long id = (long long)clinic_num(clinic, "id");
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': 'ntnu'}", code);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'x'}", code, id);
    staff_act(staff, &study);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(0, clinic_count(clinic, "rows"));
}

/* --- who is who ----------------------------------------------------------- */

static void
read_person(struct clinic *clinic, char person[16], const char *body)
{
    clinic_ok(clinic, "export", "%s", body);
    kor_utf8_copy(person, 16, clinic_text(clinic, "rows[0].person"));
    assert_int_equal(13, strlen(person));
}

static void
the_same_person_has_another_id_in_every_export(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE], one[16], two[16], other[16], body[80];
    struct kor_caller study = clinic->caller;
    add_client(staff, "talk", 1, code);
    read_person(clinic, one, "{}");
    double series = clinic_num(clinic, "series");
    assert_near((double)clinic->now_ms, series, 0, 0);
    /* The same within the series, */
    snprintf(body, sizeof body, "{'after': 0, 'series': %.0f}", series);
    read_person(clinic, two, body);
    assert_string_equal(one, two);
    /* another for somebody else with that series, */
    (void)clinic_actor(clinic, "study-2", RESEARCHER);
    read_person(clinic, other, body);
    assert_string_not_equal(one, other);
    /* in the next one, */
    clinic->caller = study;
    clinic->now_ms += 1;
    read_person(clinic, two, "{}");
    assert_string_not_equal(one, two);
    /* and after the daemon was started again at the same moment. */
    clinic->now_ms -= 1;
    clinic_restart(clinic);
    read_person(clinic, two, "{}");
    assert_string_not_equal(one, two);
}

static void
a_series_that_is_over_or_made_up_is_refused(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    add_client(staff, "talk", 1, code);
    clinic_ok(clinic, "export", "{}");
    double series = clinic_num(clinic, "series");
    clinic_refused(clinic, KOR_BAD_VALUE, "series", "export",
                   "{'after': 1}");
    clinic_refused(clinic, KOR_BAD_VALUE, "series", "export",
                   "{'after': 1, 'series': 1}");
    clinic_refused(clinic, KOR_BAD_VALUE, "series", "export",
                   "{'after': 1, 'series': %.0f}", series + 1);
    clinic->now_ms += 2 * 3600000LL;
    clinic_ok(clinic, "export", "{'after': 1, 'series': %.0f}", series);
    clinic->now_ms += 1;
    clinic_refused(clinic, KOR_BAD_VALUE, "series", "export",
                   "{'after': 1, 'series': %.0f}", series);
    /* Nor does one go on over a restart: its people would be others. */
    clinic_ok(clinic, "export", "{}");
    series = clinic_num(clinic, "series");
    clinic->now_ms += 1;
    clinic_restart(clinic);
    clinic_refused(clinic, KOR_BAD_VALUE, "series", "export",
                   "{'after': 1, 'series': %.0f}", series);
}

/* --- page by page --------------------------------------------------------- */

/* What all pages held. */
struct seen {
    size_t n_rows, n_pages;
    double sum;          /* Of the totals. */
    bool is_in_order;    /* People came together, by id. */
    char last[16];
};

static void
see_page(const struct clinic *clinic, struct seen *seen)
{
    json_t *rows = json_object_get(clinic->reply, "rows");
    seen->n_pages++;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        const char *person
            = json_string_value(json_object_get(row, "person"));
        json_t *total = json_object_get(row, "total");
        seen->is_in_order &= strcmp(seen->last, person) <= 0;
        kor_utf8_copy(seen->last, sizeof seen->last, person);
        seen->sum += total ? json_number_value(total) : 0;
        seen->n_rows++;
    }
}

static struct seen
see_all(struct clinic *clinic)
{
    struct seen seen = {.is_in_order = true};
    char body[160] = "{}";
    for (bool go_on = true; go_on;) {
        clinic_ok(clinic, "export", "%s", body);
        see_page(clinic, &seen);
        double next = clinic_num(clinic, "next");
        go_on = !isnan(next);
        snprintf(body, sizeof body,
                 "{'after': %.0f, 'skip': %.0f, 'series': %.0f}", next,
                 clinic_num(clinic, "skip"), clinic_num(clinic, "series"));
    }
    return seen;
}

/* One client with 450 sessions, whose total is the number of the session, and
 * 300 with two each and without a total. */
static void
every_session_comes_once_in_the_order_of_nobody(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    kit_sql(clinic->config.store_path,
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
            "SELECT i + 1 FROM n WHERE i < 300) "
            "INSERT INTO person (code) SELECT 'made-' || i FROM n; "
            "INSERT INTO episode (person_id, number, pathway, unit, "
            "therapist, opened_date, ending) SELECT id, 1, 'talk', 'clinic', "
            "'owner', 20458, 'open' FROM person WHERE code LIKE 'made-%'; "
            "INSERT INTO session (episode_id, number, session_date, status) "
            "SELECT e.id, k.i, 20458 + k.i, 'held' FROM episode e, "
            "(SELECT 1 AS i UNION ALL SELECT 2) k WHERE e.person_id > 1; "
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
            "SELECT i + 1 FROM n WHERE i < 450) "
            "INSERT INTO session (episode_id, number, session_date, status) "
            "SELECT 1, i, 20458 + i, 'held' FROM n; "
            "INSERT INTO answer (session_id, instrument_id, rater, version, "
            "language, how, total, n_missing, is_prorated, attention, at_ms, "
            "actor_id, standing, unsaid, findings) "
            "SELECT s.id, (SELECT id FROM instrument WHERE key = 'outcome'), "
            "'client', 1, 'nb', 'self', s.number, 0, 0, 0, 0, 1, 0, 0, 0 "
            "FROM session s WHERE s.episode_id = 1");
    struct seen seen = see_all(clinic);
    assert_int_equal(450 + 600, seen.n_rows);
    assert_near(450 * 451 / 2.0, seen.sum, 0, 0);
    assert_true(seen.is_in_order);
    assert_true(seen.n_pages >= 3);
}

static void
an_empty_clinic_has_an_empty_export(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    clinic_ok(clinic, "export", "{}"); /* One client without a session. */
    assert_int_equal(0, clinic_count(clinic, "rows"));
    assert_reply(clinic, "next", NAN);
}

/* --- by which role -------------------------------------------------------- */

static void
an_administrator_takes_out_everything_as_before(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    add_client(staff, "talk", 1, code);
    staff_act(staff, &staff->office); /* Of a unit alone. */
    clinic_refused(clinic, KOR_FORBIDDEN, "", "export", "{}");
    (void)clinic_actor(clinic, "head-office", STAFF_ADMINISTRATOR);
    clinic_ok(clinic, "export", "{}");
    assert_string_equal(code, clinic_text(clinic, "rows[0].code"));
    assert_string_equal("owner", clinic_text(clinic, "rows[0].therapist"));
    assert_string_equal("2026-01-05", clinic_text(clinic, "rows[0].date"));
    assert_string_equal("", clinic_text(clinic, "rows[0].person"));
    assert_reply(clinic, "series", NAN);
    (void)clinic_actor(clinic, "both", RESEARCHER | STAFF_ADMINISTRATOR);
    clinic_ok(clinic, "export", "{}");
    assert_string_equal(code, clinic_text(clinic, "rows[0].code"));
    staff_act(staff, &staff->owner);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "export", "{}");
}

static void
a_researcher_sees_nothing_else_of_anybody(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const char *const others[]
        = {"caseload", "signals", "clinic", "glass.list"};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "", others[i], "{}");
    }
    clinic_refused(clinic, KOR_FORBIDDEN, "", "show", "{'code': '%s'}",
                   staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "since", "{'seq': 0}");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, staff_tear_down)
    const struct CMUnitTest tests[] = {
        T(no_code_no_name_no_unit_and_no_date_is_in_it),
        T(days_are_counted_from_the_first_of_the_episode),
        T(a_pathway_of_few_is_not_told),
        T(who_withdrew_a_consent_to_research_is_left_out),
        T(a_consent_from_before_does_not_outlive_a_withdrawal),
        T(the_same_person_has_another_id_in_every_export),
        T(a_series_that_is_over_or_made_up_is_refused),
        T(every_session_comes_once_in_the_order_of_nobody),
        T(an_empty_clinic_has_an_empty_export),
        T(an_administrator_takes_out_everything_as_before),
        T(a_researcher_sees_nothing_else_of_anybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

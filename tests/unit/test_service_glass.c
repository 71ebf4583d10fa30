/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a client opened in an emergency - by whom, for how long, for what,
 * and who hears of it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/staff.h"

#define HOUR_MS 3600000LL

static int
set_up(void **state)
{
    struct staff *staff = staff_new();
    clinic_total(staff->clinic, staff->code, "outcome", 20);
    *state = staff;
    return 0;
}

/* 'who' breaks the glass. */
static void
break_glass(struct staff *staff, const struct kor_caller *who)
{
    staff_act(staff, who);
    clinic_ok(staff->clinic, "glass.break",
              "{'code': '%s', 'reason': 'called from a ward'}", staff->code);
}

static int64_t
n_broken(const struct staff *staff)
{
    return clinic_sql(staff->clinic, "SELECT count(*) FROM break_glass");
}

/* How many rows the access log has of 'who' at the client, on that ground. */
static int64_t
n_rows(const struct staff *staff, const char *action, const char *ground)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM access_log WHERE action = '%s' AND "
             "code = '%s' AND ground = '%s' AND name = 'colleague'",
             action, staff->code, ground);
    return clinic_sql(staff->clinic, sql);
}

/* --- what it opens -------------------------------------------------------- */

static void
it_opens_the_client_for_eight_hours_on_record(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    assert_false(staff_sees(staff, &staff->colleague));
    assert_non_null(strstr(clinic->call.err.text, "kor break-glass"));
    break_glass(staff, &staff->colleague);
    assert_string_equal("colleague", clinic_text(clinic, "by"));
    assert_reply(clinic, "until_ms",
                 (double)(clinic->now_ms + 8 * HOUR_MS));
    assert_int_equal(1, n_rows(staff, "glass.break", "role"));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'glass.break' AND outcome = "
                                   "'ok' AND reason = 'called from a "
                                   "ward'"));
    assert_true(staff_sees(staff, &staff->colleague));
    clinic_total(clinic, staff->code, "alliance", 30);
    assert_int_equal(1, n_rows(staff, "show", "emergency"));
    assert_int_equal(1, n_rows(staff, "record", "emergency"));
    clinic->now_ms += 8 * HOUR_MS - 1;
    assert_true(staff_sees(staff, &staff->colleague));
    clinic->now_ms += 1;
    assert_false(staff_sees(staff, &staff->colleague));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
}

static void
it_opens_nothing_else(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE];
    struct kor_caller third
        = clinic_actor(clinic, "third", STAFF_THERAPIST);
    staff_act(staff, &staff->owner);
    clinic_open(clinic, other);
    break_glass(staff, &staff->colleague);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s'}",
                   other);
    static const struct {
        const char *verb, *more;
    } asked[] = {
        {"close", ", 'ending': 'planned', 'reason': 'x'"},
        {"reopen", ""},
        {"handover", ", 'to': 'colleague', 'reason': 'x'"},
        {"cover", ", 'by': 'colleague', 'until': '2026-01-06', "
                  "'reason': 'x'"},
    };
    for (size_t i = 0; i < KOR_LENGTH(asked); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "code", asked[i].verb,
                       "{'code': '%s'%s}", staff->code, asked[i].more);
    }
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "glass"));
    assert_false(staff_sees(staff, &third));
}

static void
who_is_on_duty_looks_and_records_nothing(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller duty
        = clinic_actor(clinic, "duty", KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    assert_false(staff_sees(staff, &duty));
    break_glass(staff, &duty);
    assert_true(staff_sees(staff, &duty));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
    assert_true(staff_sees(staff, &duty));
}

/* --- who may -------------------------------------------------------------- */

static void
only_therapists_supervisors_and_duty_can(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const enum kor_actor_role others[]
        = {KOR_ACTOR_CLIENT,   KOR_ACTOR_LEADER,     KOR_ACTOR_ADMINISTRATOR,
           KOR_ACTOR_OPERATOR, KOR_ACTOR_RESEARCHER, KOR_ACTOR_AUDITOR};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        char name[33];
        snprintf(name, sizeof name, "other-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(others[i]));
        clinic_refused(clinic, KOR_FORBIDDEN, "", "glass.break",
                       "{'code': '%s', 'reason': 'I want to see'}",
                       staff->code);
        clinic_refused(clinic, KOR_FORBIDDEN, "", "show", "{'code': '%s'}",
                       staff->code);
    }
    assert_int_equal(0, n_broken(staff));
}

static void
a_reason_takes_some_words(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const char *const bad[]
        = {"", "urgent", "emergency!", "           ", "emergency   ",
           "   emergencies"};
    staff_act(staff, &staff->colleague);
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "reason", "glass.break",
                       "{'code': '%s', 'reason': '%s'}", staff->code, bad[i]);
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "reason", "glass.break",
                   "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "glass.break",
                   "{'code': '3333-3333', 'reason': 'called from a ward'}");
    assert_int_equal(0, n_broken(staff));
    assert_false(staff_sees(staff, &staff->colleague));
}

static void
a_request_that_comes_again_opens_nothing_again(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char frame[CLINIC_FRAME_SIZE];
    clinic_frame(frame, 600, "glass.break",
                 "{'code': '%s', 'reason': 'called from a ward'}",
                 staff->code);
    for (int i = 0; i < 2; i++) {
        staff_act(staff, &staff->colleague);
        struct kor_call *call = clinic_call(clinic, frame);
        assert_int_equal(kor_service_write(clinic->service, &call, 1),
                         KOR_OK);
        assert_int_equal(call->code, KOR_OK);
        assert_int_equal(call->is_repeat, i == 1);
        assert_int_equal(call->has_event, i == 0);
        clinic_call_free(call);
        assert_int_equal(staff_sees(staff, &staff->colleague), i == 0);
        clinic->now_ms += 8 * HOUR_MS;
    }
    assert_int_equal(1, n_broken(staff));
}

/* --- who hears of it ------------------------------------------------------ */

static void
the_therapist_and_the_supervisor_are_told(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller third
        = clinic_actor(clinic, "third", STAFF_THERAPIST);
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    break_glass(staff, &staff->colleague);
    const struct kor_caller *told[] = {&staff->owner, &staff->head};
    for (size_t i = 0; i < KOR_LENGTH(told); i++) {
        assert_int_equal(1, staff_hears(staff, told[i], seq));
        assert_string_equal("glass.break",
                            clinic_text(clinic, "events[0].verb"));
        assert_string_equal("colleague", clinic_text(clinic, "events[0].by"));
        assert_string_equal(staff->code,
                            clinic_text(clinic, "events[0].code"));
        clinic_ok(clinic, "signals", "{}");
        assert_int_equal(1, clinic_count(clinic, "glass"));
        assert_string_equal("called from a ward",
                            clinic_text(clinic, "glass[0].reason"));
    }
    assert_int_equal(0, staff_hears(staff, &staff->guest, seq));
    assert_int_equal(0, staff_hears(staff, &third, seq));
    /* Shown with the client for good, in the list of signals for a week. */
    clinic_day(clinic, 7);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "glass"));
    clinic->now_ms += 1;
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "glass"));
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(1, clinic_count(clinic, "glass"));
    assert_string_equal("colleague", clinic_text(clinic, "glass[0].by"));
}

/* How many 'who' finds in the list. */
static size_t
lists(struct staff *staff, const struct kor_caller *who)
{
    staff_act(staff, who);
    clinic_ok(staff->clinic, "glass.list", "{}");
    return clinic_count(staff->clinic, "glass");
}

static void
the_list_holds_what_each_may_know(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller elsewhere
        = clinic_actor(clinic, "elsewhere", STAFF_ADMINISTRATOR);
    clinic_unit(clinic, "clin", "/"); /* Begins like "clinic". */
    clinic_move(clinic, "clin");
    elsewhere = clinic->caller;
    struct kor_caller auditor
        = clinic_actor(clinic, "auditor", KOR_ROLE_BIT(KOR_ACTOR_AUDITOR));
    break_glass(staff, &staff->colleague);
    break_glass(staff, &staff->guest);
    assert_int_equal(2, lists(staff, &staff->owner));
    assert_string_equal("guest", clinic_text(clinic, "glass[0].by"));
    assert_string_equal("colleague", clinic_text(clinic, "glass[1].by"));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'glass.list' AND people = "
                                   "x'0100000000000000'"));
    assert_int_equal(2, lists(staff, &staff->head));
    assert_int_equal(2, lists(staff, &staff->office));
    assert_int_equal(2, lists(staff, &auditor));
    clinic->caller = auditor; /* Of a part alone, from here on. */
    clinic_move(clinic, "clin");
    auditor = clinic->caller;
    assert_int_equal(0, lists(staff, &auditor));
    assert_int_equal(0, lists(staff, &staff->colleague));
    assert_int_equal(0, lists(staff, &staff->guest));
    assert_int_equal(0, lists(staff, &elsewhere));
    static const enum kor_actor_role others[]
        = {KOR_ACTOR_CLIENT, KOR_ACTOR_LEADER, KOR_ACTOR_OPERATOR,
           KOR_ACTOR_RESEARCHER, KOR_ACTOR_DUTY};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        char name[33];
        snprintf(name, sizeof name, "other-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(others[i]));
        clinic_refused(clinic, KOR_FORBIDDEN, "", "glass.list", "{}");
    }
}

static void
the_list_comes_in_pages(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    kit_sql(clinic->config.store_path,
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
            "SELECT i + 1 FROM n WHERE i < 201) "
            "INSERT INTO break_glass (account_id, person_id, why, at_ms, "
            "until_ms) SELECT 1, 1, 'made up', i, i FROM n");
    assert_int_equal(200, lists(staff, &staff->owner));
    assert_reply(clinic, "glass[0].id", 201);
    assert_reply(clinic, "next", 2);
    clinic_ok(clinic, "glass.list", "{'before': 2}");
    assert_int_equal(1, clinic_count(clinic, "glass"));
    assert_reply(clinic, "glass[0].id", 1);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(50, clinic_count(clinic, "glass"));
    assert_reply(clinic, "glass[0].id", 201);
}

/* Runs 'act' with the journal going into 'text'. */
static void
read_journal(struct staff *staff, void (*act)(struct staff *staff),
             char *text, size_t size)
{
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    fflush(stderr);
    dup2(ends[1], STDERR_FILENO);
    act(staff);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    ssize_t n = read(ends[0], text, size - 1);
    text[n < 0 ? 0 : n] = '\0';
    close(ends[0]);
}

static void
colleague_breaks(struct staff *staff)
{
    break_glass(staff, &staff->colleague);
}

static void
the_journal_names_the_row_and_nobody(void **state)
{
    struct staff *staff = *state;
    char text[1000], said[200];
    read_journal(staff, colleague_breaks, text, sizeof text);
    snprintf(said, sizeof said,
             "<4>the glass was broken: see row %lld of the access log\n",
             (long long)clinic_sql(staff->clinic,
                                   "SELECT seq FROM access_log WHERE action "
                                   "= 'glass.break'"));
    assert_string_equal(said, text);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, staff_tear_down)
    const struct CMUnitTest tests[] = {
        T(it_opens_the_client_for_eight_hours_on_record),
        T(it_opens_nothing_else),
        T(who_is_on_duty_looks_and_records_nothing),
        T(only_therapists_supervisors_and_duty_can),
        T(a_reason_takes_some_words),
        T(a_request_that_comes_again_opens_nothing_again),
        T(the_therapist_and_the_supervisor_are_told),
        T(the_list_holds_what_each_may_know),
        T(the_list_comes_in_pages),
        T(the_journal_names_the_row_and_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

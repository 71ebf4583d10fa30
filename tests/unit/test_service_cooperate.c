/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: two organisations on one episode, each with rights of its own. */

#include <stdio.h>
#include <string.h>

#include "support/clinic.h"
#include "support/staff.h"

/* The guest is a therapist of the unit "other". */
static int
set_up(void **state)
{
    struct staff *staff = staff_new();
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    (void)clinic_actor(clinic, "partner", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    staff->guest = clinic->caller;
    staff_act(staff, &staff->owner);
    *state = staff;
    return 0;
}

/* The client consents to both working together. */
static int64_t
consent(struct staff *staff)
{
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': "
              "'cooperation', 'to': '%s'}", staff->code, "other");
    return (int64_t)clinic_num(clinic, "id");
}

static void
let_in(struct staff *staff, const char *may)
{
    staff_act(staff, &staff->owner);
    clinic_ok(staff->clinic, "cooperate", "{'code': '%s', 'with': 'partner', "
              "'may': '%s', 'reason': 'together'}", staff->code, may);
}

static void
without_the_clients_consent_nobody_is_let_in(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_refused(clinic, KOR_CONFLICT, "with", "cooperate",
                   "{'code': '%s', 'with': 'partner', 'may': 'see', 'reason': "
                   "'x'}", staff->code);
    assert_non_null(strstr(clinic->call.err.text, "cooperation"));
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': "
              "'cooperation', 'to': 'clinic'}", staff->code);
    clinic_refused(clinic, KOR_CONFLICT, "with", "cooperate",
                   "{'code': '%s', 'with': 'partner', 'may': 'see', 'reason': "
                   "'x'}", staff->code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM partner"));
}

static void
who_sees_reads_and_changes_nothing(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    consent(staff);
    let_in(staff, "see");
    assert_true(clinic_true(clinic, "holds"));
    clinic_total(clinic, staff->code, "outcome", 20);
    staff_act(staff, &staff->guest);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("see", clinic_text(clinic, "cooperation[0].may"));
    clinic_ok(clinic, "goal.list", "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "cooperate",
                   "{'code': '%s', 'with': 'colleague', 'may': 'see', "
                   "'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "close",
                   "{'code': '%s', 'ending': 'planned', 'reason': 'x'}",
                   staff->code);
    /* By what it was allowed stands in the log. */
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'show' AND ground = "
                                   "'cooperation'"));
}

static void
who_works_on_it_records_and_decides_nothing(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    consent(staff);
    let_in(staff, "work");
    staff_act(staff, &staff->guest);
    clinic_total(clinic, staff->code, "outcome", 20);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'a walk'}",
              staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "handover",
                   "{'code': '%s', 'to': 'partner', 'reason': 'x'}",
                   staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "consent.list",
                   "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "contact.show",
                   "{'code': '%s'}", staff->code);
}

static void
lists_hold_what_a_partner_sees(void **state)
{
    static const struct {
        const char *verb, *list;
    } lists[] = {{"caseload", "clients"},
                 {"signals", "signals"},
                 {"due.list", "dues"}};
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    consent(staff);
    clinic_total(clinic, staff->code, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_total(clinic, staff->code, "outcome", 15);
    for (int round = 0; round < 3; round++) {
        static const char *const may[] = {"see", "nothing", "work"};
        let_in(staff, may[round]);
        clinic_ok(clinic, "ping", "{}");
        double seq = clinic_num(clinic, "seq");
        clinic_ok(clinic, "record", "{'code': '%s', 'mode': 'room', 'status': "
                  "'held'}", staff->code);
        staff_act(staff, &staff->guest);
        for (size_t i = 0; i < KOR_LENGTH(lists); i++) {
            clinic_ok(clinic, lists[i].verb, "{}");
            assert_int_equal(round != 1,
                             clinic_count(clinic, lists[i].list) > 0);
        }
        clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
        assert_int_equal(round != 1, clinic_count(clinic, "events") > 0);
    }
}

static void
it_ends_with_the_consent_the_day_or_the_episode(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    int64_t id = consent(staff);
    let_in(staff, "see");
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'x'}", staff->code, (long long)id);
    staff_act(staff, &staff->guest);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s'}",
                   staff->code);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
    consent(staff);
    clinic_refused(clinic, KOR_BAD_VALUE, "until", "cooperate",
                   "{'code': '%s', 'with': 'partner', 'may': 'see', 'until': "
                   "'2026-01-04', 'reason': 'x'}", staff->code);
    clinic_ok(clinic, "cooperate",
              "{'code': '%s', 'with': 'partner', 'may': 'see', 'until': '%s', "
              "'reason': 'x'}", staff->code, clinic_date(2, date));
    for (int day = 2; day <= 3; day++) {
        clinic_day(clinic, day);
        staff_act(staff, &staff->guest);
        if (day == 2) {
            clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
        } else {
            clinic_refused(clinic, KOR_FORBIDDEN, "code", "show",
                           "{'code': '%s'}", staff->code);
        }
    }
    let_in(staff, "work");
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    staff_act(staff, &staff->guest);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s'}",
                   staff->code);
}

static void
what_makes_no_partner_is_refused(void **state)
{
    static const struct {
        enum kor_code code;
        const char *field, *rest;
    } wrong[] = {
        {KOR_BAD_VALUE, "may", "'with': 'partner', 'may': 'all'"},
        {KOR_NOT_FOUND, "with", "'with': 'nobody', 'may': 'see'"},
        {KOR_CONFLICT, "with", "'with': 'owner', 'may': 'see'"},
        {KOR_BAD_VALUE, "with", "'with': 'office', 'may': 'see'"},
        {KOR_NOT_FOUND, "with", "'with': 'partner', 'may': 'nothing'"},
    };
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    consent(staff);
    clinic_refused(clinic, KOR_CONFLICT, "with", "cooperate",
                   "{'code': '%s', 'with': 'owner', 'may': 'see', 'reason': "
                   "'x'}", staff->code);
    assert_non_null(strstr(clinic->call.err.text, "therapist already"));
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, wrong[i].code, wrong[i].field, "cooperate",
                       "{'code': '%s', %s, 'reason': 'x'}", staff->code,
                       wrong[i].rest);
    }
    let_in(staff, "see");
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}",
              staff->code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM partner"));
}

static void
it_ends_when_the_other_goes_to_another_unit(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    consent(staff);
    let_in(staff, "see");
    clinic_unit(clinic, "third", "/");
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    clinic_ok(clinic, "account.set", "{'name': 'partner', 'unit': 'third'}");
    (void)clinic_key(clinic, "partner");
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s'}",
                   staff->code);
}

static void
who_may_see_is_in_the_list(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    bool is_there = false;
    consent(staff);
    let_in(staff, "see");
    (void)clinic_actor(clinic, "second", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    for (int i = 0; i < 100; i++) {
        staff_act(staff, &staff->owner);
        clinic_ok(clinic, "cooperate", "{'code': '%s', 'with': 'second', "
                  "'may': '%s', 'reason': 'x'}", staff->code,
                  i % 2 ? "see" : "work");
    }
    staff_act(staff, &staff->guest);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    for (size_t i = 0; i < clinic_count(clinic, "cooperation"); i++) {
        char path[64];
        snprintf(path, sizeof path, "cooperation[%zu].with", i);
        is_there |= !strcmp(clinic_text(clinic, path), "partner");
    }
    assert_true(is_there);
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, set_up, staff_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(without_the_clients_consent_nobody_is_let_in),
        T(who_sees_reads_and_changes_nothing),
        T(who_works_on_it_records_and_decides_nothing),
        T(lists_hold_what_a_partner_sees),
        T(it_ends_with_the_consent_the_day_or_the_episode),
        T(what_makes_no_partner_is_refused),
        T(it_ends_when_the_other_goes_to_another_unit),
        T(who_may_see_is_in_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

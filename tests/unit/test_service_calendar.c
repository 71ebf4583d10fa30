/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: what stands in calendars, and what follows for what is due.
 * KIT_DAY, day 0 here, is 5 January 2026. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

#define REST                                                                  \
    "'contacts': [{'key': 'talk', 'names': {'en': 'talk'},"                   \
    "  'weeks': 1, 'grace_days': 3}], 'signals': {'asks': []}"

#define DAY_MS INT64_C(86400000)

static void
open_it(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "weekly", REST);
    clinic_ok(clinic, "open", "{'pathway': 'weekly'}");
    strcpy(code, clinic_text(clinic, "code"));
}

/* One appointment 'uid' at noon of a day, in the whole of a calendar. */
static void
put(struct clinic *clinic, int run, const char *uid, const char *code,
    int day)
{
    clinic_ok(clinic, "calendar.put",
              "{'run': %d, 'last': true, 'appointments': [{'uid': "
              "'0000000000000000000000000000000%s', 'code': '%s', 'start_ms': "
              "%lld, 'mode': 'video'}]}", run, uid, code,
              (long long)((KIT_DAY + day) * DAY_MS + DAY_MS / 2));
}

static void
assert_counts(const struct clinic *clinic, int added, int changed, int same,
              int cancelled)
{
    assert_reply(clinic, "added", added);
    assert_reply(clinic, "changed", changed);
    assert_reply(clinic, "same", same);
    assert_reply(clinic, "cancelled", cancelled);
}

static void
a_calendar_imported_again_changes_and_does_not_double(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 7);
    assert_counts(clinic, 1, 0, 0, 0);
    put(clinic, 2, "1", code, 7);
    assert_counts(clinic, 0, 0, 1, 0);
    put(clinic, 3, "1", code, 8);
    assert_counts(clinic, 0, 1, 0, 0);
    put(clinic, 4, "2", code, 9);
    assert_counts(clinic, 1, 0, 0, 1);
    clinic_ok(clinic, "calendar.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "appointments"));
    assert_string_equal("2026-01-14",
                        clinic_text(clinic, "appointments[0].date"));
    assert_string_equal("video", clinic_text(clinic, "appointments[0].mode"));
    /* What is past is not cancelled when the calendar has it no more. */
    clinic_day(clinic, 12);
    put(clinic, 5, "1", code, 20);
    assert_counts(clinic, 0, 1, 0, 0);
    clinic_ok(clinic, "calendar.list", "{'from': '2026-01-01'}");
    assert_int_equal(2, clinic_count(clinic, "appointments"));
    clinic_ok(clinic, "calendar.list", "{'until': '2026-01-20'}");
    assert_int_equal(0, clinic_count(clinic, "appointments"));
}

static void
a_score_on_the_day_belongs_to_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 4);
    clinic_day(clinic, 4);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("video", clinic_text(clinic, "sessions[0].mode"));
    clinic_day(clinic, 5);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
}

static void
one_that_is_past_asks_whether_it_was_held(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 4);
    clinic_day(clinic, 4);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_day(clinic, 5);
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    assert_string_equal("appointment", clinic_text(clinic, "dues[0].kind"));
    assert_string_equal("2026-01-09", clinic_text(clinic, "dues[0].due"));
    clinic_refused(clinic, KOR_BAD_VALUE, "id", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'forgot'}", code,
                   (long long)clinic_num(clinic, "dues[0].id"));
    clinic_ok(clinic, "record", "{'code': '%s', 'date': '2026-01-09', "
              "'status': 'not-attended'}", code);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    /* A session that was on another day leaves it open again, and back. */
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'date': "
              "'2026-01-08', 'reason': 'r'}", code);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'date': "
              "'2026-01-09', 'reason': 'r'}", code);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
}

/* A talk is due on day 7, overdue from day 11 on, and the next turn is on day
 * 14: an appointment up to then holds it. */
static void
a_contact_with_an_appointment_is_not_overdue_before_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 15);
    clinic_day(clinic, 12);
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    put(clinic, 2, "1", code, 14);
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_string_equal("2026-01-19", clinic_text(clinic, "dues[0].until"));
    /* It goes, and so does what it held. */
    clinic_ok(clinic, "calendar.put", "{'run': 3, 'last': true}");
    assert_reply(clinic, "cancelled", 1);
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_string_equal("2026-01-15", clinic_text(clinic, "dues[0].until"));
    /* Once it is past, the talk is overdue, and the appointment asks. */
    put(clinic, 4, "1", code, 14);
    clinic_day(clinic, 15);
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(2, clinic_count(clinic, "dues"));
    assert_string_equal("talk", clinic_text(clinic, "dues[0].key"));
    assert_string_equal("appointment", clinic_text(clinic, "dues[1].key"));
}

static void
what_is_not_ones_own_is_said_and_left_out(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->colleague);
    put(clinic, 1, "1", staff->code, 4);
    assert_counts(clinic, 0, 0, 0, 0);
    assert_reply(clinic, "refused[0]", 0);
    put(clinic, 2, "1", "36AE-PRNX", 4);
    assert_reply(clinic, "refused[0]", 0);
    staff_act(staff, &staff->owner);
    put(clinic, 1, "1", staff->code, 4);
    assert_counts(clinic, 1, 0, 0, 0);
    clinic_ok(clinic, "calendar.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "appointments"));
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "calendar.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "appointments"));
    /* Another's calendar cancels nothing of this one. */
    clinic_ok(clinic, "calendar.put", "{'run': 9, 'last': true}");
    assert_reply(clinic, "cancelled", 0);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "calendar.put",
              "{'run': 9, 'last': true, 'calendar': 'other'}");
    assert_reply(clinic, "cancelled", 0);
}

static void
what_is_out_of_bounds_is_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    for (int i = 0; i < 2; i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "start_ms", "calendar.put",
                       "{'run': 1, 'appointments': [{'uid': "
                       "'00000000000000000000000000000001', 'code': '%s', "
                       "'start_ms': %lld}]}", code,
                       (long long)((KIT_DAY + (i ? 402 : -32)) * DAY_MS
                                   + DAY_MS / 2));
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "mode", "calendar.put",
                   "{'run': 1, 'appointments': [{'uid': "
                   "'00000000000000000000000000000001', 'code': '%s', "
                   "'mode': 'sea', 'start_ms': %lld}]}", code,
                   (long long)(KIT_DAY * DAY_MS));
}

static void
a_person_is_told_what_was_agreed_also_what_was_cancelled(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 0);
    put(clinic, 2, "2", code, 9);
    put(clinic, 3, "3", code, 8);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "person", "{'code': '%s', 'asked': 'the client'}",
              code);
    assert_int_equal(3, clinic_count(clinic, "appointments"));
    assert_true(clinic_true(clinic, "appointments[0].met"));
    assert_false(clinic_true(clinic, "appointments[1].cancelled"));
    assert_true(clinic_true(clinic, "appointments[2].cancelled"));
    assert_string_equal("video", clinic_text(clinic, "appointments[2].mode"));
}

static void
an_appointment_that_becomes_anothers_is_on_record_for_both(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_open(clinic, other);
    put(clinic, 1, "1", code, 7);
    clinic_ok(clinic, "calendar.put",
              "{'run': 2, 'appointments': [{'uid': "
              "'00000000000000000000000000000001', 'code': '%s', 'start_ms': "
              "%lld}]}", other,
              (long long)((KIT_DAY + 7) * DAY_MS + DAY_MS / 2));
    /* Its own, and the one that it was of: eight bytes each. */
    assert_int_equal(16, clinic_sql(clinic,
                                    "SELECT length(people) FROM access_log "
                                    "ORDER BY seq DESC LIMIT 1"));
}

static void
others_hear_of_a_calendar_that_has_changed(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 7);
    assert_true(clinic->call.has_event);
    put(clinic, 2, "1", code, 7);
    assert_false(clinic->call.has_event);
}

static void
after_the_end_nothing_that_was_agreed_is_asked_about(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    put(clinic, 1, "1", code, 4);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_day(clinic, 40);
    clinic_due(clinic, "");
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_calendar_imported_again_changes_and_does_not_double),
        T(a_score_on_the_day_belongs_to_it),
        T(one_that_is_past_asks_whether_it_was_held),
        T(a_contact_with_an_appointment_is_not_overdue_before_it),
        cmocka_unit_test_setup_teardown(
            what_is_not_ones_own_is_said_and_left_out, staff_set_up,
            staff_tear_down),
        T(what_is_out_of_bounds_is_refused),
        T(after_the_end_nothing_that_was_agreed_is_asked_about),
        T(a_person_is_told_what_was_agreed_also_what_was_cancelled),
        T(an_appointment_that_becomes_anothers_is_on_record_for_both),
        T(others_hear_of_a_calendar_that_has_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

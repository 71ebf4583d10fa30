/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a session that was put down wrongly is mended, and what rests on it
 * follows.  KIT_DAY, day 0 here, is 5 January 2026. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

/* A talk a week, a form that closes the hour; who has come no further after
 * 60 days is stalled. */
#define REST                                                                  \
    "'lead': 'outcome',"                                                      \
    "'contacts': [{'key': 'talk', 'names': {'en': 'talk'},"                   \
    "  'weeks': 1, 'grace_days': 3}],"                                        \
    "'scales': [{'scale': 'outcome', 'when': 'session-start'},"               \
    " {'scale': 'alliance', 'when': 'session-end'}],"                         \
    "'signals': {'asks': ['stalled'], 'stalled_days': 60}"

static void
open_it(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "weekly", REST);
    clinic_ok(clinic, "open", "{'pathway': 'weekly'}");
    strcpy(code, clinic_text(clinic, "code"));
}

/* What is open of all, "key@day" in order. */
static void
assert_open(struct clinic *clinic, const char *expected)
{
    struct kor_buf text = {0};
    clinic_ok(clinic, "due.list", "{}");
    for (size_t i = 0; i < clinic_count(clinic, "dues"); i++) {
        char path[40];
        int32_t date = 0;
        snprintf(path, sizeof path, "dues[%zu].due", i);
        assert_true(kor_date_parse(clinic_text(clinic, path), &date));
        snprintf(path, sizeof path, "dues[%zu].key", i);
        kor_buf_printf(&text, "%s%s@%d", i ? " " : "",
                       clinic_text(clinic, path), date - KIT_DAY);
    }
    assert_string_equal(kor_buf_text(&text), expected);
    kor_buf_done(&text);
}

static void
move(struct clinic *clinic, const char *code, int session, int day)
{
    char date[KOR_DATE_SIZE];
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': %d, 'date': "
              "'%s', 'reason': 'typed wrongly'}", code, session,
              clinic_date(day, date));
}

static void
refuse_day(struct clinic *clinic, const char *code, int session, int day)
{
    char date[KOR_DATE_SIZE];
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "session.set",
                   "{'code': '%s', 'session': %d, 'date': '%s', 'reason': "
                   "'typed wrongly'}", code, session, clinic_date(day, date));
}

static void
a_date_stays_in_order_and_within_the_episode(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 2);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 9);
    clinic_total(clinic, code, "outcome", 21);
    clinic_day(clinic, 16);
    clinic_total(clinic, code, "outcome", 22);
    clinic_day(clinic, 20);
    refuse_day(clinic, code, 2, 1);
    refuse_day(clinic, code, 2, 17);
    refuse_day(clinic, code, 1, -1);
    refuse_day(clinic, code, 3, 21);
    move(clinic, code, 2, 16);
    move(clinic, code, 2, 2);
    move(clinic, code, 1, 0);
    move(clinic, code, 3, 20);
    assert_string_equal("2026-01-25", clinic_text(clinic, "date"));
    clinic_restart(clinic);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("2026-01-05", clinic_text(clinic, "sessions[0].date"));
    assert_string_equal("2026-01-07", clinic_text(clinic, "sessions[1].date"));
    assert_string_equal("2026-01-25", clinic_text(clinic, "sessions[2].date"));
}

static void
what_was_before_the_end_stays_before_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 5);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", code);
    clinic_day(clinic, 9);
    refuse_day(clinic, code, 1, 6);
    move(clinic, code, 1, 5);
    clinic_total(clinic, code, "outcome", 22);
    move(clinic, code, 2, 6);
}

static void
a_session_of_a_clock_that_was_ahead_is_mended(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 300);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 3);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "record",
                   "{'code': '%s', 'status': 'held'}", code);
    move(clinic, code, 1, 2);
    clinic_total(clinic, code, "outcome", 21);
    assert_int_equal(2, (int)clinic_num(clinic, "session"));
    /* The next talk is a week after this one, and not after that. */
    clinic_day(clinic, 10);
    clinic_night(clinic);
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_string_equal("2026-01-15", clinic_text(clinic, "dues[0].due"));
}

static void
a_session_that_moves_takes_what_it_waits_for_along(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 4);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 6);
    assert_open(clinic, "alliance@4");
    move(clinic, code, 1, 6);
    assert_open(clinic, "alliance@6");
    clinic_day(clinic, 12);
    assert_open(clinic, "alliance@6");
    move(clinic, code, 1, 1);
    assert_open(clinic, "alliance@1 talk@8");
}

static void
a_session_that_was_not_held_expects_nothing(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", code);
    clinic_day(clinic, 8);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", code);
    int64_t id = (clinic_ok(clinic, "due.list", "{}"),
                  (int64_t)clinic_num(clinic, "dues[2].id"));
    clinic_ok(clinic, "due.missing", "{'code': '%s', 'id': %d, 'missing': "
              "'forgot'}", code, (int)id);
    assert_open(clinic, "outcome@1 alliance@1 alliance@8");
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 2, 'status': "
              "'cancelled-late', 'reason': 'the wrong client'}", code);
    assert_string_equal("cancelled-late", clinic_text(clinic, "status"));
    assert_open(clinic, "outcome@1 alliance@1 talk@8");
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing IS NOT NULL"));
    /* It was, after all; and so with 'record'. */
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 2, 'status': "
              "'held', 'reason': 'it was'}", code);
    assert_open(clinic, "outcome@1 alliance@1 outcome@8 alliance@8");
    clinic_ok(clinic, "record", "{'code': '%s', 'session': 2, 'status': "
              "'not-attended'}", code);
    assert_open(clinic, "outcome@1 alliance@1 talk@8");
}

static void
a_session_with_answers_was_held(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_refused(clinic, KOR_CONFLICT, "status", "session.set",
                   "{'code': '%s', 'session': 1, 'status': 'not-attended', "
                   "'reason': 'r'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "status", "session.set",
                   "{'code': '%s', 'session': 1, 'status': 'gone', "
                   "'reason': 'r'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "mode", "session.set",
                   "{'code': '%s', 'session': 1, 'mode': 'sea', "
                   "'reason': 'r'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "session", "session.set",
                   "{'code': '%s', 'session': 1, 'reason': 'r'}", code);
    clinic_refused(clinic, KOR_NOT_FOUND, "session", "session.set",
                   "{'code': '%s', 'session': 2, 'mode': 'room', 'reason': "
                   "'r'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "reason", "session.set",
                   "{'code': '%s', 'session': 1, 'mode': 'room'}", code);
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'mode': "
              "'video', 'reason': 'r'}", code);
    assert_string_equal("video", clinic_text(clinic, "mode"));
}

/* 20, 21, 22 points: no reliable change; 56 days after the first score that is
 * not yet stalled, 61 days after it is. */
static void
the_last_score_is_judged_again_by_its_day(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 21);
    clinic_day(clinic, 56);
    clinic_total(clinic, code, "outcome", 22);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 70);
    move(clinic, code, 3, 61);
    assert_string_equal("stalled", clinic_text(clinic, "signals[0].finding"));
    assert_string_equal("2026-03-07", clinic_text(clinic, "signals[0].date"));
    /* The signal moves along, and back it passes. */
    move(clinic, code, 3, 62);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("2026-03-08", clinic_text(clinic, "signals[0].date"));
    move(clinic, code, 3, 56);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(4, clinic_count(clinic, "sessions[2].answers"));
    assert_string_equal("judged again: session 3 was on another day",
                        clinic_text(clinic, "sessions[2].answers[3].why"));
    /* Nothing else is a matter of days. */
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 3, 'mode': "
              "'home', 'reason': 'r'}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(4, clinic_count(clinic, "sessions[2].answers"));
}

static void
who_held_it_is_said_where_that_was_another(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    clinic_total(clinic, staff->code, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("", clinic_text(clinic, "sessions[0].by"));
    clinic_refused(clinic, KOR_NOT_FOUND, "by", "session.set",
                   "{'code': '%s', 'session': 1, 'by': 'nobody', 'reason': "
                   "'r'}", staff->code);
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'by': "
              "'colleague', 'reason': 'was ill'}", staff->code);
    assert_string_equal("colleague", clinic_text(clinic, "by"));
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'mode': "
              "'room', 'reason': 'r'}", staff->code);
    assert_string_equal("colleague", clinic_text(clinic, "by"));
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("colleague", clinic_text(clinic, "sessions[0].by"));
    staff_act(staff, &staff->colleague);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "session.set",
                   "{'code': '%s', 'session': 1, 'mode': 'home', 'reason': "
                   "'r'}", staff->code);
}

static void
it_is_on_record_with_what_it_was_before(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 3);
    move(clinic, code, 1, 2);
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'session.set' AND reason = "
                                   "'typed wrongly' AND object = 'session 1 "
                                   "was 2026-01-05 held'"));
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_date_stays_in_order_and_within_the_episode),
        T(what_was_before_the_end_stays_before_it),
        T(a_session_of_a_clock_that_was_ahead_is_mended),
        T(a_session_that_moves_takes_what_it_waits_for_along),
        T(a_session_that_was_not_held_expects_nothing),
        T(a_session_with_answers_was_held),
        T(the_last_score_is_judged_again_by_its_day),
        cmocka_unit_test_setup_teardown(
            who_held_it_is_said_where_that_was_another, staff_set_up,
            staff_tear_down),
        T(it_is_on_record_with_what_it_was_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

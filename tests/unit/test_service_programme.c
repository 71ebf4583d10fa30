/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a programme under a code - what was agreed until the next contact,
 * what is done, and when the client came. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/clinic.h"

#define REST                                                                  \
    "'modules': [{'key': 'one', 'names': {'en': 'One', 'nb': 'En'}},"         \
    " {'key': 'two', 'names': {'en': 'Two'}},"                                \
    " {'key': 'three', 'names': {'en': 'Three'}}],"                           \
    "'scales': [{'scale': 'phq9', 'when': 'log-in'}],"                        \
    "'signals': {'asks': []}"

static void
open_it(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "chapters", REST);
    clinic_ok(clinic, "open", "{'pathway': 'chapters'}");
    strcpy(code, clinic_text(clinic, "code"));
}

static void
agree(struct clinic *clinic, const char *code, const char *modules, int until)
{
    char date[KOR_DATE_SIZE];
    clinic_ok(clinic, "part.agree",
              "{'code': '%s', 'modules': [%s], 'until': '%s'}", code, modules,
              clinic_date(until, date));
}

static void
parts_are_agreed_until_the_next_contact_and_done(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_it(clinic, code);
    agree(clinic, code, "'one', 'two'", 7);
    assert_int_equal(3, clinic_count(clinic, "parts"));
    assert_string_equal("One", clinic_text(clinic, "parts[0].name"));
    assert_string_equal(clinic_date(7, date),
                        clinic_text(clinic, "parts[1].until"));
    assert_string_equal("", clinic_text(clinic, "parts[2].until"));
    clinic_day(clinic, 7);
    clinic_ok(clinic, "part.done", "{'code': '%s', 'module': 'one'}", code);
    assert_string_equal(clinic_date(7, date),
                        clinic_text(clinic, "parts[0].done"));
    clinic_day(clinic, 8);
    clinic_ok(clinic, "part.list", "{'code': '%s'}", code);
    assert_false(clinic_true(clinic, "parts[0].behind"));
    assert_true(clinic_true(clinic, "parts[1].behind"));
    assert_false(clinic_true(clinic, "parts[2].behind"));
    /* Agreed anew it is not behind, and not done; what is done stays so, or
     * is not. */
    agree(clinic, code, "'two', 'three'", 14);
    assert_false(clinic_true(clinic, "parts[1].behind"));
    clinic_ok(clinic, "part.done", "{'code': '%s', 'module': 'one', 'undo': "
              "true}", code);
    assert_true(clinic_true(clinic, "parts[0].behind"));
    clinic_ok(clinic, "part.done", "{'code': '%s', 'module': 'two'}", code);
    agree(clinic, code, "'two'", 21);
    assert_string_equal("", clinic_text(clinic, "parts[1].done"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("one",
                        clinic_text(clinic, "programme[0].parts[0].module"));
}

static void
what_cannot_be_agreed_is_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE],
        date[KOR_DATE_SIZE];
    open_it(clinic, code);
    clinic_open(clinic, other);
    clinic_refused(clinic, KOR_BAD_VALUE, "modules", "part.agree",
                   "{'code': '%s', 'modules': ['one', 'four'], 'until': "
                   "'%s'}", code, clinic_date(7, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "until", "part.agree",
                   "{'code': '%s', 'modules': ['one'], 'until': '%s'}", code,
                   clinic_date(-1, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "until", "part.agree",
                   "{'code': '%s', 'modules': ['one'], 'until': '%s'}", code,
                   clinic_date(367, date));
    clinic_refused(clinic, KOR_CONFLICT, "code", "part.agree",
                   "{'code': '%s', 'modules': ['one'], 'until': '%s'}", other,
                   clinic_date(7, date));
    clinic_refused(clinic, KOR_CONFLICT, "module", "part.done",
                   "{'code': '%s', 'module': 'one'}", code);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_refused(clinic, KOR_CONFLICT, "code", "part.agree",
                   "{'code': '%s', 'modules': ['one'], 'until': '%s'}", code,
                   clinic_date(7, date));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM part"));
}

static int64_t
n_dues(const struct clinic *clinic, const char *missing)
{
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM due WHERE missing IS %s",
             missing);
    return clinic_sql(clinic, sql);
}

/* A log-in without its check-in is not a bad score, and is told apart. */
static void
a_client_comes_and_is_asked_once_a_day(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_it(clinic, code);
    struct kor_caller staff = clinic->caller;
    clinic_refused(clinic, KOR_FORBIDDEN, "", "seen", "{'code': '%s'}", code);
    (void)clinic_client(clinic, code);
    clinic_ok(clinic, "seen", "{'code': '%s'}", code);
    clinic_ok(clinic, "seen", "{'code': '%s'}", code);
    assert_reply(clinic, "log_ins", 2);
    assert_reply(clinic, "seen_ms", (double)clinic->now_ms);
    assert_int_equal(1, n_dues(clinic, "NULL"));
    clinic_day(clinic, 3);
    clinic_ok(clinic, "seen", "{'code': '%s'}", code);
    assert_int_equal(1, n_dues(clinic, "NULL"));
    assert_int_equal(1, n_dues(clinic, "'unsaid'"));
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[1,1,1,1,1,1,1,1,0]}]}", code);
    assert_int_equal(0, n_dues(clinic, "NULL"));
    clinic_ok(clinic, "seen", "{'code': '%s'}", code);
    assert_int_equal(0, n_dues(clinic, "NULL"));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "part.agree",
                   "{'code': '%s', 'modules': ['one'], 'until': "
                   "'2026-02-01'}", code);
    clinic->caller = staff;
    clinic_ok(clinic, "part.list", "{'code': '%s'}", code);
    assert_reply(clinic, "log_ins", 4);
    clinic_ok(clinic, "person", "{'code': '%s', 'asked': 'the client'}",
              code);
    assert_int_equal(1, clinic_count(clinic, "dues"));
    assert_string_equal("unsaid", clinic_text(clinic, "dues[0].missing"));
    assert_int_equal(4, clinic_count(clinic, "log_ins"));
    assert_memory_equal(clinic_date(3, date),
                        clinic_text(clinic, "log_ins[2].at"), 10);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}", code);
    assert_int_equal(0, clinic_sql(clinic,
                                   "SELECT (SELECT count(*) FROM due) + "
                                   "(SELECT count(*) FROM log_in) + "
                                   "(SELECT count(*) FROM part)"));
}

/* The client's own key says what is done, and reaches no other's programme. */
static void
a_client_marks_the_own_parts_alone(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_open(clinic, other);
    agree(clinic, code, "'one'", 7);
    (void)clinic_client(clinic, code);
    clinic_ok(clinic, "part.done", "{'code': '%s', 'module': 'one'}", code);
    clinic_ok(clinic, "part.list", "{'code': '%s'}", code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "part.list",
                   "{'code': '%s'}", other);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "seen", "{'code': '%s'}",
                   other);
}

/* Somebody is called every week, and answers at home in between. */
#define CALLED                                                                \
    "'lead': 'phq9', 'phases': ["                                             \
    " {'key': 'a', 'names': {'en': 'a'}, 'sessions': 1},"                     \
    " {'key': 'b', 'names': {'en': 'b'}}],"                                   \
    "'contacts': [{'key': 'call', 'names': {'en': 'call'}, 'weeks': 1}],"     \
    "'scales': [{'scale': 'phq9', 'when': 'every', 'weeks': 1},"              \
    " {'scale': 'gad7', 'when': 'session-start'},"                            \
    " {'scale': 'alliance', 'when': 'session-end'}],"                         \
    "'signals': {'asks': []}"

#define PHQ9 "{'scale': 'phq9', 'values': [1,1,1,1,1,1,1,1,0]}"
#define GAD7 "{'scale': 'gad7', 'values': [1,1,1,1,1,1,1]}"

static void
open_called(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "called", CALLED);
    clinic_ok(clinic, "open", "{'pathway': 'called'}");
    strcpy(code, clinic_text(clinic, "code"));
}

static void
assert_session(struct clinic *clinic, const char *code, const char *status,
               const char *phase, const char *dues)
{
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal(status, clinic_text(clinic, "sessions[0].status"));
    assert_string_equal(phase, clinic_text(clinic, "episode[0].phase"));
    clinic_due(clinic, dues);
}

static void
what_a_client_answers_alone_is_a_check_in(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_called(clinic, code);
    clinic_day(clinic, 7);
    struct kor_caller staff = clinic->caller;
    (void)clinic_client(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9 ", " GAD7
              "]}", code);
    assert_string_equal("check-in", clinic_text(clinic, "status"));
    clinic->caller = staff;
    /* Nobody was called: not the contact, not the end of the phase, and no
     * alliance to ask for.  The form of the week has come. */
    assert_session(clinic, code, "check-in", "a", "call@7\n");
    assert_int_equal(1, clinic_sql(clinic, "SELECT is_check_in FROM "
                                           "session"));
    /* There was a talk on that day after all. */
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'status': "
              "'held', 'mode': 'phone', 'reason': 'called'}", code);
    assert_session(clinic, code, "held", "b", "alliance@7 1\n");
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'status': "
              "'check-in', 'reason': 'not called'}", code);
    assert_session(clinic, code, "check-in", "b", "call@7\n");
    /* What staff enter on it makes it one that was held. */
    clinic_total(clinic, code, "alliance", 25);
    assert_session(clinic, code, "held", "b", "");
}

/* Who comes to an appointment answers in the waiting room. */
static void
on_the_day_of_an_appointment_it_is_a_session(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_called(clinic, code);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "calendar.put",
              "{'run': 1, 'last': true, 'appointments': [{'uid': "
              "'00000000000000000000000000000001', 'code': '%s', 'start_ms': "
              "%lld, 'mode': 'phone'}]}", code, (long long)clinic->now_ms);
    struct kor_caller staff = clinic->caller;
    (void)clinic_client(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9 ", " GAD7
              "]}", code);
    clinic->caller = staff;
    assert_session(clinic, code, "held", "b", "alliance@7 1\n");
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session "
                                           "WHERE mode = 'phone'"));
}

/* A check-in is no answer to whether an appointment was kept. */
static void
an_appointment_that_is_put_down_later_is_still_asked_about(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_called(clinic, code);
    struct kor_caller staff = clinic->caller;
    (void)clinic_client(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9 "]}",
              code);
    clinic->caller = staff;
    clinic_ok(clinic, "calendar.put",
              "{'run': 1, 'last': true, 'appointments': [{'uid': "
              "'00000000000000000000000000000001', 'code': '%s', 'start_ms': "
              "%lld}]}", code, (long long)clinic->now_ms);
    assert_int_equal(0, clinic_sql(clinic, "SELECT is_met FROM appointment"));
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT is_met FROM appointment"));
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(parts_are_agreed_until_the_next_contact_and_done),
        T(what_cannot_be_agreed_is_refused),
        T(a_client_comes_and_is_asked_once_a_day),
        T(a_client_marks_the_own_parts_alone),
        T(what_a_client_answers_alone_is_a_check_in),
        T(on_the_day_of_an_appointment_it_is_a_session),
        T(an_appointment_that_is_put_down_later_is_still_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

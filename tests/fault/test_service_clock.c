/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a wall clock that is wrong by a day, or by a year, and is then set
 * right, puts no session in the wrong place, stores nothing twice and stops
 * nothing.  Sessions go by their number, waiting by the monotonic clock. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kor/base/log.h"
#include "support/clinic.h"

#define DAY_MS (24 * 3600 * (int64_t)1000)
#define YEAR 366

struct house {
    struct clinic *clinic;
    char code[KOR_CLIENT_CODE_SIZE];
};

static int64_t mono_now; /* The clock that never jumps. */

static int64_t
mono(const struct kor_clock *clock)
{
    (void)clock;
    return mono_now;
}

static int
set_up(void **state)
{
    struct house *house = calloc(1, sizeof *house);
    mono_now = 1000;
    house->clinic = clinic_new();
    house->clinic->clock.mono_ms = mono;
    clinic_open(house->clinic, house->code);
    *state = house;
    return 0;
}

static int
tear_down(void **state)
{
    struct house *house = *state;
    clinic_free(house->clinic);
    free(house);
    return 0;
}

static void
idle(struct house *house, int64_t later_ms)
{
    mono_now += later_ms;
    house->clinic->now_ms += later_ms;
    assert_int_equal(kor_service_idle(house->clinic->service), KOR_OK);
}

static struct kor_call *
total_call(struct house *house, int serial, double total)
{
    char frame[CLINIC_FRAME_SIZE];
    return clinic_call(house->clinic,
                       clinic_frame(frame, serial, "record",
                                    "{'code': '%s', 'answers': [{'scale': "
                                    "'outcome', 'total': %g}]}",
                                    house->code, total));
}

static void
a_clock_that_went_back_makes_no_session_before_the_last(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    clinic_day(clinic, 7);
    clinic_total(clinic, house->code, "outcome", 20);
    clinic_day(clinic, 14);
    clinic_total(clinic, house->code, "outcome", 22);
    clinic_day(clinic, 13); /* A day back, and with a new service as well. */
    for (int i = 0; i < 2; i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "date", "record",
                       "{'code': '%s', 'answers': [{'scale': 'outcome', "
                       "'total': 24}]}", house->code);
        clinic_restart(clinic);
    }
    /* With its number it goes where it belongs. */
    clinic_ok(clinic, "record",
              "{'code': '%s', 'session': 2, 'answers': [{'scale': "
              "'alliance', 'total': 30}]}", house->code);
    clinic_day(clinic, 21);
    clinic_total(clinic, house->code, "outcome", 24);
    assert_reply(clinic, "session", 3);
    assert_reply(clinic, "answers[0].previous", 22);
    clinic_ok(clinic, "show", "{'code': '%s'}", house->code);
    assert_int_equal(3, clinic_count(clinic, "sessions"));
    assert_reply(clinic, "sessions[0].answers[0].total", 20);
    assert_reply(clinic, "sessions[1].answers[0].total", 30);
    assert_reply(clinic, "sessions[1].answers[1].total", 22);
    assert_reply(clinic, "sessions[2].answers[0].total", 24);
}

static void
what_was_asked_a_day_ahead_is_answered_again_a_day_later(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    struct kor_call *calls[] = {total_call(house, 900, 14),
                                total_call(house, 900, 14)};
    clinic_day(clinic, 1); /* Wrong; it is still today. */
    assert_int_equal(kor_service_write(clinic->service, &calls[0], 1), KOR_OK);
    clinic_day(clinic, 0);
    clinic_restart(clinic);
    assert_int_equal(kor_service_write(clinic->service, &calls[1], 1), KOR_OK);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_OK);
    assert_true(calls[1]->is_repeat);
    assert_string_equal(kor_buf_text(&calls[0]->reply),
                        kor_buf_text(&calls[1]->reply));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    clinic_call_free(calls[0]);
    clinic_call_free(calls[1]);
}

/* Its number was made by a clock a year ahead, or a year behind. */
static void
ids_need_no_clock(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    static const char *const ids[] = {"01a00000-0000-7000-8000-000000000001",
                                      "01000000-0000-7000-8000-000000000001"};
    for (int i = 0; i < 4; i++) {
        char frame[300];
        snprintf(frame, sizeof frame,
                 "{\"kor\":1,\"id\":\"%s\",\"verb\":\"open\",\"body\":{}}",
                 ids[i % 2]);
        struct kor_call *call = clinic_call(clinic, frame);
        assert_int_equal(kor_service_write(clinic->service, &call, 1),
                         KOR_OK);
        assert_int_equal(call->code, KOR_OK);
        assert_int_equal(call->is_repeat, i >= 2);
        clinic_call_free(call);
        clinic_restart(clinic);
    }
    assert_int_equal(3, clinic_sql(clinic, "SELECT count(*) FROM person"));
}

static void
who_watches_is_told_of_a_gap_after_a_restart_in_the_past(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    clinic->now_ms -= DAY_MS;
    clinic_restart(clinic);
    clinic_ok(clinic, "open", "{'date': '2026-01-04'}");
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_true(clinic_true(clinic, "gap"));
    assert_int_equal(1, clinic_count(clinic, "events"));
}

/* A clock that was a year ahead for a moment; then replies are let go when
 * they are thirty days old, and not after a year. */
static void
a_clock_that_was_ahead_holds_nothing_up(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    clinic_day(clinic, YEAR);
    idle(house, 1000);
    clinic_day(clinic, 1);
    idle(house, 1000);
    clinic_total(clinic, house->code, "outcome", 20);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM request "
                                           "WHERE reply IS NOT NULL"));
    idle(house, 29 * DAY_MS);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM request "
                                           "WHERE reply IS NOT NULL"));
    idle(house, 2 * DAY_MS);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM request "
                                           "WHERE reply IS NOT NULL"));
}

static void
the_access_log_stays_whole_whatever_the_clock_says(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    static const int days[] = {3, 2, YEAR, 4, -3};
    for (size_t i = 0; i < KOR_LENGTH(days); i++) {
        clinic_day(clinic, days[i]);
        clinic_ok(clinic, "caseload", "{}");
        clinic_restart(clinic);
    }
    assert_int_equal(6, clinic_sql(clinic, "SELECT max(seq) FROM "
                                           "access_log"));
    clinic_ok(clinic, "log.verify", "{}");
    assert_reply(clinic, "last", 6);
    assert_reply(clinic, "broken", NAN);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_clock_that_went_back_makes_no_session_before_the_last),
        T(what_was_asked_a_day_ahead_is_answered_again_a_day_later),
        T(ids_need_no_clock),
        T(who_watches_is_told_of_a_gap_after_a_restart_in_the_past),
        T(a_clock_that_was_ahead_holds_nothing_up),
        T(the_access_log_stays_whole_whatever_the_clock_says),
    };
    kor_log_set(KOR_LOG_WARNING);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

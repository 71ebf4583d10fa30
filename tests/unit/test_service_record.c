/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a score.  Expected numbers are arithmetic from the definitions:
 * the outcome check runs from 0 to 40, higher is better, 7 points are
 * reliable; PHQ-9 from 0 to 27, lower is better, 6 points, healthy below 10;
 * one point less on the alliance check is worth a word. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/clinic.h"
#include "support/near.h"

static size_t
n_signals(struct clinic *clinic, const char *finding)
{
    size_t n = 0;
    clinic_ok(clinic, "signals", "{}");
    for (size_t i = 0; i < clinic_count(clinic, "signals"); i++) {
        char path[40];
        snprintf(path, sizeof path, "signals[%zu].finding", i);
        n += !strcmp(clinic_text(clinic, path), finding);
    }
    return n;
}

/* --- sessions ------------------------------------------------------------ */

static void
a_pair_of_scales_shares_a_session_and_the_next_day_is_the_next(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    assert_reply(clinic, "session", 1);
    assert_string_equal("held", clinic_text(clinic, "status"));
    assert_string_equal(clinic_date(0, date), clinic_text(clinic, "date"));
    clinic_total(clinic, code, "alliance", 27);
    assert_reply(clinic, "session", 1);
    clinic_day(clinic, 1);
    clinic_total(clinic, code, "alliance", 28);
    assert_reply(clinic, "session", 2);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM session"));
}

static void
the_day_changes_at_midnight_in_the_zone_of_the_clinic(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic->now_ms += (14 * 60 + 59) * 60000; /* 22:59 UTC, 23:59 in Oslo. */
    clinic_total(clinic, code, "outcome", 14);
    assert_string_equal(clinic_date(0, date), clinic_text(clinic, "date"));
    clinic->now_ms += 60000;
    clinic_total(clinic, code, "outcome", 15);
    assert_string_equal(clinic_date(1, date), clinic_text(clinic, "date"));
    assert_reply(clinic, "session", 2);
}

/* Records a total that was entered 'age_ms' ago; returns how it ended. */
static enum kor_code
record_late(struct clinic *clinic, int serial, const char *code,
            int64_t age_ms, char reply[4096])
{
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *call = clinic_call(
        clinic, clinic_frame(frame, serial, "record",
                             "{'code': '%s', 'answers': [{'scale': "
                             "'alliance', 'total': 20}]}", code));
    call->request.age_ms = age_ms;
    assert_int_equal(kor_service_write(clinic->service, &call, 1), KOR_OK);
    enum kor_code ended = call->code;
    snprintf(reply, 4096, "%s", kor_buf_text(&call->reply));
    clinic_call_free(call);
    return ended;
}

#define MINUTE_MS INT64_C(60000)

static void
what_waited_at_a_client_belongs_to_the_day_it_was_entered(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE], reply[4096];
    char day[40];
    clinic_open(clinic, code);
    clinic_day(clinic, 1); /* Nine in the morning. */
    assert_int_equal(
        record_late(clinic, 500, code, (9 * 60 + 1) * MINUTE_MS, reply),
        KOR_OK);
    snprintf(day, sizeof day, "\"date\":\"%s\"", clinic_date(0, date));
    assert_non_null(strstr(reply, day));
    assert_int_equal(
        record_late(clinic, 501, code, 9 * 60 * MINUTE_MS, reply), KOR_OK);
    snprintf(day, sizeof day, "\"date\":\"%s\"", clinic_date(1, date));
    assert_non_null(strstr(reply, day));
    /* Asked again later with another age it is the same request. */
    clinic_day(clinic, 4);
    assert_int_equal(
        record_late(clinic, 500, code, 4 * 24 * 60 * MINUTE_MS, reply),
        KOR_OK);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM session"));
    /* Nobody was a client before the episode began. */
    assert_int_equal(
        record_late(clinic, 502, code, 5 * 24 * 60 * MINUTE_MS, reply),
        KOR_BAD_VALUE);
}

static void
a_session_can_be_named_and_numbers_may_be_left_out(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    clinic_day(clinic, 30);
    clinic_ok(clinic, "record", "{'code': '%s', 'session': 4, 'answers': "
              "[{'scale': 'outcome', 'total': 15}]}", code);
    assert_reply(clinic, "session", 4);
    clinic_ok(clinic, "record", "{'code': '%s', 'session': 2, 'date': '%s', "
              "'answers': [{'scale': 'outcome', 'total': 16}]}", code,
              clinic_date(7, date));
    assert_reply(clinic, "session", 2);
    clinic_ok(clinic, "record", "{'code': '%s', 'session': 1, 'answers': "
              "[{'scale': 'alliance', 'total': 20}]}", code);
    assert_string_equal(clinic_date(0, date), clinic_text(clinic, "date"));
    clinic_refused(clinic, KOR_BAD_VALUE, "session", "record",
                   "{'code': '%s', 'session': 15, 'answers': "
                   "[{'scale': 'outcome', 'total': 15}]}", code);
    clinic_refused(clinic, KOR_CONFLICT, "date", "record",
                   "{'code': '%s', 'session': 1, 'date': '%s', 'answers': "
                   "[{'scale': 'phq9', 'total': 15}]}", code,
                   clinic_date(3, date));
}

static void
dates_in_the_future_before_the_episode_and_out_of_order_are_refused(
    void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    static const char body[] = "{'code': '%s', 'date': '%s', 'answers': "
                               "[{'scale': 'outcome', 'total': 15}]}";
    clinic_open(clinic, code);
    clinic_day(clinic, 14);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "record", body, code,
                   clinic_date(15, date));
    assert_non_null(strstr(clinic->call.err.text, "2026-01-19"));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "record", body, code,
                   clinic_date(-1, date));
    assert_non_null(strstr(clinic->call.err.text, "2026-01-05"));
    clinic_ok(clinic, "record", body, code, clinic_date(14, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "record", body, code,
                   clinic_date(7, date));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session"));
    /* What to do depends on whether a number was left out. */
    assert_non_null(strstr(clinic->call.err.text, "no number is free"));
    clinic_ok(clinic, "open", "{'date': '2026-01-05'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_ok(clinic, "record", "{'code': '%s', 'date': '%s', 'session': 2, "
              "'status': 'held'}", code, clinic_date(14, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "record", body, code,
                   clinic_date(7, date));
    assert_non_null(strstr(clinic->call.err.text, "give --session 1"));
    clinic_ok(clinic, "record", "{'code': '%s', 'date': '%s', 'session': 1, "
              "'status': 'held'}", code, clinic_date(7, date));
}

static void
a_status_makes_a_session_and_asks_for_no_answers(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'not-attended'}",
              code);
    assert_string_equal("not-attended", clinic_text(clinic, "status"));
    clinic_refused(clinic, KOR_CONFLICT, "status", "record",
                   "{'code': '%s', 'answers': [{'scale': 'outcome', "
                   "'total': 15}]}", code);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held', 'mode': "
              "'video', 'answers': [{'scale': 'outcome', 'total': 15}]}",
              code);
    assert_reply(clinic, "session", 1);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("video", clinic_text(clinic, "sessions[0].mode"));
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
}

static void
a_session_with_answers_cannot_become_one_that_was_not_held(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    clinic_refused(clinic, KOR_CONFLICT, "status", "record",
                   "{'code': '%s', 'status': 'not-attended'}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
}

static void
words_for_status_mode_rater_language_and_how_are_checked(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_refused(clinic, KOR_BAD_VALUE, "status", "record",
                   "{'code': '%s', 'status': 'drop'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "mode", "record",
                   "{'code': '%s', 'status': 'held', 'mode': 'pub'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "answers", "record",
                   "{'code': '%s', 'mode': 'room'}", code);
    static const char answer[]
        = "{'code': '%s', 'answers': [{'scale': 'outcome', 'total': 9, "
          "'%s': '%s'}]}";
    clinic_refused(clinic, KOR_BAD_VALUE, "rater", "record", answer, code,
                   "rater", "dog");
    clinic_refused(clinic, KOR_BAD_VALUE, "language", "record", answer, code,
                   "language", "NORSK");
    clinic_refused(clinic, KOR_BAD_VALUE, "how", "record", answer, code,
                   "how", "psychic");
    clinic_refused(clinic, KOR_BAD_VALUE, "how", "record", answer, code,
                   "how", "import");
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session"));
}

/* --- answers ------------------------------------------------------------- */

static void
items_are_summed_and_a_missing_one_leaves_no_total(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [5.5, 6, 4, 7.3], 'how': 'aloud'}]}",
              code);
    assert_reply(clinic, "answers[0].total", 22.8);
    assert_string_equal("aloud", clinic_text(clinic, "answers[0].how"));
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [5, null, 4, 7]}]}", code);
    assert_reply(clinic, "answers[0].total", NAN);
    assert_reply(clinic, "answers[0].missing", 1);
    assert_reply(clinic, "answers[0].change", NAN);
}

static void
two_missing_items_of_phq9_are_prorated_and_three_are_too_many(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': 'phq9', "
              "'values': [2,2,2,2,2,2,2,null,0]}]}", code);
    /* 14 over eight items, times nine: 15.75. */
    assert_near(15.75, clinic_num(clinic, "answers[0].total"), 0.26, 0);
    assert_true(clinic_true(clinic, "answers[0].prorated"));
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': 'phq9', "
              "'values': [2,2,2,2,2,2,null,null,null]}]}", code);
    assert_reply(clinic, "answers[0].total", NAN);
    assert_string_equal("not-seen",
                        clinic_text(clinic, "answers[0].attention"));
}

static void
wrong_counts_ranges_scales_and_codes_are_refused_by_name(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    static const struct {
        enum kor_code code;
        const char *field, *answer;
    } bad[] = {
        {KOR_BAD_VALUE, "outcome", "'scale': 'outcome', 'values': [1, 2, 3]"},
        {KOR_BAD_VALUE, "item 2", "'scale': 'outcome', 'values': [1,11,3,4]"},
        {KOR_BAD_VALUE, "item 1", "'scale': 'phq9', 'values': "
                                  "[1.5,0,0,0,0,0,0,0,0]"},
        {KOR_BAD_VALUE, "total", "'scale': 'outcome', 'total': 40.5"},
        {KOR_BAD_VALUE, "total", "'scale': 'outcome', 'total': -1"},
        {KOR_BAD_VALUE, "values", "'scale': 'outcome'"},
        {KOR_BAD_VALUE, "values", "'scale': 'outcome', 'total': 4, "
                                  "'values': [1, 1, 1, 1]"},
        {KOR_NOT_FOUND, "scale", "'scale': 'outcomes', 'total': 4"},
    };
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        clinic_refused(clinic, bad[i].code, bad[i].field, "record",
                       "{'code': '%s', 'answers': [{%s}]}", code,
                       bad[i].answer);
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "code", "record",
                   "{'code': '3333-3334', 'status': 'held'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "record",
                   "{'code': '3333-3333', 'status': 'held'}");
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session"));
}

static void
a_second_answer_on_the_same_scale_by_the_same_rater_is_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_refused(clinic, KOR_DUPLICATE, "scale", "record",
                   "{'code': '%s', 'answers': [{'scale': 'outcome', "
                   "'total': 9}, {'scale': 'outcome', 'total': 9, "
                   "'rater': 'client'}]}", code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session"));
    clinic_total(clinic, code, "outcome", 14);
    clinic_refused(clinic, KOR_DUPLICATE, "scale", "record",
                   "{'code': '%s', 'answers': [{'scale': 'alliance', "
                   "'total': 9}, {'scale': 'outcome', 'total': 9}]}", code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'total': 20, 'rater': 'partner'}]}", code);
}

static void
each_rater_has_a_line_of_their_own(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    static const char by[] = "{'code': '%s', 'answers': [{'scale': 'outcome', "
                             "'total': %d, 'rater': '%s'}]}";
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", by, code, 30, "parent2");
    assert_false(clinic_true(clinic, "answers[0].lead"));
    clinic_ok(clinic, "record", by, code, 14, "client");
    assert_reply(clinic, "answers[0].start", 14);
    assert_reply(clinic, "answers[0].previous", NAN);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", by, code, 20, "parent2");
    assert_reply(clinic, "answers[0].start", 30);
    assert_reply(clinic, "answers[0].change", -10);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "record", by, code, 15, "client");
    assert_reply(clinic, "answers[0].change", 1);
    assert_reply(clinic, "answers[0].previous", 14);
}

static void
the_lead_scale_is_the_first_that_a_client_answers_on_an_outcome(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': ["
              "{'scale': 'alliance', 'total': 20}, "
              "{'scale': 'phq9', 'total': 20, 'rater': 'therapist'}, "
              "{'scale': 'gbo', 'total': 4}]}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("", clinic_text(clinic, "episode[0].lead"));
    clinic_total(clinic, code, "outcome", 14);
    assert_true(clinic_true(clinic, "answers[0].lead"));
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "phq9", 20);
    assert_false(clinic_true(clinic, "answers[0].lead"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("outcome", clinic_text(clinic, "episode[0].lead"));
}

/* --- what the scores say ------------------------------------------------- */

static void
the_start_score_is_the_first_by_session_two_or_there_is_none(void **state)
{
    struct clinic *clinic = *state;
    char early[KOR_CLIENT_CODE_SIZE], late[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, early);
    clinic_open(clinic, late);
    clinic_total(clinic, early, "alliance", 20);
    clinic_total(clinic, late, "alliance", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, early, "outcome", 14);
    assert_reply(clinic, "answers[0].start_session", 2);
    assert_true(clinic_has(clinic, "answers[0].findings", "too-early"));
    assert_string_equal("too-early", clinic_text(clinic, "answers[0].unsaid"));
    clinic_total(clinic, late, "alliance", 20);
    clinic_day(clinic, 14);
    clinic_total(clinic, early, "outcome", 20.5);
    assert_reply(clinic, "answers[0].change", 6.5);
    assert_reply(clinic, "answers[0].needed", 7);
    assert_string_equal("provisional",
                        clinic_text(clinic, "answers[0].needed_mark"));
    assert_int_equal(0, clinic_count(clinic, "answers[0].findings"));
    assert_string_equal("no-course", clinic_text(clinic, "answers[0].unsaid"));
    clinic_total(clinic, late, "outcome", 14);
    assert_reply(clinic, "answers[0].start", NAN);
    assert_string_equal("no-start", clinic_text(clinic, "answers[0].unsaid"));
}

static void
reliable_change_counts_from_its_limit_on(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 21);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-better"));
    /* No cut-off, so nobody is past one. */
    assert_false(clinic_has(clinic, "answers[0].findings", "recovered"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 7.1);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 21);
    clinic_total(clinic, code, "outcome", 7);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("reliably-worse",
                        clinic_text(clinic, "signals[0].finding"));
    assert_true(clinic_true(clinic, "signals[0].raised"));
}

static void
a_start_past_the_cut_off_is_told_apart_and_worse_needs_two(
    void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "phq9", 9);
    assert_reply(clinic, "answers[0].cutoff", 10);
    assert_true(
        clinic_has(clinic, "answers[0].findings", "starts-past-cutoff"));
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "phq9", 15);
    assert_false(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "phq9", 16);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_day(clinic, 21);
    clinic_total(clinic, code, "phq9", 2);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-better"));
    assert_false(clinic_has(clinic, "answers[0].findings", "recovered"));
}

static void
better_and_past_the_cut_off_is_said(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "phq9", 15);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "phq9", 10);
    assert_false(clinic_has(clinic, "answers[0].findings", "recovered"));
    assert_false(
        clinic_has(clinic, "answers[0].findings", "reliably-better"));
    /* A total alone has not shown the item about safety. */
    assert_true(clinic_has(clinic, "answers[0].findings", "not-seen"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "phq9", 9);
    assert_true(clinic_has(clinic, "answers[0].findings", "recovered"));
}

static void
alliance_low_words_prompt_a_sentence_and_raise_no_signal(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "alliance", 30);
    assert_true(clinic_has(clinic, "answers[0].findings", "alliance-top"));
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "alliance", 27.1);
    assert_false(clinic_has(clinic, "answers[0].findings", "alliance-fallen"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "alliance", 24.1);
    assert_true(clinic_has(clinic, "answers[0].findings", "alliance-fallen"));
    assert_reply(clinic, "answers[0].previous", 27.1);
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

static void
a_score_that_is_missing_says_nothing(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 10);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_day(clinic, 14);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'outcome', 'values': "
              "[2, null, 3, 2]}]}", code);
    assert_reply(clinic, "answers[0].total", NAN);
    assert_reply(clinic, "answers[0].previous", 10);
    assert_int_equal(0, clinic_count(clinic, "answers[0].findings"));
    assert_string_equal(clinic_text(clinic, "answers[0].standing"),
                        "unknown");
    /* The signal of the score before stands, and so does that score. */
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "caseload", "{}");
    assert_reply(clinic, "clients[0].total", 10);
    assert_true(clinic_has(clinic, "clients[0].findings", "reliably-worse"));
}

static void
attention_goes_with_the_client_into_a_new_episode(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[0,0,0,0,0,0,0,0,1]}]}", code);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'agreed'}",
              code);
    clinic_day(clinic, 30);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_ok(clinic, "caseload", "{}");
    assert_true(clinic_has(clinic, "clients[0].signals", "attention"));
    /* The first session of this one has the same number as that one. */
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[0,0,0,0,0,0,0,0,2]}]}", code);
    assert_int_equal(2, clinic_count(clinic, "signals"));
    assert_true(clinic_true(clinic, "signals[1].raised"));
}

static void
attention_waits_past_the_end_and_is_raised_there_too(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'agreed'}",
              code);
    clinic_day(clinic, 180);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[0,0,0,0,0,0,0,0,1]}, {'scale': 'outcome', 'total': 5}]}",
              code);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal(clinic_text(clinic, "signals[0].finding"),
                        "attention");
}

/* --- attention ----------------------------------------------------------- */

static const char asks[]
    = "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
      "[2,2,2,2,2,2,2,2,1]}]}";
static const char asks_not[]
    = "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
      "[2,2,2,2,2,2,2,2,0]}]}";

static void
an_answer_to_talk_about_comes_first(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", asks, code);
    assert_string_equal("asks", clinic_text(clinic, "answers[0].attention"));
    assert_reply(clinic, "answers[0].attention_item", 9);
    assert_string_equal("attention",
                        clinic_text(clinic, "signals[0].finding"));
    assert_non_null(strstr(clinic_text(clinic, "next"), "Item 9 of PHQ-9"));
    assert_non_null(strstr(clinic_text(clinic, "next"),
                           "before the client leaves"));
}

static void
a_total_alone_says_that_the_item_was_not_seen(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "phq9", 12);
    assert_string_equal("not-seen",
                        clinic_text(clinic, "answers[0].attention"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    assert_non_null(strstr(clinic_text(clinic, "next"), "not seen"));
}

static void
one_attention_answer_is_one_signal_whatever_is_recorded_after_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", asks, code);
    clinic_total(clinic, code, "outcome", 20);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_false(clinic_has(clinic, "answers[0].findings", "attention"));
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", asks_not, code);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].sessions_since", 1);
    assert_int_equal(1, n_signals(clinic, "attention"));
    clinic_day(clinic, 14);
    clinic_ok(clinic, "record", asks, code);
    assert_int_equal(2, n_signals(clinic, "attention"));
}

static void
an_open_attention_answer_holds_reassurance_back(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course(clinic, 60);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    /* In one message, the outcome check before the form that asks. */
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'total': 23}, {'scale': 'phq9', 'values': "
              "[0,0,0,0,0,0,0,0,2]}]}", code);
    assert_string_equal("unknown", clinic_text(clinic, "answers[0].standing"));
    assert_string_equal("held-back", clinic_text(clinic, "answers[0].unsaid"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 24);
    assert_string_equal("held-back", clinic_text(clinic, "answers[0].unsaid"));
}

static void
an_attention_answer_that_comes_later_takes_back_the_reassurance(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course(clinic, 60);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 23);
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
    clinic_ok(clinic, "record", asks, code);
    clinic_ok(clinic, "caseload", "{}");
    assert_string_equal("unknown", clinic_text(clinic, "clients[0].standing"));
    assert_string_equal("held-back", clinic_text(clinic, "clients[0].unsaid"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("held-back",
                        clinic_text(clinic, "sessions[1].answers[0].unsaid"));
}

static void
an_item_nobody_has_seen_holds_reassurance_back(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course_phq9(clinic);
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", asks_not, code);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "phq9", 15);
    assert_true(clinic_has(clinic, "answers[0].findings", "not-seen"));
    assert_string_equal("unknown", clinic_text(clinic, "answers[0].standing"));
    assert_string_equal("held-back", clinic_text(clinic, "answers[0].unsaid"));
    clinic_ok(clinic, "caseload", "{}");
    assert_string_equal(code, clinic_text(clinic, "clients[1].code"));
    assert_string_equal("held-back", clinic_text(clinic, "clients[1].unsaid"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("held-back",
                        clinic_text(clinic, "sessions[1].answers[0].unsaid"));
    clinic_day(clinic, 14);
    clinic_ok(clinic, "record", asks_not, code);
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
}

static void
what_comes_beside_an_item_nobody_has_seen_is_held_back_too(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course(clinic, 60);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'total': 23}, {'scale': 'phq9', 'total': 12}]}",
              code);
    assert_string_equal("held-back", clinic_text(clinic, "answers[0].unsaid"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("held-back",
                        clinic_text(clinic, "sessions[1].answers[0].unsaid"));
}

/* --- the expected course ------------------------------------------------- */

static void
with_a_course_the_standing_is_told_and_off_course_twice_asks(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    int64_t course = clinic_course(clinic, 60);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 16);
    /* 20 + 4 ln 2, and 1.2815515655446 times 5 to either side. */
    assert_near(22.772588722239782, clinic_num(clinic, "answers[0].expected"),
                1e-9, 0);
    assert_near(16.364830894516782, clinic_num(clinic, "answers[0].low80"),
                1e-9, 0);
    assert_near(29.180346549962782, clinic_num(clinic, "answers[0].high80"),
                1e-9, 0);
    assert_string_equal("less", clinic_text(clinic, "answers[0].standing"));
    assert_reply(clinic, "answers[0].course", (double)course);
    assert_reply(clinic, "answers[0].course_people", 60);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 17);
    assert_string_equal("off-course-twice",
                        clinic_text(clinic, "signals[0].finding"));
    clinic_day(clinic, 21);
    clinic_total(clinic, code, "outcome", 18);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_false(clinic_true(clinic, "signals[0].raised"));
    clinic_day(clinic, 28);
    clinic_total(clinic, code, "outcome", 22);
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    assert_int_equal(0, n_signals(clinic, "off-course-twice"));
}

/* Half a reliable change is 3.5 points; the range is 4 ln(session) above the
 * start score, 6.4 to either side. */
static void
the_rule_that_the_table_favours_marks_and_asks_for_nothing(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course_marking(clinic, 60, KOR_FLAG_RAW);
    clinic_open(clinic, code);
    for (int session = 1; session <= 3; session++) {
        clinic_total(clinic, code, "outcome", 20);
        clinic_day(clinic, 7 * session);
    }
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
    /* Session 4, within 19.1 to 32.0. */
    clinic_total(clinic, code, "outcome", 23);
    assert_string_equal("less", clinic_text(clinic, "answers[0].standing"));
    assert_true(clinic_has(clinic, "answers[0].findings", "off-course"));
    assert_string_equal("raw", clinic_text(clinic, "answers[0].rule"));
    assert_reply(clinic, "answers[0].still_better", 6);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_reply(clinic, "sessions[3].answers[0].still_better", 6);
    assert_string_equal("raw",
                        clinic_text(clinic, "sessions[3].answers[0].rule"));
    clinic_day(clinic, 28);
    clinic_total(clinic, code, "outcome", 23);
    assert_string_equal("", clinic_text(clinic, "answers[0].rule"));
    assert_reply(clinic, "answers[0].still_better", NAN);
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
    assert_int_equal(0, clinic_count(clinic, "answers[0].findings"));
}

static void
whatever_marks_a_signal_is_raised_by_twice_running(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course_marking(clinic, 60, KOR_FLAG_RAW);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 16);
    assert_string_equal("less", clinic_text(clinic, "answers[0].standing"));
    assert_int_equal(0, clinic_count(clinic, "answers[0].findings"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    /* The range says it; it flagged too few to tell how they ended. */
    assert_string_equal("band80", clinic_text(clinic, "answers[0].rule"));
    assert_reply(clinic, "answers[0].still_better", NAN);
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 17);
    assert_int_equal(1, clinic_count(clinic, "answers[0].findings"));
    assert_string_equal("twice", clinic_text(clinic, "answers[0].rule"));
    assert_reply(clinic, "answers[0].still_better", 3);
    assert_string_equal("off-course-twice",
                        clinic_text(clinic, "signals[0].finding"));
}

static void
another_mark_does_not_change_what_was_said(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course_marking(clinic, 60, KOR_FLAG_RAW);
    clinic_open(clinic, code);
    for (int session = 1; session <= 4; session++) {
        clinic_total(clinic, code, "outcome", 21);
        clinic_day(clinic, 7 * session);
    }
    assert_true(clinic_has(clinic, "answers[0].findings", "off-course"));
    clinic_course(clinic, 70);
    clinic_total(clinic, code, "outcome", 22);
    assert_string_equal("as-expected",
                        clinic_text(clinic, "answers[0].standing"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("less",
                        clinic_text(clinic,
                                    "sessions[3].answers[0].standing"));
    assert_true(clinic_has(clinic, "sessions[3].answers[0].findings",
                           "off-course"));
}

static void
a_course_with_too_few_people_behind_it_hides_its_band(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course(clinic, 49);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 16);
    assert_string_equal("few-behind",
                        clinic_text(clinic, "answers[0].unsaid"));
    assert_reply(clinic, "answers[0].low80", NAN);
    assert_reply(clinic, "answers[0].course", NAN);
}

static void
switching_from_one_course_to_another_holds_from_the_next_score(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_course(clinic, 60);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 22);
    assert_reply(clinic, "answers[0].course_people", 60);
    int64_t second = clinic_course(clinic, 70);
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 22);
    assert_reply(clinic, "answers[0].course", (double)second);
    assert_reply(clinic, "answers[0].course_people", 70);
    assert_int_equal(1, clinic_sql(clinic, "SELECT sum(in_use) FROM course"));
    clinic_ok(clinic, "course.use", "{'id': %lld, 'off': true}",
              (long long)second);
    clinic_day(clinic, 21);
    clinic_total(clinic, code, "outcome", 22);
    assert_string_equal("no-course", clinic_text(clinic, "answers[0].unsaid"));
}

/* --- signals ------------------------------------------------------------- */

static void
stalled_is_raised_once_at_the_sixth_session_and_passes(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    for (int i = 0; i < 5; i++) {
        clinic_day(clinic, 7 * i);
        clinic_total(clinic, code, "outcome", 14);
        assert_int_equal(0, clinic_count(clinic, "signals"));
    }
    clinic_day(clinic, 35);
    clinic_total(clinic, code, "outcome", 18);
    assert_string_equal("stalled", clinic_text(clinic, "signals[0].finding"));
    double id = clinic_num(clinic, "signals[0].id");
    clinic_day(clinic, 42);
    clinic_total(clinic, code, "outcome", 20);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].id", id);
    assert_reply(clinic, "signals[0].session", 6);
    clinic_day(clinic, 49);
    clinic_total(clinic, code, "outcome", 21);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 56);
    clinic_total(clinic, code, "outcome", 20);
    assert_int_equal(1, n_signals(clinic, "stalled"));
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM signal"));
}

static void
ninety_days_without_change_are_stalled_too(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    clinic_day(clinic, 89);
    clinic_total(clinic, code, "outcome", 14);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 90);
    clinic_total(clinic, code, "outcome", 14);
    assert_string_equal("stalled", clinic_text(clinic, "signals[0].finding"));
}

static void
sessions_since_a_signal_follow_a_status_that_changes(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 14);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", code);
    assert_reply(clinic, "signals[0].sessions_since", 1);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'not-attended'}",
              code);
    assert_reply(clinic, "signals[0].sessions_since", 0);
}

static void
follow_up_after_the_end_raises_nothing_and_changes_no_ending(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 30);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", code);
    clinic_day(clinic, 180);
    clinic_total(clinic, code, "outcome", 10);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("planned", clinic_text(clinic, "episode[0].ending"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM signal"));
}

static void
what_is_kept_in_memory_is_what_a_load_gives(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    for (int i = 0; i < 7; i++) {
        clinic_day(clinic, 7 * i);
        clinic_total(clinic, code, "outcome", 14 + i);
        clinic_total(clinic, code, "alliance", 20);
        if (i == 3) {
            clinic_restart(clinic);
        }
    }
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'phq9', 'total': 7}]}", code);
    char *kept = json_dumps(clinic->reply, JSON_SORT_KEYS);
    clinic_restart(clinic);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'phq9', "
              "'session': 7, 'total': 7, 'reason': 'same'}", code);
    json_t *fresh = clinic->reply;
    json_t *answer = json_array_get(json_object_get(fresh, "answers"), 0);
    json_object_set_new(answer, "version", json_integer(1));
    json_object_del(answer, "why");
    char *loaded = json_dumps(fresh, JSON_SORT_KEYS);
    assert_string_equal(kept, loaded);
    free(kept);
    free(loaded);
}

static void
the_next_step_is_in_the_language_of_the_request(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    assert_non_null(strstr(clinic_text(clinic, "next"), "alliance"));
    clinic_total(clinic, code, "alliance", 14);
    assert_non_null(strstr(clinic_text(clinic, "next"), "graph together"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_pair_of_scales_shares_a_session_and_the_next_day_is_the_next),
        T(the_day_changes_at_midnight_in_the_zone_of_the_clinic),
        T(what_waited_at_a_client_belongs_to_the_day_it_was_entered),
        T(a_session_can_be_named_and_numbers_may_be_left_out),
        T(dates_in_the_future_before_the_episode_and_out_of_order_are_refused),
        T(a_status_makes_a_session_and_asks_for_no_answers),
        T(a_session_with_answers_cannot_become_one_that_was_not_held),
        T(words_for_status_mode_rater_language_and_how_are_checked),
        T(items_are_summed_and_a_missing_one_leaves_no_total),
        T(two_missing_items_of_phq9_are_prorated_and_three_are_too_many),
        T(wrong_counts_ranges_scales_and_codes_are_refused_by_name),
        T(a_second_answer_on_the_same_scale_by_the_same_rater_is_refused),
        T(each_rater_has_a_line_of_their_own),
        T(the_lead_scale_is_the_first_that_a_client_answers_on_an_outcome),
        T(the_start_score_is_the_first_by_session_two_or_there_is_none),
        T(reliable_change_counts_from_its_limit_on),
        T(a_start_past_the_cut_off_is_told_apart_and_worse_needs_two),
        T(better_and_past_the_cut_off_is_said),
        T(alliance_low_words_prompt_a_sentence_and_raise_no_signal),
        T(a_score_that_is_missing_says_nothing),
        T(attention_waits_past_the_end_and_is_raised_there_too),
        T(attention_goes_with_the_client_into_a_new_episode),
        T(an_answer_to_talk_about_comes_first),
        T(a_total_alone_says_that_the_item_was_not_seen),
        T(one_attention_answer_is_one_signal_whatever_is_recorded_after_it),
        T(an_open_attention_answer_holds_reassurance_back),
        T(an_attention_answer_that_comes_later_takes_back_the_reassurance),
        T(an_item_nobody_has_seen_holds_reassurance_back),
        T(what_comes_beside_an_item_nobody_has_seen_is_held_back_too),
        T(with_a_course_the_standing_is_told_and_off_course_twice_asks),
        T(the_rule_that_the_table_favours_marks_and_asks_for_nothing),
        T(whatever_marks_a_signal_is_raised_by_twice_running),
        T(another_mark_does_not_change_what_was_said),
        T(a_course_with_too_few_people_behind_it_hides_its_band),
        T(switching_from_one_course_to_another_holds_from_the_next_score),
        T(stalled_is_raised_once_at_the_sixth_session_and_passes),
        T(ninety_days_without_change_are_stalled_too),
        T(sessions_since_a_signal_follow_a_status_that_changes),
        T(follow_up_after_the_end_raises_nothing_and_changes_no_ending),
        T(what_is_kept_in_memory_is_what_a_load_gives),
        T(the_next_step_is_in_the_language_of_the_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

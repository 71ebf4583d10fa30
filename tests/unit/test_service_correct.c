/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Corrections: nothing is overwritten, and what rests on a score is judged
 * again.  The outcome check runs from 0 to 40 and 7 points are reliable. */

#include <math.h>
#include <string.h>

#include "support/clinic.h"

static void
correct(struct clinic *clinic, const char *code, int session, double total)
{
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'outcome', "
              "'session': %d, 'total': %g, 'reason': 'mistyped'}", code,
              session, total);
}

static void
a_correction_is_a_new_version_and_the_old_one_stays(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [1, 2, 3, 4], 'how': 'interpreter', "
              "'language': 'uk'}]}", code);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'outcome', "
              "'session': 1, 'values': [1, 2, 3, 9], 'reason': 'misread'}",
              code);
    assert_reply(clinic, "answers[0].version", 2);
    assert_reply(clinic, "answers[0].total", 15);
    assert_reply(clinic, "answers[0].start", 15);
    assert_string_equal("interpreter", clinic_text(clinic, "answers[0].how"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(2, clinic_count(clinic, "sessions[0].answers"));
    assert_reply(clinic, "sessions[0].answers[0].total", 10);
    assert_reply(clinic, "sessions[0].answers[0].values[3]", 4);
    assert_string_equal("misread",
                        clinic_text(clinic, "sessions[0].answers[1].why"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer "
                                           "WHERE language = 'uk' AND "
                                           "version = 2"));
}

static void
a_start_score_that_was_wrong_is_mended_in_the_last_answer_too(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 34);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 14);
    clinic_total(clinic, code, "outcome", 21);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    correct(clinic, code, 1, 14);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(2, clinic_count(clinic, "sessions[2].answers"));
    assert_reply(clinic, "sessions[2].answers[0].start", 34);
    assert_reply(clinic, "sessions[2].answers[1].start", 14);
    assert_reply(clinic, "sessions[2].answers[1].change", 7);
    assert_true(clinic_has(clinic, "sessions[2].answers[1].findings",
                           "reliably-better"));
    assert_string_equal("judged again: session 1 was corrected",
                        clinic_text(clinic, "sessions[2].answers[1].why"));
    assert_int_equal(1, clinic_count(clinic, "sessions[1].answers"));
}

static void
a_correction_can_raise_the_signal_of_the_last_answer(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 14);
    correct(clinic, code, 1, 24);
    assert_string_equal("reliably-worse",
                        clinic_text(clinic, "signals[0].finding"));
    assert_reply(clinic, "signals[0].session", 2);
    assert_true(clinic_true(clinic, "signals[0].raised"));
    correct(clinic, code, 2, 23);
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

static void
what_another_person_answered_does_not_touch_the_clients_line(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'total': 14}, {'scale': 'outcome', 'total': 14, "
              "'rater': 'partner'}]}", code);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 14);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'outcome', "
              "'session': 1, 'rater': 'partner', 'total': 20, 'reason': "
              "'misread'}", code);
    assert_string_equal("partner", clinic_text(clinic, "answers[0].rater"));
    assert_int_equal(3, clinic_sql(clinic, "SELECT count(*) FROM answer "
                                           "WHERE version = 1"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer "
                                           "WHERE version = 2"));
}

static void
an_attention_answer_that_was_misread_is_withdrawn(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'phq9', 'values': [1,1,1,1,1,1,1,1,1]}]}", code);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'phq9', 'session': "
              "1, 'values': [1,1,1,1,1,1,1,1,0], 'reason': 'misread'}",
              code);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'phq9', 'session': "
              "1, 'values': [1,1,1,1,1,1,1,1,2], 'reason': 'misread'}",
              code);
    assert_int_equal(1, clinic_count(clinic, "signals"));
}

static void
whatever_cannot_be_corrected_is_refused_by_name(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 14);
    static const struct {
        enum kor_code code;
        const char *field, *rest;
    } bad[] = {
        {KOR_NOT_FOUND, "session", "'scale': 'outcome', 'session': 2, "
                                   "'total': 3, 'reason': 'x'"},
        {KOR_NOT_FOUND, "scale", "'scale': 'phq9', 'session': 1, 'total': 3, "
                                 "'reason': 'x'"},
        {KOR_NOT_FOUND, "scale", "'scale': 'outcome', 'session': 1, 'rater': "
                                 "'partner', 'total': 3, 'reason': 'x'"},
        {KOR_BAD_VALUE, "rater", "'scale': 'outcome', 'session': 1, 'rater': "
                                 "'cat', 'total': 3, 'reason': 'x'"},
        {KOR_BAD_VALUE, "values", "'scale': 'outcome', 'session': 1, "
                                  "'reason': 'x'"},
        {KOR_BAD_VALUE, "total", "'scale': 'outcome', 'session': 1, 'total': "
                                 "41, 'reason': 'x'"},
        {KOR_BAD_VALUE, "reason", "'scale': 'outcome', 'session': 1, "
                                  "'total': 4"},
        {KOR_BAD_VALUE, "reason", "'scale': 'outcome', 'session': 1, "
                                  "'total': 4, 'reason': ''"},
    };
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        clinic_refused(clinic, bad[i].code, bad[i].field, "correct",
                       "{'code': '%s', %s}", code, bad[i].rest);
    }
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
}

/* --- the wrong client ---------------------------------------------------- */

static void
move(struct clinic *clinic, const char *from, int session, const char *scale,
     const char *to)
{
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': '%s', 'session': "
              "%d, 'wrong_client': '%s', 'reason': 'wrong card'}", from,
              scale, session, to);
}

static void
the_answer_moves_and_a_struck_entry_without_values_stays(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_total(clinic, wrong, "outcome", 30);
    clinic_total(clinic, right, "outcome", 12);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'mode': 'video', 'answers': "
              "[{'scale': 'outcome', 'values': [3, 3, 3, 3.5]}]}", wrong);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    move(clinic, wrong, 2, "outcome", right);
    assert_string_equal(right, clinic_text(clinic, "code"));
    assert_reply(clinic, "session", 2);
    assert_reply(clinic, "answers[0].total", 12.5);
    assert_reply(clinic, "answers[0].change", 0.5);
    assert_reply(clinic, "answers[0].values[3]", 3.5);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", wrong);
    assert_int_equal(1, clinic_count(clinic, "sessions[1].answers"));
    assert_true(clinic_true(clinic, "sessions[1].answers[0].struck"));
    assert_reply(clinic, "sessions[1].answers[0].total", NAN);
    assert_int_equal(0, clinic_count(clinic,
                                     "sessions[1].answers[0].values"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s'}", right);
    assert_string_equal("video", clinic_text(clinic, "sessions[1].mode"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer "
                                           "WHERE items IS NOT NULL"));
}

static void
the_right_answer_can_be_recorded_where_the_wrong_one_was_struck(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_total(clinic, wrong, "outcome", 30);
    move(clinic, wrong, 1, "outcome", right);
    clinic_total(clinic, wrong, "outcome", 22);
    assert_reply(clinic, "session", 1);
    assert_reply(clinic, "answers[0].version", 2);
    assert_reply(clinic, "answers[0].start", 22);
    clinic_refused(clinic, KOR_DUPLICATE, "wrong_client", "correct",
                   "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                   "'wrong_client': '%s', 'reason': 'back'}", right, wrong);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(2, clinic_count(clinic, "rows"));
}

static void
there_and_back_again_is_a_version_of_its_own(void **state)
{
    struct clinic *clinic = *state;
    char one[KOR_CLIENT_CODE_SIZE], two[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, one);
    clinic_open(clinic, two);
    clinic_total(clinic, one, "outcome", 30);
    move(clinic, one, 1, "outcome", two);
    move(clinic, two, 1, "outcome", one);
    assert_reply(clinic, "answers[0].version", 2);
    assert_reply(clinic, "answers[0].total", 30);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM answer "
                                           "WHERE is_struck = 1"));
}

static void
the_last_answer_that_is_left_is_judged_again(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_total(clinic, wrong, "outcome", 32);
    clinic_day(clinic, 7);
    clinic_total(clinic, wrong, "outcome", 24);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_day(clinic, 8);
    /* Session 1 was somebody else's: session 2 holds the start score now. */
    move(clinic, wrong, 1, "outcome", right);
    clinic_ok(clinic, "show", "{'code': '%s'}", wrong);
    assert_int_equal(2, clinic_count(clinic, "sessions[1].answers"));
    assert_reply(clinic, "sessions[1].answers[1].start", 24);
    assert_string_equal("judged again: the answer of session 1 was struck",
                        clinic_text(clinic, "sessions[1].answers[1].why"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

static void
a_lead_scale_that_was_the_wrong_clients_leads_no_more(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_total(clinic, wrong, "phq9", 20);
    clinic_total(clinic, wrong, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_total(clinic, wrong, "outcome", 20);
    assert_false(clinic_true(clinic, "answers[0].lead"));
    assert_int_equal(0, clinic_count(clinic, "signals"));
    move(clinic, wrong, 1, "phq9", right);
    clinic_ok(clinic, "show", "{'code': '%s'}", wrong);
    assert_string_equal("outcome", clinic_text(clinic, "episode[0].lead"));
    assert_string_equal("reliably-worse",
                        clinic_text(clinic, "signals[0].finding"));
    clinic_ok(clinic, "show", "{'code': '%s'}", right);
    assert_string_equal("phq9", clinic_text(clinic, "episode[0].lead"));
    move(clinic, right, 1, "phq9", wrong);
    clinic_ok(clinic, "show", "{'code': '%s'}", right);
    assert_string_equal("", clinic_text(clinic, "episode[0].lead"));
}

static void
an_attention_answer_moves_with_its_signal(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'phq9', 'values': [1,1,1,1,1,1,1,1,1]}]}", wrong);
    move(clinic, wrong, 1, "phq9", right);
    assert_string_equal("attention",
                        clinic_text(clinic, "signals[0].finding"));
    assert_string_equal("asks", clinic_text(clinic, "answers[0].attention"));
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal(right, clinic_text(clinic, "signals[0].code"));
}

static void
a_move_that_cannot_be_is_refused_and_strikes_nothing(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    static const char body[] = "{'code': '%s', 'scale': 'outcome', "
                               "'session': 1, 'wrong_client': '%s', "
                               "'reason': 'wrong card'%s}";
    clinic_open(clinic, wrong);
    clinic_total(clinic, wrong, "outcome", 30);
    clinic_day(clinic, 1);
    clinic_open(clinic, right);
    clinic_refused(clinic, KOR_BAD_VALUE, "wrong_client", "correct", body,
                   wrong, right, ", 'total': 3");
    clinic_refused(clinic, KOR_BAD_VALUE, "wrong_client", "correct", body,
                   wrong, wrong, "");
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "correct", body, wrong,
                   "3333-3333", "");
    clinic_refused(clinic, KOR_BAD_VALUE, "code", "correct", body, wrong,
                   "3333-3334", "");
    /* The right client's episode began a day later. */
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "correct", body, wrong,
                   right, "");
    clinic_ok(clinic, "show", "{'code': '%s'}", wrong);
    assert_reply(clinic, "sessions[0].answers[0].total", 30);
    clinic_day(clinic, 2);
    clinic_total(clinic, wrong, "outcome", 31);
    assert_reply(clinic, "answers[0].previous", 30);
}

/* 20, 21, 22, 19, 20; then the start score is said to have been 10: the rest
 * is 11, 12, 9 and 10 points better. */
static void
later_scores_are_shown_against_the_corrected_start(void **state)
{
    struct clinic *clinic = *state;
    static const double totals[] = {20, 21, 22, 19, 20};
    char code[KOR_CLIENT_CODE_SIZE], path[64];
    clinic_open(clinic, code);
    for (int i = 0; i < 5; i++) {
        clinic_day(clinic, 7 * i);
        clinic_total(clinic, code, "outcome", totals[i]);
    }
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, 'total': 10, "
              "'reason': 'typed wrongly'}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_true(clinic_true(clinic, "sessions[0].answers[0].replaced"));
    assert_false(clinic_true(clinic, "sessions[0].answers[1].replaced"));
    for (int i = 1; i < 4; i++) {
        snprintf(path, sizeof path, "sessions[%d].answers[0].start", i);
        assert_reply(clinic, path, 10);
        snprintf(path, sizeof path, "sessions[%d].answers[0].change", i);
        assert_reply(clinic, path, totals[i] - 10);
        snprintf(path, sizeof path, "sessions[%d].answers[0].findings", i);
        assert_true(clinic_has(clinic, path, "reliably-better"));
    }
}

static void
an_attention_answer_said_to_be_missing_still_waits(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[1,1,1,1,1,1,1,1,1]}]}", code);
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'phq9', 'session': 1, 'values': "
              "[1,1,1,1,1,1,1,1,null], 'reason': 'not answered'}", code);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'phq9', 'session': 1, 'values': "
              "[1,1,1,1,1,1,1,1,0], 'reason': 'answered no'}", code);
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

static void
a_session_that_was_there_keeps_how_it_was_held(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, wrong);
    clinic_open(clinic, right);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held', 'mode': "
              "'video'}", right);
    clinic_ok(clinic, "record", "{'code': '%s', 'mode': 'phone', 'answers': "
              "[{'scale': 'outcome', 'total': 20}]}", wrong);
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, "
              "'wrong_client': '%s', 'reason': 'wrong card'}", wrong, right);
    clinic_ok(clinic, "show", "{'code': '%s'}", right);
    assert_string_equal("video", clinic_text(clinic, "sessions[0].mode"));
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(later_scores_are_shown_against_the_corrected_start),
        T(an_attention_answer_said_to_be_missing_still_waits),
        T(a_correction_is_a_new_version_and_the_old_one_stays),
        T(a_start_score_that_was_wrong_is_mended_in_the_last_answer_too),
        T(a_correction_can_raise_the_signal_of_the_last_answer),
        T(what_another_person_answered_does_not_touch_the_clients_line),
        T(an_attention_answer_that_was_misread_is_withdrawn),
        T(whatever_cannot_be_corrected_is_refused_by_name),
        T(the_answer_moves_and_a_struck_entry_without_values_stays),
        T(the_right_answer_can_be_recorded_where_the_wrong_one_was_struck),
        T(there_and_back_again_is_a_version_of_its_own),
        T(the_last_answer_that_is_left_is_judged_again),
        T(a_lead_scale_that_was_the_wrong_clients_leads_no_more),
        T(an_attention_answer_moves_with_its_signal),
        T(a_move_that_cannot_be_is_refused_and_strikes_nothing),
        T(a_session_that_was_there_keeps_how_it_was_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

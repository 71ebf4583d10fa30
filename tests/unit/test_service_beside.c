/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a client with several open episodes - which one a code means, and
 * that one answer counts in all. */

#include <stdio.h>
#include <string.h>

#include "support/clinic.h"
#include "support/staff.h"
#include "support/rule.h"

#define REST(lead)                                                            \
    "'lead': '" lead "', 'scales': [{'scale': '" lead "', 'when': "           \
    "'session-start'}, {'scale': 'alliance', 'when': 'session-end'}],"        \
    "'signals': {'asks': ['reliably-worse']}"

static void
add_pathways(struct clinic *clinic)
{
    clinic_pathway(clinic, "coordination", REST("outcome"));
    clinic_pathway(clinic, "worry", REST("gad7"));
}

/* The owner's client begins with coordination, beside the first episode. */
static void
open_beside(struct staff *staff)
{
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    add_pathways(clinic);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'beside': '%s', 'pathway': 'coordination'}",
              staff->code);
    assert_string_equal(staff->code, clinic_text(clinic, "code"));
    assert_reply(clinic, "episode", 2);
}

/* The head gives it to a colleague. */
static void
hand_second(struct staff *staff)
{
    staff_act(staff, &staff->head);
    clinic_ok(staff->clinic, "handover",
              "{'code': '%s/2', 'to': 'colleague', 'reason': 'x'}",
              staff->code);
}

static void
of_two_in_ones_care_one_says_which(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char text[80];
    open_beside(staff);
    clinic_refused(clinic, KOR_CONFLICT, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
    snprintf(text, sizeof text, "%s/1 (talk), %s/2 (coordination)",
             staff->code, staff->code);
    assert_non_null(strstr(clinic->call.err.text, text));
    clinic_refused(clinic, KOR_CONFLICT, "code", "show", "{'code': '%s'}",
                   staff->code);
    clinic_ok(clinic, "record", "{'code': '%s/2', 'status': 'held'}",
              staff->code);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'status': 'not-attended'}",
              staff->code);
    for (int i = 0; i < 2; i++) {
        clinic_ok(clinic, "show", "{'code': '%s/1'}", staff->code);
        assert_string_equal("not-attended",
                            clinic_text(clinic, "sessions[0].status"));
        clinic_ok(clinic, "show", "{'code': '%s', 'episode': 2}",
                  staff->code);
        assert_string_equal("held",
                            clinic_text(clinic, "sessions[0].status"));
        clinic_restart(clinic);
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "episode", "show",
                   "{'code': '%s/1', 'episode': 2}", staff->code);
    clinic_refused(clinic, KOR_NOT_FOUND, "episode", "record",
                   "{'code': '%s/3', 'status': 'held'}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "code", "record",
                   "{'code': '%s/0', 'status': 'held'}", staff->code);
    /* What is about the client needs no episode. */
    clinic_ok(clinic, "consent.give",
              "{'code': '%s', 'purpose': 'research', 'to': 'uio'}",
              staff->code);
}

static void
with_one_each_nobody_has_to_say(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    staff_act(staff, &staff->head);
    clinic_refused(clinic, KOR_CONFLICT, "code", "handover",
                   "{'code': '%s', 'to': 'colleague', 'reason': 'x'}",
                   staff->code);
    hand_second(staff);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              staff->code);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_reply(clinic, "episode[0].episode", 2);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s/1'}",
                   staff->code);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_reply(clinic, "episode[0].episode", 1);
    assert_int_equal(0, clinic_count(clinic, "sessions"));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s/2', 'status': 'held'}", staff->code);
    staff_act(staff, &staff->guest);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
}

static void
a_code_means_the_one_that_is_open(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    clinic_ok(clinic, "close", "{'code': '%s/2', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    for (int i = 0; i < 2; i++) {
        clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
        assert_reply(clinic, "episode[0].episode", 1);
        clinic_restart(clinic);
    }
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              staff->code);
    assert_reply(clinic, "session", 1);
    /* Who comes back to it begins the third. */
    clinic_refused(clinic, KOR_CONFLICT, "code", "reopen", "{'code': '%s'}",
                   staff->code);
    clinic_ok(clinic, "reopen", "{'code': '%s/2'}", staff->code);
    assert_reply(clinic, "episode", 3);
    assert_string_equal("coordination", clinic_text(clinic, "pathway"));
    clinic_refused(clinic, KOR_CONFLICT, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
}

static void
another_one_beside_it_has_bounds(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char key[32];
    open_beside(staff);
    clinic_refused(clinic, KOR_CONFLICT, "pathway", "open",
                   "{'beside': '%s', 'pathway': 'talk'}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "beside", "open",
                   "{'beside': '%s', 'born': '1990-01'}", staff->code);
    staff_act(staff, &staff->colleague);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "open",
                   "{'beside': '%s', 'pathway': 'worry'}", staff->code);
    for (int i = 3; i <= 9; i++) {
        snprintf(key, sizeof key, "beside-%d", i);
        staff_act(staff, &staff->office);
        clinic_pathway(clinic, key, REST("outcome"));
        staff_act(staff, &staff->owner);
        if (i < 9) {
            clinic_ok(clinic, "open", "{'beside': '%s/1', 'pathway': '%s'}",
                      staff->code, key);
        }
    }
    clinic_refused(clinic, KOR_CONFLICT, "code", "open",
                   "{'beside': '%s', 'pathway': 'beside-9'}", staff->code);
    /* One of the eight may go another way. */
    clinic_ok(clinic, "pathway.move", "{'code': '%s/2', 'pathway': "
              "'beside-9', 'reason': 'x'}", staff->code);
}

/* --- one answer counts in all ---------------------------------------------- */

static void
assert_shown(struct clinic *clinic, const char *code, int n_sessions,
             const char *scale, double total)
{
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(n_sessions, clinic_count(clinic, "sessions"));
    if (n_sessions) {
        char path[64];
        snprintf(path, sizeof path, "sessions[%d].answers[0].scale",
                 n_sessions - 1);
        assert_string_equal(scale, clinic_text(clinic, path));
        snprintf(path, sizeof path, "sessions[%d].answers[0].total",
                 n_sessions - 1);
        assert_reply(clinic, path, total);
    }
}

static void
give(struct clinic *clinic, const char *code, const char *scale, double total)
{
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': '%s', 'total': %g}]}",
              code, scale, total);
}

static void
an_answer_counts_in_every_episode_that_asks_for_it(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char first[16], second[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    give(clinic, first, "outcome", 20);
    /* The reply and the news are of where it was given. */
    assert_reply(clinic, "episode", 1);
    assert_string_equal("outcome", clinic->call.event.message.scale);
    assert_int_equal(1, clinic->call.event.episode.number);
    for (int i = 0; i < 2; i++) {
        assert_shown(clinic, first, 1, "outcome", 20);
        assert_false(clinic_true(clinic, "sessions[0].answers[0].shared"));
        assert_shown(clinic, second, 1, "outcome", 20);
        assert_true(clinic_true(clinic, "sessions[0].answers[0].shared"));
        assert_string_equal("check-in",
                            clinic_text(clinic, "sessions[0].status"));
        assert_string_equal("outcome",
                            clinic_text(clinic, "episode[0].lead"));
        clinic_restart(clinic);
    }
    /* How the alliance is belongs to one of them. */
    give(clinic, first, "alliance", 25);
    assert_shown(clinic, second, 1, "outcome", 20);
    assert_int_equal(1, clinic_count(clinic, "sessions[0].answers"));
    /* Held there on the same day, it awaits its own alliance alone. */
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", second);
    clinic_due(clinic, "alliance@0 1\n");
    /* Nobody asks for this one in the first. */
    clinic_day(clinic, 7);
    give(clinic, second, "phq9", 12);
    assert_shown(clinic, first, 1, "alliance", 25);
    /* It goes the other way, too, and is not given twice. */
    give(clinic, second, "outcome", 31);
    assert_shown(clinic, first, 2, "outcome", 31);
    clinic_refused(clinic, KOR_DUPLICATE, "scale", "record",
                   "{'code': '%s', 'answers': [{'scale': 'outcome', 'total': "
                   "30}]}", first);
}

/* Two pathways that ask for the same goals' scale: whose goals, is said by the
 * episode that they were agreed in. */
static void
how_far_a_goal_is_belongs_to_one_episode(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char first[16], second[16];
    staff_act(staff, &staff->office);
    clinic_pathway(clinic, "goals-a", REST("gbo"));
    clinic_pathway(clinic, "goals-b", REST("gbo"));
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'beside': '%s/1', 'pathway': 'goals-a'}",
              staff->code);
    clinic_ok(clinic, "open", "{'beside': '%s/1', 'pathway': 'goals-b'}",
              staff->code);
    snprintf(first, sizeof first, "%s/2", staff->code);
    snprintf(second, sizeof second, "%s/3", staff->code);
    give(clinic, first, "gbo", 4);
    assert_shown(clinic, first, 1, "gbo", 4);
    assert_shown(clinic, second, 0, "", 0);
}

/* 20 to 30: each course has its own start, so each its own signal. */
static void
each_episode_judges_it_by_its_own_course(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char first[16], second[16];
    staff_act(staff, &staff->owner);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    give(clinic, first, "outcome", 30);
    clinic_day(clinic, 7);
    open_beside(staff);
    give(clinic, first, "outcome", 18);
    clinic_ok(clinic, "show", "{'code': '%s'}", first);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("reliably-worse",
                        clinic_text(clinic, "signals[0].finding"));
    assert_reply(clinic, "sessions[1].answers[0].change", -12);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_day(clinic, 14);
    give(clinic, second, "outcome", 6);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "sessions[1].answers[0].change", -12);
}

#define PHQ9(item9)                                                           \
    "{'scale': 'phq9', 'values': [1,1,1,1,1,1,1,1," item9 "]}"

static void
an_answer_to_talk_about_is_one_signal_and_shows_in_all(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[16];
    staff_act(staff, &staff->office);
    clinic_pathway(clinic, "mood", REST("phq9"));
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'beside': '%s', 'pathway': 'mood'}",
              staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", second);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [" PHQ9("2")
              "]}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].episode", 1);
    /* Also in what is in memory. */
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'alliance', 'total': 25}]}", second);
    assert_string_equal("attention", clinic_text(clinic,
                                                 "signals[0].finding"));
    /* It was another item: no signal is left in either. */
    clinic_ok(clinic, "correct",
              "{'code': '%s/1', 'scale': 'phq9', 'session': 1, 'values': "
              "[1,1,1,1,1,1,1,1,0], 'reason': 'misread'}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
    assert_shown(clinic, second, 1, "alliance", 25);
    assert_reply(clinic, "sessions[0].answers[2].total", 8);
    /* And it was right after all: one. */
    clinic_ok(clinic, "correct",
              "{'code': '%s/1', 'scale': 'phq9', 'session': 1, 'values': "
              "[1,1,1,1,1,1,1,1,3], 'reason': 'asked'}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
}

static void
what_is_corrected_is_corrected_in_all(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE], first[16], second[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    give(clinic, first, "outcome", 20);
    clinic_refused(clinic, KOR_CONFLICT, "scale", "correct",
                   "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                   "'total': 21, 'reason': 'misread'}", second);
    assert_non_null(strstr(clinic->call.err.text, first));
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, 'total': 22, "
              "'reason': 'misread'}", first);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_reply(clinic, "sessions[0].answers[1].total", 22);
    assert_reply(clinic, "sessions[0].answers[1].version", 2);
    /* It was somebody else's, who has two episodes as well. */
    clinic_open(clinic, other);
    clinic_ok(clinic, "open", "{'beside': '%s', 'pathway': 'coordination'}",
              other);
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, "
              "'wrong_client': '%s/2', 'reason': 'wrong card'}", first, other);
    assert_int_equal(0, clinic_sql(clinic,
                                   "SELECT count(*) FROM current_answer a "
                                   "JOIN session s ON s.id = a.session_id "
                                   "JOIN episode e ON e.id = s.episode_id "
                                   "WHERE e.person_id = 1"));
    snprintf(first, sizeof first, "%s/1", other);
    assert_shown(clinic, first, 1, "outcome", 22);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}", other);
}

static void
what_is_put_down_late_counts_where_it_was_given(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE], first[16], second[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", second);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'date': '%s', 'answers': [{'scale': 'outcome', "
              "'total': 20}]}", first, clinic_date(3, date));
    assert_shown(clinic, first, 1, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_int_equal(1, clinic_count(clinic, "sessions"));
    assert_int_equal(0, clinic_count(clinic, "sessions[0].answers"));
}

/* --- what was found by looking for it --------------------------------------- */

static void
a_correction_leaves_a_signal_of_the_other_episode_alone(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[16];
    staff_act(staff, &staff->office);
    clinic_pathway(clinic, "mood", REST("phq9"));
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'beside': '%s', 'pathway': 'mood'}",
              staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': 'phq9', "
              "'rater': 'therapist', 'values': [1,1,1,1,1,1,1,1,2]}]}",
              second);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [" PHQ9("0")
              "]}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "correct",
              "{'code': '%s/1', 'scale': 'phq9', 'session': 1, 'values': "
              "[1,1,1,1,1,1,1,2,0], 'reason': 'misread'}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
}

static void
who_is_in_two_units_is_erased_by_neither(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    (void)clinic_actor(clinic, "far", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    clinic_ok(clinic, "handover",
              "{'code': '%s/2', 'to': 'far', 'reason': 'x'}",
              staff->code);
    assert_string_equal("other", clinic_text(clinic, "unit"));
    staff_act(staff, &staff->office);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "erase",
                   "{'code': '%s', 'reason': 'x'}", staff->code);
}

static void
who_was_in_a_unit_before_is_not_erased_by_it(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    (void)clinic_actor(clinic, "far", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    struct kor_caller far = clinic->caller;
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    struct kor_caller chief = clinic->caller;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    staff_act(staff, &chief);
    clinic_ok(clinic, "reopen", "{'code': '%s', 'therapist': 'far'}",
              staff->code);
    staff_act(staff, &far);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              staff->code);
    staff_act(staff, &staff->office);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "erase",
                   "{'code': '%s', 'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "erase",
                   "{'code': '%s/1', 'reason': 'x'}", staff->code);
}

static void
who_had_the_client_before_has_no_say_in_the_person(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "reopen", "{'code': '%s', 'therapist': 'colleague'}",
              staff->code);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "consent.give",
              "{'code': '%s', 'purpose': 'research', 'to': 'uio'}",
              staff->code);
    staff_act(staff, &staff->owner);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "consent.list",
                   "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "contact.show",
                   "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "consent.list",
                   "{'code': '%s/1'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "contact.show",
                   "{'code': '%s/1'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "consent.withdraw",
                   "{'code': '%s/1', 'id': 1, 'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "reopen",
                   "{'code': '%s/1', 'pathway': 'talk'}", staff->code);
    /* What the own closed episode gets late is of that one alone. */
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              staff->code);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [{'scale': "
              "'outcome', 'total': 30}]}", staff->code);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(0, clinic_count(clinic, "sessions[0].answers"));
}

/* The last episode is the chief's, and the first one was not. */
static void
who_was_elsewhere_before_is_erased_by_neither(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    (void)clinic_actor(clinic, "far", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    struct kor_caller whole = clinic->caller;
    (void)clinic_actor(clinic, "warden", STAFF_ADMINISTRATOR);
    clinic_move(clinic, "other");
    struct kor_caller warden = clinic->caller;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    staff_act(staff, &whole);
    clinic_ok(clinic, "reopen", "{'code': '%s', 'therapist': 'far'}",
              staff->code);
    staff_act(staff, &warden);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "erase",
                   "{'code': '%s', 'reason': 'x'}", staff->code);
    staff_act(staff, &whole);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", staff->code);
}

/* A client's own plain code is of the programme, or of what is agreed. */
static void
an_own_code_means_the_programme(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    clinic_pathway(clinic, "steps",
                   "'modules': [{'key': 'one', 'names': {'en': 'One'}}], "
                   "'scales': [{'scale': 'phq9', 'when': 'log-in'}], "
                   "'signals': {'asks': []}");
    add_pathways(clinic);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'beside': '%s', 'pathway': 'steps'}",
              staff->code);
    clinic_ok(clinic, "open", "{'beside': '%s/1', 'pathway': 'worry'}",
              staff->code);
    struct kor_caller owner = clinic->caller;
    struct kor_caller client = clinic_client(clinic, staff->code);
    clinic_ok(clinic, "seen", "{'code': '%s'}", staff->code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9("0")
              "]}", staff->code);
    assert_reply(clinic, "episode", 2);
    /* Something more on the same day is still a check-in. */
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'isi', 'values': [1,1,1,1,1,1,1]}]}", staff->code);
    assert_string_equal("check-in", clinic_text(clinic, "status"));
    clinic_day(clinic, 1);
    clinic->caller = owner;
    clinic_ok(clinic, "calendar.put",
              "{'run': 1, 'last': true, 'appointments': [{'uid': "
              "'00000000000000000000000000000001', 'code': '%s/1', "
              "'start_ms': %lld}]}", staff->code,
              (long long)clinic->now_ms + 3600000);
    assert_reply(clinic, "added", 1);
    clinic->caller = client;
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9("0")
              "]}", staff->code);
    assert_reply(clinic, "episode", 1);
    assert_string_equal("held", clinic_text(clinic, "status"));
}

static void
who_had_one_of_two_has_no_say_when_it_has_ended(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    hand_second(staff);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "close", "{'code': '%s/2', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "contact.show",
                   "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "contact.show",
                   "{'code': '%s/2'}", staff->code);
}

static void
coming_back_keeps_the_bounds(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    clinic_ok(clinic, "close", "{'code': '%s/2', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    for (int i = 0; i < 12; i++) {
        (void)clinic_ask(clinic, "reopen", "{'code': '%s/2'}", staff->code);
    }
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM episode "
                                   "WHERE person_id = 1 AND ending = "
                                   "'open'"));
}

static void
a_move_keeps_the_pathways_apart(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    clinic_refused(clinic, KOR_CONFLICT, "pathway", "pathway.move",
                   "{'code': '%s/2', 'pathway': 'talk', 'reason': 'x'}",
                   staff->code);
}

static void
a_client_is_in_a_group_once(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "group.add", "{'name': 'monday', 'leader': 'owner', "
              "'unit': 'clinic'}");
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "group.join", "{'name': 'monday', 'code': '%s/1'}",
              staff->code);
    if (clinic_ask(clinic, "group.join", "{'name': 'monday', 'code': "
                   "'%s/2'}", staff->code) != KOR_OK) {
        return;
    }
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session "
                                   "WHERE status = 'not-attended'"));
}

static void
who_comes_back_joins_on_a_later_day(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "group.add",
              "{'name': 'monday', 'leader': 'owner', 'unit': 'clinic'}");
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "group.join", "{'name': 'monday', 'code': '%s'}",
              staff->code);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "group.join",
                   "{'name': 'monday', 'code': '%s'}", staff->code);
    clinic_day(clinic, 8);
    clinic_ok(clinic, "group.join", "{'name': 'monday', 'code': '%s'}",
              staff->code);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(1, clinic_count(clinic, "sessions"));
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
}

static void
the_other_therapist_hears_of_it(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char first[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    hand_second(staff);
    staff_act(staff, &staff->owner);
    give(clinic, first, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    staff_act(staff, &staff->owner);
    give(clinic, first, "outcome", 15);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].episode", 2);
    assert_true(staff_hears(staff, &staff->colleague, seq) > 0);
}

static void
who_is_on_duty_finds_the_one_with_the_answer(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    (void)clinic_actor(clinic, "far", STAFF_THERAPIST);
    clinic_move(clinic, "other");
    (void)clinic_actor(clinic, "duty", KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    clinic_move(clinic, "clinic");
    struct kor_caller duty = clinic->caller;
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    clinic_ok(clinic, "handover",
              "{'code': '%s/2', 'to': 'far', 'reason': 'x'}",
              staff->code);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [" PHQ9("2")
              "]}", staff->code);
    staff_act(staff, &duty);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "show", "{'code': '%s/1'}", staff->code);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
}

static void
broken_glass_does_not_guess(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "glass.break", "{'code': '%s', 'reason': 'emergency, "
              "the owner is away'}", staff->code);
    clinic_refused(clinic, KOR_CONFLICT, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
}

static void
after_a_strike_the_right_answer_counts_in_all(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE], first[16], second[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    clinic_open(clinic, other);
    give(clinic, first, "outcome", 20);
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, "
              "'wrong_client': '%s', 'reason': 'wrong card'}", first, other);
    give(clinic, first, "outcome", 31);
    assert_int_equal(2, clinic_sql(clinic,
                                   "SELECT count(*) FROM current_answer a "
                                   "JOIN session s ON s.id = a.session_id "
                                   "JOIN episode e ON e.id = s.episode_id "
                                   "WHERE e.person_id = 1 AND "
                                   "a.is_struck = 0"));
}

static void
what_is_struck_in_a_check_in_is_not_awaited(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE], first[16], second[16];
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    snprintf(second, sizeof second, "%s/2", staff->code);
    clinic_open(clinic, other);
    give(clinic, first, "outcome", 20);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due d JOIN "
        "session s ON s.id = d.session_id WHERE s.is_check_in = 1"));
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, "
              "'wrong_client': '%s', 'reason': 'wrong card'}", first, other);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due d JOIN "
        "session s ON s.id = d.session_id WHERE s.is_check_in = 1"));
}

static void
nothing_begins_beside_what_has_ended(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    add_pathways(clinic);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_CONFLICT, "beside", "open",
                   "{'beside': '%s', 'pathway': 'coordination'}",
                   staff->code);
}

static void
an_own_answer_goes_where_something_is_agreed(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    hand_second(staff);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "calendar.put", "{'run': 1, 'last': "
              "true, 'appointments': [{'uid': '%032d', 'code': '%s', "
              "'start_ms': %lld, 'mode': 'room'}]}", 1, staff->code,
              (long long)clinic->now_ms + 3600000);
    assert_reply(clinic, "added", 1);
    assert_int_equal(1, clinic_sql(clinic, "SELECT episode_id FROM appointment"));
    (void)clinic_client(clinic, staff->code);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [5,5,5,5]}]}", staff->code);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "show", "{'code': '%s/1'}", staff->code);
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
}

static void
a_signal_names_the_episode_that_it_is_of(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [" PHQ9("2")
              "]}", staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_reply(clinic, "signals[0].episode", 1);
    clinic_ok(clinic, "show", "{'code': '%s/2'}", staff->code);
    assert_int_equal(0, clinic_count(clinic, "sessions"));
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].episode", 1);
}

static void
a_check_in_is_no_session_since_then(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [" PHQ9("2")
              "]}", staff->code);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'check-in'}",
              staff->code);
    clinic_ok(clinic, "signals", "{}");
    assert_reply(clinic, "signals[0].sessions_since", 0);
}

static void
a_fit_counts_an_answer_once(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char first[16];
    (void)clinic_actor(clinic, "chief", STAFF_ADMINISTRATOR);
    struct kor_caller chief = clinic->caller;
    rule_import(clinic, 60, NULL);
    open_beside(staff);
    snprintf(first, sizeof first, "%s/1", staff->code);
    for (int i = 0; i < 4; i++) {
        clinic_day(clinic, 7 * i);
        give(clinic, first, "outcome", 20 + i);
    }
    for (int i = 1; i <= 2; i++) {
        clinic_ok(clinic, "close", "{'code': '%s/%d', 'ending': 'planned', "
                  "'reason': 'x'}", staff->code, i);
    }
    staff_act(staff, &chief);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    assert_reply(clinic, "people", 61);
}

static void
an_answer_is_not_moved_within_a_client(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    open_beside(staff);
    clinic_ok(clinic, "record", "{'code': '%s/1', 'answers': [" PHQ9("2")
              "]}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "wrong_client", "correct",
                   "{'code': '%s/1', 'scale': 'phq9', 'session': 1, "
                   "'wrong_client': '%s/2', 'reason': 'wrong episode'}",
                   staff->code, staff->code);
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, staff_set_up, staff_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(of_two_in_ones_care_one_says_which),
        T(with_one_each_nobody_has_to_say),
        T(a_code_means_the_one_that_is_open),
        T(another_one_beside_it_has_bounds),
        T(an_answer_counts_in_every_episode_that_asks_for_it),
        T(how_far_a_goal_is_belongs_to_one_episode),
        T(each_episode_judges_it_by_its_own_course),
        T(an_answer_to_talk_about_is_one_signal_and_shows_in_all),
        T(what_is_corrected_is_corrected_in_all),
        T(what_is_put_down_late_counts_where_it_was_given),
        T(a_correction_leaves_a_signal_of_the_other_episode_alone),
        T(who_is_in_two_units_is_erased_by_neither),
        T(who_was_in_a_unit_before_is_not_erased_by_it),
        T(who_had_the_client_before_has_no_say_in_the_person),
        T(who_had_one_of_two_has_no_say_when_it_has_ended),
        T(who_was_elsewhere_before_is_erased_by_neither),
        T(an_own_code_means_the_programme),
        T(coming_back_keeps_the_bounds),
        T(a_move_keeps_the_pathways_apart),
        T(a_client_is_in_a_group_once),
        T(who_comes_back_joins_on_a_later_day),
        T(the_other_therapist_hears_of_it),
        T(who_is_on_duty_finds_the_one_with_the_answer),
        T(broken_glass_does_not_guess),
        T(after_a_strike_the_right_answer_counts_in_all),
        T(what_is_struck_in_a_check_in_is_not_awaited),
        T(nothing_begins_beside_what_has_ended),
        T(an_own_answer_goes_where_something_is_agreed),
        T(a_signal_names_the_episode_that_it_is_of),
        T(a_check_in_is_no_session_since_then),
        T(a_fit_counts_an_answer_once),
        T(an_answer_is_not_moved_within_a_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: what is due of whom, from the pathway an episode goes by.  KIT_DAY,
 * day 0 here, is 5 January 2026, a Monday. */

#include <stdio.h>
#include <string.h>

#include "support/staff.h"

/* Meetings weekly for two sessions and then monthly; a form a month; one that
 * opens and one that closes the hour; one at the end. */
#define REST                                                                  \
    "'lead': 'outcome', 'phases': ["                                          \
    " {'key': 'begin', 'names': {'en': 'b'}, 'sessions': 2},"                 \
    " {'key': 'work', 'names': {'en': 'w'}, 'weeks': 8},"                     \
    " {'key': 'end', 'names': {'en': 'e'}}],"                                 \
    "'contacts': [{'key': 'early', 'names': {'en': 'early talk'},"            \
    "  'weeks': 1, 'grace_days': 3, 'phases': ['begin']},"                    \
    " {'key': 'late', 'names': {'en': 'late talk'}, 'months': 1,"             \
    "  'phases': ['work', 'end']}],"                                          \
    "'scales': [{'scale': 'outcome', 'when': 'session-start'},"               \
    " {'scale': 'alliance', 'when': 'session-end'},"                          \
    " {'scale': 'phq9', 'when': 'every', 'months': 1, 'grace_days': 5},"      \
    " {'scale': 'gad7', 'when': 'end', 'grace_days': 7},"                     \
    " {'scale': 'outcome', 'when': 'follow-up', 'months': 6,"                 \
    "  'grace_days': 30}],"                                                   \
    "'modules': [{'key': 'm1', 'names': {'en': 'one'}}],"                     \
    "'endings': [{'key': 'done', 'names': {'en': 'd'},"                       \
    "  'ending': 'planned'}],"                                                \
    "'planned': {'weeks': 26},"                                               \
    "'signals': {'asks': []}"

static void
open_it(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "steps", REST);
    clinic_ok(clinic, "open", "{'pathway': 'steps'}");
    strcpy(code, clinic_text(clinic, "code"));
}

static int64_t
row(const struct clinic *clinic, size_t i)
{
    char path[40];
    snprintf(path, sizeof path, "dues[%zu].id", i);
    return (int64_t)clinic_num(clinic, path);
}

static void
an_episode_is_opened_on_the_newest_version_of_its_pathway(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    assert_string_equal("1", clinic_text(clinic, "version"));
    assert_string_equal("begin", clinic_text(clinic, "phase"));
    clinic_due(clinic, "phq9@0\n");
    assert_string_equal("PHQ-9 (depression)",
                        clinic_text(clinic, "dues[0].name"));
}

static void
a_session_leaves_what_was_not_answered(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 2);
    clinic_total(clinic, code, "outcome", 20);
    clinic_due(clinic, "phq9@0\nalliance@2 1\n");
    clinic_total(clinic, code, "alliance", 30);
    clinic_total(clinic, code, "phq9", 12);
    clinic_due(clinic, "");
    /* The next form a month after the first day, the next talk a week after
     * this one. */
    clinic_day(clinic, 9);
    clinic_night(clinic);
    clinic_due(clinic, "early@9\n");
    clinic_day(clinic, 13);
    clinic_due(clinic, "early@9!\n");
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_day(clinic, 31);
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_string_equal("phq9", clinic_text(clinic, "dues[0].key"));
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    assert_string_equal("early talk", clinic_text(clinic, "dues[0].name"));
}

static void
a_session_that_was_not_held_leaves_nothing(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "phq9", 12);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'not-attended'}",
              code);
    clinic_due(clinic, "outcome@0 1!\nalliance@0 1!\nearly@7\n");
}

static void
a_phase_ends_with_its_sessions_and_its_time(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("work", clinic_text(clinic, "episode[0].phase"));
    /* Eight weeks from day 7 are day 63. */
    clinic_day(clinic, 62);
    clinic_night(clinic);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("work", clinic_text(clinic, "episode[0].phase"));
    clinic_day(clinic, 63);
    clinic_night(clinic);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("end", clinic_text(clinic, "episode[0].phase"));
    clinic_restart(clinic);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("end", clinic_text(clinic, "episode[0].phase"));
}

static void
a_phase_can_be_set_by_hand_also_back(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_it(clinic, code);
    clinic_day(clinic, 3);
    clinic_ok(clinic, "phase.set", "{'code': '%s'}", code);
    assert_string_equal("work", clinic_text(clinic, "phase"));
    clinic_ok(clinic, "phase.set", "{'code': '%s', 'phase': 'end'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "phase", "phase.set",
                   "{'code': '%s'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "phase", "phase.set",
                   "{'code': '%s', 'phase': 'middle'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "phase.set",
                   "{'code': '%s', 'phase': 'begin', 'date': '%s'}", code,
                   clinic_date(4, date));
    clinic_ok(clinic, "phase.set", "{'code': '%s', 'phase': 'begin'}", code);
    assert_string_equal("begin", clinic_text(clinic, "phase"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "kind = 'contact'"));
}

static void
a_contact_is_declined_or_awaited(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    int64_t id = clinic_sql(clinic, "SELECT id FROM due WHERE kind = "
                                    "'contact'");
    clinic_refused(clinic, KOR_BAD_VALUE, "missing", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'forgot'}", code,
                   (long long)id);
    clinic_ok(clinic, "due.missing", "{'code': '%s', 'id': %lld, 'missing': "
              "'declined', 'review': '2026-02-01'}", code, (long long)id);
}

static void
a_night_leaves_what_was_missed_once_however_long_it_was(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_night(clinic);
    /* Days 31, 59 and 90 are 5 February, March and April. */
    clinic_day(clinic, 91);
    clinic_night(clinic);
    clinic_due(clinic, "early@7!\nphq9@90\n");
    int64_t n = clinic_sql(clinic, "SELECT count(*) FROM due WHERE missing = "
                                   "'unsaid'");
    assert_int_equal(n, 4); /* Three forms, and the alliance of session 1. */
    clinic_night(clinic);
    clinic_restart(clinic);
    clinic_night(clinic);
    assert_int_equal(n, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing = 'unsaid'"));
    /* A clock that was set back does no day again. */
    clinic_day(clinic, 60);
    clinic_night(clinic);
    assert_int_equal(n, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing = 'unsaid'"));
    /* What was given up may still come. */
    clinic_ok(clinic, "record",
              "{'code': '%s', 'session': 1, 'answers': [{'scale': 'alliance',"
              " 'total': 30}]}", code);
    assert_int_equal(n - 1, clinic_sql(clinic, "SELECT count(*) FROM due "
                                               "WHERE missing = 'unsaid'"));
}

static void
why_something_did_not_come_is_said_and_kept(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE],
        date[KOR_DATE_SIZE];
    open_it(clinic, code);
    clinic_open(clinic, other);
    clinic_total(clinic, code, "outcome", 20);
    clinic_due(clinic, "phq9@0\nalliance@0 1\n");
    int64_t form = row(clinic, 0), alliance = row(clinic, 1);
    clinic_refused(clinic, KOR_BAD_VALUE, "missing", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'rain'}", code,
                   (long long)form);
    clinic_refused(clinic, KOR_BAD_VALUE, "missing", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'unsaid'}", code,
                   (long long)form);
    clinic_refused(clinic, KOR_BAD_VALUE, "review", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'declined'}", code,
                   (long long)form);
    clinic_refused(clinic, KOR_BAD_VALUE, "review", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'declined', "
                   "'review': '%s'}", code, (long long)form,
                   clinic_date(0, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "review", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'crisis', "
                   "'review': '%s'}", code, (long long)form,
                   clinic_date(9, date));
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'crisis'}", other,
                   (long long)form);
    clinic_ok(clinic, "due.missing",
              "{'code': '%s', 'id': %lld, 'missing': 'phone'}", code,
              (long long)alliance);
    assert_reply(clinic, "session", 1);
    assert_string_equal("phone", clinic_text(clinic, "missing"));
    clinic_refused(clinic, KOR_CONFLICT, "id", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'forgot'}", code,
                   (long long)alliance);
    clinic_ok(clinic, "due.missing",
              "{'code': '%s', 'id': %lld, 'missing': 'declined', "
              "'review': '%s'}", code, (long long)form,
              clinic_date(40, date));
    clinic_due(clinic, "");
    clinic_day(clinic, 39);
    clinic_night(clinic);
    clinic_due(clinic, "early@7!\nsession@14!\n"); /* The other one's, too. */
    clinic_day(clinic, 60);
    clinic_night(clinic);
    clinic_due(clinic, "early@7!\nsession@14!\nphq9@59\n");
}

static void
the_end_asks_for_the_last_form_and_for_one_later(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_total(clinic, code, "alliance", 30);
    clinic_total(clinic, code, "phq9", 12);
    clinic_day(clinic, 10);
    clinic_refused(clinic, KOR_BAD_VALUE, "how", "close",
                   "{'code': '%s', 'ending': 'planned', 'reason': 'x', "
                   "'how': 'vanished'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "how", "close",
                   "{'code': '%s', 'ending': 'unplanned', 'reason': 'x', "
                   "'how': 'done'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "module", "close",
                   "{'code': '%s', 'ending': 'planned', 'reason': 'x', "
                   "'module': 'm2'}", code);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x', 'how': 'done', 'module': 'm1'}", code);
    assert_string_equal("done", clinic_text(clinic, "how"));
    assert_string_equal("m1", clinic_text(clinic, "module"));
    clinic_due(clinic, "gad7@10\n");
    clinic_refused(clinic, KOR_CONFLICT, "code", "phase.set",
                   "{'code': '%s'}", code);
    clinic_day(clinic, 32); /* Day 17 is the last, and 14 more. */
    clinic_night(clinic);
    clinic_due(clinic, "");
    /* Six months after 15 January: 15 July, day 191. */
    clinic_day(clinic, 191);
    clinic_night(clinic);
    clinic_due(clinic, "outcome@191\n");
    clinic_total(clinic, code, "outcome", 30);
    clinic_due(clinic, "");
}

static void
who_comes_back_is_not_asked_after_the_old_end(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_day(clinic, 100);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    assert_string_equal("begin", clinic_text(clinic, "phase"));
    clinic_day(clinic, 181);
    clinic_due(clinic, "gad7@0!\nphq9@100!\nearly@107!\n");
}

static void
an_episode_is_planned_to_end_with_the_time_of_its_pathway(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    /* 26 weeks, 182 days, after 5 January, and after day 100, 15 April. */
    assert_string_equal("2026-07-06", clinic_text(clinic, "planned_end"));
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_day(clinic, 100);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    assert_string_equal("2026-10-14", clinic_text(clinic, "planned_end"));
    clinic_ok(clinic, "open", "{'pathway': 'steps', 'planned_end': "
              "'2026-08-01'}");
    assert_string_equal("2026-08-01", clinic_text(clinic, "planned_end"));
    clinic_ok(clinic, "open", "{}");
    assert_string_equal("", clinic_text(clinic, "planned_end"));
}

static void
a_list_holds_what_the_caller_may_see(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_day(clinic, 20);
    clinic_due(clinic, "session@14\n");
    staff_act(staff, &staff->colleague);
    clinic_due(clinic, "");
    clinic_refused(clinic, KOR_FORBIDDEN, "therapist", "due.list",
                   "{'therapist': 'owner'}");
    staff_act(staff, &staff->head);
    clinic_due(clinic, "session@14\n");
    clinic_ok(clinic, "due.list", "{'therapist': 'colleague'}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    staff_act(staff, &staff->guest);
    clinic_due(clinic, "");
    staff_act(staff, &staff->office);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "due.list", "{}");
}

static void
a_newer_version_is_taken_on_purpose_alone(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_it(clinic, code);
    clinic_refused(clinic, KOR_CONFLICT, "pathway", "pathway.move",
                   "{'code': '%s', 'reason': 'new'}", code);
    clinic_ok(clinic, "pathway.add",
              "{'definition': {'key': 'steps', 'version': '2', 'names': "
              "{'en': 'S'}, 'scales': [{'scale': 'isi', 'when': 'every', "
              "'weeks': 1}], 'signals': {'asks': []}}}");
    clinic_due(clinic, "phq9@0\n");
    clinic_day(clinic, 1);
    clinic_ok(clinic, "pathway.move", "{'code': '%s', 'reason': 'new'}",
              code);
    assert_string_equal("2", clinic_text(clinic, "version"));
    assert_string_equal("all", clinic_text(clinic, "phase"));
    clinic_due(clinic, "");
    /* It was not overdue yet, so nobody failed to ask. */
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing = 'unsaid'"));
    clinic_day(clinic, 7); /* Turns are counted from the first day. */
    clinic_due(clinic, "isi@7\n");
    clinic_ok(clinic, "pathway.move", "{'code': '%s', 'pathway': 'talk', "
              "'reason': 'other'}", code);
    assert_string_equal("talk", clinic_text(clinic, "pathway"));
}

static void
a_pathway_names_nothing_that_is_not_there(void **state)
{
    struct clinic *clinic = *state;
    clinic_refused(clinic, KOR_BAD_VALUE, "scales[1].scale", "pathway.add",
                   "{'definition': {'key': 'a', 'version': '1', 'names': "
                   "{'en': 'A'}, 'scales': [{'scale': 'phq9', 'when': 'end'},"
                   " {'scale': 'nope', 'when': 'end'}], 'signals': {'asks': "
                   "[]}}}");
    clinic_refused(clinic, KOR_BAD_VALUE, "sheets[0].sheet", "pathway.add",
                   "{'definition': {'key': 'a', 'version': '1', 'names': "
                   "{'en': 'A'}, 'sheets': [{'sheet': 'plan', 'when': "
                   "'end'}], 'signals': {'asks': []}}}");
    clinic_ok(clinic, "pathway.add",
              "{'check': true, 'definition': {'key': 'a', 'version': '1', "
              "'names': {'en': 'A'}, 'signals': {'asks': []}}}");
    clinic_refused(clinic, KOR_NOT_FOUND, "key", "pathway.show",
                   "{'key': 'a'}");
    clinic_refused(clinic, KOR_DUPLICATE, "version", "pathway.add",
                   "{'definition': {'key': 'talk', 'version': '1', 'names': "
                   "{'en': 'A'}, 'signals': {'asks': []}}}");
    clinic_ok(clinic, "pathway.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "pathways"));
    assert_string_equal("talk", clinic_text(clinic, "pathways[0].key"));
    clinic_ok(clinic, "pathway.show", "{'key': 'talk'}");
    assert_reply(clinic, "phases", 1);
}

static void
an_episode_of_before_has_nothing_due_until_it_is_moved(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': 1}", 1);
    clinic_ok(clinic, "import.rows", "{'import': 1, 'from': 0, 'rows': "
              "[{'person': 'p1', 'date': '2026-01-05', 'answers': [{'scale': "
              "'outcome', 'total': 10}]}]}");
    clinic_ok(clinic, "import.finish", "{'import': 1}");
    clinic_ok(clinic, "import.codes", "{'import': 1}");
    strcpy(code, clinic_text(clinic, "people[0].code"));
    clinic_day(clinic, 30);
    clinic_night(clinic);
    clinic_due(clinic, "");
    clinic_refused(clinic, KOR_CONFLICT, "code", "phase.set",
                   "{'code': '%s'}", code);
    clinic_ok(clinic, "pathway.move",
              "{'code': '%s', 'pathway': 'talk', 'reason': 'go on'}", code);
    clinic_day(clinic, 44);
    clinic_due(clinic, "session@44\n");
}

/* A year-long service calls nobody stalled after six sessions; what is about
 * safety asks all the same. */
static void
a_pathway_names_its_signals_limits_and_lead_scale(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_pathway(clinic, "calm", "'lead': 'phq9', 'scales': [{'scale': "
                   "'phq9', 'when': 'session-start'}], 'signals': {'asks': "
                   "[]}");
    clinic_ok(clinic, "open", "{'pathway': 'calm'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("", clinic_text(clinic, "episode[0].lead"));
    for (int i = 1; i <= 8; i++) {
        clinic_day(clinic, 7 * i);
        clinic_ok(clinic, "record",
                  "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
                  "[%s,2,2,2,2,2,2,2,0]}]}", code, i < 7 ? "1" : "3");
        assert_false(clinic_has(clinic, "answers[0].findings", "stalled"));
        assert_int_equal(0, clinic_count(clinic, "signals"));
    }
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("phq9", clinic_text(clinic, "episode[0].lead"));
    clinic_day(clinic, 70);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[3,3,3,3,3,3,3,3,3]}]}", code);
    assert_true(clinic_has(clinic, "answers[0].findings", "reliably-worse"));
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("attention",
                        clinic_text(clinic, "signals[0].finding"));
}

/* Two sessions, one, two, and the rest; a form a month, and one later. */
#define COUNTED                                                               \
    "'lead': 'outcome', 'phases': ["                                          \
    " {'key': 'a', 'names': {'en': 'a'}, 'sessions': 2},"                     \
    " {'key': 'b', 'names': {'en': 'b'}, 'sessions': 1},"                     \
    " {'key': 'c', 'names': {'en': 'c'}, 'sessions': 2},"                     \
    " {'key': 'd', 'names': {'en': 'd'}}],"                                   \
    "'scales': [{'scale': 'outcome', 'when': 'session-start'},"               \
    " {'scale': 'phq9', 'when': 'every', 'months': 1, 'grace_days': 5},"      \
    " {'scale': 'gad7', 'when': 'follow-up', 'months': 2,"                    \
    "  'grace_days': 3}], 'signals': {'asks': ['reliably-worse']}"

static void
open_counted(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_pathway(clinic, "counted", COUNTED);
    clinic_ok(clinic, "open", "{'pathway': 'counted'}");
    strcpy(code, clinic_text(clinic, "code"));
}

static void
a_session_counts_in_one_phase(void **state)
{
    static const char *const phases[] = {"a", "b", "c", "c", "d"};
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, code);
    for (int i = 0; i < (int)KOR_LENGTH(phases); i++) {
        clinic_day(clinic, i);
        clinic_total(clinic, code, "outcome", 20);
        clinic_ok(clinic, "show", "{'code': '%s'}", code);
        assert_string_equal(phases[i], clinic_text(clinic,
                                                   "episode[0].phase"));
        if (i == 1) {
            clinic_restart(clinic);
        }
    }
}

/* Two sessions, but four weeks at most. */
#define SHORT                                                                 \
    "'lead': 'outcome', 'phases': ["                                          \
    " {'key': 'a', 'names': {'en': 'a'}, 'sessions': 2, 'weeks': 4},"         \
    " {'key': 'b', 'names': {'en': 'b'}}],"                                   \
    "'scales': [{'scale': 'outcome', 'when': 'session-start'}],"              \
    "'signals': {'asks': ['reliably-worse']}"

/* On day 40, a session of day 2 is put down: the phase ended with it, and not
 * with its four weeks. */
static void
a_phase_ended_with_a_session_that_is_put_down_late(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_pathway(clinic, "short", SHORT);
    clinic_ok(clinic, "open", "{'pathway': 'short'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_day(clinic, 1);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 40);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'date': '%s', 'status': 'held'}", code,
              clinic_date(2, date));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("b", clinic_text(clinic, "episode[0].phase"));
    assert_string_equal(date, clinic_text(clinic, "episode[0].phase_date"));
}

/* Says that the thing is declined until a day. */
static void
decline(struct clinic *clinic, const char *code, const char *key, int until)
{
    char sql[80], date[KOR_DATE_SIZE];
    snprintf(sql, sizeof sql, "SELECT id FROM due WHERE key = '%s'", key);
    clinic_ok(clinic, "due.missing",
              "{'code': '%s', 'id': %lld, 'missing': 'declined', 'review': "
              "'%s'}", code, (long long)clinic_sql(clinic, sql),
              clinic_date(until, date));
}

static void
after_the_end_nothing_that_was_declined_begins_again(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, code);
    decline(clinic, code, "phq9", 40);
    clinic_day(clinic, 5);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    for (int day = 10; day < 130; day += 20) {
        clinic_day(clinic, day);
        clinic_night(clinic);
        assert_int_equal(0, clinic_sql(clinic,
                                       "SELECT count(*) FROM due WHERE key = "
                                       "'phq9' AND missing IS NULL"));
    }
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "key = 'phq9'"));
}

static void
what_is_asked_for_later_is_asked_again_when_it_was_declined(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, code);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_day(clinic, 1);
    clinic_night(clinic);
    decline(clinic, code, "gad7", 80);
    clinic_day(clinic, 79);
    clinic_night(clinic);
    clinic_due(clinic, "");
    clinic_day(clinic, 80);
    clinic_night(clinic);
    clinic_due(clinic, "gad7@80\n");
    /* Who comes back is not asked after the old end, declined or not. */
    decline(clinic, code, "gad7", 90);
    clinic_day(clinic, 95);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_night(clinic);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "key = 'gad7'"));
}

/* The form of the first month is found a month later. */
static void
what_was_given_up_and_came_on_its_day_is_not_missing(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_counted(clinic, code);
    clinic_day(clinic, 31);
    clinic_night(clinic);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "key = 'phq9' AND missing = "
                                           "'unsaid'"));
    clinic_ok(clinic, "record",
              "{'code': '%s', 'date': '%s', 'answers': [{'scale': 'phq9', "
              "'total': 9}]}", code, clinic_date(4, date));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "key = 'phq9' AND missing = "
                                           "'unsaid'"));
    clinic_due(clinic, "outcome@4 1!\nphq9@31\n");
}

/* The last session's answer is the one at the end. */
static void
an_answer_of_the_last_session_counts_at_the_end(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_pathway(clinic, "ends",
                   "'lead': 'outcome', 'scales': [{'scale': 'outcome', "
                   "'when': 'session-start'}, {'scale': 'outcome', 'when': "
                   "'end', 'grace_days': 7}, {'scale': 'gad7', 'when': 'end', "
                   "'grace_days': 7}], 'signals': {'asks': []}");
    for (int days = 7; days <= 8; days++) {
        clinic_ok(clinic, "open", "{'pathway': 'ends'}");
        strcpy(code, clinic_text(clinic, "code"));
        clinic_total(clinic, code, "outcome", 20);
        clinic->now_ms += days * INT64_C(86400000);
        clinic_ok(clinic, "close",
                  "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
        clinic_ok(clinic, "due.list", "{}");
        assert_int_equal(days == 7 ? 1 : 3, clinic_count(clinic, "dues"));
    }
}

static void
another_pathway_lets_its_own_scale_lead(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, code);
    clinic_pathway(clinic, "anxiety",
                   "'lead': 'gad7', 'scales': [{'scale': 'gad7', 'when': "
                   "'session-start'}], 'signals': {'asks': []}");
    clinic_total(clinic, code, "outcome", 20);
    clinic_total(clinic, code, "gad7", 15);
    clinic_ok(clinic, "pathway.move",
              "{'code': '%s', 'pathway': 'anxiety', 'reason': 'x'}", code);
    assert_string_equal("gad7", clinic_text(clinic, "lead"));
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "gad7", 5);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("gad7", clinic_text(clinic, "episode[0].lead"));
    assert_true(clinic_true(clinic, "sessions[1].answers[0].lead"));
}

static void
a_move_plans_no_other_end(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, code);
    clinic_pathway(clinic, "steps", REST);
    clinic_ok(clinic, "pathway.move",
              "{'code': '%s', 'pathway': 'steps', 'reason': 'x'}", code);
    assert_string_equal("", clinic_text(clinic, "planned_end"));
}

static void
an_answer_that_was_anothers_is_awaited_again(void **state)
{
    struct clinic *clinic = *state;
    char wrong[KOR_CLIENT_CODE_SIZE], right[KOR_CLIENT_CODE_SIZE];
    open_counted(clinic, wrong);
    clinic_ok(clinic, "open", "{'pathway': 'counted'}");
    strcpy(right, clinic_text(clinic, "code"));
    clinic_total(clinic, wrong, "outcome", 20);
    clinic_due(clinic, "phq9@0\nphq9@0\n");
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, "
              "'wrong_client': '%s', 'reason': 'wrong card'}", wrong, right);
    clinic_due(clinic, "phq9@0\nphq9@0\noutcome@0 1\n");
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_episode_is_opened_on_the_newest_version_of_its_pathway),
        T(a_session_leaves_what_was_not_answered),
        T(a_session_that_was_not_held_leaves_nothing),
        T(a_phase_ends_with_its_sessions_and_its_time),
        T(a_phase_can_be_set_by_hand_also_back),
        T(a_contact_is_declined_or_awaited),
        T(a_night_leaves_what_was_missed_once_however_long_it_was),
        T(why_something_did_not_come_is_said_and_kept),
        T(the_end_asks_for_the_last_form_and_for_one_later),
        T(an_episode_is_planned_to_end_with_the_time_of_its_pathway),
        T(who_comes_back_is_not_asked_after_the_old_end),
        cmocka_unit_test_setup_teardown(a_list_holds_what_the_caller_may_see,
                                        staff_set_up, staff_tear_down),
        T(a_newer_version_is_taken_on_purpose_alone),
        T(a_pathway_names_nothing_that_is_not_there),
        T(an_episode_of_before_has_nothing_due_until_it_is_moved),
        T(a_pathway_names_its_signals_limits_and_lead_scale),
        T(a_session_counts_in_one_phase),
        T(a_phase_ended_with_a_session_that_is_put_down_late),
        T(after_the_end_nothing_that_was_declined_begins_again),
        T(what_is_asked_for_later_is_asked_again_when_it_was_declined),
        T(an_answer_of_the_last_session_counts_at_the_end),
        T(what_was_given_up_and_came_on_its_day_is_not_missing),
        T(another_pathway_lets_its_own_scale_lead),
        T(a_move_plans_no_other_end),
        T(an_answer_that_was_anothers_is_awaited_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

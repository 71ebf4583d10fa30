/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: goals are agreed, changed and told; one whose day has passed is due
 * until it is ended; and what a client thinks will help.  KIT_DAY, day 0 here,
 * is 5 January 2026. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "store/due.h"
#include "support/staff.h"

/* Two bytes, one character. */
#define LETTER "\xc3\xa9"

/* Adds one under 'under' (0: none) and returns its number. */
static int64_t
add(struct clinic *clinic, const char *code, const char *text, int64_t under)
{
    if (under) {
        clinic_ok(clinic, "goal.add",
                  "{'code': '%s', 'text': '%s', 'under': %lld}", code, text,
                  (long long)under);
    } else {
        clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': '%s'}", code,
                  text);
    }
    return (int64_t)clinic_num(clinic, "id");
}

static void
level(struct clinic *clinic, const char *code, int64_t id, int value)
{
    clinic_ok(clinic, "goal.progress", "{'code': '%s', 'id': %lld, "
              "'level': %d}", code, (long long)id, value);
}

static void
goals_are_a_tree_with_what_was_last_said(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    int64_t home = add(clinic, code, "live at home", 0);
    assert_reply(clinic, "depth", 1);
    int64_t work = add(clinic, code, "work", 0);
    int64_t cook = add(clinic, code, "cook", home);
    assert_reply(clinic, "depth", 2);
    int64_t soup = add(clinic, code, "a soup", cook);
    assert_reply(clinic, "depth", 3);
    assert_reply(clinic, "under", (double)cook);
    assert_reply(clinic, "weight", 1);
    clinic_day(clinic, 3);
    clinic_ok(clinic, "goal.progress", "{'code': '%s', 'id': %lld, "
              "'progress': 4}", code, (long long)cook);
    assert_reply(clinic, "progress", 4);
    /* What is said later of an earlier day is not where it stands. */
    clinic_ok(clinic, "goal.progress", "{'code': '%s', 'id': %lld, "
              "'progress': 2, 'date': '%s'}", code, (long long)cook,
              clinic_date(1, date));
    assert_reply(clinic, "progress", 4);
    clinic_ok(clinic, "goal.list", "{'code': '%s', 'history': true}", code);
    const int64_t expected[] = {home, cook, soup, work};
    assert_int_equal(4, clinic_count(clinic, "goals"));
    for (size_t i = 0; i < KOR_LENGTH(expected); i++) {
        char path[40];
        snprintf(path, sizeof path, "goals[%zu].id", i);
        assert_reply(clinic, path, (double)expected[i]);
    }
    assert_reply(clinic, "goals[1].progress", 4);
    assert_string_equal(clinic_date(3, date),
                        clinic_text(clinic, "goals[1].progress_date"));
    assert_int_equal(2, clinic_count(clinic, "goals[1].marks"));
    assert_reply(clinic, "goals[1].marks[1].progress", 2);
    assert_reply(clinic, "goals[1].level", NAN);
    assert_reply(clinic, "t", NAN);
    assert_reply(clinic, "rated", 0);
}

/* Levels 1 and -1 of weights 2 and 1: 50 + 10 / sqrt(0.7 * 5 + 0.3 * 9). */
static void
attainment_is_told_with_the_number_of_goals(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'a', 'weight': 2}",
              code);
    int64_t a = (int64_t)clinic_num(clinic, "id");
    int64_t b = add(clinic, code, "b", 0);
    int64_t c = add(clinic, code, "c", 0);
    level(clinic, code, a, 2);
    level(clinic, code, a, 1);
    level(clinic, code, b, -1);
    level(clinic, code, c, -2);
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'status': "
              "'dropped'}", code, (long long)c);
    clinic_ok(clinic, "goal.list", "{'code': '%s'}", code);
    near_check(54.01609664, clinic_num(clinic, "t"), 1e-8, 0, "t", __FILE__,
               __LINE__);
    assert_reply(clinic, "rated", 2);
}

static void
a_change_is_a_new_version_with_who_and_when(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'sleep', "
              "'criterion': 'five nights', 'target': '%s'}", code,
              clinic_date(30, date));
    long long id = (long long)clinic_num(clinic, "id");
    clinic_day(clinic, 1);
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'text': "
              "'sleep at home', 'no_target': true, 'weight': 0.5}", code, id);
    assert_reply(clinic, "version", 2);
    assert_string_equal("five nights", clinic_text(clinic, "criterion"));
    assert_string_equal("", clinic_text(clinic, "target"));
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'status': "
              "'reached'}", code, id);
    clinic_ok(clinic, "goal.list", "{'code': '%s', 'history': true}", code);
    assert_reply(clinic, "goals[0].version", 3);
    assert_reply(clinic, "goals[0].at_ms", (double)clinic->now_ms);
    assert_reply(clinic, "goals[0].weight", 0.5);
    assert_string_equal("reached", clinic_text(clinic, "goals[0].status"));
    assert_int_equal(2, clinic_count(clinic, "goals[0].versions"));
    assert_string_equal("sleep",
                        clinic_text(clinic, "goals[0].versions[1].text"));
    assert_string_equal(clinic_date(30, date),
                        clinic_text(clinic, "goals[0].versions[1].target"));
    assert_string_equal(clinic->caller.name,
                        clinic_text(clinic, "goals[0].versions[1].by"));
    assert_int_equal(3, clinic_sql(clinic,
                                   "SELECT count(*) FROM goal_version"));
}

static void
what_a_tree_may_not_be_is_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_open(clinic, other);
    long long a = add(clinic, code, "a", 0), b = add(clinic, code, "b", a),
              c = add(clinic, code, "c", b), far = add(clinic, other, "d", 0);
    clinic_refused(clinic, KOR_BAD_VALUE, "under", "goal.add",
                   "{'code': '%s', 'text': 'x', 'under': %lld}", code, c);
    clinic_refused(clinic, KOR_NOT_FOUND, "under", "goal.add",
                   "{'code': '%s', 'text': 'x', 'under': %lld}", code, far);
    clinic_refused(clinic, KOR_BAD_VALUE, "under", "goal.set",
                   "{'code': '%s', 'id': %lld, 'under': %lld}", code, a, a);
    clinic_refused(clinic, KOR_BAD_VALUE, "under", "goal.set",
                   "{'code': '%s', 'id': %lld, 'under': %lld}", code, a, c);
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "goal.set",
                   "{'code': '%s', 'id': %lld, 'status': 'reached'}", code,
                   far);
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "goal.progress",
                   "{'code': '%s', 'id': %lld, 'progress': 1}", code, far);
    clinic_refused(clinic, KOR_CONFLICT, "status", "goal.set",
                   "{'code': '%s', 'id': %lld, 'status': 'reached'}", code,
                   b);
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'top': true}",
              code, c);
    assert_reply(clinic, "depth", 1);
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'status': "
              "'dropped'}", code, b);
    clinic_refused(clinic, KOR_CONFLICT, "under", "goal.add",
                   "{'code': '%s', 'text': 'x', 'under': %lld}", code, b);
    assert_int_equal(4, clinic_sql(clinic, "SELECT count(*) FROM goal"));
}

static void
what_is_said_is_one_line_of_days_that_were(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    char text[402];
    clinic_open(clinic, code);
    clinic_day(clinic, 5);
    text[0] = '\0';
    for (int i = 0; i < 200; i++) {
        strcat(text, LETTER);
    }
    long long id = add(clinic, code, text, 0);
    strcat(text, "x");
    clinic_refused(clinic, KOR_TOO_LARGE, "text", "goal.add",
                   "{'code': '%s', 'text': '%s'}", code, text);
    clinic_refused(clinic, KOR_TOO_LARGE, "criterion", "goal.set",
                   "{'code': '%s', 'id': %lld, 'criterion': '%s'}", code, id,
                   text);
    clinic_refused(clinic, KOR_BAD_VALUE, "text", "goal.add",
                   "{'code': '%s', 'text': 'a\\nb'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "set", "goal.add",
                   "{'code': '%s', 'text': 'x', 'set': '%s'}", code,
                   clinic_date(-1, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "set", "goal.add",
                   "{'code': '%s', 'text': 'x', 'set': '%s'}", code,
                   clinic_date(6, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "target", "goal.add",
                   "{'code': '%s', 'text': 'x', 'target': '%s'}", code,
                   clinic_date(4, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "goal.progress",
                   "{'code': '%s', 'id': %lld, 'progress': 1, 'date': '%s'}",
                   code, id, clinic_date(4, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "progress", "goal.progress",
                   "{'code': '%s', 'id': %lld}", code, id);
    clinic_refused(clinic, KOR_BAD_VALUE, "progress", "goal.progress",
                   "{'code': '%s', 'id': %lld, 'progress': 11}", code, id);
    clinic_refused(clinic, KOR_BAD_VALUE, "level", "goal.progress",
                   "{'code': '%s', 'id': %lld, 'level': -3}", code, id);
    clinic_refused(clinic, KOR_BAD_VALUE, "status", "goal.set",
                   "{'code': '%s', 'id': %lld}", code, id);
    clinic_refused(clinic, KOR_BAD_VALUE, "status", "goal.set",
                   "{'code': '%s', 'id': %lld, 'status': 'failed'}", code,
                   id);
    clinic_refused(clinic, KOR_BAD_VALUE, "no_target", "goal.set",
                   "{'code': '%s', 'id': %lld, 'no_target': true, 'target': "
                   "'%s'}", code, id, clinic_date(9, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "top", "goal.set",
                   "{'code': '%s', 'id': %lld, 'top': true, 'under': 1}",
                   code, id);
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM goal_version"));
}

static void
an_episode_has_two_hundred_goals_at_most(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    for (int i = 0; i < 200; i++) {
        (void)add(clinic, code, "x", 0);
    }
    clinic_refused(clinic, KOR_TOO_LARGE, "code", "goal.add",
                   "{'code': '%s', 'text': 'x'}", code);
    clinic_ok(clinic, "goal.list", "{'code': '%s'}", code);
    assert_int_equal(200, clinic_count(clinic, "goals"));
}

static void
a_goal_whose_day_has_passed_is_due_until_it_is_ended(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'take the bus', "
              "'target': '%s'}", code, clinic_date(7, date));
    long long id = (long long)clinic_num(clinic, "id");
    clinic_day(clinic, 7);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_day(clinic, 8);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    assert_string_equal("goal", clinic_text(clinic, "dues[0].kind"));
    assert_reply(clinic, "dues[0].goal", (double)id);
    assert_string_equal("take the bus", clinic_text(clinic, "dues[0].text"));
    assert_string_equal(clinic_date(7, date),
                        clinic_text(clinic, "dues[0].due"));
    assert_true(clinic_true(clinic, "dues[0].overdue"));
    assert_string_equal(code, clinic_text(clinic, "dues[0].code"));
    clinic_ok(clinic, "due.list", "{'overdue': true}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "due.list", "{'today': true}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_refused(clinic, KOR_BAD_VALUE, "id", "due.missing",
                   "{'code': '%s', 'id': %lld, 'missing': 'phone'}", code,
                   (long long)KOR_DUE_GOALS + id);
    clinic_ok(clinic, "goal.list", "{'code': '%s'}", code);
    assert_true(clinic_true(clinic, "goals[0].overdue"));
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'target': "
              "'%s'}", code, id, clinic_date(8, date));
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_day(clinic, 9);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %lld, 'status': "
              "'reached'}", code, id);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
}

/* Rows and goals are one list in pages, and nobody sees another's. */
static void
goals_stand_among_what_is_due(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_pathway(clinic, "forms", "'scales': [{'scale': "
                   "'phq9', 'when': 'intake', 'grace_days': 9}], "
                   "'signals': {'asks': []}");
    clinic_ok(clinic, "open", "{'pathway': 'forms'}");
    strcpy(code, clinic_text(clinic, "code"));
    for (int i = 0; i < 2; i++) {
        clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'g', 'target': "
                  "'%s'}", code, clinic_date(0, date));
    }
    clinic_day(clinic, 1);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(3, clinic_count(clinic, "dues"));
    assert_string_equal("phq9", clinic_text(clinic, "dues[0].key"));
    double row = clinic_num(clinic, "dues[0].id"),
           first = clinic_num(clinic, "dues[1].id");
    clinic_ok(clinic, "due.list", "{'after_date': '%s', 'after': %.0f}",
              clinic_date(0, date), row);
    assert_int_equal(2, clinic_count(clinic, "dues"));
    clinic_ok(clinic, "due.list", "{'after_date': '%s', 'after': %.0f}",
              clinic_date(0, date), first);
    assert_int_equal(1, clinic_count(clinic, "dues"));
    assert_string_equal("goal", clinic_text(clinic, "dues[0].kind"));
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "goal.list",
                   "{'code': '%s'}", code);
}

static void
after_the_end_goals_are_rated_and_not_due(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'g', 'target': "
              "'%s'}", code, clinic_date(1, date));
    int64_t id = (int64_t)clinic_num(clinic, "id");
    clinic_day(clinic, 3);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", code);
    clinic_ok(clinic, "due.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "dues"));
    level(clinic, code, id, 1);
    assert_reply(clinic, "level", 1);
    assert_false(clinic_true(clinic, "overdue"));
    clinic_refused(clinic, KOR_CONFLICT, "code", "goal.add",
                   "{'code': '%s', 'text': 'x'}", code);
    /* A new episode begins without; the old one's are there to be seen. */
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_ok(clinic, "goal.list", "{'code': '%s'}", code);
    assert_int_equal(0, clinic_count(clinic, "goals"));
    clinic_ok(clinic, "goal.list", "{'code': '%s', 'episode': 1}", code);
    assert_int_equal(1, clinic_count(clinic, "goals"));
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "goal.progress",
                   "{'code': '%s', 'id': %lld, 'progress': 3}", code,
                   (long long)id);
}

static void
what_will_help_is_shown_in_its_last_version(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(0, clinic_count(clinic, "theories"));
    clinic_ok(clinic, "theory.set", "{'code': '%s', 'text': 'to sleep'}",
              code);
    assert_reply(clinic, "version", 1);
    clinic_day(clinic, 2);
    clinic_ok(clinic, "theory.set", "{'code': '%s', 'text': 'to be heard'}",
              code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(2, clinic_count(clinic, "theories"));
    assert_reply(clinic, "theories[0].version", 2);
    assert_reply(clinic, "theories[0].at_ms", (double)clinic->now_ms);
    assert_string_equal("to be heard",
                        clinic_text(clinic, "theories[0].text"));
    assert_string_equal(clinic->caller.name,
                        clinic_text(clinic, "theories[0].by"));
    assert_string_equal("to sleep", clinic_text(clinic, "theories[1].text"));
    clinic_refused(clinic, KOR_TOO_LARGE, "text", "theory.set",
                   "{'code': '%s', 'text': '%0201d'}", code, 0);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", code);
    clinic_refused(clinic, KOR_CONFLICT, "code", "theory.set",
                   "{'code': '%s', 'text': 'x'}", code);
    /* It belongs to the episode. */
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(0, clinic_count(clinic, "theories"));
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(goals_are_a_tree_with_what_was_last_said),
        TEST(attainment_is_told_with_the_number_of_goals),
        TEST(a_change_is_a_new_version_with_who_and_when),
        TEST(what_a_tree_may_not_be_is_refused),
        TEST(what_is_said_is_one_line_of_days_that_were),
        TEST(an_episode_has_two_hundred_goals_at_most),
        TEST(a_goal_whose_day_has_passed_is_due_until_it_is_ended),
        TEST(goals_stand_among_what_is_due),
        TEST(after_the_end_goals_are_rated_and_not_due),
        TEST(what_will_help_is_shown_in_its_last_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

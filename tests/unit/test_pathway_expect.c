/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is expected of an episode, day by day.  The dates are from a calendar
 * by hand. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "pathway/expect.h"
#include "support/json.h"

/* Outcome opens, alliance closes; a contact a fortnight; a form a month; one
 * at the end and half a year after. */
static const char definition[]
    = "{'key': 'a', 'version': '1', 'names': {'en': 'A'},"
      " 'phases': [{'key': 'work', 'names': {'en': 'w'}},"
      "  {'key': 'last', 'names': {'en': 'l'}}],"
      " 'contacts': [{'key': 'session', 'names': {'en': 's'}, 'weeks': 2,"
      "  'grace_days': 7}],"
      " 'scales': [{'scale': 'start', 'when': 'intake', 'grace_days': 10},"
      "  {'scale': 'outcome', 'when': 'session-start'},"
      "  {'scale': 'alliance', 'when': 'session-end'},"
      "  {'scale': 'phq9', 'when': 'every', 'months': 1, 'grace_days': 5,"
      "   'phases': ['work']},"
      "  {'scale': 'outcome', 'when': 'follow-up', 'months': 6,"
      "   'grace_days': 60}],"
      " 'sheets': [{'sheet': 'evaluation', 'when': 'end', 'grace_days': 7},"
      "  {'sheet': 'plan', 'when': 'every', 'weeks': 1,"
      "   'phases': ['last']}],"
      " 'signals': {'asks': []}}";

struct scene {
    struct kor_pathway pathway;
    struct kor_stage stage;
    struct kor_expectations list;
};

static int32_t
day(const char *text)
{
    int32_t date = 0;
    assert_true(kor_date_parse(text, &date));
    return date;
}

static int
set_up(void **state)
{
    struct scene *scene = kor_alloc(sizeof *scene);
    char *text = json_text(definition);
    memset(scene, 0, sizeof *scene);
    assert_int_equal(kor_pathway_parse(text, strlen(text), &scene->pathway,
                                       NULL), KOR_OK);
    free(text);
    scene->stage = (struct kor_stage){.pathway = &scene->pathway,
                                      .opened_date = day("2026-01-31"),
                                      .phase_date = day("2026-01-31"),
                                      .contact_date = KOR_NO_DATE};
    *state = scene;
    return 0;
}

static int
tear_down(void **state)
{
    struct scene *scene = *state;
    kor_pathway_done(&scene->pathway);
    kor_expectations_done(&scene->list);
    free(scene);
    return 0;
}

/* What is stored is what the next change begins with. */
static void
store(struct scene *scene)
{
    struct kor_expectations next = {0};
    for (size_t i = 0; i < scene->list.n; i++) {
        struct kor_expected *row = &scene->list.rows[i];
        if (row->change != KOR_DUE_GONE) {
            kor_expect_load(&next, &row->due);
        }
    }
    kor_expectations_done(&scene->list);
    scene->list = next;
}

/* "key due until why review", a line a row. */
static void
assert_rows(struct scene *scene, const char *expected)
{
    struct kor_buf text = {0};
    store(scene);
    for (size_t i = 0; i < scene->list.n; i++) {
        const struct kor_due *due = &scene->list.rows[i].due;
        char from[KOR_DATE_SIZE], until[KOR_DATE_SIZE], review[KOR_DATE_SIZE];
        kor_buf_printf(&text, "%s%s %s %s%s%s%s%s\n", due->key,
                       due->session_id ? "*" : "",
                       kor_date_format(due->due_date, from) + 5,
                       kor_date_format(due->until_date, until) + 5,
                       due->missing ? " " : "",
                       kor_missing_name(due->missing),
                       due->review_date == KOR_NO_DATE ? "" : " ",
                       due->review_date == KOR_NO_DATE
                           ? ""
                           : kor_date_format(due->review_date, review) + 5);
    }
    assert_string_equal(kor_buf_text(&text), expected);
    kor_buf_done(&text);
}

static void
open_it(struct scene *scene)
{
    kor_expect_open(&scene->list, &scene->stage);
}

/* A session that is known on its day. */
static void
met(struct scene *scene, int64_t session, const char *date)
{
    scene->stage.contact_date = day(date);
    kor_expect_session(&scene->list, &scene->stage, session, day(date));
    kor_expect_contact(&scene->list, &scene->stage, day(date));
}

static bool
came(struct scene *scene, const char *key, int64_t session, const char *date)
{
    const struct kor_came what = {KOR_RULE_SCALE, key, "client", session,
                                  day(date)};
    return kor_expect_came(&scene->list, &scene->stage, &what);
}

static void
at_the_start_contact_intake_and_the_first_turn_are_expected(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n");
    /* Into it again: nothing twice, and no second beginning. */
    kor_expect_stage(&scene->list, &scene->stage, scene->stage.opened_date);
    assert_int_equal(scene->list.n, 3);
    came(scene, "start", 0, "2026-01-31");
    kor_expect_stage(&scene->list, &scene->stage, scene->stage.opened_date);
    assert_int_equal(scene->list.rows[1].change, KOR_DUE_GONE);
    assert_int_equal(scene->list.n, 3);
}

static void
a_session_expects_its_pair_until_it_came(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "outcome* 02-03 02-03\n"
                       "alliance* 02-03 02-03\n");
    came(scene, "outcome", 7, "2026-02-03");
    came(scene, "alliance", 8, "2026-02-03"); /* Another session's. */
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "alliance* 02-03 02-03\n"
                       "outcome* 02-03 02-03\n");
    /* It was somebody else's answer. */
    const struct kor_came gone = {KOR_RULE_SCALE, "outcome", "client", 7,
                                  day("2026-02-03")};
    assert_true(came(scene, "outcome", 7, "2026-02-03"));
    kor_expect_again(&scene->list, &scene->stage, &gone);
    kor_expect_again(&scene->list, &scene->stage, &gone);
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "alliance* 02-03 02-03\n"
                       "outcome* 02-03 02-03\n");
    assert_true(came(scene, "outcome", 7, "2026-02-03"));
    assert_false(came(scene, "outcome", 7, "2026-02-03"));
    scene->stage.has_ended = true;
    kor_expect_again(&scene->list, &scene->stage, &gone);
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "alliance* 02-03 02-03\n");
}

static void
what_came_with_its_session_is_never_stored(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    store(scene);
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    came(scene, "outcome", 7, "2026-02-03");
    came(scene, "alliance", 7, "2026-02-03");
    size_t n_added = 0, n_changed = 0;
    for (size_t i = 0; i < scene->list.n; i++) {
        const struct kor_expected *row = &scene->list.rows[i];
        n_added += row->change == KOR_DUE_ADDED;
        n_changed += row->change == KOR_DUE_CHANGED;
    }
    assert_int_equal(n_added, 0);
    assert_int_equal(n_changed, 0); /* The contact is put off by its day. */
}

static void
an_earlier_session_that_is_entered_late_moves_no_contact(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    met(scene, 7, "2026-03-03");
    kor_expect_session(&scene->list, &scene->stage, 8, day("2026-02-10"));
    kor_expect_contact(&scene->list, &scene->stage, day("2026-03-03"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-03-17"));
}

/* What the client declined is not asked about, unless there is a session. */
static void
a_contact_that_is_declined_is_put_off_by_a_session(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    scene->stage.contact_date = day("2026-02-03");
    assert_false(kor_expect_asks_contact(&scene->list, day("2026-02-13")));
    assert_true(kor_expect_asks_contact(&scene->list, day("2026-02-14")));
    kor_expect_missing(&scene->list, &scene->stage, 0, KOR_MISSING_DECLINED,
                       day("2026-04-01"));
    kor_expect_contact(&scene->list, &scene->stage, day("2026-03-01"));
    assert_int_equal(scene->list.rows[0].due.missing, KOR_MISSING_DECLINED);
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-14"));
    met(scene, 7, "2026-03-02");
    assert_int_equal(scene->list.rows[0].due.missing, KOR_MISSING_NOT);
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-03-16"));
}

/* Nobody drops off the list because a phase has ended. */
static void
a_contact_that_is_overdue_outlives_its_phase(void **state)
{
    struct scene *scene = *state;
    scene->pathway.rules[0].phases = 1; /* The contact is of the first. */
    open_it(scene);
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-22"));
    scene->stage.phase = 1;
    scene->stage.phase_date = day("2026-02-22");
    kor_expect_stage(&scene->list, &scene->stage, day("2026-02-22"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-14"));
    assert_int_equal(scene->list.rows[0].due.missing, KOR_MISSING_NOT);
    assert_int_not_equal(scene->list.rows[0].change, KOR_DUE_GONE);
    /* Back in the first it is the same one; in the second a session ends it. */
    scene->stage.phase = 0;
    kor_expect_stage(&scene->list, &scene->stage, day("2026-02-23"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-14"));
    scene->stage.phase = 1;
    met(scene, 7, "2026-02-24");
    assert_int_equal(scene->list.rows[0].change, KOR_DUE_GONE);
    assert_false(kor_expect_asks_contact(&scene->list, day("2026-03-24")));
}

static void
what_was_declined_at_the_start_stays_so_after_the_end(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_missing(&scene->list, &scene->stage, 1, KOR_MISSING_DECLINED,
                       day("2026-03-15"));
    scene->stage.has_ended = true;
    kor_expect_end(&scene->list, &scene->stage, day("2026-02-05"));
    kor_expect_day(&scene->list, &scene->stage, day("2026-03-15"));
    assert_int_equal(scene->list.rows[1].due.missing, KOR_MISSING_DECLINED);
}

static void
what_came_just_before_the_end_counts_for_it(void **state)
{
    struct scene *scene = *state;
    struct kor_came what
        = {KOR_RULE_SHEET, "evaluation", "", 0, day("2026-02-24")};
    open_it(scene);
    kor_expect_end(&scene->list, &scene->stage, day("2026-03-04"));
    size_t n = scene->list.n;
    assert_string_equal("evaluation", scene->list.rows[n - 1].due.key);
    /* Seven days of grace: eight are too early. */
    kor_expect_came_before_end(&scene->list, &what);
    assert_int_equal(scene->list.rows[n - 1].change, KOR_DUE_ADDED);
    what.date = day("2026-02-25");
    kor_expect_came_before_end(&scene->list, &what);
    assert_int_equal(scene->list.rows[n - 1].change, KOR_DUE_GONE);
}

/* A phase that ends on the last day of grace leaves nothing missing behind. */
static void
what_is_not_yet_overdue_goes_with_its_phase(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    scene->stage.phase = 1;
    scene->stage.phase_date = day("2026-02-05");
    kor_expect_stage(&scene->list, &scene->stage, day("2026-02-05"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "plan 02-05 02-05\n");
}

static void
nothing_recurs_after_the_end(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_missing(&scene->list, &scene->stage, 2, KOR_MISSING_DECLINED,
                       day("2026-03-15"));
    scene->stage.has_ended = true;
    kor_expect_end(&scene->list, &scene->stage, day("2026-02-05"));
    kor_expect_day(&scene->list, &scene->stage, day("2026-05-01"));
    assert_rows(scene, "start 01-31 02-10 unsaid\n"
                       "phq9 01-31 02-05 declined 03-15\n"
                       "outcome 08-05 10-04\n"
                       "evaluation 02-05 02-12 unsaid\n");
    assert_true(came(scene, "phq9", 0, "2026-02-04"));
    assert_rows(scene, "start 01-31 02-10 unsaid\n"
                       "outcome 08-05 10-04\n"
                       "evaluation 02-05 02-12 unsaid\n");
}

static void
a_session_that_was_on_another_day_takes_the_next_contact_along(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    kor_expect_session(&scene->list, &scene->stage, 8, day("2026-02-10"));
    scene->stage.contact_date = day("2026-02-10");
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-17"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-24"));
    /* The last one was two days later, then earlier, then not held. */
    scene->stage.contact_date = day("2026-02-12");
    kor_expect_last(&scene->list, &scene->stage, day("2026-02-10"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-26"));
    scene->stage.contact_date = day("2026-02-09");
    kor_expect_last(&scene->list, &scene->stage, day("2026-02-12"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-23"));
    assert_int_equal(scene->list.rows[0].due.until_date, day("2026-03-02"));
    /* An earlier one changes nothing. */
    kor_expect_last(&scene->list, &scene->stage, day("2026-02-03"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-23"));
    /* Neither was: two weeks after the first day, 31 January. */
    scene->stage.contact_date = KOR_NO_DATE;
    kor_expect_last(&scene->list, &scene->stage, day("2026-02-09"));
    assert_int_equal(scene->list.rows[0].due.due_date, day("2026-02-14"));
}

/* 31 January, 28 February, 31 March: the months are counted from the start. */
static void
what_recurs_has_one_turn_open(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    came(scene, "phq9", 0, "2026-02-02");
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 02-28 03-05\n");
    came(scene, "phq9", 0, "2026-02-20"); /* Eight days early: not it. */
    came(scene, "start", 0, "2026-02-20");
    assert_rows(scene, "session 02-14 02-21\n"
                       "phq9 02-28 03-05\n");
    came(scene, "phq9", 0, "2026-02-24"); /* Within the days of grace. */
    assert_rows(scene, "session 02-14 02-21\n"
                       "phq9 03-31 04-05\n");
}

static void
days_that_pass_leave_what_is_missing_and_one_turn_open(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    came(scene, "outcome", 7, "2026-02-03");
    scene->stage.contact_date = day("2026-02-03");
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-17"));
    assert_rows(scene, "session 02-17 02-24\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "alliance* 02-03 02-03\n");
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-18"));
    assert_rows(scene, "session 02-17 02-24\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05\n"
                       "alliance* 02-03 02-03 unsaid\n");
    /* Nobody ran it for three months. */
    kor_expect_day(&scene->list, &scene->stage, day("2026-04-30"));
    assert_rows(scene, "session 02-17 02-24\n"
                       "start 01-31 02-10 unsaid\n"
                       "phq9 01-31 02-05 unsaid\n"
                       "alliance* 02-03 02-03 unsaid\n"
                       "phq9 02-28 03-05 unsaid\n"
                       "phq9 03-31 04-05 unsaid\n"
                       "phq9 04-30 05-05\n");
    kor_expect_day(&scene->list, &scene->stage, day("2026-04-30"));
    assert_int_equal(scene->list.n, 7); /* Twice on one day: once. */
}

static void
what_is_declined_stays_so_until_its_day(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_missing(&scene->list, &scene->stage, 1, KOR_MISSING_DECLINED,
                       day("2026-03-01"));
    kor_expect_missing(&scene->list, &scene->stage, 2, KOR_MISSING_DECLINED,
                       day("2026-03-15"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10 declined 03-01\n"
                       "phq9 01-31 02-05 declined 03-15\n");
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-28"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10 declined 03-01\n"
                       "phq9 01-31 02-05 declined 03-15\n"
                       "phq9 02-28 03-05 declined 03-15\n");
    kor_expect_day(&scene->list, &scene->stage, day("2026-03-31"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 03-31 04-10\n"
                       "phq9 01-31 02-05 declined 03-15\n"
                       "phq9 02-28 03-05 declined 03-15\n"
                       "phq9 03-31 04-05\n");
}

static void
a_declined_scale_is_declined_in_the_next_session_too(void **state)
{
    struct scene *scene = *state;
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    kor_expect_missing(&scene->list, &scene->stage, 1, KOR_MISSING_DECLINED,
                       day("2026-03-01"));
    kor_expect_session(&scene->list, &scene->stage, 8, day("2026-02-10"));
    kor_expect_session(&scene->list, &scene->stage, 9, day("2026-03-01"));
    assert_rows(scene, "outcome* 02-03 02-03\n"
                       "alliance* 02-03 02-03 declined 03-01\n"
                       "outcome* 02-10 02-10\n"
                       "alliance* 02-10 02-10 declined 03-01\n"
                       "outcome* 03-01 03-01\n"
                       "alliance* 03-01 03-01\n");
    /* Answered all the same. */
    came(scene, "alliance", 8, "2026-02-10");
    assert_int_equal(scene->list.rows[3].change, KOR_DUE_GONE);
}

static void
a_reason_opens_the_next_turn(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    kor_expect_missing(&scene->list, &scene->stage, 2, KOR_MISSING_CRISIS,
                       KOR_NO_DATE);
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05 crisis\n"
                       "phq9 02-28 03-05\n");
}

static void
another_phase_expects_other_things(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    scene->stage.phase = 1;
    scene->stage.phase_date = day("2026-02-10");
    kor_expect_stage(&scene->list, &scene->stage, day("2026-02-10"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05 unsaid\n"
                       "plan 02-10 02-10\n");
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-17"));
    assert_rows(scene, "session 02-14 02-21\n"
                       "start 01-31 02-10\n"
                       "phq9 01-31 02-05 unsaid\n"
                       "plan 02-10 02-10 unsaid\n"
                       "plan 02-17 02-17\n");
}

static void
the_end_asks_for_what_comes_at_the_end_and_after(void **state)
{
    struct scene *scene = *state;
    open_it(scene);
    came(scene, "phq9", 0, "2026-02-02");
    kor_expect_session(&scene->list, &scene->stage, 7, day("2026-02-03"));
    came(scene, "outcome", 7, "2026-02-03");
    kor_expect_end(&scene->list, &scene->stage, day("2026-02-05"));
    assert_rows(scene, "start 01-31 02-10 unsaid\n"
                       "alliance* 02-03 02-03\n"
                       "outcome 08-05 10-04\n"
                       "evaluation 02-05 02-12\n");
    /* Sixty days before is early enough, sixty-one too early. */
    came(scene, "outcome", 0, "2026-06-05");
    assert_int_equal(scene->list.rows[2].change, KOR_DUE_SAME);
    came(scene, "outcome", 0, "2026-06-06");
    assert_int_equal(scene->list.rows[2].change, KOR_DUE_GONE);
    kor_expect_day(&scene->list, &scene->stage, day("2026-02-27"));
    assert_rows(scene, "start 01-31 02-10 unsaid\n"
                       "alliance* 02-03 02-03 unsaid\n"
                       "evaluation 02-05 02-12 unsaid\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(at_the_start_contact_intake_and_the_first_turn_are_expected),
        T(a_session_expects_its_pair_until_it_came),
        T(what_came_with_its_session_is_never_stored),
        T(an_earlier_session_that_is_entered_late_moves_no_contact),
        T(a_contact_that_is_declined_is_put_off_by_a_session),
        T(what_is_not_yet_overdue_goes_with_its_phase),
        T(a_contact_that_is_overdue_outlives_its_phase),
        T(what_came_just_before_the_end_counts_for_it),
        T(what_was_declined_at_the_start_stays_so_after_the_end),
        T(nothing_recurs_after_the_end),
        T(a_session_that_was_on_another_day_takes_the_next_contact_along),
        T(what_recurs_has_one_turn_open),
        T(days_that_pass_leave_what_is_missing_and_one_turn_open),
        T(what_is_declined_stays_so_until_its_day),
        T(a_declined_scale_is_declined_in_the_next_session_too),
        T(a_reason_opens_the_next_turn),
        T(another_phase_expects_other_things),
        T(the_end_asks_for_what_comes_at_the_end_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: groups that meet - who is in them, who was there, who may look. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

static void
join(struct clinic *clinic, const char *code)
{
    clinic_ok(clinic, "group.join", "{'name': 'monday', 'code': '%s'}", code);
}

/* The owner leads a group of the unit "clinic" with one client in it. */
static void
make(struct staff *staff)
{
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "group.add", "{'name': 'monday', 'unit': 'clinic', "
              "'second': 'colleague', 'planned': 40}");
    join(clinic, staff->code);
}

/* Another client, who joins on the same day. */
static void
open_member(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_open(clinic, code);
    join(clinic, code);
}

static void
a_meeting_is_a_session_of_everybody_who_was_in_the_group(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[KOR_CLIENT_CODE_SIZE], late[KOR_CLIENT_CODE_SIZE];
    make(staff);
    open_member(clinic, second);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "meeting.hold",
              "{'name': 'monday', 'module': 'recovery', 'there': ['%s'], "
              "'homework': ['%s']}", staff->code, staff->code);
    assert_reply(clinic, "meetings[0].number", 1);
    assert_reply(clinic, "meetings[0].there", 1);
    assert_reply(clinic, "meetings[0].members", 2);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_string_equal("not-attended",
                        clinic_text(clinic, "sessions[0].status"));
    assert_string_equal("monday", clinic_text(clinic, "groups[0].group"));
    assert_reply(clinic, "groups[0].meetings[0].number", 1);
    assert_false(clinic_true(clinic, "groups[0].meetings[0].there"));
    /* Who was there is awaited to answer, who was not is not. */
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "session_id IS NOT NULL"));
    /* Who joins later counts from then on. */
    clinic_open(clinic, late);
    clinic_day(clinic, 8);
    clinic_ok(clinic, "group.join", "{'name': 'monday', 'code': '%s'}", late);
    clinic_ok(clinic, "meeting.hold",
              "{'name': 'monday', 'there': ['%s', '%s', '%s']}", staff->code,
              second, late);
    assert_reply(clinic, "meetings[0].number", 2);
    assert_reply(clinic, "meetings[0].there", 3);
    assert_string_equal(late, clinic_text(clinic, "members[2].code"));
    assert_reply(clinic, "members[2].meetings", 1);
    assert_reply(clinic, "members[1].there", 1);
    assert_reply(clinic, "members[1].meetings", 2);
}

static void
who_left_is_in_no_later_meeting(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[KOR_CLIENT_CODE_SIZE];
    make(staff);
    open_member(clinic, second);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "group.leave", "{'name': 'monday', 'code': '%s', "
              "'reason': 'another day'}", second);
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "group.leave",
                   "{'name': 'monday', 'code': '%s', 'reason': 'x'}", second);
    clinic_day(clinic, 8);
    clinic_refused(clinic, KOR_NOT_FOUND, "there", "meeting.hold",
                   "{'name': 'monday', 'there': ['%s']}", second);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_reply(clinic, "meetings[0].members", 1);
    /* Who comes back is a member anew; who is erased is none. */
    join(clinic, second);
    assert_int_equal(3, clinic_sql(clinic, "SELECT count(*) FROM member"));
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}", second);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM member"));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM attendance"));
}

static void
the_group_round_a_client_is_erased_with_the_client(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE];
    make(staff);
    clinic_open(clinic, other);
    clinic_ok(clinic, "group.add", "{'name': 'round', 'unit': 'clinic', "
              "'kind': 'responsibility'}");
    clinic_ok(clinic, "group.join", "{'name': 'round', 'code': '%s'}", other);
    clinic_ok(clinic, "meeting.hold", "{'name': 'round', 'there': ['%s']}",
              other);
    clinic_ok(clinic, "task.add", "{'name': 'round', 'text': 'x', 'who': "
              "'owner', 'until': '2099-12-31'}");
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}",
              staff->code);
    assert_int_equal(2, clinic_sql(clinic,
                                   "SELECT count(*) FROM meeting_group"));
    clinic_ok(clinic, "person", "{'code': '%s', 'asked': 'the client'}",
              other);
    assert_int_equal(1, clinic_count(clinic, "tasks"));
    assert_string_equal("round", clinic_text(clinic, "tasks[0].group"));
    assert_string_equal("2099-12-31", clinic_text(clinic, "tasks[0].until"));
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}", other);
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM meeting_group"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM task"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM meeting"));
}

static void
who_has_ended_is_in_no_later_meeting(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[KOR_CLIENT_CODE_SIZE];
    make(staff);
    open_member(clinic, second);
    clinic_day(clinic, 2);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", second);
    clinic_day(clinic, 9);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_reply(clinic, "meetings[0].members", 1);
    assert_string_equal("2026-01-07", clinic_text(clinic, "members[1].left"));
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_int_equal(0, clinic_count(clinic, "sessions"));
}

static void
a_meeting_is_put_down_late(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    make(staff);
    open_member(clinic, second);
    clinic_day(clinic, 17);
    clinic_total(clinic, second, "outcome", 20);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'date': '%s', "
              "'there': ['%s', '%s']}", clinic_date(16, date), staff->code,
              second);
    assert_reply(clinic, "meetings[0].there", 2);
    /* Between sessions that have their numbers there is room for none. */
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_int_equal(1, clinic_count(clinic, "sessions"));
    assert_true(clinic_true(clinic, "groups[0].meetings[0].there"));
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(1, clinic_count(clinic, "sessions"));
}

static void
a_session_of_the_day_stays_what_it_was_for_who_was_not_there(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char second[KOR_CLIENT_CODE_SIZE], third[KOR_CLIENT_CODE_SIZE];
    make(staff);
    open_member(clinic, second);
    open_member(clinic, third);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': "
              "'cancelled-client'}", second);
    clinic_total(clinic, third, "outcome", 20);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_reply(clinic, "meetings[0].there", 1);
    clinic_ok(clinic, "show", "{'code': '%s'}", second);
    assert_string_equal("cancelled-client",
                        clinic_text(clinic, "sessions[0].status"));
    clinic_ok(clinic, "show", "{'code': '%s'}", third);
    assert_string_equal("held", clinic_text(clinic, "sessions[0].status"));
}

static void
who_led_the_group_held_the_session(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    make(staff);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session "
                                           "WHERE held_by = 'colleague'"));
}

static void
a_group_has_bounds(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    make(staff);
    /* The one who left comes back on a later day alone. */
    clinic_ok(clinic, "group.leave", "{'name': 'monday', 'code': '%s', "
              "'reason': 'x'}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "group.join",
                   "{'name': 'monday', 'code': '%s'}", staff->code);
    clinic_day(clinic, 1);
    join(clinic, staff->code);
    for (int i = 1; i < 64; i++) {
        clinic_open(clinic, code);
        join(clinic, code);
    }
    clinic_open(clinic, code);
    clinic_refused(clinic, KOR_CONFLICT, "name", "group.join",
                   "{'name': 'monday', 'code': '%s'}", code);
    /* All of them can be there. */
    struct kor_buf all = {0};
    clinic_ok(clinic, "group.show", "{'name': 'monday'}");
    for (size_t i = 1; i < clinic_count(clinic, "members"); i++) {
        char path[40];
        snprintf(path, sizeof path, "members[%zu].code", i);
        kor_buf_printf(&all, "%s'%s'", i > 1 ? ", " : "",
                       clinic_text(clinic, path));
    }
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': [%s], "
              "'homework': [%s]}", kor_buf_text(&all), kor_buf_text(&all));
    assert_reply(clinic, "meetings[0].there", 64);
    kor_buf_done(&all);
}

static void
what_cannot_be_is_refused(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    make(staff);
    clinic_refused(clinic, KOR_DUPLICATE, "name", "group.add",
                   "{'name': 'monday', 'unit': 'clinic'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "kind", "group.add",
                   "{'name': 'b', 'unit': 'clinic', 'kind': 'crowd'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "second", "group.add",
                   "{'name': 'b', 'unit': 'clinic', 'second': 'owner'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "second", "group.add",
                   "{'name': 'b', 'unit': 'clinic', 'second': 'nobody'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "name", "group.add",
                   "{'name': 'Monday Group', 'unit': 'clinic'}");
    clinic_refused(clinic, KOR_DUPLICATE, "code", "group.join",
                   "{'name': 'monday', 'code': '%s'}", staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "meeting.hold",
                   "{'name': 'monday', 'date': '%s'}", clinic_date(1, date));
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "meeting.hold",
                   "{'name': 'monday'}");
    clinic_ok(clinic, "group.add", "{'name': 'empty', 'unit': 'clinic'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "meeting.hold",
                   "{'name': 'empty'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "group.show",
                   "{'name': 'tuesday'}");
}

static void
tasks_are_taken_on_and_done(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    make(staff);
    clinic_ok(clinic, "task.add", "{'name': 'monday', 'text': 'copies', "
              "'who': 'colleague', 'until': '%s'}", clinic_date(3, date));
    double id = clinic_num(clinic, "tasks[0].id");
    assert_false(clinic_true(clinic, "tasks[0].overdue"));
    clinic_day(clinic, 4);
    clinic_ok(clinic, "group.show", "{'name': 'monday'}");
    assert_true(clinic_true(clinic, "tasks[0].overdue"));
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "task.done",
                   "{'name': 'monday', 'id': 999}");
    clinic_ok(clinic, "task.done", "{'name': 'monday', 'id': %.0f}", id);
    assert_int_equal(0, clinic_count(clinic, "tasks"));
}

static void
leaders_look_and_so_does_the_staff_of_the_unit(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    make(staff);
    clinic_ok(clinic, "group.show", "{'name': 'monday'}");
    assert_true(clinic_has(clinic, "remarks", "few-members"));
    assert_false(clinic_has(clinic, "remarks", "one-leader"));
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "group.show", "{'name': 'monday'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "group.join",
                   "{'name': 'monday', 'code': '%s'}", staff->code);
    staff_act(staff, &staff->head); /* Supervises the unit. */
    clinic_ok(clinic, "group.list", "{}");
    assert_int_equal(1, clinic_count(clinic, "groups"));
    clinic_ok(clinic, "group.show", "{'name': 'monday'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "meeting.hold",
                   "{'name': 'monday'}");
    staff_act(staff, &staff->guest); /* Of another unit. */
    clinic_ok(clinic, "group.list", "{}");
    assert_int_equal(0, clinic_count(clinic, "groups"));
    assert_int_equal(clinic_ask(clinic, "group.show", "{'name': 'monday'}"),
                     KOR_FORBIDDEN);
    /* Everybody in it is noted. */
    assert_int_equal(3, clinic_n_logged(clinic,
                                        "action = 'group.show' AND people = "
                                        "x'0100000000000000'"));
}

/* What was cancelled was held after all, in the group. */
static void
who_was_there_after_all_was_with_the_leader(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    make(staff);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': "
              "'cancelled-client'}", staff->code);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session "
                                           "WHERE status = 'held' AND "
                                           "held_by = 'colleague'"));
}

static void
nobody_leaves_before_a_meeting_that_they_were_at(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    make(staff);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "meeting.hold", "{'name': 'monday', 'there': ['%s']}",
              staff->code);
    clinic_day(clinic, 9);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "group.leave",
                   "{'name': 'monday', 'code': '%s', 'date': '%s', 'reason': "
                   "'x'}", staff->code, clinic_date(6, date));
    clinic_ok(clinic, "group.leave",
              "{'name': 'monday', 'code': '%s', 'date': '%s', 'reason': "
              "'x'}", staff->code, clinic_date(7, date));
}

static void
an_episode_is_in_so_many_groups(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char name[32];
    make(staff);
    for (int i = 2; i <= 100; i++) {
        snprintf(name, sizeof name, "group-%d", i);
        clinic_ok(clinic, "group.add", "{'name': '%s', 'unit': 'clinic'}",
                  name);
        if (i < 100) {
            clinic_ok(clinic, "group.join", "{'name': '%s', 'code': '%s'}",
                      name, staff->code);
        }
    }
    clinic_refused(clinic, KOR_CONFLICT, "code", "group.join",
                   "{'name': 'group-100', 'code': '%s'}", staff->code);
}

static void
an_unknown_group_is_said_to_be_one(void **state)
{
    struct staff *staff = *state;
    staff_act(staff, &staff->owner);
    clinic_refused(staff->clinic, KOR_NOT_FOUND, "name", "task.done",
                   "{'name': 'nowhere', 'id': 1}");
    assert_non_null(strstr(staff->clinic->call.err.text, "'nowhere'"));
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, staff_set_up, staff_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_meeting_is_a_session_of_everybody_who_was_in_the_group),
        T(who_left_is_in_no_later_meeting),
        T(the_group_round_a_client_is_erased_with_the_client),
        T(what_cannot_be_is_refused),
        T(tasks_are_taken_on_and_done),
        T(leaders_look_and_so_does_the_staff_of_the_unit),
        T(who_has_ended_is_in_no_later_meeting),
        T(a_meeting_is_put_down_late),
        T(a_session_of_the_day_stays_what_it_was_for_who_was_not_there),
        T(who_led_the_group_held_the_session),
        T(a_group_has_bounds),
        T(an_unknown_group_is_said_to_be_one),
        T(who_was_there_after_all_was_with_the_leader),
        T(nobody_leaves_before_a_meeting_that_they_were_at),
        T(an_episode_is_in_so_many_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: clients come into other hands - who may, who sees them then, and
 * what is on record of it. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

static void
give(struct staff *staff, const char *to)
{
    clinic_ok(staff->clinic, "handover",
              "{'code': '%s', 'to': '%s', 'reason': 'new post'}",
              staff->code, to);
}

static void
cover(struct staff *staff, const char *by, int until)
{
    char date[KOR_DATE_SIZE];
    clinic_ok(staff->clinic, "cover",
              "{'code': '%s', 'by': '%s', 'until': '%s', "
              "'reason': 'holiday'}",
              staff->code, by, clinic_date(until, date));
}

static int64_t
n_hands(const struct staff *staff)
{
    return clinic_sql(staff->clinic, "SELECT count(*) FROM hand_over");
}

/* --- whose unit it is ------------------------------------------------------ */

/* A therapist of the unit "north", as caller. */
static void
be_of_north(struct staff *staff)
{
    struct clinic *clinic = staff->clinic;
    clinic_unit(clinic, "north", "/clinic/");
    (void)clinic_actor(clinic, "nina", STAFF_THERAPIST);
    clinic_move(clinic, "north");
}

static void
a_client_is_in_the_unit_of_the_therapist(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    be_of_north(staff);
    clinic_open(clinic, code);
    assert_string_equal("north", clinic_text(clinic, "unit"));
    clinic_refused(clinic, KOR_BAD_VALUE, "unit", "open",
                   "{'unit': 'other'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "unit", "open",
                   "{'unit': 'clinic'}");
    /* The unit's duty person sees what cannot wait, and no other's does. */
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[1,1,1,1,1,1,1,1,2]}]}", code);
    (void)clinic_actor(clinic, "duty", KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    clinic_move(clinic, "north");
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_move(clinic, "other");
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

static void
a_client_goes_along_to_the_unit_of_a_new_owner(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    be_of_north(staff);
    const struct kor_caller nina = clinic->caller;
    staff_act(staff, &staff->owner);
    give(staff, "nina");
    assert_string_equal("north", clinic_text(clinic, "unit"));
    staff_act(staff, &nina);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("unit", clinic_text(clinic, "hands[0].kind"));
    assert_string_equal("clinic", clinic_text(clinic, "hands[0].from"));
    assert_string_equal("north", clinic_text(clinic, "hands[0].to"));
    /* To somebody of the whole clinic it stays where it is. */
    give(staff, "colleague");
    assert_string_equal("north", clinic_text(clinic, "unit"));
    clinic_restart(clinic);
    staff_act(staff, &staff->colleague);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("north", clinic_text(clinic, "episode[0].unit"));
}

static void
who_comes_back_to_another_therapist_is_in_that_ones_unit(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    be_of_north(staff);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'moved'}", staff->code);
    staff_act(staff, &staff->head);
    clinic_ok(clinic, "reopen", "{'code': '%s', 'therapist': 'nina'}",
              staff->code);
    assert_string_equal("north", clinic_text(clinic, "unit"));
}

/* --- handing over --------------------------------------------------------- */

static void
a_client_who_is_handed_over_is_the_new_owners_alone(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner);
    clinic_total(clinic, staff->code, "outcome", 20);
    give(staff, "colleague");
    assert_string_equal("colleague", clinic_text(clinic, "therapist"));
    assert_false(staff_sees(staff, &staff->owner));
    assert_true(staff_sees(staff, &staff->colleague));
    /* What is kept in memory has followed. */
    clinic_day(clinic, 1);
    clinic_total(clinic, staff->code, "outcome", 21);
    staff_act(staff, &staff->owner);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'status': 'held'}", staff->code);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
    clinic_restart(clinic);
    assert_false(staff_sees(staff, &staff->owner));
    assert_true(staff_sees(staff, &staff->colleague));
}

static void
who_when_and_why_are_on_record_and_shown(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char sql[400], date[KOR_DATE_SIZE];
    staff_act(staff, &staff->owner);
    cover(staff, "colleague", 3);
    clinic_day(clinic, 1);
    staff_act(staff, &staff->head);
    give(staff, "colleague");
    clinic_ok(clinic, "supervise", "{'code': '%s', 'by': 'guest', "
              "'reason': 'other method'}", staff->code);
    clinic_ok(clinic, "caseload", "{}"); /* Not the head's any more. */
    assert_int_equal(0, clinic_count(clinic, "clients"));
    staff_act(staff, &staff->guest);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_int_equal(4, clinic_count(clinic, "hands"));
    assert_string_equal("guest", clinic_text(clinic,
                                             "episode[0].supervisor"));
    assert_string_equal("supervisor", clinic_text(clinic, "hands[0].kind"));
    assert_string_equal("", clinic_text(clinic, "hands[0].from"));
    assert_string_equal("guest", clinic_text(clinic, "hands[0].to"));
    assert_string_equal("owner", clinic_text(clinic, "hands[1].kind"));
    assert_string_equal("owner", clinic_text(clinic, "hands[1].from"));
    assert_string_equal("colleague", clinic_text(clinic, "hands[1].to"));
    assert_string_equal("new post", clinic_text(clinic, "hands[1].reason"));
    assert_string_equal("head", clinic_text(clinic, "hands[1].by"));
    assert_reply(clinic, "hands[1].at_ms", (double)clinic->now_ms);
    /* The cover was for the owner before. */
    assert_string_equal("cover", clinic_text(clinic, "hands[2].kind"));
    assert_string_equal("", clinic_text(clinic, "hands[2].to"));
    assert_string_equal("colleague", clinic_text(clinic, "hands[3].to"));
    assert_string_equal(clinic_date(3, date),
                        clinic_text(clinic, "hands[3].until"));
    assert_string_equal("", clinic_text(clinic, "episode[0].cover"));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM access_log WHERE action = 'handover' AND "
             "code = '%s' AND reason = 'new post' AND object = 'colleague' "
             "AND ground = 'supervision' AND name = 'head'", staff->code);
    assert_int_equal(1, clinic_sql(clinic, sql));
}

static void
the_feed_tells_both_and_the_supervisor(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    staff_act(staff, &staff->owner);
    give(staff, "colleague");
    assert_int_equal(1, staff_hears(staff, &staff->owner, seq));
    assert_string_equal("handover", clinic_text(clinic, "events[0].verb"));
    assert_string_equal("owner", clinic_text(clinic, "events[0].by"));
    assert_string_equal(staff->code, clinic_text(clinic, "events[0].code"));
    assert_int_equal(1, staff_hears(staff, &staff->colleague, seq));
    assert_int_equal(1, staff_hears(staff, &staff->head, seq));
    assert_int_equal(0, staff_hears(staff, &staff->guest, seq));
    staff_act(staff, &staff->colleague);
    cover(staff, "owner", 2);
    clinic_ok(clinic, "cover", "{'code': '%s', 'off': true, "
              "'reason': 'back'}", staff->code);
    assert_int_equal(3, staff_hears(staff, &staff->owner, seq));
    staff_act(staff, &staff->colleague);
    clinic_total(clinic, staff->code, "outcome", 20);
    assert_int_equal(4, staff_hears(staff, &staff->colleague, seq));
    assert_int_equal(3, staff_hears(staff, &staff->owner, seq));
}

/* --- standing in ---------------------------------------------------------- */

static void
a_cover_ends_by_itself_after_its_last_day(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    staff_act(staff, &staff->owner);
    clinic_total(clinic, staff->code, "outcome", 20);
    cover(staff, "colleague", 2);
    assert_string_equal("colleague", clinic_text(clinic, "cover"));
    assert_string_equal(clinic_date(2, date),
                        clinic_text(clinic, "cover_until"));
    clinic_day(clinic, 2);
    assert_true(staff_sees(staff, &staff->owner));
    assert_true(staff_sees(staff, &staff->colleague));
    clinic_total(clinic, staff->code, "outcome", 21);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(1, clinic_count(clinic, "clients"));
    /* The last minute of the day in Oslo, and the first of the next. */
    clinic->now_ms = KIT_MS + 3 * 86400000LL - 9 * 3600000LL - 1;
    assert_true(staff_sees(staff, &staff->colleague));
    clinic->now_ms += 1;
    assert_false(staff_sees(staff, &staff->colleague));
    static const char *const asked[] = {
        "'status': 'held'", "'answers': [{'scale': 'outcome', 'total': 3}]"};
    for (size_t i = 0; i < KOR_LENGTH(asked); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                       "{'code': '%s', %s}", staff->code, asked[i]);
    }
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "close",
                   "{'code': '%s', 'ending': 'planned', 'reason': 'x'}",
                   staff->code);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_string_equal("", clinic_text(clinic, "episode[0].cover"));
    clinic_refused(clinic, KOR_CONFLICT, "off", "cover",
                   "{'code': '%s', 'off': true, 'reason': 'back'}",
                   staff->code);
}

static void
who_stands_in_gives_nothing_away(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char date[KOR_DATE_SIZE];
    staff_act(staff, &staff->owner);
    cover(staff, "colleague", 2);
    staff_act(staff, &staff->colleague);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "handover",
                   "{'code': '%s', 'to': 'colleague', 'reason': 'mine'}",
                   staff->code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "cover",
                   "{'code': '%s', 'by': 'colleague', 'until': '%s', "
                   "'reason': 'longer'}", staff->code, clinic_date(300, date));
    clinic_refused(clinic, KOR_FORBIDDEN, "from", "handover.all",
                   "{'from': 'owner', 'to': 'colleague', 'reason': 'x'}");
    assert_int_equal(1, n_hands(staff));
}

static void
a_cover_can_be_ended_and_given_to_another(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    struct kor_caller third = clinic_actor(clinic, "third", STAFF_THERAPIST);
    staff_act(staff, &staff->owner);
    cover(staff, "colleague", 9);
    staff_act(staff, &staff->head);
    cover(staff, "third", 9);
    assert_false(staff_sees(staff, &staff->colleague));
    assert_true(staff_sees(staff, &third));
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "cover", "{'code': '%s', 'off': true, "
              "'reason': 'back'}", staff->code);
    assert_false(staff_sees(staff, &third));
}

/* --- supervising ---------------------------------------------------------- */

static void
a_named_supervisor_takes_the_place_of_the_units(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    assert_true(staff_sees(staff, &staff->head));
    assert_false(staff_sees(staff, &staff->guest));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "supervise",
                   "{'code': '%s', 'by': 'guest', 'reason': 'mine'}",
                   staff->code);
    staff_act(staff, &staff->owner); /* Nobody chooses the own supervisor. */
    clinic_refused(clinic, KOR_FORBIDDEN, "", "supervise",
                   "{'code': '%s', 'by': 'guest', 'reason': 'nicer'}",
                   staff->code);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "supervise", "{'code': '%s', 'by': 'guest', "
              "'reason': 'method'}", staff->code);
    assert_false(staff_sees(staff, &staff->head));
    assert_true(staff_sees(staff, &staff->guest));
    clinic_refused(clinic, KOR_CONFLICT, "by", "supervise",
                   "{'code': '%s', 'by': 'guest', 'reason': 'again'}",
                   staff->code);
    clinic_ok(clinic, "supervise", "{'code': '%s', 'unit': true, "
              "'reason': 'done'}", staff->code);
    assert_true(staff_sees(staff, &staff->head));
    assert_false(staff_sees(staff, &staff->guest));
}

/* --- who may not ---------------------------------------------------------- */

static void
nobody_hands_over_what_is_not_theirs(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const struct {
        enum kor_actor_role role;
        const char *field;
    } others[] = {
        {KOR_ACTOR_THERAPIST, "code"}, {KOR_ACTOR_LEADER, ""},
        {KOR_ACTOR_OPERATOR, ""},      {KOR_ACTOR_RESEARCHER, ""},
        {KOR_ACTOR_AUDITOR, ""},       {KOR_ACTOR_DUTY, ""},
        {KOR_ACTOR_CLIENT, ""},
    };
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        char name[33];
        snprintf(name, sizeof name, "other-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(others[i].role));
        clinic_refused(clinic, KOR_FORBIDDEN, others[i].field, "handover",
                       "{'code': '%s', 'to': 'colleague', 'reason': 'x'}",
                       staff->code);
        clinic_refused(clinic, KOR_FORBIDDEN, others[i].field, "cover",
                       "{'code': '%s', 'by': 'colleague', "
                       "'until': '2026-01-06', 'reason': 'x'}", staff->code);
    }
    staff_act(staff, &staff->guest); /* Of another unit. */
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "handover",
                   "{'code': '%s', 'to': 'colleague', 'reason': 'x'}",
                   staff->code);
    assert_int_equal(0, n_hands(staff));
    assert_true(staff_sees(staff, &staff->owner));
}

/* Units are told apart by their whole names. */
static void
a_unit_whose_name_begins_alike_is_another(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_unit(clinic, "clin", "/");
    clinic_unit(clinic, "north", "/clinic/");
    clinic_unit(clinic, "north-2", "/clinic/");
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "open", "{'unit': 'north-2'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_actor(clinic, "near", STAFF_ADMINISTRATOR | STAFF_SUPERVISOR);
    static const char *const near[] = {"clin", "north"};
    for (size_t i = 0; i < KOR_LENGTH(near); i++) {
        clinic_move(clinic, near[i]);
        clinic_refused(clinic, KOR_FORBIDDEN, "code", "handover",
                       "{'code': '%s', 'to': 'colleague', 'reason': 'x'}",
                       code);
        clinic_refused(clinic, KOR_NOT_FOUND, "from", "handover.all",
                       "{'from': 'owner', 'to': 'colleague', "
                       "'reason': 'x'}");
    }
    clinic_move(clinic, "north-2");
    clinic_ok(clinic, "handover.all", "{'from': 'owner', "
              "'to': 'colleague', 'reason': 'x'}");
    assert_reply(clinic, "episodes", 1);
    assert_reply(clinic, "others", 1);
    assert_true(staff_sees(staff, &staff->owner)); /* The one in the clinic. */
}

static void
only_who_works_here_in_the_role_is_given_a_client(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const struct {
        const char *name;
        enum kor_code code;
    } wrong[] = {
        {"nobody", KOR_NOT_FOUND},   {"gone", KOR_NOT_FOUND},
        {"Colleague", KOR_NOT_FOUND}, {"office", KOR_BAD_VALUE},
        {"leader", KOR_BAD_VALUE},
    };
    char client[KOR_CLIENT_CODE_SIZE];
    clinic_actor(clinic, "gone", STAFF_THERAPIST | STAFF_SUPERVISOR);
    kit_sql(clinic->config.store_path,
            "UPDATE account SET left_ms = 1 WHERE name = 'gone'");
    clinic_actor(clinic, "leader", KOR_ROLE_BIT(KOR_ACTOR_LEADER));
    staff_act(staff, &staff->owner);
    clinic_open(clinic, client);
    clinic_client(clinic, client);
    staff_act(staff, &staff->head);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, wrong[i].code, "to", "handover",
                       "{'code': '%s', 'to': '%s', 'reason': 'x'}",
                       staff->code, wrong[i].name);
        clinic_refused(clinic, wrong[i].code, "to", "handover.all",
                       "{'from': 'owner', 'to': '%s', 'reason': 'x'}",
                       wrong[i].name);
        clinic_refused(clinic, wrong[i].code, "by", "cover",
                       "{'code': '%s', 'by': '%s', 'until': '2026-01-06', "
                       "'reason': 'x'}", staff->code, wrong[i].name);
        clinic_refused(clinic, wrong[i].code, "by", "supervise",
                       "{'code': '%s', 'by': '%s', 'reason': 'x'}",
                       staff->code, wrong[i].name);
        clinic_refused(clinic, wrong[i].code, "therapist", "open",
                       "{'therapist': '%s'}", wrong[i].name);
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "to", "handover",
                   "{'code': '%s', 'to': '%s', 'reason': 'x'}", staff->code,
                   client);
    clinic_refused(clinic, KOR_BAD_VALUE, "by", "cover",
                   "{'code': '%s', 'by': '%s', 'until': '2026-01-06', "
                   "'reason': 'x'}", staff->code, client);
    clinic_refused(clinic, KOR_BAD_VALUE, "by", "supervise",
                   "{'code': '%s', 'by': 'colleague', 'reason': 'x'}",
                   staff->code);
    clinic_refused(clinic, KOR_BAD_VALUE, "to", "handover",
                   "{'code': '%s', 'to': 'head', 'reason': 'x'}",
                   staff->code);
    assert_int_equal(0, n_hands(staff));
}

static void
bad_input_is_refused_by_name_and_leaves_nothing(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const struct {
        enum kor_code code;
        const char *field, *verb, *body;
    } bad[] = {
        {KOR_CONFLICT, "to", "handover", "'to': 'owner', 'reason': 'x'"},
        {KOR_BAD_VALUE, "reason", "handover", "'to': 'colleague'"},
        {KOR_BAD_VALUE, "reason", "handover",
         "'to': 'colleague', 'reason': ''"},
        {KOR_BAD_VALUE, "reason", "cover",
         "'by': 'colleague', 'until': '2026-01-06'"},
        {KOR_BAD_VALUE, "until", "cover",
         "'by': 'colleague', 'reason': 'x'"},
        {KOR_BAD_VALUE, "until", "cover",
         "'by': 'colleague', 'until': '2026-01-04', 'reason': 'x'"},
        {KOR_BAD_VALUE, "until", "cover",
         "'by': 'colleague', 'until': '2027-01-07', 'reason': 'x'"},
        {KOR_CONFLICT, "by", "cover",
         "'by': 'owner', 'until': '2026-01-06', 'reason': 'x'"},
        {KOR_BAD_VALUE, "by", "cover", "'reason': 'x'"},
        {KOR_BAD_VALUE, "off", "cover",
         "'by': 'colleague', 'off': true, 'reason': 'x'"},
        {KOR_CONFLICT, "off", "cover", "'off': true, 'reason': 'x'"},
        {KOR_BAD_VALUE, "by", "supervise", "'reason': 'x'"},
        {KOR_BAD_VALUE, "by", "supervise",
         "'by': 'guest', 'unit': true, 'reason': 'x'"},
        {KOR_CONFLICT, "by", "supervise", "'unit': true, 'reason': 'x'"},
    };
    staff_act(staff, &staff->head);
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        clinic_refused(clinic, bad[i].code, bad[i].field, bad[i].verb,
                       "{'code': '%s', %s}", staff->code, bad[i].body);
    }
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "handover",
                   "{'code': '3333-3333', 'to': 'colleague', "
                   "'reason': 'x'}");
    clinic_refused(clinic, KOR_CONFLICT, "to", "handover.all",
                   "{'from': 'owner', 'to': 'owner', 'reason': 'x'}");
    assert_int_equal(0, n_hands(staff));
    /* The longest cover there is. */
    cover(staff, "colleague", 366);
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", staff->code);
    clinic_refused(clinic, KOR_CONFLICT, "code", "cover",
                   "{'code': '%s', 'by': 'colleague', "
                   "'until': '2026-01-06', 'reason': 'x'}", staff->code);
}

/* --- all at once ---------------------------------------------------------- */

static void
all_of_somebody_who_leaves_goes_in_one_commit(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char ended[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    staff_act(staff, &staff->owner);
    clinic_open(clinic, other);
    clinic_open(clinic, ended);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", ended);
    clinic_total(clinic, staff->code, "outcome", 20); /* In memory. */
    clinic_ok(clinic, "handover.all", "{'from': 'owner', "
              "'to': 'colleague', 'reason': 'leaves'}");
    assert_reply(clinic, "episodes", 2);
    assert_reply(clinic, "others", 0);
    assert_reply(clinic, "supervised", 0);
    assert_reply(clinic, "next", NAN);
    assert_false(staff_sees(staff, &staff->owner));
    assert_true(staff_sees(staff, &staff->colleague));
    clinic_total(clinic, other, "outcome", 20);
    assert_int_equal(2, n_hands(staff));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'handover.all' AND object = "
                                   "'owner' AND reason = 'leaves' AND people "
                                   "= x'01000000000000000200000000000000'"));
    staff_act(staff, &staff->owner); /* The closed one has stayed. */
    clinic_ok(clinic, "show", "{'code': '%s'}", ended);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    size_t last = clinic_count(clinic, "events") - 1;
    char path[40];
    snprintf(path, sizeof path, "events[%zu].verb", last);
    assert_string_equal("handover.all", clinic_text(clinic, path));
    snprintf(path, sizeof path, "events[%zu].code", last);
    assert_string_equal("", clinic_text(clinic, path));
    staff_act(staff, &staff->guest);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_int_equal(0, clinic_count(clinic, "events"));
}

static void
who_was_named_to_supervise_leaves_that_to_the_unit(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->head);
    clinic_ok(clinic, "supervise", "{'code': '%s', 'by': 'guest', "
              "'reason': 'method'}", staff->code);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "handover.all", "{'from': 'guest', "
              "'to': 'colleague', 'reason': 'leaves'}");
    assert_reply(clinic, "episodes", 0);
    assert_reply(clinic, "supervised", 1);
    assert_true(staff_sees(staff, &staff->owner));
    assert_true(staff_sees(staff, &staff->head));
    assert_false(staff_sees(staff, &staff->guest));
    assert_false(staff_sees(staff, &staff->colleague));
}

static void
a_thousand_go_at_once_and_the_rest_when_asked_again(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    kit_sql(clinic->config.store_path,
            "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
            "SELECT i + 1 FROM n WHERE i < 1002) "
            "INSERT INTO person (code) SELECT 'made-' || i FROM n; "
            "INSERT INTO episode (person_id, number, pathway, unit, "
            "therapist, opened_date, ending) SELECT id, 1, 'talk', 'clinic', "
            "'owner', 20458, 'open' FROM person WHERE code LIKE 'made-%'");
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "handover.all", "{'from': 'owner', "
              "'to': 'colleague', 'reason': 'leaves'}");
    assert_reply(clinic, "episodes", 1000);
    assert_int_equal(1000, n_hands(staff));
    double next = clinic_num(clinic, "next");
    clinic_ok(clinic, "handover.all", "{'from': 'owner', "
              "'to': 'colleague', 'reason': 'leaves', 'after': %.0f}", next);
    assert_reply(clinic, "episodes", 3);
    assert_reply(clinic, "next", NAN);
    clinic_ok(clinic, "handover.all", "{'from': 'owner', "
              "'to': 'colleague', 'reason': 'leaves', 'after': %.0f}", next);
    assert_reply(clinic, "episodes", 0);
    clinic_refused(clinic, KOR_NOT_FOUND, "from", "handover.all",
                   "{'from': 'owner', 'to': 'colleague', 'reason': 'x'}");
}

/* --- asked again ---------------------------------------------------------- */

static enum kor_code
serve_as(struct clinic *clinic, const struct kor_caller *who,
         const char *frame, bool *is_repeat)
{
    clinic->caller = *who;
    struct kor_call *call = clinic_call(clinic, frame);
    assert_int_equal(kor_service_write(clinic->service, &call, 1), KOR_OK);
    enum kor_code code = call->code;
    *is_repeat = call->is_repeat;
    clinic_call_free(call);
    return code;
}

static void
a_request_that_comes_again_hands_over_once(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char frame[CLINIC_FRAME_SIZE];
    bool is_repeat;
    clinic_frame(frame, 500, "handover",
                 "{'code': '%s', 'to': 'colleague', 'reason': 'x'}",
                 staff->code);
    assert_int_equal(serve_as(clinic, &staff->owner, frame, &is_repeat),
                     KOR_OK);
    staff_act(staff, &staff->colleague);
    give(staff, "owner");
    staff_act(staff, &staff->owner);
    give(staff, "colleague");
    assert_int_equal(3, n_hands(staff));
    assert_int_equal(serve_as(clinic, &staff->owner, frame, &is_repeat),
                     KOR_OK);
    assert_true(is_repeat);
    assert_int_equal(3, n_hands(staff));
    assert_false(staff_sees(staff, &staff->owner));
    /* Somebody else's key with that id has asked for the first time. */
    assert_int_equal(serve_as(clinic, &staff->guest, frame, &is_repeat),
                     KOR_FORBIDDEN);
    assert_int_equal(3, n_hands(staff));
}

/* --- coming back ---------------------------------------------------------- */

static void
close_and_reopen(struct staff *staff, const char *more)
{
    clinic_ok(staff->clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", staff->code);
    clinic_ok(staff->clinic, "reopen", "{'code': '%s'%s}", staff->code, more);
}

static void
who_comes_back_keeps_the_supervisor_and_who_still_stands_in(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->head);
    cover(staff, "colleague", 5);
    clinic_ok(clinic, "supervise", "{'code': '%s', 'by': 'guest', "
              "'reason': 'method'}", staff->code);
    staff_act(staff, &staff->colleague);
    close_and_reopen(staff, "");
    assert_string_equal("owner", clinic_text(clinic, "therapist"));
    assert_string_equal("colleague", clinic_text(clinic, "cover"));
    assert_string_equal("guest", clinic_text(clinic, "supervisor"));
    assert_true(staff_sees(staff, &staff->colleague));
    assert_reply(clinic, "episode[0].episode", 2);
    assert_true(staff_sees(staff, &staff->guest));
    assert_false(staff_sees(staff, &staff->head));
    clinic_restart(clinic);
    assert_true(staff_sees(staff, &staff->colleague));
    clinic_day(clinic, 6); /* It has ended in the new episode too. */
    assert_false(staff_sees(staff, &staff->colleague));
    staff_act(staff, &staff->owner);
    close_and_reopen(staff, "");
    assert_string_equal("", clinic_text(clinic, "cover"));
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM episode WHERE "
                                   "number = 3 AND cover IS NULL AND "
                                   "cover_until_date IS NULL AND "
                                   "supervisor = 'guest'"));
}

static void
a_cover_does_not_go_along_to_another_therapist(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    (void)clinic_actor(clinic, "third", STAFF_THERAPIST);
    staff_act(staff, &staff->owner);
    cover(staff, "third", 5);
    clinic_actor(clinic, "both", STAFF_SUPERVISOR | STAFF_ADMINISTRATOR);
    close_and_reopen(staff, ", 'therapist': 'colleague'");
    assert_string_equal("colleague", clinic_text(clinic, "therapist"));
    assert_string_equal("", clinic_text(clinic, "cover"));
    /* A supervisor who has gone supervises nobody: the unit's does. */
    clinic_ok(clinic, "supervise", "{'code': '%s', 'by': 'guest', "
              "'reason': 'method'}", staff->code);
    kit_sql(clinic->config.store_path,
            "UPDATE account SET left_ms = 1 WHERE name = 'guest'");
    close_and_reopen(staff, "");
    assert_string_equal("", clinic_text(clinic, "supervisor"));
    assert_true(staff_sees(staff, &staff->head));
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, staff_set_up, staff_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_client_is_in_the_unit_of_the_therapist),
        T(a_client_goes_along_to_the_unit_of_a_new_owner),
        T(who_comes_back_to_another_therapist_is_in_that_ones_unit),
        T(a_client_who_is_handed_over_is_the_new_owners_alone),
        T(who_when_and_why_are_on_record_and_shown),
        T(the_feed_tells_both_and_the_supervisor),
        T(a_cover_ends_by_itself_after_its_last_day),
        T(who_stands_in_gives_nothing_away),
        T(a_cover_can_be_ended_and_given_to_another),
        T(a_named_supervisor_takes_the_place_of_the_units),
        T(nobody_hands_over_what_is_not_theirs),
        T(a_unit_whose_name_begins_alike_is_another),
        T(only_who_works_here_in_the_role_is_given_a_client),
        T(bad_input_is_refused_by_name_and_leaves_nothing),
        T(all_of_somebody_who_leaves_goes_in_one_commit),
        T(who_was_named_to_supervise_leaves_that_to_the_unit),
        T(a_thousand_go_at_once_and_the_rest_when_asked_again),
        T(a_request_that_comes_again_hands_over_once),
        T(who_comes_back_keeps_the_supervisor_and_who_still_stands_in),
        T(a_cover_does_not_go_along_to_another_therapist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

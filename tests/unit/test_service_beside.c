/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a client with several open episodes - which one a code means. */

#include <stdio.h>
#include <string.h>

#include "support/clinic.h"
#include "support/staff.h"

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
    clinic_ok(clinic, "handover",
              "{'code': '%s/2', 'to': 'colleague', 'reason': 'x'}",
              staff->code);
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
    char key[16];
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
    clinic_refused(clinic, KOR_CONFLICT, "beside", "open",
                   "{'beside': '%s', 'pathway': 'beside-9'}", staff->code);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

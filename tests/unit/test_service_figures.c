/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: the figures are of the unit of whoever asks, and of nothing
 * beside it. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

/* The staff's client is at "clinic"; beside it seven more, of whom five have
 * ended, at "north", two at "north-2" and one at "other". */
static int
set_up(void **state)
{
    struct staff *staff = staff_new();
    struct clinic *clinic = staff->clinic;
    clinic_unit(clinic, "north", "/clinic/");
    clinic_unit(clinic, "north-2", "/clinic/");
    for (int i = 0; i < 10; i++) {
        char code[KOR_CLIENT_CODE_SIZE];
        clinic_ok(clinic, "open", "{'unit': '%s'}",
                  i < 7 ? "north" : i < 9 ? "north-2" : "other");
        strcpy(code, clinic_text(clinic, "code"));
        clinic_total(clinic, code, "outcome", 20);
        if (i < 5) {
            clinic_ok(clinic, "close", "{'code': '%s', 'ending': '%s', "
                      "'reason': 'x'}", code, i < 3 ? "planned"
                                                    : "unplanned");
        }
    }
    *state = staff;
    return 0;
}

/* A member of the figure 'name' in the last reply; NAN if it is not there. */
static double
figure(const struct clinic *clinic, const char *name, const char *member)
{
    for (size_t i = 0; i < clinic_count(clinic, "figures"); i++) {
        char path[64];
        snprintf(path, sizeof path, "figures[%zu].name", i);
        if (!strcmp(name, clinic_text(clinic, path))) {
            snprintf(path, sizeof path, "figures[%zu].%s", i, member);
            return clinic_num(clinic, path);
        }
    }
    fail_msg("no figure %s", name);
    return NAN;
}

static void
assert_counts(const struct clinic *clinic, const char *path, double episodes,
              double sessions)
{
    assert_string_equal(path, clinic_text(clinic, "unit"));
    assert_near(episodes, figure(clinic, "episodes", "value"), 0, 0);
    assert_near(sessions, figure(clinic, "sessions-held", "value"), 0, 0);
}

static void
they_are_of_the_askers_unit_and_those_below(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->owner); /* Of no unit: of the whole clinic. */
    clinic_ok(clinic, "clinic", "{}");
    assert_counts(clinic, "/", 11, 10);
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "clinic", "{}");
    assert_counts(clinic, "/clinic/", 10, 9);
    assert_near(0.6, figure(clinic, "planned-ending", "value"), 1e-12, 0);
    assert_near(5, figure(clinic, "planned-ending", "n"), 0, 0);
    staff_act(staff, &staff->guest);
    clinic_ok(clinic, "clinic", "{}");
    assert_counts(clinic, "/other/", 1, 1);
    static const enum kor_actor_role roles[]
        = {KOR_ACTOR_THERAPIST, KOR_ACTOR_SUPERVISOR, KOR_ACTOR_LEADER,
           KOR_ACTOR_ADMINISTRATOR};
    for (size_t i = 0; i < KOR_LENGTH(roles); i++) {
        char name[33];
        snprintf(name, sizeof name, "northern-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(roles[i]));
        clinic_move(clinic, "north");
        clinic_ok(clinic, "clinic", "{}");
        assert_counts(clinic, "/clinic/north/", 7, 7);
    }
}

static void
a_unit_within_can_be_asked_for_and_no_other(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    staff_act(staff, &staff->office);
    clinic_ok(clinic, "clinic", "{'unit': 'north'}");
    assert_counts(clinic, "/clinic/north/", 7, 7);
    clinic_ok(clinic, "clinic", "{'unit': 'north-2'}");
    assert_counts(clinic, "/clinic/north-2/", 2, 2);
    assert_near(NAN, figure(clinic, "planned-ending", "value"), 0, 0);
    clinic_ok(clinic, "clinic", "{'unit': 'clinic'}");
    assert_counts(clinic, "/clinic/", 10, 9);
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "clinic",
                   "{'unit': 'other'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "unit", "clinic",
                   "{'unit': 'nowhere'}");
    /* Above it, and beside it with a name that begins alike. */
    clinic_actor(clinic, "leader", KOR_ROLE_BIT(KOR_ACTOR_LEADER));
    clinic_move(clinic, "north");
    static const char *const outside[] = {"clinic", "north-2", "other"};
    for (size_t i = 0; i < KOR_LENGTH(outside); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "name", "clinic",
                       "{'unit': '%s'}", outside[i]);
    }
    assert_int_equal(3, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "name = 'leader' AND action = 'clinic' "
                                   "AND outcome = 'forbidden'"));
    clinic_ok(clinic, "clinic", "{}");
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "name = 'leader' AND action = 'clinic' "
                                   "AND ground = 'unit' AND unit = "
                                   "'/clinic/north/'"));
}

static void
others_have_no_figures(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const enum kor_actor_role roles[]
        = {KOR_ACTOR_CLIENT, KOR_ACTOR_OPERATOR, KOR_ACTOR_RESEARCHER,
           KOR_ACTOR_AUDITOR, KOR_ACTOR_DUTY};
    for (size_t i = 0; i < KOR_LENGTH(roles); i++) {
        char name[33];
        snprintf(name, sizeof name, "other-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(roles[i]));
        clinic_refused(clinic, KOR_FORBIDDEN, "", "clinic", "{}");
    }
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, staff_tear_down)
    const struct CMUnitTest tests[] = {
        T(they_are_of_the_askers_unit_and_those_below),
        T(a_unit_within_can_be_asked_for_and_no_other),
        T(others_have_no_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

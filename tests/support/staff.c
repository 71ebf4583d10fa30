/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small staff round one client: see staff.h. */

#include "support/staff.h"

#include <stdlib.h>

#include "kor/base/alloc.h"

struct staff *
staff_new(void)
{
    struct staff *staff = kor_alloc(sizeof *staff);
    struct clinic *clinic = staff->clinic = clinic_new();
    clinic_unit(clinic, "other", "/");
    (void)clinic_actor(clinic, "office", STAFF_ADMINISTRATOR);
    clinic_move(clinic, "clinic");
    staff->office = clinic->caller;
    (void)clinic_actor(clinic, "head", STAFF_SUPERVISOR);
    clinic_move(clinic, "clinic");
    staff->head = clinic->caller;
    (void)clinic_actor(clinic, "guest", STAFF_SUPERVISOR);
    clinic_move(clinic, "other");
    staff->guest = clinic->caller;
    staff->colleague = clinic_actor(clinic, "colleague", STAFF_THERAPIST);
    staff->owner = clinic_actor(clinic, "owner", STAFF_THERAPIST);
    clinic_open(clinic, staff->code);
    return staff;
}

void
staff_free(struct staff *staff)
{
    clinic_free(staff->clinic);
    free(staff);
}

int
staff_set_up(void **state)
{
    *state = staff_new();
    return 0;
}

int
staff_tear_down(void **state)
{
    staff_free(*state);
    return 0;
}

void
staff_act(struct staff *staff, const struct kor_caller *who)
{
    staff->clinic->caller = *who;
}

bool
staff_sees(struct staff *staff, const struct kor_caller *who)
{
    staff_act(staff, who);
    enum kor_code code
        = clinic_ask(staff->clinic, "show", "{'code': '%s'}", staff->code);
    assert_true(code == KOR_OK || code == KOR_FORBIDDEN);
    return code == KOR_OK;
}

size_t
staff_hears(struct staff *staff, const struct kor_caller *who, double seq)
{
    staff_act(staff, who);
    clinic_ok(staff->clinic, "since", "{'seq': %.0f}", seq);
    return clinic_count(staff->clinic, "events");
}

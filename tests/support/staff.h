/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_STAFF_H
#define TESTS_SUPPORT_STAFF_H 1

/* A made-up clinic with a small staff round one client: the therapist who owns
 * the episode, a colleague, a supervisor of the unit "clinic" (the head) and
 * one of the unit "other" (the guest), and an administrator of "clinic" (the
 * office).  Therapists belong to the whole clinic. */

#include "support/clinic.h"

#define STAFF_THERAPIST KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)
#define STAFF_SUPERVISOR KOR_ROLE_BIT(KOR_ACTOR_SUPERVISOR)
#define STAFF_ADMINISTRATOR KOR_ROLE_BIT(KOR_ACTOR_ADMINISTRATOR)

struct staff {
    struct clinic *clinic;
    struct kor_caller owner, colleague, head, guest, office;
    char code[KOR_CLIENT_CODE_SIZE];
};

/* Makes one, with the owner as caller; frees it with its clinic. */
struct staff *staff_new(void);
void staff_free(struct staff *staff);

/* What a cmocka test of one is set up and torn down with: *state is a
 * staff_new(). */
int staff_set_up(void **state);
int staff_tear_down(void **state);

/* Lets 'who' be the caller from now on. */
void staff_act(struct staff *staff, const struct kor_caller *who);

/* Lets 'who' ask for the client; whether the answer is there. */
bool staff_sees(struct staff *staff, const struct kor_caller *who);

/* How many changes 'who' hears of since 'seq'; they are the last reply. */
size_t staff_hears(struct staff *staff, const struct kor_caller *who,
                   double seq);

#endif /* tests/support/staff.h */

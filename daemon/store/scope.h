/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_SCOPE_H
#define STORE_SCOPE_H 1

/* Scope: whose episodes a list holds.  An episode is in it if one of the
 * relations holds. */

#include <stdbool.h>
#include <stdint.h>

struct kor_scope {
    const char *name;      /* Of the account; borrowed. */
    const char *unit_path; /* Its unit, "/" for the whole clinic. */
    int32_t today;         /* By which a cover still stands in. */
    bool is_own;           /* It owns the episode, or covers for the owner. */
    bool is_supervised;    /* It is the supervisor; where none is named, of
                              the unit. */
    bool is_duty;          /* Something waits to be talked about, in the
                              unit. */
};

#endif /* store/scope.h */

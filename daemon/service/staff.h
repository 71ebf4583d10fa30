/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_STAFF_H
#define SERVICE_STAFF_H 1

/* Staff: who can be given a client.  Whoever is has an account and works here,
 * in a role in which the client can be seen, so that no client is given to
 * nobody by a slip of the hand. */

#include "access/check.h"
#include "service/handlers.h"

/* KOR_OK if 'name' works here and 'relation' (owner, cover, supervisor) lets
 * it see a client; otherwise KOR_NOT_FOUND or KOR_BAD_VALUE at 'field'. */
KOR_NODISCARD enum kor_code kor_staff_check(struct kor_context *context,
                                            const char *name,
                                            const char *field,
                                            enum kor_relation relation);

/* Where an episode belongs whose owner 'name' is: to the unit that it is in,
 * if the owner is of it, or of one above it; to the owner's own otherwise.
 * Sets 'unit' and 'unit_path' of 'episode'; an empty unit is in none yet, and
 * becomes 'fallback' if the owner is of the whole clinic.  KOR_NOT_FOUND at
 * "unit" if that is not there. */
KOR_NODISCARD enum kor_code kor_staff_place(struct kor_context *context,
                                            const char *name,
                                            const char *fallback,
                                            struct kor_episode *episode);

#endif /* service/staff.h */

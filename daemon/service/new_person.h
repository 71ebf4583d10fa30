/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_NEW_PERSON_H
#define SERVICE_NEW_PERSON_H 1

/* A new person: a code, and at most a birth month and a gender. */

#include "service/handlers.h"

struct kor_new_person {
    const char *code;   /* As typed; "" makes a new one. */
    const char *born;   /* "YYYY-MM", or "". */
    const char *gender; /* female, male, other, or "". */
};

/* Checks 'wish', stores the person and fills in '*person'.  KOR_DUPLICATE if
 * the code is somebody's. */
KOR_NODISCARD enum kor_code
kor_new_person_add(struct kor_context *context,
                   const struct kor_new_person *wish,
                   struct kor_person *person);

#endif /* service/new_person.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_PEOPLE_H
#define CLIENT_LIB_PEOPLE_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/buf.h"

/* The people of a file, counted in the order in which they first come.  Empty
 * it with '= {0}', end with kor_people_done(). */
struct kor_people {
    struct kor_buf text; /* Their ids, each terminated. */
    size_t *starts;      /* Where each id begins in 'text'. */
    uint32_t *slots;     /* Hash table: person + 1, or 0. */
    size_t n_slots;      /* A power of two, more than twice 'n'. */
    uint32_t n;          /* How many people. */
    uint32_t last;       /* Who was found last; 0 at first. */
};

void kor_people_done(struct kor_people *people);

/* The number of the person 'id', from 0; a new one if it was not there. */
uint32_t kor_people_find(struct kor_people *people, const char *id);

/* The id of 'person'; lives until the next call of kor_people_find(). */
const char *kor_people_id(const struct kor_people *people, uint32_t person);

#endif /* client/lib/people.h */

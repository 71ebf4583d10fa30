/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People of a file: see client/lib/people.h. */

#include "lib/people.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

void
kor_people_done(struct kor_people *people)
{
    kor_buf_done(&people->text);
    free(people->starts);
    free(people->slots);
    memset(people, 0, sizeof *people);
}

/* FNV-1a, 64 bits. */
static size_t
hash(const char *id)
{
    uint64_t h = 14695981039346656037u;
    for (; *id; id++) {
        h = (h ^ (unsigned char)*id) * 1099511628211u;
    }
    return (size_t)(h ^ h >> 32);
}

/* The slot that holds 'id', or the empty one where it would go. */
static uint32_t *
slot_of(const struct kor_people *people, const char *id)
{
    size_t i = hash(id) & (people->n_slots - 1);
    while (people->slots[i]
           && strcmp(kor_people_id(people, people->slots[i] - 1), id)) {
        i = (i + 1) & (people->n_slots - 1);
    }
    return &people->slots[i];
}

static void
grow(struct kor_people *people)
{
    free(people->slots);
    people->n_slots = people->n_slots ? people->n_slots * 2 : 256;
    people->slots = kor_alloc_array(people->n_slots, sizeof *people->slots);
    people->starts = kor_realloc_array(people->starts, people->n_slots / 2,
                                       sizeof *people->starts);
    for (uint32_t i = 0; i < people->n; i++) {
        *slot_of(people, kor_people_id(people, i)) = i + 1;
    }
}

uint32_t
kor_people_find(struct kor_people *people, const char *id)
{
    /* Rows of one person mostly follow each other. */
    if (people->n > 0 && !strcmp(id, kor_people_id(people, people->last))) {
        return people->last;
    }
    if (2 * ((size_t)people->n + 1) > people->n_slots) {
        grow(people);
    }
    uint32_t *slot = slot_of(people, id);
    if (!*slot) {
        people->starts[people->n] = people->text.size;
        kor_buf_add(&people->text, id, strlen(id) + 1);
        *slot = ++people->n;
    }
    people->last = *slot - 1;
    return people->last;
}

const char *
kor_people_id(const struct kor_people *people, uint32_t person)
{
    return people->text.text + people->starts[person];
}

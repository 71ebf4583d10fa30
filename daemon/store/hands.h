/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_HANDS_H
#define STORE_HANDS_H 1

/* Hands: every time an episode came into other hands - its owner, who covers
 * for the owner, who supervises.  What holds now is in the episode itself. */

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

struct kor_hands {
    char kind[16];      /* owner, cover, supervisor or unit. */
    char from[33];      /* "": nobody; of a supervisor: that of the unit. */
    char to[33];        /* The same. */
    int32_t until_date; /* Last day of a cover, or KOR_NO_DATE. */
    char why[201];
    int64_t at_ms;
    int64_t actor_id;   /* Key that did it. */
    char by[33];        /* Read only: name of its account. */
};

/* Adds what happened to the episode. */
KOR_NODISCARD enum kor_code kor_store_hands_add(struct kor_store *store,
                                                int64_t episode_id,
                                                const struct kor_hands *hands,
                                                struct kor_err *err);

/* Stores in 'out' the last 'n_max' of the episode at most, the latest
 * first; their 'actor_id' is 0. */
KOR_NODISCARD enum kor_code
kor_store_hands_list(struct kor_store *store, int64_t episode_id,
                     size_t n_max, struct kor_hands out[], size_t *n,
                     struct kor_err *err);

#endif /* store/hands.h */

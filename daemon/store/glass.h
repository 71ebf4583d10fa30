/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GLASS_H
#define STORE_GLASS_H 1

/* Broken glass: somebody without a right to look had to, and said why. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/client_code.h"

struct kor_store;

struct kor_glass {
    int64_t id;
    int64_t account_id;              /* Who; 0 where it was read. */
    char by[33];                     /* Name of that account. */
    int64_t person_id;
    char code[KOR_CLIENT_CODE_SIZE]; /* Of that person. */
    char why[201];
    int64_t at_ms;
    int64_t until_ms;                /* It holds before that. */
};

/* Adds it and sets its id. */
KOR_NODISCARD enum kor_code kor_store_glass_add(struct kor_store *store,
                                                struct kor_glass *glass,
                                                struct kor_err *err);

/* Stores in 'out' at most 'n_max' of all with ids below 'before', from
 * 'since_ms' on, the latest first. */
KOR_NODISCARD enum kor_code
kor_store_glass_list(struct kor_store *store, int64_t before,
                     int64_t since_ms, size_t n_max, struct kor_glass out[],
                     size_t *n, struct kor_err *err);

/* The same for one person, whenever it was. */
KOR_NODISCARD enum kor_code
kor_store_glass_of(struct kor_store *store, int64_t person_id, size_t n_max,
                   struct kor_glass out[], size_t *n, struct kor_err *err);

/* Whether the account broke the glass for the person, and it holds at
 * 'now_ms'. */
KOR_NODISCARD enum kor_code kor_store_glass_is_broken(struct kor_store *store,
                                                      int64_t person_id,
                                                      int64_t account_id,
                                                      int64_t now_ms,
                                                      bool *is_broken,
                                                      struct kor_err *err);

#endif /* store/glass.h */

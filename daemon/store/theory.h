/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_THEORY_H
#define STORE_THEORY_H 1

/* What a client thinks will help: one line an episode, of which all versions
 * are kept. */

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/line.h"

struct kor_store;

struct kor_theory {
    int32_t version;
    char text[KOR_LINE_SIZE];
    int64_t at_ms;
    int64_t actor_id; /* Who wrote it down: only to write, */
    char by[33];      /* only when read. */
};

/* Adds the version theory->version, one above the last. */
KOR_NODISCARD enum kor_code
kor_store_theory_add(struct kor_store *store, int64_t episode_id,
                     const struct kor_theory *theory, struct kor_err *err);

/* Stores in 'out' at most 'n_max' versions, the latest first. */
KOR_NODISCARD enum kor_code
kor_store_theories(struct kor_store *store, int64_t episode_id, size_t n_max,
                   struct kor_theory out[], size_t *n, struct kor_err *err);

#endif /* store/theory.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_LOG_REVIEW_H
#define STORE_LOG_REVIEW_H 1

/* Spot checks of the access log: which rows were drawn, by whom, and what was
 * found. */

#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

struct kor_log_review {
    int64_t id;
    int64_t from_seq, to_seq; /* Drawn from these rows, */
    int64_t seed;             /* with this seed, */
    int32_t n_rows;           /* so many. */
    char finding[201];        /* "" while it is open. */
    int64_t at_ms;
    char name[33];            /* Read only: who drew them. */
};

/* Adds a review by the key 'actor_id' and sets its id. */
KOR_NODISCARD enum kor_code
kor_store_review_add(struct kor_store *store, struct kor_log_review *review,
                     int64_t actor_id, struct kor_err *err);

/* Calls 'each' for the review 'id', or for the newest thousand if 0. */
typedef void (*kor_review_fn)(void *to, const struct kor_log_review *review);
KOR_NODISCARD enum kor_code
kor_store_reviews(struct kor_store *store, int64_t id, kor_review_fn each,
                  void *to, struct kor_err *err);

/* Stores what was found in an open review. */
KOR_NODISCARD enum kor_code
kor_store_review_close(struct kor_store *store,
                       const struct kor_log_review *review, int64_t at_ms,
                       struct kor_err *err);

#endif /* store/log_review.h */

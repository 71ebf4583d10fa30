/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_DELETION_H
#define STORE_DELETION_H 1

/* Erasure: everything about a person goes, but for the rows of the access log
 * and one row that says that somebody was erased, when, by whom and why.
 *
 * What was stored is written over by SQLite (secure_delete); the write-ahead
 * log is emptied with kor_store_empty_wal(). */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/episode.h"

struct kor_store;

struct kor_deletion {
    char code[KOR_CLIENT_CODE_SIZE];
    int64_t at_ms;
};

/* Erases 'person' and stores that it was done, all in the running batch; by
 * the key 'actor_id', or 0 when a restored file is brought up to date. */
KOR_NODISCARD enum kor_code kor_store_erase(struct kor_store *store,
                                            const struct kor_person *person,
                                            const char *reason, int64_t at_ms,
                                            int64_t actor_id,
                                            struct kor_err *err);

/* Stores that the person with that code was erased, of whom nothing is there. */
KOR_NODISCARD enum kor_code
kor_store_deletion_add(struct kor_store *store, const char *code,
                       const char *reason, int64_t at_ms, int64_t actor_id,
                       struct kor_err *err);

/* Calls 'each' for everybody who was erased, in order. */
typedef void (*kor_deletion_fn)(void *to, const struct kor_deletion *deletion);
KOR_NODISCARD enum kor_code kor_store_deletions(struct kor_store *store,
                                                kor_deletion_fn each, void *to,
                                                struct kor_err *err);

/* Whether somebody with that code was erased. */
KOR_NODISCARD enum kor_code kor_store_is_deleted(struct kor_store *store,
                                                 const char *code,
                                                 bool *is_deleted,
                                                 struct kor_err *err);

/* Somebody of whom nothing was entered for long. */
struct kor_dormant {
    int64_t person_id;
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t last_date; /* Of the last session, or the end. */
};

/* Stores in 'out' at most 'n_max' people with ids above 'after' who have no
 * open episode and nothing entered on 'before' or later, all of whose episodes
 * are of units under 'unit_path'. */
KOR_NODISCARD enum kor_code
kor_store_dormant(struct kor_store *store, int64_t after, int32_t before,
                  const char *unit_path, size_t n_max,
                  struct kor_dormant out[], size_t *n, struct kor_err *err);

#endif /* store/deletion.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_STATE_H
#define STORE_STATE_H 1

/* How the file of a store is, for who looks after it. */

#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

struct kor_store_state {
    int schema;         /* Number of the last migration. */
    int64_t file_bytes; /* The database; 0 for one in memory. */
    int64_t log_bytes;  /* The write-ahead log beside it. */
    int64_t free_bytes; /* On their disk, for the user of the process. */
};

KOR_NODISCARD enum kor_code kor_store_state(struct kor_store *store,
                                            struct kor_store_state *state,
                                            struct kor_err *err);

#endif /* store/state.h */

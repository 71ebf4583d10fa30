/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H 1

/* Imports: a file that comes in batches.  Its episodes are invisible until it
 * is finished, and a broken-off import goes on where it stopped. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/client_code.h"

struct kor_store;

struct kor_import {
    int64_t id;
    int64_t n_rows;   /* How many rows the file has. */
    int64_t next_row; /* How many have arrived. */
    bool is_finished;
};

/* Finds the import of the file with that hash, or adds it. */
KOR_NODISCARD enum kor_code
kor_store_import_begin(struct kor_store *store, const char *name,
                       const char *hash, int64_t n_rows, bool is_made_up,
                       int64_t at_ms, struct kor_import *import,
                       struct kor_err *err);

/* Loads the import 'id'; KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code kor_store_import_load(struct kor_store *store,
                                                  int64_t id,
                                                  struct kor_import *import,
                                                  struct kor_err *err);

/* Stores that 'next_row' rows have arrived; that all is there. */
KOR_NODISCARD enum kor_code kor_store_import_advance(struct kor_store *store,
                                                     int64_t id,
                                                     int64_t next_row,
                                                     struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_import_finish(struct kor_store *store,
                                                    int64_t id, int64_t at_ms,
                                                    struct kor_err *err);

/* The episode that the file's 'person' became; KOR_NOT_FOUND. */
KOR_NODISCARD enum kor_code
kor_store_import_person_find(struct kor_store *store, int64_t import_id,
                             const char *person, int64_t *episode_id,
                             struct kor_err *err);

/* Stores which episode the file's 'person' became. */
KOR_NODISCARD enum kor_code
kor_store_import_person_add(struct kor_store *store, int64_t import_id,
                            const char *person, int64_t episode_id,
                            struct kor_err *err);

/* Calls 'each' for at most 1,000 people of an import with rows above 'after',
 * in order. */
typedef void (*kor_import_person_fn)(void *to, int64_t row,
                                     const char *person, const char *code,
                                     int64_t person_id);
KOR_NODISCARD enum kor_code
kor_store_import_codes(struct kor_store *store, int64_t import_id,
                       int64_t after, kor_import_person_fn each, void *to,
                       struct kor_err *err);

#endif /* store/import.h */

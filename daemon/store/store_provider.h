/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_STORE_PROVIDER_H
#define STORE_STORE_PROVIDER_H 1

/* What the files of this room know of a store; nobody else includes it. */

#include <sqlite3.h>

#include "store/sql.h"
#include "store/store.h"

struct kor_store {
    sqlite3 *db;
    bool is_reader;                 /* It only reads and never checkpoints. */
    bool has_failed;                /* A statement failed in this batch, */
    bool was_full;                  /* for want of room. */
    int wal_pages;                  /* In the WAL after the last commit. */
    sqlite3_stmt *stmts[KOR_N_SQL]; /* Prepared when first used. */
};

/* Turns SQLite's 'rc' into a code and a sentence; 'doing' is for operators.
 * Marks the batch as failed. */
enum kor_code kor_store_failed(struct kor_store *store, int rc,
                               const char *doing, struct kor_err *err);

/* Looks whether the file is empty or ours before anything in it is changed.
 * Returns KOR_CONFLICT if it is somebody else's or of a newer kor. */
KOR_NODISCARD enum kor_code kor_store_recognise(struct kor_store *store,
                                                struct kor_err *err);

/* Brings the recognised file to the newest schema, one transaction a
 * migration. */
KOR_NODISCARD enum kor_code kor_store_migrate(struct kor_store *store,
                                              struct kor_err *err);

#endif /* store/store_provider.h */

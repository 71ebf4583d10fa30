/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_STORE_PROVIDER_H
#define STORE_STORE_PROVIDER_H 1

/* What the files of this room know of a store; nobody else includes it. */

#include <sqlite3.h>

#include "store/guard_provider.h"
#include "store/mark_provider.h"
#include "store/sql.h"
#include "store/store.h"

struct kor_store {
    sqlite3 *db;
    struct kor_guard *guard;        /* The VFS under it. */
    bool is_reader;                 /* It only reads and never checkpoints. */
    bool has_failed;                /* A statement failed in this batch, */
    bool was_full;                  /* for want of room. */
    bool has_told_full;             /* The journal knows, until a commit. */
    struct kor_mark *mark;          /* Of the writer; or null. */
    bool may_fold;                  /* The WAL is ours, */
    bool is_broken;                 /* but for a disk that failed. */
    bool is_damaged;                /* What was read of the file is. */
    bool has_to_mark;               /* All is folded, and the mark is to say
                                       so before the next commit. */
    int wal_end;                    /* Frames of the WAL, */
    int wal_pages;                  /* and those that are not folded in. */
    sqlite3_stmt *stmts[KOR_N_SQL]; /* Prepared when first used. */
};

/* Turns SQLite's 'rc' into a code and a sentence; 'doing' is for operators.
 * Marks the batch as failed. */
enum kor_code kor_store_failed(struct kor_store *store, int rc,
                               const char *doing, struct kor_err *err);

/* Looks whether the file is ours, or empty if it 'may_be_new', before anything
 * in it is changed.  Returns KOR_CONFLICT if it is somebody else's or of a
 * newer kor, KOR_CORRUPT if it is empty and may not be. */
KOR_NODISCARD enum kor_code kor_store_recognise(struct kor_store *store,
                                                bool may_be_new,
                                                struct kor_err *err);

/* Stores the number that a PRAGMA gives. */
KOR_NODISCARD enum kor_code kor_store_pragma_int(struct kor_store *store,
                                                 const char *sql, int *out,
                                                 struct kor_err *err);

/* Sees to it that every page has a seal (store/guard.h): of a file in which
 * nothing is yet, before it has a write-ahead log; and of one of the first
 * release once it has one, which writes it afresh. */
KOR_NODISCARD enum kor_code kor_store_seal_new(struct kor_store *store,
                                               struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_seal_old(struct kor_store *store,
                                               struct kor_err *err);

/* Brings the recognised file to the newest schema, one transaction a
 * migration. */
KOR_NODISCARD enum kor_code kor_store_migrate(struct kor_store *store,
                                              struct kor_err *err);

#endif /* store/store_provider.h */

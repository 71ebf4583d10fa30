/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_STORE_H
#define STORE_STORE_H 1

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"

/* The store: one SQLite file in WAL mode.
 *
 * This header opens and closes it and groups writes into batches; the other
 * headers of this room are its operations, named by use, and nothing above
 * this room knows SQL.
 *
 * There is one writer, on one thread: it alone writes and checkpoints (with
 * SQLite before 3.51.3 two connections that checkpoint at the same instant
 * can damage the file).  Readers are connections of their own, one a thread,
 * that see what was committed when their batch first read.
 *
 * A batch of writes is kor_store_begin(), operations, kor_store_commit().
 * Once an operation has failed inside a batch, commit refuses: roll back.
 *
 * What failures mean to whoever asked: KOR_NOT_STORED, nothing of the batch
 * is there (disk full, file locked); KOR_UNCERTAIN, it may be there or not
 * (reading or writing failed): the process must end, and the same request
 * with the same id tells; KOR_CORRUPT, the file is damaged. */
struct kor_store;

/* Marks a file as ours: "kor1" as a number. */
#define KOR_STORE_APPLICATION_ID 0x6b6f7231

/* Sets what holds for SQLite in the whole process: it keeps no count of its
 * memory, which would cost a lock at every allocation.  To be called once,
 * before any store is opened; a process that leaves it out is only slower. */
void kor_store_set_process(void);

/* Opens the writer on the file 'path', which is made if 'may_create', brings
 * its schema up to date and stores it in '*storep' (null on failure).  Unless
 * 'may_create', an empty file is KOR_CORRUPT: there was a database.  'vfs'
 * names an SQLite VFS for tests; null is the system's.  ":memory:" serves
 * for tests.  End with kor_store_close(). */
KOR_NODISCARD enum kor_code kor_store_open(const char *path, const char *vfs,
                                           bool may_create,
                                           struct kor_store **storep,
                                           struct kor_err *err);

/* Opens a reader on the same file. */
KOR_NODISCARD enum kor_code kor_store_open_reader(const char *path,
                                                  const char *vfs,
                                                  struct kor_store **storep,
                                                  struct kor_err *err);

/* Closes 'store'; the writer folds the WAL into the file.  Null is ignored. */
void kor_store_close(struct kor_store *store);

/* Begin a batch; end it so that it is durable; take it all back.  A reader's
 * batch holds one snapshot and ends with kor_store_rollback(). */
KOR_NODISCARD enum kor_code kor_store_begin(struct kor_store *store,
                                            struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_commit(struct kor_store *store,
                                             struct kor_err *err);
void kor_store_rollback(struct kor_store *store);

/* True if an operation has failed since kor_store_begin(). */
bool kor_store_has_failed(const struct kor_store *store);

/* True if what failed last since kor_store_begin() found no room on the
 * disk. */
bool kor_store_was_full(const struct kor_store *store);

/* True if something that was read since the store was opened is damaged. */
bool kor_store_is_damaged(const struct kor_store *store);

/* Rows changed since the store was opened, to see whether a request left any
 * trace. */
int64_t kor_store_changes(const struct kor_store *store);

/* Notes beside the file how much of the WAL is on the disk, so that what was
 * acknowledged until now cannot be lost unseen.  To be called about once
 * a second; costs a sync if anything was committed since. */
KOR_NODISCARD enum kor_code kor_store_note(struct kor_store *store,
                                           struct kor_err *err);

/* Folds what it can of the WAL into the file if the WAL has more than
 * 'pages' pages.  To be called after replies have left. */
KOR_NODISCARD enum kor_code kor_store_checkpoint(struct kor_store *store,
                                                 int pages,
                                                 struct kor_err *err);

/* Folds all of the WAL into the file and empties it, without waiting: '*done'
 * is false while a reader still needs it. */
KOR_NODISCARD enum kor_code kor_store_empty_wal(struct kor_store *store,
                                                bool *done,
                                                struct kor_err *err);

/* Reads the whole file and says whether it is sound (seconds a gigabyte). */
KOR_NODISCARD enum kor_code kor_store_check(struct kor_store *store,
                                            struct kor_err *err);

#endif /* store/store.h */

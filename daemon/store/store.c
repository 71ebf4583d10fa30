/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening, batches, checkpoints: see store/store.h. */

#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/log.h"
#include "store/store_provider.h"

#define BUSY_MS 5000 /* One writer: nobody should ever wait. */

static enum kor_code
refuse_full(struct kor_err *err)
{
    return kor_fail(err, KOR_NOT_STORED, NULL,
                    "the disk is full: nothing was stored. Ask again when "
                    "there is room");
}

enum kor_code
kor_store_failed(struct kor_store *store, int rc, const char *doing,
                 struct kor_err *err)
{
    store->has_failed = true;
    store->was_full = (rc & 0xff) == SQLITE_FULL;
    store->is_broken |= (rc & 0xff) == SQLITE_IOERR
                     || (rc & 0xff) == SQLITE_CORRUPT;
    store->is_damaged |= (rc & 0xff) == SQLITE_CORRUPT
                      || (rc & 0xff) == SQLITE_NOTADB;
    if (store->was_full && store->has_told_full) {
        return refuse_full(err);
    }
    store->has_told_full |= store->was_full;
    bool is_last = (sqlite3_errcode(store->db) & 0xff) == (rc & 0xff);
    kor_log(KOR_LOG_ERROR, "store: %s: %s (%d)", doing,
            is_last ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc),
            is_last ? sqlite3_extended_errcode(store->db) : rc);
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return refuse_full(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return kor_fail(err, KOR_NOT_STORED, NULL,
                        "the database cannot be written to: nothing was "
                        "stored");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return kor_fail(err, KOR_CORRUPT, NULL,
                        "the database file is damaged: restore a backup");
    case SQLITE_IOERR:
        return kor_fail(err, KOR_UNCERTAIN, NULL,
                        "reading or writing the disk failed: it may be "
                        "stored or not. Ask again with the same id");
    default:
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "the store refused to do this (%s)", doing);
    }
}

static enum kor_code
exec(struct kor_store *store, const char *sql, struct kor_err *err)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? KOR_OK : kor_store_failed(store, rc, sql, err);
}

/* Settings of every connection, and its 'cache'; reasons in
 * docs/ARCHITECTURE.md. */
static enum kor_code
configure(struct kor_store *store, const char *cache, struct kor_err *err)
{
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
                            NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(store->db, SQLITE_LIMIT_SQL_LENGTH, 100000);
    enum kor_code code = exec(
        store,
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
        "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
        "PRAGMA wal_autocheckpoint = 0",
        err);
    return code == KOR_OK ? exec(store, cache, err) : code;
}

static enum kor_code
open_db(const char *path, const char *vfs, int flags, const char *cache,
        struct kor_store **storep, struct kor_err *err)
{
    struct kor_store *store = kor_alloc(sizeof *store);
    *storep = NULL;
    store->guard = kor_guard_new(vfs);
    int rc = store->guard
                 ? sqlite3_open_v2(path, &store->db,
                                   flags | SQLITE_OPEN_NOMUTEX,
                                   kor_guard_name(store->guard))
                 : SQLITE_NOMEM;
    if (rc != SQLITE_OK) {
        enum kor_code code = kor_fail(
            err, KOR_IO, NULL, "cannot open the database %s: %s", path,
            store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc));
        kor_store_close(store);
        return code;
    }
    enum kor_code code = configure(store, cache, err);
    if (code != KOR_OK) {
        kor_store_close(store);
        return code;
    }
    *storep = store;
    return KOR_OK;
}

/* Called by SQLite after each commit with the size of the WAL. */
static int
count_wal(void *arg, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    struct kor_store *store = arg;
    store->wal_end = store->wal_pages = pages;
    return SQLITE_OK;
}

/* Stores the first column of the first row of 'sql' as text. */
static enum kor_code
ask(struct kor_store *store, const char *sql, char *out, size_t size,
    struct kor_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    out[0] = '\0';
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        sqlite3_snprintf((int)size, out, "%s", sqlite3_column_text(stmt, 0));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_OK || rc == SQLITE_DONE
               ? KOR_OK
               : kor_store_failed(store, rc, sql, err);
}

static enum kor_code
use_wal(struct kor_store *store, struct kor_err *err)
{
    char mode[16];
    enum kor_code code
        = ask(store, "PRAGMA journal_mode = WAL", mode, sizeof mode, err);
    if (code == KOR_OK && strcmp(mode, "wal") && strcmp(mode, "memory")) {
        return kor_fail(err, KOR_CANNOT_CREATE, NULL,
                        "the database cannot have a write-ahead log where it "
                        "lies: put it on a local disk");
    }
    return code;
}

void
kor_store_set_process(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Where the file lies; null for one in memory. */
static const char *
path_of(const struct kor_store *store)
{
    const char *path = sqlite3_db_filename(store->db, "main");
    return path && *path ? path : NULL;
}

/* Before SQLite has looked at the log. */
static enum kor_code
check_log(struct kor_store *store, struct kor_err *err)
{
    const char *path = path_of(store);
    if (!path) {
        return KOR_OK;
    }
    enum kor_code code = kor_mark_check(kor_guard_base(store->guard), path,
                                        &store->wal_end, err);
    store->wal_pages = store->wal_end;
    return code;
}

/* From here on the log is ours to fold in. */
static enum kor_code
open_mark(struct kor_store *store, struct kor_err *err)
{
    const char *path = path_of(store);
    int rc = path ? kor_mark_open(kor_guard_base(store->guard), path,
                                  &store->mark)
                  : SQLITE_OK;
    store->may_fold = rc == SQLITE_OK;
    return rc == SQLITE_OK ? KOR_OK
                           : kor_store_failed(store, rc, "mark", err);
}

/* What is in the file already, before anything of ours is written to it. */
static enum kor_code
look_into(struct kor_store *store, bool may_be_new, struct kor_err *err)
{
    enum kor_code code = check_log(store, err);
    if (code == KOR_OK && sqlite3_db_readonly(store->db, "main") == 1) {
        code = kor_store_failed(store, SQLITE_READONLY, "open", err);
    }
    return code == KOR_OK ? kor_store_recognise(store, may_be_new, err) : code;
}

static enum kor_code
bring_up_to_date(struct kor_store *store, struct kor_err *err)
{
    enum kor_code code = kor_store_seal_new(store, err);
    if (code == KOR_OK) {
        code = use_wal(store, err);
    }
    if (code == KOR_OK) {
        code = open_mark(store, err);
    }
    if (code == KOR_OK) {
        (void)sqlite3_wal_hook(store->db, count_wal, store);
        code = kor_store_seal_old(store, err);
    }
    return code == KOR_OK ? kor_store_migrate(store, err) : code;
}

enum kor_code
kor_store_open(const char *path, const char *vfs, bool may_create,
               struct kor_store **storep, struct kor_err *err)
{
    int flags = SQLITE_OPEN_READWRITE
              | (may_create ? SQLITE_OPEN_CREATE : 0);
    enum kor_code code = open_db(path, vfs, flags,
                                 "PRAGMA cache_size = -65536", storep, err);
    if (code == KOR_OK) {
        code = look_into(*storep, may_create, err);
    }
    if (code == KOR_OK) {
        code = bring_up_to_date(*storep, err);
    }
    if (code != KOR_OK) {
        kor_store_close(*storep);
        *storep = NULL;
    }
    return code;
}

enum kor_code
kor_store_open_reader(const char *path, const char *vfs,
                      struct kor_store **storep, struct kor_err *err)
{
    enum kor_code code = open_db(path, vfs, SQLITE_OPEN_READONLY,
                                 "PRAGMA cache_size = -8192", storep, err);
    if (code == KOR_OK) {
        (*storep)->is_reader = true;
        (void)sqlite3_db_config((*storep)->db,
                                SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    return code;
}

/* --- the log ------------------------------------------------------------- */

/* Notes how far the log is on the disk, and whether it is folded in. */
static enum kor_code
set_mark(struct kor_store *store, bool is_folded, struct kor_err *err)
{
    sqlite3_file *log = NULL;
    if (!store->mark || store->wal_end == 0) {
        return KOR_OK;
    }
    int rc = sqlite3_file_control(store->db, "main",
                                  SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (rc == SQLITE_OK) {
        rc = kor_mark_set(store->mark, log, store->wal_end, is_folded);
    }
    return rc == SQLITE_OK ? KOR_OK
                           : kor_store_failed(store, rc, "mark", err);
}

/* The next commit begins a new log, which the mark has to know of. */
static enum kor_code
end_folding(struct kor_store *store, struct kor_err *err)
{
    enum kor_code code = store->has_to_mark ? set_mark(store, true, err)
                                            : KOR_OK;
    store->has_to_mark = code != KOR_OK;
    return code;
}

/* Folds in what readers let it; wal_pages is 0 if that is all. */
static enum kor_code
fold(struct kor_store *store, struct kor_err *err)
{
    int n_log = 0, n_done = 0;
    enum kor_code code = set_mark(store, false, err);
    if (code != KOR_OK) {
        return code;
    }
    int rc = sqlite3_wal_checkpoint_v2(store->db, NULL,
                                       SQLITE_CHECKPOINT_PASSIVE, &n_log,
                                       &n_done);
    store->wal_pages = n_log > n_done ? n_log - n_done : 0;
    if (rc != SQLITE_OK) {
        return (rc & 0xff) == SQLITE_BUSY
                   ? KOR_OK
                   : kor_store_failed(store, rc, "checkpoint", err);
    }
    store->has_to_mark = n_log > 0 && n_log == n_done;
    return end_folding(store, err);
}

enum kor_code
kor_store_note(struct kor_store *store, struct kor_err *err)
{
    enum kor_code code = end_folding(store, err);
    return code == KOR_OK ? set_mark(store, false, err) : code;
}

enum kor_code
kor_store_checkpoint(struct kor_store *store, int pages, struct kor_err *err)
{
    enum kor_code code = end_folding(store, err);
    return code == KOR_OK && store->wal_pages > pages ? fold(store, err)
                                                      : code;
}

enum kor_code
kor_store_empty_wal(struct kor_store *store, bool *done, struct kor_err *err)
{
    enum kor_code code = fold(store, err);
    *done = false;
    if (code != KOR_OK || store->wal_pages > 0) {
        return code;
    }
    sqlite3_busy_timeout(store->db, 0);
    int rc = sqlite3_wal_checkpoint_v2(
        store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    *done = rc == SQLITE_OK;
    if (*done) {
        store->wal_end = 0;
    }
    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY
               ? KOR_OK
               : kor_store_failed(store, rc, "checkpoint", err);
}

/* SQLite folds the log in and removes it when the last connection closes: not
 * of a file that was refused, not on a disk that failed, and not without
 * a mark that says so. */
static void
prepare_to_close(struct kor_store *store)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    bool may_fold = store->may_fold && !store->is_broken;
    if (may_fold && store->mark && store->wal_end > 0) {
        may_fold = fold(store, &err) == KOR_OK && store->wal_pages == 0;
    }
    if (!may_fold) {
        (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                                1, NULL);
    }
}

void
kor_store_close(struct kor_store *store)
{
    if (!store) {
        return;
    }
    for (int i = 0; i < KOR_N_SQL; i++) {
        sqlite3_finalize(store->stmts[i]);
    }
    if (store->db && !store->is_reader) {
        prepare_to_close(store);
    }
    sqlite3_close(store->db);
    kor_mark_close(store->mark);
    kor_guard_free(store->guard);
    free(store);
}

/* --- batches ------------------------------------------------------------- */

enum kor_code
kor_store_begin(struct kor_store *store, struct kor_err *err)
{
    store->has_failed = store->was_full = false;
    enum kor_code code = end_folding(store, err);
    return code == KOR_OK
               ? exec(store, store->is_reader ? "BEGIN" : "BEGIN IMMEDIATE",
                      err)
               : code;
}

enum kor_code
kor_store_commit(struct kor_store *store, struct kor_err *err)
{
    if (store->has_failed) {
        return kor_fail(err, KOR_NOT_STORED, NULL,
                        "something else in this batch failed: nothing was "
                        "stored. Ask again");
    }
    enum kor_code code = exec(store, "COMMIT", err);
    store->has_told_full &= code != KOR_OK;
    return code;
}

void
kor_store_rollback(struct kor_store *store)
{
    for (int i = 0; i < KOR_N_SQL; i++) {
        if (store->stmts[i]) {
            (void)sqlite3_reset(store->stmts[i]);
        }
    }
    if (!sqlite3_get_autocommit(store->db)) {
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->has_failed = false;
}

bool
kor_store_has_failed(const struct kor_store *store)
{
    return store->has_failed;
}

bool
kor_store_was_full(const struct kor_store *store)
{
    return store->was_full;
}

bool
kor_store_is_damaged(const struct kor_store *store)
{
    return store->is_damaged;
}

int64_t
kor_store_changes(const struct kor_store *store)
{
    return sqlite3_total_changes64(store->db);
}

/* Whether each page belongs to a table, an index or the list of free ones.
 * integrity_check says so too, but not always: where the first name in
 * SQLite's hash of tables is that of a view, which has no page, it takes the
 * check for one of a part (seen with 3.40).  The page of the lock at 1 GiB is
 * used by nothing. */
static const char every_page_is_used[]
    = "SELECT CASE WHEN (SELECT count(*) FROM dbstat) + freelist_count"
      " + (page_count > 1073741824 / page_size) = page_count"
      " THEN 'ok' ELSE 'lost' END"
      " FROM pragma_page_count, pragma_page_size, pragma_freelist_count";

enum kor_code
kor_store_check(struct kor_store *store, struct kor_err *err)
{
    static const struct {
        const char *sql, *sound;
    } asked[] = {{"PRAGMA integrity_check(1)", "ok"},
                 {every_page_is_used, "ok"},
                 {"PRAGMA foreign_key_check", ""}};
    for (size_t i = 0; i < KOR_LENGTH(asked); i++) {
        char text[200];
        enum kor_code code
            = ask(store, asked[i].sql, text, sizeof text, err);
        if (code != KOR_OK) {
            return code;
        }
        if (strcmp(text, asked[i].sound)) {
            return kor_fail(err, KOR_CORRUPT, NULL,
                            "the database file is damaged: restore a backup");
        }
    }
    return KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seals for the pages of a file that has none: see store_provider.h. */

#include "kor/base/log.h"
#include "store/store_provider.h"

/* Bytes that SQLite leaves alone at the end of each page, as the newest commit
 * has it. */
static int
reserved_bytes(struct kor_store *store)
{
    int n = -1;
    (void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_RESERVE_BYTES,
                               &n);
    return n;
}

static enum kor_code
run(struct kor_store *store, const char *sql, struct kor_err *err)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? KOR_OK : kor_store_failed(store, rc, sql, err);
}

/* Writes every page afresh, with room for its seal, into the log; then the
 * log into the file.  VACUUM needs to attach a file, for a moment. */
static enum kor_code
write_afresh(struct kor_store *store, struct kor_err *err)
{
    bool is_empty;
    int limit = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    kor_log(KOR_LOG_NOTICE, "store: every page of the database gets a seal");
    enum kor_code code = run(store, "VACUUM", err);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, limit);
    if (code == KOR_OK) {
        kor_guard_set_sealed(store->guard);
        code = kor_store_empty_wal(store, &is_empty, err);
    }
    return code;
}

/* Only what lies on a disk is in danger. */
static bool
is_in_memory(const struct kor_store *store)
{
    const char *path = sqlite3_db_filename(store->db, "main");
    return !path || !*path;
}

static void
reserve(struct kor_store *store)
{
    int n = KOR_GUARD_SEAL;
    (void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_RESERVE_BYTES,
                               &n);
}

enum kor_code
kor_store_seal_new(struct kor_store *store, struct kor_err *err)
{
    int n_pages = 0;
    enum kor_code code
        = kor_store_pragma_int(store, "PRAGMA page_count", &n_pages, err);
    if (code != KOR_OK || n_pages > 0 || is_in_memory(store)) {
        return code;
    }
    reserve(store);
    kor_guard_set_sealed(store->guard);
    return run(store, "PRAGMA page_size = 4096", err);
}

enum kor_code
kor_store_seal_old(struct kor_store *store, struct kor_err *err)
{
    if (is_in_memory(store) || kor_guard_is_sealed(store->guard)) {
        return KOR_OK;
    }
    if (reserved_bytes(store) == KOR_GUARD_SEAL) {
        kor_guard_set_sealed(store->guard); /* The log has it already. */
        return KOR_OK;
    }
    /* What is damaged gets no seal that says that it is not. */
    enum kor_code code = kor_store_check(store, err);
    if (code == KOR_OK) {
        reserve(store);
        code = write_afresh(store, err);
    }
    return code;
}

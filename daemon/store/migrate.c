/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Migrations: numbered, forward only, each in a transaction of its own with
 * the number it leads to, so that a kill between two of them is harmless. */

#include <stdio.h>

#include "store/store_provider.h"

enum kor_code
kor_store_pragma_int(struct kor_store *store, const char *sql, int *out,
                     struct kor_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *out = sqlite3_column_int(stmt, 0);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_OK ? KOR_OK : kor_store_failed(store, rc, sql, err);
}

/* KOR_CORRUPT if a row refers to one that is not there. */
static enum kor_code
check_references(struct kor_store *store, struct kor_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, "PRAGMA foreign_key_check", -1,
                                &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    if (rc == SQLITE_ROW) {
        return kor_fail(err, KOR_CORRUPT, NULL,
                        "the database does not fit together: restore a "
                        "backup");
    }
    return rc == SQLITE_DONE ? KOR_OK
                             : kor_store_failed(store, rc, "migrate", err);
}

static enum kor_code
apply(struct kor_store *store, const struct kor_migration *migration,
      struct kor_err *err)
{
    enum kor_code code = kor_store_begin(store, err);
    if (code != KOR_OK) {
        return code;
    }
    char mark[96];
    snprintf(mark, sizeof mark,
             "PRAGMA user_version = %d; PRAGMA application_id = %d",
             migration->version, KOR_STORE_APPLICATION_ID);
    int rc = sqlite3_exec(store->db, migration->text, NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(store->db, mark, NULL, NULL, NULL);
    }
    code = rc == SQLITE_OK ? check_references(store, err)
                           : kor_store_failed(store, rc, "migrate", err);
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        kor_store_rollback(store);
    }
    return code;
}

/* A table that others refer to can be made anew only while references are not
 * looked at; they are before the commit. */
static enum kor_code
hold_references(struct kor_store *store, bool is_on, struct kor_err *err)
{
    int rc = sqlite3_exec(store->db, is_on ? "PRAGMA foreign_keys = ON"
                                           : "PRAGMA foreign_keys = OFF",
                          NULL, NULL, NULL);
    return rc == SQLITE_OK ? KOR_OK
                           : kor_store_failed(store, rc, "migrate", err);
}

static int
newest_version(void)
{
    int newest = 0;
    while (kor_migrations[newest].version) {
        newest++;
    }
    return newest;
}

static enum kor_code
read_schema(struct kor_store *store, int *version, struct kor_err *err)
{
    *version = 0;
    return kor_store_pragma_int(store, "PRAGMA user_version", version, err);
}

enum kor_code
kor_store_recognise(struct kor_store *store, bool may_be_new,
                    struct kor_err *err)
{
    int version = 0, id = 0, n_things = 0, newest = newest_version();
    enum kor_code code = read_schema(store, &version, err);
    if (code == KOR_OK) {
        code = kor_store_pragma_int(store, "PRAGMA application_id", &id,
                                    err);
    }
    if (code == KOR_OK) {
        code = kor_store_pragma_int(store,
                                    "SELECT count(*) FROM sqlite_schema",
                                    &n_things, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    bool is_empty = version == 0 && id == 0 && n_things == 0;
    bool is_ours = version > 0 && id == KOR_STORE_APPLICATION_ID;
    if (is_empty && !may_be_new) {
        return kor_fail(err, KOR_CORRUPT, NULL,
                        "the database is empty: it was cut off or put there "
                        "by something else. Restore a backup");
    }
    if (!is_empty && !is_ours) {
        return kor_fail(err, KOR_CONFLICT, NULL,
                        "the file is a database, but not one of kor");
    }
    if (version > newest) {
        return kor_fail(err, KOR_CONFLICT, NULL,
                        "the database is of a newer kor (schema %d, this one "
                        "knows %d): use that release", version, newest);
    }
    return KOR_OK;
}

enum kor_code
kor_store_migrate(struct kor_store *store, struct kor_err *err)
{
    int version = 0;
    enum kor_code code = read_schema(store, &version, err);
    if (code != KOR_OK || version == newest_version()) {
        return code;
    }
    code = hold_references(store, false, err);
    for (int i = version; i < newest_version() && code == KOR_OK; i++) {
        code = apply(store, &kor_migrations[i], err);
    }
    return code == KOR_OK ? hold_references(store, true, err) : code;
}

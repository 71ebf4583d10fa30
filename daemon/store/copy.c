/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of the whole store: see store/copy.h. */

#include "store/copy.h"

#include <string.h>

#include "store/store_provider.h"

#define STEPS_BETWEEN 10000 /* Of SQLite, from one look to the next. */

/* Who is asked whether to stop; SQLite hands on a pointer to data. */
struct looking {
    bool (*is_stopped)(void);
};

static int
look(void *arg)
{
    return ((const struct looking *)arg)->is_stopped();
}

static int
vacuum_into(struct kor_store *store, const char *path)
{
    sqlite3_stmt *stmt = NULL;
    /* VACUUM attaches the new file, which nobody else may do. */
    int limit = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    int rc = sqlite3_prepare_v2(store->db, "VACUUM INTO $1", -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, limit);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

enum kor_code
kor_store_copy(struct kor_store *store, const char *path,
               bool (*is_stopped)(void), struct kor_err *err)
{
    struct looking looking = {is_stopped};
    sqlite3_progress_handler(store->db, STEPS_BETWEEN, look, &looking);
    int rc = vacuum_into(store, path);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    if ((rc & 0xff) == SQLITE_INTERRUPT) {
        return kor_fail(err, KOR_NOT_STORED, NULL,
                        "it was told to stop before it was done: nothing was "
                        "stored");
    }
    return rc == SQLITE_OK ? KOR_OK
                           : kor_store_failed(store, rc, "copy", err);
}

enum kor_code
kor_store_schema(struct kor_store *store, int *schema, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_store_recognise(store, false, err);
    if (code == KOR_OK) {
        code = kor_sql_query(store, KOR_SQL_SCHEMA_NUMBER, &rows, KOR_NO_ARGS,
                             err);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (kor_rows_next(&rows, &code, err)) {
        *schema = (int)kor_rows_int(&rows, 0);
    }
    kor_rows_done(&rows);
    return code;
}

/* The name of a table cannot be bound; it is one of the file's own, quoted. */
static enum kor_code
count_rows(struct kor_store *store, const char *table, int64_t *n_rows,
           struct kor_err *err)
{
    sqlite3_stmt *stmt = NULL;
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
    int rc = sql ? sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL)
                 : SQLITE_NOMEM;
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *n_rows = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return rc == SQLITE_OK ? KOR_OK
                           : kor_store_failed(store, rc, "count", err);
}

static enum kor_code
list_tables(struct kor_store *store, struct kor_table_counts *counts,
            struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_SCHEMA_TABLES, &rows, KOR_NO_ARGS, err);
    counts->n = 0;
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        const char *name = kor_rows_text(&rows, 0);
        if (counts->n == KOR_MAX_TABLES
            || strlen(name) >= KOR_TABLE_NAME_SIZE) {
            code = kor_fail(err, KOR_CORRUPT, NULL,
                            "the database has tables that no kor made");
            kor_rows_done(&rows);
        } else {
            strcpy(counts->tables[counts->n++].name, name);
        }
    }
    return code;
}

enum kor_code
kor_store_count(struct kor_store *store, struct kor_table_counts *counts,
                struct kor_err *err)
{
    enum kor_code code = list_tables(store, counts, err);
    for (int i = 0; i < counts->n && code == KOR_OK; i++) {
        code = count_rows(store, counts->tables[i].name,
                          &counts->tables[i].n_rows, err);
    }
    return code;
}

int
kor_table_find(const struct kor_table_counts *counts, const char *name)
{
    for (int i = 0; i < counts->n; i++) {
        if (!strcmp(counts->tables[i].name, name)) {
            return i;
        }
    }
    return -1;
}

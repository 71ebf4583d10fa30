/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prepared statements by name: see store/sql.h. */

#include "store/sql.h"

#include <math.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "store/store_provider.h"

struct kor_arg
kor_int(int64_t value)
{
    return (struct kor_arg){.type = KOR_ARG_INT, .integer = value};
}

struct kor_arg
kor_int_or_null(int64_t value, int64_t null)
{
    return (struct kor_arg){
        .type = KOR_ARG_INT, .integer = value, .is_null = value == null};
}

struct kor_arg
kor_real(double value)
{
    return (struct kor_arg){
        .type = KOR_ARG_REAL, .real = value, .is_null = isnan(value)};
}

struct kor_arg
kor_txt(const char *text)
{
    return (struct kor_arg){.type = KOR_ARG_TEXT,
                            .bytes = text,
                            .is_null = !text || *text == '\0'};
}

struct kor_arg
kor_blob(const void *bytes, size_t size)
{
    return (struct kor_arg){.type = KOR_ARG_BLOB,
                            .bytes = bytes,
                            .size = size,
                            .is_null = !bytes};
}

static int
bind(sqlite3_stmt *stmt, int i, const struct kor_arg *arg)
{
    if (arg->is_null) {
        return sqlite3_bind_null(stmt, i);
    }
    switch (arg->type) {
    case KOR_ARG_INT:
        return sqlite3_bind_int64(stmt, i, arg->integer);
    case KOR_ARG_REAL:
        return sqlite3_bind_double(stmt, i, arg->real);
    case KOR_ARG_TEXT:
        return sqlite3_bind_text(stmt, i, arg->bytes, -1, SQLITE_STATIC);
    case KOR_ARG_BLOB:
        return sqlite3_bind_blob64(stmt, i, arg->bytes, arg->size,
                                   SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

enum kor_code
kor_sql_query(struct kor_store *store, enum kor_sql sql,
              struct kor_rows *rows, const struct kor_arg args[], size_t n,
              struct kor_err *err)
{
    *rows = (struct kor_rows){.store = store};
    sqlite3_stmt **stmt = &store->stmts[sql];
    int rc = SQLITE_OK;
    if (!*stmt) {
        rc = sqlite3_prepare_v3(store->db, kor_sql_texts[sql].text, -1,
                                SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    }
    if (rc == SQLITE_OK && sqlite3_bind_parameter_count(*stmt) != (int)n) {
        rc = SQLITE_RANGE;
    }
    for (size_t i = 0; i < n && rc == SQLITE_OK; i++) {
        rc = bind(*stmt, (int)i + 1, &args[i]);
    }
    if (rc != SQLITE_OK) {
        return kor_store_failed(store, rc, kor_sql_texts[sql].name, err);
    }
    rows->stmt = *stmt;
    return KOR_OK;
}

enum kor_code
kor_sql_run(struct kor_store *store, enum kor_sql sql,
            const struct kor_arg args[], size_t n, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, sql, &rows, args, n, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
    }
    return code;
}

bool
kor_rows_next(struct kor_rows *rows, enum kor_code *code,
              struct kor_err *err)
{
    int rc = sqlite3_step(rows->stmt);
    if (rc == SQLITE_ROW) {
        return true;
    }
    if (rc != SQLITE_DONE) {
        *code = kor_store_failed(rows->store, rc, "step", err);
    }
    kor_rows_done(rows);
    return false;
}

void
kor_rows_done(struct kor_rows *rows)
{
    if (rows->stmt) {
        /* Its result only repeats the failure of the last step. */
        (void)sqlite3_reset(rows->stmt);
        (void)sqlite3_clear_bindings(rows->stmt);
        rows->stmt = NULL;
    }
}

bool
kor_rows_is_null(const struct kor_rows *rows, int column)
{
    return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

int64_t
kor_rows_int(const struct kor_rows *rows, int column)
{
    return sqlite3_column_int64(rows->stmt, column);
}

int64_t
kor_rows_int_or(const struct kor_rows *rows, int column, int64_t null)
{
    return kor_rows_is_null(rows, column) ? null : kor_rows_int(rows, column);
}

double
kor_rows_real(const struct kor_rows *rows, int column)
{
    return kor_rows_is_null(rows, column)
               ? NAN
               : sqlite3_column_double(rows->stmt, column);
}

const char *
kor_rows_text(const struct kor_rows *rows, int column)
{
    const unsigned char *text = sqlite3_column_text(rows->stmt, column);
    return text ? (const char *)text : "";
}

const void *
kor_rows_blob(const struct kor_rows *rows, int column, size_t *size)
{
    const void *bytes = sqlite3_column_blob(rows->stmt, column);
    *size = (size_t)sqlite3_column_bytes(rows->stmt, column);
    return bytes;
}

void
kor_rows_blob_copy(const struct kor_rows *rows, int column, void *to,
                   size_t size)
{
    size_t stored;
    const void *bytes = kor_rows_blob(rows, column, &stored);
    memset(to, 0, size);
    if (bytes && stored == size) {
        memcpy(to, bytes, size);
    }
}

void
kor_rows_copy(const struct kor_rows *rows, int column, char *to, size_t size)
{
    kor_utf8_copy(to, size, kor_rows_text(rows, column));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_SQL_H
#define STORE_SQL_H 1

/* Prepared statements by name, for the other files of this room alone.
 *
 * All SQL is text in sql/, compiled into kor_sql_texts; a query is named by
 * its enum.  Values are bound, never pasted.  Placeholders are $1, $2 ... in
 * order of first appearance, since SQLite numbers them so.
 *
 *     struct kor_rows rows;
 *     code = kor_sql_query(store, KOR_SQL_X, &rows, KOR_ARGS(kor_int(id)),
 *                          err);
 *     while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
 *         ... kor_rows_int(&rows, 0) ...
 *     }
 *
 * Reading to the end, or failing, ends the query; whoever stops before calls
 * kor_rows_done(). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "kor/base/err.h"
#include "sql_names.h"

struct kor_store;

/* One numbered migration. */
struct kor_migration {
    int version;      /* From 1, without gaps; 0 ends the table. */
    const char *text; /* SQL. */
};
extern const struct kor_migration kor_migrations[];

/* One query; the table is in the order of 'enum kor_sql'. */
struct kor_sql_text {
    const char *name;
    const char *text;
};
extern const struct kor_sql_text kor_sql_texts[];

/* A value to bind. */
struct kor_arg {
    enum { KOR_ARG_INT, KOR_ARG_REAL, KOR_ARG_TEXT, KOR_ARG_BLOB } type;
    bool is_null;
    int64_t integer;
    double real;
    const void *bytes; /* Borrowed for the call. */
    size_t size;       /* Of a blob. */
};

struct kor_arg kor_int(int64_t value);
struct kor_arg kor_int_or_null(int64_t value, int64_t null);
struct kor_arg kor_real(double value);            /* NAN becomes null. */
struct kor_arg kor_txt(const char *text);         /* "" becomes null. */
struct kor_arg kor_blob(const void *bytes, size_t size); /* Null if null. */

#define KOR_ARGS(...)                                                         \
    (const struct kor_arg[]){__VA_ARGS__},                                    \
        sizeof((const struct kor_arg[]){__VA_ARGS__})                         \
            / sizeof(struct kor_arg)
#define KOR_NO_ARGS NULL, 0

/* A running query. */
struct kor_rows {
    struct kor_store *store;
    sqlite3_stmt *stmt;
};

/* Runs a statement that returns no rows. */
KOR_NODISCARD enum kor_code kor_sql_run(struct kor_store *store,
                                        enum kor_sql sql,
                                        const struct kor_arg args[], size_t n,
                                        struct kor_err *err);

/* Begins a query. */
KOR_NODISCARD enum kor_code kor_sql_query(struct kor_store *store,
                                          enum kor_sql sql,
                                          struct kor_rows *rows,
                                          const struct kor_arg args[],
                                          size_t n, struct kor_err *err);

/* Goes to the next row; false at the end or on failure, which is stored in
 * '*code'. */
KOR_NODISCARD bool kor_rows_next(struct kor_rows *rows, enum kor_code *code,
                                 struct kor_err *err);

/* Ends a query before its end; may be called again. */
void kor_rows_done(struct kor_rows *rows);

/* Columns of the row, from 0. */
bool kor_rows_is_null(const struct kor_rows *rows, int column);
int64_t kor_rows_int(const struct kor_rows *rows, int column);
int64_t kor_rows_int_or(const struct kor_rows *rows, int column,
                        int64_t null);
double kor_rows_real(const struct kor_rows *rows, int column); /* or NAN */
const char *kor_rows_text(const struct kor_rows *rows, int column); /* or "" */
const void *kor_rows_blob(const struct kor_rows *rows, int column,
                          size_t *size);

/* Copies a blob column of just 'size' bytes; zeros if it has another size. */
void kor_rows_blob_copy(const struct kor_rows *rows, int column, void *to,
                        size_t size);

/* Copies a text column, cut to 'size' bytes; what we stored fits. */
void kor_rows_copy(const struct kor_rows *rows, int column, char *to,
                   size_t size);

#endif /* store/sql.h */

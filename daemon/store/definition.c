/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scales and courses as they are kept: see store/definition.h. */

#include "store/definition.h"

#include "store/store_provider.h"

/* The queries about each kind. */
static const struct {
    enum kor_sql add, by_key, by_id, list;
} queries[KOR_N_DEFINITIONS] = {
    [KOR_DEFINITION_SCALE]
    = {KOR_SQL_INSTRUMENT_ADD, KOR_SQL_INSTRUMENT_BY_KEY,
       KOR_SQL_INSTRUMENT_BY_ID, KOR_SQL_INSTRUMENT_LIST},
    [KOR_DEFINITION_PATHWAY]
    = {KOR_SQL_PATHWAY_ADD, KOR_SQL_PATHWAY_BY_KEY, KOR_SQL_PATHWAY_BY_ID,
       KOR_SQL_PATHWAY_LIST},
    [KOR_DEFINITION_FORM]
    = {KOR_SQL_FORM_ADD, KOR_SQL_FORM_BY_KEY, KOR_SQL_FORM_BY_ID,
       KOR_SQL_FORM_LIST},
};

enum kor_code
kor_store_definition_add(struct kor_store *store, enum kor_definition kind,
                         const char *key, const char *version,
                         const char *definition, int64_t at_ms, int64_t *id,
                         struct kor_err *err)
{
    struct kor_buf known = {0};
    enum kor_code code = kor_store_definition_find(store, kind, key, version,
                                                   id, &known, err);
    kor_buf_done(&known);
    if (code != KOR_NOT_FOUND) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    code = kor_sql_run(store, queries[kind].add,
                       KOR_ARGS(kor_txt(key), kor_txt(version),
                                kor_txt(definition), kor_int(at_ms)),
                       err);
    *id = sqlite3_last_insert_rowid(store->db);
    return code;
}

static enum kor_code
first_definition(struct kor_rows *rows, int64_t *id,
                 struct kor_buf *definition, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    if (!kor_rows_next(rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    *id = kor_rows_int(rows, 0);
    kor_buf_puts(definition, kor_rows_text(rows, 1));
    kor_rows_done(rows);
    return KOR_OK;
}

enum kor_code
kor_store_definition_find(struct kor_store *store, enum kor_definition kind,
                          const char *key, const char *version, int64_t *id,
                          struct kor_buf *definition, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, queries[kind].by_key, &rows,
                        KOR_ARGS(kor_txt(key), kor_txt(version)), err);
    return code == KOR_OK ? first_definition(&rows, id, definition, err)
                          : code;
}

enum kor_code
kor_store_definition_load(struct kor_store *store, enum kor_definition kind,
                          int64_t id, struct kor_buf *definition,
                          struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, queries[kind].by_id, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    return code == KOR_OK ? first_definition(&rows, &id, definition, err)
                          : code;
}

enum kor_code
kor_store_definitions(struct kor_store *store, enum kor_definition kind,
                      size_t n_max, int64_t ids[], size_t *n,
                      struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code
        = kor_sql_query(store, queries[kind].list, &rows, KOR_NO_ARGS, err);
    while (code == KOR_OK && *n < n_max && kor_rows_next(&rows, &code, err)) {
        ids[(*n)++] = kor_rows_int(&rows, 0);
    }
    kor_rows_done(&rows);
    return code;
}

enum kor_code
kor_store_course_add(struct kor_store *store, const char *scale,
                     const char *certificate, int64_t at_ms, int64_t *id,
                     struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_COURSE_ADD,
        KOR_ARGS(kor_txt(scale), kor_txt(certificate), kor_int(at_ms)), err);
    *id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_course_use(struct kor_store *store, int64_t id, bool is_in_use,
                     struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_COURSE_USE,
                       KOR_ARGS(kor_int(is_in_use), kor_int(id)), err);
}

static enum kor_code
each_course(struct kor_rows *rows, kor_course_fn each, void *to, size_t *n,
            struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    *n = 0;
    while (code == KOR_OK && kor_rows_next(rows, &code, err)) {
        struct kor_stored_course course
            = {.id = kor_rows_int(rows, 0),
               .certificate = kor_rows_text(rows, 1),
               .is_in_use = kor_rows_int(rows, 2)};
        (*n)++;
        code = each(to, &course, err);
    }
    kor_rows_done(rows);
    return code;
}

enum kor_code
kor_store_course_load(struct kor_store *store, int64_t id, kor_course_fn each,
                      void *to, struct kor_err *err)
{
    struct kor_rows rows;
    size_t n = 0;
    enum kor_code code = kor_sql_query(store, KOR_SQL_COURSE_BY_ID, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    if (code == KOR_OK) {
        code = each_course(&rows, each, to, &n, err);
    }
    return code == KOR_OK && n == 0 ? KOR_NOT_FOUND : code;
}

enum kor_code
kor_store_courses_in_use(struct kor_store *store, const char *scale,
                         kor_course_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    size_t n;
    enum kor_code code = kor_sql_query(store, KOR_SQL_COURSE_IN_USE, &rows,
                                       KOR_ARGS(kor_txt(scale)), err);
    return code == KOR_OK ? each_course(&rows, each, to, &n, err) : code;
}

enum kor_code
kor_store_courses(struct kor_store *store, kor_course_fn each, void *to,
                  struct kor_err *err)
{
    struct kor_rows rows;
    size_t n;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_COURSE_LIST, &rows, KOR_NO_ARGS, err);
    return code == KOR_OK ? each_course(&rows, each, to, &n, err) : code;
}

/* FNV-1a: G. Fowler, L. C. Noll and K.-P. Vo (RFC draft eastlake-fnv). */
static int64_t
hash_text(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    }
    return (int64_t)(hash >> 1);
}

enum kor_code
kor_store_stamp(struct kor_store *store, struct kor_definition_stamp *stamp,
                struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_STAMP, &rows, KOR_NO_ARGS, err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        stamp->instruments = kor_rows_int(&rows, 0);
        stamp->pathways = kor_rows_int(&rows, 1);
        stamp->forms = kor_rows_int(&rows, 2);
        stamp->courses = hash_text(kor_rows_text(&rows, 3));
        kor_rows_done(&rows);
    }
    return code;
}

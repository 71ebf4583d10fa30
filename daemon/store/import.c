/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports: see store/import.h. */

#include "store/import.h"

#include "store/store_provider.h"

static enum kor_code
first_import(struct kor_rows *rows, struct kor_import *import,
             struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    if (!kor_rows_next(rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    import->id = kor_rows_int(rows, 0);
    import->n_rows = kor_rows_int(rows, 1);
    import->next_row = kor_rows_int(rows, 2);
    import->is_finished = kor_rows_int(rows, 3);
    kor_rows_done(rows);
    return KOR_OK;
}

static enum kor_code
find(struct kor_store *store, const char *hash, struct kor_import *import,
     struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_IMPORT_BY_HASH, &rows,
                                       KOR_ARGS(kor_txt(hash)), err);
    return code == KOR_OK ? first_import(&rows, import, err) : code;
}

enum kor_code
kor_store_import_begin(struct kor_store *store, const char *name,
                       const char *hash, int64_t n_rows, bool is_made_up,
                       int64_t at_ms, struct kor_import *import,
                       struct kor_err *err)
{
    enum kor_code code = find(store, hash, import, err);
    if (code != KOR_NOT_FOUND) {
        return code;
    }
    code = kor_sql_run(store, KOR_SQL_IMPORT_ADD,
                       KOR_ARGS(kor_txt(name), kor_txt(hash), kor_int(n_rows),
                                kor_int(is_made_up), kor_int(at_ms)),
                       err);
    return code == KOR_OK ? find(store, hash, import, err) : code;
}

enum kor_code
kor_store_import_load(struct kor_store *store, int64_t id,
                      struct kor_import *import, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_IMPORT_BY_ID, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    return code == KOR_OK ? first_import(&rows, import, err) : code;
}

enum kor_code
kor_store_import_advance(struct kor_store *store, int64_t id,
                         int64_t next_row, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_IMPORT_ADVANCE,
                       KOR_ARGS(kor_int(next_row), kor_int(id)), err);
}

enum kor_code
kor_store_import_finish(struct kor_store *store, int64_t id, int64_t at_ms,
                        struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_IMPORT_FINISH,
                       KOR_ARGS(kor_int(at_ms), kor_int(id)), err);
}

enum kor_code
kor_store_import_person_find(struct kor_store *store, int64_t import_id,
                             const char *person, int64_t *episode_id,
                             struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_IMPORT_PERSON_FIND, &rows,
                        KOR_ARGS(kor_int(import_id), kor_txt(person)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    *episode_id = kor_rows_int(&rows, 0);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_import_person_add(struct kor_store *store, int64_t import_id,
                            const char *person, int64_t episode_id,
                            struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_IMPORT_PERSON_ADD,
        KOR_ARGS(kor_int(import_id), kor_txt(person), kor_int(episode_id)),
        err);
}

enum kor_code
kor_store_import_codes(struct kor_store *store, int64_t import_id,
                       int64_t after, kor_import_person_fn each, void *to,
                       struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_IMPORT_CODES, &rows,
                        KOR_ARGS(kor_int(import_id), kor_int(after)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        each(to, kor_rows_int(&rows, 0), kor_rows_text(&rows, 1),
             kor_rows_text(&rows, 2), kor_rows_int(&rows, 3));
    }
    return code;
}

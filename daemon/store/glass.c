/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Broken glass: see store/glass.h. */

#include "store/glass.h"

#include "store/store_provider.h"

enum kor_code
kor_store_glass_add(struct kor_store *store, struct kor_glass *glass,
                    struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_GLASS_ADD,
        KOR_ARGS(kor_int(glass->account_id), kor_int(glass->person_id),
                 kor_txt(glass->why), kor_int(glass->at_ms),
                 kor_int(glass->until_ms)),
        err);
    glass->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

static enum kor_code
read_glass(struct kor_rows *rows, struct kor_glass out[], size_t *n,
           struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (kor_rows_next(rows, &code, err)) {
        struct kor_glass *glass = &out[(*n)++];
        glass->id = kor_rows_int(rows, 0);
        glass->account_id = 0;
        kor_rows_copy(rows, 1, glass->by, sizeof glass->by);
        glass->person_id = kor_rows_int(rows, 2);
        kor_rows_copy(rows, 3, glass->code, sizeof glass->code);
        kor_rows_copy(rows, 4, glass->why, sizeof glass->why);
        glass->at_ms = kor_rows_int(rows, 5);
        glass->until_ms = kor_rows_int(rows, 6);
    }
    return code;
}

enum kor_code
kor_store_glass_list(struct kor_store *store, int64_t before,
                     int64_t since_ms, size_t n_max, struct kor_glass out[],
                     size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GLASS_LIST, &rows,
        KOR_ARGS(kor_int(before), kor_int(since_ms), kor_int((int64_t)n_max)),
        err);
    return code == KOR_OK ? read_glass(&rows, out, n, err) : code;
}

enum kor_code
kor_store_glass_of(struct kor_store *store, int64_t person_id, size_t n_max,
                   struct kor_glass out[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GLASS_OF, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    return code == KOR_OK ? read_glass(&rows, out, n, err) : code;
}

enum kor_code
kor_store_glass_is_broken(struct kor_store *store, int64_t person_id,
                          int64_t account_id, int64_t now_ms, bool *is_broken,
                          struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GLASS_BROKEN, &rows,
        KOR_ARGS(kor_int(person_id), kor_int(account_id), kor_int(now_ms)),
        err);
    *is_broken = code == KOR_OK && kor_rows_next(&rows, &code, err);
    kor_rows_done(&rows);
    return code;
}

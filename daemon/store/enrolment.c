/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolments: see store/enrolment.h. */

#include "store/enrolment.h"

#include "store/store_provider.h"

enum kor_code
kor_store_enrolment_add(struct kor_store *store,
                        struct kor_enrolment *enrolment, int64_t at_ms,
                        struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_ENROLMENT_ADD,
        KOR_ARGS(kor_int(enrolment->account_id),
                 kor_blob(enrolment->hash, sizeof enrolment->hash),
                 kor_int_or_null(enrolment->key_days, 0), kor_int(at_ms),
                 kor_int(enrolment->expires_ms)),
        err);
    enrolment->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_enrolment_find(struct kor_store *store, int64_t now_ms,
                         struct kor_enrolment *enrolment, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_ENROLMENT_FIND, &rows,
        KOR_ARGS(kor_blob(enrolment->hash, sizeof enrolment->hash),
                 kor_int(now_ms)),
        err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    enrolment->id = kor_rows_int(&rows, 0);
    enrolment->account_id = kor_rows_int(&rows, 1);
    enrolment->key_days = kor_rows_int_or(&rows, 2, 0);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_enrolment_use(struct kor_store *store, int64_t id, int64_t actor_id,
                        struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_ENROLMENT_USE,
                       KOR_ARGS(kor_int(actor_id), kor_int(id)), err);
}

enum kor_code
kor_store_enrolment_close(struct kor_store *store, int64_t account_id,
                          int64_t now_ms, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_ENROLMENT_CLOSE,
        KOR_ARGS(kor_int(now_ms), kor_int_or_null(account_id, 0)), err);
}

enum kor_code
kor_store_enrolment_count_try(struct kor_store *store, int64_t now_ms,
                              struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_ENROLMENT_COUNT_TRY,
                       KOR_ARGS(kor_int(now_ms)), err);
}

enum kor_code
kor_store_enrolment_open(struct kor_store *store, int64_t now_ms,
                         struct kor_enrolments *open, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_ENROLMENT_OPEN, &rows,
                                       KOR_ARGS(kor_int(now_ms)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        open->n = kor_rows_int(&rows, 0);
        open->n_tries = kor_rows_int(&rows, 1);
        open->until_ms = kor_rows_int(&rows, 2);
        kor_rows_done(&rows);
    }
    return code;
}

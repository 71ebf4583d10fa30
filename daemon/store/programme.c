/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programmes: see store/programme.h. */

#include "store/programme.h"

#include "store/store_provider.h"

enum kor_code
kor_store_part_put(struct kor_store *store, int64_t episode_id,
                   const struct kor_part *part, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_PART_PUT,
                       KOR_ARGS(kor_int(episode_id), kor_txt(part->module),
                                kor_int(part->agreed_date),
                                kor_int(part->until_date)),
                       err);
}

enum kor_code
kor_store_part_done(struct kor_store *store, int64_t episode_id,
                    const struct kor_part *part, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_PART_DONE,
                       KOR_ARGS(kor_int_or_null(part->done_date, KOR_NO_DATE),
                                kor_int(episode_id), kor_txt(part->module)),
                       err);
}

enum kor_code
kor_store_parts(struct kor_store *store, int64_t episode_id,
                kor_part_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_PARTS, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_part part = {
            .agreed_date = (int32_t)kor_rows_int(&rows, 1),
            .until_date = (int32_t)kor_rows_int(&rows, 2),
            .done_date = (int32_t)kor_rows_int_or(&rows, 3, KOR_NO_DATE)};
        kor_rows_copy(&rows, 0, part.module, sizeof part.module);
        each(to, &part);
    }
    return code;
}

enum kor_code
kor_store_log_in_add(struct kor_store *store, int64_t episode_id,
                     int64_t at_ms, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_LOG_IN_ADD,
                       KOR_ARGS(kor_int(episode_id), kor_int(at_ms)), err);
}

enum kor_code
kor_store_log_ins(struct kor_store *store, int64_t episode_id, int64_t *n,
                  int64_t *last_ms, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_LOG_INS, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *n = kor_rows_int(&rows, 0);
        *last_ms = kor_rows_int_or(&rows, 1, *last_ms);
        kor_rows_done(&rows);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets: see store/sheet.h. */

#include "store/sheet.h"

#include "store/store_provider.h"

enum kor_code
kor_store_sheet_add(struct kor_store *store, int64_t episode_id,
                    struct kor_sheet *sheet, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_SHEET_ADD,
        KOR_ARGS(kor_int(episode_id), kor_int(sheet->number),
                 kor_int(sheet->version), kor_int(sheet->form_id),
                 kor_int(sheet->date), kor_txt(sheet->answers),
                 kor_txt(sheet->reason), kor_int(sheet->at_ms),
                 kor_int(sheet->actor_id)),
        err);
    sheet->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_sheet_last(struct kor_store *store, int64_t episode_id,
                     int32_t *number, int32_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *number = *n = 0;
    enum kor_code code = kor_sql_query(store, KOR_SQL_SHEET_LAST, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *number = (int32_t)kor_rows_int(&rows, 0);
        *n = (int32_t)kor_rows_int(&rows, 1);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_sheets(struct kor_store *store, int64_t episode_id,
                 const struct kor_sheet_wish *wish, kor_sheet_fn each,
                 void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_SHEET_FIND, &rows,
        KOR_ARGS(kor_int(episode_id), kor_int_or_null(wish->number, 0),
                 kor_int_or_null(wish->version, 0),
                 kor_int(wish->with_replaced)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_sheet sheet
            = {.id = kor_rows_int(&rows, 0),
               .number = (int32_t)kor_rows_int(&rows, 1),
               .version = (int32_t)kor_rows_int(&rows, 2),
               .form_id = kor_rows_int(&rows, 3),
               .date = (int32_t)kor_rows_int(&rows, 4),
               .at_ms = kor_rows_int(&rows, 6),
               .is_replaced = kor_rows_int(&rows, 8),
               .answers = kor_rows_text(&rows, 9)};
        kor_rows_copy(&rows, 5, sheet.reason, sizeof sheet.reason);
        kor_rows_copy(&rows, 7, sheet.by, sizeof sheet.by);
        code = each(to, &sheet, err);
    }
    kor_rows_done(&rows);
    return code;
}

enum kor_code
kor_store_sheet_tick_add(struct kor_store *store, int64_t sheet_id,
                         const struct kor_sheet_tick *tick,
                         struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_SHEET_TICK_ADD,
                       KOR_ARGS(kor_int(sheet_id), kor_txt(tick->kind),
                                kor_txt(tick->whom), kor_int(tick->is_on),
                                kor_int(tick->at_ms),
                                kor_int(tick->actor_id)),
                       err);
}

enum kor_code
kor_store_sheet_ticks(struct kor_store *store, int64_t sheet_id, size_t n_max,
                      struct kor_sheet_tick out[], size_t *n,
                      struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_SHEET_TICKS, &rows,
        KOR_ARGS(kor_int(sheet_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_sheet_tick *tick = &out[(*n)++];
        *tick = (struct kor_sheet_tick){.is_on = kor_rows_int(&rows, 2),
                                        .at_ms = kor_rows_int(&rows, 3)};
        kor_rows_copy(&rows, 0, tick->kind, sizeof tick->kind);
        kor_rows_copy(&rows, 1, tick->whom, sizeof tick->whom);
        kor_rows_copy(&rows, 4, tick->by, sizeof tick->by);
    }
    kor_rows_done(&rows);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signals: see store/signal.h. */

#include "store/signal.h"

#include "kor/base/utf8.h"
#include "store/store_provider.h"

enum kor_code
kor_store_signal_add(struct kor_store *store, int64_t episode_id,
                     int64_t session_id, int64_t at_ms,
                     struct kor_open_signal *signal, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_SIGNAL_ADD,
        KOR_ARGS(kor_int(episode_id), kor_int(session_id),
                 kor_txt(signal->scale), kor_int((int64_t)signal->finding),
                 kor_int(at_ms), kor_int_or_null(signal->sheet, 0)),
        err);
    signal->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_signal_pass(struct kor_store *store, int64_t id, int64_t session_id,
                      struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_SIGNAL_PASS,
                       KOR_ARGS(kor_int(session_id), kor_int(id)), err);
}

enum kor_code
kor_store_signals_open(struct kor_store *store, const struct kor_scope *scope,
                       const char *therapist, kor_signal_fn each, void *to,
                       struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_SIGNAL_OPEN, &rows,
        KOR_ARGS(kor_txt(therapist), kor_int(scope->is_own),
                 kor_txt(scope->name), kor_int(scope->today),
                 kor_int(scope->is_supervised), kor_txt(scope->unit_path),
                 kor_int(scope->is_duty)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_signal signal = {
            .open = {.id = kor_rows_int(&rows, 0),
                     .finding = (enum kor_finding)kor_rows_int(&rows, 4),
                     .session = (int32_t)kor_rows_int(&rows, 6),
                     .session_date = (int32_t)kor_rows_int(&rows, 7),
                     .episode = (int32_t)kor_rows_int(&rows, 2),
                     .sessions_since = (int32_t)kor_rows_int(&rows, 9),
                     .sheet = (int32_t)kor_rows_int_or(&rows, 10, 0)},
            .person_id = kor_rows_int(&rows, 8)};
        kor_rows_copy(&rows, 1, signal.code, sizeof signal.code);
        kor_rows_copy(&rows, 3, signal.open.therapist,
                      sizeof signal.open.therapist);
        kor_rows_copy(&rows, 5, signal.open.scale, sizeof signal.open.scale);
        each(to, &signal);
    }
    return code;
}

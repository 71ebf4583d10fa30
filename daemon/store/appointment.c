/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Appointments: see store/appointment.h. */

#include "store/appointment.h"

#include <string.h>

#include "store/store_provider.h"

/* What is stored of it; KOR_NOT_FOUND without a sentence. */
static enum kor_code
find(struct kor_store *store, const struct kor_calendar_run *run,
     const char *uid, int64_t *id, struct kor_appointment *stored,
     bool *is_cancelled, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_APPOINTMENT_FIND, &rows,
                        KOR_ARGS(kor_txt(run->owner), kor_txt(run->calendar),
                                 kor_txt(uid)),
                        err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    *id = kor_rows_int(&rows, 0);
    stored->episode_id = kor_rows_int(&rows, 1);
    stored->start_ms = kor_rows_int(&rows, 2);
    kor_rows_copy(&rows, 3, stored->mode, sizeof stored->mode);
    *is_cancelled = kor_rows_int(&rows, 4);
    kor_rows_done(&rows);
    return KOR_OK;
}

static enum kor_code
add(struct kor_store *store, const struct kor_calendar_run *run,
    const struct kor_appointment *a, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_APPOINTMENT_ADD,
        KOR_ARGS(kor_int(a->episode_id), kor_txt(run->owner),
                 kor_txt(run->calendar), kor_txt(a->uid),
                 kor_int(a->start_ms), kor_int(a->day_date),
                 kor_txt(a->mode), kor_int(run->run)),
        err);
}

enum kor_code
kor_store_appointment_put(struct kor_store *store,
                          const struct kor_calendar_run *run,
                          const struct kor_appointment *appointment,
                          enum kor_appointment_news *news,
                          int64_t *former_id, struct kor_err *err)
{
    const struct kor_appointment *a = appointment;
    struct kor_appointment stored;
    int64_t id;
    bool is_cancelled;
    enum kor_code code
        = find(store, run, a->uid, &id, &stored, &is_cancelled, err);
    *former_id = 0;
    if (code == KOR_NOT_FOUND) {
        *news = KOR_APPOINTMENT_ADDED;
        code = add(store, run, a, err);
    } else if (code == KOR_OK) {
        bool is_same = !is_cancelled && stored.episode_id == a->episode_id
                    && stored.start_ms == a->start_ms
                    && !strcmp(stored.mode, a->mode);
        *news = is_same ? KOR_APPOINTMENT_SAME : KOR_APPOINTMENT_CHANGED;
        *former_id = stored.episode_id;
        code = kor_sql_run(
            store, KOR_SQL_APPOINTMENT_CHANGE,
            KOR_ARGS(kor_int(a->episode_id), kor_int(a->start_ms),
                     kor_int(a->day_date), kor_txt(a->mode),
                     kor_int(run->run), kor_int(id)),
            err);
    }
    return code == KOR_OK && *news != KOR_APPOINTMENT_SAME
               ? kor_store_appointment_meet(store, a->episode_id,
                                            a->day_date, err)
               : code;
}

enum kor_code
kor_store_appointment_gone(struct kor_store *store,
                           const struct kor_calendar_run *run, int64_t now_ms,
                           size_t n_max, int64_t ids[], size_t *n,
                           struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_APPOINTMENT_GONE, &rows,
        KOR_ARGS(kor_txt(run->owner), kor_txt(run->calendar),
                 kor_int(run->run), kor_int(now_ms), kor_int((int64_t)n_max)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        ids[(*n)++] = kor_rows_int(&rows, 0);
    }
    return code;
}

enum kor_code
kor_store_appointment_cancel(struct kor_store *store,
                             const struct kor_calendar_run *run,
                             int64_t now_ms, int64_t episode_id, int64_t *n,
                             struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_APPOINTMENT_CANCEL,
        KOR_ARGS(kor_txt(run->owner), kor_txt(run->calendar),
                 kor_int(run->run), kor_int(now_ms), kor_int(episode_id)),
        err);
    *n = code == KOR_OK ? sqlite3_changes64(store->db) : 0;
    return code;
}

enum kor_code
kor_store_appointment_meet(struct kor_store *store, int64_t episode_id,
                           int32_t date, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_APPOINTMENT_MEET,
                       KOR_ARGS(kor_int(episode_id), kor_int(date)), err);
}

enum kor_code
kor_store_appointment_last(struct kor_store *store, int64_t episode_id,
                           int32_t from_date, int32_t to_date, int32_t *date,
                           struct kor_err *err)
{
    struct kor_rows rows;
    *date = KOR_NO_DATE;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_APPOINTMENT_LAST, &rows,
        KOR_ARGS(kor_int(episode_id), kor_int(from_date), kor_int(to_date)),
        err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *date = (int32_t)kor_rows_int_or(&rows, 0, KOR_NO_DATE);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_appointment_mode(struct kor_store *store, int64_t episode_id,
                           int32_t date, char mode[8], struct kor_err *err)
{
    struct kor_rows rows;
    mode[0] = '\0';
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_APPOINTMENT_MODE, &rows,
                        KOR_ARGS(kor_int(episode_id), kor_int(date)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        kor_rows_copy(&rows, 0, mode, 8);
        kor_rows_done(&rows);
    }
    return code;
}

static void
read_listed(const struct kor_rows *rows, struct kor_listed_appointment *out)
{
    *out = (struct kor_listed_appointment){
        .appointment = {.episode_id = kor_rows_int(rows, 1),
                        .start_ms = kor_rows_int(rows, 6),
                        .day_date = (int32_t)kor_rows_int(rows, 7)},
        .id = kor_rows_int(rows, 0),
        .person_id = kor_rows_int(rows, 2),
        .episode = (int32_t)kor_rows_int(rows, 4)};
    kor_rows_copy(rows, 3, out->code, sizeof out->code);
    kor_rows_copy(rows, 5, out->therapist, sizeof out->therapist);
    kor_rows_copy(rows, 8, out->appointment.mode,
                  sizeof out->appointment.mode);
}

enum kor_code
kor_store_appointment_list(struct kor_store *store,
                           const struct kor_appointment_wish *wish,
                           kor_listed_appointment_fn each, void *to,
                           struct kor_err *err)
{
    const struct kor_scope *scope = wish->scope;
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_APPOINTMENT_LIST, &rows,
        KOR_ARGS(kor_int(wish->from_date), kor_int(wish->to_date),
                 kor_int(wish->after_date), kor_int(wish->after_id),
                 kor_txt(wish->therapist), kor_int(scope->is_own),
                 kor_txt(scope->name), kor_int(scope->today),
                 kor_int(scope->is_supervised), kor_txt(scope->unit_path),
                 kor_int((int64_t)wish->n_max)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_listed_appointment listed;
        read_listed(&rows, &listed);
        code = each(to, &listed, err);
    }
    kor_rows_done(&rows);
    return code;
}

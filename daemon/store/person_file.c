/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What else lies with a person: see store/person_file.h. */

#include "store/person_file.h"

#include "store/store_provider.h"

enum kor_code
kor_store_person_appointments(struct kor_store *store, int64_t person_id,
                              size_t n_max, kor_person_appointment_fn each,
                              void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PERSON_APPOINTMENTS, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_person_appointment row
            = {.episode = (int32_t)kor_rows_int(&rows, 0),
               .appointment = {.start_ms = kor_rows_int(&rows, 1),
                               .day_date = (int32_t)kor_rows_int(&rows, 2)},
               .is_cancelled = kor_rows_int(&rows, 4) != 0,
               .is_met = kor_rows_int(&rows, 5) != 0};
        kor_rows_copy(&rows, 3, row.appointment.mode,
                      sizeof row.appointment.mode);
        each(to, &row);
    }
    return code;
}

enum kor_code
kor_store_person_log_ins(struct kor_store *store, int64_t person_id,
                         size_t n_max, kor_person_log_in_fn each, void *to,
                         struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PERSON_LOG_INS, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        each(to, (int32_t)kor_rows_int(&rows, 0), kor_rows_int(&rows, 1));
    }
    return code;
}

enum kor_code
kor_store_person_tasks(struct kor_store *store, int64_t person_id,
                       size_t n_max, kor_person_task_fn each, void *to,
                       struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PERSON_TASKS, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_task task
            = {.until_date = (int32_t)kor_rows_int(&rows, 3)};
        char group[33];
        kor_rows_copy(&rows, 0, group, sizeof group);
        kor_rows_copy(&rows, 1, task.text, sizeof task.text);
        kor_rows_copy(&rows, 2, task.who, sizeof task.who);
        each(to, group, &task,
             (int32_t)kor_rows_int_or(&rows, 4, KOR_NO_DATE));
    }
    return code;
}

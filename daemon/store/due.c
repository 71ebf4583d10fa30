/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due: see store/due.h. */

#include "store/due.h"

#include <string.h>

#include "store/episode.h"
#include "store/store_provider.h"

static const char *const missings[] = {
    "", "forgot", "declined", "crisis", "phone", "unsuitable", "unsaid"};

const char *
kor_missing_name(enum kor_missing missing)
{
    return missings[missing];
}

bool
kor_missing_from(const char *name, enum kor_missing *missing)
{
    for (size_t i = 0; i < KOR_LENGTH(missings); i++) {
        if (!strcmp(missings[i], name)) {
            *missing = (enum kor_missing)i;
            return true;
        }
    }
    return false;
}

enum kor_code
kor_store_due_add(struct kor_store *store, int64_t episode_id,
                  struct kor_due *due, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_DUE_ADD,
        KOR_ARGS(kor_int(episode_id), kor_txt(kor_rule_kind_name(due->kind)),
                 kor_txt(kor_when_name(due->when)), kor_txt(due->key),
                 kor_txt(due->rater), kor_int_or_null(due->session_id, 0),
                 kor_int(due->due_date), kor_int(due->until_date),
                 kor_txt(kor_missing_name(due->missing)),
                 kor_int_or_null(due->review_date, KOR_NO_DATE)),
        err);
    due->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_due_change(struct kor_store *store, const struct kor_due *due,
                     struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_DUE_CHANGE,
        KOR_ARGS(kor_int(due->due_date), kor_int(due->until_date),
                 kor_txt(kor_missing_name(due->missing)),
                 kor_int_or_null(due->review_date, KOR_NO_DATE),
                 kor_int(due->id)),
        err);
}

enum kor_code
kor_store_due_remove(struct kor_store *store, int64_t id, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DUE_REMOVE, KOR_ARGS(kor_int(id)), err);
}

enum kor_code
kor_store_due_came_late(struct kor_store *store, int64_t episode_id,
                        const struct kor_due *due, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DUE_CAME_LATE,
                       KOR_ARGS(kor_int(episode_id), kor_int(due->session_id),
                                kor_txt(kor_rule_kind_name(due->kind)),
                                kor_txt(due->key), kor_txt(due->rater)),
                       err);
}

enum kor_code
kor_store_due_came_by_day(struct kor_store *store, int64_t episode_id,
                          const struct kor_due *due, int n_days,
                          struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DUE_CAME_BY_DAY,
                       KOR_ARGS(kor_int(episode_id),
                                kor_txt(kor_rule_kind_name(due->kind)),
                                kor_txt(due->key), kor_txt(due->rater),
                                kor_int(due->due_date), kor_int(n_days)),
                       err);
}

enum kor_code
kor_store_due_drop_session(struct kor_store *store, int64_t episode_id,
                           int64_t session_id, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DUE_DROP_SESSION,
                       KOR_ARGS(kor_int(episode_id), kor_int(session_id)),
                       err);
}

enum kor_code
kor_store_due_move_session(struct kor_store *store, int64_t episode_id,
                           int64_t session_id, int32_t days,
                           struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DUE_MOVE_SESSION,
                       KOR_ARGS(kor_int(days), kor_int(episode_id),
                                kor_int(session_id)),
                       err);
}

static void
read_due(const struct kor_rows *rows, struct kor_due *due)
{
    enum kor_missing missing = KOR_MISSING_NOT;
    (void)kor_missing_from(kor_rows_text(rows, 8), &missing);
    *due = (struct kor_due){
        .id = kor_rows_int(rows, 0),
        .session_id = kor_rows_int_or(rows, 5, 0),
        .due_date = (int32_t)kor_rows_int(rows, 6),
        .until_date = (int32_t)kor_rows_int(rows, 7),
        .missing = missing,
        .review_date = (int32_t)kor_rows_int_or(rows, 9, KOR_NO_DATE)};
    (void)kor_rule_kind_from(kor_rows_text(rows, 1), &due->kind);
    (void)kor_when_from(kor_rows_text(rows, 2), &due->when);
    kor_rows_copy(rows, 3, due->key, sizeof due->key);
    kor_rows_copy(rows, 4, due->rater, sizeof due->rater);
}

enum kor_code
kor_store_dues(struct kor_store *store, int64_t episode_id, int32_t today,
               kor_due_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_DUE_OF_EPISODE, &rows,
                        KOR_ARGS(kor_int(episode_id), kor_int(today)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_due due;
        read_due(&rows, &due);
        each(to, &due);
    }
    return code;
}

enum kor_code
kor_store_due_load(struct kor_store *store, int64_t id, struct kor_due *due,
                   int64_t *episode_id, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_DUE_BY_ID, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    read_due(&rows, due);
    *episode_id = kor_rows_int(&rows, 10);
    kor_rows_done(&rows);
    return KOR_OK;
}

static enum kor_code
each_listed(struct kor_rows *rows, kor_listed_due_fn each, void *to,
            struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (code == KOR_OK && kor_rows_next(rows, &code, err)) {
        struct kor_listed_due listed
            = {.episode_id = kor_rows_int(rows, 10),
               .person_id = kor_rows_int(rows, 11),
               .pathway_id = kor_rows_int_or(rows, 12, 0),
               .episode = (int32_t)kor_rows_int(rows, 14),
               .session = (int32_t)kor_rows_int_or(rows, 15, 0),
               .goal = kor_rows_text(rows, 17)};
        read_due(rows, &listed.due);
        if (listed.due.id > KOR_DUE_GOALS) {
            listed.goal_id = listed.due.id - KOR_DUE_GOALS;
        }
        kor_rows_copy(rows, 13, listed.code, sizeof listed.code);
        kor_rows_copy(rows, 16, listed.therapist, sizeof listed.therapist);
        code = each(to, &listed, err);
    }
    kor_rows_done(rows);
    return code;
}

enum kor_code
kor_store_due_list(struct kor_store *store, const struct kor_due_wish *wish,
                   kor_listed_due_fn each, void *to, struct kor_err *err)
{
    const struct kor_scope *scope = wish->scope;
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_DUE_LIST, &rows,
        KOR_ARGS(kor_int(scope->today), kor_int(wish->is_overdue),
                 kor_int(wish->is_in_time), kor_int(wish->after_date),
                 kor_int(wish->after_id), kor_txt(wish->therapist),
                 kor_int(scope->is_own), kor_txt(scope->name),
                 kor_int(scope->is_supervised), kor_txt(scope->unit_path),
                 kor_int((int64_t)wish->n_max)),
        err);
    return code == KOR_OK ? each_listed(&rows, each, to, err) : code;
}

enum kor_code
kor_store_dues_of(struct kor_store *store, int64_t person_id, size_t n_max,
                  kor_listed_due_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_DUE_OF_PERSON, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    return code == KOR_OK ? each_listed(&rows, each, to, err) : code;
}

/* --- the day ------------------------------------------------------------- */

enum kor_code
kor_store_day_find(struct kor_store *store, struct kor_day *day,
                   struct kor_err *err)
{
    struct kor_rows rows;
    *day = (struct kor_day){.date = KOR_NO_DATE};
    enum kor_code code = kor_sql_query(store, KOR_SQL_DAY_FIND, &rows,
                                       KOR_NO_ARGS, err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        day->date = (int32_t)kor_rows_int(&rows, 0);
        day->after_id = kor_rows_int_or(&rows, 1, 0);
        day->is_done = kor_rows_is_null(&rows, 1);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_day_put(struct kor_store *store, const struct kor_day *day,
                  struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_DAY_PUT,
        KOR_ARGS(kor_int(day->date),
                 day->is_done ? kor_int_or_null(0, 0)
                              : kor_int(day->after_id)),
        err);
}

enum kor_code
kor_store_day_episodes(struct kor_store *store, const struct kor_day *day,
                       size_t n_max, int64_t ids[], size_t *n,
                       struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_DAY_EPISODES, &rows,
        KOR_ARGS(kor_int(day->after_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        ids[(*n)++] = kor_rows_int(&rows, 0);
    }
    return code;
}

enum kor_code
kor_store_phase_session(struct kor_store *store,
                        const struct kor_episode *episode, int n,
                        int32_t *number, int32_t *date, struct kor_err *err)
{
    struct kor_rows rows;
    *number = 0;
    *date = KOR_NO_DATE;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PHASE_SESSIONS, &rows,
        KOR_ARGS(kor_int(episode->id), kor_int(episode->phase_date),
                 kor_int_or_null(episode->phase_session, 0), kor_int(n - 1)),
        err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *number = (int32_t)kor_rows_int(&rows, 0);
        *date = (int32_t)kor_rows_int(&rows, 1);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_last_held(struct kor_store *store, int64_t episode_id,
                    int32_t *date, struct kor_err *err)
{
    struct kor_rows rows;
    *date = KOR_NO_DATE;
    enum kor_code code = kor_sql_query(store, KOR_SQL_LAST_HELD, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *date = (int32_t)kor_rows_int(&rows, 0);
        kor_rows_done(&rows);
    }
    return code;
}

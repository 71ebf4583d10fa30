/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goals: see store/goal.h. */

#include "store/goal.h"

#include <string.h>

#include "kor/base/clock.h"
#include "store/store_provider.h"

static const char *const statuses[] = {"open", "reached", "dropped"};

const char *
kor_goal_status_name(enum kor_goal_status status)
{
    return statuses[status];
}

bool
kor_goal_status_from(const char *name, enum kor_goal_status *status)
{
    for (size_t i = 0; i < KOR_LENGTH(statuses); i++) {
        if (!strcmp(statuses[i], name)) {
            *status = (enum kor_goal_status)i;
            return true;
        }
    }
    return false;
}

static enum kor_code
add_version(struct kor_store *store, const struct kor_goal *goal,
            struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_GOAL_VERSION_ADD,
        KOR_ARGS(kor_int(goal->id), kor_int(goal->version),
                 kor_int_or_null(goal->under_id, 0), kor_txt(goal->text),
                 kor_txt(goal->criterion),
                 kor_int_or_null(goal->target_date, KOR_NO_DATE),
                 kor_txt(kor_goal_status_name(goal->status)),
                 kor_real(goal->weight), kor_int(goal->at_ms),
                 kor_int(goal->actor_id)),
        err);
}

enum kor_code
kor_store_goal_add(struct kor_store *store, int64_t episode_id,
                   struct kor_goal *goal, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_GOAL_ADD,
        KOR_ARGS(kor_int(episode_id), kor_int(goal->set_date)), err);
    goal->id = sqlite3_last_insert_rowid(store->db);
    goal->version = 1;
    return code == KOR_OK ? add_version(store, goal, err) : code;
}

enum kor_code
kor_store_goal_change(struct kor_store *store, struct kor_goal *goal,
                      struct kor_err *err)
{
    enum kor_code code = kor_sql_run(store, KOR_SQL_GOAL_VERSION_END,
                                     KOR_ARGS(kor_int(goal->id)), err);
    goal->version++;
    return code == KOR_OK ? add_version(store, goal, err) : code;
}

enum kor_code
kor_store_goal_mark_add(struct kor_store *store, int64_t goal_id,
                        const struct kor_goal_mark *mark, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_GOAL_MARK_ADD,
        KOR_ARGS(kor_int(goal_id), kor_int(mark->date),
                 kor_int_or_null(mark->progress, KOR_GOAL_UNSAID),
                 kor_int_or_null(mark->level, KOR_GOAL_UNSAID),
                 kor_int(mark->at_ms), kor_int(mark->actor_id)),
        err);
}

/* What both queries of versions begin with. */
static void
read_version(const struct kor_rows *rows, struct kor_goal *goal)
{
    memset(goal, 0, sizeof *goal);
    goal->id = kor_rows_int(rows, 0);
    goal->version = (int32_t)kor_rows_int(rows, 1);
    goal->under_id = kor_rows_int_or(rows, 2, 0);
    kor_rows_copy(rows, 3, goal->text, sizeof goal->text);
    kor_rows_copy(rows, 4, goal->criterion, sizeof goal->criterion);
    goal->target_date = (int32_t)kor_rows_int_or(rows, 5, KOR_NO_DATE);
    (void)kor_goal_status_from(kor_rows_text(rows, 6), &goal->status);
    goal->weight = kor_rows_real(rows, 7);
    goal->at_ms = kor_rows_int(rows, 8);
    kor_rows_copy(rows, 9, goal->by, sizeof goal->by);
    goal->set_date = goal->progress_date = goal->level_date = KOR_NO_DATE;
    goal->progress = goal->level = KOR_GOAL_UNSAID;
}

enum kor_code
kor_store_goals(struct kor_store *store, int64_t episode_id, size_t n_max,
                struct kor_goal out[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GOAL_LIST, &rows,
        KOR_ARGS(kor_int(episode_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_goal *goal = &out[(*n)++];
        read_version(&rows, goal);
        goal->set_date = (int32_t)kor_rows_int(&rows, 10);
        goal->progress = (int)kor_rows_int_or(&rows, 11, KOR_GOAL_UNSAID);
        goal->progress_date = (int32_t)kor_rows_int_or(&rows, 12,
                                                       KOR_NO_DATE);
        goal->level = (int)kor_rows_int_or(&rows, 13, KOR_GOAL_UNSAID);
        goal->level_date = (int32_t)kor_rows_int_or(&rows, 14, KOR_NO_DATE);
    }
    return code;
}

enum kor_code
kor_store_goal_versions(struct kor_store *store, int64_t goal_id,
                        size_t n_max, struct kor_goal out[], size_t *n,
                        struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GOAL_VERSIONS, &rows,
        KOR_ARGS(kor_int(goal_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        read_version(&rows, &out[(*n)++]);
    }
    return code;
}

enum kor_code
kor_store_goal_marks(struct kor_store *store, int64_t goal_id, size_t n_max,
                     struct kor_goal_mark out[], size_t *n,
                     struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GOAL_MARKS, &rows,
        KOR_ARGS(kor_int(goal_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_goal_mark *mark = &out[(*n)++];
        mark->date = (int32_t)kor_rows_int(&rows, 0);
        mark->progress = (int)kor_rows_int_or(&rows, 1, KOR_GOAL_UNSAID);
        mark->level = (int)kor_rows_int_or(&rows, 2, KOR_GOAL_UNSAID);
        mark->at_ms = kor_rows_int(&rows, 3);
        mark->actor_id = 0;
        kor_rows_copy(&rows, 4, mark->by, sizeof mark->by);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups that meet: see store/group.h. */

#include "store/group.h"

#include "store/store_provider.h"

static void
read_group(const struct kor_rows *rows, struct kor_group *group)
{
    *group = (struct kor_group){.id = kor_rows_int(rows, 0),
                                .planned = kor_rows_int_or(rows, 7, 0)};
    kor_rows_copy(rows, 1, group->name, sizeof group->name);
    kor_rows_copy(rows, 2, group->kind, sizeof group->kind);
    kor_rows_copy(rows, 3, group->unit.name, sizeof group->unit.name);
    kor_rows_copy(rows, 4, group->unit.path, sizeof group->unit.path);
    kor_rows_copy(rows, 5, group->leader, sizeof group->leader);
    kor_rows_copy(rows, 6, group->second_leader,
                  sizeof group->second_leader);
}

enum kor_code
kor_store_group_find(struct kor_store *store, const char *name,
                     struct kor_group *group, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_GROUP_FIND, &rows,
                                       KOR_ARGS(kor_txt(name)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    read_group(&rows, group);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_group_add(struct kor_store *store, struct kor_group *group,
                    int64_t at_ms, struct kor_err *err)
{
    struct kor_group known;
    enum kor_code code
        = kor_store_group_find(store, group->name, &known, err);
    if (code != KOR_NOT_FOUND) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    code = kor_sql_run(
        store, KOR_SQL_GROUP_ADD,
        KOR_ARGS(kor_txt(group->name), kor_txt(group->kind),
                 kor_int(group->unit.id), kor_txt(group->leader),
                 kor_txt(group->second_leader),
                 kor_int_or_null(group->planned, 0), kor_int(at_ms)),
        err);
    group->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_groups(struct kor_store *store, const char *leader, bool is_of_unit,
                 const char *unit_path, kor_group_fn each, void *to,
                 struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GROUP_LIST, &rows,
        KOR_ARGS(kor_txt(leader), kor_int(is_of_unit), kor_txt(unit_path)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_group group;
        read_group(&rows, &group);
        each(to, &group);
    }
    return code;
}

/* --- members ------------------------------------------------------------- */

enum kor_code
kor_store_member_add(struct kor_store *store, int64_t group_id,
                     int64_t episode_id, int32_t date, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_MEMBER_ADD,
        KOR_ARGS(kor_int(group_id), kor_int(episode_id), kor_int(date)), err);
}

enum kor_code
kor_store_member_leave(struct kor_store *store, int64_t member_id,
                       int32_t date, const char *why, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_MEMBER_LEAVE,
        KOR_ARGS(kor_int(date), kor_txt(why), kor_int(member_id)), err);
}

enum kor_code
kor_store_member_end(struct kor_store *store, int64_t episode_id,
                     int32_t date, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_MEMBER_END,
                       KOR_ARGS(kor_int(date), kor_int(episode_id)), err);
}

enum kor_code
kor_store_members(struct kor_store *store, int64_t group_id,
                  kor_member_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_MEMBERS, &rows,
                                       KOR_ARGS(kor_int(group_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_member member = {
            .id = kor_rows_int(&rows, 0),
            .episode_id = kor_rows_int(&rows, 1),
            .person_id = kor_rows_int(&rows, 2),
            .joined_date = (int32_t)kor_rows_int(&rows, 4),
            .left_date = (int32_t)kor_rows_int_or(&rows, 5, KOR_NO_DATE),
            .n_meetings = kor_rows_int(&rows, 6),
            .n_there = kor_rows_int(&rows, 7),
            .there_date = (int32_t)kor_rows_int_or(&rows, 8, KOR_NO_DATE),
            .episode = (int32_t)kor_rows_int(&rows, 9)};
        kor_rows_copy(&rows, 3, member.code, sizeof member.code);
        each(to, &member);
    }
    return code;
}

enum kor_code
kor_store_memberships(struct kor_store *store, int64_t episode_id, int64_t *n,
                      struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(store, KOR_SQL_MEMBERSHIPS, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *n = kor_rows_int(&rows, 0);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_attended(struct kor_store *store, int64_t episode_id,
                   kor_attended_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_ATTENDED, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_attended row = {
            .member_id = kor_rows_int(&rows, 0),
            .joined_date = (int32_t)kor_rows_int(&rows, 2),
            .left_date = (int32_t)kor_rows_int_or(&rows, 3, KOR_NO_DATE),
            .number = kor_rows_int_or(&rows, 5, 0),
            .date = (int32_t)kor_rows_int_or(&rows, 6, KOR_NO_DATE),
            .was_there = kor_rows_int_or(&rows, 8, 0) != 0,
            .did_homework = kor_rows_int_or(&rows, 9, 0) != 0};
        kor_rows_copy(&rows, 1, row.group, sizeof row.group);
        kor_rows_copy(&rows, 4, row.why, sizeof row.why);
        kor_rows_copy(&rows, 7, row.module, sizeof row.module);
        each(to, &row);
    }
    return code;
}

/* --- meetings ------------------------------------------------------------ */

enum kor_code
kor_store_meeting_add(struct kor_store *store, int64_t group_id,
                      struct kor_meeting *meeting, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_MEETING_ADD,
        KOR_ARGS(kor_int(group_id), kor_int(meeting->number),
                 kor_int(meeting->date), kor_txt(meeting->module)),
        err);
    meeting->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_attendance_add(struct kor_store *store, int64_t meeting_id,
                         int64_t member_id, bool was_there,
                         bool did_homework, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_ATTENDANCE_ADD,
                       KOR_ARGS(kor_int(meeting_id), kor_int(member_id),
                                kor_int(was_there), kor_int(did_homework)),
                       err);
}

enum kor_code
kor_store_meetings(struct kor_store *store, int64_t group_id,
                   kor_meeting_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_MEETINGS, &rows,
                                       KOR_ARGS(kor_int(group_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_meeting meeting
            = {.number = kor_rows_int(&rows, 0),
               .date = (int32_t)kor_rows_int(&rows, 1),
               .n_there = kor_rows_int(&rows, 3),
               .n_members = kor_rows_int(&rows, 4)};
        kor_rows_copy(&rows, 2, meeting.module, sizeof meeting.module);
        each(to, &meeting);
    }
    return code;
}

/* --- tasks --------------------------------------------------------------- */

enum kor_code
kor_store_task_add(struct kor_store *store, int64_t group_id,
                   const struct kor_task *task, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_TASK_ADD,
                       KOR_ARGS(kor_int(group_id), kor_txt(task->text),
                                kor_txt(task->who),
                                kor_int(task->until_date)),
                       err);
}

enum kor_code
kor_store_task_done(struct kor_store *store, int64_t group_id, int64_t id,
                    int32_t date, struct kor_err *err)
{
    enum kor_code code
        = kor_sql_run(store, KOR_SQL_TASK_DONE,
                      KOR_ARGS(kor_int(date), kor_int(id), kor_int(group_id)),
                      err);
    return code == KOR_OK && sqlite3_changes(store->db) == 0 ? KOR_NOT_FOUND
                                                             : code;
}

enum kor_code
kor_store_tasks(struct kor_store *store, int64_t group_id, kor_task_fn each,
                void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_TASKS, &rows,
                                       KOR_ARGS(kor_int(group_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_task task = {.id = kor_rows_int(&rows, 0),
                                .until_date = (int32_t)kor_rows_int(&rows, 3)};
        kor_rows_copy(&rows, 1, task.text, sizeof task.text);
        kor_rows_copy(&rows, 2, task.who, sizeof task.who);
        each(to, &task);
    }
    return code;
}

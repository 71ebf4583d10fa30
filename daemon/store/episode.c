/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People and their episodes: see store/episode.h. */

#include "store/episode.h"

#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "store/store_provider.h"

/* Reads the first row of a query of one column. */
static enum kor_code
first_int(struct kor_rows *rows, int64_t *out, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    if (!kor_rows_next(rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    *out = kor_rows_int(rows, 0);
    kor_rows_done(rows);
    return KOR_OK;
}

enum kor_code
kor_store_person_add(struct kor_store *store, struct kor_person *person,
                     struct kor_err *err)
{
    struct kor_person known = *person;
    enum kor_code code = kor_store_person_find(store, &known, err);
    if (code != KOR_NOT_FOUND) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    code = kor_sql_run(
        store, KOR_SQL_PERSON_ADD,
        KOR_ARGS(kor_txt(person->code),
                 kor_int_or_null(person->born_month, KOR_NO_MONTH),
                 kor_txt(person->gender)),
        err);
    person->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_person_find(struct kor_store *store, struct kor_person *person,
                      struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_PERSON_FIND, &rows,
                        KOR_ARGS(kor_txt(person->code)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    person->id = kor_rows_int(&rows, 0);
    person->born_month = (int32_t)kor_rows_int_or(&rows, 1, KOR_NO_MONTH);
    kor_rows_copy(&rows, 2, person->gender, sizeof person->gender);
    kor_rows_done(&rows);
    return KOR_OK;
}

/* The last day of a cover; there is none without a cover. */
static int32_t
cover_until(const struct kor_episode *episode)
{
    return *episode->cover ? episode->cover_until_date : KOR_NO_DATE;
}

/* There is no phase without a pathway. */
static int32_t
phase_date(const struct kor_episode *episode)
{
    return episode->pathway_id ? episode->phase_date : KOR_NO_DATE;
}

enum kor_code
kor_store_episode_add(struct kor_store *store, struct kor_episode *episode,
                      int64_t import_id, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_EPISODE_ADD,
        KOR_ARGS(kor_int(episode->person.id), kor_int(episode->number),
                 kor_txt(episode->pathway), kor_txt(episode->unit),
                 kor_txt(episode->therapist), kor_int(episode->opened_date),
                 kor_int_or_null(episode->planned_end_date, KOR_NO_DATE),
                 kor_int_or_null(import_id, 0), kor_txt(episode->cover),
                 kor_int_or_null(cover_until(episode), KOR_NO_DATE),
                 kor_txt(episode->supervisor),
                 kor_int_or_null(episode->pathway_id, 0),
                 kor_txt(episode->phase),
                 kor_int_or_null(phase_date(episode), KOR_NO_DATE)),
        err);
    episode->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_episode_find(struct kor_store *store, int64_t person_id,
                       int32_t number, int64_t *id, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = number == 0
              ? kor_sql_query(store, KOR_SQL_EPISODE_LAST, &rows,
                              KOR_ARGS(kor_int(person_id)), err)
              : kor_sql_query(store, KOR_SQL_EPISODE_NUMBERED, &rows,
                              KOR_ARGS(kor_int(person_id), kor_int(number)),
                              err);
    return code == KOR_OK ? first_int(&rows, id, err) : code;
}

enum kor_code
kor_store_open_episodes(struct kor_store *store, const char *code,
                        struct kor_open_episodes *open, struct kor_err *err)
{
    struct kor_rows rows;
    open->n = 0;
    enum kor_code result = kor_sql_query(
        store, KOR_SQL_EPISODE_OPEN_BY_CODE, &rows,
        KOR_ARGS(kor_txt(code), kor_int(KOR_MAX_OPEN_EPISODES)), err);
    while (result == KOR_OK && kor_rows_next(&rows, &result, err)) {
        open->all[open->n].id = kor_rows_int(&rows, 0);
        open->all[open->n++].number = (int32_t)kor_rows_int(&rows, 1);
    }
    return result;
}

enum kor_code
kor_store_episode_count(struct kor_store *store, int64_t person_id,
                        int32_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    int64_t count = 0;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_EPISODE_COUNT, &rows,
                        KOR_ARGS(kor_int(person_id)), err);
    if (code == KOR_OK) {
        code = first_int(&rows, &count, err);
    }
    *n = (int32_t)count;
    return code;
}

static void
read_episode(const struct kor_rows *rows, struct kor_episode *episode)
{
    struct kor_person *person = &episode->person;
    person->id = kor_rows_int(rows, 0);
    kor_rows_copy(rows, 1, person->code, sizeof person->code);
    person->born_month = (int32_t)kor_rows_int_or(rows, 2, KOR_NO_MONTH);
    kor_rows_copy(rows, 3, person->gender, sizeof person->gender);
    episode->number = (int32_t)kor_rows_int(rows, 4);
    kor_rows_copy(rows, 5, episode->pathway, sizeof episode->pathway);
    kor_rows_copy(rows, 6, episode->unit, sizeof episode->unit);
    kor_rows_copy(rows, 7, episode->therapist, sizeof episode->therapist);
    episode->opened_date = (int32_t)kor_rows_int(rows, 8);
    episode->planned_end_date
        = (int32_t)kor_rows_int_or(rows, 9, KOR_NO_DATE);
    episode->closed_date = (int32_t)kor_rows_int_or(rows, 10, KOR_NO_DATE);
    kor_rows_copy(rows, 11, episode->ending, sizeof episode->ending);
    kor_rows_copy(rows, 12, episode->reason, sizeof episode->reason);
    kor_rows_copy(rows, 13, episode->lead_scale, sizeof episode->lead_scale);
    kor_rows_copy(rows, 14, episode->cover, sizeof episode->cover);
    episode->cover_until_date
        = (int32_t)kor_rows_int_or(rows, 15, KOR_NO_DATE);
    kor_rows_copy(rows, 16, episode->supervisor, sizeof episode->supervisor);
    kor_rows_copy(rows, 17, episode->unit_path, sizeof episode->unit_path);
    episode->pathway_id = kor_rows_int_or(rows, 18, 0);
    kor_rows_copy(rows, 19, episode->phase, sizeof episode->phase);
    episode->phase_date = (int32_t)kor_rows_int_or(rows, 20, KOR_NO_DATE);
    episode->phase_session = (int32_t)kor_rows_int_or(rows, 23, 0);
    kor_rows_copy(rows, 21, episode->ending_reason,
                  sizeof episode->ending_reason);
    kor_rows_copy(rows, 22, episode->module, sizeof episode->module);
}

enum kor_code
kor_store_episode_load(struct kor_store *store, int64_t id,
                       struct kor_episode *episode, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_EPISODE_LOAD, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    episode->id = id;
    read_episode(&rows, episode);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_episode_close(struct kor_store *store,
                        const struct kor_episode *episode,
                        struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_EPISODE_CLOSE,
        KOR_ARGS(kor_txt(episode->ending), kor_txt(episode->reason),
                 kor_int_or_null(episode->closed_date, KOR_NO_DATE),
                 kor_txt(episode->ending_reason), kor_txt(episode->module),
                 kor_int(episode->id)),
        err);
}

enum kor_code
kor_store_episode_pathway(struct kor_store *store,
                          const struct kor_episode *episode,
                          struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_EPISODE_PATHWAY,
        KOR_ARGS(kor_txt(episode->pathway),
                 kor_int_or_null(episode->pathway_id, 0),
                 kor_txt(episode->phase),
                 kor_int_or_null(phase_date(episode), KOR_NO_DATE),
                 kor_int_or_null(episode->phase_session, 0),
                 kor_int(episode->id)),
        err);
}

enum kor_code
kor_store_episode_hands(struct kor_store *store,
                        const struct kor_episode *episode,
                        struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_EPISODE_HANDS,
        KOR_ARGS(kor_txt(episode->therapist), kor_txt(episode->cover),
                 kor_int_or_null(cover_until(episode), KOR_NO_DATE),
                 kor_txt(episode->supervisor), kor_txt(episode->unit),
                 kor_int(episode->id)),
        err);
}

enum kor_code
kor_store_episode_lead(struct kor_store *store,
                       const struct kor_episode *episode, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_EPISODE_LEAD,
        KOR_ARGS(kor_txt(episode->lead_scale), kor_int(episode->id)), err);
}

static enum kor_code
read_ids(struct kor_rows *rows, int64_t ids[], size_t *n, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (kor_rows_next(rows, &code, err)) {
        ids[(*n)++] = kor_rows_int(rows, 0);
    }
    return code;
}

enum kor_code
kor_store_episodes_of(struct kor_store *store, const char *name,
                      int64_t after, size_t n_max, int64_t ids[], size_t *n,
                      struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_EPISODE_OPEN_OF, &rows,
        KOR_ARGS(kor_txt(name), kor_int(after), kor_int((int64_t)n_max)),
        err);
    return code == KOR_OK ? read_ids(&rows, ids, n, err) : code;
}

enum kor_code
kor_store_episodes_open(struct kor_store *store, const struct kor_scope *scope,
                        int64_t after, const char *therapist, size_t n_max,
                        int64_t ids[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_EPISODE_OPEN_AFTER, &rows,
        KOR_ARGS(kor_int(after), kor_txt(therapist), kor_int(scope->is_own),
                 kor_txt(scope->name), kor_int(scope->today),
                 kor_int(scope->is_supervised), kor_txt(scope->unit_path),
                 kor_int(scope->is_duty), kor_int((int64_t)n_max)),
        err);
    return code == KOR_OK ? read_ids(&rows, ids, n, err) : code;
}

enum kor_code
kor_store_is_therapist(struct kor_store *store, const char *name,
                       bool *is_known, struct kor_err *err)
{
    struct kor_rows rows;
    *is_known = false;
    enum kor_code code = kor_sql_query(store, KOR_SQL_IS_THERAPIST, &rows,
                                       KOR_ARGS(kor_txt(name)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *is_known = kor_rows_int(&rows, 0) != 0;
        kor_rows_done(&rows);
    }
    return code;
}

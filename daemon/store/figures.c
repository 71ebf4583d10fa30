/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What many people have in common: see store/figures.h. */

#include "store/figures.h"

#include "kor/base/clock.h"
#include "store/episode.h"
#include "store/store_provider.h"

static enum kor_code
read_rows(struct kor_rows *rows, kor_course_row_fn each, void *to,
          struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (kor_rows_next(rows, &code, err)) {
        struct kor_course_row row = {
            .episode_id = kor_rows_int(rows, 0),
            .opened_date = (int32_t)kor_rows_int(rows, 1),
            .born_month = (int32_t)kor_rows_int_or(rows, 2, KOR_NO_MONTH),
            .session = (int32_t)kor_rows_int(rows, 3),
            .date = (int32_t)kor_rows_int(rows, 4),
            .total = kor_rows_real(rows, 5)};
        each(to, &row);
    }
    return code;
}

enum kor_code
kor_store_course_scores(struct kor_store *store, const char *scale,
                        const char *pathway, const char *rater,
                        kor_course_row_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_COURSE_SCORES, &rows,
        KOR_ARGS(kor_txt(scale), kor_txt(pathway), kor_txt(rater)), err);
    return code == KOR_OK ? read_rows(&rows, each, to, err) : code;
}

enum kor_code
kor_store_latest_scores(struct kor_store *store, const char *scale,
                        const char *pathway, const char *rater,
                        int32_t closed_by, size_t n_max,
                        kor_course_row_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_COURSE_SCORES_LATEST, &rows,
        KOR_ARGS(kor_txt(pathway), kor_int(closed_by),
                 kor_int((int64_t)n_max), kor_txt(scale), kor_txt(rater)),
        err);
    return code == KOR_OK ? read_rows(&rows, each, to, err) : code;
}

enum kor_code
kor_store_people(struct kor_store *store, kor_id_fn each, void *to,
                 struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_STUDY_PEOPLE, &rows,
                                       KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        each(to, kor_rows_int(&rows, 0));
    }
    return code;
}

enum kor_code
kor_store_pathways(struct kor_store *store, int64_t n_people, size_t n_max,
                   char out[][33], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_STUDY_PATHWAYS, &rows,
        KOR_ARGS(kor_int(n_people), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        kor_rows_copy(&rows, 0, out[(*n)++], sizeof *out);
    }
    return code;
}

enum kor_code
kor_store_last_score(struct kor_store *store, int64_t episode_id,
                     struct kor_last_score *last, struct kor_err *err)
{
    struct kor_rows rows;
    *last = (struct kor_last_score){0};
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_ANSWER_LAST_LEAD, &rows,
                        KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        last->is_there = true;
        last->session = (int32_t)kor_rows_int(&rows, 0);
        last->total = kor_rows_real(&rows, 1);
        last->start = kor_rows_real(&rows, 2);
        last->standing = (enum kor_standing)kor_rows_int(&rows, 3);
        last->unsaid = (enum kor_unsaid)kor_rows_int(&rows, 4);
        last->findings = (unsigned)kor_rows_int(&rows, 5);
        last->instrument_id = kor_rows_int(&rows, 6);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_session_summary(struct kor_store *store, int64_t episode_id,
                          int32_t *n, int32_t *last_date, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_SESSION_SUMMARY, &rows,
                        KOR_ARGS(kor_int(episode_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *n = (int32_t)kor_rows_int(&rows, 0);
        *last_date = (int32_t)kor_rows_int_or(&rows, 1, KOR_NO_DATE);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_episode_counts(struct kor_store *store, const struct kor_span *span,
                         struct kor_episode_counts *counts,
                         struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_CLINIC_EPISODES, &rows,
                        KOR_ARGS(kor_int_or_null(span->to, KOR_NO_DATE),
                                 kor_int_or_null(span->from, KOR_NO_DATE),
                                 kor_txt(span->unit_path)),
                        err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        counts->all = kor_rows_int(&rows, 0);
        counts->open = kor_rows_int(&rows, 1);
        counts->planned = kor_rows_int(&rows, 2);
        counts->unplanned = kor_rows_int(&rows, 3);
        counts->made_up = kor_rows_int(&rows, 4);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_session_counts(struct kor_store *store, const struct kor_span *span,
                         kor_status_fn each, void *to,
                         struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_CLINIC_SESSIONS, &rows,
                        KOR_ARGS(kor_int_or_null(span->from, KOR_NO_DATE),
                                 kor_int_or_null(span->to, KOR_NO_DATE),
                                 kor_txt(span->unit_path)),
                        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        each(to, kor_rows_text(&rows, 0), kor_rows_int(&rows, 1));
    }
    return code;
}

enum kor_code
kor_store_closed_episodes(struct kor_store *store,
                          const struct kor_span *span, kor_episode_fn each,
                          void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_CLINIC_CLOSED, &rows,
                        KOR_ARGS(kor_int_or_null(span->from, KOR_NO_DATE),
                                 kor_int_or_null(span->to, KOR_NO_DATE),
                                 kor_txt(span->unit_path)),
                        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        code = each(to, kor_rows_int(&rows, 0), err);
    }
    kor_rows_done(&rows);
    return code;
}

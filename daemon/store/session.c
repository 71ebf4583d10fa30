/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions and answers: see store/session.h. */

#include "store/session.h"

#include <math.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "store/appointment.h"
#include "store/store_provider.h"

bool
kor_session_took_place(const struct kor_session *session)
{
    return !strcmp(session->status, "held")
        || !strcmp(session->status, "check-in");
}

enum kor_code
kor_store_session_add(struct kor_store *store, int64_t episode_id,
                      struct kor_session *session, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_SESSION_ADD,
        KOR_ARGS(kor_int(episode_id), kor_int(session->number),
                 kor_int(session->session_date), kor_txt(session->status),
                 kor_txt(session->mode)),
        err);
    session->id = sqlite3_last_insert_rowid(store->db);
    return code == KOR_OK
               ? kor_store_appointment_meet(store, episode_id,
                                            session->session_date, err)
               : code;
}

enum kor_code
kor_store_session_change(struct kor_store *store,
                         const struct kor_session *session,
                         struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_SESSION_CHANGE,
                       KOR_ARGS(kor_txt(session->status),
                                kor_txt(session->mode), kor_int(session->id)),
                       err);
}

enum kor_code
kor_store_session_set(struct kor_store *store,
                      const struct kor_session *session, const char *held_by,
                      struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_SESSION_SET,
                       KOR_ARGS(kor_int(session->session_date),
                                kor_txt(session->status),
                                kor_txt(session->mode), kor_txt(held_by),
                                kor_int(session->id)),
                       err);
}

enum kor_code
kor_store_session_holders(struct kor_store *store, int64_t episode_id,
                          kor_holder_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_SESSION_HOLDERS, &rows,
                                       KOR_ARGS(kor_int(episode_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        char held_by[33];
        kor_rows_copy(&rows, 1, held_by, sizeof held_by);
        each(to, (int32_t)kor_rows_int(&rows, 0), held_by);
    }
    return code;
}

enum kor_code
kor_store_answer_add(struct kor_store *store, const struct kor_answer *a,
                     struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_ANSWER_ADD,
        KOR_ARGS(kor_int(a->session_id), kor_int(a->instrument_id),
                 kor_txt(a->rater), kor_int(a->version), kor_txt(a->language),
                 kor_txt(a->how),
                 kor_blob(a->n_items ? a->items : NULL,
                          a->n_items * sizeof(double)),
                 kor_real(a->total), kor_int(a->n_missing),
                 kor_int(a->is_prorated), kor_int(a->attention),
                 kor_txt(a->why), kor_int(a->at_ms), kor_int(a->actor_id),
                 kor_real(a->start), kor_real(a->needed),
                 kor_int_or_null(a->course_id, 0), kor_real(a->expected),
                 kor_real(a->low80), kor_real(a->high80),
                 kor_int(a->standing), kor_int(a->unsaid),
                 kor_int(a->findings),
                 kor_int_or_null(a->shared_session_id, 0)),
        err);
}

enum kor_code
kor_store_answer_strike(struct kor_store *store, int64_t session_id,
                        int64_t instrument_id, const char *rater,
                        const char *why, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_ANSWER_STRIKE,
                       KOR_ARGS(kor_txt(why), kor_int(session_id),
                                kor_int(instrument_id), kor_txt(rater)),
                       err);
}

static void
read_given(const struct kor_rows *rows, struct kor_answer *a)
{
    a->session_id = kor_rows_int(rows, 0);
    a->instrument_id = kor_rows_int(rows, 1);
    kor_rows_copy(rows, 2, a->rater, sizeof a->rater);
    a->version = (int32_t)kor_rows_int(rows, 3);
    kor_rows_copy(rows, 4, a->language, sizeof a->language);
    kor_rows_copy(rows, 5, a->how, sizeof a->how);
    size_t size;
    const void *items = kor_rows_blob(rows, 6, &size);
    bool fits = items && size <= sizeof a->items;
    a->n_items = fits ? size / sizeof(double) : 0;
    if (fits) {
        memcpy(a->items, items, size);
    }
    a->total = kor_rows_real(rows, 7);
    a->n_missing = (int32_t)kor_rows_int(rows, 8);
    a->is_prorated = kor_rows_int(rows, 9);
    a->attention = (int32_t)kor_rows_int(rows, 10);
    a->is_struck = kor_rows_int(rows, 11);
    kor_rows_copy(rows, 12, a->why, sizeof a->why);
    a->at_ms = kor_rows_int(rows, 13);
    a->actor_id = kor_rows_int(rows, 14);
}

static void
read_judged(const struct kor_rows *rows, struct kor_answer *a)
{
    a->start = kor_rows_real(rows, 15);
    a->needed = kor_rows_real(rows, 16);
    a->course_id = kor_rows_int(rows, 17);
    a->expected = kor_rows_real(rows, 18);
    a->low80 = kor_rows_real(rows, 19);
    a->high80 = kor_rows_real(rows, 20);
    a->standing = (enum kor_standing)kor_rows_int(rows, 21);
    a->unsaid = (enum kor_unsaid)kor_rows_int(rows, 22);
    a->findings = (unsigned)kor_rows_int(rows, 23);
    a->shared_session_id = kor_rows_int_or(rows, 24, 0);
}

enum kor_code
kor_store_answers(struct kor_store *store, int64_t session_id,
                  kor_answer_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_ANSWER_LIST, &rows,
                                       KOR_ARGS(kor_int(session_id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_answer a;
        read_given(&rows, &a);
        read_judged(&rows, &a);
        code = each(to, &a, err);
    }
    kor_rows_done(&rows);
    return code;
}

static enum kor_code
read_export(struct kor_rows *rows, struct kor_export_session out[], size_t *n,
            struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (kor_rows_next(rows, &code, err)) {
        struct kor_export_session *row = &out[(*n)++];
        row->session.id = kor_rows_int(rows, 0);
        kor_rows_copy(rows, 1, row->code, sizeof row->code);
        row->episode = (int32_t)kor_rows_int(rows, 2);
        kor_rows_copy(rows, 3, row->pathway, sizeof row->pathway);
        kor_rows_copy(rows, 4, row->unit, sizeof row->unit);
        kor_rows_copy(rows, 5, row->therapist, sizeof row->therapist);
        kor_rows_copy(rows, 6, row->ending, sizeof row->ending);
        row->session.number = (int32_t)kor_rows_int(rows, 7);
        row->session.session_date = (int32_t)kor_rows_int(rows, 8);
        kor_rows_copy(rows, 9, row->session.status,
                      sizeof row->session.status);
        kor_rows_copy(rows, 10, row->session.mode, sizeof row->session.mode);
        row->is_made_up = kor_rows_int(rows, 11);
        row->person_id = kor_rows_int(rows, 12);
        row->opened_date = (int32_t)kor_rows_int(rows, 13);
        kor_rows_copy(rows, 14, row->held_by, sizeof row->held_by);
    }
    return code;
}

enum kor_code
kor_store_export(struct kor_store *store, int64_t after, size_t n_max,
                 struct kor_export_session out[], size_t *n,
                 struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_EXPORT_SESSIONS, &rows,
        KOR_ARGS(kor_int(after), kor_int((int64_t)n_max)), err);
    return code == KOR_OK ? read_export(&rows, out, n, err) : code;
}

enum kor_code
kor_store_export_person(struct kor_store *store, int64_t person_id,
                        int64_t skip, size_t n_max,
                        struct kor_export_session out[], size_t *n,
                        struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_EXPORT_PERSON, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max), kor_int(skip)),
        err);
    return code == KOR_OK ? read_export(&rows, out, n, err) : code;
}

static struct kor_session_name
read_name(const struct kor_rows *rows)
{
    return (struct kor_session_name){(int32_t)kor_rows_int(rows, 0),
                                     (int32_t)kor_rows_int(rows, 1)};
}

enum kor_code
kor_store_answer_copies(struct kor_store *store,
                        const struct kor_answer *answer, size_t n_max,
                        struct kor_session_name copies[], size_t *n,
                        struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_ANSWER_COPIES, &rows,
        KOR_ARGS(kor_int(answer->session_id), kor_int(answer->instrument_id),
                 kor_txt(answer->rater), kor_int((int64_t)n_max)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        copies[(*n)++] = read_name(&rows);
    }
    return code;
}

enum kor_code
kor_store_session_where(struct kor_store *store, int64_t id,
                        struct kor_session_name *name, struct kor_err *err)
{
    struct kor_rows rows;
    *name = (struct kor_session_name){0};
    enum kor_code code = kor_sql_query(store, KOR_SQL_SESSION_WHERE, &rows,
                                       KOR_ARGS(kor_int(id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *name = read_name(&rows);
        kor_rows_done(&rows);
    }
    return code;
}

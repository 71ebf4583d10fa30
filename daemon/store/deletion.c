/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Erasure: see store/deletion.h. */

#include "store/deletion.h"

#include "store/store_provider.h"

/* Each leaves nothing that refers to what the next one deletes. */
static const enum kor_sql steps[] = {
    KOR_SQL_ERASE_GROUPS,     KOR_SQL_ERASE_SIGNALS,  KOR_SQL_ERASE_ANSWERS,
    KOR_SQL_ERASE_SESSIONS,   KOR_SQL_ERASE_IMPORTS,
    KOR_SQL_ERASE_HAND_OVERS, KOR_SQL_ERASE_EPISODES, KOR_SQL_ERASE_GLASS,
    KOR_SQL_ERASE_ACCOUNT_REPLIES,
};

enum kor_code
kor_store_deletion_add(struct kor_store *store, const char *code,
                       const char *reason, int64_t at_ms, int64_t actor_id,
                       struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_DELETION_ADD,
                       KOR_ARGS(kor_txt(code), kor_txt(reason),
                                kor_int(at_ms), kor_int_or_null(actor_id, 0)),
                       err);
}

enum kor_code
kor_store_erase(struct kor_store *store, const struct kor_person *person,
                const char *reason, int64_t at_ms, int64_t actor_id,
                struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(steps) && code == KOR_OK; i++) {
        code = kor_sql_run(store, steps[i], KOR_ARGS(kor_int(person->id)),
                           err);
    }
    if (code == KOR_OK) {
        code = kor_sql_run(store, KOR_SQL_ERASE_ACCOUNT,
                           KOR_ARGS(kor_int(at_ms), kor_int(person->id)),
                           err);
    }
    if (code == KOR_OK) {
        code = kor_sql_run(store, KOR_SQL_ERASE_PERSON,
                           KOR_ARGS(kor_int(person->id)), err);
    }
    if (code == KOR_OK) {
        code = kor_sql_run(store, KOR_SQL_ERASE_REPLIES,
                           KOR_ARGS(kor_txt(person->code)), err);
    }
    return code == KOR_OK
               ? kor_store_deletion_add(store, person->code, reason, at_ms,
                                        actor_id, err)
               : code;
}

enum kor_code
kor_store_deletions(struct kor_store *store, kor_deletion_fn each, void *to,
                    struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_DELETION_LIST, &rows,
                                       KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_deletion deletion = {.at_ms = kor_rows_int(&rows, 1)};
        kor_rows_copy(&rows, 0, deletion.code, sizeof deletion.code);
        each(to, &deletion);
    }
    return code;
}

enum kor_code
kor_store_is_deleted(struct kor_store *store, const char *code,
                     bool *is_deleted, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code result = kor_sql_query(store, KOR_SQL_DELETION_FIND, &rows,
                                         KOR_ARGS(kor_txt(code)), err);
    *is_deleted = result == KOR_OK && kor_rows_next(&rows, &result, err);
    kor_rows_done(&rows);
    return result;
}

enum kor_code
kor_store_dormant(struct kor_store *store, int64_t after, int32_t before,
                  const char *unit_path, size_t n_max,
                  struct kor_dormant out[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_RETENTION, &rows,
        KOR_ARGS(kor_int(after), kor_int(before), kor_txt(unit_path),
                 kor_int((int64_t)n_max)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_dormant *person = &out[(*n)++];
        person->person_id = kor_rows_int(&rows, 0);
        kor_rows_copy(&rows, 1, person->code, sizeof person->code);
        person->last_date = (int32_t)kor_rows_int(&rows, 2);
    }
    return code;
}

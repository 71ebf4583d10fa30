/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Staff: see store/staff.h. */

#include "store/staff.h"

#include "store/actor_provider.h"
#include "store/key.h"
#include "store/store_provider.h"

enum kor_code
kor_store_staff(struct kor_store *store, const char *name, int64_t now_ms,
                kor_staff_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_ACCOUNT_LIST, &rows,
                        KOR_ARGS(kor_int(now_ms), kor_txt(name)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_staff staff = {.n_keys = kor_rows_int(&rows, 9),
                                  .n_episodes = kor_rows_int(&rows, 10)};
        kor_store_account_read(&rows, 0, &staff.account);
        kor_rows_copy(&rows, 8, staff.client, sizeof staff.client);
        each(to, &staff);
    }
    return code;
}

enum kor_code
kor_store_staff_change(struct kor_store *store,
                       const struct kor_account *account, struct kor_err *err)
{
    enum kor_code code
        = kor_sql_run(store, KOR_SQL_ACCOUNT_UNIT,
                      KOR_ARGS(kor_int_or_null(account->unit_id, 0),
                               kor_int(account->id)),
                      err);
    if (code == KOR_OK) {
        code = kor_sql_run(store, KOR_SQL_ACCOUNT_ROLES_DROP,
                           KOR_ARGS(kor_int(account->id)), err);
    }
    return code == KOR_OK ? kor_store_account_roles_add(store, account, err)
                          : code;
}

enum kor_code
kor_store_staff_leave(struct kor_store *store, int64_t account_id,
                      int64_t at_ms, struct kor_err *err)
{
    enum kor_code code
        = kor_sql_run(store, KOR_SQL_ACCOUNT_LEAVE,
                      KOR_ARGS(kor_int(at_ms), kor_int(account_id)), err);
    return code == KOR_OK
               ? kor_store_key_revoke_all(store, account_id, at_ms, "left",
                                          err)
               : code;
}

/* Runs a query of one row and reads 'n' numbers. */
static enum kor_code
read_numbers(struct kor_store *store, enum kor_sql sql,
             const struct kor_arg args[], size_t n_args, int64_t *numbers[],
             int n, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, sql, &rows, args, n_args, err);
    if (code != KOR_OK || !kor_rows_next(&rows, &code, err)) {
        return code;
    }
    for (int i = 0; i < n; i++) {
        *numbers[i] = kor_rows_int(&rows, i);
    }
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_staff_others(struct kor_store *store, const char *role,
                       int64_t account_id, int64_t now_ms, int64_t *n,
                       struct kor_err *err)
{
    return read_numbers(store, KOR_SQL_ACCOUNT_OTHERS,
                        KOR_ARGS(kor_txt(role), kor_int(account_id),
                                 kor_int(now_ms)),
                        (int64_t *[]){n}, 1, err);
}

enum kor_code
kor_store_staff_cares(struct kor_store *store, const char *name,
                      int64_t *n_owned, int64_t *n_supervised,
                      struct kor_err *err)
{
    return read_numbers(store, KOR_SQL_ACCOUNT_CARES, KOR_ARGS(kor_txt(name)),
                        (int64_t *[]){n_owned, n_supervised}, 2, err);
}

enum kor_code
kor_store_staff_named_elsewhere(struct kor_store *store, const char *name,
                                const char *path, int64_t *n,
                                struct kor_err *err)
{
    return read_numbers(store, KOR_SQL_ACCOUNT_NAMED_ELSEWHERE,
                        KOR_ARGS(kor_txt(name), kor_txt(path)),
                        (int64_t *[]){n}, 1, err);
}

enum kor_code
kor_store_person_unit(struct kor_store *store, const char *code_text,
                      int64_t *person_id, struct kor_unit *unit,
                      struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_PERSON_UNIT, &rows,
                                       KOR_ARGS(kor_txt(code_text)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    *person_id = kor_rows_int(&rows, 0);
    unit->id = kor_rows_int(&rows, 1);
    kor_rows_copy(&rows, 2, unit->path, sizeof unit->path);
    kor_rows_done(&rows);
    return KOR_OK;
}

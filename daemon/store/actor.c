/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts and their keys: see store/actor.h. */

#include "store/actor.h"

#include <string.h>

#include "store/actor_provider.h"
#include "store/store_provider.h"

enum kor_code
kor_store_account_roles_add(struct kor_store *store,
                            const struct kor_account *account,
                            struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    const char *at = account->roles;
    while (*at && code == KOR_OK) {
        char word[sizeof account->roles] = "";
        size_t size = strcspn(at, ",");
        memcpy(word, at, size);
        code = kor_sql_run(store, KOR_SQL_ACCOUNT_ROLE_ADD,
                           KOR_ARGS(kor_int(account->id), kor_txt(word)),
                           err);
        at += size + (at[size] == ',');
    }
    return code;
}

enum kor_code
kor_store_account_add(struct kor_store *store, struct kor_account *account,
                      int64_t at_ms, struct kor_err *err)
{
    struct kor_account known;
    enum kor_code code
        = kor_store_account_find(store, account->name, &known, err);
    if (code != KOR_NOT_FOUND) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    code = kor_sql_run(store, KOR_SQL_ACCOUNT_ADD,
                       KOR_ARGS(kor_txt(account->name),
                                kor_int_or_null(account->unit_id, 0),
                                kor_int_or_null(account->person_id, 0),
                                kor_int(at_ms)),
                       err);
    account->id = sqlite3_last_insert_rowid(store->db);
    account->left_ms = KOR_NO_MS;
    return code == KOR_OK ? kor_store_account_roles_add(store, account, err)
                          : code;
}

void
kor_store_account_read(const struct kor_rows *rows, int first,
                       struct kor_account *account)
{
    account->id = kor_rows_int(rows, first);
    kor_rows_copy(rows, first + 1, account->name, sizeof account->name);
    kor_rows_copy(rows, first + 2, account->roles, sizeof account->roles);
    account->unit_id = kor_rows_int_or(rows, first + 3, 0);
    kor_rows_copy(rows, first + 4, account->unit_path,
                  sizeof account->unit_path);
    account->person_id = kor_rows_int_or(rows, first + 5, 0);
    account->left_ms = kor_rows_int_or(rows, first + 6, KOR_NO_MS);
    kor_rows_copy(rows, first + 7, account->unit, sizeof account->unit);
}

static enum kor_code
find_account(struct kor_store *store, enum kor_sql sql, struct kor_arg by,
             struct kor_account *account, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, sql, &rows, KOR_ARGS(by), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    kor_store_account_read(&rows, 0, account);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_account_find(struct kor_store *store, const char *name,
                       struct kor_account *account, struct kor_err *err)
{
    return find_account(store, KOR_SQL_ACCOUNT_BY_NAME, kor_txt(name),
                        account, err);
}

enum kor_code
kor_store_account_load(struct kor_store *store, int64_t id,
                       struct kor_account *account, struct kor_err *err)
{
    return find_account(store, KOR_SQL_ACCOUNT_BY_ID, kor_int(id), account,
                        err);
}

/* Whether the key was ever there. */
static enum kor_code
find_key(struct kor_store *store, const struct kor_actor *actor,
         bool *is_known, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_ACTOR_FIND, &rows,
        KOR_ARGS(kor_blob(actor->public_key, sizeof actor->public_key)), err);
    *is_known = code == KOR_OK && kor_rows_next(&rows, &code, err);
    if (*is_known) {
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_actor_add(struct kor_store *store, struct kor_actor *actor,
                    int64_t at_ms, struct kor_err *err)
{
    bool is_known;
    enum kor_code code = find_key(store, actor, &is_known, err);
    if (code != KOR_OK || is_known) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    code = kor_sql_run(
        store, KOR_SQL_ACTOR_ADD,
        KOR_ARGS(kor_blob(actor->public_key, sizeof actor->public_key),
                 kor_int(actor->account.id), kor_int(at_ms),
                 kor_int_or_null(actor->expires_ms, KOR_NO_MS)),
        err);
    actor->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_actors(struct kor_store *store, kor_actor_fn each, void *to,
                 struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_ACTOR_LIST, &rows, KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_actor actor
            = {.id = kor_rows_int(&rows, 0),
               .expires_ms = kor_rows_int_or(&rows, 2, KOR_NO_MS)};
        kor_rows_blob_copy(&rows, 1, actor.public_key,
                           sizeof actor.public_key);
        kor_store_account_read(&rows, 3, &actor.account);
        each(to, &actor);
    }
    return code;
}

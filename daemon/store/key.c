/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys: see store/key.h. */

#include "store/key.h"

#include <string.h>

#include "store/store_provider.h"

enum kor_code
kor_store_keys(struct kor_store *store, int64_t id, int64_t account_id,
               kor_key_fn each, void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_KEY_LIST, &rows,
        KOR_ARGS(kor_int_or_null(id, 0), kor_int_or_null(account_id, 0)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_key key
            = {.id = kor_rows_int(&rows, 0),
               .account_id = kor_rows_int(&rows, 2),
               .added_ms = kor_rows_int(&rows, 3),
               .expires_ms = kor_rows_int_or(&rows, 4, KOR_NO_MS),
               .revoked_ms = kor_rows_int_or(&rows, 5, KOR_NO_MS)};
        kor_rows_blob_copy(&rows, 1, key.public_key, sizeof key.public_key);
        kor_rows_copy(&rows, 6, key.why, sizeof key.why);
        each(to, &key);
    }
    return code;
}

enum kor_code
kor_store_key_revoke(struct kor_store *store, int64_t id, int64_t at_ms,
                     const char *why, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_KEY_REVOKE,
                       KOR_ARGS(kor_int(at_ms), kor_txt(why), kor_int(id)),
                       err);
}

enum kor_code
kor_store_key_revoke_all(struct kor_store *store, int64_t account_id,
                         int64_t at_ms, const char *why, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_KEY_REVOKE_ALL,
        KOR_ARGS(kor_int(at_ms), kor_txt(why), kor_int(account_id)), err);
}

enum kor_code
kor_store_revocations(struct kor_store *store, kor_revocation_fn each,
                      void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_REVOCATION_LIST, &rows,
                                       KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_revocation revocation = {.at_ms = kor_rows_int(&rows, 1)};
        kor_rows_blob_copy(&rows, 0, revocation.public_key,
                           sizeof revocation.public_key);
        each(to, &revocation);
    }
    return code;
}

enum kor_code
kor_store_key_revoke_again(struct kor_store *store,
                           const struct kor_revocation *revocation,
                           const char *why, bool *is_anew,
                           struct kor_err *err)
{
    const struct kor_arg key = kor_blob(revocation->public_key,
                                        sizeof revocation->public_key);
    int64_t before = kor_store_changes(store);
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_KEY_REVOKE_FOUND,
        KOR_ARGS(kor_int(revocation->at_ms), kor_txt(why), key), err);
    *is_anew = kor_store_changes(store) != before;
    return code == KOR_OK
               ? kor_sql_run(store, KOR_SQL_REVOKED_KEY_ADD,
                             KOR_ARGS(key, kor_int(revocation->at_ms)), err)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests: see store/request.h. */

#include "store/request.h"

#include <string.h>

#include "store/store_provider.h"

enum kor_code
kor_store_request_find(struct kor_store *store,
                       const struct kor_stored_request *request,
                       bool *is_known, uint8_t hash[KOR_REQUEST_HASH_SIZE],
                       struct kor_buf *reply, struct kor_err *err)
{
    struct kor_rows rows;
    *is_known = false;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_REQUEST_FIND, &rows,
                        KOR_ARGS(kor_blob(request->uuid, KOR_UUID_SIZE),
                                 kor_int(request->actor_id)),
                        err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *is_known = true;
        kor_rows_blob_copy(&rows, 0, hash, KOR_REQUEST_HASH_SIZE);
        kor_buf_puts(reply, kor_rows_text(&rows, 1));
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_request_newest(struct kor_store *store, uint8_t uuid[KOR_UUID_SIZE],
                         struct kor_err *err)
{
    struct kor_rows rows;
    memset(uuid, 0, KOR_UUID_SIZE);
    enum kor_code code = kor_sql_query(store, KOR_SQL_REQUEST_NEWEST, &rows,
                                       KOR_NO_ARGS, err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        kor_rows_blob_copy(&rows, 0, uuid, KOR_UUID_SIZE);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_request_add(struct kor_store *store,
                      const struct kor_stored_request *request, int64_t at_ms,
                      const char *reply, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_REQUEST_ADD,
        KOR_ARGS(kor_blob(request->uuid, KOR_UUID_SIZE),
                 kor_int(request->actor_id), kor_int(at_ms),
                 kor_blob(request->hash, sizeof request->hash),
                 kor_txt(reply)),
        err);
}

enum kor_code
kor_store_request_expire(struct kor_store *store, int64_t before_ms,
                         int n_max, int *n, struct kor_err *err)
{
    int64_t before = kor_store_changes(store);
    enum kor_code code
        = kor_sql_run(store, KOR_SQL_REQUEST_EXPIRE,
                      KOR_ARGS(kor_int(before_ms), kor_int(n_max)), err);
    *n = (int)(kor_store_changes(store) - before);
    return code;
}

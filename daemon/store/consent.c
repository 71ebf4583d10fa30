/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consents: see store/consent.h. */

#include "store/consent.h"

#include <string.h>

#include "store/store_provider.h"

enum kor_code
kor_store_consent_add(struct kor_store *store, int64_t person_id,
                      struct kor_consent *consent, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_CONSENT_ADD,
        KOR_ARGS(kor_int(person_id), kor_txt(consent->purpose),
                 kor_txt(consent->recipient), kor_int(consent->given_ms),
                 kor_int(consent->actor_id)),
        err);
    consent->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_consent_withdraw(struct kor_store *store,
                           const struct kor_consent *consent,
                           struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_CONSENT_WITHDRAW,
        KOR_ARGS(kor_int(consent->withdrawn_ms), kor_int(consent->actor_id),
                 kor_txt(consent->why), kor_int(consent->id)),
        err);
}

enum kor_code
kor_store_consents(struct kor_store *store, int64_t person_id, size_t n_max,
                   struct kor_consent out[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_CONSENT_LIST, &rows,
        KOR_ARGS(kor_int(person_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_consent *row = &out[(*n)++];
        memset(row, 0, sizeof *row);
        row->id = kor_rows_int(&rows, 0);
        kor_rows_copy(&rows, 1, row->purpose, sizeof row->purpose);
        kor_rows_copy(&rows, 2, row->recipient, sizeof row->recipient);
        row->given_ms = kor_rows_int(&rows, 3);
        kor_rows_copy(&rows, 4, row->by, sizeof row->by);
        row->withdrawn_ms = kor_rows_int_or(&rows, 5, KOR_NO_MS);
        kor_rows_copy(&rows, 6, row->withdrawn_by, sizeof row->withdrawn_by);
        kor_rows_copy(&rows, 7, row->why, sizeof row->why);
    }
    return code;
}

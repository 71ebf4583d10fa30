/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Broken glass: see store/glass.h. */

#include "store/glass.h"

#include "store/store_provider.h"

enum kor_code
kor_store_glass_is_broken(struct kor_store *store, int64_t person_id,
                          int64_t account_id, int64_t now_ms, bool *is_broken,
                          struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_GLASS_BROKEN, &rows,
        KOR_ARGS(kor_int(person_id), kor_int(account_id), kor_int(now_ms)),
        err);
    *is_broken = code == KOR_OK && kor_rows_next(&rows, &code, err);
    kor_rows_done(&rows);
    return code;
}

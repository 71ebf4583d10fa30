/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's own theory: see store/theory.h. */

#include "store/theory.h"

#include "store/store_provider.h"

enum kor_code
kor_store_theory_add(struct kor_store *store, int64_t episode_id,
                     const struct kor_theory *theory, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_THEORY_ADD,
                       KOR_ARGS(kor_int(episode_id), kor_int(theory->version),
                                kor_txt(theory->text), kor_int(theory->at_ms),
                                kor_int(theory->actor_id)),
                       err);
}

enum kor_code
kor_store_theories(struct kor_store *store, int64_t episode_id, size_t n_max,
                   struct kor_theory out[], size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_THEORY_LIST, &rows,
        KOR_ARGS(kor_int(episode_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_theory *theory = &out[(*n)++];
        theory->version = (int32_t)kor_rows_int(&rows, 0);
        kor_rows_copy(&rows, 1, theory->text, sizeof theory->text);
        theory->at_ms = kor_rows_int(&rows, 2);
        theory->actor_id = 0;
        kor_rows_copy(&rows, 3, theory->by, sizeof theory->by);
    }
    return code;
}

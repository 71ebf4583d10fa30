/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Episodes that came into other hands: see store/hands.h. */

#include "store/hands.h"

#include "kor/base/clock.h"
#include "store/store_provider.h"

enum kor_code
kor_store_hands_add(struct kor_store *store, int64_t episode_id,
                    const struct kor_hands *hands, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_HANDS_ADD,
        KOR_ARGS(kor_int(episode_id), kor_txt(hands->kind),
                 kor_txt(hands->from), kor_txt(hands->to),
                 kor_int_or_null(hands->until_date, KOR_NO_DATE),
                 kor_txt(hands->why), kor_int(hands->at_ms),
                 kor_int(hands->actor_id)),
        err);
}

enum kor_code
kor_store_hands_list(struct kor_store *store, int64_t episode_id,
                     size_t n_max, struct kor_hands out[], size_t *n,
                     struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_HANDS_LIST, &rows,
        KOR_ARGS(kor_int(episode_id), kor_int((int64_t)n_max)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_hands *row = &out[(*n)++];
        kor_rows_copy(&rows, 0, row->kind, sizeof row->kind);
        kor_rows_copy(&rows, 1, row->from, sizeof row->from);
        kor_rows_copy(&rows, 2, row->to, sizeof row->to);
        row->until_date = (int32_t)kor_rows_int_or(&rows, 3, KOR_NO_DATE);
        kor_rows_copy(&rows, 4, row->why, sizeof row->why);
        row->at_ms = kor_rows_int(&rows, 5);
        row->actor_id = 0;
        kor_rows_copy(&rows, 6, row->by, sizeof row->by);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Spot checks of the access log: see store/log_review.h. */

#include "store/log_review.h"

#include "store/store_provider.h"

enum kor_code
kor_store_review_add(struct kor_store *store, struct kor_log_review *review,
                     int64_t actor_id, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_REVIEW_ADD,
        KOR_ARGS(kor_int(review->from_seq), kor_int(review->to_seq),
                 kor_int(review->seed), kor_int(review->n_rows),
                 kor_int(review->at_ms), kor_int(actor_id)),
        err);
    review->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_reviews(struct kor_store *store, int64_t id, kor_review_fn each,
                  void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_REVIEW_LIST, &rows,
                                       KOR_ARGS(kor_int_or_null(id, 0)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_log_review review
            = {.id = kor_rows_int(&rows, 0),
               .from_seq = kor_rows_int(&rows, 1),
               .to_seq = kor_rows_int(&rows, 2),
               .seed = kor_rows_int(&rows, 3),
               .n_rows = (int32_t)kor_rows_int(&rows, 4),
               .at_ms = kor_rows_int(&rows, 6)};
        kor_rows_copy(&rows, 5, review.finding, sizeof review.finding);
        kor_rows_copy(&rows, 7, review.name, sizeof review.name);
        each(to, &review);
    }
    return code;
}

enum kor_code
kor_store_review_close(struct kor_store *store,
                       const struct kor_log_review *review, int64_t at_ms,
                       struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_REVIEW_CLOSE,
                       KOR_ARGS(kor_txt(review->finding), kor_int(at_ms),
                                kor_int(review->id)),
                       err);
}

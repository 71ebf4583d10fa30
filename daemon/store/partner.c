/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Partners: see store/partner.h. */

#include "store/partner.h"

#include <string.h>

#include "kor/base/clock.h"
#include "store/store_provider.h"

static const char *const words[] = {"nothing", "see", "work"};

const char *
kor_partner_may_name(enum kor_partner_may may)
{
    return words[may];
}

bool
kor_partner_may_from(const char *word, enum kor_partner_may *may)
{
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        if (!strcmp(word, words[i])) {
            *may = (enum kor_partner_may)i;
            return true;
        }
    }
    return false;
}

enum kor_code
kor_store_partner_add(struct kor_store *store, int64_t episode_id,
                      const struct kor_partner *partner, struct kor_err *err)
{
    return kor_sql_run(
        store, KOR_SQL_PARTNER_ADD,
        KOR_ARGS(kor_int(episode_id), kor_txt(partner->name),
                 kor_txt(words[partner->may]),
                 kor_int_or_null(partner->until_date, KOR_NO_DATE),
                 kor_int_or_null(partner->consent_id, 0),
                 kor_txt(partner->why), kor_int(partner->at_ms),
                 kor_int(partner->actor_id)),
        err);
}

enum kor_code
kor_store_partner_may(struct kor_store *store, int64_t episode_id,
                      const char *name, int32_t today,
                      enum kor_partner_may *may, struct kor_err *err)
{
    struct kor_rows rows;
    *may = KOR_PARTNER_NOTHING;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PARTNER_MAY, &rows,
        KOR_ARGS(kor_int(episode_id), kor_txt(name), kor_int(today)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        (void)kor_partner_may_from(kor_rows_text(&rows, 0), may);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_partners(struct kor_store *store, int64_t episode_id, int32_t today,
                   size_t n_max, struct kor_partner out[], size_t *n,
                   struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_PARTNER_LIST, &rows,
                        KOR_ARGS(kor_int(episode_id), kor_int(today),
                                 kor_int((int64_t)n_max)),
                        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_partner *partner = &out[(*n)++];
        *partner = (struct kor_partner){
            .until_date = (int32_t)kor_rows_int_or(&rows, 2, KOR_NO_DATE),
            .at_ms = kor_rows_int(&rows, 4),
            .holds = kor_rows_int(&rows, 6) != 0};
        kor_rows_copy(&rows, 0, partner->name, sizeof partner->name);
        (void)kor_partner_may_from(kor_rows_text(&rows, 1), &partner->may);
        kor_rows_copy(&rows, 3, partner->why, sizeof partner->why);
        kor_rows_copy(&rows, 5, partner->by, sizeof partner->by);
    }
    return code;
}

enum kor_code
kor_store_partner_episodes(struct kor_store *store, const char *name,
                           int32_t today, size_t n_max, int64_t ids[],
                           size_t *n, struct kor_err *err)
{
    struct kor_rows rows;
    *n = 0;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_PARTNER_EPISODES, &rows,
        KOR_ARGS(kor_txt(name), kor_int(today), kor_int((int64_t)n_max)),
        err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        ids[(*n)++] = kor_rows_int(&rows, 0);
    }
    return code;
}

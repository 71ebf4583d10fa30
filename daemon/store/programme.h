/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_PROGRAMME_H
#define STORE_PROGRAMME_H 1

/* Programmes that a client works through: which parts were agreed until the
 * next contact, which are done, and how often the client came. */

#include <stdint.h>

#include "kor/base/clock.h"
#include "kor/base/err.h"
#include "kor/define/pathway.h"

struct kor_store;

struct kor_part {
    char module[KOR_PATHWAY_KEY_SIZE];
    int32_t agreed_date, until_date;
    int32_t done_date; /* Or KOR_NO_DATE. */
};

/* Agrees on a part, or moves the day until which it was agreed. */
KOR_NODISCARD enum kor_code kor_store_part_put(struct kor_store *store,
                                               int64_t episode_id,
                                               const struct kor_part *part,
                                               struct kor_err *err);

/* The part is done, on part->done_date. */
KOR_NODISCARD enum kor_code kor_store_part_done(struct kor_store *store,
                                                int64_t episode_id,
                                                const struct kor_part *part,
                                                struct kor_err *err);

/* Calls 'each' for every part of the episode that was ever agreed. */
typedef void (*kor_part_fn)(void *to, const struct kor_part *part);
KOR_NODISCARD enum kor_code kor_store_parts(struct kor_store *store,
                                            int64_t episode_id,
                                            kor_part_fn each, void *to,
                                            struct kor_err *err);

/* The client came at 'at_ms'. */
KOR_NODISCARD enum kor_code kor_store_log_in_add(struct kor_store *store,
                                                 int64_t episode_id,
                                                 int64_t at_ms,
                                                 struct kor_err *err);

/* How often, and when last; '*last_ms' stays alone if never. */
KOR_NODISCARD enum kor_code kor_store_log_ins(struct kor_store *store,
                                              int64_t episode_id, int64_t *n,
                                              int64_t *last_ms,
                                              struct kor_err *err);

#endif /* store/programme.h */

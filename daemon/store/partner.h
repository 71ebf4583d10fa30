/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_PARTNER_H
#define STORE_PARTNER_H 1

/* Partners: somebody of another organisation who sees an episode or works on
 * it, while it is open, until a day if one is given, and as long as the client
 * consents. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"

struct kor_store;

/* What a partner may do. */
enum kor_partner_may {
    KOR_PARTNER_NOTHING,
    KOR_PARTNER_SEE,
    KOR_PARTNER_WORK
};

/* "nothing", "see" or "work"; the word's meaning, false if it is none. */
const char *kor_partner_may_name(enum kor_partner_may may);
bool kor_partner_may_from(const char *word, enum kor_partner_may *may);

/* One change of it. */
struct kor_partner {
    char name[33]; /* Of the partner's account. */
    enum kor_partner_may may;
    int32_t until_date; /* Last day, or KOR_NO_DATE. */
    int64_t consent_id; /* That it rests on; 0: none, to end it. */
    char why[201];
    int64_t at_ms;
    int64_t actor_id; /* Who did it; not read. */
    char by[33];      /* The same, read. */
    bool holds;       /* Read: it is the one that counts, today. */
};

/* Adds a change. */
KOR_NODISCARD enum kor_code
kor_store_partner_add(struct kor_store *store, int64_t episode_id,
                      const struct kor_partner *partner, struct kor_err *err);

/* What the account 'name' may do to the episode on the day 'today'. */
KOR_NODISCARD enum kor_code
kor_store_partner_may(struct kor_store *store, int64_t episode_id,
                      const char *name, int32_t today,
                      enum kor_partner_may *may, struct kor_err *err);

/* Stores at most 'n_max' changes in 'out', the latest first. */
KOR_NODISCARD enum kor_code
kor_store_partners(struct kor_store *store, int64_t episode_id, int32_t today,
                   size_t n_max, struct kor_partner out[], size_t *n,
                   struct kor_err *err);

/* Stores in 'ids' the ids of at most 'n_max' episodes that 'name' is a partner
 * of, in order. */
KOR_NODISCARD enum kor_code
kor_store_partner_episodes(struct kor_store *store, const char *name,
                           int32_t today, size_t n_max, int64_t ids[],
                           size_t *n, struct kor_err *err);

#endif /* store/partner.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_CONSENT_H
#define STORE_CONSENT_H 1

/* What a client has consented to, for which purpose and to whom it goes.  One
 * that is withdrawn stays, with why. */

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/handle.h"
#include "store/actor.h"

struct kor_store;

struct kor_consent {
    int64_t id;
    char purpose[KOR_HANDLE_SIZE];
    char recipient[KOR_HANDLE_SIZE];
    int64_t given_ms;
    int64_t withdrawn_ms; /* KOR_NO_MS: it stands. */
    int64_t actor_id;     /* Who wrote the one or the other: only to write; */
    char by[33];          /* only when read: of the giving, */
    char withdrawn_by[33]; /* and of the withdrawal, or "". */
    char why[201];         /* It was withdrawn. */
};

/* Adds one and sets its id; ends one: from id, withdrawn_ms, actor_id and
 * why. */
KOR_NODISCARD enum kor_code
kor_store_consent_add(struct kor_store *store, int64_t person_id,
                      struct kor_consent *consent, struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_consent_withdraw(struct kor_store *store,
                           const struct kor_consent *consent,
                           struct kor_err *err);

/* Stores in 'out' at most 'n_max' of a person, the latest first. */
KOR_NODISCARD enum kor_code
kor_store_consents(struct kor_store *store, int64_t person_id, size_t n_max,
                   struct kor_consent out[], size_t *n, struct kor_err *err);

#endif /* store/consent.h */

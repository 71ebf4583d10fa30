/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_ENROLMENT_H
#define STORE_ENROLMENT_H 1

/* Enrolments: one-time codes by which a key comes to an account.  An open one
 * was not used yet, its time is not over, and its account has not left. */

#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

#define KOR_ENROL_HASH_SIZE 32

struct kor_enrolment {
    int64_t id;
    int64_t account_id;
    uint8_t hash[KOR_ENROL_HASH_SIZE]; /* Of the code. */
    int64_t key_days;                  /* Life of the key; 0: no end. */
    int64_t expires_ms;
};

/* What is open at a moment. */
struct kor_enrolments {
    int64_t n;
    int64_t n_tries;  /* Wrong codes while the one most tried was open. */
    int64_t until_ms; /* When the last one ends; 0 if none is open. */
};

/* Adds an enrolment, and sets its id. */
KOR_NODISCARD enum kor_code
kor_store_enrolment_add(struct kor_store *store,
                        struct kor_enrolment *enrolment, int64_t at_ms,
                        struct kor_err *err);

/* Finds the open enrolment of the code with enrolment->hash.  KOR_NOT_FOUND
 * without a sentence. */
KOR_NODISCARD enum kor_code
kor_store_enrolment_find(struct kor_store *store, int64_t now_ms,
                         struct kor_enrolment *enrolment, struct kor_err *err);

/* It was used for the key 'actor_id', and is open no more. */
KOR_NODISCARD enum kor_code kor_store_enrolment_use(struct kor_store *store,
                                                    int64_t id,
                                                    int64_t actor_id,
                                                    struct kor_err *err);

/* Ends the open enrolments of an account, or all (0). */
KOR_NODISCARD enum kor_code kor_store_enrolment_close(struct kor_store *store,
                                                      int64_t account_id,
                                                      int64_t now_ms,
                                                      struct kor_err *err);

/* Counts a wrong code against all that are open. */
KOR_NODISCARD enum kor_code
kor_store_enrolment_count_try(struct kor_store *store, int64_t now_ms,
                              struct kor_err *err);

/* What is open at 'now_ms'. */
KOR_NODISCARD enum kor_code kor_store_enrolment_open(struct kor_store *store,
                                                     int64_t now_ms,
                                                     struct kor_enrolments *open,
                                                     struct kor_err *err);

#endif /* store/enrolment.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_SIGNAL_H
#define STORE_SIGNAL_H 1

/* Signals: findings that ask for an answer.  A signal is open from the session
 * that raised it until a later score no longer bears it out. */

#include "kor/base/err.h"
#include "store/scope.h"
#include "store/timeline.h"

struct kor_store;

/* A signal with whose it is. */
struct kor_signal {
    struct kor_open_signal open;
    char code[KOR_CLIENT_CODE_SIZE];
    int64_t person_id;
};

/* Adds an open signal that 'session_id' raised, and sets its id. */
KOR_NODISCARD enum kor_code
kor_store_signal_add(struct kor_store *store, int64_t episode_id,
                     int64_t session_id, int64_t at_ms,
                     struct kor_open_signal *signal, struct kor_err *err);

/* Marks the signal 'id' as no longer borne out from 'session_id' on. */
KOR_NODISCARD enum kor_code kor_store_signal_pass(struct kor_store *store,
                                                  int64_t id,
                                                  int64_t session_id,
                                                  struct kor_err *err);

/* Calls 'each' for the open signals of open episodes, the oldest first, at
 * most 10,000, those in 'scope'; of one therapist unless 'therapist' is
 * "". */
typedef void (*kor_signal_fn)(void *to, const struct kor_signal *signal);
KOR_NODISCARD enum kor_code
kor_store_signals_open(struct kor_store *store, const struct kor_scope *scope,
                       const char *therapist, kor_signal_fn each, void *to,
                       struct kor_err *err);

#endif /* store/signal.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef ACCESS_KEYRING_H
#define ACCESS_KEYRING_H 1

/* Keyring: who is admitted, in memory.
 *
 * Whoever has the service loads it from the store, at the start, after every
 * change of an account or a key, before that is answered, and when it is told
 * to; keys are looked up from any thread.  A key that is not in it any more is
 * refused at once, also on an open connection, since every request is looked
 * up afresh, when it comes and again when it is answered.
 *
 * A key that was never seen may come as a guest, who can enrol it and nothing
 * else, while an enrolment is open. */

#include <stdbool.h>
#include <stdint.h>

#include "access/roles.h"
#include "kor/base/err.h"
#include "store/actor.h"

struct kor_keyring;

/* Whoever asks: a key, and the account that it belongs to.  A guest has
 * neither, only the public key that the connection has proved. */
struct kor_caller {
    bool is_guest;
    uint8_t guest_key[KOR_PUBLIC_KEY_SIZE];
    int64_t actor_id;
    int64_t account_id;
    char name[33];
    unsigned roles;                     /* A bit for each. */
    char unit_path[KOR_UNIT_PATH_SIZE]; /* "/": the whole clinic. */
    int64_t person_id;                  /* The client it is, or 0. */
};

/* Makes an empty keyring; free with kor_keyring_free(), which accepts null. */
struct kor_keyring *kor_keyring_new(void);
void kor_keyring_free(struct kor_keyring *keyring);

/* Replaces what is in the keyring by what is in 'store'. */
KOR_NODISCARD enum kor_code kor_keyring_load(struct kor_keyring *keyring,
                                             struct kor_store *store,
                                             struct kor_err *err);

/* Finds who has that public key, or that id, and may ask at 'now_ms' (the
 * clock of the clinic).  False if nobody does. */
KOR_NODISCARD bool
kor_keyring_by_key(struct kor_keyring *keyring,
                   const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                   int64_t now_ms, struct kor_caller *caller);
KOR_NODISCARD bool kor_keyring_by_id(struct kor_keyring *keyring,
                                     int64_t actor_id, int64_t now_ms,
                                     struct kor_caller *caller);

/* Whether guests are admitted at 'now_ms'. */
KOR_NODISCARD bool kor_keyring_has_guests(struct kor_keyring *keyring,
                                          int64_t now_ms);

/* Whether whoever has that public key may come as a guest: not one whose key
 * has ended or was revoked. */
KOR_NODISCARD bool
kor_keyring_may_be_guest(struct kor_keyring *keyring,
                         const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                         int64_t now_ms);

#endif /* access/keyring.h */

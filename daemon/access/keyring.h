/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef ACCESS_KEYRING_H
#define ACCESS_KEYRING_H 1

/* Keyring: who is admitted, in memory.
 *
 * The loop loads it from the store, while it has the service, at the start and
 * again when it is told to; the thread that admits connections and the loop
 * look keys up, from any thread.  A key that is not in it any more is refused
 * at once, also on an open connection, since every message is looked up
 * afresh. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/actor.h"

struct kor_keyring;

/* What a person may do follows from the role of the key. */
enum kor_actor_role {
    KOR_ACTOR_OPERATOR, /* Runs the daemon, imports, fits courses. */
    KOR_ACTOR_THERAPIST /* Sees and records for own clients. */
};

/* Whoever asks. */
struct kor_caller {
    int64_t actor_id;
    char name[33];
    enum kor_actor_role role;
};

/* Makes an empty keyring; free with kor_keyring_free(), which accepts null. */
struct kor_keyring *kor_keyring_new(void);
void kor_keyring_free(struct kor_keyring *keyring);

/* Replaces what is in the keyring by what is in 'store'. */
KOR_NODISCARD enum kor_code kor_keyring_load(struct kor_keyring *keyring,
                                             struct kor_store *store,
                                             struct kor_err *err);

/* Finds who has that public key, or that id.  False if nobody has. */
KOR_NODISCARD bool
kor_keyring_by_key(struct kor_keyring *keyring,
                   const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                   struct kor_caller *caller);
KOR_NODISCARD bool kor_keyring_by_id(struct kor_keyring *keyring,
                                     int64_t actor_id,
                                     struct kor_caller *caller);

/* The role called 'name'; false if there is none. */
KOR_NODISCARD bool kor_actor_role_from(const char *name,
                                       enum kor_actor_role *role);

#endif /* access/keyring.h */

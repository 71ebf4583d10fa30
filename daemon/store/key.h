/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_KEY_H
#define STORE_KEY_H 1

/* Keys: all that were ever admitted, and how one is revoked.  Those that are
 * admitted now are read by kor_store_actors(). */

#include "store/actor.h"

struct kor_key {
    int64_t id;
    uint8_t public_key[KOR_PUBLIC_KEY_SIZE];
    int64_t account_id;
    int64_t added_ms;
    int64_t expires_ms; /* Or KOR_NO_MS. */
    int64_t revoked_ms; /* Or KOR_NO_MS. */
    char why[201];      /* It was revoked. */
};

/* Calls 'each' for the key 'id', for those of 'account_id', or for all, where
 * these are 0; in the order of their ids. */
typedef void (*kor_key_fn)(void *to, const struct kor_key *key);
KOR_NODISCARD enum kor_code kor_store_keys(struct kor_store *store, int64_t id,
                                           int64_t account_id, kor_key_fn each,
                                           void *to, struct kor_err *err);

/* Revokes the key 'id'; all keys of an account.  One that is revoked stays as
 * it is. */
KOR_NODISCARD enum kor_code kor_store_key_revoke(struct kor_store *store,
                                                 int64_t id, int64_t at_ms,
                                                 const char *why,
                                                 struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_key_revoke_all(struct kor_store *store,
                                                     int64_t account_id,
                                                     int64_t at_ms,
                                                     const char *why,
                                                     struct kor_err *err);

/* That a key was revoked, as the list outside of the database has it. */
struct kor_revocation {
    uint8_t public_key[KOR_PUBLIC_KEY_SIZE];
    int64_t at_ms;
};

/* Calls 'each' for every key that was revoked, in the order of instants. */
typedef void (*kor_revocation_fn)(void *to,
                                  const struct kor_revocation *revocation);
KOR_NODISCARD enum kor_code kor_store_revocations(struct kor_store *store,
                                                  kor_revocation_fn each,
                                                  void *to,
                                                  struct kor_err *err);

/* Revokes that key again, in a database of an earlier time; '*is_anew' says
 * whether it was admitted there.  One that is not there is noted, so that it
 * cannot be enrolled. */
KOR_NODISCARD enum kor_code
kor_store_key_revoke_again(struct kor_store *store,
                           const struct kor_revocation *revocation,
                           const char *why, bool *is_anew,
                           struct kor_err *err);

#endif /* store/key.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_KEY_H
#define KORD_KEY_H 1

/* Keys that are made in the folder while no daemon runs: the first one, and the
 * way in when nobody can enrol one any more.  Whoever may do that owns the
 * database; it has a row in the access log all the same. */

#include "config.h"
#include "kor/base/keyfile.h"

struct kor_store;

/* What is wanted; texts are borrowed. */
struct kord_new_key {
    const char *name;  /* Account, which is made if it is new, */
    const char *roles; /* in these roles, words with commas; null: a new one
                          is a therapist. */
    const char *file;  /* Where the key goes; null: keys/NAME.key. */
};

/* Makes a key pair. */
KOR_NODISCARD enum kor_code kord_make_keys(struct kor_keyfile *keys,
                                           struct kor_err *err);

/* Adds a key to the store of the folder, and writes its file. */
KOR_NODISCARD enum kor_code kord_key_add(const struct kord_config *config,
                                         struct kor_store *store,
                                         const struct kord_new_key *key,
                                         struct kor_err *err);

/* The same for a folder that nobody is at work in.  The file must not be
 * there; an account that is there keeps its roles, and one that has left gets
 * no key. */
KOR_NODISCARD enum kor_code kord_key(const struct kord_config *config,
                                     const struct kord_new_key *key,
                                     struct kor_err *err);

#endif /* daemon/key.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_ACTOR_H
#define STORE_ACTOR_H 1

/* Accounts, and actors: the keys that are admitted, and whose they are. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/unit.h"

struct kor_store;

#define KOR_PUBLIC_KEY_SIZE 32
#define KOR_NO_MS INT64_MIN /* No such moment. */

/* Somebody of the staff, or a client under the own code. */
struct kor_account {
    int64_t id;
    char name[33];                    /* Handle, such as "operator". */
    char roles[96];                   /* Words, separated by commas. */
    int64_t unit_id;                  /* 0: the whole clinic. */
    char unit_path[KOR_UNIT_PATH_SIZE]; /* Read only; "/": the whole clinic. */
    char unit[33];                    /* Read only; "": the whole clinic. */
    int64_t person_id;                /* The client it is, or 0. */
    int64_t left_ms;                  /* Or KOR_NO_MS: it may ask. */
};

/* A key of an account. */
struct kor_actor {
    int64_t id;
    uint8_t public_key[KOR_PUBLIC_KEY_SIZE];
    struct kor_account account;
    int64_t expires_ms; /* Or KOR_NO_MS. */
};

/* Adds an account with its roles, and sets its id.  KOR_DUPLICATE if the name
 * is taken. */
KOR_NODISCARD enum kor_code kor_store_account_add(struct kor_store *store,
                                                  struct kor_account *account,
                                                  int64_t at_ms,
                                                  struct kor_err *err);

/* Finds the account 'name', also one that has left.  KOR_NOT_FOUND without a
 * sentence if nobody is called so. */
KOR_NODISCARD enum kor_code kor_store_account_find(struct kor_store *store,
                                                   const char *name,
                                                   struct kor_account *account,
                                                   struct kor_err *err);

/* The same by its id. */
KOR_NODISCARD enum kor_code kor_store_account_load(struct kor_store *store,
                                                   int64_t id,
                                                   struct kor_account *account,
                                                   struct kor_err *err);

/* Adds a key of the account with actor->account.id, and sets its id.
 * KOR_DUPLICATE without a sentence if the key was ever there, or was revoked
 * before this database was restored (store/key.h). */
KOR_NODISCARD enum kor_code kor_store_actor_add(struct kor_store *store,
                                                struct kor_actor *actor,
                                                int64_t at_ms,
                                                struct kor_err *err);

/* Calls 'each' for every key that was not revoked and whose account has not
 * left; expired ones too. */
typedef void (*kor_actor_fn)(void *to, const struct kor_actor *actor);
KOR_NODISCARD enum kor_code kor_store_actors(struct kor_store *store,
                                             kor_actor_fn each, void *to,
                                             struct kor_err *err);

#endif /* store/actor.h */

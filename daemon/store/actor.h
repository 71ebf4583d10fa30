/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_ACTOR_H
#define STORE_ACTOR_H 1

/* Actors: the keys that are admitted, and whose they are. */

#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

#define KOR_PUBLIC_KEY_SIZE 32

struct kor_actor {
    int64_t id;
    uint8_t public_key[KOR_PUBLIC_KEY_SIZE];
    char name[33]; /* Handle, such as "operator". */
    char role[16]; /* operator or therapist. */
};

/* Adds an actor and sets its id. */
KOR_NODISCARD enum kor_code kor_store_actor_add(struct kor_store *store,
                                                struct kor_actor *actor,
                                                int64_t at_ms,
                                                struct kor_err *err);

/* Calls 'each' for every actor. */
typedef void (*kor_actor_fn)(void *to, const struct kor_actor *actor);
KOR_NODISCARD enum kor_code kor_store_actors(struct kor_store *store,
                                             kor_actor_fn each, void *to,
                                             struct kor_err *err);

/* KOR_OK if somebody is called 'name', KOR_NOT_FOUND without a sentence if
 * nobody is. */
KOR_NODISCARD enum kor_code kor_store_actor_find(struct kor_store *store,
                                                 const char *name,
                                                 struct kor_err *err);

#endif /* store/actor.h */

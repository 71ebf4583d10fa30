/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_LABEL_H
#define STORE_LABEL_H 1

/* Labels of people, closed with a key that the staff of a unit share and the
 * daemon never sees; and addresses, closed with the clinic's own key.  All
 * that is stored here is ciphertext. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/label.h"
#include "store/unit.h"

struct kor_store;

/* A key of labels, as far as the daemon knows it. */
struct kor_label_key {
    int64_t id;
    struct kor_unit unit;
    uint8_t proof[KOR_LABEL_KEY_SIZE];
};

/* A key of the staff that may open a key of labels. */
struct kor_label_member {
    int64_t actor_id;
    char name[33];
    uint8_t public_key[KOR_LABEL_KEY_SIZE];
    bool has_share;
};

/* Adds a key of the unit key->unit.id and sets its id. */
KOR_NODISCARD enum kor_code
kor_store_label_key_add(struct kor_store *store, struct kor_label_key *key,
                        int64_t at_ms, int64_t actor_id, struct kor_err *err);

/* The key 'id', or the newest of the unit 'unit' if 0.  KOR_NOT_FOUND without
 * a sentence. */
KOR_NODISCARD enum kor_code
kor_store_label_key_find(struct kor_store *store, int64_t id,
                         const char *unit, struct kor_label_key *key,
                         struct kor_err *err);

/* Stores the key 'key_id' closed for 'actor_id' by 'by_id'. */
KOR_NODISCARD enum kor_code
kor_store_label_share(struct kor_store *store, int64_t key_id,
                      int64_t actor_id,
                      const uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                      int64_t by_id, int64_t at_ms, struct kor_err *err);

/* The same, to be opened; KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code
kor_store_label_share_find(struct kor_store *store, int64_t key_id,
                           int64_t actor_id,
                           uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                           struct kor_err *err);

/* Calls 'each' for the keys of the staff of the unit with 'unit_path'. */
typedef void (*kor_label_member_fn)(void *to,
                                    const struct kor_label_member *member);
KOR_NODISCARD enum kor_code
kor_store_label_members(struct kor_store *store, int64_t key_id,
                        const char *unit_path, int64_t now_ms,
                        kor_label_member_fn each, void *to,
                        struct kor_err *err);

/* Stores the label of a person; null drops it. */
KOR_NODISCARD enum kor_code
kor_store_label_put(struct kor_store *store, int64_t person_id,
                    int64_t key_id, const uint8_t sealed[KOR_LABEL_SIZE],
                    struct kor_err *err);

/* The label of a person; '*key_id' is 0 if there is none. */
KOR_NODISCARD enum kor_code
kor_store_label_find(struct kor_store *store, int64_t person_id,
                     int64_t *key_id, uint8_t sealed[KOR_LABEL_SIZE],
                     struct kor_err *err);

#define KOR_CONTACT_MAX_SIZE 512 /* Of a closed address. */

/* Stores the address 'kind' (phone, email) of a person; 'size' 0 drops it. */
KOR_NODISCARD enum kor_code
kor_store_contact_put(struct kor_store *store, int64_t person_id,
                      const char *kind, const uint8_t *sealed, size_t size,
                      struct kor_err *err);

/* The same; '*size' is 0 if there is none. */
KOR_NODISCARD enum kor_code
kor_store_contact_find(struct kor_store *store, int64_t person_id,
                       const char *kind,
                       uint8_t sealed[KOR_CONTACT_MAX_SIZE], size_t *size,
                       struct kor_err *err);

/* Whether the person has an account of the own: answers under a code. */
KOR_NODISCARD enum kor_code
kor_store_person_has_account(struct kor_store *store, int64_t person_id,
                             bool *has_account, struct kor_err *err);

#endif /* store/label.h */

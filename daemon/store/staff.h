/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_STAFF_H
#define STORE_STAFF_H 1

/* Staff: accounts as an administrator sees and changes them, clients with an
 * account among them. */

#include "kor/define/client_code.h"
#include "store/actor.h"

/* An account with what hangs on it. */
struct kor_staff {
    struct kor_account account;
    char client[KOR_CLIENT_CODE_SIZE]; /* "": no client. */
    int64_t n_keys;                    /* That are admitted at that time. */
    int64_t n_episodes;                /* Open ones that it owns. */
};

/* Calls 'each' for the account 'name', or for all ("") in the order of their
 * names, those who have left too; keys are counted as of 'now_ms'. */
typedef void (*kor_staff_fn)(void *to, const struct kor_staff *staff);
KOR_NODISCARD enum kor_code kor_store_staff(struct kor_store *store,
                                            const char *name, int64_t now_ms,
                                            kor_staff_fn each, void *to,
                                            struct kor_err *err);

/* Stores the unit and the roles that 'account' has now. */
KOR_NODISCARD enum kor_code
kor_store_staff_change(struct kor_store *store,
                       const struct kor_account *account, struct kor_err *err);

/* The account leaves: it is marked so, and its keys are revoked. */
KOR_NODISCARD enum kor_code kor_store_staff_leave(struct kor_store *store,
                                                  int64_t account_id,
                                                  int64_t at_ms,
                                                  struct kor_err *err);

/* How many accounts of the whole clinic but 'account_id' have 'role' and a key
 * that is admitted at 'now_ms'. */
KOR_NODISCARD enum kor_code kor_store_staff_others(struct kor_store *store,
                                                   const char *role,
                                                   int64_t account_id,
                                                   int64_t now_ms, int64_t *n,
                                                   struct kor_err *err);

/* How many open episodes 'name' owns, and how many name it as supervisor. */
KOR_NODISCARD enum kor_code kor_store_staff_cares(struct kor_store *store,
                                                  const char *name,
                                                  int64_t *n_owned,
                                                  int64_t *n_supervised,
                                                  struct kor_err *err);

/* How many episodes that lie outside the unit with the path 'path' name 'name'
 * as therapist, cover or supervisor. */
KOR_NODISCARD enum kor_code
kor_store_staff_named_elsewhere(struct kor_store *store, const char *name,
                                const char *path, int64_t *n,
                                struct kor_err *err);

/* Finds the client with that code: the person's id, and id and path of the
 * unit of the last episode.  KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code kor_store_person_unit(struct kor_store *store,
                                                  const char *code,
                                                  int64_t *person_id,
                                                  struct kor_unit *unit,
                                                  struct kor_err *err);

#endif /* store/staff.h */

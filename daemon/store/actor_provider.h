/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_ACTOR_PROVIDER_H
#define STORE_ACTOR_PROVIDER_H 1

/* Accounts as rows, for the files of this room that read and write them. */

#include "store/actor.h"
#include "store/sql.h"

/* Reads an account from seven columns that begin with 'first': id, name, roles
 * with commas, unit's id and path, person, left_ms. */
void kor_store_account_read(const struct kor_rows *rows, int first,
                            struct kor_account *account);

/* Adds the roles of 'account', which has an id. */
KOR_NODISCARD enum kor_code
kor_store_account_roles_add(struct kor_store *store,
                            const struct kor_account *account,
                            struct kor_err *err);

#endif /* store/actor_provider.h */

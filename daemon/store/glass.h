/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GLASS_H
#define STORE_GLASS_H 1

/* Broken glass: somebody without a right to look had to, and said why. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

/* Whether the account broke the glass for the person, and it holds at
 * 'now_ms'. */
KOR_NODISCARD enum kor_code kor_store_glass_is_broken(struct kor_store *store,
                                                      int64_t person_id,
                                                      int64_t account_id,
                                                      int64_t now_ms,
                                                      bool *is_broken,
                                                      struct kor_err *err);

#endif /* store/glass.h */

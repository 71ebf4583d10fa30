/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef ACCESS_CHECK_H
#define ACCESS_CHECK_H 1

/* The one check of who may do what. */

#include <stdbool.h>

#include "access/keyring.h"
#include "kor/base/err.h"
#include "kor/wire/message.h"

/* What is asked about. */
struct kor_object {
    const char *therapist; /* Of the episode; null if it is about none. */
};

/* KOR_OK if 'caller' may do 'verb' to 'object'; otherwise KOR_FORBIDDEN.
 *
 * Asked once for the verb alone, before anything is looked up, and once for
 * each episode, before anything of it is told.  A request with a token is
 * refused: there are none yet. */
KOR_NODISCARD enum kor_code kor_access_check(const struct kor_caller *caller,
                                             bool has_token,
                                             enum kor_verb verb,
                                             const struct kor_object *object,
                                             struct kor_err *err);

/* The therapist whose clients 'caller' may list: "" for everybody's. */
const char *kor_access_scope(const struct kor_caller *caller);

#endif /* access/check.h */

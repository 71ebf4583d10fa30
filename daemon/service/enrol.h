/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_ENROL_H
#define SERVICE_ENROL_H 1

/* Enrolling, as far as other use cases have to do with it. */

#include "service/handlers.h"
#include "store/actor.h"

/* Closes the codes that whoever had keys of 'account' may know: its own, and of
 * an administrator all.  Otherwise who stole a key and asked for a code comes
 * back with it after the key was revoked. */
KOR_NODISCARD enum kor_code kor_enrol_forget(struct kor_context *context,
                                             const struct kor_account *account);

#endif /* service/enrol.h */

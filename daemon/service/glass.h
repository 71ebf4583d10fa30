/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_GLASS_H
#define SERVICE_GLASS_H 1

/* Glass: somebody without a right to look had to, in an emergency, and said
 * why.  It is loud: on the feed, in the journal, in lists and with the
 * client. */

#include "service/handlers.h"
#include "store/glass.h"

/* Fills '*list' (on the heap) with what the store says of the client. */
KOR_NODISCARD enum kor_code kor_glass_of(struct kor_context *context,
                                         int64_t person_id,
                                         struct kor_msg_glass **list,
                                         size_t *n);

/* The same with what happened in the last week to clients of the caller's, or
 * of those whom the caller supervises. */
KOR_NODISCARD enum kor_code kor_glass_lately(struct kor_context *context,
                                             struct kor_msg_glass **list,
                                             size_t *n);

#endif /* service/glass.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_WHICH_H
#define SERVICE_WHICH_H 1

/* Which: the episode that a plain code means where the client has several that
 * are open. */

#include "service/handlers.h"

/* Stores its number: the one in the caller's care, or else the only one that
 * the caller may see.  What is about the person and not an episode is of the
 * last one of these; what clients say themselves is of the one for which
 * something is agreed today, or of a programme, or else of the last.
 * KOR_CONFLICT, field "code", if it has to be said; who may see none is to be
 * refused by any. */
KOR_NODISCARD enum kor_code kor_which_episode(struct kor_context *context,
                                              const char *code,
                                              bool is_of_person,
                                              int32_t *number);

/* Whether the client of 'episode' may have it open beside the others: at most
 * KOR_MAX_OPEN_EPISODES, each on another pathway; an episode of the same number
 * is itself.  KOR_CONFLICT, field "code" or "pathway". */
KOR_NODISCARD enum kor_code
kor_which_has_room(struct kor_context *context,
                   const struct kor_episode *episode);

#endif /* service/which.h */

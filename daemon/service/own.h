/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_OWN_H
#define SERVICE_OWN_H 1

/* Own: what a client's own key may say and is told.
 *
 * A client at home is thanked and sees the own answers, and no verdict: where
 * a score stands, what is expected, what it signals and what to do about it
 * is talked about in the room.  Alone at home is no time to be left without a
 * word, though: an answer to talk about is answered with where help is.  So
 * both ways what is allowed is named here, and everything else is not: also a
 * field that is added later. */

#include "service/handlers.h"

/* Whether 'context' answers a client's own key, once the episode was found. */
bool kor_is_own(const struct kor_context *context);

/* Whether a client who answers for this episode on 'date' meets nobody: nothing
 * is agreed for that day. */
KOR_NODISCARD enum kor_code
kor_own_is_alone(struct kor_context *context,
                 const struct kor_timeline *timeline, int32_t date,
                 bool *is_alone);

/* KOR_OK if 'msg' is no more than the client's answers of today, item by item;
 * otherwise KOR_FORBIDDEN. */
KOR_NODISCARD enum kor_code kor_own_check(struct kor_context *context,
                                          const struct kor_msg_record *msg);

/* Takes out of '*reply' whatever a client is not told; whoever gave an answer
 * to talk about is told in 'lang' where help is. */
void kor_own_reply(struct kor_msg_recorded *reply, enum kor_lang lang);

#endif /* service/own.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_PARTNERS_H
#define SERVICE_PARTNERS_H 1

/* Partners: two organisations work on one episode, each with rights of its
 * own, as long as the client consents. */

#include "service/handlers.h"

/* Stores in '*out' the changes of partners of an episode, the latest first;
 * free as any list of a message. */
KOR_NODISCARD enum kor_code
kor_partners_of(struct kor_context *context,
                const struct kor_timeline *timeline,
                struct kor_msg_cooperation **out, size_t *n);

#endif /* service/partners.h */

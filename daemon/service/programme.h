/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_PROGRAMME_H
#define SERVICE_PROGRAMME_H 1

/* Programmes, as far as other use cases show them. */

#include "service/handlers.h"

/* Stores in '*out' how far the episode is in its programme, one message or
 * none where its pathway has no modules; free as any list of a message. */
KOR_NODISCARD enum kor_code
kor_programme_of(struct kor_context *context,
                 const struct kor_episode *episode,
                 struct kor_msg_parts **out, size_t *n);

#endif /* service/programme.h */

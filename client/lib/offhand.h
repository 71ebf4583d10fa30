/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_OFFHAND_H
#define CLIENT_LIB_OFFHAND_H 1

#include "kor/base/err.h"
#include "kor/wire/message.h"

/* What the scales that come with kor say of an answer while no daemon can:
 * whether it asks for attention now, and whether it can be right at all.
 *
 * The clinic may have another version of a scale or one that this release does
 * not know, so this is a hint, and the daemon's word is what counts. */

/* Fills '*verdict' with scale, name, total and attention of 'answer', the name
 * in 'lang'; end with kor_message_done(&kor_message_verdict, ...) after
 * KOR_OK.  KOR_NOT_FOUND if the scale does not come with kor; KOR_BAD_VALUE,
 * with what is wrong, for an answer that it cannot have. */
KOR_NODISCARD enum kor_code
kor_offhand(const struct kor_msg_answer *answer, enum kor_lang lang,
            struct kor_msg_verdict *verdict, struct kor_err *err);

#endif /* client/lib/offhand.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SHARED_H
#define SERVICE_SHARED_H 1

/* Shared: a client with several open episodes answers a scale once, and that
 * counts in every one whose pathway asks for it.
 *
 * Each of the others gets a copy, in its session of that day or a check-in,
 * held against its own course; how the alliance is and what goals were reached
 * is of one episode alone, and is not shared.  The day of a session that is
 * mended stays as it was in the others.  An answer to talk about is one
 * signal, where it was given, and shows in all.  What is corrected is corrected
 * in all, where it was given.  An episode with later sessions, or with an
 * answer of that day already, gets no copy. */

#include "service/recording.h"

/* What was stored in 'timeline' goes to the others. */
KOR_NODISCARD enum kor_code kor_shared_give(struct kor_context *context,
                                            const struct kor_timeline *timeline,
                                            const struct kor_recorded *given);

/* It was corrected to that, or struck (with why). */
KOR_NODISCARD enum kor_code
kor_shared_correct(struct kor_context *context,
                   const struct kor_timeline *timeline,
                   const struct kor_recorded *corrected);
KOR_NODISCARD enum kor_code
kor_shared_strike(struct kor_context *context,
                  const struct kor_timeline *timeline,
                  const struct kor_recorded *struck, const char *why);

#endif /* service/shared.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_NEXT_STEP_H
#define SERVICE_NEXT_STEP_H 1

/* Next step: every answer names the one thing to do now, the most pressing
 * first - an answer to talk about, a signal, the scale that is still open
 * today, the graph. */

#include "service/recording.h"

/* Writes one sentence in the language of the request into 'out'; "" after a
 * session that was not held, unless an answer waits to be talked about. */
void kor_next_step(struct kor_context *context,
                   const struct kor_timeline *timeline, size_t session_index,
                   const struct kor_recorded answers[], size_t n, char out[],
                   size_t size);

#endif /* service/next_step.h */

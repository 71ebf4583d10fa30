/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_REFUSALS_H
#define BUS_REFUSALS_H 1

/* Refusals: how often each key was refused of late.
 *
 * Each refusal is a row of the access log, and rows stay for years: who sends
 * nothing but what is refused would fill the disk with them, and who guesses
 * could go on guessing.  So a key that was refused KOR_MAX_REFUSED times hears
 * nothing but 'busy' until a minute has passed since the first of them.
 *
 * Used from one thread. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/code.h"

#define KOR_MAX_REFUSED 600
#define KOR_REFUSED_MS 60000

struct kor_refusals;

/* Makes an empty one; frees one, and accepts null. */
struct kor_refusals *kor_refusals_new(void);
void kor_refusals_free(struct kor_refusals *refusals);

/* An answer to the key 'actor_id' ended with 'code' at the monotonic time
 * 'now_ms'.  What is no fault of the key does not count. */
void kor_refusals_count(struct kor_refusals *refusals, int64_t actor_id,
                        enum kor_code code, int64_t now_ms);

/* Whether the key has had its share. */
bool kor_refusals_is_over(const struct kor_refusals *refusals,
                          int64_t actor_id, int64_t now_ms);

#endif /* bus/refusals.h */

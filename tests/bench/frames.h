/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_FRAMES_H
#define TESTS_BENCH_FRAMES_H 1

/* Requests as bytes, made before the clock starts. */

#include <stdint.h>

#include "kor/base/buf.h"
#include "support/dice.h"

/* The time of day. */
int64_t frames_now_ms(void);

/* A ping; a show of the client 'code'. */
void frames_ping(struct kor_buf *out);
void frames_show(const char *code, struct kor_buf *out);

/* The pair of scales - four lines of the outcome check, three of the alliance
 * check - as the session 'number' of the client 'code'.  The request's id is
 * of the instant 'at_ms': whoever makes many frames beforehand gives them the
 * instants at which they would have been made, since ids sort by time. */
void frames_pair(struct dice *dice, const char *code, int number,
                 int64_t at_ms, struct kor_buf *out);

#endif /* tests/bench/frames.h */

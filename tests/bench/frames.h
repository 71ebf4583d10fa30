/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_FRAMES_H
#define TESTS_BENCH_FRAMES_H 1

/* Requests as bytes, made before the clock starts. */

#include "kor/base/buf.h"
#include "support/dice.h"

/* A ping; a show of the client 'code'. */
void frames_ping(struct kor_buf *out);
void frames_show(const char *code, struct kor_buf *out);

/* The pair of scales - four lines of the outcome check, three of the alliance
 * check - as the session 'number' of the client 'code'. */
void frames_pair(struct dice *dice, const char *code, int number,
                 struct kor_buf *out);

#endif /* tests/bench/frames.h */

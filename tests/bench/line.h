/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_LINE_H
#define TESTS_BENCH_LINE_H 1

/* Line: a CURVE connection to a kord, or to an echo, that costs as little as
 * one can: frames come ready made and replies are only looked at. */

#include "bench/bench.h"
#include "kor/base/buf.h"
#include "kor/client/place.h"

struct line;

/* Connects to place->endpoint; ends with line_free(). */
struct line *line_new(const struct kor_place *place);
void line_free(struct line *line);

/* Sends 'frame' and waits for its answer, which is borrowed until the next
 * call; an answer other than "ok", or none for ten seconds, ends the program.
 * Returns the microseconds that it took. */
double line_ask(struct line *line, const struct kor_buf *frame);
const char *line_answer(const struct line *line, size_t *size);

/* The same for bytes that are no request: whatever comes back is right. */
double line_echo(struct line *line, const void *bytes, size_t size);

/* Sends the 'n' 'frames' over the 'n_lines' 'lines' with 'window' of them in
 * flight on each, and returns the microseconds until the last answer. */
double lines_flood(struct line *lines[], size_t n_lines, size_t window,
                   const struct kor_buf frames[], size_t n);

#endif /* tests/bench/line.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_TURNS_H
#define BUS_TURNS_H 1

/* Turns: requests that wait to be answered, so that nobody waits for more than
 * a turn of each other key, however much that one asks and however many
 * connections it has.
 *
 *     kor_turns_add()     it has arrived
 *     kor_turns_next()    it is its turn: to the writer or to a worker
 *     kor_turns_end()     it has been answered
 *
 * A key has at most KOR_MAX_IN_FLIGHT requests between the first and the last
 * step, and KOR_MAX_IN_FLIGHT_SIZE bytes of them.  Who asks for more is
 * refused, and is greedy until half of what it has in flight is answered:
 * meanwhile at most KOR_GREEDY_SHARE of its writes go into one batch, since
 * everybody else in the batch waits for all of it, and one of its reads is
 * with the workers.
 *
 * Used from one thread. */

#include <stdbool.h>
#include <stddef.h>

#include "service/service.h"

#define KOR_MAX_IN_FLIGHT 128
#define KOR_MAX_IN_FLIGHT_SIZE (8 * 1024 * 1024)
#define KOR_GREEDY_SHARE 4

struct kor_job;
struct kor_turns;

/* Makes an empty one; frees one with the jobs that wait, and accepts null.
 * Jobs whose turn has come are not its own any more. */
struct kor_turns *kor_turns_new(void);
void kor_turns_free(struct kor_turns *turns);

/* Takes 'job' in, behind those of the same key and route.  Returns false if
 * the key has as much in flight as it may (then it stays the caller's). */
KOR_NODISCARD bool kor_turns_add(struct kor_turns *turns, enum kor_route route,
                                 struct kor_job *job);

/* Begins a batch: every greedy key has its share of writes again. */
void kor_turns_begin_batch(struct kor_turns *turns);

/* The next job of that route, one of each key in turn and those of a key in
 * order; null if none waits or what waits has had its share. */
struct kor_job *kor_turns_next(struct kor_turns *turns, enum kor_route route);

/* To be called once for each job that was taken in, before it is freed; does
 * nothing for one that was not. */
void kor_turns_end(struct kor_turns *turns, struct kor_job *job);

/* Whether a job of that route waits for its turn. */
bool kor_turns_has_waiting(const struct kor_turns *turns,
                           enum kor_route route);

#endif /* bus/turns.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_POOL_H
#define BUS_POOL_H 1

/* Pool: the workers that answer reads and compute fits, each a thread with a
 * connection of its own.  Jobs go in, and come out of the queue of results in
 * whatever order they are done. */

#include "bus/queue.h"
#include "kor/base/err.h"
#include "service/service.h"

struct kor_pool;

/* Starts 'n' workers; done jobs are put into 'results', which is borrowed.
 * Signals must be blocked by the caller. */
KOR_NODISCARD enum kor_code kor_pool_new(const struct kor_clinic *clinic,
                                         struct kor_service *service,
                                         size_t n, struct kor_queue *results,
                                         struct kor_pool **poolp,
                                         struct kor_err *err);

/* Hands over 'job'.  Workers take jobs in the order of giving: give no more
 * than keeps them at work, for who comes next waits for all of them. */
void kor_pool_give(struct kor_pool *pool, struct kor_job *job);

/* Lets the workers finish what is queued, waits for them and frees all. */
void kor_pool_free(struct kor_pool *pool);

#endif /* bus/pool.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_QUEUE_H
#define BUS_QUEUE_H 1

/* Queue: jobs on their way from one thread to another, in order.
 *
 * Any number of threads may put and take.  A reader either waits in
 * kor_queue_take(), or polls the descriptor of kor_queue_fd() and then takes
 * with kor_queue_try() until nothing is left. */

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/compiler.h"

struct kor_job;
struct kor_queue;

/* Makes an empty queue; free with kor_queue_free() when no thread uses it and
 * it is empty. */
struct kor_queue *kor_queue_new(void);
void kor_queue_free(struct kor_queue *queue);

/* Puts 'job' at the end. */
void kor_queue_put(struct kor_queue *queue, struct kor_job *job);

/* Takes the first job and waits for it; null once the queue is closed and
 * empty. */
struct kor_job *kor_queue_take(struct kor_queue *queue);

/* Takes the first job, or returns null. */
struct kor_job *kor_queue_try(struct kor_queue *queue);

/* A descriptor that can be read from while jobs wait. */
int kor_queue_fd(const struct kor_queue *queue);

/* Wakes all that wait; what is queued can still be taken. */
void kor_queue_close(struct kor_queue *queue);

#endif /* bus/queue.h */

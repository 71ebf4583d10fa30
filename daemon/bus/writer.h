/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_WRITER_H
#define BUS_WRITER_H 1

/* Writer: the thread that stores a batch while the loop takes in the next one.
 *
 * At most one batch is with it.  The service belongs to whoever has the batch:
 * to the thread from kor_writer_give() until kor_writer_is_free() says so, and
 * to the loop otherwise, which stores a small batch by itself, since handing
 * it over would take longer than is won.
 *
 *     free -- give --> storing --> stored (take) --> tidying --> free
 *
 * "Tidying" folds the write-ahead log in after the replies may leave. */

#include <stdbool.h>
#include <stddef.h>

#include "bus/job.h"
#include "kor/base/err.h"

#define KOR_MAX_BATCH 256 /* Writes in one commit. */

/* Jobs that are stored in one commit. */
struct kor_batch {
    struct kor_job *jobs[KOR_MAX_BATCH];
    size_t n;
};

struct kor_writer;

/* Starts the thread; 'service' is borrowed. */
KOR_NODISCARD enum kor_code kor_writer_new(struct kor_service *service,
                                           struct kor_writer **writerp,
                                           struct kor_err *err);

/* Waits until a batch that was given is stored, ends the thread, and frees all
 * with the jobs that nobody took.  Accepts null. */
void kor_writer_free(struct kor_writer *writer);

/* True if the loop has the service and may give a batch. */
bool kor_writer_is_free(struct kor_writer *writer);

/* Hands the jobs of 'batch' over, which is empty then.  Only if free. */
void kor_writer_give(struct kor_writer *writer, struct kor_batch *batch);

/* Takes back the batch that was stored; false if there is none. */
KOR_NODISCARD bool kor_writer_take(struct kor_writer *writer,
                                   struct kor_batch *stored);

/* KOR_OK, or what kor_service_write() and kor_service_idle() returned of the
 * last batch: the process must end. */
enum kor_code kor_writer_fate(struct kor_writer *writer);

/* A descriptor that can be read from when a batch was stored or the writer
 * has become free; kor_writer_take() empties it. */
int kor_writer_fd(const struct kor_writer *writer);

/* Stores 'batch' on the thread of the caller, and returns as
 * kor_service_write() does.  Only if free. */
KOR_NODISCARD enum kor_code kor_batch_store(struct kor_service *service,
                                            struct kor_batch *batch);

#endif /* bus/writer.h */

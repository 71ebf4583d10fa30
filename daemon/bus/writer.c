/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Storing beside the loop: see bus/writer.h. */

#include "bus/writer.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "kor/base/alloc.h"

struct kor_writer {
    pthread_t thread;
    pthread_mutex_t lock;   /* Of all below but 'service' and 'batch', which
                             * go with the state. */
    pthread_cond_t changed;
    enum { FREE, GIVEN, WORKING } state;
    bool has_stored;        /* 'batch' waits to be taken. */
    bool is_ending;
    enum kor_code fate;     /* Not KOR_OK: it has to end. */
    struct kor_batch batch;
    struct kor_service *service;
    int fd;
};

enum kor_code
kor_batch_store(struct kor_service *service, struct kor_batch *batch)
{
    struct kor_call *calls[KOR_MAX_BATCH];
    for (size_t i = 0; i < batch->n; i++) {
        calls[i] = &batch->jobs[i]->call;
    }
    return kor_service_write(service, calls, batch->n);
}

/* Waits for a batch; false if the thread is to end. */
static bool
await_batch(struct kor_writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    while (writer->state != GIVEN && !writer->is_ending) {
        pthread_cond_wait(&writer->changed, &writer->lock);
    }
    bool has_batch = writer->state == GIVEN;
    if (has_batch) {
        writer->state = WORKING;
    }
    pthread_mutex_unlock(&writer->lock);
    return has_batch;
}

static void
wake_loop(struct kor_writer *writer)
{
    ssize_t ignored = write(writer->fd, &(uint64_t){1}, sizeof(uint64_t));
    (void)ignored;
}

static void *
work(void *arg)
{
    struct kor_writer *writer = arg;
    while (await_batch(writer)) {
        enum kor_code fate = kor_batch_store(writer->service, &writer->batch);
        pthread_mutex_lock(&writer->lock);
        writer->has_stored = true;
        writer->fate = fate;
        pthread_mutex_unlock(&writer->lock);
        wake_loop(writer);
        if (fate == KOR_OK) {
            fate = kor_service_idle(writer->service);
        }
        pthread_mutex_lock(&writer->lock);
        writer->state = FREE;
        writer->fate = fate;
        pthread_mutex_unlock(&writer->lock);
        wake_loop(writer);
    }
    return NULL;
}

enum kor_code
kor_writer_new(struct kor_service *service, struct kor_writer **writerp,
               struct kor_err *err)
{
    struct kor_writer *writer = kor_alloc(sizeof *writer);
    *writerp = NULL;
    writer->service = service;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->changed, NULL);
    writer->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (writer->fd < 0
        || pthread_create(&writer->thread, NULL, work, writer)) {
        if (writer->fd >= 0) {
            close(writer->fd);
        }
        free(writer);
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "the system starts no more threads");
    }
    *writerp = writer;
    return KOR_OK;
}

void
kor_writer_free(struct kor_writer *writer)
{
    if (!writer) {
        return;
    }
    pthread_mutex_lock(&writer->lock);
    writer->is_ending = true;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    for (size_t i = 0; writer->has_stored && i < writer->batch.n; i++) {
        kor_job_free(writer->batch.jobs[i]);
    }
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->lock);
    close(writer->fd);
    free(writer);
}

bool
kor_writer_is_free(struct kor_writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    bool is_free = writer->state == FREE && !writer->has_stored;
    pthread_mutex_unlock(&writer->lock);
    return is_free;
}

void
kor_writer_give(struct kor_writer *writer, struct kor_batch *batch)
{
    pthread_mutex_lock(&writer->lock);
    writer->batch = *batch;
    writer->state = GIVEN;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    batch->n = 0;
}

bool
kor_writer_take(struct kor_writer *writer, struct kor_batch *stored)
{
    uint64_t count;
    ssize_t ignored = read(writer->fd, &count, sizeof count);
    (void)ignored;
    pthread_mutex_lock(&writer->lock);
    bool has_stored = writer->has_stored;
    if (has_stored) {
        *stored = writer->batch;
        writer->has_stored = false;
    }
    pthread_mutex_unlock(&writer->lock);
    return has_stored;
}

enum kor_code
kor_writer_fate(struct kor_writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    enum kor_code fate = writer->fate;
    pthread_mutex_unlock(&writer->lock);
    return fate;
}

int
kor_writer_fd(const struct kor_writer *writer)
{
    return writer->fd;
}

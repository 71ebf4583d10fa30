/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs between threads: see bus/queue.h. */

#include "bus/queue.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "bus/job.h"
#include "kor/base/alloc.h"
#include "kor/base/log.h"

struct kor_queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct kor_job *first, **last; /* 'last' is where the next one goes. */
    bool is_closed;
    int fd; /* An eventfd that counts nothing but "there is something". */
};

struct kor_queue *
kor_queue_new(void)
{
    struct kor_queue *queue = kor_alloc(sizeof *queue);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->filled, NULL);
    queue->last = &queue->first;
    queue->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (queue->fd < 0) {
        kor_log(KOR_LOG_ERROR, "no descriptor for a queue");
        abort();
    }
    return queue;
}

void
kor_queue_free(struct kor_queue *queue)
{
    if (queue) {
        pthread_cond_destroy(&queue->filled);
        pthread_mutex_destroy(&queue->lock);
        close(queue->fd);
        free(queue);
    }
}

void
kor_queue_put(struct kor_queue *queue, struct kor_job *job)
{
    pthread_mutex_lock(&queue->lock);
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
    pthread_cond_signal(&queue->filled);
    pthread_mutex_unlock(&queue->lock);
    /* A counter that is full is readable all the same. */
    ssize_t ignored = write(queue->fd, &(uint64_t){1}, sizeof(uint64_t));
    (void)ignored;
}

/* Takes the first job with the lock held. */
static struct kor_job *
take_first(struct kor_queue *queue)
{
    struct kor_job *job = queue->first;
    if (job) {
        queue->first = job->next;
        if (!queue->first) {
            queue->last = &queue->first;
        }
    }
    return job;
}

struct kor_job *
kor_queue_take(struct kor_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !queue->is_closed) {
        pthread_cond_wait(&queue->filled, &queue->lock);
    }
    struct kor_job *job = take_first(queue);
    pthread_mutex_unlock(&queue->lock);
    return job;
}

struct kor_job *
kor_queue_try(struct kor_queue *queue)
{
    uint64_t count;
    ssize_t ignored = read(queue->fd, &count, sizeof count);
    (void)ignored;
    pthread_mutex_lock(&queue->lock);
    struct kor_job *job = take_first(queue);
    bool has_more = queue->first != NULL;
    pthread_mutex_unlock(&queue->lock);
    if (has_more) {
        ignored = write(queue->fd, &(uint64_t){1}, sizeof(uint64_t));
    }
    return job;
}

int
kor_queue_fd(const struct kor_queue *queue)
{
    return queue->fd;
}

void
kor_queue_close(struct kor_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->is_closed = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->lock);
}

struct kor_job *
kor_job_new(void)
{
    return kor_alloc(sizeof(struct kor_job));
}

void
kor_job_free(struct kor_job *job)
{
    if (job) {
        kor_call_done(&job->call);
        free(job);
    }
}

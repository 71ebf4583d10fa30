/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workers: see bus/pool.h. */

#include "bus/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "bus/job.h"
#include "kor/base/alloc.h"

struct member {
    pthread_t thread;
    bool is_running;
    struct kor_worker *worker;
    struct kor_pool *pool;
};

struct kor_pool {
    struct kor_queue *jobs;
    struct kor_queue *results; /* Borrowed. */
    struct member *members;
    size_t n;
};

static void *
work(void *arg)
{
    struct member *member = arg;
    struct kor_job *job;
    while ((job = kor_queue_take(member->pool->jobs))) {
        if (job->is_probe) {
            kor_worker_probe(member->worker, &job->call);
        } else if (kor_service_route(job->call.request.verb) == KOR_ROUTE_FIT) {
            kor_worker_fit(member->worker, &job->call);
        } else {
            kor_worker_read(member->worker, &job->call);
        }
        kor_queue_put(member->pool->results, job);
    }
    return NULL;
}

enum kor_code
kor_pool_new(const struct kor_clinic *clinic, struct kor_service *service,
             size_t n, struct kor_queue *results, struct kor_pool **poolp,
             struct kor_err *err)
{
    struct kor_pool *pool = kor_alloc(sizeof *pool);
    enum kor_code code = KOR_OK;
    *poolp = NULL;
    pool->jobs = kor_queue_new();
    pool->results = results;
    pool->members = kor_alloc_array(n, sizeof *pool->members);
    pool->n = n;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        struct member *member = &pool->members[i];
        member->pool = pool;
        code = kor_worker_new(clinic, service, &member->worker, err);
        if (code == KOR_OK) {
            member->is_running
                = pthread_create(&member->thread, NULL, work, member) == 0;
            code = member->is_running
                       ? KOR_OK
                       : kor_fail(err, KOR_INTERNAL, NULL,
                                  "the system starts no more threads");
        }
    }
    if (code != KOR_OK) {
        kor_pool_free(pool);
        return code;
    }
    *poolp = pool;
    return KOR_OK;
}

void
kor_pool_give(struct kor_pool *pool, struct kor_job *job)
{
    kor_queue_put(pool->jobs, job);
}

void
kor_pool_free(struct kor_pool *pool)
{
    if (!pool) {
        return;
    }
    kor_queue_close(pool->jobs);
    for (size_t i = 0; i < pool->n; i++) {
        if (pool->members[i].is_running) {
            pthread_join(pool->members[i].thread, NULL);
        }
        kor_worker_free(pool->members[i].worker);
    }
    kor_queue_free(pool->jobs);
    free(pool->members);
    free(pool);
}

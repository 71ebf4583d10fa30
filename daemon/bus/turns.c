/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose turn it is: see bus/turns.h. */

#include "bus/turns.h"

#include <stdlib.h>

#include <uthash.h>

#include "bus/job.h"
#include "kor/base/alloc.h"

/* What one key has waiting on one route. */
struct line {
    struct kor_job *first, **last; /* 'last' is where the next one goes. */
    struct kor_asker *next;        /* Whose turn comes after. */
};

/* A key with something in flight. */
struct kor_asker {
    int64_t actor_id;
    size_t n;    /* In flight, waiting or not, */
    size_t size; /* and the bytes of their frames. */
    bool is_greedy;
    uint64_t batch; /* The last batch that it had a part in, */
    size_t share;   /* and how many jobs that was. */
    size_t n_reading; /* Reads that had their turn. */
    struct line lines[KOR_N_ROUTES];
    UT_hash_handle hh;
};

/* The keys with something waiting on one route, in turn. */
struct ring {
    struct kor_asker *first, **last;
    size_t n;
};

struct kor_turns {
    struct kor_asker *askers; /* By key. */
    struct ring rings[KOR_N_ROUTES];
    uint64_t batch; /* Number of the batch that is being filled. */
};

struct kor_turns *
kor_turns_new(void)
{
    struct kor_turns *turns = kor_alloc(sizeof *turns);
    for (size_t i = 0; i < KOR_N_ROUTES; i++) {
        turns->rings[i].last = &turns->rings[i].first;
    }
    return turns;
}

static void
free_line(struct line *line)
{
    while (line->first) {
        struct kor_job *job = line->first;
        line->first = job->next;
        kor_job_free(job);
    }
}

void
kor_turns_free(struct kor_turns *turns)
{
    if (!turns) {
        return;
    }
    struct kor_asker *asker, *next;
    HASH_ITER (hh, turns->askers, asker, next) {
        HASH_DEL(turns->askers, asker);
        for (size_t i = 0; i < KOR_N_ROUTES; i++) {
            free_line(&asker->lines[i]);
        }
        free(asker);
    }
    free(turns);
}

static struct kor_asker *
find(struct kor_turns *turns, int64_t actor_id)
{
    struct kor_asker *asker;
    HASH_FIND(hh, turns->askers, &actor_id, sizeof actor_id, asker);
    if (!asker) {
        asker = kor_alloc(sizeof *asker);
        asker->actor_id = actor_id;
        HASH_ADD(hh, turns->askers, actor_id, sizeof asker->actor_id, asker);
    }
    return asker;
}

/* Puts 'asker' at the end of those who wait. */
static void
line_up(struct ring *ring, struct kor_asker *asker, enum kor_route route)
{
    asker->lines[route].next = NULL;
    *ring->last = asker;
    ring->last = &asker->lines[route].next;
    ring->n++;
}

/* Takes the first of those who wait. */
static struct kor_asker *
call_first(struct ring *ring, enum kor_route route)
{
    struct kor_asker *asker = ring->first;
    ring->first = asker->lines[route].next;
    if (!ring->first) {
        ring->last = &ring->first;
    }
    ring->n--;
    return asker;
}

bool
kor_turns_add(struct kor_turns *turns, enum kor_route route,
              struct kor_job *job)
{
    struct kor_asker *asker = find(turns, job->call.caller.actor_id);
    struct line *line = &asker->lines[route];
    if (asker->n >= KOR_MAX_IN_FLIGHT
        || (asker->n > 0
            && asker->size + job->size > KOR_MAX_IN_FLIGHT_SIZE)) {
        asker->is_greedy = true;
        return false;
    }
    asker->n++;
    asker->size += job->size;
    job->asker = asker;
    job->route = route;
    job->next = NULL;
    if (!line->first) {
        line->last = &line->first;
        line_up(&turns->rings[route], asker, route);
    }
    *line->last = job;
    line->last = &job->next;
    return true;
}

void
kor_turns_begin_batch(struct kor_turns *turns)
{
    turns->batch++;
}

/* How many jobs of that route 'asker' has, in this batch or being read. */
static size_t *
count_of(const struct kor_turns *turns, struct kor_asker *asker,
         enum kor_route route)
{
    if (asker->batch != turns->batch) {
        asker->batch = turns->batch;
        asker->share = 0;
    }
    return route == KOR_ROUTE_OWNER ? &asker->share : &asker->n_reading;
}

/* Whether 'asker' may have one more job now, which is counted then. */
static bool
may_have(const struct kor_turns *turns, struct kor_asker *asker,
         enum kor_route route)
{
    size_t most = route == KOR_ROUTE_OWNER ? KOR_GREEDY_SHARE : 1;
    size_t *n = count_of(turns, asker, route);
    bool may = *n < most || !asker->is_greedy;
    *n += may;
    return may;
}

struct kor_job *
kor_turns_next(struct kor_turns *turns, enum kor_route route)
{
    struct ring *ring = &turns->rings[route];
    struct kor_job *job = NULL;
    for (size_t left = ring->n; left > 0 && !job; left--) {
        struct kor_asker *asker = call_first(ring, route);
        struct line *line = &asker->lines[route];
        if (may_have(turns, asker, route)) {
            job = line->first;
            line->first = job->next;
        }
        if (line->first) {
            line_up(ring, asker, route);
        }
    }
    return job;
}

void
kor_turns_end(struct kor_turns *turns, struct kor_job *job)
{
    struct kor_asker *asker = job->asker;
    if (!asker) {
        return;
    }
    job->asker = NULL;
    asker->n--;
    asker->n_reading -= job->route != KOR_ROUTE_OWNER;
    asker->size -= job->size;
    asker->is_greedy = asker->is_greedy && asker->n >= KOR_MAX_IN_FLIGHT / 2;
    if (asker->n == 0) {
        HASH_DEL(turns->askers, asker);
        free(asker);
    }
}

bool
kor_turns_has_waiting(const struct kor_turns *turns, enum kor_route route)
{
    return turns->rings[route].n > 0;
}

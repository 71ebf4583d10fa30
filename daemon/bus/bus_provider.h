/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_BUS_PROVIDER_H
#define BUS_BUS_PROVIDER_H 1

/* What the files of the loop know of it; nobody else includes it.  All of it
 * is used by the thread of the loop alone.
 *
 *     bus.c     the loop: its turns, its beginning and its end
 *     accept.c  what comes
 *     send.c    what leaves */

#include "bus/bus.h"
#include "bus/job.h"
#include "bus/pulse.h"
#include "bus/refusals.h"
#include "bus/seldom.h"
#include "bus/turns.h"
#include "bus/writer.h"

struct kor_bus {
    const struct kor_bus_config *config;
    void *context;
    struct kor_zap *zap;
    void *router;
    void *feed;
    struct kor_queue *results; /* From the workers. */
    struct kor_pool *pool;
    size_t n_away;             /* Jobs that are with the workers, */
    bool is_fitting;           /* and one of them is a fit. */
    struct kor_turns *turns;   /* Who waits to be answered, */
    struct kor_refusals *refusals; /* who was refused how often, */
    struct kor_seldom greedy;  /* who asked for too much, */
    struct kor_seldom refused; /* or for nothing else, */
    struct kor_seldom guests;  /* and guests who want more than to enrol. */
    struct kor_pulse pulse;
    bool is_probing;           /* A probe is with them as well. */
    struct kor_seldom scarce;  /* Seconds in which descriptors were, */
    int64_t look_ms;           /* and when that is looked at again. */
    struct kor_writer *writer;
    struct kor_batch batch;    /* Taken in, and not with the writer yet. */
    struct kor_buf frame; /* Of a reply; kept for its memory. */
    bool is_stopping;
    bool has_to_reload;        /* As soon as the loop has the service. */
    enum kor_code fate; /* Anything but KOR_OK: the process must end. */
};

/* The clock that never goes back, in milliseconds. */
int64_t kor_bus_mono_ms(const struct kor_bus *bus);

/* The damage that a worker found for 'call', if any, is the end. */
void kor_bus_heed(struct kor_bus *bus, const struct kor_call *call);

/* Takes what has arrived, until nothing waits or it is time to answer: what
 * is accepted waits for its turn. */
void kor_bus_drain(struct kor_bus *bus);

/* Answers 'job', which has had its turn, and frees it.  If a worker found
 * damage for it, that is the fate from now on. */
void kor_bus_answer(struct kor_bus *bus, struct kor_job *job);

#endif /* bus/bus_provider.h */

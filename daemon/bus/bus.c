/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one loop: see bus/bus.h. */

#include "bus/bus.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <zmq.h>

#include "bus/bus_provider.h"
#include "bus/descriptors.h"
#include "bus/pool.h"
#include "bus/socket.h"
#include "bus/zap.h"
#include "kor/base/alloc.h"
#include "kor/base/log.h"

#define FEW 4           /* Writes that the loop stores by itself. */
#define A_WORKER 2      /* Jobs that each is given, so that none is idle. */
#define IDLE_MS 1000    /* The loop turns at least so often. */
#define QUIET_MS 100    /* At the end: nothing came for so long, */
#define DRAIN_MS 3000   /* or so much time has passed. */

static bool
is_fit(const struct kor_job *job)
{
    return job->identity_size > 0
        && kor_service_route(job->call.request.verb) == KOR_ROUTE_FIT;
}

/* Keeps the workers at work.  One fit at a time: it takes seconds, and reads
 * are not to wait for it. */
static void
employ(struct kor_bus *bus)
{
    struct kor_job *job;
    while (bus->n_away < A_WORKER * bus->config->n_workers
           && ((!bus->is_fitting
                && (job = kor_turns_next(bus->turns, KOR_ROUTE_FIT)))
               || (job = kor_turns_next(bus->turns, KOR_ROUTE_WORKER)))) {
        bus->is_fitting = bus->is_fitting || is_fit(job);
        bus->n_away++;
        kor_pool_give(bus->pool, job);
    }
}

/* Fills the batch, now that it can be stored. */
static void
fill(struct kor_bus *bus)
{
    struct kor_job *job;
    kor_turns_begin_batch(bus->turns);
    while (bus->batch.n < KOR_MAX_BATCH
           && (job = kor_turns_next(bus->turns, KOR_ROUTE_OWNER))) {
        bus->batch.jobs[bus->batch.n++] = job;
    }
}

/* A worker that could not read has not answered. */
static void
take_probe(struct kor_bus *bus, struct kor_job *job)
{
    bus->is_probing = false;
    if (job->call.code == KOR_OK) {
        kor_pulse_read(&bus->pulse);
    }
    kor_bus_heed(bus, &job->call);
    kor_job_free(job);
}

/* Takes what the workers have done, and notices of who has connected.  What
 * the access log says nothing of is answered at once; the rest leaves with the
 * batch. */
static void
collect(struct kor_bus *bus)
{
    struct kor_job *job;
    while (bus->batch.n < KOR_MAX_BATCH
           && (job = kor_queue_try(bus->results))) {
        if (job->is_probe) {
            take_probe(bus, job);
            continue;
        }
        bus->n_away -= job->identity_size > 0;
        bus->is_fitting = bus->is_fitting && !is_fit(job);
        if (kor_look_is_logged(&job->call)) {
            bus->batch.jobs[bus->batch.n++] = job;
        } else {
            kor_bus_answer(bus, job);
        }
    }
}

/* --- the loop ------------------------------------------------------------ */

/* Answers a batch that is stored, and empties it. */
static void
answer_batch(struct kor_bus *bus, struct kor_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        kor_bus_answer(bus, batch->jobs[i]);
    }
    batch->n = 0;
}

/* What the loop does with the service while it has it: a small batch is stored
 * at once. */
static void
use_service(struct kor_bus *bus)
{
    if (bus->batch.n > 0) {
        bus->fate = kor_batch_store(bus->config->service, &bus->batch);
        answer_batch(bus, &bus->batch);
    }
    if (bus->fate == KOR_OK) {
        bus->fate = kor_service_idle(bus->config->service);
    }
}

/* What has to be done before a batch is stored, by whoever stores it. */
static void
prepare(struct kor_bus *bus)
{
    if (bus->has_to_reload) {
        bus->has_to_reload = false;
        bus->config->on_reload(bus->config->arg);
    }
    fill(bus);
}

/* Whether the batch is for the writer; the end of that wakes the loop, which
 * finds what still waits. */
static bool
is_much(struct kor_bus *bus)
{
    return bus->batch.n > FEW
        || kor_turns_has_waiting(bus->turns, KOR_ROUTE_OWNER);
}

/* Gives the writer what has come, so that it need not wait until what it has
 * stored is answered. */
static void
store(struct kor_bus *bus)
{
    struct kor_batch stored;
    bool has_stored = kor_writer_take(bus->writer, &stored);
    if (has_stored) {
        kor_pulse_wrote(&bus->pulse);
    }
    if (bus->fate == KOR_OK) {
        bus->fate = kor_writer_fate(bus->writer);
    }
    bool may_go_on = bus->fate == KOR_OK && kor_writer_is_free(bus->writer);
    if (may_go_on) {
        prepare(bus);
    }
    if (may_go_on && is_much(bus)) {
        kor_writer_give(bus->writer, &bus->batch);
        may_go_on = false;
    }
    if (has_stored) {
        answer_batch(bus, &stored);
    }
    if (may_go_on && bus->fate == KOR_OK) {
        use_service(bus);
    }
}

static void
take_signal(struct kor_bus *bus)
{
    struct signalfd_siginfo info;
    while (read(bus->config->signal_fd, &info, sizeof info)
           == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP) {
            bus->has_to_reload = true;
        } else {
            bus->is_stopping = true;
        }
    }
}

/* Waits for something to do.  A full batch takes no more from the workers.
 * Returns how many descriptors are ready, or -1. */
static int
await(struct kor_bus *bus, bool may_receive, int timeout_ms)
{
    bool is_full = bus->batch.n == KOR_MAX_BATCH;
    zmq_pollitem_t items[] = {
        {.fd = bus->config->signal_fd, .events = ZMQ_POLLIN},
        {.fd = kor_writer_fd(bus->writer), .events = ZMQ_POLLIN},
        {.fd = kor_queue_fd(bus->results),
         .events = is_full ? 0 : ZMQ_POLLIN},
        {.socket = bus->router, .events = may_receive ? ZMQ_POLLIN : 0},
    };
    int n = zmq_poll(items, (int)KOR_LENGTH(items), timeout_ms);
    if (n < 0 && errno != EINTR) {
        kor_log(KOR_LOG_ERROR, "poll: %s", zmq_strerror(errno));
        bus->fate = KOR_INTERNAL;
    }
    if (items[0].revents) {
        take_signal(bus);
    }
    return n;
}

/* Sends a worker to read something. */
static void
probe(struct kor_bus *bus)
{
    struct kor_job *job = kor_job_new();
    job->is_probe = true;
    bus->is_probing = true;
    kor_pool_give(bus->pool, job);
}

/* Tells that the daemon lives, if it does. */
static void
beat(struct kor_bus *bus)
{
    int64_t now_ms = kor_bus_mono_ms(bus);
    if (kor_pulse_is_asking(&bus->pulse, now_ms) && !bus->is_probing) {
        probe(bus);
    }
    if (kor_writer_is_free(bus->writer)) {
        kor_pulse_wrote(&bus->pulse);
    }
    if (kor_pulse_beats(&bus->pulse, now_ms)) {
        bus->config->on_alive(bus->config->arg);
    }
}

/* Gives work to all who can do some.  An answer may be what the next read of a
 * greedy key waited for. */
static void
serve(struct kor_bus *bus)
{
    employ(bus);
    store(bus);
    employ(bus);
}

/* Warns while there is time, and looks once a second. */
static void
watch_descriptors(struct kor_bus *bus)
{
    int64_t now_ms = kor_bus_mono_ms(bus);
    unsigned n;
    if (now_ms < bus->look_ms) {
        return;
    }
    bus->look_ms = now_ms + IDLE_MS;
    if (kor_descriptors_are_scarce(bus->config->signal_fd)
        && kor_seldom(&bus->scarce, now_ms, &n)) {
        kor_log(KOR_LOG_WARNING,
                "four fifths of the descriptors are in use: raise "
                "LimitNOFILE, or see who opens so many connections");
    }
}

static void
turn(struct kor_bus *bus)
{
    int wait_ms
        = kor_pulse_wait_ms(&bus->pulse, kor_bus_mono_ms(bus), IDLE_MS);
    if (await(bus, true, wait_ms) < 0 && bus->fate != KOR_OK) {
        return;
    }
    watch_descriptors(bus);
    collect(bus);
    kor_bus_drain(bus);
    serve(bus);
    beat(bus);
}

static bool
has_work(struct kor_bus *bus)
{
    return bus->n_away > 0 || bus->batch.n > 0
        || kor_turns_has_waiting(bus->turns, KOR_ROUTE_OWNER)
        || !kor_writer_is_free(bus->writer);
}

/* Answers what has arrived, until it is quiet, and what workers and writer
 * still have.  After a failure of the disk nothing more is tried. */
static void
finish(struct kor_bus *bus)
{
    int64_t until_ms = kor_bus_mono_ms(bus) + DRAIN_MS;
    bool is_draining = true;
    while (bus->fate == KOR_OK && (is_draining || has_work(bus))) {
        int n = await(bus, is_draining, QUIET_MS);
        is_draining = is_draining && n != 0
                   && kor_bus_mono_ms(bus) < until_ms;
        collect(bus);
        if (is_draining) {
            kor_bus_drain(bus);
        }
        serve(bus);
    }
}

/* Says why it had to end. */
static enum kor_code
tell_fate(enum kor_code fate, struct kor_err *err)
{
    switch (fate) {
    case KOR_UNCERTAIN:
        return kor_fail(err, fate, NULL,
                        "the disk failed: look at it, then start again");
    case KOR_CORRUPT:
        return kor_fail(err, fate, NULL,
                        "the database file is damaged: restore a backup");
    default:
        return fate;
    }
}

static enum kor_code
open_bus(struct kor_bus *bus, struct kor_err *err)
{
    const struct kor_bus_config *config = bus->config;
    bus->context = zmq_ctx_new();
    bus->results = kor_queue_new();
    bus->turns = kor_turns_new();
    bus->refusals = kor_refusals_new();
    enum kor_code code
        = kor_zap_start(bus->context, kor_service_keyring(config->service),
                        config->clinic->clock, bus->results, &bus->zap, err);
    if (code == KOR_OK) {
        code = kor_pool_new(config->clinic, config->service,
                            config->n_workers, bus->results, &bus->pool, err);
    }
    if (code == KOR_OK) {
        code = kor_writer_new(config->service, &bus->writer, err);
    }
    if (code == KOR_OK) {
        code = kor_socket_bind(bus->context, ZMQ_ROUTER, config->endpoint,
                               config->keys, "endpoint", &bus->router, err);
    }
    if (code == KOR_OK) {
        code = kor_socket_bind(bus->context, ZMQ_PUB, config->feed,
                               config->keys, "feed", &bus->feed, err);
    }
    return code;
}

static void
close_bus(struct kor_bus *bus)
{
    struct kor_job *job;
    kor_writer_free(bus->writer);
    for (size_t i = 0; i < bus->batch.n; i++) {
        kor_job_free(bus->batch.jobs[i]);
    }
    kor_pool_free(bus->pool);
    while ((job = kor_queue_try(bus->results))) {
        kor_job_free(job);
    }
    kor_queue_free(bus->results);
    kor_turns_free(bus->turns);
    kor_refusals_free(bus->refusals);
    if (bus->router) {
        zmq_close(bus->router);
    }
    if (bus->feed) {
        zmq_close(bus->feed);
    }
    zmq_ctx_shutdown(bus->context);
    kor_zap_join(bus->zap);
    zmq_ctx_term(bus->context);
    kor_buf_done(&bus->frame);
}

enum kor_code
kor_bus_run(const struct kor_bus_config *config, struct kor_err *err)
{
    struct kor_bus *bus = kor_alloc(sizeof *bus);
    bus->config = config;
    enum kor_code code = open_bus(bus, err);
    if (code == KOR_OK) {
        kor_pulse_init(&bus->pulse, config->alive_ms, kor_bus_mono_ms(bus));
        config->on_ready(config->arg);
        while (!bus->is_stopping && bus->fate == KOR_OK) {
            turn(bus);
        }
        if (config->on_stop) {
            config->on_stop(config->arg);
        }
        finish(bus);
        code = tell_fate(bus->fate, err);
    }
    close_bus(bus);
    free(bus);
    return code;
}

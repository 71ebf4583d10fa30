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

#include "bus/job.h"
#include "bus/pool.h"
#include "bus/sealed.h"
#include "bus/socket.h"
#include "bus/writer.h"
#include "bus/zap.h"
#include "kor/base/alloc.h"
#include "kor/base/log.h"

#define FEW 4           /* Writes that the loop stores by itself. */
#define MAX_DRAIN 1024  /* Messages taken before anybody is answered. */
#define IDLE_MS 1000    /* The loop turns at least so often. */
#define QUIET_MS 100    /* At the end: nothing came for so long, */
#define DRAIN_MS 3000   /* or so much time has passed. */
#define TOPIC "change"

struct bus {
    const struct kor_bus_config *config;
    void *context;
    struct kor_zap *zap;
    void *router;
    void *feed;
    struct kor_queue *results; /* From the workers. */
    struct kor_pool *pool;
    size_t n_away;             /* Jobs that are with the workers. */
    struct kor_writer *writer;
    struct kor_batch batch;    /* Taken in, and not with the writer yet. */
    struct kor_buf frame; /* Of a reply; kept for its memory. */
    bool is_stopping;
    bool has_to_reload;        /* As soon as the loop has the service. */
    enum kor_code fate; /* KOR_UNCERTAIN: the process must end. */
};

/* --- sending ------------------------------------------------------------- */

/* A reply that cannot be sent at once is dropped: the peer has gone or does
 * not read, and asks again with the same id. */
static void
send_reply(struct bus *bus, const struct kor_job *job)
{
    if (job->identity_size == 0) {
        return; /* A notice: nobody asked. */
    }
    kor_buf_clear(&bus->frame);
    kor_call_frame(&job->call, &bus->frame);
    if (zmq_send(bus->router, job->identity, job->identity_size,
                 ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0
        || zmq_send(bus->router, bus->frame.text, bus->frame.size,
                    ZMQ_DONTWAIT) < 0) {
        kor_log(KOR_LOG_DEBUG, "a reply found nobody");
    }
}

static void
publish(struct bus *bus, const struct kor_call *call)
{
    char seq[24];
    if (call->code != KOR_OK || !call->has_event || call->is_repeat) {
        return;
    }
    int size = snprintf(seq, sizeof seq, "%lld",
                        (long long)call->event.message.seq);
    if (zmq_send(bus->feed, TOPIC, strlen(TOPIC), ZMQ_SNDMORE | ZMQ_DONTWAIT)
        >= 0) {
        zmq_send(bus->feed, seq, (size_t)size, ZMQ_DONTWAIT);
    }
}

/* Refuses 'job'; that leaves with the batch that logs it. */
static void
refuse(struct bus *bus, struct kor_job *job, enum kor_code code)
{
    job->call.code = code;
    job->call.is_answered = true;
    bus->batch.jobs[bus->batch.n++] = job;
}

/* --- receiving ----------------------------------------------------------- */

/* The id that the ZAP thread gave to the key; 0 if there is none. */
static int64_t
actor_of(zmq_msg_t *message)
{
    const char *user = zmq_msg_gets(message, "User-Id");
    return user ? strtoll(user, NULL, 10) : 0;
}

/* Reads one whole message from the router: an identity and one frame are a
 * job, anything else is dropped to its end.  Returns false when nothing
 * waits.  '*jobp' is null for a message that was dropped. */
static bool
receive(struct bus *bus, struct kor_job **jobp, zmq_msg_t *body)
{
    zmq_msg_t part;
    int n = 0;
    bool is_more = true;
    struct kor_job *job = NULL;
    *jobp = NULL;
    while (is_more) {
        zmq_msg_init(&part);
        if (zmq_msg_recv(&part, bus->router, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&part);
            kor_job_free(job);
            return false;
        }
        is_more = zmq_msg_more(&part);
        if (n == 0 && zmq_msg_size(&part) <= KOR_IDENTITY_SIZE) {
            job = kor_job_new();
            job->identity_size = zmq_msg_size(&part);
            memcpy(job->identity, zmq_msg_data(&part), job->identity_size);
        } else if (n == 1) {
            zmq_msg_move(body, &part);
        }
        zmq_msg_close(&part);
        n++;
    }
    if (n == 2) {
        *jobp = job;
    } else {
        kor_job_free(job);
    }
    return true;
}

/* Sends 'job' where it is answered. */
static void
route(struct bus *bus, struct kor_job *job)
{
    if (kor_service_route(job->call.request.verb) == KOR_ROUTE_OWNER) {
        bus->batch.jobs[bus->batch.n++] = job;
    } else if (kor_pool_give(bus->pool, job)) {
        bus->n_away++;
    } else {
        job->call.code = kor_fail(&job->call.err, KOR_BUSY, NULL,
                                  "too much is being asked just now: ask "
                                  "again in a moment");
        send_reply(bus, job);
        kor_job_free(job);
    }
}

static void
accept_message(struct bus *bus, struct kor_job *job, zmq_msg_t *body)
{
    struct kor_call *call = &job->call;
    kor_err_init(&call->err, bus->config->clinic->lang);
    const struct kor_clock *clock = bus->config->clinic->clock;
    call->caller.actor_id = actor_of(body);
    if (!kor_keyring_by_id(kor_service_keyring(bus->config->service),
                           call->caller.actor_id, clock->now_ms(clock),
                           &call->caller)) {
        (void)kor_fail(&call->err, KOR_FORBIDDEN, NULL,
                       "this key is not admitted any more");
        refuse(bus, job, KOR_FORBIDDEN);
        return;
    }
    enum kor_code code = kor_frame_decode(
        bus->config->keys, zmq_msg_data(body), zmq_msg_size(body),
        bus->config->clinic->lang, &call->request, &call->err);
    if (code != KOR_OK) {
        refuse(bus, job, code);
        return;
    }
    route(bus, job);
}

/* Takes what has arrived, until nothing waits or it is time to answer. */
static void
drain(struct bus *bus)
{
    bool is_waiting = true;
    for (int i = 0; is_waiting && i < MAX_DRAIN && bus->batch.n < KOR_MAX_BATCH;
         i++) {
        struct kor_job *job;
        zmq_msg_t body;
        zmq_msg_init(&body);
        is_waiting = receive(bus, &job, &body);
        if (job) {
            accept_message(bus, job, &body);
        }
        zmq_msg_close(&body);
    }
}

/* Takes what the workers have done, and notices of who has connected.  What
 * the access log says nothing of is answered at once; the rest leaves with the
 * batch. */
static void
collect(struct bus *bus)
{
    struct kor_job *job;
    while (bus->batch.n < KOR_MAX_BATCH
           && (job = kor_queue_try(bus->results))) {
        bus->n_away -= job->identity_size > 0;
        if (kor_look_is_logged(&job->call)) {
            bus->batch.jobs[bus->batch.n++] = job;
        } else {
            send_reply(bus, job);
            kor_job_free(job);
        }
    }
}

/* --- the loop ------------------------------------------------------------ */

/* Answers a batch that is stored, and empties it. */
static void
answer_batch(struct bus *bus, struct kor_batch *batch)
{
    if (batch->fate != KOR_OK) {
        bus->fate = batch->fate;
    }
    for (size_t i = 0; i < batch->n; i++) {
        send_reply(bus, batch->jobs[i]);
        publish(bus, &batch->jobs[i]->call);
        kor_job_free(batch->jobs[i]);
    }
    batch->n = 0;
}

/* What the loop does with the service while it has it: a small batch is stored
 * at once. */
static void
use_service(struct bus *bus)
{
    if (bus->has_to_reload) {
        bus->has_to_reload = false;
        bus->config->on_reload(bus->config->arg);
    }
    if (bus->batch.n > 0) {
        kor_batch_store(bus->config->service, &bus->batch);
        answer_batch(bus, &bus->batch);
    }
    if (bus->fate == KOR_OK) {
        kor_service_idle(bus->config->service);
    }
}

/* Gives the writer what has come, so that it need not wait until what it has
 * stored is answered. */
static void
store(struct bus *bus)
{
    struct kor_batch stored;
    bool has_stored = kor_writer_take(bus->writer, &stored);
    if (has_stored && stored.fate != KOR_OK) {
        bus->fate = stored.fate;
    }
    bool may_go_on = bus->fate == KOR_OK && kor_writer_is_free(bus->writer);
    if (may_go_on && bus->batch.n > FEW && !bus->has_to_reload) {
        kor_writer_give(bus->writer, &bus->batch);
        may_go_on = false;
    }
    if (has_stored) {
        answer_batch(bus, &stored);
    }
    if (may_go_on) {
        use_service(bus);
    }
}

static void
take_signal(struct bus *bus)
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

/* Waits for something to do.  A full batch takes in no more.  Returns how many
 * descriptors are ready, or -1. */
static int
await(struct bus *bus, bool may_receive, int timeout_ms)
{
    bool is_full = bus->batch.n == KOR_MAX_BATCH;
    zmq_pollitem_t items[] = {
        {.fd = kor_queue_fd(bus->results), .events = ZMQ_POLLIN},
        {.fd = kor_writer_fd(bus->writer), .events = ZMQ_POLLIN},
        {.fd = bus->config->signal_fd, .events = ZMQ_POLLIN},
        {.socket = bus->router, .events = ZMQ_POLLIN},
    };
    int n = zmq_poll(items, may_receive && !is_full ? 4 : 3, timeout_ms);
    if (n < 0 && errno != EINTR) {
        kor_log(KOR_LOG_ERROR, "poll: %s", zmq_strerror(errno));
        bus->fate = KOR_INTERNAL;
    }
    if (items[2].revents) {
        take_signal(bus);
    }
    return n;
}

static void
turn(struct bus *bus)
{
    if (await(bus, true, IDLE_MS) < 0 && bus->fate != KOR_OK) {
        return;
    }
    collect(bus);
    drain(bus);
    store(bus);
}

static bool
has_work(struct bus *bus)
{
    return bus->n_away > 0 || bus->batch.n > 0
        || !kor_writer_is_free(bus->writer);
}

/* Answers what has arrived, until it is quiet, and what workers and writer
 * still have.  After a failure of the disk nothing more is tried. */
static void
finish(struct bus *bus)
{
    const struct kor_clock *clock = bus->config->clinic->clock;
    int64_t until_ms = clock->mono_ms(clock) + DRAIN_MS;
    bool is_draining = true;
    while (bus->fate == KOR_OK && (is_draining || has_work(bus))) {
        int n = await(bus, is_draining, QUIET_MS);
        is_draining = is_draining && n != 0
                   && clock->mono_ms(clock) < until_ms;
        collect(bus);
        if (is_draining) {
            drain(bus);
        }
        store(bus);
    }
}

static enum kor_code
open_bus(struct bus *bus, struct kor_err *err)
{
    const struct kor_bus_config *config = bus->config;
    bus->context = zmq_ctx_new();
    bus->results = kor_queue_new();
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
close_bus(struct bus *bus)
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
    struct bus *bus = kor_alloc(sizeof *bus);
    bus->config = config;
    enum kor_code code = open_bus(bus, err);
    if (code == KOR_OK) {
        config->on_ready(config->arg);
        while (!bus->is_stopping && bus->fate == KOR_OK) {
            turn(bus);
        }
        finish(bus);
        code = bus->fate;
    }
    close_bus(bus);
    free(bus);
    return code == KOR_UNCERTAIN
               ? kor_fail(err, code, NULL,
                          "the disk failed: look at it, then start again")
               : code;
}

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

#include "access/check.h"
#include "bus/descriptors.h"
#include "bus/guest.h"
#include "bus/job.h"
#include "bus/pool.h"
#include "bus/pulse.h"
#include "bus/sealed.h"
#include "bus/seldom.h"
#include "bus/socket.h"
#include "bus/turns.h"
#include "bus/writer.h"
#include "bus/zap.h"
#include "kor/base/alloc.h"
#include "kor/base/log.h"

#define FEW 4           /* Writes that the loop stores by itself. */
#define A_WORKER 2      /* Jobs that each is given, so that none is idle. */
/* Before anybody is answered are taken so many messages, or bytes of them, of
 * which so many are refused or dropped. */
#define MAX_DRAIN 256
#define MAX_DRAIN_SIZE (64 * 1024)
#define MAX_REFUSED 8
/* The largest request of a key that imports nothing: reading 512 KiB of JSON
 * takes milliseconds, in which nobody is answered. */
#define COMMON_SIZE (64 * 1024)
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
    size_t n_away;             /* Jobs that are with the workers, */
    bool is_fitting;           /* and one of them is a fit. */
    struct kor_turns *turns;   /* Who waits to be answered, */
    struct kor_seldom greedy;  /* who asked for too much, */
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
    enum kor_code fate; /* KOR_UNCERTAIN: the process must end. */
};

static int64_t
mono_ms(const struct bus *bus)
{
    const struct kor_clock *clock = bus->config->clinic->clock;
    return clock->mono_ms(clock);
}

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

/* Answers 'job', which has had its turn, and frees it. */
static void
answer(struct bus *bus, struct kor_job *job)
{
    send_reply(bus, job);
    publish(bus, &job->call);
    kor_turns_end(bus->turns, job);
    kor_job_free(job);
}

/* --- receiving ----------------------------------------------------------- */

/* Who the ZAP thread says it is: the id of a key, or a guest; 0 if it says
 * nothing. */
static void
read_caller(zmq_msg_t *message, struct kor_caller *caller)
{
    const char *user = zmq_msg_gets(message, "User-Id");
    if (user && !kor_guest_from(user, caller)) {
        caller->actor_id = strtoll(user, NULL, 10);
    }
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

/* Looks at who sends it, and how much, before it is read. */
static enum kor_code
check_sender(struct bus *bus, struct kor_job *job)
{
    struct kor_call *call = &job->call;
    struct kor_keyring *keyring = kor_service_keyring(bus->config->service);
    const struct kor_clock *clock = bus->config->clinic->clock;
    int64_t now_ms = clock->now_ms(clock);
    if (call->caller.is_guest
            ? !kor_keyring_has_guests(keyring, now_ms)
            : !kor_keyring_by_id(keyring, call->caller.actor_id, now_ms,
                                 &call->caller)) {
        return kor_fail(&call->err, KOR_FORBIDDEN, NULL,
                        "this key is not admitted any more");
    }
    if (call->caller.is_guest && job->size > KOR_GUEST_SIZE) {
        return kor_fail(&call->err, KOR_TOO_LARGE, NULL,
                        "a request of a key that is not enrolled may be at "
                        "most %d bytes long", KOR_GUEST_SIZE);
    }
    if (job->size > COMMON_SIZE
        && kor_access_check(&call->caller, false, KOR_VERB_IMPORT_ROWS, NULL,
                            NULL, NULL)
               != KOR_OK) {
        return kor_fail(&call->err, KOR_TOO_LARGE, NULL,
                        "a request of this key may be at most %d bytes long; "
                        "who may import sends larger ones", COMMON_SIZE);
    }
    return KOR_OK;
}

/* Without a row in the access log, which would be a flood as well: the journal
 * says which key it is. */
static void
refuse_greedy(struct bus *bus, struct kor_job *job)
{
    const struct kor_clock *clock = bus->config->clinic->clock;
    unsigned n;
    if (kor_seldom(&bus->greedy, clock->mono_ms(clock), &n)) {
        kor_log(KOR_LOG_WARNING, "key %lld asks for too much at once: %u "
                                 "requests of all keys refused lately",
                (long long)job->call.caller.actor_id, n);
    }
    job->call.code
        = kor_fail(&job->call.err, KOR_BUSY, NULL,
                   "this key asks for too much at once: have at most %d "
                   "requests without an answer, and ask again when some are "
                   "answered", KOR_MAX_IN_FLIGHT);
    answer(bus, job);
}

/* What a guest is refused has no row in the access log either: anybody can be
 * a guest. */
static void
refuse_guest(struct bus *bus, struct kor_job *job)
{
    const struct kor_clock *clock = bus->config->clinic->clock;
    unsigned n;
    if (kor_seldom(&bus->guests, clock->mono_ms(clock), &n)) {
        kor_log(KOR_LOG_WARNING, "keys that are not enrolled asked for more "
                                 "than that: %u times lately", n);
    }
    answer(bus, job);
}

/* Reads what 'job' asks, as far as whoever asks may. */
static enum kor_code
read_request(struct bus *bus, struct kor_job *job, zmq_msg_t *body)
{
    struct kor_call *call = &job->call;
    enum kor_code code = check_sender(bus, job);
    if (code == KOR_OK) {
        code = kor_frame_decode(bus->config->keys, zmq_msg_data(body),
                                job->size, bus->config->clinic->lang,
                                &call->request, &call->err);
    }
    if (code == KOR_OK && call->caller.is_guest) {
        code = kor_access_check(&call->caller, call->request.has_token,
                                call->request.verb, NULL, NULL, &call->err);
    }
    return code;
}

/* Reads what 'job' asks; false if that is refused.  A refusal waits for its
 * turn, too, for the batch that logs it. */
static bool
accept_message(struct bus *bus, struct kor_job *job, zmq_msg_t *body)
{
    struct kor_call *call = &job->call;
    enum kor_route route = KOR_ROUTE_OWNER;
    kor_err_init(&call->err, bus->config->clinic->lang);
    read_caller(body, &call->caller);
    job->size = zmq_msg_size(body);
    call->code = read_request(bus, job, body);
    call->is_answered = call->code != KOR_OK;
    if (call->is_answered && call->caller.is_guest) {
        refuse_guest(bus, job);
        return false;
    }
    if (call->code == KOR_OK) {
        route = kor_service_route(call->request.verb);
    }
    bool is_taken = kor_turns_add(bus->turns, route, job);
    bool is_refused = !is_taken || call->is_answered;
    if (!is_taken) {
        refuse_greedy(bus, job);
    }
    return !is_refused;
}

/* Takes what has arrived, until nothing waits or it is time to answer. */
static void
drain(struct bus *bus)
{
    bool is_waiting = true;
    int n_refused = 0;
    size_t size = 0;
    for (int n = 0; is_waiting && n < MAX_DRAIN && size < MAX_DRAIN_SIZE
                    && n_refused < MAX_REFUSED;
         n++) {
        struct kor_job *job;
        zmq_msg_t body;
        zmq_msg_init(&body);
        is_waiting = receive(bus, &job, &body);
        size += zmq_msg_size(&body);
        bool is_accepted = job && accept_message(bus, job, &body);
        n_refused += !is_accepted;
        zmq_msg_close(&body);
    }
}

static bool
is_fit(const struct kor_job *job)
{
    return job->identity_size > 0
        && kor_service_route(job->call.request.verb) == KOR_ROUTE_FIT;
}

/* Keeps the workers at work.  One fit at a time: it takes seconds, and reads
 * are not to wait for it. */
static void
employ(struct bus *bus)
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
fill(struct bus *bus)
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
take_probe(struct bus *bus, struct kor_job *job)
{
    bus->is_probing = false;
    if (job->call.code == KOR_OK) {
        kor_pulse_read(&bus->pulse);
    }
    kor_job_free(job);
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
        if (job->is_probe) {
            take_probe(bus, job);
            continue;
        }
        bus->n_away -= job->identity_size > 0;
        bus->is_fitting = bus->is_fitting && !is_fit(job);
        if (kor_look_is_logged(&job->call)) {
            bus->batch.jobs[bus->batch.n++] = job;
        } else {
            answer(bus, job);
        }
    }
}

/* --- the loop ------------------------------------------------------------ */

/* Answers a batch that is stored, and empties it. */
static void
answer_batch(struct bus *bus, struct kor_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        answer(bus, batch->jobs[i]);
    }
    batch->n = 0;
}

/* What the loop does with the service while it has it: a small batch is stored
 * at once. */
static void
use_service(struct bus *bus)
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
prepare(struct bus *bus)
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
is_much(struct bus *bus)
{
    return bus->batch.n > FEW
        || kor_turns_has_waiting(bus->turns, KOR_ROUTE_OWNER);
}

/* Gives the writer what has come, so that it need not wait until what it has
 * stored is answered. */
static void
store(struct bus *bus)
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

/* Waits for something to do.  A full batch takes no more from the workers.
 * Returns how many descriptors are ready, or -1. */
static int
await(struct bus *bus, bool may_receive, int timeout_ms)
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
probe(struct bus *bus)
{
    struct kor_job *job = kor_job_new();
    job->is_probe = true;
    bus->is_probing = true;
    kor_pool_give(bus->pool, job);
}

/* Tells that the daemon lives, if it does. */
static void
beat(struct bus *bus)
{
    int64_t now_ms = mono_ms(bus);
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
serve(struct bus *bus)
{
    employ(bus);
    store(bus);
    employ(bus);
}

/* Warns while there is time, and looks once a second. */
static void
watch_descriptors(struct bus *bus)
{
    int64_t now_ms = mono_ms(bus);
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
turn(struct bus *bus)
{
    int wait_ms = kor_pulse_wait_ms(&bus->pulse, mono_ms(bus), IDLE_MS);
    if (await(bus, true, wait_ms) < 0 && bus->fate != KOR_OK) {
        return;
    }
    watch_descriptors(bus);
    collect(bus);
    drain(bus);
    serve(bus);
    beat(bus);
}

static bool
has_work(struct bus *bus)
{
    return bus->n_away > 0 || bus->batch.n > 0
        || kor_turns_has_waiting(bus->turns, KOR_ROUTE_OWNER)
        || !kor_writer_is_free(bus->writer);
}

/* Answers what has arrived, until it is quiet, and what workers and writer
 * still have.  After a failure of the disk nothing more is tried. */
static void
finish(struct bus *bus)
{
    int64_t until_ms = mono_ms(bus) + DRAIN_MS;
    bool is_draining = true;
    while (bus->fate == KOR_OK && (is_draining || has_work(bus))) {
        int n = await(bus, is_draining, QUIET_MS);
        is_draining = is_draining && n != 0
                   && mono_ms(bus) < until_ms;
        collect(bus);
        if (is_draining) {
            drain(bus);
        }
        serve(bus);
    }
}

static enum kor_code
open_bus(struct bus *bus, struct kor_err *err)
{
    const struct kor_bus_config *config = bus->config;
    bus->context = zmq_ctx_new();
    bus->results = kor_queue_new();
    bus->turns = kor_turns_new();
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
    kor_turns_free(bus->turns);
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
        kor_pulse_init(&bus->pulse, config->alive_ms, mono_ms(bus));
        config->on_ready(config->arg);
        while (!bus->is_stopping && bus->fate == KOR_OK) {
            turn(bus);
        }
        if (config->on_stop) {
            config->on_stop(config->arg);
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

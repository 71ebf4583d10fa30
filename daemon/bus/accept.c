/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes to the loop: see bus/bus_provider.h. */

#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "access/check.h"
#include "bus/bus_provider.h"
#include "bus/guest.h"
#include "bus/sealed.h"
#include "kor/base/log.h"

/* Before anybody is answered are taken so many messages, or bytes of them, of
 * which so many are refused or dropped. */
#define MAX_DRAIN 256
#define MAX_DRAIN_SIZE (64 * 1024)
#define MAX_REFUSED 8
/* The largest request of a key that imports nothing: reading 512 KiB of JSON
 * takes milliseconds, in which nobody is answered. */
#define COMMON_SIZE (64 * 1024)

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
receive(struct kor_bus *bus, struct kor_job **jobp, zmq_msg_t *body)
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
check_sender(struct kor_bus *bus, struct kor_job *job)
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
refuse_greedy(struct kor_bus *bus, struct kor_job *job)
{
    unsigned n;
    if (kor_seldom(&bus->greedy, kor_bus_mono_ms(bus), &n)) {
        kor_log(KOR_LOG_WARNING, "key %lld asks for too much at once: %u "
                                 "requests of all keys refused lately",
                (long long)job->call.caller.actor_id, n);
    }
    job->call.code
        = kor_fail(&job->call.err, KOR_BUSY, NULL,
                   "this key asks for too much at once: have at most %d "
                   "requests without an answer, and ask again when some are "
                   "answered", KOR_MAX_IN_FLIGHT);
    kor_bus_answer(bus, job);
}

/* So too for who is refused again and again. */
static void
refuse_refused(struct kor_bus *bus, struct kor_job *job)
{
    unsigned n;
    if (kor_seldom(&bus->refused, kor_bus_mono_ms(bus), &n)) {
        kor_log(KOR_LOG_WARNING, "key %lld asks for nothing but what is "
                                 "refused: %u requests of such keys lately",
                (long long)job->call.caller.actor_id, n);
    }
    job->call.code
        = kor_fail(&job->call.err, KOR_BUSY, NULL,
                   "this key was refused %d times within a minute: see to "
                   "what it asks, and ask again in a minute",
                   KOR_MAX_REFUSED);
    kor_bus_answer(bus, job);
}

/* What a guest is refused has no row in the access log either: anybody can be
 * a guest. */
static void
refuse_guest(struct kor_bus *bus, struct kor_job *job)
{
    unsigned n;
    if (kor_seldom(&bus->guests, kor_bus_mono_ms(bus), &n)) {
        kor_log(KOR_LOG_WARNING, "keys that are not enrolled asked for more "
                                 "than that: %u times lately", n);
    }
    kor_bus_answer(bus, job);
}

/* Reads what 'job' asks, as far as whoever asks may. */
static enum kor_code
read_request(struct kor_bus *bus, struct kor_job *job, zmq_msg_t *body)
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
accept_message(struct kor_bus *bus, struct kor_job *job, zmq_msg_t *body)
{
    struct kor_call *call = &job->call;
    enum kor_route route = KOR_ROUTE_OWNER;
    kor_err_init(&call->err, bus->config->clinic->lang);
    read_caller(body, &call->caller);
    job->size = zmq_msg_size(body);
    if (!call->caller.is_guest
        && kor_refusals_is_over(bus->refusals, call->caller.actor_id,
                                kor_bus_mono_ms(bus))) {
        refuse_refused(bus, job);
        return false;
    }
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

void
kor_bus_drain(struct kor_bus *bus)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves the loop: see bus/bus_provider.h. */

#include <stdio.h>
#include <string.h>

#include <zmq.h>

#include "bus/bus_provider.h"
#include "kor/base/log.h"

#define TOPIC "change"

int64_t
kor_bus_mono_ms(const struct kor_bus *bus)
{
    const struct kor_clock *clock = bus->config->clinic->clock;
    return clock->mono_ms(clock);
}

/* A reply that cannot be sent at once is dropped: the peer has gone or does
 * not read, and asks again with the same id. */
static void
send_reply(struct kor_bus *bus, const struct kor_job *job)
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
publish(struct kor_bus *bus, const struct kor_call *call)
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

void
kor_bus_heed(struct kor_bus *bus, const struct kor_call *call)
{
    if (call->has_damage && bus->fate == KOR_OK) {
        bus->fate = KOR_CORRUPT;
    }
}

void
kor_bus_answer(struct kor_bus *bus, struct kor_job *job)
{
    const struct kor_caller *caller = &job->call.caller;
    send_reply(bus, job);
    publish(bus, &job->call);
    if (!caller->is_guest && job->identity_size > 0) {
        kor_refusals_count(bus->refusals, caller->actor_id, job->call.code,
                           kor_bus_mono_ms(bus));
    }
    kor_bus_heed(bus, &job->call);
    kor_turns_end(bus->turns, job);
    kor_job_free(job);
}

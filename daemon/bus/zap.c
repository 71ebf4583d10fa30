/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may connect: see bus/zap.h. */

#include "bus/zap.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "bus/guest.h"
#include "bus/job.h"
#include "bus/queue.h"
#include "bus/seldom.h"
#include "bus/zap_question.h"
#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/log.h"

struct kor_zap {
    pthread_t thread;
    void *socket;
    struct kor_keyring *keyring;    /* Borrowed, */
    const struct kor_clock *clock;  /* and this, */
    struct kor_queue *notices;      /* and this. */
    struct kor_seldom refused;
    struct kor_seldom came;         /* Guests, */
    struct kor_guests guests;       /* and how many more may. */
};

/* Reads one whole question, however many frames it has.  Returns false when
 * the context ends. */
static bool
receive(void *socket, struct kor_zap_question *question)
{
    bool is_more = true;
    *question = (struct kor_zap_question){0};
    while (is_more) {
        zmq_msg_t frame;
        zmq_msg_init(&frame);
        int size = zmq_msg_recv(&frame, socket, 0);
        if (size >= 0) {
            kor_zap_hear(question, zmq_msg_data(&frame), (size_t)size);
            is_more = zmq_msg_more(&frame);
        }
        zmq_msg_close(&frame);
        if (size < 0 && errno != EINTR) {
            return false;
        }
    }
    return true;
}

static bool
is_admitted(struct kor_zap *zap, const struct kor_zap_question *question,
            struct kor_caller *caller)
{
    const uint8_t *key = kor_zap_key(question);
    return key
        && kor_keyring_by_key(zap->keyring, key,
                              zap->clock->now_ms(zap->clock), caller);
}

/* Guests come to ask, and not to listen. */
static bool
is_guest(struct kor_zap *zap, const struct kor_zap_question *question)
{
    const uint8_t *key = kor_zap_key(question);
    return key && kor_zap_is_at(question, KOR_ZAP_ASKING)
        && kor_keyring_may_be_guest(zap->keyring, key,
                                    zap->clock->now_ms(zap->clock))
        && kor_guests_admit(&zap->guests, zap->clock->mono_ms(zap->clock));
}

/* Tells the loop, for the access log: a job that came from nobody.  'n' is
 * for those who are not told apart. */
static void
notice(struct kor_zap *zap, const struct kor_caller *caller,
       enum kor_code code, unsigned n)
{
    struct kor_job *job = kor_job_new();
    job->call.caller = *caller;
    job->call.code = code;
    job->call.is_answered = true;
    job->call.look.action = "log-in";
    if (caller->actor_id == 0) {
        snprintf(job->call.look.object, sizeof job->call.look.object,
                 "%u times", n);
    }
    kor_queue_put(zap->notices, job);
}

static void
log_refusal(struct kor_zap *zap)
{
    unsigned n;
    if (kor_seldom(&zap->refused, zap->clock->mono_ms(zap->clock), &n)) {
        kor_log(KOR_LOG_WARNING, "refused %u connections with unknown keys",
                n);
        notice(zap, &(struct kor_caller){0}, KOR_FORBIDDEN, n);
    }
}

static void
log_guest(struct kor_zap *zap)
{
    unsigned n;
    if (kor_seldom(&zap->came, zap->clock->mono_ms(zap->clock), &n)) {
        notice(zap, &(struct kor_caller){.is_guest = true}, KOR_OK, n);
    }
}

static void
answer(struct kor_zap *zap, const struct kor_zap_question *question)
{
    struct kor_caller caller;
    char user[KOR_GUEST_USER_SIZE] = "";
    bool is_ok = true;
    if (is_admitted(zap, question, &caller)) {
        snprintf(user, sizeof user, "%lld", (long long)caller.actor_id);
        notice(zap, &caller, KOR_OK, 1);
    } else if (is_guest(zap, question)) {
        (void)kor_guest_user(kor_zap_key(question), user);
        log_guest(zap);
    } else {
        is_ok = false;
        log_refusal(zap);
    }
    zmq_send(zap->socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(zap->socket, question->id, question->id_size, ZMQ_SNDMORE);
    zmq_send(zap->socket, is_ok ? "200" : "400", 3, ZMQ_SNDMORE);
    zmq_send(zap->socket, is_ok ? "OK" : "no", 2, ZMQ_SNDMORE);
    zmq_send(zap->socket, user, strlen(user), ZMQ_SNDMORE);
    zmq_send(zap->socket, "", 0, 0);
}

static void *
run(void *arg)
{
    struct kor_zap *zap = arg;
    struct kor_zap_question question;
    while (receive(zap->socket, &question)) {
        answer(zap, &question);
    }
    if (errno != ETERM) {
        kor_log(KOR_LOG_ERROR, "the thread that admits keys failed: %s",
                zmq_strerror(errno));
        abort();
    }
    zmq_close(zap->socket);
    return NULL;
}

enum kor_code
kor_zap_start(void *context, struct kor_keyring *keyring,
              const struct kor_clock *clock, struct kor_queue *notices,
              struct kor_zap **zapp, struct kor_err *err)
{
    struct kor_zap *zap = kor_alloc(sizeof *zap);
    int linger = 0;
    *zapp = NULL;
    zap->keyring = keyring;
    zap->clock = clock;
    zap->notices = notices;
    zap->socket = zmq_socket(context, ZMQ_REP);
    if (!zap->socket
        || zmq_setsockopt(zap->socket, ZMQ_LINGER, &linger, sizeof linger)
        || zmq_bind(zap->socket, "inproc://zeromq.zap.01")
        || pthread_create(&zap->thread, NULL, run, zap)) {
        if (zap->socket) {
            zmq_close(zap->socket);
        }
        free(zap);
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "the thread that admits keys does not start");
    }
    *zapp = zap;
    return KOR_OK;
}

void
kor_zap_join(struct kor_zap *zap)
{
    if (zap) {
        pthread_join(zap->thread, NULL);
        free(zap);
    }
}

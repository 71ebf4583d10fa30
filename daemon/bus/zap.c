/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may connect: see bus/zap.h. */

#include "bus/zap.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "bus/job.h"
#include "bus/queue.h"
#include "bus/seldom.h"
#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/log.h"

#define FRAMES 7       /* Of a question that uses CURVE. */
#define FRAME_SIZE 256 /* The longest that is looked at. */

struct kor_zap {
    pthread_t thread;
    void *socket;
    struct kor_keyring *keyring;    /* Borrowed, */
    const struct kor_clock *clock;  /* and this, */
    struct kor_queue *notices;      /* and this. */
    struct kor_seldom refused;
};

struct frames {
    char bytes[FRAMES][FRAME_SIZE];
    int size[FRAMES];
    int n; /* How many came; may be more than FRAMES. */
};

/* Reads one whole message, however many frames it has.  Returns false when
 * the context ends. */
static bool
receive(void *socket, struct frames *frames)
{
    int more = 1;
    size_t more_size = sizeof more;
    frames->n = 0;
    while (more) {
        char unread[FRAME_SIZE];
        bool fits = frames->n < FRAMES;
        char *to = fits ? frames->bytes[frames->n] : unread;
        int size = zmq_recv(socket, to, FRAME_SIZE, 0);
        if (size < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        if (fits) {
            frames->size[frames->n] = size;
        }
        frames->n++;
        zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &more_size);
    }
    return true;
}

static bool
is_frame(const struct frames *frames, int i, const char *text)
{
    return frames->size[i] == (int)strlen(text)
        && !memcmp(frames->bytes[i], text, strlen(text));
}

static bool
is_admitted(struct kor_zap *zap, const struct frames *frames,
            struct kor_caller *caller)
{
    return frames->n == FRAMES && is_frame(frames, 0, "1.0")
        && is_frame(frames, 5, "CURVE")
        && frames->size[6] == KOR_PUBLIC_KEY_SIZE
        && kor_keyring_by_key(zap->keyring,
                              (const uint8_t *)frames->bytes[6],
                              zap->clock->now_ms(zap->clock), caller);
}

/* Tells the loop, for the access log: a job that came from nobody. */
static void
notice(struct kor_zap *zap, const struct kor_caller *caller,
       enum kor_code code, unsigned n)
{
    struct kor_job *job = kor_job_new();
    job->call.caller = *caller;
    job->call.code = code;
    job->call.is_answered = true;
    job->call.look.action = "log-in";
    if (code != KOR_OK) {
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
answer(struct kor_zap *zap, const struct frames *frames)
{
    struct kor_caller caller;
    char user[24] = "";
    bool is_ok = is_admitted(zap, frames, &caller);
    if (is_ok) {
        snprintf(user, sizeof user, "%lld", (long long)caller.actor_id);
        notice(zap, &caller, KOR_OK, 1);
    } else {
        log_refusal(zap);
    }
    int id_size = frames->n > 1 ? frames->size[1] : 0;
    id_size = id_size > FRAME_SIZE ? FRAME_SIZE : id_size;
    zmq_send(zap->socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(zap->socket, frames->bytes[1], (size_t)id_size, ZMQ_SNDMORE);
    zmq_send(zap->socket, is_ok ? "200" : "400", 3, ZMQ_SNDMORE);
    zmq_send(zap->socket, is_ok ? "OK" : "no", 2, ZMQ_SNDMORE);
    zmq_send(zap->socket, user, strlen(user), ZMQ_SNDMORE);
    zmq_send(zap->socket, "", 0, 0);
}

static void *
run(void *arg)
{
    struct kor_zap *zap = arg;
    struct frames frames;
    while (receive(zap->socket, &frames)) {
        answer(zap, &frames);
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

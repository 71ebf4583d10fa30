/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The empty round trip: see bench/echo.h. */

#include "bench/echo.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "access/keyring.h"
#include "bus/queue.h"
#include "bus/socket.h"
#include "bus/zap.h"
#include "kor/base/clock.h"
#include "store/store.h"

static struct kor_keyring *
load_keys(const struct clinic *clinic, struct kor_keyfile *server)
{
    char path[200];
    struct kor_err err;
    struct kor_store *store;
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/server.key", clinic->folder);
    bench_ok(kor_keyfile_read(path, server, &err), &err);
    bench_ok(kor_store_open(clinic->store, NULL, false, &store, &err), &err);
    bench_ok(kor_keyring_load(keyring, store, &err), &err);
    kor_store_close(store);
    return keyring;
}

/* Sends back, part by part, until the process is ended. */
KOR_NORETURN static void
serve(void *router)
{
    for (;;) {
        zmq_msg_t part;
        zmq_msg_init(&part);
        bench_must(zmq_msg_recv(&part, router, 0) >= 0, "the echo");
        int more = zmq_msg_more(&part) ? ZMQ_SNDMORE : 0;
        bench_must(zmq_msg_send(&part, router, more) >= 0, "the echo");
    }
}

KOR_NORETURN static void
become_echo(const struct clinic *clinic, const struct echo *echo, int ready)
{
    struct kor_err err;
    struct kor_keyfile server;
    struct kor_zap *zap;
    struct kor_queue *notices = kor_queue_new(); /* Which nobody reads. */
    void *router;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    kor_err_init(&err, KOR_EN);
    struct kor_keyring *keyring = load_keys(clinic, &server);
    void *context = zmq_ctx_new();
    bench_ok(kor_zap_start(context, keyring, kor_clock_system(), notices, &zap,
                           &err), &err);
    bench_ok(kor_socket_bind(context, ZMQ_ROUTER, echo->place.endpoint,
                             &server, "endpoint", &router, &err), &err);
    size_t size = sizeof echo->place.endpoint;
    char bound[sizeof echo->place.endpoint];
    zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, bound, &size);
    bench_must(write(ready, bound, sizeof bound) == (ssize_t)sizeof bound,
               "saying that the echo is ready");
    serve(router);
}

void
echo_start(const struct clinic *clinic, bool is_tcp, struct echo *echo)
{
    int ready[2];
    echo->place = clinic->place;
    if (is_tcp) {
        strcpy(echo->place.endpoint, "tcp://127.0.0.1:*");
    } else {
        snprintf(echo->place.endpoint, sizeof echo->place.endpoint,
                 "ipc://%s/echo.sock", clinic->folder);
    }
    bench_must(!pipe(ready), "making a pipe");
    fflush(stdout);
    echo->child = fork();
    if (echo->child == 0) {
        become_echo(clinic, echo, ready[1]);
    }
    close(ready[1]);
    bench_must(echo->child > 0
                   && read(ready[0], echo->place.endpoint,
                           sizeof echo->place.endpoint)
                          == (ssize_t)sizeof echo->place.endpoint,
               "starting the echo");
    close(ready[0]);
}

void
echo_stop(struct echo *echo)
{
    kill(echo->child, SIGKILL);
    waitpid(echo->child, NULL, 0);
}

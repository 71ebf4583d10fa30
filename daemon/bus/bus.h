/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_BUS_H
#define BUS_BUS_H 1

/* The bus: ZeroMQ sockets and the one loop of the daemon.
 *
 * The loop drains what has arrived, hands reads to the workers and writes to
 * the writer, which stores them all in one commit, replies, says on the feed
 * that something has changed, and waits again.  Nobody is answered before the
 * commit that holds the answer.
 *
 * About every 'alive_ms' it calls on_alive(), as long as loop, writer and
 * database answer (bus/pulse.h).
 *
 * Every message must come with the User-Id of an admitted key; a connection
 * whose key has gone is refused with its next message. */

#include <stdbool.h>
#include <stdint.h>

#include "access/keyring.h"
#include "kor/base/err.h"
#include "kor/base/keyfile.h"
#include "service/service.h"

struct kor_bus_config {
    const char *endpoint;            /* Of requests: ipc:// or tcp://. */
    const char *feed;                /* Of the feed. */
    const struct kor_keyfile *keys;  /* The server's pair. */
    const struct kor_clinic *clinic;
    struct kor_service *service;
    size_t n_workers;                /* At least 1. */
    int signal_fd;                   /* A signalfd: SIGTERM, SIGINT, SIGHUP. */
    void (*on_ready)(void *arg);     /* All sockets are bound. */
    void (*on_reload)(void *arg);    /* SIGHUP came. */
    void (*on_stop)(void *arg);      /* It is about to end; may be null. */
    void (*on_alive)(void *arg);     /* See below; null if 'alive_ms' is 0. */
    int64_t alive_ms;
    void *arg;
};

/* Binds and runs until SIGTERM or SIGINT, then answers what has arrived and
 * returns KOR_OK.  KOR_UNCERTAIN means that the disk failed, and KOR_CORRUPT
 * that the file is damaged, which a worker may have found: who asked for that,
 * or in the last batch, has been told so, and the process must end. */
KOR_NODISCARD enum kor_code kor_bus_run(const struct kor_bus_config *config,
                                        struct kor_err *err);

#endif /* bus/bus.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_LIVE_H
#define TESTS_SUPPORT_LIVE_H 1

/* A real kord: a process of its own on a folder of its own, with an ipc
 * endpoint in it, and connections over CURVE with the key of its operator.
 *
 *     live_init(&live, path);
 *     live_start(&live, NULL);
 *     void *socket = live_connect(&live);
 *     ... zmq_send(), live_receive() ...
 *     live_kill(&live);
 *
 * The program is $KOR_BIN, build/bin/kord without.  It dies with the test; with
 * KOR_SAY in the environment one hears what it says.  Whatever goes wrong in
 * here ends the test. */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "kor/base/buf.h"
#include "kor/client/place.h"
#include "support/storekit.h"

#define LIVE_MS 20000 /* Longest wait for what must come. */
#define LIVE_SOCKETS 32

struct live {
    char folder[KIT_PATH_SIZE + 16];
    char store[KIT_PATH_SIZE + 32]; /* Its database. */
    struct kor_place place;
    void *context; /* Of the connections, */
    void *sockets[LIVE_SOCKETS]; /* those that are open. */
    pid_t pid;     /* 0 while it does not run. */
};

/* Makes a clinic's folder at 'path', which is not there yet; ends kord if it
 * runs, and removes all files. */
void live_init(struct live *live, const char *path);
void live_done(struct live *live);

/* Takes over a folder that is there already, such as one that was restored. */
void live_adopt(struct live *live, const char *path);

/* Starts kord; requests may be sent at once, and wait until it serves.
 * 'environment' is "NAME=VALUE" strings with a null at the end, to be set for
 * it alone, or null. */
void live_start(struct live *live, const char *const environment[]);

/* Ends it with SIGKILL, in whatever it is doing. */
void live_kill(struct live *live);

/* Ends it with SIGTERM, which it heeds once it serves, waits, and returns the
 * exit status; -1 if a signal ended it. */
int live_stop(struct live *live);

/* Waits until it has ended by itself and returns the exit status. */
int live_wait(struct live *live);

/* Whether it still runs; takes note of its end otherwise, with the exit status
 * in '*status' (may be null). */
bool live_runs(struct live *live, int *status);

/* A new connection; closes one, which live_done() does as well. */
void *live_connect(struct live *live);
void live_hang_up(struct live *live, void *socket);

/* Stores the reply that comes in 'out', terminated; false if none comes in
 * 'wait_ms'. */
bool live_receive(void *socket, int wait_ms, struct kor_buf *out);

/* The code that stands in a reply; KOR_PROTOCOL_ERROR if there is none. */
enum kor_code live_code(const struct kor_buf *reply);

#endif /* tests/support/live.h */

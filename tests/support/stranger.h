/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_STRANGER_H
#define TESTS_SUPPORT_STRANGER_H 1

/* Peers that speak no ZeroMQ, or speak it wrongly, over plain TCP. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/dice.h"

#define STRANGER_SIZE 8192

/* What a stranger says, and nothing after it. */
enum stranger_kind {
    STRANGER_SILENT,  /* Nothing. */
    STRANGER_NOISE,   /* Random bytes. */
    STRANGER_BROWSER, /* HTTP. */
    STRANGER_HALF,    /* The beginning of a greeting. */
    STRANGER_OLD,     /* A greeting of ZMTP 1 or 2, then a message. */
    STRANGER_OPEN,    /* Mechanism NULL, then READY and a request. */
    STRANGER_PLAIN,   /* Mechanism PLAIN, then a name and a password. */
    STRANGER_HELLO,   /* CURVE, then a HELLO with a box that does not open. */
    STRANGER_SHORT,   /* CURVE, then commands of wrong lengths. */
    STRANGER_HUGE,    /* CURVE, then a frame of impossible length. */
    STRANGER_LARGE,   /* CURVE, then part of a frame of the most. */
    STRANGER_MESSAGE, /* CURVE, then messages without a handshake. */
    STRANGER_N_KINDS
};

/* Fills 'out' with what a stranger of that kind says; returns how much. */
size_t stranger_words(enum stranger_kind kind, struct dice *dice,
                      uint8_t out[STRANGER_SIZE]);

/* Connects to the port on 127.0.0.1; -1 if it is not taken in.  Never blocks
 * after that. */
int stranger_connect(int port);

/* Sends what can be sent at once. */
void stranger_say(int fd, const void *bytes, size_t size);

/* Reads what has come, and returns whether the other side has hung up. */
bool stranger_is_left(int fd);

/* Goes away, with a reset if 'is_rude'. */
void stranger_leave(int fd, bool is_rude);

#endif /* tests/support/stranger.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_ECHO_H
#define TESTS_BENCH_ECHO_H 1

/* Echo: the empty round trip.  A process with a ROUTER that has the options,
 * the keys and the admission of kord's, and sends back what comes. */

#include <sys/types.h>

#include "bench/clinic.h"

struct echo {
    struct kor_place place; /* Where it is; the same keys as the clinic's. */
    pid_t child;
};

/* Starts one beside 'clinic', over ipc or over tcp.  The clinic's kord does
 * not run yet. */
void echo_start(const struct clinic *clinic, bool is_tcp, struct echo *echo);
void echo_stop(struct echo *echo);

#endif /* tests/bench/echo.h */

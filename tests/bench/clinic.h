/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_CLINIC_H
#define TESTS_BENCH_CLINIC_H 1

/* Clinic: a kord in a process of its own, on a folder of its own. */

#include <sys/types.h>

#include "bench/bench.h"
#include "kor/client/place.h"

struct clinic {
    char folder[128];
    char store[160];        /* Its database. */
    struct kor_place place; /* With the operator's key. */
    pid_t kord;             /* While it runs. */
};

/* Makes the folder 'name' with 'kord init'; requests come in over ipc, or
 * over tcp on 127.0.0.1. */
void clinic_new(const struct bench *bench, const char *name, bool is_tcp,
                struct clinic *clinic);

/* Starts kord on it and returns the microseconds until its first answer to a
 * ping. */
double clinic_start(const struct bench *bench, struct clinic *clinic);

/* Ends it with SIGTERM and waits; it must have ended well. */
void clinic_stop(struct clinic *clinic);

/* What it has in memory. */
double clinic_resident_mib(const struct clinic *clinic);

/* Microseconds of processor time that its loop has used. */
double clinic_loop_us(const struct clinic *clinic);

#endif /* tests/bench/clinic.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_TORTURE_H
#define TESTS_SUPPORT_TORTURE_H 1

/* A program of tests/torture/: how much it is to do, from which seed, and what
 * was lost.
 *
 *     int main(int argc, char *argv[]) {
 *         static struct torture torture;
 *         torture_begin(&torture, "kills", argc, argv, 15, 1000);
 *         const struct CMUnitTest tests[]
 *             = {cmocka_unit_test_prestate(..., &torture)};
 *         return torture_end(&torture,
 *                            cmocka_run_group_tests(tests, NULL, NULL));
 *     }
 *
 * 'make check' runs it without an argument, which does a few; 'make torture'
 * with "full", and a number may stand in its place.  KOR_SEED repeats a run,
 * the seed of which is printed.  The last line that it prints is
 * "kills: 15 (lost: 0)", for tests/torture/all.sh. */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "kor/base/compiler.h"
#include "support/dice.h"

struct torture {
    const char *kind;
    bool is_full;
    int64_t wanted;   /* How many are to be done. */
    int64_t done;
    int64_t lost;
    struct dice dice; /* At the seed. */
};

/* Reads count and seed; 'few' is the count without an argument, 'many' that
 * of a full run. */
void torture_begin(struct torture *torture, const char *kind, int argc,
                   char *argv[], int64_t few, int64_t many);

/* Counts a loss and prints what it is. */
void torture_lost(struct torture *torture, const char *format, ...)
    KOR_PRINTF(2, 3);

/* Microseconds on a clock that never goes back; and the 'p' quantile of 'n'
 * such spans, at least one, which are sorted. */
double torture_now_us(void);
double torture_quantile(double us[], size_t n, double p);

/* Waits until the child 'pid' has ended, which is not reaped, but at most
 * 'most_us'. */
void torture_await_end(pid_t pid, int64_t most_us);

/* Prints the last line; returns the exit status, 'status' unless something
 * was lost. */
int torture_end(const struct torture *torture, int status);

#endif /* tests/support/torture.h */

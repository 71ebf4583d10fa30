/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H 1

/* What every program of this folder does: it works in a folder of its own
 * that is gone afterwards, prints a table
 *
 *     figure                                   value     limit
 *     one pair / same rows over ipc             1.31   <= 1.60   reached
 *
 * and ends with "bench: N reached, M not reached".  A figure is a ratio to
 * something measured in the same run wherever a limit stands beside it, so
 * that it means the same on a faster machine.  It fails only if it could not
 * measure: a limit that is not reached is a finding. */

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"

struct bench {
    const char *kord;  /* Path of the daemon. */
    char folder[64];   /* For all that is written; removed at the end. */
    bool is_full;      /* BENCH_FULL=1: the long measurements too. */
    int n_reached, n_not_reached;
};

/* Runs 'run' in a process of its own, which is ended after 'seconds', and
 * removes what it left behind; to be returned from main().  The folder lies
 * in TMPDIR, or in /var/tmp, which is on a disk. */
int bench_main(int argc, char *argv[], const char *title, unsigned seconds,
               void (*run)(struct bench *bench));

/* Rows of the table. */
void bench_value(const char *figure, double value, const char *unit);
void bench_at_most(struct bench *bench, const char *figure, double value,
                   double limit);
void bench_at_least(struct bench *bench, const char *figure, double value,
                    double limit);
void bench_note(const char *format, ...) KOR_PRINTF(1, 2);

/* Microseconds on a clock that never goes back. */
double bench_now_us(void);

/* Ends the program: it could not measure. */
KOR_NORETURN void bench_stop(const char *format, ...) KOR_PRINTF(1, 2);

/* Ends it unless 'code' is KOR_OK; unless 'is_true'. */
void bench_ok(enum kor_code code, const struct kor_err *err);
void bench_must(bool is_true, const char *what);

#endif /* tests/bench/bench.h */

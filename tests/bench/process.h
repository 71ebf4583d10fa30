/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_PROCESS_H
#define TESTS_BENCH_PROCESS_H 1

/* Runs the program 'argv[0]' (looked for in PATH if it has no slash) to its
 * end, with its output in the file 'output' and what it complains of gone,
 * and stores how long that took.  Returns how it ended: 127 if there is no
 * such program. */
int process_run(const char *const argv[], const char *output,
                double *seconds);

#endif /* tests/bench/process.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_RUNNER_H
#define KOR_PLOT_RUNNER_H 1

/* Runs gnuplot where it can do no harm.
 *
 * Make one runner when the program starts; it may then be used by any number
 * of threads at once (how many gnuplots run at a time is the caller's
 * business) and is freed when they are through.
 *
 * Each run has a process and a private folder of its own, which is removed
 * however the run ends.  The process:
 *
 *   - reads its script from standard input and its data from the folder; it
 *     writes to standard output, and can open no file at all for writing;
 *   - can open nothing but its own folder, itself, and the system's libraries
 *     and fonts (plot/fence.h): not the database, not a key, not what is drawn
 *     for somebody else;
 *   - has no environment but LANG, HOME and GNUTERM, no descriptor but the
 *     first three, no new privileges, no core file;
 *   - is held by a seccomp filter (plot/filter.h) to the calls that drawing
 *     needs: no socket, no process beside it (threads of its own it may have:
 *     fontconfig starts some), no ptrace, no signal to others, no program but
 *     the one started.  execve is allowed only for the very string the runner
 *     holds, compared by address, since a filter cannot read text: a program
 *     that knew the address could start another in its place, never beside
 *     itself, and under the same filter;
 *   - ends at its limits of processor time, memory, output and wall-clock
 *     time, and when the thread that started it ends.
 *
 * Its cost does not grow with the memory of the daemon, which is borrowed and
 * not copied for the start (vfork).
 *
 * On a kernel without Landlock it can read what the user of the daemon can
 * read, though tell nobody of it but who asked for the picture.  kord says so
 * in the journal when it starts. */

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_buf;
struct kor_err;
struct kor_plot_runner;

/* Where things are and how much is enough.  Tests put a program of their own
 * here. */
struct kor_plot_limits {
    const char *program;     /* Absolute path of gnuplot. */
    const char *folder;      /* An existing folder, writable: private folders
                              * are made under it. */
    unsigned cpu_seconds;    /* Processor time; >= 1. */
    unsigned wall_ms;        /* Time from start to end; >= 1. */
    size_t memory_bytes;     /* Address space. */
    size_t output_bytes;     /* Of the picture, and of messages; >= 1. */
};

/* The limits of the service: /usr/bin/gnuplot, 5 s of processor time, 10 s in
 * all, 1 GiB, 16 MiB, in 'folder' (borrowed). */
struct kor_plot_limits kor_plot_limits_default(const char *folder);

/* One data file for a run; both texts are borrowed. */
struct kor_plot_file {
    const char *name;           /* Fixed name of our own, no folder. */
    const struct kor_buf *text; /* What is in it. */
};

/* Makes a runner from a copy of 'limits' and stores it in '*runnerp', or a
 * null pointer on failure: KOR_INTERNAL if the filter cannot be built.  That
 * the program and the folder are there is found out when they are used, since
 * either may come and go while the daemon runs.  Free with
 * kor_plot_runner_free(). */
KOR_NODISCARD enum kor_code
kor_plot_runner_new(const struct kor_plot_limits *limits,
                    struct kor_plot_runner **runnerp, struct kor_err *err);

/* Frees 'runner', which may be null. */
void kor_plot_runner_free(struct kor_plot_runner *runner);

/* Runs the program with 'script' on standard input in a folder that holds the
 * 'n' 'files', and adds what it wrote to standard output to 'out'.  Waits for
 * it: to be called from a worker, never from the loop.
 *
 * Returns KOR_CANNOT_CREATE if the folder or a file in it cannot be made,
 * KOR_CONFIG if the program cannot be started, KOR_TOO_LARGE if it wrote more
 * than it may, KOR_BUSY if it ran out of time, KOR_IO if it ended in any other
 * way but well or wrote nothing.  'out' is then as before. */
KOR_NODISCARD enum kor_code
kor_plot_runner_run(const struct kor_plot_runner *runner, const char *script,
                    const struct kor_plot_file files[], size_t n,
                    struct kor_buf *out, struct kor_err *err);

#endif /* plot/runner.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_RUN_KOR_H
#define TESTS_SUPPORT_RUN_KOR_H 1

#include <sys/types.h>

#include "kor/base/buf.h"

/* The programs kor and kord as processes of their own, those of the build that
 * the test belongs to. */

/* Where its standard output goes. */
enum run_output {
    RUN_KEEP,   /* Into 'out'. */
    RUN_CLOSED, /* It has none. */
    RUN_BROKEN  /* Nobody reads from it any more. */
};

/* What came of it.  End with run_done(). */
struct run {
    int status; /* Exit status; -1 if a signal ended it. */
    struct kor_buf out, err;
};

/* Runs kor with the words of 'line', set apart by blanks ('+' in a word
 * stands for a blank), with KOR_AT set to 'at' unless it is null, and with
 * the test's own KOR_OUTBOX and KOR_WAIT. */
void run_kor(const char *line, const char *at, enum run_output output,
             struct run *run);

/* The same for kord, which no environment tells anything. */
void run_kord(const char *line, struct run *run);

void run_done(struct run *run);

/* Starts kor in the same way and returns its process; '*fd' reads what it
 * prints, errors too. */
pid_t run_kor_start(const char *line, const char *at, int *fd);

pid_t run_kord_start(const char *line, int *fd);

#endif /* tests/support/run_kor.h */

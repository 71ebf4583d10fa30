/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_CASELOAD_H
#define TESTS_BENCH_CASELOAD_H 1

/* A caseload that is written past kord, straight into its database, since
 * millions of scores should be there within a minute.
 *
 * Closed episodes have ten sessions, open ones three, and each session has
 * the pair of scales and the row of its request with a reply that has
 * expired.  The open ones lie scattered among the others.  An expected course
 * is in use, so that everything recorded later is held against it. */

#include <stddef.h>

#include "kor/define/client_code.h"

#define CASELOAD_SESSIONS 3 /* Of an open episode. */
#define CASELOAD_OPEN 4000  /* Open episodes. */

/* A client with an open episode. */
struct client {
    char code[KOR_CLIENT_CODE_SIZE];
    int next; /* Number of the next session. */
};

struct caseload {
    size_t n_scores; /* Stored, of open and closed ones. */
    size_t n_closed; /* Closed episodes. */
    struct client open[CASELOAD_OPEN];
};

/* Fills the database of a new clinic at 'path', while no kord runs on it, with
 * the open episodes and as many closed ones as 'n_scores' takes. */
void caseload_fill(const char *path, size_t n_scores,
                   struct caseload *caseload);

#endif /* tests/bench/caseload.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_BY_SESSION_H
#define CLIENT_CLI_BY_SESSION_H 1

#include <stddef.h>

#include "cli/cli.h"
#include "kor/stat/measure.h"
#include "lib/series.h"

/* Series whose time is the number of the session, from 1. */

enum { CLI_MOST_SESSIONS = 10000 };

/* The scores of everybody in a file, person by person. */
struct cli_by_session {
    struct kor_series series;
    double *scores; /* Of the person that cli_scores_of() was asked for. */
    size_t most;    /* Highest session of anybody. */
};

/* Reads the file with the columns --id, --time and --score; scores must lie
 * between 'least' and 'most'.  Begin with '= {0}', end with
 * cli_by_session_done().
 *
 * Errors: KOR_USAGE for the options; those of kor_series_read(); and
 * KOR_BAD_VALUE with line and column for a time that is no whole number from
 * 1 to CLI_MOST_SESSIONS and for a score outside. */
KOR_NODISCARD enum kor_code cli_by_session_read(struct cli *cli, double least,
                                                double most,
                                                struct cli_by_session *to);

void cli_by_session_done(struct cli_by_session *all);

/* Lays out the scores of 'person' in 'all->scores': member i is session i +
 * 1, NAN where there is none.  Returns the number of the last one. */
size_t cli_scores_of(struct cli_by_session *all, size_t person);

#endif /* client/cli/by_session.h */

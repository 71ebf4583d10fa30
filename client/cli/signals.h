/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_SIGNALS_H
#define CLIENT_CLI_SIGNALS_H 1

#include "cli/cli.h"

/* Asks for the open signals (of 'therapist', or of all if it is "") and
 * prints them: a line each, as a table or as JSON. */
KOR_NODISCARD enum kor_code cli_show_signals(struct cli *cli,
                                             const char *therapist);

#endif /* client/cli/signals.h */

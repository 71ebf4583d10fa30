/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_THEORY_H
#define CLIENT_CLI_THEORY_H 1

#include "cli/cli.h"

/* Prints what a client thinks will help, on a line that must be seen. */
void cli_print_theory(const struct cli *cli,
                      const struct kor_msg_theory *theory);

#endif /* client/cli/theory.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_PATHWAY_SAID_H
#define CLIENT_CLI_PATHWAY_SAID_H 1

#include "cli/cli.h"
#include "kor/define/pathway.h"

/* Prints all that a pathway says, in the words of people. */
void cli_print_pathway(const struct cli *cli,
                       const struct kor_pathway *pathway);

#endif /* client/cli/pathway_said.h */

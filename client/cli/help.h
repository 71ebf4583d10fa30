/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_HELP_H
#define CLIENT_CLI_HELP_H 1

#include "cli/cli.h"

/* Prints help on 'command', or on the whole of kor for KOR_N_COMMANDS: never
 * more than a screen of 24 lines and 80 columns. */
void cli_print_help(const struct cli *cli, enum kor_command_id command);

#endif /* client/cli/help.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_GLASS_H
#define CLIENT_CLI_GLASS_H 1

#include "cli/cli.h"

/* Prints who broke the glass for whom, when and why, a loud line each. */
void cli_print_glass(const struct cli *cli, const struct kor_msg_glass glass[],
                     size_t n);

/* The same as lines of one client, who is named above them. */
void cli_label_glass(const struct cli *cli, const struct kor_msg_glass glass[],
                     size_t n);

#endif /* client/cli/glass.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_GOAL_H
#define CLIENT_CLI_GOAL_H 1

#include "cli/cli.h"

/* Goals, in words. */

/* Prints one: number, what it is and says; by what it is known; how it
 * stands.  Those under another stand further in. */
void cli_print_goal(const struct cli *cli, const struct kor_msg_goal *goal);

#endif /* client/cli/goal.h */

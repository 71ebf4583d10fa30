/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLI_COOPERATE_H
#define CLI_COOPERATE_H 1

/* Who of other organisations works on an episode, as a table. */

#include "cli/cli.h"

void cli_print_cooperation(const struct cli *cli,
                        const struct kor_msg_cooperation rows[],
                        size_t n);

#endif /* cli/cooperate.h */

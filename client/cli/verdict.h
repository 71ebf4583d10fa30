/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_VERDICT_H
#define CLIENT_CLI_VERDICT_H 1

#include "cli/cli.h"

/* What was recorded: for the therapist's eyes what asks for attention first,
 * then each scale, the open signals and the next step; for the client's own
 * thanks and the score. */
void cli_print_recorded(struct cli *cli,
                        const struct kor_msg_recorded *recorded);

/* The answers that ask for attention, of those given; nothing if none. */
void cli_print_attention(const struct cli *cli,
                         const struct kor_msg_verdict answers[], size_t n);

/* The open signals; nothing if there are none. */
void cli_print_signals(const struct cli *cli,
                       const struct kor_msg_signal signals[], size_t n);

/* What a signal is of: its scale, or its form and the sheet. */
#define CLI_SIGNAL_SIZE 80
const char *cli_signal_of(const struct cli *cli,
                          const struct kor_msg_signal *signal,
                          char of[CLI_SIGNAL_SIZE]);

#endif /* client/cli/verdict.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_EPISODE_H
#define CLIENT_CLI_EPISODE_H 1

#include "cli/cli.h"

/* Asks for 'verb', whose answer is an episode, and prints that. */
KOR_NODISCARD enum kor_code cli_ask_episode(struct cli *cli,
                                            enum kor_verb verb,
                                            const void *request);

/* Prints an episode: code, pathway, therapist, dates, ending. */
void cli_print_episode(struct cli *cli,
                       const struct kor_msg_episode *episode);

#endif /* client/cli/episode.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_ASK_H
#define CLIENT_CLI_ASK_H 1

/* Asking the daemon and showing what it says: with --json its answer, in the
 * words of people otherwise. */

#include "cli/cli.h"

/* Shows the answer to a request, of the message that the verb answers with. */
typedef void (*cli_show_fn)(struct cli *cli, const void *reply);

/* Asks for 'verb', as cli_ask(), and shows the answer: with --json one line of
 * JSON, by 'show' otherwise. */
KOR_NODISCARD enum kor_code cli_ask_show(struct cli *cli, enum kor_verb verb,
                                         const void *request,
                                         cli_show_fn show);

/* The same for an answer whose first field is the list that was asked for:
 * with --json a line for each row of it; an empty one is remarked on with
 * 'none', translated, unless that is null. */
KOR_NODISCARD enum kor_code cli_ask_list(struct cli *cli, enum kor_verb verb,
                                         const void *request,
                                         const char *none, cli_show_fn show);

/* The same for a command without words, with a request that says nothing. */
KOR_NODISCARD enum kor_code cli_list_all(struct cli *cli, enum kor_verb verb,
                                         const char *none, cli_show_fn show);

#endif /* client/cli/ask.h */

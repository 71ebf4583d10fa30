/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_LABEL_H
#define CLIENT_CLI_LABEL_H 1

#include "cli/cli.h"
#include "kor/define/label.h"

/* Labels beside the codes of clients, opened here and nowhere else. */

#define CLI_NAMED_SIZE (KOR_LABEL_MAX + 24)

/* Writes the client's code, and in brackets the label if there is one that
 * this key can open.  'label' and 'label_key' are as they come in an answer.
 * The daemon is asked once for each key of labels. */
const char *cli_named(struct cli *cli, const char *code, const char *label,
                      int64_t label_key, char text[CLI_NAMED_SIZE]);

/* The same in a list, where a later episode is told by its number. */
const char *cli_named_in(struct cli *cli, const char *code, int64_t episode,
                         const char *label, int64_t label_key,
                         char text[CLI_NAMED_SIZE]);

#endif /* client/cli/label.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_ERASE_H
#define CLIENT_CLI_ERASE_H 1

#include "cli/cli.h"

/* Erases the client 'code' for 'reason', without asking, and says so. */
KOR_NODISCARD enum kor_code cli_erase_one(struct cli *cli, const char *code,
                                          const char *reason);

#endif /* client/cli/erase.h */

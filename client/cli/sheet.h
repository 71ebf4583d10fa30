/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_SHEET_H
#define CLIENT_CLI_SHEET_H 1

#include "cli/cli.h"
#include "kor/define/form.h"
#include "kor/define/filled.h"

/* What the commands about sheets share. */

/* Asks for a form ("" is its newest version); end with kor_message_done(). */
KOR_NODISCARD enum kor_code cli_ask_form(struct cli *cli, const char *key,
                                         const char *version,
                                         struct kor_msg_form *got);

/* Reads the definition in 'got'. */
KOR_NODISCARD enum kor_code cli_parse_form(struct cli *cli,
                                           const struct kor_msg_form *got,
                                           struct kor_form *form);

/* "reached", "partly reached", ... as people say it. */
const char *cli_reached(enum kor_lang lang, enum kor_reached answer);

#endif /* client/cli/sheet.h */

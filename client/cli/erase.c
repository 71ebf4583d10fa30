/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor erase: everything about a client goes. */

#include "cli/erase.h"

#include <stdio.h>

#include "cli/print.h"

enum kor_code
cli_erase_one(struct cli *cli, const char *client, const char *reason)
{
    struct kor_msg_erase ask;
    struct kor_msg_erased done;
    kor_message_init(&kor_message_erase, &ask);
    snprintf(ask.code, sizeof ask.code, "%s", client);
    snprintf(ask.reason, sizeof ask.reason, "%s", reason);
    enum kor_code code = cli_ask(cli, KOR_VERB_ERASE, &ask, &done);
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_erased, &done);
    } else if (code == KOR_OK) {
        printf(kor_text(cli->lang, "%s is erased; backups hold it until they "
                                   "expire."),
               done.code);
        putchar('\n');
    }
    return code;
}

enum kor_code
cli_erase(struct cli *cli)
{
    struct kor_msg_erase ask;
    char question[200];
    bool is_meant = false;
    kor_message_init(&kor_message_erase, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    snprintf(question, sizeof question,
             kor_text(cli->lang, "Everything about %s will be gone for ever. "
                                 "Go on?"),
             ask.code);
    if (code == KOR_OK) {
        code = cli_confirm(cli, question, &is_meant);
    }
    return code == KOR_OK && is_meant
               ? cli_erase_one(cli, ask.code, ask.reason)
               : code;
}

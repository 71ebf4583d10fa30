/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor ping: is the daemon there?  kor version: the release of kor. */

#include <stdio.h>

#include "cli/print.h"

enum kor_code
cli_ping(struct cli *cli)
{
    struct kor_msg_empty nothing = {0};
    struct kor_msg_pong pong;
    char at[KOR_INSTANT_SIZE];
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_PING, &nothing, &pong);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_pong, &pong);
    } else {
        printf(kor_text(cli->lang, "kord %s answers at %s; its clock says "
                                   "%s; its last change has the number %lld."),
               pong.version, cli->place.endpoint,
               kor_instant_format(pong.at_ms, at), (long long)pong.seq);
        putchar('\n');
    }
    return KOR_OK;
}

enum kor_code
cli_version(struct cli *cli)
{
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        puts("kor " KOR_VERSION);
    }
    return code;
}

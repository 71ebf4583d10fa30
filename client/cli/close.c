/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor close: an episode comes to its end. */

#include "cli/episode.h"

enum kor_code
cli_close(struct cli *cli)
{
    struct kor_msg_close close;
    kor_message_init(&kor_message_close, &close);
    enum kor_code code = cli_take_client(cli, close.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "ending", close.ending,
                             sizeof close.ending);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", close.reason,
                             sizeof close.reason);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &close.date);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "how", close.how, sizeof close.how);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "module", close.module,
                             sizeof close.module);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_CLOSE, &close)
                          : code;
}

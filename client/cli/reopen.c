/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor reopen: a new episode for a client who comes back. */

#include "cli/episode.h"

enum kor_code
cli_reopen(struct cli *cli)
{
    struct kor_msg_reopen reopen;
    kor_message_init(&kor_message_reopen, &reopen);
    enum kor_code code = cli_take_client(cli, reopen.code);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "pathway", reopen.pathway,
                             sizeof reopen.pathway);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "therapist", reopen.therapist,
                             sizeof reopen.therapist);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &reopen.date);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_REOPEN, &reopen)
                          : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor phase: an episode goes on to another phase of its pathway. */

#include "cli/episode.h"
#include "kor/base/utf8.h"

enum kor_code
cli_phase(struct cli *cli)
{
    struct kor_msg_phase_set ask;
    kor_message_init(&kor_message_phase_set, &ask);
    enum kor_code code = cli_want_words(cli, 1, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK && cli->line.n_words == 2) {
        code = cli_take_word(cli, 1, ask.phase, sizeof ask.phase);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &ask.date);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_PHASE_SET, &ask)
                          : code;
}

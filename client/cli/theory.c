/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor theory: what a client thinks will help. */

#include "cli/theory.h"

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "kor/define/client_code.h"

void
cli_print_theory(const struct cli *cli, const struct kor_msg_theory *theory)
{
    cli_loud(cli, kor_text(cli->lang, "What I think will help: %s"),
             theory->text);
}

static enum kor_code
set(struct cli *cli, const char *client)
{
    struct kor_msg_theory_set ask;
    struct kor_msg_theory theory;
    kor_message_init(&kor_message_theory_set, &ask);
    strcpy(ask.code, client);
    enum kor_code code = cli_take_line(cli, 1, ask.text);
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_THEORY_SET, &ask, &theory);
    }
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_theory, &theory);
    } else if (code == KOR_OK) {
        cli_print_theory(cli, &theory);
    }
    return code;
}

/* All versions, the latest first. */
static void
print_all(const struct cli *cli, const struct kor_msg_shown *shown)
{
    for (size_t i = 0; i < shown->n_theories; i++) {
        const struct kor_msg_theory *theory = &shown->theories[i];
        char date[KOR_DATE_SIZE];
        if (cli->is_json) {
            cli_json(&kor_message_theory, theory);
        } else {
            printf("%s  %s (%s)\n",
                   kor_date_format(kor_date_at(theory->at_ms), date),
                   theory->text, theory->by);
        }
    }
    if (shown->n_theories == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "Nothing was written down "
                                                  "yet."));
    }
}

static enum kor_code
show(struct cli *cli, const char *client)
{
    struct kor_msg_show ask;
    struct kor_msg_shown shown;
    kor_message_init(&kor_message_show, &ask);
    strcpy(ask.code, client);
    enum kor_code code = cli_ask(cli, KOR_VERB_SHOW, &ask, &shown);
    if (code == KOR_OK) {
        print_all(cli, &shown);
        kor_message_done(&kor_message_shown, &shown);
    }
    return code;
}

enum kor_code
cli_theory(struct cli *cli)
{
    char client[KOR_EPISODE_CODE_SIZE];
    enum kor_code code = cli_want_words(cli, 1, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], client);
    }
    if (code != KOR_OK) {
        return code;
    }
    return cli->line.n_words == 2 ? set(cli, client) : show(cli, client);
}

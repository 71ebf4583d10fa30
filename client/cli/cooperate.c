/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor cooperate: two organisations work on one episode. */

#include <stdio.h>

#include "cli/ask.h"
#include "cli/cooperate.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/clock.h"

void
cli_print_cooperation(const struct cli *cli,
                   const struct kor_msg_cooperation rows[], size_t n)
{
    static const char *const heads[]
        = {KOR_N_("with"), KOR_N_("may"), KOR_N_("since"),
           KOR_N_("until"), KOR_N_("by"), KOR_N_("why"), KOR_N_("holds")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < n; i++) {
        const struct kor_msg_cooperation *p = &rows[i];
        char since[KOR_DATE_SIZE], until[KOR_DATE_SIZE];
        cli_table_put(&table, p->with);
        cli_table_put(&table, cli_word(cli->lang, p->may));
        cli_table_put(&table, kor_date_format(kor_date_at(p->at_ms), since));
        cli_table_put(&table, kor_date_format(p->until, until));
        cli_table_put(&table, p->by);
        cli_table_put(&table, p->reason);
        cli_table_put(&table, kor_text(cli->lang, p->holds ? KOR_N_("yes")
                                                           : KOR_N_("no")));
    }
    cli_table_print(cli, &table);
}

static void
print_partner(struct cli *cli, const void *reply)
{
    cli_print_cooperation(cli, reply, 1);
}

enum kor_code
cli_cooperate(struct cli *cli)
{
    struct kor_msg_cooperate ask;
    kor_message_init(&kor_message_cooperate, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "with", ask.with, sizeof ask.with);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "may", ask.may, sizeof ask.may);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &ask.until);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_COOPERATE, &ask, print_partner)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor unit list, add: the units of the clinic. */

#include <stdio.h>

#include "cli/ask.h"
#include "cli/print.h"

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_units *list = reply;
    struct cli_table table = {.n_columns = 2};
    cli_table_put(&table, kor_text(cli->lang, "unit"));
    cli_table_put(&table, kor_text(cli->lang, "where it belongs"));
    for (size_t i = 0; i < list->n_units; i++) {
        cli_table_put(&table, list->units[i].name);
        cli_table_put(&table, list->units[i].path);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_unit_list(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_UNIT_LIST, NULL, print_list);
}

enum kor_code
cli_unit_add(struct cli *cli)
{
    struct kor_msg_unit_add add;
    struct kor_msg_unit unit;
    kor_message_init(&kor_message_unit_add, &add);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, add.name, sizeof add.name);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "under", add.under, sizeof add.under);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_UNIT_ADD, &add, &unit);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_unit, &unit);
    } else {
        puts(unit.path);
    }
    return KOR_OK;
}

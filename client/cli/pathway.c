/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor pathway list, show, check, add, move: what episodes are supposed to
 * be. */

#include <stdlib.h>

#include "cli/ask.h"
#include "cli/definition.h"
#include "cli/episode.h"
#include "cli/pathway_said.h"
#include "cli/print.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* --- the list -------------------------------------------------------- */

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_pathways *list = reply;
    static const char *const heads[]
        = {KOR_N_("pathway"), KOR_N_("version"), KOR_N_("name"),
           KOR_N_("lead scale")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_pathways; i++) {
        const struct kor_msg_pathway *pathway = &list->pathways[i];
        cli_table_put(&table, pathway->key);
        cli_table_put(&table, pathway->version);
        cli_table_put(&table, pathway->name);
        cli_table_put(&table, pathway->lead);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_pathway_list(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_PATHWAYS, NULL, print_list);
}

/* --- one of them ------------------------------------------------------- */

/* Reads a definition and, if 'is_shown', says what is in it. */
static enum kor_code
parse(struct cli *cli, const char *text, size_t size, bool is_shown)
{
    struct kor_pathway *pathway = kor_alloc(sizeof *pathway);
    enum kor_code code = kor_pathway_parse(text, size, pathway, &cli->err);
    if (code == KOR_OK && is_shown) {
        cli_print_pathway(cli, pathway);
    }
    kor_pathway_done(pathway);
    free(pathway);
    return code;
}

enum kor_code
cli_pathway_show(struct cli *cli)
{
    struct kor_msg_pathway ask, got;
    kor_message_init(&kor_message_pathway, &ask);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, ask.key, sizeof ask.key);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_PATHWAY, &ask, &got);
    }
    if (code != KOR_OK) {
        return code;
    }
    code = cli_show_definition(cli, got.definition, parse);
    kor_message_done(&kor_message_pathway, &got);
    return code;
}

/* --- adding ------------------------------------------------------------ */

static void
print_sound(struct cli *cli, const void *reply)
{
    (void)reply;
    cli_remark(cli, "%s",
               kor_text(cli->lang, "The definition holds together. Add "
                                   "it with 'kor pathway add'."));
}

static void
print_added(struct cli *cli, const void *reply)
{
    const struct kor_msg_pathway *got = reply;
    cli_say_added(cli, got->key, got->version);
}

/* Reads the file, looks at it, and asks the daemon to add it, or whether it
 * could: the daemon knows which scales there are. */
static enum kor_code
send(struct cli *cli, bool is_check)
{
    struct kor_msg_pathway_add add = {.check = is_check};
    struct kor_buf text = {0};
    enum kor_code code
        = cli_read_definition(cli, KOR_PATHWAY_MAX_SIZE, parse,
                              is_check && !cli->is_json, &text);
    if (code == KOR_OK) {
        add.definition = text.text;
        code = cli_ask_show(cli, KOR_VERB_PATHWAY_ADD, &add,
                            is_check ? print_sound : print_added);
        code = cli_in_file(cli, cli->line.words[0], code);
    }
    kor_buf_done(&text);
    return code;
}

enum kor_code
cli_pathway_check(struct cli *cli)
{
    return send(cli, true);
}

enum kor_code
cli_pathway_add(struct cli *cli)
{
    return send(cli, false);
}

/* --- moving ------------------------------------------------------------ */

enum kor_code
cli_pathway_move(struct cli *cli)
{
    struct kor_msg_pathway_move ask;
    kor_message_init(&kor_message_pathway_move, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "to", ask.pathway, sizeof ask.pathway);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_PATHWAY_MOVE, &ask)
                          : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor instrument list, show, check, add: the catalogue of scales. */

#include <stdlib.h>

#include "cli/ask.h"
#include "cli/definition.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/instrument.h"

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_instruments *list = reply;
    static const char *const heads[]
        = {KOR_N_("scale"), KOR_N_("name"), KOR_N_("items"),
           KOR_N_("licence"), KOR_N_("wording")};
    struct cli_table table
        = {.n_columns = KOR_LENGTH(heads), .right = 1 << 2};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_instruments; i++) {
        const struct kor_msg_instrument *in = &list->instruments[i];
        cli_table_put(&table, in->key);
        cli_table_put(&table, in->name);
        cli_table_put_int(&table, in->items == KOR_NO_INT ? 0 : in->items);
        cli_table_put(&table, in->licence);
        cli_table_put(&table,
                      in->shell ? kor_text(cli->lang,
                                           "shell: load the wording that you "
                                           "have a licence for")
                                : kor_text(cli->lang, "here"));
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_instrument_list(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_INSTRUMENTS, NULL, print_list);
}

/* What a definition says, in a few lines. */
static void
print_instrument(const struct cli *cli, const struct kor_instrument *in)
{
    enum kor_lang lang = cli->lang;
    const struct kor_reliable_change *rc = &in->reliable_change;
    char low[KOR_POINTS_SIZE], high[KOR_POINTS_SIZE];
    cli_loud(cli, "%s: %s", in->key, kor_words_in(&in->names, lang));
    cli_labelled(kor_text(lang, "version"), "%s", in->version);
    cli_labelled(kor_text(lang, "kind"), "%s",
                 cli_word(lang, kor_kind_name(in->kind)));
    cli_labelled(kor_text(lang, "items"), "%zu", in->n_items);
    cli_labelled(kor_text(lang, "total"),
                 in->better == KOR_HIGHER_IS_BETTER
                     ? kor_text(lang, "%s to %s, higher is better")
                     : kor_text(lang, "%s to %s, lower is better"),
                 kor_instrument_points(in, in->min_total, low),
                 kor_instrument_points(in, in->max_total, high));
    if (rc->none) {
        cli_labelled(kor_text(lang, "reliable change"), "%s", rc->none);
    } else {
        cli_labelled(kor_text(lang, "reliable change"), "%s (%s)",
                     kor_instrument_points(in, rc->points, low),
                     rc->origin.source);
    }
    for (size_t i = 0; i < in->n_cutoffs; i++) {
        cli_labelled(kor_text(lang, "cut-off"), "%s (%s)",
                     kor_instrument_points(in, in->cutoffs[i].points, low),
                     in->cutoffs[i].origin.source);
    }
    for (size_t i = 0; i < in->n_attention; i++) {
        cli_labelled(kor_text(lang, "item to look at"), "%zu",
                     in->attention[i].item + 1);
    }
    if (in->is_shell) {
        cli_labelled(kor_text(lang, "wording"), "%s",
                     kor_text(lang, "shell: load the wording that you have a "
                                    "licence for"));
    }
    cli_labelled(kor_text(lang, "licence"), "%s",
                 in->licence.spdx ? in->licence.spdx : in->licence.words);
    for (size_t i = 0; i < in->n_sources; i++) {
        cli_labelled(kor_text(lang, "source"), "%s", in->sources[i]);
    }
    if (in->note) {
        cli_labelled(kor_text(lang, "note"), "%s", in->note);
    }
}

/* Reads a definition and, if 'is_shown', says what is in it. */
static enum kor_code
parse(struct cli *cli, const char *text, size_t size, bool is_shown)
{
    struct kor_instrument *in = kor_alloc(sizeof *in);
    enum kor_code code = kor_instrument_parse(text, size, in, &cli->err);
    if (code == KOR_OK && is_shown) {
        print_instrument(cli, in);
    }
    kor_instrument_done(in);
    free(in);
    return code;
}

enum kor_code
cli_instrument_show(struct cli *cli)
{
    struct kor_msg_instrument ask, got;
    kor_message_init(&kor_message_instrument, &ask);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, ask.key, sizeof ask.key);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_INSTRUMENT, &ask, &got);
    }
    if (code != KOR_OK) {
        return code;
    }
    code = cli_show_definition(cli, got.definition, parse);
    kor_message_done(&kor_message_instrument, &got);
    return code;
}

enum kor_code
cli_instrument_check(struct cli *cli)
{
    struct kor_buf text = {0};
    enum kor_code code = cli_read_definition(cli, KOR_INSTRUMENT_MAX_SIZE,
                                             parse, true, &text);
    if (code == KOR_OK) {
        cli_remark(cli, "%s", kor_text(cli->lang,
                                       "The definition holds together. Add "
                                       "it with 'kor instrument add'."));
    }
    kor_buf_done(&text);
    return code;
}

static void
print_added(struct cli *cli, const void *reply)
{
    const struct kor_msg_instrument *got = reply;
    cli_say_added(cli, got->key, got->version);
}

enum kor_code
cli_instrument_add(struct cli *cli)
{
    struct kor_buf text = {0};
    struct kor_msg_instrument_add add;
    kor_message_init(&kor_message_instrument_add, &add);
    enum kor_code code = cli_read_definition(cli, KOR_INSTRUMENT_MAX_SIZE,
                                             parse, false, &text);
    if (code == KOR_OK) {
        add.definition = text.text;
        code = cli_ask_show(cli, KOR_VERB_INSTRUMENT_ADD, &add, print_added);
        code = cli_in_file(cli, cli->line.words[0], code);
    }
    kor_buf_done(&text);
    return code;
}

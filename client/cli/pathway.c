/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor pathway list, show, check, add, move: what episodes are supposed to
 * be. */

#include <stdlib.h>

#include "cli/ask.h"
#include "cli/definition.h"
#include "cli/episode.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/pathway.h"
#include "kor/stat/finding.h"

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

/* --- what one says ---------------------------------------------------- */

/* "2 weeks", in the words of people. */
static void
put_interval(enum kor_lang lang, const struct kor_interval *interval,
             struct kor_buf *out)
{
    static const char *const one[]
        = {KOR_N_("a day"), KOR_N_("a week"), KOR_N_("a month")};
    static const char *const many[]
        = {KOR_N_("%d days"), KOR_N_("%d weeks"), KOR_N_("%d months")};
    if (interval->n == 1) {
        kor_buf_puts(out, kor_text(lang, one[interval->unit]));
    } else {
        kor_buf_printf(out, kor_text(lang, many[interval->unit]),
                       interval->n);
    }
}

/* When something is due: "at the end of a session", "once in 2 weeks". */
static void
put_when(enum kor_lang lang, const struct kor_rule *rule, struct kor_buf *out)
{
    struct kor_buf interval = {0};
    put_interval(lang, &rule->span, &interval);
    if (rule->when == KOR_WHEN_EVERY) {
        kor_buf_printf(out, kor_text(lang, "once in %s"),
                       kor_buf_text(&interval));
    } else {
        kor_buf_puts(out, cli_word(lang, kor_when_name(rule->when)));
    }
    if (rule->when == KOR_WHEN_FOLLOW_UP) {
        kor_buf_printf(out, kor_text(lang, " after %s"),
                       kor_buf_text(&interval));
    }
    if (rule->grace_days) {
        kor_buf_printf(out, kor_text(lang, ", overdue %d days later"),
                       rule->grace_days);
    }
    kor_buf_done(&interval);
}

static void
print_rules(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_rules; i++) {
        const struct kor_rule *rule = &pathway->rules[i];
        char rater[KOR_RATER_SIZE];
        struct kor_buf text = {0};
        kor_buf_puts(&text, rule->kind == KOR_RULE_CONTACT
                                ? kor_words_in(&rule->names, lang)
                                : rule->key);
        if (rule->kind == KOR_RULE_SCALE
            && rule->rater.role != KOR_ROLE_CLIENT) {
            kor_buf_printf(&text, " (%s)",
                           cli_word(lang, kor_rater_format(&rule->rater,
                                                           rater)));
        }
        kor_buf_puts(&text, ": ");
        put_when(lang, rule, &text);
        cli_labelled(cli_word(lang, kor_rule_kind_name(rule->kind)), "%s",
                     kor_buf_text(&text));
        kor_buf_done(&text);
    }
}

static void
print_phases(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_phases && pathway->n_phases > 1; i++) {
        const struct kor_phase *phase = &pathway->phases[i];
        struct kor_buf text = {0};
        kor_buf_printf(&text, "%s: %s", phase->key,
                       kor_words_in(&phase->names, lang));
        if (phase->sessions != KOR_NO_LIMIT) {
            kor_buf_puts(&text, ", ");
            kor_buf_printf(&text, kor_text(lang, "%d sessions"),
                           phase->sessions);
        }
        if (phase->time.n) {
            kor_buf_puts(&text, ", ");
            put_interval(lang, &phase->time, &text);
        }
        cli_labelled(kor_text(lang, "phase"), "%s", kor_buf_text(&text));
        kor_buf_done(&text);
    }
}

static void
print_signals(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (int i = 0; i < KOR_N_FINDINGS; i++) {
        if (pathway->asks & (unsigned)kor_findings[i]) {
            cli_labelled(kor_text(lang, "asks for an answer"), "%s",
                         cli_finding(lang,
                                     kor_finding_wire(kor_findings[i])));
        }
    }
}

static void
print_words_of(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_modules; i++) {
        cli_labelled(kor_text(lang, "module"), "%s: %s",
                     pathway->modules[i].key,
                     kor_words_in(&pathway->modules[i].names, lang));
    }
    for (size_t i = 0; i < pathway->n_endings; i++) {
        const struct kor_ending_reason *ending = &pathway->endings[i];
        cli_labelled(cli_word(lang,
                              ending->is_planned ? "planned" : "unplanned"),
                     "%s: %s", ending->key,
                     kor_words_in(&ending->names, lang));
    }
}

static void
print_pathway(const struct cli *cli, const struct kor_pathway *pathway)
{
    enum kor_lang lang = cli->lang;
    cli_loud(cli, "%s: %s", pathway->key,
             kor_words_in(&pathway->names, lang));
    cli_labelled(kor_text(lang, "version"), "%s", pathway->version);
    if (*pathway->lead) {
        cli_labelled(kor_text(lang, "lead scale"), "%s", pathway->lead);
    }
    print_phases(lang, pathway);
    print_rules(lang, pathway);
    print_signals(lang, pathway);
    print_words_of(lang, pathway);
    if (pathway->note) {
        cli_labelled(kor_text(lang, "note"), "%s", pathway->note);
    }
}

/* Reads a definition and, if 'is_shown', says what is in it. */
static enum kor_code
parse(struct cli *cli, const char *text, size_t size, bool is_shown)
{
    struct kor_pathway *pathway = kor_alloc(sizeof *pathway);
    enum kor_code code = kor_pathway_parse(text, size, pathway, &cli->err);
    if (code == KOR_OK && is_shown) {
        print_pathway(cli, pathway);
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
        code = cli_in_file(cli, cli_ask_show(cli, KOR_VERB_PATHWAY_ADD, &add,
                                             is_check ? print_sound
                                                      : print_added));
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

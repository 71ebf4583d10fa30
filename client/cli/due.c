/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor due, due missing: what is awaited, and why something did not come. */

#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/label.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/utf8.h"
#include "lib/number.h"

/* What it is, with whose answer where that is not the client's. */
static void
put_what(struct cli *cli, struct cli_table *table,
         const struct kor_msg_due_item *due)
{
    const char *name = *due->name ? due->name : due->key;
    char text[sizeof due->text + 40];
    bool is_other = *due->rater && strcmp(due->rater, "client");
    if (due->goal != KOR_NO_INT) {
        snprintf(text, sizeof text, kor_text(cli->lang, "goal %lld: %s"),
                 (long long)due->goal, due->text);
    } else {
        snprintf(text, sizeof text, is_other ? "%s (%s)" : "%s", name,
                 cli_word(cli->lang, due->rater));
    }
    cli_table_put(table, text);
}

static void
put_state(struct cli *cli, struct cli_table *table,
          const struct kor_msg_due_item *due)
{
    char date[KOR_DATE_SIZE], text[80];
    snprintf(text, sizeof text,
             kor_text(cli->lang, due->overdue ? KOR_N_("overdue since %s")
                                              : KOR_N_("until %s")),
             kor_date_format(due->until + due->overdue, date));
    cli_table_put(table, text);
}

static void
put_due(struct cli *cli, struct cli_table *table,
        const struct kor_msg_due_item *due)
{
    char named[CLI_NAMED_SIZE], date[KOR_DATE_SIZE];
    if (due->goal == KOR_NO_INT && strcmp(due->kind, "appointment")) {
        cli_table_put_int(table, due->id);
    } else {
        cli_table_put(table, ""); /* Nobody says why that did not come. */
    }
    cli_table_put(table, cli_named_in(cli, due->code, due->episode,
                                      due->label, due->label_key, named));
    put_what(cli, table, due);
    if (due->session == KOR_NO_INT) {
        cli_table_put(table, cli_word(cli->lang, due->when));
    } else {
        char text[64];
        snprintf(text, sizeof text, kor_text(cli->lang, "session %lld"),
                 (long long)due->session);
        cli_table_put(table, text);
    }
    cli_table_put(table, kor_date_format(due->due, date));
    put_state(cli, table, due);
}

static void
begin_table(struct cli *cli, struct cli_table *table)
{
    static const char *const heads[]
        = {KOR_N_("number"), KOR_N_("client"), KOR_N_("what"),
           KOR_N_("when"),   KOR_N_("due"),    KOR_N_("how long")};
    *table = (struct cli_table){.n_columns = KOR_LENGTH(heads), .right = 1};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(table, kor_text(cli->lang, heads[i]));
    }
}

static enum kor_code
read_options(struct cli *cli, struct kor_msg_due *ask)
{
    kor_message_init(&kor_message_due, ask);
    ask->overdue = cli_option(cli, "overdue") != NULL;
    ask->today = cli_option(cli, "today") != NULL;
    return cli_take_text(cli, "for", ask->therapist, sizeof ask->therapist);
}

/* Page by page; every page goes on behind the last one. */
static enum kor_code
list(struct cli *cli, struct kor_msg_due *ask, struct cli_table *table,
     size_t *n)
{
    enum kor_code code = KOR_OK;
    for (bool go_on = true; go_on && code == KOR_OK;) {
        struct kor_msg_dues page;
        code = cli_ask(cli, KOR_VERB_DUE, ask, &page);
        if (code != KOR_OK) {
            return code;
        }
        for (size_t i = 0; i < page.n_dues; i++, (*n)++) {
            if (cli->is_json) {
                cli_json(&kor_message_due_item, &page.dues[i]);
            } else {
                put_due(cli, table, &page.dues[i]);
            }
        }
        go_on = page.next != KOR_NO_INT
             && (page.next_date > ask->after_date || page.next > ask->after);
        ask->after_date = page.next_date;
        ask->after = page.next;
        kor_message_done(&kor_message_dues, &page);
    }
    return code;
}

enum kor_code
cli_due(struct cli *cli)
{
    struct kor_msg_due ask;
    struct cli_table table;
    size_t n = 0;
    begin_table(cli, &table);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = read_options(cli, &ask);
    }
    if (code == KOR_OK) {
        code = list(cli, &ask, &table, &n);
    }
    if (code == KOR_OK && !cli->is_json && n == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "Nothing is due."));
    } else if (code == KOR_OK && !cli->is_json) {
        cli_table_print(cli, &table);
    }
    kor_buf_done(&table.text);
    return code;
}

static void
print_missing(struct cli *cli, const void *reply)
{
    const struct kor_msg_due_item *due = reply;
    printf("%s, %s: %s\n", due->code, *due->name ? due->name : due->key,
           cli_word(cli->lang, due->missing));
}

enum kor_code
cli_due_missing(struct cli *cli)
{
    struct kor_msg_missing ask;
    kor_message_init(&kor_message_missing, &ask);
    enum kor_code code = cli_want_words(cli, 3, 3);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[1], &ask.id)) {
        code = kor_fail(&cli->err, KOR_USAGE, "ID",
                        "'%s' is no number: take the one in front of the line "
                        "of 'kor due'", cli->line.words[1]);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 2, ask.missing, sizeof ask.missing);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "review", &ask.review);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_MISSING, &ask, print_missing)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor break-glass: a client is opened in an emergency, and who did that. */

#include "cli/glass.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/print.h"

#define TIME_SIZE 24

/* Date and time of day where the reader is. */
static const char *
format_time(int64_t at_ms, char text[TIME_SIZE])
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    localtime_r(&seconds, &tm);
    strftime(text, TIME_SIZE, "%Y-%m-%d %H:%M", &tm);
    return text;
}

void
cli_print_glass(const struct cli *cli, const struct kor_msg_glass glass[],
                size_t n)
{
    char at[TIME_SIZE];
    for (size_t i = 0; i < n; i++) {
        cli_loud(cli,
                 kor_text(cli->lang, "Glass broken for %s by %s, %s: %s"),
                 glass[i].code, glass[i].by,
                 format_time(glass[i].at_ms, at), glass[i].reason);
    }
}

void
cli_label_glass(const struct cli *cli, const struct kor_msg_glass glass[],
                size_t n)
{
    char at[TIME_SIZE];
    const char *label = kor_text(cli->lang, "glass broken");
    for (size_t i = 0; i < n; i++) {
        cli_labelled(label, kor_text(cli->lang, "%s by %s: %s"),
                     format_time(glass[i].at_ms, at), glass[i].by,
                     glass[i].reason);
        label = "";
    }
}

enum kor_code
cli_break_glass(struct cli *cli)
{
    struct kor_msg_glass_break ask;
    struct kor_msg_glass glass;
    char until[TIME_SIZE];
    kor_message_init(&kor_message_glass_break, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_GLASS_BREAK, &ask, &glass);
    }
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_glass, &glass);
    } else if (code == KOR_OK) {
        printf(kor_text(cli->lang, "%s is open to you until %s. That is on "
                                   "record, and the therapist and the "
                                   "supervisor are told."),
               glass.code, format_time(glass.until_ms, until));
        putchar('\n');
    }
    return code;
}

static void
put_page(const struct cli *cli, const struct kor_msg_glasses *page,
         struct cli_table *table)
{
    char text[TIME_SIZE];
    if (cli->is_json) {
        cli_json_list(&kor_message_glasses, page);
        return;
    }
    for (size_t i = 0; i < page->n_glass; i++) {
        const struct kor_msg_glass *glass = &page->glass[i];
        cli_table_put(table, format_time(glass->at_ms, text));
        cli_table_put(table, glass->code);
        cli_table_put(table, glass->by);
        cli_table_put(table, format_time(glass->until_ms, text));
        cli_table_put(table, glass->reason);
    }
}

/* All pages, one after the other; every 'next' must be further back, so that
 * this ends. */
static enum kor_code
fetch(struct cli *cli, struct cli_table *table, size_t *n)
{
    struct kor_msg_glass_list ask;
    struct kor_msg_glasses page;
    enum kor_code code = KOR_OK;
    kor_message_init(&kor_message_glass_list, &ask);
    for (bool go_on = true; go_on && code == KOR_OK;) {
        code = cli_ask(cli, KOR_VERB_GLASS_LIST, &ask, &page);
        if (code == KOR_OK) {
            put_page(cli, &page, table);
            *n += page.n_glass;
            go_on = page.next != KOR_NO_INT
                 && (ask.before == KOR_NO_INT || page.next < ask.before);
            ask.before = page.next;
            kor_message_done(&kor_message_glasses, &page);
        }
    }
    return code;
}

enum kor_code
cli_break_glass_list(struct cli *cli)
{
    static const char *const heads[]
        = {KOR_N_("when"), KOR_N_("client"), KOR_N_("who"), KOR_N_("until"),
           KOR_N_("reason")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    size_t n = 0;
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = fetch(cli, &table, &n);
    }
    if (code == KOR_OK && n > 0 && !cli->is_json) {
        cli_table_print(cli, &table);
    } else if (code == KOR_OK && n == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "No glass was broken."));
    }
    kor_buf_done(&table.text);
    return code;
}

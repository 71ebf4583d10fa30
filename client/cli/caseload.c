/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor caseload: open episodes, those with signals first. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/label.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "lib/number.h"

struct clients {
    struct kor_msg_client *list;
    size_t n, capacity;
};

static void
add_page(struct clients *all, const struct kor_msg_clients *page)
{
    if (page->n_clients == 0) {
        return;
    }
    if (all->n + page->n_clients > all->capacity) {
        all->capacity = (all->n + page->n_clients) * 2;
        all->list = kor_realloc_array(all->list, all->capacity,
                                      sizeof *all->list);
    }
    memcpy(all->list + all->n, page->clients,
           page->n_clients * sizeof *page->clients);
    all->n += page->n_clients;
}

/* All pages, one after the other; every 'next' must be further on, so that
 * this ends. */
static enum kor_code
fetch(struct cli *cli, struct clients *all)
{
    struct kor_msg_caseload ask;
    struct kor_msg_clients page;
    kor_message_init(&kor_message_caseload, &ask);
    enum kor_code code = cli_take_text(cli, "therapist", ask.therapist,
                                       sizeof ask.therapist);
    for (bool go_on = true; go_on && code == KOR_OK;) {
        code = cli_ask(cli, KOR_VERB_CASELOAD, &ask, &page);
        if (code == KOR_OK) {
            add_page(all, &page);
            go_on = page.next > ask.after;
            ask.after = page.next;
            kor_message_done(&kor_message_clients, &page);
        }
    }
    return code;
}

/* More signals first, then who was seen longest ago. */
static int
compare(const void *a, const void *b)
{
    const struct kor_msg_client *x = a, *y = b;
    if (x->n_signals != y->n_signals) {
        return x->n_signals > y->n_signals ? -1 : 1;
    }
    if (x->last != y->last) {
        return x->last < y->last ? -1 : 1;
    }
    return strcmp(x->code, y->code);
}

static void
put_points(struct cli_table *table, enum kor_lang lang, double value)
{
    char text[KOR_NUMBER_SIZE];
    cli_table_put(table, isnan(value)
                             ? ""
                             : kor_number_format(lang, value, 2, text));
}

static void
put_client(struct cli *cli, struct cli_table *table,
           const struct kor_msg_client *c)
{
    enum kor_lang lang = cli->lang;
    char named[CLI_NAMED_SIZE];
    char date[KOR_DATE_SIZE];
    struct kor_buf said = {0};
    cli_table_put(table, c->n_signals ? "!" : "");
    cli_table_put(table, cli_named_in(cli, c->code, c->episode,
                                      c->label, c->label_key, named));
    cli_table_put_int(table, c->sessions);
    cli_table_put(table, kor_date_format(c->last, date));
    cli_table_put(table, c->scale);
    put_points(table, lang, c->start);
    put_points(table, lang, c->total);
    put_points(table, lang, c->change);
    if (c->n_signals) {
        cli_said(lang, "", c->signals, c->n_signals, &said);
    } else {
        cli_said(lang, c->standing, c->findings, c->n_findings, &said);
    }
    cli_table_put(table, kor_buf_text(&said));
    kor_buf_done(&said);
}

static void
print_table(struct cli *cli, const struct clients *all)
{
    static const char *const heads[]
        = {"",           KOR_N_("client"), KOR_N_("sessions"),
           KOR_N_("last"), KOR_N_("scale"),  KOR_N_("start"),
           KOR_N_("score"), KOR_N_("change"), KOR_N_("signal or standing")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads),
                              .right = 1 << 2 | 1 << 5 | 1 << 6 | 1 << 7};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table,
                      *heads[i] ? kor_text(cli->lang, heads[i]) : "");
    }
    for (size_t i = 0; i < all->n; i++) {
        put_client(cli, &table, &all->list[i]);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_caseload(struct cli *cli)
{
    struct clients all = {0};
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = fetch(cli, &all);
    }
    if (all.n > 1) {
        qsort(all.list, all.n, sizeof *all.list, compare);
    }
    if (code == KOR_OK && cli->is_json) {
        for (size_t i = 0; i < all.n; i++) {
            cli_json(&kor_message_client, &all.list[i]);
        }
    } else if (code == KOR_OK && all.n == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "No episode is open here: "
                                                  "'kor open' begins one."));
    } else if (code == KOR_OK) {
        print_table(cli, &all);
    }
    free(all.list);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor clinic: the clinic's figures, each with what it rests on. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"
#include "cli/words.h"
#include "lib/number.h"

/* Shares come as numbers from 0 to 1 and are read as percent. */
static bool
is_share(const char *name)
{
    static const char *const shares[]
        = {"planned-ending", "unplanned-ending", "no-show-rate",
           "cancellation-rate", "one-score-only", "reliably-better",
           "recovered", "starts-past-cutoff", "unchanged", "reliably-worse"};
    size_t i = 0;
    while (i < KOR_LENGTH(shares) && strcmp(shares[i], name)) {
        i++;
    }
    return i < KOR_LENGTH(shares);
}

static char *
format(enum kor_lang lang, const char *name, double value,
       char text[KOR_NUMBER_SIZE])
{
    if (isnan(value) || !is_share(name)) {
        return kor_number_format(lang, value, 2, text);
    }
    kor_number_format(lang, value * 100, 0, text);
    snprintf(text + strlen(text), KOR_NUMBER_SIZE - strlen(text), " %%");
    return text;
}

/* How many of those that a figure is about it could not count. */
static void
put_missing(struct cli_table *table, enum kor_lang lang,
            const struct kor_msg_figure *f)
{
    char text[96] = "";
    if (f->of != KOR_NO_INT && f->of > f->n) {
        snprintf(text, sizeof text, kor_text(lang, "%lld of %lld"),
                 (long long)(f->of - f->n), (long long)f->of);
    }
    cli_table_put(table, text);
}

static void
put_figure(struct cli_table *table, enum kor_lang lang,
           const struct kor_msg_figure *f)
{
    char text[KOR_NUMBER_SIZE], low[KOR_NUMBER_SIZE], high[KOR_NUMBER_SIZE];
    char interval[2 * KOR_NUMBER_SIZE + 16] = "";
    if (!isnan(f->low) && !isnan(f->high)) {
        snprintf(interval, sizeof interval, kor_text(lang, "%s to %s"),
                 format(lang, f->name, f->low, low),
                 format(lang, f->name, f->high, high));
    }
    cli_table_put(table, cli_figure(lang, f->name));
    cli_table_put(table, f->scale);
    cli_table_put(table, isnan(f->value)
                             ? kor_text(lang, "too few")
                             : format(lang, f->name, f->value, text));
    cli_table_put(table, interval);
    cli_table_put_int(table, f->n);
    put_missing(table, lang, f);
}

static void
print_figures(struct cli *cli, const void *reply)
{
    const struct kor_msg_figures *all = reply;
    static const char *const heads[]
        = {KOR_N_("figure"), KOR_N_("scale"), KOR_N_("value"),
           KOR_N_("95 % interval"), "n", KOR_N_("missing")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads),
                              .right = 1 << 2 | 1 << 4 | 1 << 5};
    if (*all->unit && strcmp(all->unit, "/")) {
        cli_loud(cli, kor_text(cli->lang, "Unit %s"), all->unit);
    }
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < all->n_figures; i++) {
        put_figure(&table, cli->lang, &all->figures[i]);
    }
    cli_table_print(cli, &table);
    putchar('\n');
    puts(kor_text(cli->lang,
                  "These figures show change, not what caused it."));
    puts(kor_text(cli->lang, "People also recover by themselves."));
    puts(kor_text(cli->lang, "Whoever starts far from the middle tends to "
                             "score nearer to it the next time."));
    puts(kor_text(cli->lang, "Only those who stayed have a last score."));
}

enum kor_code
cli_clinic(struct cli *cli)
{
    struct kor_msg_clinic ask;
    kor_message_init(&kor_message_clinic, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_date(cli, "from", &ask.from);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "to", &ask.to);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "unit", ask.unit, sizeof ask.unit);
    }
    return code == KOR_OK ? cli_ask_list(cli, KOR_VERB_CLINIC, &ask, NULL,
                                         print_figures)
                          : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor outbox: what waits on this machine until the daemon is back. */

#include "cli/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/print.h"

/* What the codes of refusals mean to who has to mend them.  The daemon's own
 * sentence was shown when it was given. */
static const char *
reason(enum kor_lang lang, const char *code)
{
    static const struct {
        const char *code, *text;
    } reasons[] = {{"bad-value", KOR_N_("a value is not right")},
                   {"not-found", KOR_N_("no such client or scale")},
                   {"duplicate", KOR_N_("it is there already")},
                   {"conflict", KOR_N_("it does not go with what is stored")},
                   {"forbidden", KOR_N_("this key may not do that")}};
    for (size_t i = 0; i < KOR_LENGTH(reasons); i++) {
        if (!strcmp(reasons[i].code, code)) {
            return kor_text(lang, reasons[i].text);
        }
    }
    return code;
}

static const char *
state_word(enum kor_lang lang, const char *state)
{
    return !strcmp(state, KOR_OUTBOX_WAITING)   ? kor_text(lang, "waiting")
           : !strcmp(state, KOR_OUTBOX_REFUSED) ? kor_text(lang, "refused")
                                                : kor_text(lang, "damaged");
}

/* --- the list ------------------------------------------------------------ */

/* How much of the ids tells them apart; they begin with the time. */
static int
id_width(const struct kor_outbox_entry entries[], size_t n)
{
    static const int widths[] = {13, 18, 23, KOR_UUID_TEXT_SIZE - 1};
    size_t w = 0;
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            while (w + 1 < KOR_LENGTH(widths)
                   && !strncmp(entries[i].id, entries[k].id,
                               (size_t)widths[w])) {
                w++;
            }
        }
    }
    return widths[w];
}

static void
put_row(const struct cli *cli, struct cli_table *table,
        const struct kor_outbox_entry *entry, int width)
{
    char id[KOR_UUID_TEXT_SIZE], when[CLI_ENTERED_SIZE], why[160];
    snprintf(id, sizeof id, "%.*s", width, entry->id);
    snprintf(why, sizeof why, "%s%s%s",
             entry->code[0] ? reason(cli->lang, entry->code) : "",
             entry->field[0] ? ": " : "", entry->field);
    cli_table_put(table, id);
    cli_table_put(table, cli_entered(entry, when));
    cli_table_put(table, entry->verb);
    cli_table_put(table, state_word(cli->lang, entry->state));
    cli_table_put(table, why);
}

static void
print_table(const struct cli *cli, const struct kor_outbox_entry entries[],
            size_t n)
{
    static const char *const heads[]
        = {KOR_N_("entry"), KOR_N_("entered"), KOR_N_("what"),
           KOR_N_("state"), KOR_N_("why")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    int width = id_width(entries, n);
    for (size_t i = 0; i < n; i++) {
        put_row(cli, &table, &entries[i], width);
    }
    cli_table_print(cli, &table);
}

static void
remark_elsewhere(const struct cli *cli, struct kor_outbox *outbox)
{
    size_t n = kor_outbox_elsewhere(outbox);
    if (n > 0) {
        cli_remark(cli,
                   kor_text(cli->lang,
                            "Entries under other keys on this machine: %zu. "
                            "Name the key with --key, or the clinic with "
                            "--at."),
                   n);
    }
}

static void
print_list(const struct cli *cli, const struct kor_outbox_entry entries[],
           size_t n)
{
    if (cli->is_json) {
        for (size_t i = 0; i < n; i++) {
            cli_json(&kor_outbox_message, &entries[i]);
        }
    } else if (n > 0) {
        print_table(cli, entries, n);
        cli_remark(cli, "%s",
                   kor_text(cli->lang, "'kor outbox --deliver' delivers "
                                       "them. Only the daemon can read what "
                                       "they hold."));
    } else {
        cli_remark(cli, "%s", kor_text(cli->lang, "The outbox is empty."));
    }
}

static enum kor_code
list(struct cli *cli, struct kor_outbox *outbox)
{
    struct kor_outbox_entry *entries = NULL;
    size_t n = 0;
    enum kor_code code = kor_outbox_list(outbox, &entries, &n, &cli->err);
    if (code == KOR_OK) {
        print_list(cli, entries, n);
        remark_elsewhere(cli, outbox);
    }
    free(entries);
    return code;
}

void
cli_remark_outbox(struct cli *cli)
{
    struct kor_outbox *outbox = NULL;
    struct kor_outbox_entry *entries = NULL;
    size_t n = 0;
    if (!cli->is_quiet
        && kor_outbox_open(&cli->place, kor_clock_system(), &outbox, NULL)
               == KOR_OK
        && kor_outbox_list(outbox, &entries, &n, NULL) == KOR_OK && n > 0) {
        size_t n_waiting = kor_outbox_count(entries, n, KOR_OUTBOX_WAITING);
        cli_remark(cli,
                   kor_text(cli->lang,
                            "In the outbox, and so with nobody yet: %zu "
                            "waiting, %zu refused or damaged. See 'kor "
                            "outbox'."),
                   n_waiting, n - n_waiting);
    }
    free(entries);
    kor_outbox_free(outbox);
}

/* --- delivering ---------------------------------------------------------- */

static enum kor_code
deliver(struct cli *cli, struct kor_outbox *outbox)
{
    struct kor_delivery delivery;
    cli_take_signals(cli);
    enum kor_code code = cli_connect(cli);
    if (code == KOR_OK) {
        code = cli_deliver(cli, outbox, true, false, &delivery);
    }
    if (code == KOR_AWAY) {
        return kor_fail(&cli->err, code, NULL,
                        "kord does not answer: what is left stays in the "
                        "outbox");
    }
    if (code != KOR_OK) {
        return code;
    }
    if (delivery.n_refused > 0) {
        return kor_fail(&cli->err, KOR_CONFLICT, NULL,
                        "refused: %zu. 'kor outbox' shows them; enter them "
                        "again as they should be, and drop them",
                        delivery.n_refused);
    }
    if (delivery.n_stored == 0) {
        cli_remark(cli, "%s",
                   kor_text(cli->lang, "Nothing waits to be delivered."));
    }
    return KOR_OK;
}

/* --- dropping ------------------------------------------------------------ */

/* The one entry whose id begins with 'text'. */
static enum kor_code
pick(struct cli *cli, const struct kor_outbox_entry entries[], size_t n,
     const char *text, struct kor_outbox_entry *found)
{
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        if (!strncmp(entries[i].id, text, strlen(text))) {
            *found = entries[i];
            hits++;
        }
    }
    if (hits == 1 && *text) {
        return KOR_OK;
    }
    return hits == 0
               ? kor_fail(&cli->err, KOR_NOT_FOUND, "drop",
                          "no entry has an id that begins with '%s': 'kor "
                          "outbox' shows them", text)
               : kor_fail(&cli->err, KOR_USAGE, "drop",
                          "the ids of %zu entries begin with '%s': give more "
                          "of it", hits, text);
}

static enum kor_code
find(struct cli *cli, struct kor_outbox *outbox, const char *text,
     struct kor_outbox_entry *found)
{
    struct kor_outbox_entry *entries = NULL;
    size_t n = 0;
    enum kor_code code = kor_outbox_list(outbox, &entries, &n, &cli->err);
    if (code == KOR_OK) {
        code = pick(cli, entries, n, text, found);
    }
    free(entries);
    return code;
}

/* Names the entry and asks. */
static enum kor_code
confirm(struct cli *cli, const struct kor_outbox_entry *entry, bool *is_meant)
{
    char question[256], when[CLI_ENTERED_SIZE];
    snprintf(question, sizeof question,
             kor_text(cli->lang, "Drop the entry of %s (%s, %s)? It is then "
                                 "nowhere. (y/N)"),
             cli_entered(entry, when), entry->verb,
             state_word(cli->lang, entry->state));
    return cli_confirm(cli, question, is_meant);
}

static enum kor_code
drop(struct cli *cli, struct kor_outbox *outbox, const char *text)
{
    struct kor_outbox_entry entry;
    char when[CLI_ENTERED_SIZE];
    bool is_meant = false;
    enum kor_code code = find(cli, outbox, text, &entry);
    if (code == KOR_OK) {
        code = confirm(cli, &entry, &is_meant);
    }
    if (code != KOR_OK || !is_meant) {
        return code;
    }
    /* Under the lock, so that none is dropped while it is delivered. */
    code = kor_outbox_begin(outbox, &cli->err);
    if (code == KOR_OK) {
        code = kor_outbox_remove(outbox, &entry, &cli->err);
        kor_outbox_end(outbox);
    }
    if (code == KOR_OK && cli->is_json) {
        printf("{\"id\":\"%s\",\"dropped\":true}\n", entry.id);
    } else if (code == KOR_OK) {
        printf(kor_text(cli->lang, "Dropped: the entry of %s."),
               cli_entered(&entry, when));
        putchar('\n');
    }
    return code;
}

enum kor_code
cli_outbox(struct cli *cli)
{
    struct kor_outbox *outbox = NULL;
    const char *dropped = cli_option(cli, "drop");
    bool is_delivery = cli_option(cli, "deliver") != NULL;
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK && dropped && is_delivery) {
        code = kor_fail(&cli->err, KOR_USAGE, "drop",
                        "--deliver and --drop are two commands: give one");
    }
    if (code == KOR_OK) {
        code = cli_load_place(cli);
    }
    if (code == KOR_OK) {
        code = kor_outbox_open(&cli->place, kor_clock_system(), &outbox,
                               &cli->err);
    }
    if (code == KOR_OK) {
        code = dropped       ? drop(cli, outbox, dropped)
               : is_delivery ? deliver(cli, outbox)
                             : list(cli, outbox);
    }
    kor_outbox_free(outbox);
    return code;
}

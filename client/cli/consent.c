/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor consent, consent give, consent withdraw: what a client has consented
 * to. */

#include "cli/ask.h"
#include "cli/print.h"
#include "lib/number.h"

static void
put_consent(struct cli_table *table, const struct kor_msg_consent *consent)
{
    char date[KOR_DATE_SIZE];
    cli_table_put_int(table, consent->id);
    cli_table_put(table, consent->purpose);
    cli_table_put(table, consent->to);
    cli_table_put(table,
                  kor_date_format(kor_date_at(consent->given_ms), date));
    cli_table_put(table, consent->by);
    cli_table_put(table, consent->withdrawn_ms == KOR_NO_INT
                             ? ""
                             : kor_date_format(
                                   kor_date_at(consent->withdrawn_ms), date));
    cli_table_put(table, consent->reason);
}

static void
print_consents(const struct cli *cli, const struct kor_msg_consent consents[],
               size_t n)
{
    static const char *const heads[]
        = {KOR_N_("number"), KOR_N_("purpose"),   KOR_N_("to"),
           KOR_N_("given"),  KOR_N_("by"),        KOR_N_("withdrawn"),
           KOR_N_("reason")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 1};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < n; i++) {
        put_consent(&table, &consents[i]);
    }
    cli_table_print(cli, &table);
}

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_consents *list = reply;
    print_consents(cli, list->consents, list->n_consents);
}

static void
print_consent(struct cli *cli, const void *reply)
{
    print_consents(cli, reply, 1);
}

enum kor_code
cli_consent(struct cli *cli)
{
    struct kor_msg_consent_list ask;
    kor_message_init(&kor_message_consent_list, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    return code == KOR_OK
               ? cli_ask_list(cli, KOR_VERB_CONSENT_LIST, &ask,
                              kor_text(cli->lang, "No consent was written "
                                                  "down."), print_list)
               : code;
}

enum kor_code
cli_consent_give(struct cli *cli)
{
    struct kor_msg_consent_give ask;
    kor_message_init(&kor_message_consent_give, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "purpose", ask.purpose, sizeof ask.purpose);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "to", ask.to, sizeof ask.to);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_CONSENT_GIVE, &ask, print_consent)
               : code;
}

enum kor_code
cli_consent_withdraw(struct cli *cli)
{
    struct kor_msg_consent_withdraw ask;
    kor_message_init(&kor_message_consent_withdraw, &ask);
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[1], &ask.id)) {
        code = kor_fail(&cli->err, KOR_USAGE, "ID",
                        "'%s' is no number: take the one in front of the line "
                        "of 'kor consent'", cli->line.words[1]);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_CONSENT_WITHDRAW, &ask,
                              print_consent)
               : code;
}

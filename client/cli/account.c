/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor account list, add, set, leave: who may ask, and for which clients. */

#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"

/* --- printing ------------------------------------------------------------ */

/* The roles as --roles takes them, "therapist,duty". */
static const char *
roles_of(const struct kor_msg_account *account, struct kor_buf *text)
{
    kor_buf_clear(text);
    for (size_t i = 0; i < account->n_roles; i++) {
        kor_buf_printf(text, "%s%s", i ? "," : "", account->roles[i]);
    }
    return kor_buf_text(text);
}

static const char *
unit_of(const struct cli *cli, const struct kor_msg_account *account)
{
    return account->unit[0] ? account->unit
                            : kor_text(cli->lang, "whole clinic");
}

static void
put_account(const struct cli *cli, const struct kor_msg_account *account,
            struct cli_table *table)
{
    struct kor_buf roles = {0};
    char left[KOR_INSTANT_SIZE] = "";
    if (account->left_ms != KOR_NO_INT) {
        (void)kor_instant_format(account->left_ms, left);
    }
    cli_table_put(table, account->name);
    cli_table_put(table, roles_of(account, &roles));
    cli_table_put(table, unit_of(cli, account));
    cli_table_put(table, account->client);
    cli_table_put_int(table, account->keys);
    cli_table_put_int(table, account->episodes);
    cli_table_put(table, left);
    kor_buf_done(&roles);
}

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_accounts *list = reply;
    static const char *const heads[]
        = {KOR_N_("account"),       KOR_N_("roles"), KOR_N_("unit"),
           KOR_N_("client"),        KOR_N_("keys"),
           KOR_N_("open episodes"), KOR_N_("left (UTC)")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads),
                              .right = 1 << 4 | 1 << 5};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_accounts; i++) {
        put_account(cli, &list->accounts[i], &table);
    }
    cli_table_print(cli, &table);
}

static void
print_account(struct cli *cli, const void *reply)
{
    const struct kor_msg_account *account = reply;
    enum kor_lang lang = cli->lang;
    struct kor_buf roles = {0};
    cli_loud(cli, kor_text(lang, "Account %s"), account->name);
    cli_labelled(kor_text(lang, "roles"), "%s", roles_of(account, &roles));
    cli_labelled(kor_text(lang, "unit"), "%s", unit_of(cli, account));
    if (account->client[0]) {
        cli_labelled(kor_text(lang, "client"), "%s", account->client);
    }
    cli_labelled(kor_text(lang, "keys"), "%lld", (long long)account->keys);
    if (account->left_ms != KOR_NO_INT) {
        char left[KOR_INSTANT_SIZE];
        cli_labelled(kor_text(lang, "left (UTC)"), "%s",
                     kor_instant_format(account->left_ms, left));
    }
    kor_buf_done(&roles);
}

/* --- asking -------------------------------------------------------------- */

/* Reads --roles, words with commas between them. */
static enum kor_code
take_roles(struct cli *cli, char roles[16][KOR_WORD_SIZE], size_t *n)
{
    const char *at = cli_option(cli, "roles");
    *n = 0;
    while (at && *at) {
        size_t size = strcspn(at, ",");
        if (size == 0 || size >= KOR_WORD_SIZE || *n == 16) {
            return kor_fail(&cli->err, KOR_USAGE, "roles",
                            "--roles takes words with commas between them, "
                            "such as therapist,duty");
        }
        memcpy(roles[*n], at, size);
        roles[(*n)++][size] = '\0';
        at += size + (at[size] == ',');
    }
    return KOR_OK;
}

enum kor_code
cli_account_list(struct cli *cli)
{
    struct kor_msg_account_list ask;
    kor_message_init(&kor_message_account_list, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    ask.all = cli_option(cli, "all") != NULL;
    return code == KOR_OK ? cli_ask_list(cli, KOR_VERB_ACCOUNT_LIST, &ask,
                                         NULL, print_list)
                          : code;
}

enum kor_code
cli_account_add(struct cli *cli)
{
    struct kor_msg_account_add add;
    kor_message_init(&kor_message_account_add, &add);
    const char *client = cli_option(cli, "client");
    enum kor_code code = cli_want_words(cli, client ? 0 : 1, client ? 0 : 1);
    if (code == KOR_OK) {
        code = client ? cli_take_person(cli, client, add.client)
                      : cli_take_word(cli, 0, add.name, sizeof add.name);
    }
    if (code == KOR_OK) {
        code = take_roles(cli, add.roles, &add.n_roles);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "unit", add.unit, sizeof add.unit);
    }
    if (code == KOR_OK) {
        code = cli_ask_show(cli, KOR_VERB_ACCOUNT_ADD, &add, print_account);
    }
    if (code == KOR_OK) {
        cli_remark(cli, "%s", kor_text(cli->lang,
                                       "It has no key yet: 'kor key enrol "
                                       "NAME' gives a code for one."));
    }
    return code;
}

enum kor_code
cli_account_set(struct cli *cli)
{
    struct kor_msg_account_set set;
    kor_message_init(&kor_message_account_set, &set);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, set.name, sizeof set.name);
    }
    if (code == KOR_OK) {
        code = take_roles(cli, set.roles, &set.n_roles);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "unit", set.unit, sizeof set.unit);
    }
    set.whole = cli_option(cli, "whole-clinic") != NULL;
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_ACCOUNT_SET, &set, print_account)
               : code;
}

enum kor_code
cli_account_leave(struct cli *cli)
{
    struct kor_msg_account_name leave;
    kor_message_init(&kor_message_account_name, &leave);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, leave.name, sizeof leave.name);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_ACCOUNT_LEAVE, &leave,
                              print_account)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor key list, revoke, enrol: with which keys an account may ask. */

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "lib/number.h"

/* An instant, or "" if there is none. */
static const char *
instant(int64_t at_ms, char text[KOR_INSTANT_SIZE])
{
    text[0] = '\0';
    return at_ms == KOR_NO_INT ? text : kor_instant_format(at_ms, text);
}

static void
put_key(const struct cli *cli, const struct kor_msg_key *key,
        struct cli_table *table)
{
    char at[KOR_INSTANT_SIZE];
    cli_table_put_int(table, key->id);
    cli_table_put(table, key->name);
    cli_table_put(table, instant(key->added_ms, at));
    cli_table_put(table, instant(key->expires_ms, at));
    cli_table_put(table, instant(key->revoked_ms, at));
    cli_table_put(table, key->mine ? kor_text(cli->lang, "this one")
                                   : key->why);
    cli_table_put(table, key->public_key);
}

static void
print_list(const struct cli *cli, const struct kor_msg_keys *list)
{
    static const char *const heads[]
        = {KOR_N_("key"),         KOR_N_("account"),
           KOR_N_("since (UTC)"), KOR_N_("ends (UTC)"),
           KOR_N_("revoked (UTC)"), KOR_N_("why"),
           KOR_N_("public key")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 1};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_keys; i++) {
        put_key(cli, &list->keys[i], &table);
    }
    cli_table_print(cli, &table);
}

/* Asks for 'verb', whose answer is a list of keys, and prints that;
 * '*has_mine' says whether one's own is in it. */
static enum kor_code
ask_keys(struct cli *cli, enum kor_verb verb, const void *request,
         bool *has_mine)
{
    struct kor_msg_keys list;
    enum kor_code code = cli_ask(cli, verb, request, &list);
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json_list(&kor_message_keys, &list);
    } else {
        print_list(cli, &list);
    }
    *has_mine = false;
    for (size_t i = 0; i < list.n_keys; i++) {
        *has_mine = *has_mine || list.keys[i].mine;
    }
    kor_message_done(&kor_message_keys, &list);
    return KOR_OK;
}

enum kor_code
cli_key_list(struct cli *cli)
{
    struct kor_msg_key_list ask;
    bool has_mine;
    kor_message_init(&kor_message_key_list, &ask);
    enum kor_code code = cli_want_words(cli, 0, 1);
    if (code == KOR_OK && cli->line.n_words == 1) {
        code = cli_take_word(cli, 0, ask.name, sizeof ask.name);
    }
    return code == KOR_OK ? ask_keys(cli, KOR_VERB_KEY_LIST, &ask, &has_mine)
                          : code;
}

/* No account's name is a number. */
static enum kor_code
take_key(struct cli *cli, struct kor_msg_key_revoke *revoke)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[0], &revoke->id)) {
        revoke->id = KOR_NO_INT;
        code = cli_take_word(cli, 0, revoke->name, sizeof revoke->name);
    }
    return code;
}

enum kor_code
cli_key_revoke(struct cli *cli)
{
    struct kor_msg_key_revoke revoke;
    bool has_mine = false;
    kor_message_init(&kor_message_key_revoke, &revoke);
    enum kor_code code = take_key(cli, &revoke);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", revoke.reason,
                             sizeof revoke.reason);
    }
    if (code == KOR_OK) {
        code = ask_keys(cli, KOR_VERB_KEY_REVOKE, &revoke, &has_mine);
    }
    if (has_mine) {
        cli_remark(cli, "%s",
                   kor_text(cli->lang, "Your own key is among them: it is "
                                       "refused from now on."));
    }
    return code;
}

enum kor_code
cli_key_enrol(struct cli *cli)
{
    struct kor_msg_key_enrol enrol;
    struct kor_msg_enrolment enrolment;
    char until[KOR_INSTANT_SIZE];
    kor_message_init(&kor_message_key_enrol, &enrol);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, enrol.name, sizeof enrol.name);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "days", &enrol.days);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_KEY_ENROL, &enrol, &enrolment);
    }
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_enrolment, &enrolment);
    } else if (code == KOR_OK) {
        puts(enrolment.code);
        cli_remark(cli, kor_text(cli->lang, "On the new machine, once, until "
                                            "%s: kor enrol %s"),
                   kor_instant_format(enrolment.expires_ms, until),
                   enrolment.code);
    }
    return code;
}

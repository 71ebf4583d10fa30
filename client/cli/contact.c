/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor contact: where a client can be reached. */

#include <stdio.h>

#include "cli/print.h"

static void
print_contacts(const struct cli *cli, const struct kor_msg_contacts *found)
{
    enum kor_lang lang = cli->lang;
    if (cli->is_json) {
        cli_json(&kor_message_contacts, found);
        return;
    }
    puts(found->code);
    if (found->phone[0]) {
        cli_labelled(kor_text(lang, "phone"), "%s", found->phone);
    }
    if (found->email[0]) {
        cli_labelled(kor_text(lang, "e-mail"), "%s", found->email);
    }
    if (!found->phone[0] && !found->email[0]) {
        cli_remark(cli, "%s", kor_text(lang, "No address is kept for this "
                                             "client."));
    }
}

/* Stores what was given, if anything was. */
static enum kor_code
store(struct cli *cli, struct kor_msg_contact *set)
{
    struct kor_msg_contact_of done;
    enum kor_code code
        = cli_take_text(cli, "phone", set->phone, sizeof set->phone);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "email", set->email, sizeof set->email);
    }
    return code == KOR_OK && (set->phone[0] || set->email[0])
               ? cli_ask(cli, KOR_VERB_CONTACT_SET, set, &done)
               : code;
}

enum kor_code
cli_contact(struct cli *cli)
{
    struct kor_msg_contact set;
    struct kor_msg_contact_of ask;
    struct kor_msg_contacts found;
    kor_message_init(&kor_message_contact, &set);
    kor_message_init(&kor_message_contact_of, &ask);
    enum kor_code code = cli_take_client(cli, set.code);
    if (code == KOR_OK) {
        snprintf(ask.code, sizeof ask.code, "%s", set.code);
        code = store(cli, &set);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_CONTACT, &ask, &found);
    }
    if (code == KOR_OK) {
        print_contacts(cli, &found);
    }
    return code;
}

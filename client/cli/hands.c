/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor handover, cover, supervise: a client comes into other hands. */

#include <stdio.h>

#include "cli/episode.h"
#include "cli/print.h"

static enum kor_code
hand_over_one(struct cli *cli)
{
    struct kor_msg_handover ask;
    kor_message_init(&kor_message_handover, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "to", ask.to, sizeof ask.to);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_HANDOVER, &ask)
                          : code;
}

/* Page by page; every 'next' must be further on, so that this ends. */
static enum kor_code
hand_over_pages(struct cli *cli, struct kor_msg_handover_all *ask,
                struct kor_msg_handed_over *all)
{
    enum kor_code code = KOR_OK;
    for (bool go_on = true; go_on && code == KOR_OK;) {
        struct kor_msg_handed_over page;
        code = cli_ask(cli, KOR_VERB_HANDOVER_ALL, ask, &page);
        if (code == KOR_OK) {
            all->episodes += page.episodes;
            all->supervised += page.supervised;
            all->others += page.others;
            go_on = page.next > ask->after;
            ask->after = page.next;
        }
    }
    return code;
}

static void
print_handed_over(const struct cli *cli,
                  const struct kor_msg_handed_over *all)
{
    printf(kor_text(cli->lang, "Handed over: %lld."),
           (long long)all->episodes);
    putchar('\n');
    if (all->supervised > 0) {
        printf(kor_text(cli->lang, "Supervised by the unit from now on: "
                                   "%lld."), (long long)all->supervised);
        putchar('\n');
    }
    if (all->others > 0) {
        cli_loud(cli,
                 kor_text(cli->lang, "Still there, and not yours to hand "
                                     "over: %lld. Ask an administrator of the "
                                     "whole clinic."),
                 (long long)all->others);
    }
}

static enum kor_code
hand_over_all(struct cli *cli)
{
    struct kor_msg_handover_all ask;
    struct kor_msg_handed_over all = {.next = KOR_NO_INT};
    char question[200];
    bool is_meant = false;
    kor_message_init(&kor_message_handover_all, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "all-of", ask.from, sizeof ask.from);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "to", ask.to, sizeof ask.to);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    snprintf(question, sizeof question,
             kor_text(cli->lang, "Hand all open episodes of %s over to %s? "
                                 "(y/N)"), ask.from, ask.to);
    if (code == KOR_OK) {
        code = cli_confirm(cli, question, &is_meant);
    }
    if (code != KOR_OK || !is_meant) {
        return code;
    }
    code = hand_over_pages(cli, &ask, &all);
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_handed_over, &all);
    } else if (code == KOR_OK) {
        print_handed_over(cli, &all);
    }
    return code;
}

enum kor_code
cli_handover(struct cli *cli)
{
    enum kor_code code = cli_want_option(cli, "to");
    if (code != KOR_OK) {
        return code;
    }
    return cli_option(cli, "all-of") ? hand_over_all(cli)
                                     : hand_over_one(cli);
}

enum kor_code
cli_cover(struct cli *cli)
{
    struct kor_msg_cover ask;
    kor_message_init(&kor_message_cover, &ask);
    ask.off = cli_option(cli, "end") != NULL;
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK && !ask.off) {
        code = cli_want_option(cli, "by");
    }
    if (code == KOR_OK && !ask.off) {
        code = cli_want_option(cli, "until");
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "by", ask.by, sizeof ask.by);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &ask.until);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_COVER, &ask) : code;
}

enum kor_code
cli_supervise(struct cli *cli)
{
    struct kor_msg_supervise ask;
    kor_message_init(&kor_message_supervise, &ask);
    ask.unit = cli_option(cli, "unit") != NULL;
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK && !ask.unit) {
        code = cli_want_option(cli, "by");
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "by", ask.by, sizeof ask.by);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", ask.reason, sizeof ask.reason);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_SUPERVISE, &ask)
                          : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor retention: clients of whom nothing was entered for long, listed or
 * erased one by one. */

#include <stdio.h>

#include "cli/erase.h"
#include "cli/print.h"

static void
print_page(const struct cli *cli, const struct kor_msg_dormants *page)
{
    char date[KOR_DATE_SIZE];
    if (cli->is_json) {
        cli_json_list(&kor_message_dormants, page);
        return;
    }
    for (size_t i = 0; i < page->n_people; i++) {
        printf("%s  %s\n", page->people[i].code,
               kor_date_format(page->people[i].last, date));
    }
}

static enum kor_code
erase_page(struct cli *cli, const struct kor_msg_dormants *page)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < page->n_people && code == KOR_OK; i++) {
        code = cli_erase_one(cli, page->people[i].code,
                             cli_option(cli, "reason"));
    }
    return code;
}

/* One page of clients; '*n' counts them. */
static enum kor_code
do_page(struct cli *cli, struct kor_msg_retention *ask, size_t *n)
{
    struct kor_msg_dormants page;
    enum kor_code code = cli_ask(cli, KOR_VERB_RETENTION, ask, &page);
    if (code != KOR_OK) {
        return code;
    }
    *n += page.n_people;
    if (cli_option(cli, "erase")) {
        code = erase_page(cli, &page);
    } else {
        print_page(cli, &page);
    }
    ask->after = page.next;
    kor_message_done(&kor_message_dormants, &page);
    return code;
}

static enum kor_code
confirm(struct cli *cli, bool *is_meant)
{
    *is_meant = true;
    return cli_option(cli, "erase")
               ? cli_confirm(cli,
                             kor_text(cli->lang,
                                      "Everything about these clients will "
                                      "be gone for ever. Go on?"),
                             is_meant)
               : KOR_OK;
}

enum kor_code
cli_retention(struct cli *cli)
{
    struct kor_msg_retention ask;
    size_t n = 0;
    bool is_meant = false;
    kor_message_init(&kor_message_retention, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "before");
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "before", &ask.before);
    }
    if (code == KOR_OK && cli_option(cli, "erase")) {
        code = cli_want_option(cli, "reason");
    }
    if (code == KOR_OK) {
        code = confirm(cli, &is_meant);
    }
    if (code != KOR_OK || !is_meant) {
        return code;
    }
    do {
        code = do_page(cli, &ask, &n);
    } while (code == KOR_OK && ask.after != KOR_NO_INT);
    if (code == KOR_OK && n == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang,
                                       "There is nobody of whom nothing was "
                                       "entered for so long."));
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor signals: what asks for an answer, the oldest first. */

#include "cli/signals.h"

#include <stdio.h>
#include <string.h>

#include "cli/glass.h"
#include "cli/label.h"
#include "cli/print.h"
#include "cli/verdict.h"
#include "cli/words.h"

static void
print_table(struct cli *cli, const struct kor_msg_signal_list *list)
{
    static const char *const heads[]
        = {KOR_N_("client"),  KOR_N_("therapist"), KOR_N_("scale"),
           KOR_N_("session"), KOR_N_("date"),      KOR_N_("sessions since"),
           KOR_N_("signal")};
    struct cli_table table
        = {.n_columns = KOR_LENGTH(heads), .right = 1 << 3 | 1 << 5};
    char date[KOR_DATE_SIZE], named[CLI_NAMED_SIZE], of[CLI_SIGNAL_SIZE];
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_signals; i++) {
        const struct kor_msg_signal *s = &list->signals[i];
        cli_table_put(&table, cli_named_in(cli, s->code, s->episode,
                                      s->label, s->label_key, named));
        cli_table_put(&table, s->therapist);
        cli_table_put(&table, cli_signal_of(cli, s, of));
        cli_table_put_int(&table, s->session);
        cli_table_put(&table, kor_date_format(s->date, date));
        cli_table_put_int(&table, s->sessions_since);
        cli_table_put(&table, cli_finding(cli->lang, s->finding));
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_show_signals(struct cli *cli, const char *therapist)
{
    struct kor_msg_signals ask;
    struct kor_msg_signal_list list;
    kor_message_init(&kor_message_signals, &ask);
    snprintf(ask.therapist, sizeof ask.therapist, "%s", therapist);
    enum kor_code code = cli_ask(cli, KOR_VERB_SIGNALS, &ask, &list);
    if (code != KOR_OK) {
        return code;
    }
    if (!cli->is_json) {
        cli_print_glass(cli, list.glass, list.n_glass);
    }
    if (cli->is_json) {
        cli_json_list(&kor_message_signal_list, &list);
    } else if (list.n_signals == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "No signal is open."));
    } else {
        print_table(cli, &list);
    }
    kor_message_done(&kor_message_signal_list, &list);
    return KOR_OK;
}

enum kor_code
cli_signals(struct cli *cli)
{
    char therapist[sizeof ((struct kor_msg_signals *)0)->therapist] = "";
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "therapist", therapist, sizeof therapist);
    }
    return code == KOR_OK ? cli_show_signals(cli, therapist) : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor session: a session that was put down wrongly is mended. */

#include "cli/ask.h"
#include "cli/label.h"
#include "cli/print.h"
#include "cli/verdict.h"
#include "cli/words.h"
#include "lib/number.h"

static enum kor_code
take(struct cli *cli, struct kor_msg_session_set *ask)
{
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask->code);
    }
    if (code == KOR_OK
        && !kor_whole_parse(cli->line.words[1], &ask->session)) {
        code = kor_fail(&cli->err, KOR_USAGE, "NUMBER",
                        "'%s' is no number of a session: 'kor show' has them",
                        cli->line.words[1]);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &ask->date);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "status", ask->status, sizeof ask->status);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "mode", ask->mode, sizeof ask->mode);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "by", ask->by, sizeof ask->by);
    }
    return code == KOR_OK ? cli_need_text(cli, "reason", ask->reason,
                                          sizeof ask->reason)
                          : code;
}

static void
print(struct cli *cli, const void *reply)
{
    const struct kor_msg_session_state *got = reply;
    char named[CLI_NAMED_SIZE], date[KOR_DATE_SIZE];
    enum kor_lang lang = cli->lang;
    cli_print_signals(cli, got->signals, got->n_signals);
    cli_loud(cli, kor_text(lang, "%s, session %lld"),
             cli_named(cli, got->code, got->label, got->label_key, named),
             (long long)got->session);
    cli_labelled(kor_text(lang, "date"), "%s",
                 kor_date_format(got->date, date));
    cli_labelled(kor_text(lang, "status"), "%s",
                 cli_word(lang, got->status));
    if (*got->mode) {
        cli_labelled(kor_text(lang, "mode"), "%s",
                     cli_word(lang, got->mode));
    }
    if (*got->by) {
        cli_labelled(kor_text(lang, "held by"), "%s", got->by);
    }
}

enum kor_code
cli_session(struct cli *cli)
{
    struct kor_msg_session_set ask;
    kor_message_init(&kor_message_session_set, &ask);
    enum kor_code code = take(cli, &ask);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_SESSION_SET, &ask, print)
               : code;
}

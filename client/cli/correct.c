/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor correct: a new version of an answer, or the right client for it. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "cli/verdict.h"
#include "lib/number.h"
#include "lib/record_words.h"

/* Either new values, or the client to whom the old ones belong. */
static enum kor_code
take_values(struct cli *cli, struct kor_msg_correct *correct)
{
    struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES];
    const char *total = cli_option(cli, "total");
    const char *wrong = cli_option(cli, "wrong-client");
    size_t n = 0;
    enum kor_code code
        = kor_record_words(cli->line.words + 1, cli->line.n_words - 1,
                           answers, &n, &cli->err);
    if (code != KOR_OK) {
        return code;
    }
    bool has_items = n == 1 && answers[0].n_values > 0;
    if (n != 1 || has_items + (total != NULL) + (wrong != NULL) != 1) {
        return kor_fail(&cli->err, KOR_USAGE, NULL,
                        "name one scale, and give its items, or --total, or "
                        "--wrong-client: one of the three");
    }
    memcpy(correct->scale, answers[0].scale, sizeof answers[0].scale);
    memcpy(correct->values, answers[0].values, sizeof correct->values);
    correct->n_values = answers[0].n_values;
    if (total && !kor_number_parse(total, &correct->total)) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, "total",
                        "--total must be a number, not '%s'", total);
    }
    return wrong ? cli_take_code(cli, wrong, correct->wrong_client) : KOR_OK;
}

static enum kor_code
take_correct(struct cli *cli, struct kor_msg_correct *correct)
{
    enum kor_code code = cli_want_words(cli, 2, 100);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], correct->code);
    }
    if (code == KOR_OK) {
        code = take_values(cli, correct);
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "session");
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "session", &correct->session);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", correct->reason,
                             sizeof correct->reason);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "rater", correct->rater,
                             sizeof correct->rater);
    }
    return code;
}

/* Moving an answer cannot be taken back with one command. */
static enum kor_code
confirm(struct cli *cli, const struct kor_msg_correct *correct,
        bool *is_meant)
{
    char question[256];
    *is_meant = true;
    if (!correct->wrong_client[0]) {
        return KOR_OK;
    }
    snprintf(question, sizeof question,
             kor_text(cli->lang, "Move the answer on %s in session %lld from "
                                 "%s to %s? (y/N)"),
             correct->scale, (long long)correct->session, correct->code,
             correct->wrong_client);
    return cli_confirm(cli, question, is_meant);
}

enum kor_code
cli_correct(struct cli *cli)
{
    struct kor_msg_correct correct;
    struct kor_msg_recorded recorded;
    kor_message_init(&kor_message_correct, &correct);
    bool is_meant = false;
    enum kor_code code = take_correct(cli, &correct);
    if (code == KOR_OK) {
        code = confirm(cli, &correct, &is_meant);
    }
    if (code != KOR_OK || !is_meant) {
        return code;
    }
    code = cli_ask(cli, KOR_VERB_CORRECT, &correct, &recorded);
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_recorded, &recorded);
    } else {
        cli_print_recorded(cli, &recorded);
    }
    kor_message_done(&kor_message_recorded, &recorded);
    return KOR_OK;
}

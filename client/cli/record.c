/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor record: the answers of a session. */

#include <math.h>
#include <string.h>

#include "cli/outbox.h"
#include "cli/print.h"
#include "cli/verdict.h"
#include "lib/number.h"
#include "lib/record_words.h"

/* --total, for the one scale that is named without items. */
static enum kor_code
take_total(struct cli *cli, struct kor_msg_record *record)
{
    const char *total = cli_option(cli, "total");
    if (!total) {
        return KOR_OK;
    }
    if (record->n_answers != 1 || record->answers[0].n_values > 0) {
        return kor_fail(&cli->err, KOR_USAGE, "total",
                        "--total goes with one scale and takes the place of "
                        "its items");
    }
    if (!kor_number_parse(total, &record->answers[0].total)) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, "total",
                        "--total must be a number, not '%s'", total);
    }
    return KOR_OK;
}

static enum kor_code
take_session(struct cli *cli, struct kor_msg_record *record)
{
    enum kor_code code = cli_take_int(cli, "session", &record->session);
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &record->date);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "status", record->status,
                             sizeof record->status);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "mode", record->mode, sizeof record->mode);
    }
    return code;
}

/* What goes for every scale of the line. */
static enum kor_code
take_form(struct cli *cli, struct kor_msg_answer *answer)
{
    enum kor_code code
        = cli_take_text(cli, "rater", answer->rater, sizeof answer->rater);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "how", answer->how, sizeof answer->how);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "form-language", answer->language,
                             sizeof answer->language);
    }
    if (code == KOR_OK && answer->n_values == 0 && isnan(answer->total)) {
        code = kor_fail(&cli->err, KOR_USAGE, answer->scale,
                        "%s has no items: write them behind it, or give "
                        "--total", answer->scale);
    }
    return code;
}

static enum kor_code
take_record(struct cli *cli, struct kor_msg_record *record)
{
    enum kor_code code = cli_want_words(cli, 1, 1000);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], record->code);
    }
    if (code == KOR_OK) {
        code = kor_record_words(cli->line.words + 1, cli->line.n_words - 1,
                                record->answers, &record->n_answers,
                                &cli->err);
    }
    if (code == KOR_OK) {
        code = take_total(cli, record);
    }
    if (code == KOR_OK) {
        code = take_session(cli, record);
    }
    for (size_t i = 0; i < record->n_answers && code == KOR_OK; i++) {
        code = take_form(cli, &record->answers[i]);
    }
    if (code == KOR_OK && record->n_answers == 0 && !record->status[0]) {
        code = kor_fail(&cli->err, KOR_USAGE, NULL,
                        "name a scale with its items, or give --status for a "
                        "session without answers");
    }
    return code;
}

enum kor_code
cli_record(struct cli *cli)
{
    struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES];
    struct kor_msg_record record;
    struct kor_msg_recorded recorded;
    kor_message_init(&kor_message_record, &record);
    record.answers = answers;
    enum kor_code code = take_record(cli, &record);
    if (code == KOR_OK) {
        code = cli_record_or_keep(cli, &record, &recorded);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_recorded, &recorded);
    } else {
        cli_print_recorded(cli, &recorded);
    }
    kor_message_done(&kor_message_recorded, &recorded);
    cli_remark_outbox(cli);
    return KOR_OK;
}

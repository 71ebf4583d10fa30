/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One entry of one's own, recorded or kept: see client/cli/outbox.h. */

#include <stdio.h>
#include <string.h>

#include "cli/outbox.h"
#include "cli/print.h"
#include "cli/verdict.h"
#include "lib/offhand.h"

/* An answer to talk about now does not wait for the daemon, and a slip is
 * best mended while the form is at hand. */
static void
say_offhand(const struct cli *cli, const struct kor_msg_record *record)
{
    for (size_t i = 0; i < record->n_answers; i++) {
        struct kor_msg_verdict verdict;
        struct kor_err err;
        kor_err_init(&err, cli->lang);
        enum kor_code code
            = kor_offhand(&record->answers[i], cli->lang, &verdict, &err);
        if (code == KOR_BAD_VALUE) {
            fprintf(stderr,
                    kor_text(cli->lang, "kor: this is likely to be refused "
                                        "later: %s"), err.text);
            fputc('\n', stderr);
        } else if (code == KOR_OK) {
            if (!cli->is_json) {
                cli_print_attention(cli, &verdict, 1);
            }
            kor_message_done(&kor_message_verdict, &verdict);
        }
    }
}

/* Adds what asks for attention now as members of a list. */
static void
put_attention(const struct cli *cli, const struct kor_msg_record *record,
              struct kor_buf *out)
{
    const char *separator = "";
    for (size_t i = 0; i < record->n_answers; i++) {
        struct kor_msg_verdict verdict;
        if (kor_offhand(&record->answers[i], cli->lang, &verdict, NULL)
            != KOR_OK) {
            continue;
        }
        if (verdict.attention[0]) {
            kor_buf_printf(out, "%s{\"scale\":\"%s\",\"attention\":\"%s\"",
                           separator, verdict.scale, verdict.attention);
            if (verdict.attention_item != KOR_NO_INT) {
                kor_buf_printf(out, ",\"attention_item\":%lld",
                               (long long)verdict.attention_item);
            }
            kor_buf_putc(out, '}');
            separator = ",";
        }
        kor_message_done(&kor_message_verdict, &verdict);
    }
}

static void
print_kept(const struct cli *cli, const struct kor_question *question,
           const struct kor_msg_record *record, size_t n_waiting)
{
    struct kor_buf answers = {0};
    put_attention(cli, record, &answers);
    printf("{\"kept\":true,\"id\":\"%s\",\"waiting\":%zu%s%s%s}\n",
           question->id, n_waiting, answers.size ? ",\"answers\":[" : "",
           kor_buf_text(&answers), answers.size ? "]" : "");
    kor_buf_done(&answers);
}

static enum kor_code
say_kept(struct cli *cli, enum kor_code why, size_t n_waiting)
{
    char said[sizeof cli->err.text];
    memcpy(said, cli->err.text, sizeof said);
    if (why == KOR_AWAY) {
        return kor_fail(&cli->err, KOR_KEPT, NULL,
                        "kord does not answer: the entry is kept on this "
                        "machine, encrypted, and goes out with the next 'kor "
                        "record' or with 'kor outbox --deliver' (waiting: "
                        "%zu). Do not enter it again", n_waiting);
    }
    return kor_fail(&cli->err, KOR_KEPT, NULL,
                    "the entry is kept on this machine, encrypted, and goes "
                    "out with the next 'kor record' or with 'kor outbox "
                    "--deliver' (waiting: %zu). Do not enter it again. It "
                    "could not be stored just now: %s", n_waiting, said);
}

/* Keeps what has ended with 'code'; 'why' tells why there is no outbox, if
 * there is none. */
static enum kor_code
keep(struct cli *cli, struct kor_outbox *outbox,
     const struct kor_question *question,
     const struct kor_msg_record *record, enum kor_code code,
     struct kor_err *why)
{
    size_t n_waiting = 0;
    say_offhand(cli, record);
    if (outbox
        && kor_outbox_keep(outbox, question, &n_waiting, why) == KOR_OK) {
        if (cli->is_json) {
            print_kept(cli, question, record, n_waiting);
        }
        return say_kept(cli, code, n_waiting);
    }
    char said[sizeof cli->err.text];
    memcpy(said, cli->err.text, sizeof said);
    return kor_fail(&cli->err, code, NULL,
                    "it is not kept on this machine, so write it on paper "
                    "(%s). %s", why->text, said);
}

/* What waits goes first.  If the outbox itself is at fault, that is said, and
 * is no reason not to record. */
static enum kor_code
clear_way(struct cli *cli, struct kor_outbox *outbox, size_t *n_stored)
{
    struct kor_delivery delivery;
    enum kor_code code
        = cli_deliver(cli, outbox, false, cli->is_json, &delivery);
    *n_stored = delivery.n_stored;
    if (code != KOR_OK && !delivery.is_stopped) {
        cli_remark(cli, "%s", cli->err.text);
        return KOR_OK;
    }
    return code;
}

enum kor_code
cli_record_or_keep(struct cli *cli, const struct kor_msg_record *record,
                   struct kor_msg_recorded *recorded)
{
    struct kor_outbox *outbox = NULL;
    struct kor_question question;
    struct kor_err why;
    size_t n_stored = 0;
    kor_err_init(&why, cli->lang);
    cli_take_signals(cli);
    enum kor_code code = cli_connect(cli);
    if (code != KOR_OK) {
        return code;
    }
    if (kor_outbox_open(&cli->place, kor_clock_system(), &outbox, &why)
        == KOR_OK) {
        code = clear_way(cli, outbox, &n_stored);
    }
    kor_client_question(cli->client, KOR_VERB_RECORD, record, &question);
    if (code == KOR_OK) {
        code = kor_client_put(cli->client, &question, recorded, &cli->err);
    }
    if (kor_outbox_is_passing(code)) {
        code = keep(cli, outbox, &question, record, code, &why);
    }
    if (code == KOR_OK && n_stored > 0 && !cli->is_json) {
        puts(kor_text(cli->lang, "Entered now:"));
    }
    kor_question_done(&question);
    kor_outbox_free(outbox);
    return code;
}

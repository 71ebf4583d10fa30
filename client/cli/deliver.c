/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes through the outbox: see client/cli/outbox.h. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/outbox.h"
#include "cli/print.h"
#include "cli/verdict.h"

/* Who is told, and how. */
struct listener {
    const struct cli *cli;
    bool is_brief;
};

char *
cli_entered(const struct kor_outbox_entry *entry, char text[CLI_ENTERED_SIZE])
{
    time_t seconds = (time_t)(entry->entered_ms / 1000);
    struct tm tm;
    text[0] = '\0';
    if (entry->entered_ms != KOR_NO_INT && localtime_r(&seconds, &tm)) {
        (void)strftime(text, CLI_ENTERED_SIZE, "%Y-%m-%d %H:%M", &tm);
    }
    return text;
}

/* A line of JSON: the entry, and what has become of it. */
static void
print_json(const struct kor_outbox_entry *entry, const char *state,
           const struct kor_msg_recorded *recorded)
{
    struct kor_buf out = {0};
    kor_buf_printf(&out, "{\"id\":\"%s\",\"entered_ms\":%lld,\"state\":"
                         "\"%s\"", entry->id, (long long)entry->entered_ms,
                   state);
    if (recorded) {
        kor_buf_puts(&out, ",\"recorded\":");
        kor_message_encode(&kor_message_recorded, recorded, &out);
    }
    printf("%s}\n", kor_buf_text(&out));
    kor_buf_done(&out);
}

static void
on_stored(void *user, const struct kor_outbox_entry *entry,
          const struct kor_msg_recorded *recorded)
{
    const struct listener *listener = user;
    const struct cli *cli = listener->cli;
    char when[CLI_ENTERED_SIZE];
    cli_entered(entry, when);
    if (listener->is_brief) {
        cli_remark(cli, kor_text(cli->lang, "Delivered, entered %s."), when);
    } else if (cli->is_json) {
        print_json(entry, "delivered", recorded);
    } else if (recorded) {
        printf(kor_text(cli->lang, "Entered %s, delivered now:"), when);
        putchar('\n');
        cli_print_recorded(cli, recorded);
    } else {
        printf(kor_text(cli->lang, "Entered %s: it was stored before."),
               when);
        putchar('\n');
    }
}

/* The daemon's sentence may name a score, so it is shown and not kept. */
static void
on_refused(void *user, const struct kor_outbox_entry *entry,
           const struct kor_err *why)
{
    const struct listener *listener = user;
    const struct cli *cli = listener->cli;
    char when[CLI_ENTERED_SIZE];
    fflush(stdout);
    fprintf(stderr, kor_text(cli->lang, "kor: entered %s, and refused: %s"),
            cli_entered(entry, when), why->text);
    fputc('\n', stderr);
    if (cli->is_json && !listener->is_brief) {
        print_json(entry, KOR_OUTBOX_REFUSED, NULL);
    }
}

enum kor_code
cli_deliver(struct cli *cli, struct kor_outbox *outbox, bool tries_refused,
            bool is_brief, struct kor_delivery *delivery)
{
    struct listener listener = {.cli = cli, .is_brief = is_brief};
    *delivery = (struct kor_delivery){.tries_refused = tries_refused,
                                      .on_stored = on_stored,
                                      .on_refused = on_refused,
                                      .user = &listener};
    enum kor_code code
        = kor_deliver(delivery, cli->client, outbox, &cli->err);
    delivery->user = NULL;
    return code;
}

/* --- one entry of one's own ---------------------------------------------- */

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
     const struct kor_question *question, enum kor_code code,
     struct kor_err *why)
{
    size_t n_waiting = 0;
    if (outbox
        && kor_outbox_keep(outbox, question, &n_waiting, why) == KOR_OK) {
        if (cli->is_json) {
            printf("{\"kept\":true,\"id\":\"%s\",\"waiting\":%zu}\n",
                   question->id, n_waiting);
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
        code = keep(cli, outbox, &question, code, &why);
    }
    if (code == KOR_OK && n_stored > 0 && !cli->is_json) {
        puts(kor_text(cli->lang, "Entered now:"));
    }
    kor_question_done(&question);
    kor_outbox_free(outbox);
    return code;
}

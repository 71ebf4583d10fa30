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
    struct cli *cli;
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
    struct cli *cli = listener->cli;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor watch: what happens, as it happens.  The feed says that something has
 * changed; what it was is asked for.  Whatever the feed loses is found by the
 * ping every ten seconds. */

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/print.h"
#include "cli/signals.h"
#include "cli/words.h"
#include "kor/client/feed.h"
#include "lib/number.h"

#define PING_MS 10000

/* What was done, by the verb that did it. */
static const char *
deed(enum kor_lang lang, const char *verb)
{
    static const struct {
        const char *verb, *text;
    } deeds[] = {{"record", KOR_N_("recorded")},
                 {"correct", KOR_N_("corrected")},
                 {"open", KOR_N_("episode opened")},
                 {"close", KOR_N_("episode closed")},
                 {"reopen", KOR_N_("episode opened again")},
                 {"handover", KOR_N_("handed over")},
                 {"handover.all", KOR_N_("clients handed over")},
                 {"cover", KOR_N_("cover arranged or ended")},
                 {"supervise", KOR_N_("other supervisor")},
                 {"glass.break", KOR_N_("GLASS BROKEN")},
                 {"session.set", KOR_N_("session mended")},
                 {"calendar.put", KOR_N_("calendar taken in")},
                 {"pathway.move", KOR_N_("moved to another pathway")},
                 {"phase.set", KOR_N_("phase begun")},
                 {"due.missing", KOR_N_("reason for what did not come")},
                 {"part.agree", KOR_N_("parts of the programme agreed")},
                 {"part.done", KOR_N_("part of the programme marked")},
                 {"seen", KOR_N_("came to the programme")},
                 {"group.add", KOR_N_("group made")},
                 {"group.join", KOR_N_("joined a group")},
                 {"group.leave", KOR_N_("left a group")},
                 {"meeting.hold", KOR_N_("a group has met")},
                 {"task.add", KOR_N_("task of a group taken on")},
                 {"task.done", KOR_N_("task of a group done")},
                 {"sheet.answer", KOR_N_("sheet stored")},
                 {"sheet.tick", KOR_N_("sheet ticked")},
                 {"goal.add", KOR_N_("goal added")},
                 {"goal.set", KOR_N_("goal changed")},
                 {"goal.progress", KOR_N_("goal brought up to date")},
                 {"theory.set", KOR_N_("what will help written down")},
                 {"pathway.add", KOR_N_("pathway added")},
                 {"form.add", KOR_N_("sheet added")},
                 {"import.finish", KOR_N_("import finished")},
                 {"instrument.add", KOR_N_("scale added")},
                 {"course.fit", KOR_N_("expected course fitted")},
                 {"course.add", KOR_N_("expected course added")},
                 {"course.use", KOR_N_("expected course put in use")}};
    for (size_t i = 0; i < KOR_LENGTH(deeds); i++) {
        if (!strcmp(deeds[i].verb, verb)) {
            return kor_text(lang, deeds[i].text);
        }
    }
    return verb;
}

static void
print_event(const struct cli *cli, const struct kor_msg_event *e)
{
    char at[16], total[KOR_NUMBER_SIZE];
    time_t seconds = (time_t)(e->at_ms / 1000);
    struct tm tm;
    localtime_r(&seconds, &tm);
    strftime(at, sizeof at, "%H:%M:%S", &tm);
    printf("%s  %s", at, deed(cli->lang, e->verb));
    if (e->code[0]) {
        printf("  %s", e->code);
    }
    if (e->by[0]) {
        putchar(' ');
        printf(kor_text(cli->lang, "by %s"), e->by);
    }
    if (e->session != KOR_NO_INT) {
        putchar(' ');
        printf(kor_text(cli->lang, "session %lld"), (long long)e->session);
    }
    if (!isnan(e->total)) {
        printf("  %s %s", e->scale,
               kor_number_format(cli->lang, e->total, 2, total));
    }
    if (e->standing[0] && strcmp(e->standing, "unknown")) {
        printf("  %s", cli_standing(cli->lang, e->standing, ""));
    }
    putchar('\n');
    for (size_t i = 0; i < e->n_signals; i++) {
        cli_loud(cli, kor_text(cli->lang, "          Signal for %s: %s."),
                 e->code, cli_finding(cli->lang, e->signals[i]));
    }
}

/* Tells all that happened after '*seq', page by page. */
static enum kor_code
tell_since(struct cli *cli, int64_t *seq)
{
    struct kor_msg_since ask;
    struct kor_msg_events page;
    enum kor_code code = KOR_OK;
    for (bool go_on = true; go_on && code == KOR_OK;) {
        kor_message_init(&kor_message_since, &ask);
        ask.seq = *seq;
        code = cli_ask(cli, KOR_VERB_SINCE, &ask, &page);
        if (code != KOR_OK) {
            return code;
        }
        if (page.gap) {
            cli_remark(cli, "%s",
                       kor_text(cli->lang, "Some of what happened is too old "
                                           "to be told. Open signals now:"));
            code = cli_show_signals(cli, "");
        }
        for (size_t i = 0; i < page.n_events; i++) {
            if (cli->is_json) {
                cli_json(&kor_message_event, &page.events[i]);
            } else {
                print_event(cli, &page.events[i]);
            }
        }
        go_on = page.n_events > 0 && page.seq > *seq;
        *seq = page.seq;
        kor_message_done(&kor_message_events, &page);
    }
    fflush(stdout);
    return code;
}

static enum kor_code
ping(struct cli *cli, int64_t *seq)
{
    struct kor_msg_empty nothing = {0};
    struct kor_msg_pong pong;
    enum kor_code code = cli_ask(cli, KOR_VERB_PING, &nothing, &pong);
    if (code == KOR_OK) {
        *seq = pong.seq;
    }
    return code;
}

/* One round: what a notice or a ping says has happened, is told.  The numbers
 * begin afresh after a restore; then all that is open is shown again. */
static enum kor_code
catch_up(struct cli *cli, int64_t newest, int64_t *seq)
{
    if (newest < *seq) {
        *seq = newest;
        return cli_show_signals(cli, "");
    }
    return newest > *seq ? tell_since(cli, seq) : KOR_OK;
}

/* Says once that the daemon has gone, and once that it is back. */
static bool
is_lasting(struct cli *cli, enum kor_code code, bool *is_away)
{
    bool is_gone = code == KOR_AWAY || code == KOR_BUSY
                || code == KOR_NOT_STORED;
    if (is_gone && !*is_away) {
        cli_remark(cli, "%s", kor_text(cli->lang, "kord does not answer; "
                                                  "waiting for it."));
    } else if (code == KOR_OK && *is_away) {
        cli_remark(cli, "%s", kor_text(cli->lang, "kord answers again."));
    }
    *is_away = is_gone;
    return is_gone || code == KOR_OK;
}

static bool
is_stopped(const struct cli *cli)
{
    struct pollfd stop = {.fd = cli->stop_fd, .events = POLLIN};
    return poll(&stop, 1, 0) == 1;
}

static enum kor_code
watch(struct cli *cli, struct kor_client_feed *feed, int64_t seq)
{
    bool is_away = false;
    enum kor_code code = KOR_OK;
    while (!ferror(stdout)) {
        int64_t newest = seq;
        enum kor_heard heard
            = kor_client_feed_next(feed, PING_MS, cli->stop_fd, &newest);
        if (heard == KOR_HEARD_STOP) {
            return KOR_OK;
        }
        code = heard == KOR_HEARD_CHANGE ? KOR_OK : ping(cli, &newest);
        if (code == KOR_OK) {
            code = catch_up(cli, newest, &seq);
        }
        if (code != KOR_OK && is_stopped(cli)) {
            return KOR_OK;
        }
        if (!is_lasting(cli, code, &is_away)) {
            return code;
        }
    }
    return KOR_OK;
}

enum kor_code
cli_watch(struct cli *cli)
{
    struct kor_client_feed *feed = NULL;
    int64_t seq = 0;
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_load_place(cli);
    }
    if (code == KOR_OK) {
        cli_take_signals(cli);
        code = kor_client_feed_open(&cli->place, NULL, &feed, &cli->err);
    }
    if (code == KOR_OK) {
        code = ping(cli, &seq);
    }
    if (code == KOR_OK) {
        code = cli_show_signals(cli, "");
    }
    if (code == KOR_OK) {
        cli_remark(cli, "%s",
                   kor_text(cli->lang, "Watching; Ctrl-C ends it."));
        fflush(stdout);
        code = watch(cli, feed, seq);
    }
    kor_client_feed_free(feed);
    return code;
}

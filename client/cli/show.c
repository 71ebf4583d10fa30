/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor show: one episode with all its sessions. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/episode.h"
#include "cli/glass.h"
#include "cli/cooperate.h"
#include "cli/print.h"
#include "cli/theory.h"
#include "cli/verdict.h"
#include "cli/words.h"
#include "lib/number.h"

static void
put_points(struct cli_table *table, enum kor_lang lang, double value)
{
    char text[KOR_NUMBER_SIZE];
    cli_table_put(table, isnan(value)
                             ? ""
                             : kor_number_format(lang, value, 2, text));
}

/* Scale, rater if it is not the client, version if it is not the first. */
static void
put_scale(struct cli_table *table, const struct kor_msg_verdict *v)
{
    char text[96], version[24] = "";
    bool is_client = !strcmp(v->rater, "client");
    if (v->version > 1) {
        snprintf(version, sizeof version, " v%lld", (long long)v->version);
    }
    snprintf(text, sizeof text, "%s%s%s%s", v->scale, is_client ? "" : " ",
             is_client ? "" : v->rater, version);
    cli_table_put(table, text);
}

/* Why it is less than expected, and that many like this still improve. */
static void
put_less(struct kor_buf *said, enum kor_lang lang,
         const struct kor_msg_verdict *v)
{
    char text[CLI_STILL_SIZE];
    const char *rule = cli_rule(lang, v->rule);
    if (*rule) {
        kor_buf_printf(said, "; %s", rule);
    }
    if (*cli_still_better(lang, v->still_better, text)) {
        kor_buf_printf(said, "; %s", text);
    }
}

/* What is said of an answer, in the last column. */
static void
put_said(struct cli_table *table, enum kor_lang lang,
         const struct kor_msg_verdict *v)
{
    struct kor_buf said = {0};
    if (v->struck) {
        kor_buf_puts(&said, kor_text(lang, "struck: wrong client"));
    } else if (v->replaced) {
        kor_buf_puts(&said, kor_text(lang, "replaced by a later version"));
    } else if (!strcmp(v->attention, "not-seen")) {
        kor_buf_puts(&said, kor_text(lang, "item about safety not seen: "
                                           "ask"));
    } else {
        cli_said(lang, v->standing, v->findings, v->n_findings, &said);
        put_less(&said, lang, v);
    }
    cli_table_put(table, kor_buf_text(&said));
    kor_buf_done(&said);
}

/* How it was, and who held it where that was not the therapist. */
static void
put_status(struct cli_table *table, enum kor_lang lang,
           const struct kor_msg_session *session, bool is_follow_up)
{
    char text[96];
    snprintf(text, sizeof text, "%s%s%s",
             is_follow_up ? kor_text(lang, "follow-up")
                          : cli_word(lang, session->status),
             *session->by ? ", " : "", session->by);
    cli_table_put(table, text);
}

static void
put_answer(struct cli_table *table, enum kor_lang lang,
           const struct kor_msg_session *session, bool is_follow_up,
           const struct kor_msg_verdict *v)
{
    char date[KOR_DATE_SIZE];
    cli_table_put_int(table, session->session);
    cli_table_put(table, kor_date_format(session->date, date));
    put_status(table, lang, session, is_follow_up);
    if (!v) {
        for (int i = 0; i < 4; i++) {
            cli_table_put(table, "");
        }
        return;
    }
    put_scale(table, v);
    put_points(table, lang, v->total);
    put_points(table, lang, v->change);
    put_said(table, lang, v);
}

static void
print_sessions(const struct cli *cli, const struct kor_msg_shown *shown)
{
    struct cli_table table = {.n_columns = 7, .right = 1 | 1 << 4 | 1 << 5};
    enum kor_lang lang = cli->lang;
    cli_table_put(&table, "");
    cli_table_put(&table, kor_text(lang, "date"));
    cli_table_put(&table, kor_text(lang, "status"));
    cli_table_put(&table, kor_text(lang, "scale"));
    cli_table_put(&table, kor_text(lang, "score"));
    cli_table_put(&table, kor_text(lang, "change"));
    cli_table_put(&table, kor_text(lang, "standing"));
    for (size_t i = 0; i < shown->n_sessions; i++) {
        const struct kor_msg_session *session = &shown->sessions[i];
        bool is_follow_up = shown->episode[0].closed != KOR_NO_DATE
                         && session->date > shown->episode[0].closed;
        for (size_t k = 0; k < session->n_answers; k++) {
            put_answer(&table, lang, session, is_follow_up,
                       &session->answers[k]);
        }
        if (session->n_answers == 0) {
            put_answer(&table, lang, session, is_follow_up, NULL);
        }
    }
    cli_table_print(cli, &table);
}

/* Who it was; of a supervisor nobody means whoever supervises the unit. */
static void
put_name(struct cli_table *table, enum kor_lang lang, const char *kind,
         const char *name)
{
    const char *nobody = !strcmp(kind, "supervisor")
                             ? kor_text(lang, "the unit's own")
                             : kor_text(lang, "nobody");
    cli_table_put(table, *name ? name : nobody);
}

/* How the episode came into other hands. */
static void
print_hands(const struct cli *cli, const struct kor_msg_shown *shown)
{
    static const char *const heads[]
        = {KOR_N_("date"), KOR_N_("what"), KOR_N_("from"),  KOR_N_("to"),
           KOR_N_("until"), KOR_N_("by"),  KOR_N_("reason")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    char date[KOR_DATE_SIZE];
    for (size_t i = 0; i < KOR_LENGTH(heads) && shown->n_hands; i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < shown->n_hands; i++) {
        const struct kor_msg_hands *h = &shown->hands[i];
        cli_table_put(&table, kor_date_format(kor_date_at(h->at_ms), date));
        cli_table_put(&table, cli_word(cli->lang, h->kind));
        put_name(&table, cli->lang, h->kind, h->from);
        put_name(&table, cli->lang, h->kind, h->to);
        cli_table_put(&table, kor_date_format(h->until, date));
        cli_table_put(&table, h->by);
        cli_table_put(&table, h->reason);
    }
    cli_table_print(cli, &table);
}

static void
print_shown(struct cli *cli, const void *reply)
{
    const struct kor_msg_shown *shown = reply;
    if (shown->n_sessions > 0) {
        const struct kor_msg_session *last
            = &shown->sessions[shown->n_sessions - 1];
        cli_print_attention(cli, last->answers, last->n_answers);
    }
    if (shown->n_theories > 0) {
        cli_print_theory(cli, &shown->theories[0]);
    }
    cli_print_signals(cli, shown->signals, shown->n_signals);
    cli_print_episode(cli, &shown->episode[0]);
    if (shown->episodes > 1) {
        const char *code = shown->episode[0].code;
        long long n = (long long)shown->episodes;
        cli_labelled(kor_text(cli->lang, "episodes in all"),
                     "%lld (%s/1 - %s/%lld)", n, code, code, n);
    }
    cli_label_glass(cli, shown->glass, shown->n_glass);
    if (shown->n_cooperation) {
        putchar('\n');
        cli_print_cooperation(cli, shown->cooperation, shown->n_cooperation);
    }
    if (shown->n_hands) {
        putchar('\n');
        print_hands(cli, shown);
    }
    putchar('\n');
    print_sessions(cli, shown);
}

enum kor_code
cli_show(struct cli *cli)
{
    struct kor_msg_show show;
    kor_message_init(&kor_message_show, &show);
    enum kor_code code = cli_take_client(cli, show.code);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_SHOW, &show, print_shown)
               : code;
}

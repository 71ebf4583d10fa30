/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor log: who looked, and whether the record of it holds. */

#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/log_words.h"
#include "cli/print.h"
#include "lib/number.h"

/* --- rows ---------------------------------------------------------------- */

static const char *const heads[]
    = {KOR_N_("row"),     KOR_N_("when (UTC)"), KOR_N_("who"),
       KOR_N_("role"),    KOR_N_("what"),       KOR_N_("client"),
       KOR_N_("unit"),    KOR_N_("ground"),     KOR_N_("reason"),
       KOR_N_("outcome")};

static void
put_heads(const struct cli *cli, struct cli_table *table)
{
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(table, kor_text(cli->lang, heads[i]));
    }
}

static void
put_row(const struct cli *cli, const struct kor_msg_log_row *row,
        struct cli_table *table)
{
    enum kor_lang lang = cli->lang;
    cli_table_put_int(table, row->seq);
    cli_table_put(table, row->at);
    cli_table_put(table, row->name[0] ? row->name : kor_text(lang, "nobody"));
    cli_table_put(table, cli_log_role(lang, row->role));
    cli_table_put(table, cli_log_action(lang, row->action));
    cli_table_put(table, row->code);
    cli_table_put(table, row->unit);
    cli_table_put(table, cli_log_ground(lang, row->ground));
    cli_table_put(table, row->reason);
    cli_table_put(table, strcmp(row->outcome, "ok")
                             ? kor_text(lang, kor_code_text(
                                   kor_code_from_wire(row->outcome)))
                             : "");
}

static void
print_rows(const struct cli *cli, const struct kor_msg_log_row rows[],
           size_t n)
{
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 1};
    put_heads(cli, &table);
    for (size_t i = 0; i < n; i++) {
        put_row(cli, &rows[i], &table);
    }
    cli_table_print(cli, &table);
}

/* One page; '*after' is where the next one begins, or KOR_NO_INT. */
static enum kor_code
print_page(struct cli *cli, struct kor_msg_log_of *ask)
{
    struct kor_msg_log_rows page;
    enum kor_code code = cli_ask(cli, KOR_VERB_LOG_OF, ask, &page);
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json_list(&kor_message_log_rows, &page);
    } else if (page.n_rows > 0) {
        print_rows(cli, page.rows, page.n_rows);
    } else if (ask->after == KOR_NO_INT) {
        cli_remark(cli, "%s", kor_text(cli->lang,
                                       "Nobody has looked at this client."));
    }
    ask->after = page.next;
    kor_message_done(&kor_message_log_rows, &page);
    return KOR_OK;
}

enum kor_code
cli_log_of(struct cli *cli)
{
    struct kor_msg_log_of ask;
    kor_message_init(&kor_message_log_of, &ask);
    enum kor_code code = cli_take_client(cli, ask.code);
    if (code == KOR_OK) {
        code = print_page(cli, &ask);
    }
    while (code == KOR_OK && ask.after != KOR_NO_INT) {
        code = print_page(cli, &ask);
    }
    return code;
}

/* --- verifying ----------------------------------------------------------- */

/* Of a log that does not hold: whoever asks has to see it, a script too. */
static enum kor_code
judge(struct cli *cli, const struct kor_msg_log_state *state)
{
    if (state->broken != KOR_NO_INT) {
        return kor_fail(&cli->err, KOR_CORRUPT, NULL,
                        "the access log was changed: row %lld does not "
                        "follow the row before it",
                        (long long)state->broken);
    }
    if (!strcmp(state->anchor, "fails")) {
        return kor_fail(&cli->err, KOR_CORRUPT, "anchor",
                        "the access log was changed: it does not hold the "
                        "row of this anchor");
    }
    return KOR_OK;
}

static void
print_state(const struct cli *cli, const struct kor_msg_log_state *state)
{
    enum kor_lang lang = cli->lang;
    cli_labelled(kor_text(lang, "rows"), "%lld - %lld",
                 (long long)state->first, (long long)state->last);
    cli_labelled(kor_text(lang, "anchor"), "%lld:%s", (long long)state->last,
                 state->hash);
    if (!strcmp(state->anchor, "gone")) {
        cli_remark(cli, "%s",
                   kor_text(lang, "The row of this anchor was let go by "
                                  "'kor log cut'."));
    }
    if (state->broken == KOR_NO_INT && strcmp(state->anchor, "fails")) {
        puts(kor_text(lang, "The access log holds: every row follows the "
                            "one before it."));
    }
}

enum kor_code
cli_log_verify(struct cli *cli)
{
    struct kor_msg_log_verify ask;
    struct kor_msg_log_state state;
    kor_message_init(&kor_message_log_verify, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "anchor", ask.anchor, sizeof ask.anchor);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_LOG_VERIFY, &ask, &state);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_log_state, &state);
    } else {
        print_state(cli, &state);
    }
    return judge(cli, &state);
}

/* --- spot checks --------------------------------------------------------- */

static void
print_review(struct cli *cli, const void *reply)
{
    const struct kor_msg_review *review = reply;
    enum kor_lang lang = cli->lang;
    cli_loud(cli, kor_text(lang, "Review %lld, drawn %s by %s"),
             (long long)review->id, review->at, review->name);
    cli_labelled(kor_text(lang, "rows"), "%lld - %lld",
                 (long long)review->first, (long long)review->last);
    cli_labelled(kor_text(lang, "finding"), "%s",
                 review->finding[0] ? review->finding
                                    : kor_text(lang, "not looked over yet"));
    if (review->n_rows) {
        print_rows(cli, review->rows, review->n_rows);
        cli_remark(cli, kor_text(lang, "Look them over, then: kor log "
                                       "reviewed %lld --finding TEXT"),
                   (long long)review->id);
    }
}

enum kor_code
cli_log_review(struct cli *cli)
{
    struct kor_msg_log_review ask;
    kor_message_init(&kor_message_log_review, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_int(cli, "rows", &ask.n);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "from", &ask.from);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "to", &ask.to);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_LOG_REVIEW, &ask, print_review)
               : code;
}

enum kor_code
cli_log_reviewed(struct cli *cli)
{
    struct kor_msg_log_reviewed ask;
    kor_message_init(&kor_message_log_reviewed, &ask);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[0], &ask.id)) {
        code = kor_fail(&cli->err, KOR_USAGE, "id",
                        "'%s' is no number of a review: see 'kor log "
                        "reviews'", cli->line.words[0]);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "finding", ask.finding, sizeof ask.finding);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_LOG_REVIEWED, &ask, print_review)
               : code;
}

static void
print_reviews(struct cli *cli, const void *reply)
{
    const struct kor_msg_reviews *list = reply;
    for (size_t i = 0; i < list->n_reviews; i++) {
        print_review(cli, &list->reviews[i]);
    }
}

enum kor_code
cli_log_reviews(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_LOG_REVIEWS,
                        kor_text(cli->lang, "There was no spot check yet."),
                        print_reviews);
}

/* --- letting go ---------------------------------------------------------- */

enum kor_code
cli_log_cut(struct cli *cli)
{
    struct kor_msg_log_cut ask;
    struct kor_msg_log_cut_done done;
    bool is_meant = false;
    kor_message_init(&kor_message_log_cut, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "before");
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "before", &ask.before);
    }
    if (code == KOR_OK) {
        code = cli_confirm(cli, kor_text(cli->lang,
                                         "Rows of the access log will be "
                                         "gone for ever. Go on?"),
                           &is_meant);
    }
    if (code != KOR_OK || !is_meant) {
        return code;
    }
    code = cli_ask(cli, KOR_VERB_LOG_CUT, &ask, &done);
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_log_cut_done, &done);
    } else if (code == KOR_OK) {
        printf(kor_text(cli->lang, "Rows that go: %lld, up to row %lld."),
               (long long)done.rows, (long long)done.last);
        putchar('\n');
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer and what it says, in words: see client/cli/verdict.h. */

#include "cli/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/label.h"
#include "cli/print.h"
#include "cli/words.h"
#include "lib/number.h"

/* Points of a score, as people read them. */
static char *
points(enum kor_lang lang, double value, char text[KOR_NUMBER_SIZE])
{
    return kor_number_format(lang, value, 2, text);
}

#define CHANGE_SIZE 160

/* How the score has moved since the start, in words; "" if that is not known.
 * Lives in 'text'. */
static const char *
change_words(enum kor_lang lang, double change, double start,
             bool is_higher_better, char text[CHANGE_SIZE])
{
    char moved[KOR_NUMBER_SIZE], from[KOR_NUMBER_SIZE];
    double better = is_higher_better ? change : -change;
    text[0] = '\0';
    if (isnan(change) || isnan(start)) {
        return text;
    }
    points(lang, fabs(change), moved);
    points(lang, start, from);
    if (better > 0) {
        snprintf(text, CHANGE_SIZE,
                 kor_text(lang, "%s better than at the start (%s)"), moved,
                 from);
    } else if (better < 0) {
        snprintf(text, CHANGE_SIZE,
                 kor_text(lang, "%s worse than at the start (%s)"), moved,
                 from);
    } else {
        snprintf(text, CHANGE_SIZE,
                 kor_text(lang, "the same as at the start (%s)"), from);
    }
    return text;
}

static void
print_needed(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    char text[KOR_NUMBER_SIZE];
    const char *label = kor_text(lang, "reliable change");
    if (isnan(v->needed)) {
        return;
    }
    points(lang, v->needed, text);
    if (!strcmp(v->needed_mark, "provisional")) {
        cli_labelled(label,
                     kor_text(lang, "%s points (working limit, not a norm)"),
                     text);
    } else if (!strcmp(v->needed_mark, "recalled")) {
        cli_labelled(label,
                     kor_text(lang, "%s points (from memory, still to be "
                                    "looked up)"), text);
    } else {
        cli_labelled(label, kor_text(lang, "%s points"), text);
    }
}

static void
print_cutoff(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    char text[KOR_NUMBER_SIZE];
    const char *label = kor_text(lang, "cut-off");
    if (isnan(v->cutoff)) {
        if (v->lead && v->cutoff_note[0]) {
            cli_labelled(label, "%s", v->cutoff_note);
        }
        return;
    }
    points(lang, v->cutoff, text);
    if (!strcmp(v->cutoff_mark, "recalled")) {
        cli_labelled(label,
                     kor_text(lang, "%s (from memory, still to be looked up)"),
                     text);
    } else {
        cli_labelled(label, "%s", text);
    }
}

static void
print_standing(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    char low[KOR_NUMBER_SIZE], high[KOR_NUMBER_SIZE];
    if (!isnan(v->low80) && !isnan(v->high80) && v->course_people >= 0) {
        cli_labelled(kor_text(lang, "expected range"),
                     kor_text(lang, "%s to %s (from %lld people)"),
                     kor_number_format(lang, v->low80, 1, low),
                     kor_number_format(lang, v->high80, 1, high),
                     (long long)v->course_people);
    }
    if (v->lead && !isnan(v->total)) {
        cli_labelled(kor_text(lang, "standing"), "%s",
                     cli_standing(lang, v->standing, v->unsaid));
    }
}

/* True if the line of the standing has said it already. */
static bool
is_said(const struct kor_msg_verdict *v, const char *finding)
{
    return !strcmp(finding, v->unsaid)
        || (v->lead && !strcmp(finding, "off-course")
            && !strcmp(v->standing, "less"));
}

static void
print_findings(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    const char *label = kor_text(lang, "finding");
    for (size_t i = 0; i < v->n_findings; i++) {
        if (!is_said(v, v->findings[i])) {
            cli_labelled(label, "%s", cli_finding(lang, v->findings[i]));
            label = "";
        }
    }
}

/* Why it is less than expected, and that many like this still improve. */
static void
print_less(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    char text[CLI_STILL_SIZE];
    const char *rule = cli_rule(lang, v->rule);
    if (*rule) {
        cli_labelled(kor_text(lang, "rule"), "%s", rule);
    }
    if (*cli_still_better(lang, v->still_better, text)) {
        cli_labelled("", "%s", text);
    }
}

static void
print_missing(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    if (v->missing <= 0) {
        return;
    }
    const char *label = kor_text(lang, "missing items");
    if (isnan(v->total)) {
        cli_labelled(label, kor_text(lang, "%lld, too many for a total"),
                     (long long)v->missing);
    } else if (v->prorated) {
        cli_labelled(label,
                     kor_text(lang, "%lld, the total is estimated from the "
                                    "others"), (long long)v->missing);
    } else {
        cli_labelled(label, "%lld", (long long)v->missing);
    }
}

/* The score with its name: the line that is read first. */
static void
print_score(const struct cli *cli, const struct kor_msg_verdict *v)
{
    char total[KOR_NUMBER_SIZE], most[KOR_NUMBER_SIZE];
    points(cli->lang, v->total, total);
    points(cli->lang, v->scale_max, most);
    if (v->struck) {
        printf(kor_text(cli->lang, "%s: struck, it was entered on the wrong "
                                   "client"), v->name);
    } else if (isnan(v->total)) {
        printf(kor_text(cli->lang, "%s: no total"), v->name);
    } else {
        printf(kor_text(cli->lang, "%s: %s of %s"), v->name, total, most);
    }
    if (strcmp(v->rater, "client")) {
        printf(" [%s]", v->rater);
    }
    if (v->version > 1) {
        putchar(' ');
        printf(kor_text(cli->lang, "(version %lld)"), (long long)v->version);
    }
    putchar('\n');
}

/* So that an entry on the wrong client is noticed: this person's last score
 * is not the one that was expected here. */
static void
print_previous(enum kor_lang lang, const struct kor_msg_verdict *v)
{
    char text[KOR_NUMBER_SIZE];
    if (!isnan(v->previous)) {
        cli_labelled(kor_text(lang, "last time"), "%s",
                     kor_number_format(lang, v->previous, 2, text));
    }
}

/* One answer with all that it says. */
static void
print_verdict(const struct cli *cli, const struct kor_msg_verdict *v)
{
    char text[CHANGE_SIZE];
    enum kor_lang lang = cli->lang;
    print_score(cli, v);
    print_missing(lang, v);
    print_previous(lang, v);
    change_words(lang, v->change, v->start, !strcmp(v->better, "higher"),
                 text);
    if (text[0] && v->start_session != v->session) {
        cli_labelled(kor_text(lang, "since the start"), "%s", text);
    }
    print_needed(lang, v);
    print_cutoff(lang, v);
    print_standing(lang, v);
    print_findings(lang, v);
    print_less(lang, v);
    if (v->why[0]) {
        cli_labelled(kor_text(lang, "why"), "%s", v->why);
    }
}

void
cli_print_attention(const struct cli *cli,
                    const struct kor_msg_verdict answers[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct kor_msg_verdict *v = &answers[i];
        if (!strcmp(v->attention, "asks")) {
            cli_loud(cli,
                     kor_text(cli->lang, "Answer to talk about now: item %lld "
                                         "of %s. Ask before the client "
                                         "leaves."),
                     (long long)v->attention_item, v->name);
        } else if (!strcmp(v->attention, "not-seen")) {
            cli_loud(cli,
                     kor_text(cli->lang, "%s has an item to look at now, and "
                                         "its answer was not seen: ask."),
                     v->name);
        }
    }
}

const char *
cli_signal_of(const struct cli *cli, const struct kor_msg_signal *signal,
              char of[CLI_SIGNAL_SIZE])
{
    if (signal->sheet == KOR_NO_INT) {
        snprintf(of, CLI_SIGNAL_SIZE, "%s", signal->scale);
    } else {
        snprintf(of, CLI_SIGNAL_SIZE, kor_text(cli->lang, "%s, sheet %lld"),
                 signal->scale, (long long)signal->sheet);
    }
    return of;
}

void
cli_print_signals(const struct cli *cli, const struct kor_msg_signal signals[],
                  size_t n)
{
    char date[KOR_DATE_SIZE], of[CLI_SIGNAL_SIZE];
    for (size_t i = 0; i < n; i++) {
        const struct kor_msg_signal *s = &signals[i];
        const char *finding = cli_finding(cli->lang, s->finding);
        kor_date_format(s->date, date);
        if (!strcmp(s->finding, "attention")) {
            cli_loud(cli,
                     kor_text(cli->lang,
                              "Signal: %s (%s), from session %lld on %s. It "
                              "waits until somebody has talked about it."),
                     finding, cli_signal_of(cli, s, of),
                     (long long)s->session, date);
        } else if (s->raised) {
            cli_loud(cli,
                     kor_text(cli->lang,
                              "New signal: %s (%s). What do you change?"),
                     finding, cli_signal_of(cli, s, of));
        } else {
            cli_loud(cli,
                     kor_text(cli->lang,
                              "Open signal: %s (%s), since session %lld on "
                              "%s; sessions since then: %lld."),
                     finding, cli_signal_of(cli, s, of),
                     (long long)s->session, date,
                     (long long)s->sessions_since);
        }
    }
}

/* The client's own page: thanks, and what was answered. */
static void
print_own(const struct cli *cli, const struct kor_msg_recorded *recorded)
{
    puts(kor_text(cli->lang, "Thank you: your answers have arrived."));
    if (*recorded->next) {
        cli_loud(cli, "%s", recorded->next);
    }
    for (size_t i = 0; i < recorded->n_answers; i++) {
        print_score(cli, &recorded->answers[i]);
    }
}

void
cli_print_recorded(struct cli *cli, const struct kor_msg_recorded *recorded)
{
    char date[KOR_DATE_SIZE], named[CLI_NAMED_SIZE];
    if (recorded->own) {
        print_own(cli, recorded);
        return;
    }
    kor_date_format(recorded->date, date);
    cli_print_attention(cli, recorded->answers, recorded->n_answers);
    printf(kor_text(cli->lang, "%s, session %lld on %s, %s"),
           cli_named(cli, recorded->code, recorded->label,
                     recorded->label_key, named),
           (long long)recorded->session, date,
           cli_word(cli->lang, recorded->status));
    putchar('\n');
    for (size_t i = 0; i < recorded->n_answers; i++) {
        print_verdict(cli, &recorded->answers[i]);
    }
    cli_print_signals(cli, recorded->signals, recorded->n_signals);
    if (recorded->next[0]) {
        printf(kor_text(cli->lang, "Next: %s"), recorded->next);
        putchar('\n');
    }
}

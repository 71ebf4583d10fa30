/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pathway in the words of people: see client/cli/pathway_said.h. */

#include "cli/pathway_said.h"

#include "cli/print.h"
#include "cli/words.h"
#include "kor/stat/finding.h"

/* --- lengths ------------------------------------------------------------- */

/* "2 weeks", in the words of people. */
static void
put_interval(enum kor_lang lang, const struct kor_interval *interval,
             struct kor_buf *out)
{
    static const char *const one[]
        = {KOR_N_("a day"), KOR_N_("a week"), KOR_N_("a month")};
    static const char *const many[]
        = {KOR_N_("%d days"), KOR_N_("%d weeks"), KOR_N_("%d months")};
    if (interval->n == 1) {
        kor_buf_puts(out, kor_text(lang, one[interval->unit]));
    } else {
        kor_buf_printf(out, kor_text(lang, many[interval->unit]),
                       interval->n);
    }
}

static void
put_sessions(enum kor_lang lang, int n, struct kor_buf *out)
{
    if (n == 1) {
        kor_buf_puts(out, kor_text(lang, "one session"));
    } else {
        kor_buf_printf(out, kor_text(lang, "%d sessions"), n);
    }
}

/* "12 sessions or 3 months", whichever is first; nothing for neither. */
static void
put_length(enum kor_lang lang, int sessions, const struct kor_interval *time,
           struct kor_buf *out)
{
    if (sessions != KOR_NO_LIMIT) {
        put_sessions(lang, sessions, out);
    }
    if (sessions != KOR_NO_LIMIT && time->n) {
        kor_buf_puts(out, kor_text(lang, " or "));
    }
    if (time->n) {
        put_interval(lang, time, out);
    }
}

static void
print_planned(enum kor_lang lang, const struct kor_pathway *pathway)
{
    struct kor_buf length = {0};
    put_length(lang, pathway->planned_sessions, &pathway->planned_time,
               &length);
    if (length.size) {
        cli_labelled(kor_text(lang, "planned length"), "%s",
                     kor_buf_text(&length));
    }
    kor_buf_done(&length);
}

/* --- phases -------------------------------------------------------------- */

/* What follows, where it is not simply the next one. */
static void
put_next(enum kor_lang lang, const struct kor_pathway *pathway, size_t i,
         struct kor_buf *out)
{
    int next = pathway->phases[i].next;
    if (next == KOR_NO_LIMIT) {
        kor_buf_puts(out, kor_text(lang, "; the last one"));
    } else {
        kor_buf_printf(out, kor_text(lang, "; then %s"),
                       pathway->phases[next].key);
    }
}

static void
print_phases(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_phases && pathway->n_phases > 1; i++) {
        const struct kor_phase *phase = &pathway->phases[i];
        struct kor_buf text = {0}, length = {0};
        kor_buf_printf(&text, "%s: %s", phase->key,
                       kor_words_in(&phase->names, lang));
        put_length(lang, phase->sessions, &phase->time, &length);
        kor_buf_printf(&text, "%s%s", length.size ? ", " : "",
                       kor_buf_text(&length));
        put_next(lang, pathway, i, &text);
        cli_labelled(kor_text(lang, "phase"), "%s", kor_buf_text(&text));
        kor_buf_done(&length);
        kor_buf_done(&text);
    }
}

/* --- what is due --------------------------------------------------------- */

static void
put_grace(enum kor_lang lang, int days, struct kor_buf *out)
{
    if (days == 1) {
        kor_buf_puts(out, kor_text(lang, ", overdue the day after"));
    } else if (days) {
        kor_buf_printf(out, kor_text(lang, ", overdue %d days later"), days);
    }
}

static void
put_every(enum kor_lang lang, const struct kor_interval *span,
          struct kor_buf *out)
{
    static const char *const once[] = {
        KOR_N_("once a day"), KOR_N_("once a week"), KOR_N_("once a month")};
    struct kor_buf interval = {0};
    put_interval(lang, span, &interval);
    if (span->n == 1) {
        kor_buf_puts(out, kor_text(lang, once[span->unit]));
    } else {
        kor_buf_printf(out, kor_text(lang, "once in %s"),
                       kor_buf_text(&interval));
    }
    kor_buf_done(&interval);
}

/* When something is due: "at the end of a session", "once in 2 weeks". */
static void
put_when(enum kor_lang lang, const struct kor_rule *rule, struct kor_buf *out)
{
    struct kor_buf interval = {0};
    put_interval(lang, &rule->span, &interval);
    if (rule->when == KOR_WHEN_EVERY) {
        put_every(lang, &rule->span, out);
    } else {
        kor_buf_puts(out, cli_word(lang, kor_when_name(rule->when)));
    }
    if (rule->when == KOR_WHEN_FOLLOW_UP) {
        kor_buf_printf(out, kor_text(lang, " after %s"),
                       kor_buf_text(&interval));
    }
    put_grace(lang, rule->grace_days, out);
    kor_buf_done(&interval);
}

/* The phases that a rule holds in, unless it does in all. */
static void
put_where(enum kor_lang lang, const struct kor_pathway *pathway,
          const struct kor_rule *rule, struct kor_buf *out)
{
    struct kor_buf keys = {0};
    size_t n = 0;
    for (size_t i = 0; i < pathway->n_phases; i++) {
        if (rule->phases & (uint32_t)1 << i) {
            kor_buf_printf(&keys, "%s%s", n++ ? ", " : "",
                           pathway->phases[i].key);
        }
    }
    if (n < pathway->n_phases) {
        kor_buf_printf(out, kor_text(lang, "; only in: %s"),
                       kor_buf_text(&keys));
    }
    kor_buf_done(&keys);
}

static void
put_what(enum kor_lang lang, const struct kor_rule *rule, struct kor_buf *out)
{
    char rater[KOR_RATER_SIZE];
    kor_buf_puts(out, rule->key);
    if (rule->kind == KOR_RULE_CONTACT) {
        kor_buf_printf(out, ": %s", kor_words_in(&rule->names, lang));
    }
    if (rule->kind == KOR_RULE_SCALE && rule->rater.role != KOR_ROLE_CLIENT) {
        kor_buf_printf(out, " (%s)",
                       cli_word(lang, kor_rater_format(&rule->rater, rater)));
    }
}

static void
print_rules(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_rules; i++) {
        const struct kor_rule *rule = &pathway->rules[i];
        struct kor_buf text = {0};
        put_what(lang, rule, &text);
        kor_buf_puts(&text,
                     rule->kind == KOR_RULE_CONTACT ? ", " : ": ");
        put_when(lang, rule, &text);
        put_where(lang, pathway, rule, &text);
        cli_labelled(cli_word(lang, kor_rule_kind_name(rule->kind)), "%s",
                     kor_buf_text(&text));
        kor_buf_done(&text);
    }
}

/* --- signals and words --------------------------------------------------- */

static void
print_signals(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (int i = 0; i < KOR_N_FINDINGS; i++) {
        if (pathway->asks & (unsigned)kor_findings[i]) {
            cli_labelled(kor_text(lang, "asks for an answer"), "%s",
                         cli_finding(lang,
                                     kor_finding_wire(kor_findings[i])));
        }
    }
}

/* From when on "no reliable change yet" is said. */
static void
print_stalled(enum kor_lang lang, const struct kor_pathway *pathway)
{
    struct kor_interval days = {.unit = KOR_DAYS};
    struct kor_buf length = {0};
    days.n = pathway->stalled_days == KOR_NO_LIMIT ? 0
                                                   : pathway->stalled_days;
    put_length(lang, pathway->stalled_sessions, &days, &length);
    if (length.size) {
        cli_labelled(kor_text(lang, "limit"),
                     kor_text(lang, "%s, after %s"),
                     cli_finding(lang, kor_finding_wire(KOR_FINDING_STALLED)),
                     kor_buf_text(&length));
    }
    kor_buf_done(&length);
}

static void
print_words_of(enum kor_lang lang, const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_modules; i++) {
        cli_labelled(kor_text(lang, "module"), "%s: %s",
                     pathway->modules[i].key,
                     kor_words_in(&pathway->modules[i].names, lang));
    }
    for (size_t i = 0; i < pathway->n_endings; i++) {
        const struct kor_ending_reason *ending = &pathway->endings[i];
        cli_labelled(cli_word(lang,
                              ending->is_planned ? "planned" : "unplanned"),
                     "%s: %s", ending->key,
                     kor_words_in(&ending->names, lang));
    }
}

void
cli_print_pathway(const struct cli *cli, const struct kor_pathway *pathway)
{
    enum kor_lang lang = cli->lang;
    cli_loud(cli, "%s: %s", pathway->key,
             kor_words_in(&pathway->names, lang));
    cli_labelled(kor_text(lang, "version"), "%s", pathway->version);
    if (*pathway->lead) {
        cli_labelled(kor_text(lang, "lead scale"), "%s", pathway->lead);
    }
    print_planned(lang, pathway);
    print_phases(lang, pathway);
    print_rules(lang, pathway);
    print_signals(lang, pathway);
    print_stalled(lang, pathway);
    print_words_of(lang, pathway);
    if (pathway->note) {
        cli_labelled(kor_text(lang, "note"), "%s", pathway->note);
    }
}

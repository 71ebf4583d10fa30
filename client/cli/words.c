/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for people: see client/cli/words.h. */

#include "cli/words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/utf8.h"
#include "kor/stat/finding.h"

struct word {
    const char *wire;
    const char *text;
};

static const struct word words[] = {
    {"held", KOR_N_("held")},
    {"check-in", KOR_N_("check-in")},
    {"see", KOR_N_("see")},
    {"work", KOR_N_("work on it")},
    {"nothing", KOR_N_("nothing")},
    {"cancelled-client", KOR_N_("cancelled by the client")},
    {"cancelled-late", KOR_N_("cancelled late")},
    {"cancelled-clinic", KOR_N_("cancelled by the clinic")},
    {"not-attended", KOR_N_("not attended")},
    {"planned", KOR_N_("planned ending")},
    {"unplanned", KOR_N_("unplanned ending")},
    {"open", KOR_N_("open")},
    {"owner", KOR_N_("therapist")},
    {"cover", KOR_N_("cover")},
    {"supervisor", KOR_N_("supervisor")},
    {"unit", KOR_N_("unit")},
    {"room", KOR_N_("in the room")},
    {"phone", KOR_N_("by phone")},
    {"video", KOR_N_("by video")},
    {"home", KOR_N_("at home")},
    {"net", KOR_N_("over the net")},
    {"aloud", KOR_N_("read aloud")},
    {"interpreter", KOR_N_("with an interpreter")},
    {"helped", KOR_N_("helped")},
    {"outcome", KOR_N_("outcome scale")},
    {"alliance", KOR_N_("alliance scale")},
    {"symptom", KOR_N_("symptom scale")},
    {"wellbeing", KOR_N_("well-being scale")},
    {"functioning", KOR_N_("functioning scale")},
    {"goal", KOR_N_("goal scale")},
    {"client", KOR_N_("client")},
    {"parent1", KOR_N_("parent 1")},
    {"parent2", KOR_N_("parent 2")},
    {"partner", KOR_N_("partner")},
    {"teacher", KOR_N_("teacher")},
    {"coordinator", KOR_N_("coordinator")},
    {"therapist", KOR_N_("therapist")},
    {"contact", KOR_N_("contact")},
    {"scale", KOR_N_("scale")},
    {"sheet", KOR_N_("sheet")},
    {"signature", KOR_N_("signature")},
    {"copy", KOR_N_("copy")},
    {"family", KOR_N_("family")},
    {"gp", KOR_N_("general practitioner")},
    {"staff", KOR_N_("staff")},
    {"other", KOR_N_("somebody else")},
    {"appointment", KOR_N_("appointment")},
    {"intake", KOR_N_("at the start")},
    {"session-start", KOR_N_("at the start of a session")},
    {"session-end", KOR_N_("at the end of a session")},
    {"log-in", KOR_N_("at log-in")},
    {"every", KOR_N_("from time to time")},
    {"end", KOR_N_("at the end")},
    {"follow-up", KOR_N_("follow-up")},
    {"forgot", KOR_N_("forgotten")},
    {"declined", KOR_N_("declined")},
    {"crisis", KOR_N_("crisis")},
    {"unsuitable", KOR_N_("unsuitable")},
    {"group", KOR_N_("group")},
    {"responsibility", KOR_N_("responsibility group")},
    {"few-members", KOR_N_("fewer than four are in it")},
    {"many-members", KOR_N_("more than eight are in it")},
    {"one-leader", KOR_N_("it has one leader, and is meant to have two")},
    {"target", KOR_N_("target day")},
    {"reached", KOR_N_("reached")},
    {"dropped", KOR_N_("dropped")},
};

/* What the figures are called: docs/methods/clinic.md. */
static const struct word figures[] = {
    {"episodes", KOR_N_("episodes")},
    {"made-up", KOR_N_("of them made up")},
    {"open", KOR_N_("episodes still open")},
    {"planned-ending", KOR_N_("planned endings")},
    {"unplanned-ending", KOR_N_("unplanned endings")},
    {"sessions-held", KOR_N_("sessions held")},
    {"no-show-rate", KOR_N_("share of sessions not attended")},
    {"cancellation-rate", KOR_N_("share of sessions cancelled")},
    {"sessions-mean", KOR_N_("sessions an episode, mean")},
    {"sessions-median", KOR_N_("sessions an episode, median")},
    {"days-median", KOR_N_("days an episode, median")},
    {"one-score-only", KOR_N_("share with one score or none")},
    {"start-mean", KOR_N_("start score, mean")},
    {"last-mean", KOR_N_("last score, mean")},
    {"change-mean", KOR_N_("change for the better, mean")},
    {"effect-size", KOR_N_("the same in standard deviations of the start")},
    {"reliably-better", KOR_N_("share reliably better")},
    {"recovered", KOR_N_("share better and past the cut-off")},
    {"starts-past-cutoff", KOR_N_("share that started past the cut-off")},
    {"unchanged", KOR_N_("share without reliable change")},
    {"reliably-worse", KOR_N_("share reliably worse")},
};

static const char *
find(enum kor_lang lang, const struct word table[], size_t n,
     const char *wire)
{
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(table[i].wire, wire)) {
            return kor_text(lang, table[i].text);
        }
    }
    return wire;
}

const char *
cli_word(enum kor_lang lang, const char *wire)
{
    return find(lang, words, KOR_LENGTH(words), wire);
}

const char *
cli_figure(enum kor_lang lang, const char *name)
{
    return find(lang, figures, KOR_LENGTH(figures), name);
}

const char *
cli_finding(enum kor_lang lang, const char *wire)
{
    enum kor_finding finding;
    return kor_finding_from(wire, &finding)
               ? kor_text(lang, kor_finding_text(finding))
               : wire;
}

const char *
cli_standing(enum kor_lang lang, const char *wire, const char *unsaid)
{
    enum kor_standing standing;
    enum kor_unsaid why;
    if (*unsaid && kor_unsaid_from(unsaid, &why)) {
        return kor_text(lang, kor_unsaid_text(why));
    }
    return kor_standing_from(wire, &standing)
               ? kor_text(lang, kor_standing_text(standing))
               : wire;
}

const char *
cli_rule(enum kor_lang lang, const char *wire)
{
    static const struct word rules[] = {
        {"band80", ""},
        {"band68", KOR_N_("outside the inner part of the expected range")},
        {"twice", ""}, /* The finding has these words. */
        {"forecast", KOR_N_("the forecast: more likely not better")},
        {"raw", KOR_N_("little change this far on")},
        {"rational", KOR_N_("little change, or for the worse, this far on")},
    };
    return find(lang, rules, KOR_LENGTH(rules), wire);
}

const char *
cli_still_better(enum kor_lang lang, int64_t n, char text[CLI_STILL_SIZE])
{
    text[0] = '\0';
    if (n == 0) {
        kor_utf8_copy(text, CLI_STILL_SIZE,
                      kor_text(lang, "fewer than 1 of 10 like this still "
                                     "improved"));
    } else if (n > 0) {
        snprintf(text, CLI_STILL_SIZE,
                 kor_text(lang, "about %lld of 10 like this still improved"),
                 (long long)n);
    }
    return text;
}

/* Whether a finding before the one with the index 'i', or the standing, has
 * the same words. */
static bool
is_said(enum kor_lang lang, const char *standing,
        const char (*findings)[KOR_WORD_SIZE], size_t i)
{
    const char *text = cli_finding(lang, findings[i]);
    bool is_there = *standing
                 && !strcmp(text, cli_standing(lang, standing, ""));
    for (size_t k = 0; k < i && !is_there; k++) {
        is_there = !strcmp(text, cli_finding(lang, findings[k]));
    }
    return is_there;
}

void
cli_said(enum kor_lang lang, const char *standing,
         const char (*findings)[KOR_WORD_SIZE], size_t n, struct kor_buf *out)
{
    if (*standing && strcmp(standing, "unknown")) {
        kor_buf_puts(out, cli_standing(lang, standing, ""));
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_said(lang, standing, findings, i)) {
            kor_buf_printf(out, "%s%s", out->size ? "; " : "",
                           cli_finding(lang, findings[i]));
        }
    }
}

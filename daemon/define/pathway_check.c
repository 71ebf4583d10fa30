/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contradictions within a pathway: see pathway_read.h. */

#include "define/pathway_read.h"

#include <stdio.h>
#include <string.h>

#include "kor/stat/finding.h"

static enum kor_code
check_names(const struct kor_pathway *pathway, struct kor_err *err)
{
    return pathway->names.in[KOR_EN]
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "names.en",
                          "names.en is missing: give at least the English "
                          "name (1 to 80 characters)");
}

/* The keys at 'keys', 'stride' bytes apart, must differ. */
static enum kor_code
check_keys(const char *list, const char *keys, size_t stride, size_t n,
           struct kor_err *err)
{
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!strcmp(keys + i * stride, keys + k * stride)) {
                char path[KOR_PATH_SIZE];
                snprintf(path, sizeof path, "%s[%zu].key", list, i);
                return kor_fail(err, KOR_BAD_VALUE, path,
                                "%s is '%s', which is there already: each "
                                "needs a key of its own", path,
                                keys + i * stride);
            }
        }
    }
    return KOR_OK;
}

static enum kor_code
check_all_keys(const struct kor_pathway *p, struct kor_err *err)
{
    enum kor_code code = check_keys("phases", p->phases[0].key,
                                    sizeof p->phases[0], p->n_phases, err);
    if (code == KOR_OK) {
        code = check_keys("modules", p->modules[0].key, sizeof p->modules[0],
                          p->n_modules, err);
    }
    if (code == KOR_OK) {
        code = check_keys("endings", p->endings[0].key, sizeof p->endings[0],
                          p->n_endings, err);
    }
    size_t n_contacts = 0;
    while (n_contacts < p->n_rules
           && p->rules[n_contacts].kind == KOR_RULE_CONTACT) {
        n_contacts++;
    }
    return code == KOR_OK ? check_keys("contacts", p->rules[0].key,
                                       sizeof p->rules[0], n_contacts, err)
                          : code;
}

/* From the first phase each other is met once, and then it ends. */
static enum kor_code
check_order(const struct kor_pathway *pathway, struct kor_err *err)
{
    bool is_met[KOR_MAX_PHASES] = {false};
    for (int i = 0; i != KOR_NO_LIMIT; i = pathway->phases[i].next) {
        is_met[i] = true;
        int next = pathway->phases[i].next;
        if (next != KOR_NO_LIMIT && is_met[next]) {
            char path[KOR_PATH_SIZE];
            snprintf(path, sizeof path, "phases[%d].next", i);
            return kor_fail(err, KOR_BAD_VALUE, path,
                            "%s goes back to '%s', and so it never ends: name "
                            "a phase that was not yet, or write null for the "
                            "end. (Going back is done for one client, with "
                            "'kor phase')", path, pathway->phases[next].key);
        }
    }
    for (size_t i = 0; i < pathway->n_phases; i++) {
        if (!is_met[i]) {
            char path[KOR_PATH_SIZE];
            snprintf(path, sizeof path, "phases[%zu]", i);
            return kor_fail(err, KOR_BAD_VALUE, path,
                            "%s, '%s', follows on no other phase: name it as "
                            "the next of one, or take it out", path,
                            pathway->phases[i].key);
        }
    }
    return KOR_OK;
}

/* Phases that end by time or sessions do so before the whole is over. */
static enum kor_code
check_length(const struct kor_pathway *pathway, struct kor_err *err)
{
    int sessions = 0;
    int32_t day = 0;
    for (size_t i = 0; i < pathway->n_phases; i++) {
        const struct kor_phase *phase = &pathway->phases[i];
        sessions += phase->sessions == KOR_NO_LIMIT ? 0 : phase->sessions;
        day = kor_interval_after(day, &phase->time, 1);
    }
    if (pathway->planned_sessions != KOR_NO_LIMIT
        && sessions > pathway->planned_sessions) {
        return kor_fail(err, KOR_BAD_VALUE, "planned.sessions",
                        "planned.sessions is %d and the phases have %d "
                        "together, so it ends before they do: make the one "
                        "longer or the others shorter",
                        pathway->planned_sessions, sessions);
    }
    if (pathway->planned_time.n
        && day > kor_interval_after(0, &pathway->planned_time, 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "planned",
                        "planned is shorter than the phases together, so it "
                        "ends before they do: make the one longer or the "
                        "others shorter");
    }
    return KOR_OK;
}

/* --- what is expected ---------------------------------------------------- */

static bool
needs_span(const struct kor_rule *rule)
{
    return rule->when == KOR_WHEN_EVERY || rule->when == KOR_WHEN_FOLLOW_UP;
}

static enum kor_code
check_rule(const struct kor_rule *rule, struct kor_err *err)
{
    char path[KOR_PATH_SIZE];
    snprintf(path, sizeof path, "%ss[%zu]", kor_rule_kind_name(rule->kind),
             rule->at);
    if (needs_span(rule) && rule->span.n == 0) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s does not say how long: give days, weeks or "
                        "months", path);
    }
    if (!needs_span(rule) && rule->span.n) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s has a length of time that means nothing there: "
                        "take it out, or let 'when' be every or follow-up",
                        path);
    }
    return KOR_OK;
}

/* The same thing is not expected twice at one time. */
static bool
are_same(const struct kor_rule *a, const struct kor_rule *b)
{
    return a->kind == b->kind && a->when == b->when
        && !strcmp(a->key, b->key) && a->rater.role == b->rater.role
        && a->rater.number == b->rater.number
        && (a->phases & b->phases);
}

static enum kor_code
check_rules(const struct kor_pathway *pathway, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < pathway->n_rules && code == KOR_OK; i++) {
        const struct kor_rule *rule = &pathway->rules[i];
        code = check_rule(rule, err);
        for (size_t k = 0; k < i && code == KOR_OK; k++) {
            if (are_same(rule, &pathway->rules[k])) {
                char path[KOR_RULE_PATH_SIZE];
                code = kor_fail(err, KOR_BAD_VALUE, kor_rule_path(rule, path),
                                "%s, '%s', is expected at that time already: "
                                "take one of the two out", path, rule->key);
            }
        }
    }
    return code;
}

/* The lead scale is one that is asked for. */
static enum kor_code
check_lead(const struct kor_pathway *pathway, struct kor_err *err)
{
    bool is_expected = !*pathway->lead;
    for (size_t i = 0; i < pathway->n_rules; i++) {
        is_expected |= pathway->rules[i].kind == KOR_RULE_SCALE
                    && !strcmp(pathway->rules[i].key, pathway->lead);
    }
    return is_expected
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "lead",
                          "lead is '%s', which no scale of the pathway is: "
                          "add it to the scales, or name one of them",
                          pathway->lead);
}

static enum kor_code
check_signals(const struct kor_pathway *pathway, struct kor_err *err)
{
    bool asks = pathway->asks & KOR_FINDING_STALLED;
    bool has_limit = pathway->stalled_sessions != KOR_NO_LIMIT
                  || pathway->stalled_days != KOR_NO_LIMIT;
    if (asks && !has_limit) {
        return kor_fail(err, KOR_BAD_VALUE, "signals.stalled_sessions",
                        "'stalled' asks for an answer and has no limit: "
                        "give stalled_sessions, stalled_days or both");
    }
    return KOR_OK;
}

enum kor_code
kor_pathway_check(const struct kor_pathway *pathway, struct kor_err *err)
{
    static enum kor_code (*const checks[])(const struct kor_pathway *,
                                           struct kor_err *)
        = {check_names, check_all_keys, check_order, check_length,
           check_rules, check_lead,     check_signals};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(checks) && code == KOR_OK; i++) {
        code = checks[i](pathway, err);
    }
    return code;
}

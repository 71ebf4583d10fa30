/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to a pathway, value by value: see pathway_read.h. */

#include "define/pathway_read.h"

#include <stdio.h>
#include <string.h>

#include "kor/stat/finding.h"

#define NAME_LEN 80
#define NOTE_LEN 1000
#define MAX_SESSIONS 9999
#define MAX_DAYS 3660 /* Of a span, or a limit: ten years. */
#define MAX_GRACE_DAYS 366

static const char *const kinds[] = {"contact", "scale", "sheet", NULL};
static const char *const whens[]
    = {"intake", "session-start", "session-end", "log-in", "every",
       "end",    "follow-up",     NULL};
static const char *const units[] = {"days", "weeks", "months"};
static const int max_spans[] = {MAX_DAYS, 522, 120};

const char *
kor_rule_kind_name(enum kor_rule_kind kind)
{
    return kinds[kind];
}

const char *
kor_when_name(enum kor_when when)
{
    return whens[when];
}

static bool
find_word(const char *name, const char *const words[], int *place)
{
    for (*place = 0; words[*place]; (*place)++) {
        if (!strcmp(words[*place], name)) {
            return true;
        }
    }
    return false;
}

bool
kor_rule_kind_from(const char *name, enum kor_rule_kind *kind)
{
    int place;
    bool is_one = find_word(name, kinds, &place);
    *kind = is_one ? (enum kor_rule_kind)place : *kind;
    return is_one;
}

bool
kor_when_from(const char *name, enum kor_when *when)
{
    int place;
    bool is_one = find_word(name, whens, &place);
    *when = is_one ? (enum kor_when)place : *when;
    return is_one;
}

/* The span that one of "days", "weeks" and "months" in 'node' gives. */
static struct kor_interval
read_span(const struct kor_node *node)
{
    struct kor_interval span = {0};
    for (int i = 0; i < (int)KOR_LENGTH(units); i++) {
        struct kor_node at = kor_node_at(node, units[i]);
        if (at.json && span.n && node->reader->code == KOR_OK) {
            char path[KOR_PATH_SIZE];
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(&at, NULL, path),
                "%s is one unit of time too many: give days, weeks or months, "
                "and only one of them", path);
        } else if (at.json) {
            span.n = (int)kor_node_int(&at, 1, max_spans[i]);
            span.unit = (enum kor_unit_of_time)i;
        }
    }
    return span;
}

static int
read_sessions(const struct kor_node *node)
{
    return (int)kor_node_opt_int(node, "sessions", 1, MAX_SESSIONS,
                                 KOR_NO_LIMIT);
}

/* The names of the whole, or of a part: in one language at least. */
static struct kor_words
read_names(const struct kor_node *node)
{
    struct kor_node names = kor_node_need(node, "names");
    struct kor_words words = kor_node_names(&names, NAME_LEN);
    if (node->reader->code == KOR_OK && !*kor_words_in(&words, KOR_EN)) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE,
            kor_node_path(&names, NULL, path),
            "%s has no words: give them in en, nb or sv", path);
    }
    return words;
}

/* --- phases -------------------------------------------------------------- */

static void
read_phase(const struct kor_node *node, struct kor_phase *phase)
{
    static const char *const keys[]
        = {"key", "names", "sessions", "days", "weeks", "months", "next",
           NULL};
    kor_node_only(node, keys);
    kor_node_key(node, "key", phase->key, sizeof phase->key);
    phase->names = read_names(node);
    phase->sessions = read_sessions(node);
    phase->time = read_span(node);
}

/* The place of the phase that 'node' names. */
static int
find_phase(const struct kor_node *node, const struct kor_pathway *pathway)
{
    const char *key = kor_node_text(node, KOR_PATHWAY_KEY_SIZE - 1);
    if (node->reader->code != KOR_OK) {
        return 0;
    }
    const struct kor_phase *phase = kor_pathway_phase(pathway, key);
    if (!phase) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s names the phase '%s', which is not there: take the key of one "
            "of the phases", path, key);
        return 0;
    }
    return (int)(phase - pathway->phases);
}

/* A phase is followed by the next in the file unless it names another; "next"
 * of null ends the pathway. */
static void
read_next(const struct kor_node *node, size_t i, struct kor_pathway *pathway)
{
    struct kor_node next = kor_node_at(node, "next");
    pathway->phases[i].next
        = !next.json ? (i + 1 < pathway->n_phases ? (int)i + 1 : KOR_NO_LIMIT)
        : json_is_null(next.json) ? KOR_NO_LIMIT
                                  : find_phase(&next, pathway);
}

/* Without phases a pathway is one of them, as long as the episode. */
static void
read_phases(const struct kor_node *root, struct kor_pathway *pathway)
{
    struct kor_node phases = kor_node_at(root, "phases");
    pathway->n_phases = kor_node_count(&phases, 0, KOR_MAX_PHASES);
    for (size_t i = 0; i < pathway->n_phases; i++) {
        struct kor_node node = kor_node_member(&phases, i);
        read_phase(&node, &pathway->phases[i]);
    }
    for (size_t i = 0; i < pathway->n_phases; i++) {
        struct kor_node node = kor_node_member(&phases, i);
        read_next(&node, i, pathway);
    }
    if (pathway->n_phases == 0) {
        pathway->phases[pathway->n_phases++] = (struct kor_phase){
            .key = "all",
            .names = {{[KOR_EN] = "the whole of it",
                       [KOR_NB] = "hele forløpet",
                       [KOR_SV] = "hela perioden"}},
            .sessions = KOR_NO_LIMIT,
            .next = KOR_NO_LIMIT};
    }
}

/* --- what is expected ---------------------------------------------------- */

static void
add_phase(const struct kor_node *node, const struct kor_pathway *pathway,
          uint32_t *bits)
{
    int i = find_phase(node, pathway);
    uint32_t bit = (uint32_t)1 << i;
    if (node->reader->code == KOR_OK && (*bits & bit)) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s names the phase '%s' a second time: take it out", path,
            pathway->phases[i].key);
    }
    *bits |= bit;
}

static uint32_t
read_rule_phases(const struct kor_node *node,
                 const struct kor_pathway *pathway)
{
    struct kor_node phases = kor_node_at(node, "phases");
    uint32_t bits = 0;
    size_t n = kor_node_count(&phases, phases.json ? 1 : 0, KOR_MAX_PHASES);
    for (size_t i = 0; i < n; i++) {
        struct kor_node phase = kor_node_member(&phases, i);
        add_phase(&phase, pathway, &bits);
    }
    return n ? bits : UINT32_MAX;
}

static void
read_rater(const struct kor_node *node, struct kor_rater *rater)
{
    const char *text = kor_node_opt_text(node, "rater", KOR_RATER_SIZE - 1);
    *rater = (struct kor_rater){KOR_ROLE_CLIENT, 1};
    if (text && node->reader->code == KOR_OK
        && kor_rater_parse(text, rater, NULL) != KOR_OK) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE,
            kor_node_path(node, "rater", path),
            "%s is no rater: write client, parent1, parent2, partner, "
            "teacher, coordinator or therapist", path);
    }
}

static enum kor_when
read_when(const struct kor_node *node, enum kor_rule_kind kind)
{
    struct kor_node when = kor_node_at(node, "when");
    return kind == KOR_RULE_CONTACT
               ? KOR_WHEN_EVERY
               : (enum kor_when)kor_node_word(&when, whens);
}

/* One contact, scale or sheet. */
static void
read_rule(const struct kor_node *node, enum kor_rule_kind kind, size_t at,
          struct kor_pathway *pathway)
{
    static const char *const contact_keys[]
        = {"key",    "names",      "days",   "weeks",
           "months", "grace_days", "phases", NULL};
    static const char *const scale_keys[]
        = {"scale", "rater",      "when",   "days", "weeks",
           "months", "grace_days", "phases", NULL};
    static const char *const sheet_keys[]
        = {"sheet",  "when",       "days",   "weeks",
           "months", "grace_days", "phases", NULL};
    static const char *const *const keys[]
        = {contact_keys, scale_keys, sheet_keys};
    struct kor_rule *rule = &pathway->rules[pathway->n_rules++];
    kor_node_only(node, keys[kind]);
    rule->kind = kind;
    rule->at = at;
    kor_node_key(node, kind == KOR_RULE_CONTACT ? "key" : kinds[kind],
                 rule->key, sizeof rule->key);
    if (kind == KOR_RULE_CONTACT) {
        rule->names = read_names(node);
    }
    rule->when = read_when(node, kind);
    rule->span = read_span(node);
    rule->grace_days
        = (int)kor_node_opt_int(node, "grace_days", 0, MAX_GRACE_DAYS, 0);
    read_rater(node, &rule->rater);
    rule->phases = read_rule_phases(node, pathway);
}

static void
read_rules(const struct kor_node *root, enum kor_rule_kind kind,
           const char *key, struct kor_pathway *pathway)
{
    struct kor_node rules = kor_node_at(root, key);
    size_t n = kor_node_count(&rules, 0, KOR_MAX_RULES - pathway->n_rules);
    for (size_t i = 0; i < n; i++) {
        struct kor_node node = kor_node_member(&rules, i);
        read_rule(&node, kind, i, pathway);
    }
}

/* --- modules, signals, endings ------------------------------------------- */

static void
read_modules(const struct kor_node *root, struct kor_pathway *pathway)
{
    static const char *const keys[] = {"key", "names", NULL};
    struct kor_node modules = kor_node_at(root, "modules");
    pathway->n_modules = kor_node_count(&modules, 0, KOR_MAX_MODULES);
    for (size_t i = 0; i < pathway->n_modules; i++) {
        struct kor_node node = kor_node_member(&modules, i);
        kor_node_only(&node, keys);
        kor_node_key(&node, "key", pathway->modules[i].key,
                     sizeof pathway->modules[i].key);
        pathway->modules[i].names = read_names(&node);
    }
}

/* Findings that ask for an answer.  Those about safety always do. */
static unsigned
read_asks(const struct kor_node *node)
{
    static const char *const words[] = {
#define KOR_FINDING(name, bit, wire, asks, text) (asks) ? (wire) : "",
#include "kor/stat/finding.def"
#undef KOR_FINDING
    };
    const char *known[KOR_LENGTH(words) + 1];
    size_t n_known = 0;
    unsigned findings = KOR_FINDING_ATTENTION;
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        if (*words[i]) {
            known[n_known++] = words[i];
        }
    }
    known[n_known] = NULL;
    struct kor_node asks = kor_node_need(node, "asks");
    size_t n = kor_node_count(&asks, 0, n_known);
    for (size_t i = 0; i < n; i++) {
        struct kor_node word = kor_node_member(&asks, i);
        enum kor_finding finding = KOR_FINDING_ATTENTION;
        (void)kor_finding_from(known[kor_node_word(&word, known)], &finding);
        findings |= (unsigned)finding;
    }
    return findings;
}

static void
read_signals(const struct kor_node *root, struct kor_pathway *pathway)
{
    static const char *const keys[]
        = {"asks", "stalled_sessions", "stalled_days", NULL};
    struct kor_node node = kor_node_need(root, "signals");
    kor_node_only(&node, keys);
    pathway->asks = read_asks(&node);
    pathway->stalled_sessions = (int)kor_node_opt_int(
        &node, "stalled_sessions", 2, MAX_SESSIONS, KOR_NO_LIMIT);
    pathway->stalled_days = (int)kor_node_opt_int(&node, "stalled_days", 1,
                                                  MAX_DAYS, KOR_NO_LIMIT);
}

static void
read_endings(const struct kor_node *root, struct kor_pathway *pathway)
{
    static const char *const keys[] = {"key", "names", "ending", NULL};
    static const char *const endings[] = {"planned", "unplanned", NULL};
    struct kor_node list = kor_node_at(root, "endings");
    pathway->n_endings = kor_node_count(&list, 0, KOR_MAX_ENDINGS);
    for (size_t i = 0; i < pathway->n_endings; i++) {
        struct kor_node node = kor_node_member(&list, i);
        struct kor_ending_reason *reason = &pathway->endings[i];
        kor_node_only(&node, keys);
        kor_node_key(&node, "key", reason->key, sizeof reason->key);
        reason->names = read_names(&node);
        struct kor_node ending = kor_node_at(&node, "ending");
        reason->is_planned = kor_node_word(&ending, endings) == 0;
    }
}

static void
read_planned(const struct kor_node *root, struct kor_pathway *pathway)
{
    static const char *const keys[]
        = {"sessions", "days", "weeks", "months", NULL};
    struct kor_node planned = kor_node_at(root, "planned");
    pathway->planned_sessions = KOR_NO_LIMIT;
    if (planned.json) {
        kor_node_only(&planned, keys);
        pathway->planned_sessions = read_sessions(&planned);
        pathway->planned_time = read_span(&planned);
    }
}

void
kor_pathway_read(const struct kor_node *root, struct kor_pathway *pathway)
{
    static const char *const keys[]
        = {"key",    "version", "names",    "note",    "lead",
           "phases", "contacts", "scales",  "sheets",  "modules",
           "planned", "signals", "endings", NULL};
    kor_node_only(root, keys);
    kor_node_key(root, "key", pathway->key, sizeof pathway->key);
    kor_node_version(root, "version", pathway->version,
                     sizeof pathway->version);
    pathway->names = read_names(root);
    pathway->note = kor_node_opt_text(root, "note", NOTE_LEN);
    if (kor_node_at(root, "lead").json) {
        kor_node_key(root, "lead", pathway->lead, sizeof pathway->lead);
    }
    read_phases(root, pathway);
    read_rules(root, KOR_RULE_CONTACT, "contacts", pathway);
    read_rules(root, KOR_RULE_SCALE, "scales", pathway);
    read_rules(root, KOR_RULE_SHEET, "sheets", pathway);
    read_modules(root, pathway);
    read_planned(root, pathway);
    read_signals(root, pathway);
    read_endings(root, pathway);
}

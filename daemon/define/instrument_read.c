/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to an instrument, value by value: see instrument_read.h. */

#include "define/instrument_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_POINTS 100000.0
#define MAX_MULTIPLIER 1000.0
#define NAME_LEN 80
#define ITEM_LEN 300
#define OPTION_LEN 120
#define WHAT_LEN 200
#define SOURCE_LEN 400
#define NOTE_LEN 1000

static const char *const kinds[]
    = {"outcome",   "alliance",    "symptom", "wellbeing",
       "functioning", "goal",      NULL};
static const char *const entries[] = {"items", "either", "total", NULL};
static const char *const operators[]
    = {"at_least", "more_than", "at_most", "less_than", NULL};
static const char *const roles[]
    = {"client",  "parent",      "partner",
       "teacher", "coordinator", "therapist", NULL};
static const char *const genders[] = {"female", "male", "other", NULL};

const char *
kor_kind_name(enum kor_kind kind)
{
    return kinds[kind];
}

static struct kor_origin
read_origin(const struct kor_node *node)
{
    return (struct kor_origin){
        .source = kor_node_need_text(node, "source", SOURCE_LEN),
        .is_recalled = kor_node_opt_bool(node, "recalled", false)};
}

/* One of the four operators, which has to point in the good direction. */
static enum kor_compare
read_operator(const struct kor_node *node, enum kor_better better)
{
    struct kor_node at = kor_node_at(node, "operator");
    int place = kor_node_word(&at, operators);
    bool is_upward = place < 2;
    if (at.reader->code == KOR_OK
        && is_upward != (better == KOR_HIGHER_IS_BETTER)) {
        char path[KOR_PATH_SIZE];
        at.reader->code = kor_fail(
            at.reader->err, KOR_BAD_VALUE, kor_node_path(&at, NULL, path),
            is_upward ? KOR_N_("%s says which side is the healthy one, and "
                               "lower is better: write at_most or less_than")
                      : KOR_N_("%s says which side is the healthy one, and "
                               "higher is better: write at_least or "
                               "more_than"),
            path);
    }
    return place % 2 == 0 ? KOR_AT_LEAST : KOR_MORE_THAN;
}

static struct kor_scoring
read_scoring(const struct kor_node *node)
{
    static const char *const keys[] = {"rule", "multiplier", NULL};
    static const char *const rules[] = {"sum", "mean", NULL};
    kor_node_only(node, keys);
    struct kor_node rule = kor_node_need(node, "rule");
    return (struct kor_scoring){
        .kind = kor_node_word(&rule, rules) == 0 ? KOR_SCORE_SUM
                                                 : KOR_SCORE_MEAN,
        .multiplier = kor_node_opt_number(node, "multiplier", 0.001,
                                          MAX_MULTIPLIER, 1)};
}

/* Adds the options under 'node' and stores where they lie. */
static void
read_options(const struct kor_node *node, struct kor_instrument *in,
             struct kor_wording *wording)
{
    static const char *const keys[] = {"value", "text", NULL};
    size_t left = KOR_MAX_ALL_OPTIONS - in->n_options;
    wording->first_option = in->n_options;
    wording->n_options = kor_node_count(
        node, 2, left < KOR_MAX_OPTIONS ? left : KOR_MAX_OPTIONS);
    for (size_t i = 0; i < wording->n_options; i++) {
        struct kor_node option = kor_node_member(node, i);
        kor_node_only(&option, keys);
        struct kor_node text = kor_node_need(&option, "text");
        in->options[in->n_options++] = (struct kor_option){
            .value = kor_node_need_number(&option, "value", -MAX_POINTS,
                                          MAX_POINTS),
            .text = kor_node_words(&text, OPTION_LEN)};
    }
}

/* 'shared' are the options of items without their own. */
static void
read_item(const struct kor_node *node, size_t index,
          const struct kor_wording *shared, struct kor_instrument *in)
{
    static const char *const keys[] = {"number",   "min",  "max",    "step",
                                       "reversed", "text", "options", NULL};
    struct kor_wording *wording = &in->wordings[index];
    kor_node_only(node, keys);
    kor_node_need_int(node, "number", (long)index + 1, (long)index + 1);
    in->items[index] = (struct kor_item){
        .min = kor_node_need_number(node, "min", -MAX_POINTS, MAX_POINTS),
        .max = kor_node_need_number(node, "max", -MAX_POINTS, MAX_POINTS),
        .step = kor_node_opt_number(node, "step", 0.001, MAX_POINTS, 1),
        .is_reversed = kor_node_opt_bool(node, "reversed", false)};
    struct kor_node text = kor_node_at(node, "text");
    if (text.json) {
        wording->text = kor_node_words(&text, ITEM_LEN);
    }
    wording->first_option = shared->first_option;
    wording->n_options = shared->n_options;
    struct kor_node options = kor_node_at(node, "options");
    if (options.json) {
        read_options(&options, in, wording);
    }
}

static void
read_items(const struct kor_node *root, struct kor_instrument *in)
{
    struct kor_wording shared = {.n_options = 0};
    struct kor_node prompt = kor_node_at(root, "prompt");
    if (prompt.json) {
        in->prompt = kor_node_words(&prompt, ITEM_LEN);
    }
    struct kor_node options = kor_node_at(root, "options");
    if (options.json) {
        read_options(&options, in, &shared);
    }
    struct kor_node items = kor_node_need(root, "items");
    in->n_items = kor_node_count(&items, 1, KOR_MAX_ITEMS);
    for (size_t i = 0; i < in->n_items; i++) {
        struct kor_node item = kor_node_member(&items, i);
        read_item(&item, i, &shared, in);
    }
}

static void
read_total(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[] = {"min", "max", NULL};
    struct kor_node scoring = kor_node_need(root, "scoring");
    in->scoring = read_scoring(&scoring);
    struct kor_node total = kor_node_need(root, "total");
    kor_node_only(&total, keys);
    in->min_total = kor_node_need_number(&total, "min", -MAX_POINTS,
                                         MAX_POINTS);
    in->max_total = kor_node_need_number(&total, "max", -MAX_POINTS,
                                         MAX_POINTS);
    in->max_missing = (size_t)kor_node_opt_int(root, "missing", 0,
                                               KOR_MAX_ITEMS, 0);
}

static void
read_subscore(const struct kor_node *node, struct kor_subscore *sub)
{
    static const char *const keys[]
        = {"key", "names", "items", "scoring", "missing", NULL};
    kor_node_only(node, keys);
    sub->key = kor_node_need_text(node, "key", KOR_INSTRUMENT_KEY_SIZE - 1);
    struct kor_node names = kor_node_need(node, "names");
    sub->names = kor_node_words(&names, NAME_LEN);
    struct kor_node items = kor_node_need(node, "items");
    sub->n_items = kor_node_count(&items, 1, KOR_MAX_ITEMS);
    for (size_t i = 0; i < sub->n_items; i++) {
        struct kor_node item = kor_node_member(&items, i);
        sub->items[i] = (uint16_t)(kor_node_int(&item, 1, KOR_MAX_ITEMS) - 1);
    }
    struct kor_node scoring = kor_node_need(node, "scoring");
    sub->scoring = read_scoring(&scoring);
    sub->max_missing = (size_t)kor_node_opt_int(node, "missing", 0,
                                                KOR_MAX_ITEMS, 0);
}

static void
read_subscores(const struct kor_node *root, struct kor_instrument *in)
{
    struct kor_node subs = kor_node_at(root, "subscores");
    in->n_subscores = kor_node_count(&subs, 0, KOR_MAX_SUBSCORES);
    for (size_t i = 0; i < in->n_subscores; i++) {
        struct kor_node sub = kor_node_member(&subs, i);
        read_subscore(&sub, &in->subscores[i]);
    }
}

/* The keys that say whom a cut-off is for. */
static void
read_keys(const struct kor_node *node, struct kor_cutoff *cutoff)
{
    static const char *const keys[] = {"from", "to", NULL};
    struct kor_node rater = kor_node_at(node, "rater");
    if (rater.json) {
        cutoff->rater
            = (enum kor_role)(KOR_ROLE_CLIENT + kor_node_word(&rater, roles));
    }
    struct kor_node gender = kor_node_at(node, "gender");
    if (gender.json) {
        cutoff->gender = (enum kor_gender)(KOR_GENDER_FEMALE
                                           + kor_node_word(&gender, genders));
    }
    struct kor_node age = kor_node_at(node, "age");
    cutoff->age_from = cutoff->age_to = KOR_NO_AGE;
    if (age.json) {
        kor_node_only(&age, keys);
        cutoff->age_from
            = (int)kor_node_need_int(&age, "from", 0, KOR_MAX_AGE);
        cutoff->age_to = (int)kor_node_opt_int(&age, "to", cutoff->age_from,
                                               KOR_MAX_AGE, KOR_MAX_AGE);
    }
}

static void
read_language(const struct kor_node *node, struct kor_cutoff *cutoff)
{
    const char *language = kor_node_opt_text(node, "language", 3);
    if (language && node->reader->code == KOR_OK) {
        if (!kor_language_valid(language)) {
            char path[KOR_PATH_SIZE];
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(node, "language", path),
                "%s must be two or three small letters, as nb: rewrite it",
                path);
            return;
        }
        snprintf(cutoff->language, sizeof cutoff->language, "%s", language);
    }
}

static void
read_cutoffs(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"points",   "operator",   "rater",  "age",      "gender",
           "language", "population", "source", "recalled", NULL};
    struct kor_node cutoffs = kor_node_at(root, "cutoffs");
    in->n_cutoffs = kor_node_count(&cutoffs, 0, KOR_MAX_CUTOFFS);
    for (size_t i = 0; i < in->n_cutoffs; i++) {
        struct kor_node node = kor_node_member(&cutoffs, i);
        struct kor_cutoff *cutoff = &in->cutoffs[i];
        kor_node_only(&node, keys);
        cutoff->points = kor_node_need_number(&node, "points", -MAX_POINTS,
                                              MAX_POINTS);
        cutoff->compare = read_operator(&node, in->better);
        read_keys(&node, cutoff);
        read_language(&node, cutoff);
        cutoff->population = kor_node_opt_text(&node, "population",
                                               SOURCE_LEN);
        cutoff->origin = read_origin(&node);
    }
}

static void
read_reliable_change(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"points", "operator", "provisional", "source", "recalled", NULL};
    static const char *const none_keys[] = {"none", NULL};
    static const char *const changes[] = {"at_least", "more_than", NULL};
    struct kor_reliable_change *rc = &in->reliable_change;
    struct kor_node node = kor_node_need(root, "reliable_change");
    rc->points = NAN;
    rc->none = kor_node_opt_text(&node, "none", SOURCE_LEN);
    if (rc->none) {
        kor_node_only(&node, none_keys);
        return;
    }
    kor_node_only(&node, keys);
    rc->points = kor_node_need_number(&node, "points", 0.001, MAX_POINTS);
    struct kor_node operator = kor_node_at(&node, "operator");
    rc->compare = kor_node_word(&operator, changes) == 0 ? KOR_AT_LEAST
                                                         : KOR_MORE_THAN;
    rc->is_provisional = kor_node_opt_bool(&node, "provisional", false);
    rc->origin = read_origin(&node);
}

static void
read_alliance(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"cutoff", "operator", "drop", "source", "recalled", NULL};
    struct kor_alliance_limits *limits = &in->alliance;
    struct kor_node node = kor_node_at(root, "alliance");
    limits->cutoff_points = limits->drop_points = NAN;
    if (!node.json) {
        return;
    }
    kor_node_only(&node, keys);
    limits->cutoff_points = kor_node_opt_number(&node, "cutoff", -MAX_POINTS,
                                                MAX_POINTS, NAN);
    if (!isnan(limits->cutoff_points)) {
        limits->cutoff_compare = read_operator(&node, in->better);
    }
    limits->drop_points = kor_node_opt_number(&node, "drop", 0.001,
                                              MAX_POINTS, NAN);
    limits->origin = read_origin(&node);
}

static void
read_attention(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"item", "from", "what", "source", "recalled", NULL};
    struct kor_node rules = kor_node_at(root, "attention");
    in->n_attention = kor_node_count(&rules, 0, KOR_MAX_ATTENTION);
    for (size_t i = 0; i < in->n_attention; i++) {
        struct kor_node node = kor_node_member(&rules, i);
        struct kor_node what = kor_node_need(&node, "what");
        kor_node_only(&node, keys);
        in->attention[i] = (struct kor_attention_rule){
            .item = (size_t)kor_node_need_int(&node, "item", 1,
                                              KOR_MAX_ITEMS)
                  - 1,
            .from = kor_node_need_number(&node, "from", -MAX_POINTS,
                                         MAX_POINTS),
            .what = kor_node_words(&what, WHAT_LEN),
            .origin = read_origin(&node)};
    }
}

static void
read_norms(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"population", "n", "mean", "sd", "source", "recalled", NULL};
    struct kor_node norms = kor_node_at(root, "norms");
    in->n_norms = kor_node_count(&norms, 0, KOR_MAX_NORMS);
    for (size_t i = 0; i < in->n_norms; i++) {
        struct kor_node node = kor_node_member(&norms, i);
        kor_node_only(&node, keys);
        in->norms[i] = (struct kor_norm){
            .population = kor_node_need_text(&node, "population", SOURCE_LEN),
            .n = kor_node_opt_int(&node, "n", 1, 100000000, 0),
            .mean = kor_node_need_number(&node, "mean", -MAX_POINTS,
                                         MAX_POINTS),
            .sd = kor_node_need_number(&node, "sd", 0.001, MAX_POINTS),
            .origin = read_origin(&node)};
    }
}

static void
read_licence(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const keys[]
        = {"spdx", "words", "holder", "may_ship_wording", "note", NULL};
    struct kor_node node = kor_node_need(root, "licence");
    kor_node_only(&node, keys);
    kor_node_need(&node, "may_ship_wording");
    in->licence = (struct kor_licence){
        .spdx = kor_node_opt_text(&node, "spdx", NAME_LEN),
        .words = kor_node_opt_text(&node, "words", SOURCE_LEN),
        .holder = kor_node_need_text(&node, "holder", SOURCE_LEN),
        .may_ship_wording = kor_node_opt_bool(&node, "may_ship_wording",
                                              false),
        .note = kor_node_opt_text(&node, "note", NOTE_LEN)};
    struct kor_node sources = kor_node_need(root, "sources");
    in->n_sources = kor_node_count(&sources, 1, KOR_MAX_SOURCES);
    for (size_t i = 0; i < in->n_sources; i++) {
        struct kor_node source = kor_node_member(&sources, i);
        in->sources[i] = kor_node_text(&source, SOURCE_LEN);
    }
}

static void
read_head(const struct kor_node *root, struct kor_instrument *in)
{
    static const char *const directions[] = {"lower", "higher", NULL};
    kor_node_key(root, "key", in->key, sizeof in->key);
    kor_node_version(root, "version", in->version, sizeof in->version);
    struct kor_node kind = kor_node_need(root, "kind");
    in->kind = (enum kor_kind)kor_node_word(&kind, kinds);
    struct kor_node names = kor_node_need(root, "names");
    in->names = kor_node_words(&names, NAME_LEN);
    struct kor_node recall = kor_node_need(root, "recall");
    in->recall = kor_node_words(&recall, NAME_LEN);
    in->note = kor_node_opt_text(root, "note", NOTE_LEN);
    struct kor_node direction = kor_node_need(root, "direction");
    in->better = kor_node_word(&direction, directions) == 0
                   ? KOR_LOWER_IS_BETTER
                   : KOR_HIGHER_IS_BETTER;
    struct kor_node entry = kor_node_need(root, "entry");
    in->entry = (enum kor_entry)kor_node_word(&entry, entries);
    kor_node_need(root, "shell");
    in->is_shell = kor_node_opt_bool(root, "shell", false);
    in->decimals = (int)kor_node_opt_int(root, "decimals", 0, 1, 0);
}

void
kor_instrument_read(const struct kor_node *root,
                    struct kor_instrument *instrument)
{
    static const char *const keys[]
        = {"key",     "version",   "kind",      "names",
           "recall",  "note",      "direction", "entry",
           "shell",   "decimals",  "prompt",    "options",
           "items",   "scoring",   "total",     "missing",
           "subscores", "cutoffs", "reliable_change", "alliance",
           "attention", "norms",   "licence",   "sources", NULL};
    kor_node_only(root, keys);
    read_head(root, instrument);
    read_items(root, instrument);
    read_total(root, instrument);
    read_subscores(root, instrument);
    read_cutoffs(root, instrument);
    read_reliable_change(root, instrument);
    read_alliance(root, instrument);
    read_attention(root, instrument);
    read_norms(root, instrument);
    read_licence(root, instrument);
}

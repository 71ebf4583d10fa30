/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contradictions within an instrument: see instrument_read.h. */

#include "define/instrument_read.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A place in the file, for the field of an error and its sentence. */
struct place {
    char path[KOR_PATH_SIZE];
};

static struct place at(const char *format, ...) KOR_PRINTF(1, 2);

static struct place
at(const char *format, ...)
{
    struct place place;
    va_list args;
    va_start(args, format);
    vsnprintf(place.path, sizeof place.path, format, args);
    va_end(args);
    return place;
}

static bool
is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (1 + fabs(a) + fabs(b));
}

static bool
is_on_step(const struct kor_item *item, double value)
{
    double steps = (value - item->min) / item->step;
    return is_near(steps, round(steps));
}

static bool
is_empty(const struct kor_words *words)
{
    return kor_words_in(words, KOR_EN)[0] == '\0';
}

static enum kor_code
check_names(const struct kor_instrument *in, struct kor_err *err)
{
    if (!in->names.in[KOR_EN]) {
        return kor_fail(err, KOR_BAD_VALUE, "names.en",
                        "names.en is missing: give at least the English name "
                        "(1 to 80 characters)");
    }
    if (is_empty(&in->recall)) {
        return kor_fail(err, KOR_BAD_VALUE, "recall",
                        "recall is empty: say in at least one of en, nb and "
                        "sv what time the answers are about");
    }
    return KOR_OK;
}

static enum kor_code
check_item(const struct kor_instrument *in, size_t i, struct kor_err *err)
{
    const struct kor_item *item = &in->items[i];
    if (item->min >= item->max) {
        return kor_fail(err, KOR_BAD_VALUE, at("items[%zu].max", i).path,
                        "items[%zu].max is %g and must be more than min, "
                        "which is %g: change one of them",
                        i, item->max, item->min);
    }
    if (!is_on_step(item, item->max)) {
        return kor_fail(err, KOR_BAD_VALUE, at("items[%zu].step", i).path,
                        "items[%zu].step is %g, and steps of that size do "
                        "not lead from %g to %g: change it",
                        i, item->step, item->min, item->max);
    }
    return KOR_OK;
}

/* The options of item 'i' lie on its steps and rise. */
static enum kor_code
check_options(const struct kor_instrument *in, size_t i, struct kor_err *err)
{
    const struct kor_wording *wording = &in->wordings[i];
    const struct kor_option *options = &in->options[wording->first_option];
    const struct kor_item *item = &in->items[i];
    for (size_t k = 0; k < wording->n_options; k++) {
        double value = options[k].value;
        if (value < item->min || value > item->max
            || !is_on_step(item, value)
            || (k > 0 && value <= options[k - 1].value)) {
            return kor_fail(err, KOR_BAD_VALUE,
                            at("items[%zu].options[%zu].value", i, k).path,
                            "option %zu of items[%zu] has the value %g; "
                            "values must rise and lie from %g to %g in steps "
                            "of %g: change it",
                            k + 1, i, value, item->min, item->max,
                            item->step);
        }
    }
    return KOR_OK;
}

/* The item and its options speak the languages that the first item does. */
static enum kor_code
check_languages(const struct kor_instrument *in, size_t i,
                struct kor_err *err)
{
    const struct kor_wording *wording = &in->wordings[i];
    for (int lang = 0; lang < KOR_N_LANGS; lang++) {
        const char *name = kor_lang_name((enum kor_lang)lang);
        bool is_spoken = in->wordings[0].text.in[lang] != NULL;
        if (is_spoken != (wording->text.in[lang] != NULL)) {
            return kor_fail(err, KOR_BAD_VALUE,
                            at("items[%zu].text.%s", i, name).path,
                            "items[%zu].text.%s is there for some items and "
                            "not for others: give a language for all items "
                            "or for none",
                            i, name);
        }
        for (size_t k = 0; is_spoken && k < wording->n_options; k++) {
            if (!in->options[wording->first_option + k].text.in[lang]) {
                return kor_fail(
                    err, KOR_BAD_VALUE,
                    at("items[%zu].options[%zu].text.%s", i, k, name).path,
                    "option %zu of items[%zu] has no text in '%s', which "
                    "the item has: give it",
                    k + 1, i, name);
            }
        }
    }
    return KOR_OK;
}

static enum kor_code
check_wording(const struct kor_instrument *in, size_t i, struct kor_err *err)
{
    bool has_text = !is_empty(&in->wordings[i].text);
    if (in->is_shell && (has_text || in->wordings[i].n_options > 0)) {
        return kor_fail(err, KOR_BAD_VALUE, at("items[%zu].text", i).path,
                        "items[%zu] has wording, but shell is true: take "
                        "text and options out, or load your own licensed "
                        "text with shell false",
                        i);
    }
    if (!in->is_shell && !has_text) {
        return kor_fail(err, KOR_BAD_VALUE, at("items[%zu].text", i).path,
                        "items[%zu].text is missing, but shell is false: "
                        "give the text, or make shell true",
                        i);
    }
    return KOR_OK;
}

static enum kor_code
check_prompt(const struct kor_instrument *in, struct kor_err *err)
{
    if (in->is_shell && !is_empty(&in->prompt)) {
        return kor_fail(err, KOR_BAD_VALUE, "prompt",
                        "prompt is wording, but shell is true: take it out, "
                        "or load your own licensed text with shell false");
    }
    return KOR_OK;
}

static enum kor_code
check_items(const struct kor_instrument *in, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < in->n_items && code == KOR_OK; i++) {
        code = check_item(in, i, err);
        if (code == KOR_OK) {
            code = check_wording(in, i, err);
        }
        if (code == KOR_OK) {
            code = check_options(in, i, err);
        }
        if (code == KOR_OK) {
            code = check_languages(in, i, err);
        }
    }
    return code;
}

static enum kor_code
check_total(const struct kor_instrument *in, struct kor_err *err)
{
    double min = 0, max = 0;
    for (size_t i = 0; i < in->n_items; i++) {
        min += in->items[i].min;
        max += in->items[i].max;
    }
    double factor = in->scoring.multiplier
                  / (in->scoring.kind == KOR_SCORE_MEAN ? (double)in->n_items
                                                        : 1);
    if (!is_near(in->min_total, min * factor)
        || !is_near(in->max_total, max * factor)) {
        return kor_fail(err, KOR_BAD_VALUE, "total",
                        "total goes from %g to %g, but items and scoring "
                        "give %g to %g: change what is wrong",
                        in->min_total, in->max_total, min * factor,
                        max * factor);
    }
    if (in->max_missing >= in->n_items
        || (in->entry == KOR_ENTRY_TOTAL && in->max_missing > 0)) {
        return kor_fail(err, KOR_BAD_VALUE, "missing",
                        "missing is %zu and must be from 0 to %zu: change it",
                        in->max_missing,
                        in->entry == KOR_ENTRY_TOTAL ? 0 : in->n_items - 1);
    }
    return KOR_OK;
}

/* The items of sub-score 's' are there, and each only once. */
static enum kor_code
check_members(const struct kor_instrument *in, size_t s, struct kor_err *err)
{
    const struct kor_subscore *sub = &in->subscores[s];
    uint64_t seen = 0;
    for (size_t i = 0; i < sub->n_items; i++) {
        unsigned item = sub->items[i];
        if (item >= in->n_items || (seen >> item & 1)) {
            return kor_fail(err, KOR_BAD_VALUE,
                            at("subscores[%zu].items[%zu]", s, i).path,
                            "subscores[%zu].items[%zu] is %u; items go from "
                            "1 to %zu, each once: change it",
                            s, i, item + 1, in->n_items);
        }
        seen |= (uint64_t)1 << item;
    }
    return KOR_OK;
}

static enum kor_code
check_subscore(const struct kor_instrument *in, size_t s, struct kor_err *err)
{
    const struct kor_subscore *sub = &in->subscores[s];
    if (in->entry == KOR_ENTRY_TOTAL) {
        return kor_fail(err, KOR_BAD_VALUE, "subscores",
                        "subscores need answers item by item, but entry is "
                        "total: take them out, or change entry");
    }
    for (size_t k = 0; k < s; k++) {
        if (!strcmp(in->subscores[k].key, sub->key)) {
            return kor_fail(err, KOR_BAD_VALUE,
                            at("subscores[%zu].key", s).path,
                            "subscores[%zu].key is '%s', as another is: give "
                            "each a key of its own",
                            s, sub->key);
        }
    }
    if (sub->max_missing >= sub->n_items) {
        return kor_fail(err, KOR_BAD_VALUE,
                        at("subscores[%zu].missing", s).path,
                        "subscores[%zu].missing is %zu and must be from 0 to "
                        "%zu: change it",
                        s, sub->max_missing, sub->n_items - 1);
    }
    if (is_empty(&sub->names)) {
        return kor_fail(err, KOR_BAD_VALUE,
                        at("subscores[%zu].names", s).path,
                        "subscores[%zu].names is empty: give a name in at "
                        "least one of en, nb and sv",
                        s);
    }
    return check_members(in, s, err);
}

static bool
ages_meet(const struct kor_cutoff *a, const struct kor_cutoff *b)
{
    return a->age_from == KOR_NO_AGE || b->age_from == KOR_NO_AGE
        || (a->age_from <= b->age_to && b->age_from <= a->age_to);
}

/* True if some person would be matched by both. */
static bool
cutoffs_meet(const struct kor_cutoff *a, const struct kor_cutoff *b)
{
    bool raters = a->rater == KOR_ROLE_ANY || b->rater == KOR_ROLE_ANY
               || a->rater == b->rater;
    bool genders = a->gender == KOR_GENDER_UNKNOWN
                || b->gender == KOR_GENDER_UNKNOWN || a->gender == b->gender;
    bool languages = !a->language[0] || !b->language[0]
                  || !strcmp(a->language, b->language);
    return raters && genders && languages && ages_meet(a, b);
}

static enum kor_code
check_cutoff(const struct kor_instrument *in, size_t i, struct kor_err *err)
{
    const struct kor_cutoff *cutoff = &in->cutoffs[i];
    if (in->kind == KOR_KIND_ALLIANCE) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoffs",
                        "cutoffs are for outcome scales, and kind is "
                        "alliance: write the limit under alliance");
    }
    if (cutoff->points < in->min_total || cutoff->points > in->max_total) {
        return kor_fail(err, KOR_BAD_VALUE, at("cutoffs[%zu].points", i).path,
                        "cutoffs[%zu].points is %g and must lie on the "
                        "scale, from %g to %g: change it",
                        i, cutoff->points, in->min_total, in->max_total);
    }
    for (size_t k = 0; k < i; k++) {
        if (cutoffs_meet(cutoff, &in->cutoffs[k])) {
            return kor_fail(err, KOR_BAD_VALUE, at("cutoffs[%zu]", i).path,
                            "cutoffs[%zu] and cutoffs[%zu] both hold for the "
                            "same person: tell them apart by rater, age, "
                            "gender or language",
                            k, i);
        }
    }
    return KOR_OK;
}

static enum kor_code
check_reliable_change(const struct kor_instrument *in, struct kor_err *err)
{
    double width = in->max_total - in->min_total;
    if (in->reliable_change.points > width) {
        return kor_fail(err, KOR_BAD_VALUE, "reliable_change.points",
                        "reliable_change.points is %g, but the scale is only "
                        "%g points wide: change it",
                        in->reliable_change.points, width);
    }
    return KOR_OK;
}

static enum kor_code
check_alliance(const struct kor_instrument *in, struct kor_err *err)
{
    const struct kor_alliance_limits *alliance = &in->alliance;
    double width = in->max_total - in->min_total;
    if (!alliance->origin.source) {
        return KOR_OK;
    }
    if (in->kind != KOR_KIND_ALLIANCE) {
        return kor_fail(err, KOR_BAD_VALUE, "alliance",
                        "alliance limits are for the kind alliance, and kind "
                        "is %s: take them out, or change kind",
                        kor_kind_name(in->kind));
    }
    if (isnan(alliance->cutoff_points) && isnan(alliance->drop_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "alliance",
                        "alliance has neither cutoff nor drop: give one, or "
                        "take alliance out");
    }
    if (alliance->cutoff_points < in->min_total
        || alliance->cutoff_points > in->max_total) {
        return kor_fail(err, KOR_BAD_VALUE, "alliance.cutoff",
                        "alliance.cutoff is %g and must lie on the scale, "
                        "from %g to %g: change it",
                        alliance->cutoff_points, in->min_total,
                        in->max_total);
    }
    if (alliance->drop_points > width) {
        return kor_fail(err, KOR_BAD_VALUE, "alliance.drop",
                        "alliance.drop is %g, but the scale is only %g "
                        "points wide: change it",
                        alliance->drop_points, width);
    }
    return KOR_OK;
}

static enum kor_code
check_attention(const struct kor_instrument *in, size_t i,
                struct kor_err *err)
{
    const struct kor_attention_rule *rule = &in->attention[i];
    if (rule->item >= in->n_items) {
        return kor_fail(err, KOR_BAD_VALUE, at("attention[%zu].item", i).path,
                        "attention[%zu].item is %zu, but items go from 1 to "
                        "%zu: change it",
                        i, rule->item + 1, in->n_items);
    }
    const struct kor_item *item = &in->items[rule->item];
    if (rule->from <= item->min || rule->from > item->max) {
        return kor_fail(err, KOR_BAD_VALUE, at("attention[%zu].from", i).path,
                        "attention[%zu].from is %g and must be more than %g "
                        "and at most %g, the limits of its item: change it",
                        i, rule->from, item->min, item->max);
    }
    for (size_t k = 0; k < i; k++) {
        if (in->attention[k].item == rule->item) {
            return kor_fail(err, KOR_BAD_VALUE,
                            at("attention[%zu].item", i).path,
                            "attention[%zu].item is %zu, as in another rule: "
                            "keep one rule for each item",
                            i, rule->item + 1);
        }
    }
    if (is_empty(&rule->what)) {
        return kor_fail(err, KOR_BAD_VALUE, at("attention[%zu].what", i).path,
                        "attention[%zu].what is empty: say in at least one "
                        "of en, nb and sv what to do",
                        i);
    }
    return KOR_OK;
}

static enum kor_code
check_norm(const struct kor_instrument *in, size_t i, struct kor_err *err)
{
    const struct kor_norm *norm = &in->norms[i];
    if (norm->mean < in->min_total || norm->mean > in->max_total
        || norm->sd > in->max_total - in->min_total) {
        return kor_fail(err, KOR_BAD_VALUE, at("norms[%zu].mean", i).path,
                        "norms[%zu] has the mean %g and the sd %g, which do "
                        "not fit a scale from %g to %g: change them",
                        i, norm->mean, norm->sd, in->min_total,
                        in->max_total);
    }
    return KOR_OK;
}

static enum kor_code
check_licence(const struct kor_instrument *in, struct kor_err *err)
{
    if (!in->licence.spdx == !in->licence.words) {
        return kor_fail(err, KOR_BAD_VALUE, "licence",
                        "licence must have either spdx, the short name of a "
                        "licence, or words that say the terms: give one of "
                        "them");
    }
    return KOR_OK;
}

enum kor_code
kor_instrument_check(const struct kor_instrument *in, struct kor_err *err)
{
    static const struct {
        enum kor_code (*check)(const struct kor_instrument *in, size_t i,
                               struct kor_err *err);
        size_t n_offset;
    } lists[] = {
        {check_subscore, offsetof(struct kor_instrument, n_subscores)},
        {check_cutoff, offsetof(struct kor_instrument, n_cutoffs)},
        {check_attention, offsetof(struct kor_instrument, n_attention)},
        {check_norm, offsetof(struct kor_instrument, n_norms)},
    };
    static enum kor_code (*const wholes[])(const struct kor_instrument *in,
                                           struct kor_err *err)
        = {check_names, check_prompt, check_items, check_total,
           check_reliable_change, check_alliance, check_licence};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(wholes) && code == KOR_OK; i++) {
        code = wholes[i](in, err);
    }
    for (size_t i = 0; i < KOR_LENGTH(lists) && code == KOR_OK; i++) {
        size_t n;
        memcpy(&n, (const char *)in + lists[i].n_offset, sizeof n);
        for (size_t k = 0; k < n && code == KOR_OK; k++) {
            code = lists[i].check(in, k, err);
        }
    }
    return code;
}

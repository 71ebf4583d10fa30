/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a form to its scores: see kor/define/instrument.h. */

#include "kor/define/instrument.h"

#include <math.h>
#include <stdio.h>

/* An answer that asks goes before one that was not seen. */
static void
look(const struct kor_instrument *in, const double values[],
     struct kor_instrument_result *result)
{
    for (size_t i = 0; i < in->n_attention; i++) {
        const struct kor_attention_rule *rule = &in->attention[i];
        double value = values ? values[rule->item] : NAN;
        if (value >= rule->from) {
            result->attention = KOR_ATTENTION_ASKED;
            result->rule = rule;
            return;
        }
        if (isnan(value) && result->attention == KOR_ATTENTION_NONE) {
            result->attention = KOR_ATTENTION_NOT_SEEN;
            result->rule = rule;
        }
    }
}

static enum kor_code
check_values(const struct kor_instrument *in, const double values[], size_t n,
             struct kor_err *err)
{
    if (in->entry == KOR_ENTRY_TOTAL) {
        return kor_fail(err, KOR_BAD_VALUE, in->key,
                        "of %s only the total can be entered: give --total "
                        "with a number from %g to %g",
                        in->key, in->min_total, in->max_total);
    }
    if (n != in->n_items) {
        return kor_fail(err, KOR_BAD_VALUE, in->key,
                        "%s has %zu items, and %zu answers were given: give "
                        "one for each, and - for a missing one",
                        in->key, in->n_items, n);
    }
    for (size_t i = 0; i < n; i++) {
        const struct kor_item *item = &in->items[i];
        double steps = (values[i] - item->min) / item->step;
        bool is_right = values[i] >= item->min && values[i] <= item->max
                     && fabs(steps - round(steps)) < 1e-6;
        if (!isnan(values[i]) && !is_right) {
            char field[32];
            snprintf(field, sizeof field, "item %zu", i + 1);
            return kor_fail(err, KOR_BAD_VALUE, field,
                            "item %zu of %s is %g and must be from %g to %g "
                            "in steps of %g: correct it, or give - if it is "
                            "missing",
                            i + 1, in->key, values[i], item->min, item->max,
                            item->step);
        }
    }
    return KOR_OK;
}

/* The total, and then each sub-score, by its rule. */
static enum kor_code
apply_rules(const struct kor_instrument *in, const double values[],
            struct kor_instrument_result *result, struct kor_err *err)
{
    struct kor_score score;
    const struct kor_score_rule whole = {.kind = in->scoring.kind,
                                         .multiplier = in->scoring.multiplier,
                                         .max_missing = in->max_missing};
    enum kor_code code = kor_score_answers(&whole, in->items, values,
                                           in->n_items, &score, err);
    if (code != KOR_OK) {
        return code;
    }
    result->total = score.total;
    result->n_missing = score.n_missing;
    result->is_prorated = score.is_prorated;
    for (size_t i = 0; i < in->n_subscores && code == KOR_OK; i++) {
        const struct kor_subscore *sub = &in->subscores[i];
        const struct kor_score_rule rule
            = {.subset = sub->items,
               .n_subset = sub->n_items,
               .kind = sub->scoring.kind,
               .multiplier = sub->scoring.multiplier,
               .max_missing = sub->max_missing};
        code = kor_score_answers(&rule, in->items, values, in->n_items,
                                 &score, err);
        result->subscores[i] = score.total;
    }
    return code;
}

enum kor_code
kor_instrument_score(const struct kor_instrument *instrument,
                     const double values[], size_t n,
                     struct kor_instrument_result *result,
                     struct kor_err *err)
{
    *result = (struct kor_instrument_result){.total = NAN};
    enum kor_code code = check_values(instrument, values, n, err);
    if (code != KOR_OK) {
        return code;
    }
    look(instrument, values, result);
    return apply_rules(instrument, values, result, err);
}

enum kor_code
kor_instrument_total(const struct kor_instrument *instrument, double total,
                     struct kor_instrument_result *result,
                     struct kor_err *err)
{
    *result = (struct kor_instrument_result){.total = NAN};
    if (instrument->entry == KOR_ENTRY_ITEMS) {
        return kor_fail(err, KOR_BAD_VALUE, "total",
                        "%s is entered item by item: give its %zu answers, "
                        "and - for a missing one",
                        instrument->key, instrument->n_items);
    }
    if (!(total >= instrument->min_total && total <= instrument->max_total)) {
        return kor_fail(err, KOR_BAD_VALUE, "total",
                        "the total of %s is %g and must be from %g to %g: "
                        "correct it",
                        instrument->key, total, instrument->min_total,
                        instrument->max_total);
    }
    result->total = total;
    for (size_t i = 0; i < instrument->n_subscores; i++) {
        result->subscores[i] = NAN;
    }
    look(instrument, NULL, result);
    return KOR_OK;
}

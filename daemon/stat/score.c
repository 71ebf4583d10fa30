/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Score: see kor/stat/score.h. */

#include "kor/stat/score.h"

#include <math.h>
#include <stdio.h>

#include "kor/base/err.h"

/* Whether 'value' is one of the answers that 'item' has. */
static bool
is_answer(const struct kor_item *item, double value)
{
    if (!(value >= item->min && value <= item->max)) {
        return false;
    }
    double steps = item->step > 0 ? (value - item->min) / item->step : 0;
    return fabs(steps - round(steps)) <= 1e-6;
}

static enum kor_code
refuse(const struct kor_item *item, size_t index, struct kor_err *err)
{
    char field[32];
    snprintf(field, sizeof field, "item %zu", index + 1);
    if (item->step > 0) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "item %zu must be between %g and %g, in steps of %g; "
                        "write - if it was not answered",
                        index + 1, item->min, item->max, item->step);
    }
    return kor_fail(err, KOR_BAD_VALUE, field,
                    "item %zu must be between %g and %g; write - if it was "
                    "not answered",
                    index + 1, item->min, item->max);
}

static double
turned(const struct kor_item *item, double value)
{
    return item->is_reversed ? item->min + item->max - value : value;
}

static enum kor_code
check(const struct kor_score_rule *rule, const struct kor_item items[],
      const double values[], size_t n_items, struct kor_err *err)
{
    for (size_t i = 0; i < n_items; i++) {
        if (!isnan(values[i]) && !is_answer(&items[i], values[i])) {
            return refuse(&items[i], i, err);
        }
    }
    for (size_t k = 0; rule->subset && k < rule->n_subset; k++) {
        if (rule->subset[k] >= n_items) {
            return kor_fail(err, KOR_BAD_VALUE, "items",
                            "the score uses item %d, and the form has %zu",
                            rule->subset[k] + 1, n_items);
        }
    }
    return KOR_OK;
}

/* The mean comes last, so that whole numbers of points stay whole. */
static double
total_of(const struct kor_score_rule *rule, double sum, size_t n,
         size_t n_missing)
{
    if (n_missing > rule->max_missing || n_missing >= n) {
        return NAN;
    }
    if (rule->kind == KOR_SCORE_SUM && n_missing == 0) {
        return rule->multiplier * sum;
    }
    double count = rule->kind == KOR_SCORE_SUM ? (double)n : 1;
    return rule->multiplier * sum * count / (double)(n - n_missing);
}

enum kor_code
kor_score_answers(const struct kor_score_rule *rule,
                  const struct kor_item items[], const double values[],
                  size_t n_items, struct kor_score *out, struct kor_err *err)
{
    enum kor_code code = check(rule, items, values, n_items, err);
    if (code) {
        return code;
    }
    size_t n = rule->subset ? rule->n_subset : n_items, n_missing = 0;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        size_t i = rule->subset ? rule->subset[k] : k;
        if (isnan(values[i])) {
            n_missing++;
        } else {
            sum += turned(&items[i], values[i]);
        }
    }
    out->n_missing = n_missing;
    out->total = total_of(rule, sum, n, n_missing);
    out->is_prorated = n_missing > 0 && !isnan(out->total);
    return KOR_OK;
}

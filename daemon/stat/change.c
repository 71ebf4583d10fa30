/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Change: see kor/stat/change.h. */

#include "kor/stat/change.h"

#include <math.h>
#include <string.h>

#include "stat/change_scale.h"

static const double equal_share = 1e-12;

/* Whether 'value' passes 'limit', 'compare' says how; 'size' is that of the
 * numbers the two come from. */
static bool
passes(double value, double limit, enum kor_compare compare, double size)
{
    double slack = equal_share * size;
    return compare == KOR_AT_LEAST ? value >= limit - slack
                                   : value > limit + slack;
}

/* One person's adjusted gain, towards better, and the error it is counted
 * in. */
struct gain {
    double points;
    double error;
    double size; /* Of the numbers it comes from. */
};

static struct gain
gain_of(const struct kor_change_rule *rule,
        const struct kor_change_pairs *pairs, const struct change_scale *scale,
        size_t i)
{
    if (rule->method == KOR_CHANGE_HLM) {
        double slope = pairs->slope[i];
        return (struct gain){scale->towards * slope, pairs->slope_se[i],
                             fabs(slope)};
    }
    double first = pairs->first[i], last = pairs->last[i];
    double points = scale->weight * (last - first) + scale->shift;
    double size = fabs(first) + fabs(last) + fabs(scale->shift);
    if (scale->pull != 0) {
        points += scale->pull * (first - scale->centre);
        size += fabs(scale->centre);
    }
    return (struct gain){scale->towards * points, scale->error, size};
}

/* Whether 'points' is beyond the cut-off towards 'side' (1 higher, -1
 * lower). */
static bool
is_beyond(double points, double cutoff, double side, enum kor_compare compare)
{
    return passes(side * (points - cutoff), 0, compare,
                  fabs(points) + fabs(cutoff));
}

static enum kor_change_class
class_of_gain(const struct kor_change_rule *rule,
              const struct kor_change *group, double towards, struct gain gain,
              double first, double last)
{
    double limit = group->critical * gain.error, cutoff = group->cutoff_points;
    double size = gain.size + limit;
    bool has_cutoff = !isnan(cutoff);
    bool was_treated
        = is_beyond(first, cutoff, -towards, rule->start_compare);
    bool is_past = is_beyond(last, cutoff, towards, rule->cutoff_compare);
    if (passes(gain.points, limit, rule->rc_compare, size)) {
        return has_cutoff && was_treated && is_past ? KOR_CHANGE_RECOVERED
                                                    : KOR_CHANGE_IMPROVED;
    }
    if (passes(-gain.points, limit, rule->rc_compare, size)) {
        return has_cutoff && !was_treated && !is_past
                 ? KOR_CHANGE_HARMED
                 : KOR_CHANGE_DETERIORATED;
    }
    return KOR_CHANGE_UNCHANGED;
}

static bool
is_classed(const struct kor_change_rule *rule,
           const struct kor_change_pairs *pairs, size_t i)
{
    return change_has_pair(pairs, i)
        && (rule->method != KOR_CHANGE_HLM
            || (!isnan(pairs->slope[i]) && !isnan(pairs->slope_se[i])));
}

/* Slopes without an error of their own cannot be held against one. */
static enum kor_change_status
status_of_slopes(const struct kor_change_rule *rule,
                 const struct kor_change_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        if (is_classed(rule, pairs, i) && pairs->slope_se[i] <= 0) {
            return KOR_CHANGE_NO_SPREAD;
        }
    }
    return KOR_CHANGE_OK;
}

static void
class_all(const struct kor_change_rule *rule,
          const struct kor_change_pairs *pairs,
          const struct change_scale *scale, struct kor_change *out,
          enum kor_change_class class_of[], double index[])
{
    for (size_t i = 0; i < pairs->n; i++) {
        enum kor_change_class class = KOR_CHANGE_LEFT_OUT;
        double ratio = NAN;
        if (out->status == KOR_CHANGE_OK && is_classed(rule, pairs, i)) {
            struct gain gain = gain_of(rule, pairs, scale, i);
            ratio = gain.points / gain.error;
            class = class_of_gain(rule, out, scale->towards, gain,
                                  pairs->first[i], pairs->last[i]);
            out->count[class]++;
            out->n++;
        }
        if (class_of) {
            class_of[i] = class;
        }
        if (index) {
            index[i] = ratio;
        }
    }
}

static double
critical_of(const struct kor_change_rule *rule)
{
    if (!isnan(rule->critical)) {
        return rule->critical;
    }
    return rule->method == KOR_CHANGE_HA ? 1.65 : 1.96;
}

enum kor_code
kor_change_of(const struct kor_change_rule *rule,
              const struct kor_change_pairs *pairs, struct kor_change *out,
              enum kor_change_class class_of[], double index[],
              struct kor_err *err)
{
    enum kor_code code = change_check_rule(rule, err);
    if (code == KOR_OK) {
        code = change_check_pairs(rule, pairs, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct change_scale scale = {0};
    *out = (struct kor_change){.method = rule->method,
                               .critical = critical_of(rule),
                               .error = NAN,
                               .difference_reliability = NAN,
                               .needed_points = NAN,
                               .needed_worse_points = NAN};
    change_measure(rule, pairs, out, &scale);
    if (out->status == KOR_CHANGE_OK && rule->method == KOR_CHANGE_HLM) {
        out->status = status_of_slopes(rule, pairs);
    }
    class_all(rule, pairs, &scale, out, class_of, index);
    return KOR_OK;
}

static const char *const method_names[]
    = {[KOR_CHANGE_JT] = "jt",   [KOR_CHANGE_GLN] = "gln",
       [KOR_CHANGE_HLL] = "hll", [KOR_CHANGE_EN] = "en",
       [KOR_CHANGE_NK] = "nk",   [KOR_CHANGE_HA] = "ha",
       [KOR_CHANGE_HLM] = "hlm"};

const char *
kor_change_method_name(enum kor_change_method method)
{
    return method_names[method];
}

bool
kor_change_method_from(const char *word, enum kor_change_method *method)
{
    for (int i = 0; i < KOR_CHANGE_METHODS; i++) {
        if (!strcmp(word, method_names[i])) {
            *method = (enum kor_change_method)i;
            return true;
        }
    }
    return false;
}

const char *
kor_change_class_name(enum kor_change_class which)
{
    static const char *const names[]
        = {[KOR_CHANGE_RECOVERED] = "recovered",
           [KOR_CHANGE_IMPROVED] = "improved",
           [KOR_CHANGE_UNCHANGED] = "unchanged",
           [KOR_CHANGE_DETERIORATED] = "deteriorated",
           [KOR_CHANGE_HARMED] = "harmed",
           [KOR_CHANGE_LEFT_OUT] = "left-out"};
    return names[which];
}

const char *
kor_change_status_name(enum kor_change_status status)
{
    static const char *const names[]
        = {[KOR_CHANGE_OK] = "ok",
           [KOR_CHANGE_TOO_FEW] = "too-few",
           [KOR_CHANGE_NO_SPREAD] = "no-spread",
           [KOR_CHANGE_NO_RELIABLE_DIFFERENCE] = "no-reliable-difference"};
    return names[status];
}

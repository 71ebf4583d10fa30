/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of the group behind the classes: see kor/stat/change.h. */

#include "stat/change_scale.h"

#include <math.h>

static void
find_means(const struct kor_change_pairs *pairs, struct kor_change *out,
           struct kor_population *first)
{
    double sum_first = 0, sum_last = 0;
    out->n_pairs = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        if (change_has_pair(pairs, i)) {
            sum_first += pairs->first[i];
            sum_last += pairs->last[i];
            out->n_pairs++;
        }
    }
    out->n_left_out = pairs->n - out->n_pairs;
    first->mean = out->n_pairs ? sum_first / (double)out->n_pairs : NAN;
    out->last.mean = out->n_pairs ? sum_last / (double)out->n_pairs : NAN;
}

/* Deviations and correlation of the pairs, about means that are known. */
static void
find_spread(const struct kor_change_pairs *pairs, struct kor_change *out,
            struct kor_population *first)
{
    double squares_first = 0, squares_last = 0, products = 0;
    double below = (double)out->n_pairs - 1;
    for (size_t i = 0; i < pairs->n; i++) {
        if (change_has_pair(pairs, i)) {
            double a = pairs->first[i] - first->mean;
            double b = pairs->last[i] - out->last.mean;
            squares_first += a * a;
            squares_last += b * b;
            products += a * b;
        }
    }
    first->sd = out->n_pairs > 1 ? sqrt(squares_first / below) : NAN;
    out->last.sd = out->n_pairs > 1 ? sqrt(squares_last / below) : NAN;
    out->correlation = squares_first > 0 && squares_last > 0
                         ? products / sqrt(squares_first) / sqrt(squares_last)
                         : NAN;
}

/* R of Hageman and Arrindell: the share of true differences in the spread of
 * differences.  NAN if differences have no spread but what rounding leaves. */
static double
reliability_of_difference(const struct kor_change_rule *rule,
                          struct kor_population first,
                          struct kor_population last, double correlation)
{
    double r = isnan(rule->correlation) ? correlation : rule->correlation;
    double both = first.sd > 0 && last.sd > 0 ? 2 * r * first.sd * last.sd : 0;
    double a = first.sd * first.sd, b = last.sd * last.sd;
    double spread = a + b - both;
    double truth = a * rule->reliability + b * rule->reliability_last - both;
    return spread > 1e-12 * (a + b) ? truth / spread : NAN;
}

static void
scale_ha(const struct kor_change_rule *rule, struct kor_population first,
         struct kor_change *out, struct change_scale *scale)
{
    double r = reliability_of_difference(rule, first, out->last,
                                         out->correlation);
    double se = out->intake.sd * sqrt(1 - rule->reliability);
    out->difference_reliability = r;
    scale->weight = r;
    scale->pull = 0;
    scale->shift = (1 - r) * (out->last.mean - first.mean);
    scale->error = r > 0 ? sqrt(r) * sqrt(2) * se : 0;
}

static void
scale_regression(const struct kor_change_rule *rule, struct kor_change *out,
                 struct change_scale *scale)
{
    double r = rule->reliability, sd = out->intake.sd;
    scale->weight = 1;
    scale->pull = 1 - r;
    scale->shift = 0;
    scale->error = sd * sqrt(1 - r * r);
    if (rule->method == KOR_CHANGE_EN) {
        scale->error = sd * sqrt(1 - r);
    } else if (rule->method == KOR_CHANGE_NK) {
        scale->error
            = sd * sqrt(r * r * (1 - r) + (1 - rule->reliability_last));
    } else if (rule->method == KOR_CHANGE_HLL) {
        out->is_group_relative = isnan(rule->last_mean);
        scale->shift = out->intake.mean
                     - (out->is_group_relative ? out->last.mean
                                               : rule->last_mean);
    }
}

static void
scale_difference(const struct kor_change_rule *rule,
                 const struct kor_change *out, struct change_scale *scale)
{
    scale->weight = 1;
    scale->pull = 0;
    scale->shift = 0;
    scale->error = isnan(rule->rc_points)
                     ? sqrt(2) * out->intake.sd * sqrt(1 - rule->reliability)
                     : rule->rc_points / out->critical;
}

static double
cutoff_of(const struct kor_change_rule *rule, struct kor_population intake)
{
    struct kor_population norm = rule->norm;
    if (rule->method == KOR_CHANGE_HA) {
        intake.sd *= sqrt(rule->reliability);
        norm.sd *= sqrt(rule->reliability);
    }
    switch (rule->cutoff) {
    case KOR_CHANGE_CUTOFF_A:
        return kor_cutoff_a(intake, rule->better);
    case KOR_CHANGE_CUTOFF_B:
        return kor_cutoff_b(norm, rule->better);
    case KOR_CHANGE_CUTOFF_C:
        return kor_cutoff_c(intake, norm);
    case KOR_CHANGE_CUTOFF_FIXED:
        return rule->cutoff_points;
    case KOR_CHANGE_NO_CUTOFF:
        break;
    }
    return NAN;
}

static void
find_needed(const struct kor_change_rule *rule,
            const struct change_scale *scale, struct kor_change *out)
{
    double shift = scale->towards * scale->shift;
    double limit = isnan(rule->rc_points) ? out->critical * scale->error
                                          : rule->rc_points;
    if (scale->pull == 0) {
        out->needed_points = (limit - shift) / scale->weight;
        out->needed_worse_points = (limit + shift) / scale->weight;
    }
}

static enum kor_change_status
status_of(const struct kor_change_rule *rule, const struct kor_change *out,
          double error)
{
    bool is_ha = rule->method == KOR_CHANGE_HA;
    bool lacks_cutoff = rule->cutoff != KOR_CHANGE_NO_CUTOFF
                     && isnan(out->cutoff_points);
    if (out->n_pairs < 2 && (isnan(error) || lacks_cutoff || is_ha)) {
        return KOR_CHANGE_TOO_FEW;
    }
    if (is_ha && out->difference_reliability <= 0) {
        return KOR_CHANGE_NO_RELIABLE_DIFFERENCE;
    }
    return error > 0 && isfinite(error) && !lacks_cutoff
             ? KOR_CHANGE_OK
             : KOR_CHANGE_NO_SPREAD;
}

static void
find_scale(const struct kor_change_rule *rule, struct kor_population first,
           struct kor_change *out, struct change_scale *scale)
{
    scale->centre = out->intake.mean;
    switch (rule->method) {
    case KOR_CHANGE_HLM:
        scale->error = 1;
        return;
    case KOR_CHANGE_HA:
        scale_ha(rule, first, out, scale);
        break;
    case KOR_CHANGE_JT:
        scale_difference(rule, out, scale);
        break;
    default:
        scale_regression(rule, out, scale);
        break;
    }
}

void
change_measure(const struct kor_change_rule *rule,
               const struct kor_change_pairs *pairs, struct kor_change *out,
               struct change_scale *scale)
{
    struct kor_population first;
    bool is_hlm = rule->method == KOR_CHANGE_HLM;
    find_means(pairs, out, &first);
    find_spread(pairs, out, &first);
    out->intake = rule->intake;
    if (isnan(out->intake.mean)) {
        out->intake.mean = first.mean;
    }
    if (isnan(out->intake.sd)) {
        out->intake.sd = first.sd;
    }
    scale->towards = rule->better == KOR_HIGHER_IS_BETTER ? 1 : -1;
    find_scale(rule, first, out, scale);
    out->cutoff_points = cutoff_of(rule, out->intake);
    out->norm_is_worse
        = scale->towards * (rule->norm.mean - out->intake.mean) <= 0;
    out->status = status_of(rule, out, scale->error);
    if (out->status == KOR_CHANGE_OK && !is_hlm) {
        out->error = scale->error;
        find_needed(rule, scale, out);
    }
}

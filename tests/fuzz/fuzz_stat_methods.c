/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever numbers come in to the methods for groups, endings and turning
 * points: no crash, no endless search, counts that add up, shares between 0
 * and 1, and intervals whose ends are the right way round.
 *
 * The first byte says which method is asked; tests/fuzz/fuzz_stat.c is its
 * sister for models and courses. */

#include "fuzz/feed.h"
#include "kor/base/err.h"
#include "kor/stat/answering.h"
#include "kor/stat/attainment.h"
#include "kor/stat/between.h"
#include "kor/stat/change.h"
#include "kor/stat/cusum.h"
#include "kor/stat/effect.h"
#include "kor/stat/endings.h"
#include "kor/stat/funnel.h"
#include "kor/stat/gains.h"
#include "kor/stat/pair.h"
#include "kor/stat/reliability.h"
#include "kor/stat/rupture.h"
#include "kor/stat/severity.h"
#include "kor/stat/small_gains.h"
#include "kor/stat/survival.h"
#include "kor/stat/tail.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { most = 40 };

static struct kor_err err;

/* Whether it went well; if not, the error has to say why. */
static bool
is_ok(enum kor_code code)
{
    must(code == KOR_OK
         || (code == KOR_BAD_VALUE && err.code == code && err.field[0]
             && err.text[0]));
    return code == KOR_OK;
}

static size_t
feed_scores(struct feed *feed, double to[most])
{
    size_t n = feed_count(feed, most);
    for (size_t i = 0; i < most; i++) {
        to[i] = i < n ? feed_number(feed) : 0;
    }
    return n;
}

/* A level of intervals that mostly is one. */
static double
feed_level(struct feed *feed)
{
    uint8_t byte = feed_byte(feed);
    return byte < 240 ? (byte + 0.5) / 240 : feed_number(feed);
}

static enum kor_better
feed_better(struct feed *feed)
{
    return (enum kor_better)feed_count(feed, 1);
}

static void
must_be_share(double share)
{
    must(isnan(share) || (share >= 0 && share <= 1));
}

/* An interval round a value, but for the last digits. */
static void
must_be_upwards(double low, double value, double high)
{
    double slack = 1e-9 * fabs(value);
    must(!(low > value + slack) && !(value > high + slack));
    must(!(low > high + slack));
}

static void
must_be_mean(struct kor_mean mean)
{
    must(isnan(mean.mean) == (mean.n == 0) || !isfinite(mean.mean));
    must(isnan(mean.sd) || mean.sd >= 0);
}

/* --- turning points ------------------------------------------------------- */

static void
fuzz_gains(struct feed *feed)
{
    double scores[most];
    struct kor_gain events[most];
    struct kor_gain_count count;
    const struct kor_gain_rules rules = {
        .turn = (enum kor_turn)feed_count(feed, 1),
        .better = feed_better(feed),
        .threshold_points = feed_number(feed),
        .share = feed_level(feed),
        .origin_points = feed_number(feed),
        .rule = (enum kor_turn_rule)feed_count(feed, 1)};
    size_t n = feed_scores(feed, scores);
    if (is_ok(kor_gains_find(&rules, scores, n, events, &count, &err))) {
        must(count.n_events <= count.n_gaps && count.n_gaps <= n);
        for (size_t i = 0; i < count.n_events; i++) {
            must(events[i].to == events[i].from + 1 && events[i].to <= n);
            must(events[i].apart_points > events[i].needed_points);
            must(events[i].reversed_at == 0
                 || (events[i].reversed_at > events[i].to
                     && events[i].reversed_at <= n));
        }
    }
    struct kor_small_gain small[most];
    size_t n_small = 0;
    if (is_ok(kor_small_gains_find(rules.better, feed_number(feed), scores, n,
                                   small, &n_small, &err))) {
        must(n_small <= n);
        for (size_t i = 0; i < n_small; i++) {
            must(small[i].by_points > 0 && small[i].session <= n);
        }
    }
}

static void
fuzz_rupture(struct feed *feed)
{
    double scores[most];
    struct kor_rupture events[most];
    struct kor_rupture_ground ground;
    size_t n_events = 0;
    const struct kor_rupture_rules rules = {
        .better = feed_better(feed),
        .cutoff_points = feed_number(feed),
        .drop_points = feed_number(feed),
        .uses_chart = feed_byte(feed) & 1,
        .repair_sessions = feed_count(feed, 6),
        .worst_points = feed_number(feed),
        .best_points = feed_number(feed)};
    size_t n = feed_scores(feed, scores);
    if (is_ok(kor_ruptures_find(&rules, scores, n, events, &n_events, &ground,
                                &err))) {
        must(n_events <= n && ground.n_given <= n);
        must(ground.n_best <= ground.n_given);
        for (size_t i = 0; i < n_events; i++) {
            must(events[i].from < events[i].to && events[i].to <= n);
            must(events[i].rules != 0 && events[i].repaired_at <= n);
        }
    }
}

static void
fuzz_answering(struct feed *feed)
{
    double scores[most], weights[most], t = 0;
    struct kor_answering out;
    const struct kor_answering_rules rules
        = {feed_number(feed), feed_count(feed, 6), feed_count(feed, 6),
           feed_count(feed, 6), feed_number(feed)};
    size_t n = feed_scores(feed, scores);
    if (is_ok(kor_answering_of(&rules, scores, n, &out, &err))) {
        must(out.n_given <= n && out.flat.n <= out.n_given);
        must(out.best.n <= out.n_best && out.n_best <= out.n_given);
        must(out.flat.to <= n && out.flat.from <= out.flat.to);
    }
    feed_scores(feed, weights);
    if (is_ok(kor_attainment_t(scores, feed_byte(feed) & 1 ? weights : NULL,
                               n, feed_number(feed), &t, &err))) {
        must(!isinf(t));
    }
}

/* --- change of groups ---------------------------------------------------- */

static void
fuzz_change(struct feed *feed)
{
    double first[most], last[most], slope[most], slope_se[most], index[most];
    enum kor_change_class class_of[most];
    struct kor_change out;
    const struct kor_change_rule rule = {
        .method = (enum kor_change_method)feed_count(feed, 6),
        .better = feed_better(feed),
        .critical = feed_number(feed),
        .rc_compare = (enum kor_compare)feed_count(feed, 1),
        .rc_points = feed_number(feed),
        .reliability = feed_level(feed),
        .reliability_last = feed_level(feed),
        .correlation = feed_number(feed),
        .last_mean = feed_number(feed),
        .intake = {feed_number(feed), feed_number(feed)},
        .cutoff = (enum kor_change_cutoff)feed_count(feed, 4),
        .cutoff_points = feed_number(feed),
        .norm = {feed_number(feed), feed_number(feed)},
        .start_compare = (enum kor_compare)feed_count(feed, 1),
        .cutoff_compare = (enum kor_compare)feed_count(feed, 1)};
    size_t n = feed_scores(feed, first), sum = 0;
    feed_scores(feed, last);
    feed_scores(feed, slope);
    feed_scores(feed, slope_se);
    const struct kor_change_pairs pairs = {first, last, slope, slope_se, n};
    if (is_ok(kor_change_of(&rule, &pairs, &out, class_of, index, &err))) {
        for (size_t k = 0; k < KOR_CHANGE_CLASSES; k++) {
            sum += out.count[k];
        }
        must(sum == out.n && out.n <= n);
        must(out.status == KOR_CHANGE_OK || out.n == 0);
        for (size_t i = 0; i < n; i++) {
            must(class_of[i] <= KOR_CHANGE_LEFT_OUT);
            must(class_of[i] != KOR_CHANGE_LEFT_OUT || isnan(index[i]));
        }
    }
}

static void
fuzz_pair(struct feed *feed)
{
    struct kor_measure scales[2];
    double scores[4][most], sessions[most];
    struct kor_pair out;
    for (size_t k = 0; k < 2; k++) {
        scales[k] = (struct kor_measure){
            .min_points = 0,
            .max_points = 64,
            .better = feed_better(feed),
            .rc_points = feed_number(feed),
            .rc_compare = (enum kor_compare)feed_count(feed, 1),
            .cutoff_points = feed_number(feed),
            .cutoff_compare = (enum kor_compare)feed_count(feed, 1)};
    }
    size_t n = feed_scores(feed, scores[0]);
    for (size_t k = 1; k < 4; k++) {
        feed_scores(feed, scores[k]);
    }
    feed_scores(feed, sessions);
    const struct kor_pair_people people
        = {{scores[0], scores[1]}, {scores[2], scores[3]},
           feed_byte(feed) & 1 ? sessions : NULL, n};
    if (is_ok(kor_pair_of(scales, &people, feed_level(feed), &out, NULL,
                          &err))) {
        must(out.n + out.n_missing + out.n_too_short == n);
        must(out.n_at_caseness <= out.n && out.n_recovered
             <= out.n_at_caseness);
        must(out.n_reliably_recovered <= out.n_recovered);
        must_be_share(out.recovered.share);
        must_be_upwards(out.improved.low, out.improved.share,
                        out.improved.high);
    }
}

static void
fuzz_effect(struct feed *feed)
{
    double pre[most], post[most], covariates[most];
    struct kor_effect effect;
    enum kor_better better = feed_better(feed);
    size_t n = feed_scores(feed, pre);
    feed_scores(feed, post);
    feed_scores(feed, covariates);
    const struct kor_pre_post group = {pre, post, n, better};
    double level = feed_level(feed);
    if (is_ok(kor_effect_of(&group, feed_number(feed), level, &effect,
                            &err))) {
        must(effect.n + effect.n_one + effect.n_none == n);
        must(isnan(effect.r) || fabs(effect.r) <= 1 + 1e-12);
        must_be_upwards(effect.d_pre.low, effect.d_pre.value,
                        effect.d_pre.high);
        must_be_upwards(effect.srm.low, effect.srm.value, effect.srm.high);
    }
    const struct kor_measure measure = {.min_points = 0, .max_points = 64,
                                        .better = better,
                                        .rc_points = NAN,
                                        .cutoff_points = feed_number(feed)};
    const struct kor_severity_people people
        = {pre, post, n, covariates, feed_count(feed, 1)};
    struct kor_severity_reference reference;
    struct kor_severity severity;
    if (is_ok(kor_severity_fit(&measure, &people, &reference, &err))
        && reference.status == KOR_SEVERITY_FITTED
        && is_ok(kor_severity_of(&reference, &people, level, NULL, &severity,
                                 &err))) {
        must(isfinite(reference.level) && reference.residual_sd >= 0);
        must_be_mean(severity.relative);
        must(severity.count.n == reference.count.n);
    }
}

/* --- groups --------------------------------------------------------------- */

static void
fuzz_between(struct feed *feed)
{
    enum { groups = 8, covariates = 2, room = 4096 };
    double y[most], rows[most * covariates];
    size_t group[most];
    static double workspace[room];
    struct kor_between_group out[groups];
    struct kor_between_fit fit;
    size_t n_covariates = feed_count(feed, covariates);
    size_t n_groups = 1 + feed_count(feed, groups - 1);
    double level = feed_level(feed);
    size_t n = feed_scores(feed, y);
    for (size_t i = 0; i < n; i++) {
        group[i] = feed_count(feed, n_groups - 1);
        for (size_t k = 0; k < n_covariates; k++) {
            rows[i * n_covariates + k] = feed_number(feed);
        }
    }
    const struct kor_between_data data = {y, group, rows, n, n_groups,
                                          n_covariates, level, 3};
    must(kor_between_workspace(n_groups, n_covariates) <= room);
    if (!is_ok(kor_between_fit(&data, workspace, &fit, out, &err))) {
        return;
    }
    must(fit.n_people + fit.n_incomplete == n && fit.n_groups <= n_groups);
    if (!kor_between_has_estimates(&fit)) {
        must(isnan(fit.tau2) && isnan(fit.sigma2) && isnan(fit.b[0]));
        return;
    }
    must(fit.tau2 >= 0 && fit.sigma2 > 0 && isfinite(fit.tau2));
    must_be_share(fit.icc);
    must_be_upwards(fit.icc_low, fit.icc, fit.icc_high);
    for (size_t k = 0; k < n_groups; k++) {
        must_be_share(out[k].shrink);
        must_be_upwards(out[k].low, out[k].u, out[k].high);
    }
}

static void
fuzz_survival(struct feed *feed)
{
    struct kor_survival_time people[most];
    struct kor_survival_row rows[most];
    struct kor_survival out;
    double level = feed_level(feed), share = 1;
    enum kor_survival_scale scale
        = (enum kor_survival_scale)feed_count(feed, 2);
    size_t n = feed_count(feed, most);
    for (size_t i = 0; i < n; i++) {
        people[i].t = feed_number(feed);
        people[i].is_event = feed_byte(feed) & 1;
    }
    if (!is_ok(kor_survival_of(people, n, level, scale, rows, &out, &err))) {
        return;
    }
    must(out.n <= n && out.n_rows <= out.n && out.n_events <= out.n);
    for (size_t i = 0; i < out.n_rows; i++) {
        must(rows[i].s <= share && rows[i].s >= 0);
        must(i == 0 || rows[i].t > rows[i - 1].t);
        must_be_upwards(rows[i].low, rows[i].s, rows[i].high);
        must_be_share(rows[i].low);
        must_be_share(rows[i].high);
        share = rows[i].s;
    }
}

static void
fuzz_counts(struct feed *feed)
{
    size_t n = feed_byte(feed), k = n ? feed_count(feed, n) : 0;
    struct kor_funnel limits = kor_funnel_limits(
        n, feed_level(feed), (enum kor_funnel_method)feed_count(feed, 2));
    must_be_upwards(limits.low_998, limits.low_95, limits.high_95);
    must_be_upwards(limits.low_95, limits.high_95, limits.high_998);
    must(*kor_funnel_place_name(kor_funnel_place_of(&limits, k, n)));
    struct kor_cusum_person people[most];
    struct kor_cusum_row rows[most];
    const struct kor_cusum_rule rule = {feed_number(feed), feed_number(feed)};
    n = feed_count(feed, most);
    for (size_t i = 0; i < n; i++) {
        people[i].event = feed_count(feed, 1) ? 1 : 0;
        people[i].expected = feed_level(feed);
    }
    if (is_ok(kor_cusum_of(&rule, people, n, rows, &err))) {
        for (size_t i = 0; i < n; i++) {
            must(rows[i].more >= 0 && rows[i].less >= 0);
        }
    }
}

static void
fuzz_reliability(struct feed *feed)
{
    double items[most], workspace[4 * most];
    struct kor_reliability out;
    size_t n = feed_scores(feed, items), k = 1 + feed_count(feed, 7);
    if (is_ok(kor_reliability_of(items, n / k, k, feed_level(feed), workspace,
                                 &out, &err))) {
        must(out.n_complete + out.n_incomplete == n / k);
        must(isnan(out.alpha) || out.alpha <= 1 + 1e-12);
        /* Feldt's interval is not drawn round alpha: a short one of a few
         * people lies beside it. */
        must(!(out.low > out.high));
    }
    struct kor_ending_scores episodes[most];
    for (size_t i = 0; i < n; i++) {
        episodes[i] = (struct kor_ending_scores){
            (enum kor_ending)feed_count(feed, 2), items[i],
            feed_number(feed)};
    }
    struct kor_ending_group group = kor_ending_group_of(
        episodes, n, (enum kor_ending)feed_count(feed, 3), feed_better(feed),
        (feed_byte(feed) + 0.5) / 256, workspace);
    must(group.n_two <= group.n && group.n <= n);
    must_be_upwards(group.low, group.change.mean, group.high);
}

static void
fuzz_tails(struct feed *feed)
{
    double x = feed_number(feed), a = feed_number(feed);
    double b = feed_number(feed), p = feed_level(feed);
    must_be_share(kor_t_cdf(x, a));
    must_be_share(kor_beta_cdf(x, a, b));
    must_be_share(kor_beta_quantile(p, a, b));
    must_be_share(kor_chi2_above(x, feed_byte(feed)));
    double f = kor_f_quantile(p, a, b), t = kor_t_quantile(p, a);
    must(isnan(f) || f >= 0);
    must(isnan(t) || p < 0.5 ? !(t > 0) : !(t < 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const methods[])(struct feed *)
        = {fuzz_gains,   fuzz_rupture,  fuzz_answering, fuzz_change,
           fuzz_pair,    fuzz_effect,   fuzz_between,   fuzz_survival,
           fuzz_counts,  fuzz_reliability, fuzz_tails};
    struct feed feed = {bytes, size};
    kor_err_init(&err, KOR_EN);
    methods[feed_count(&feed, sizeof methods / sizeof *methods - 1)](&feed);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever numbers come in as repeated scores of some people: no crash, no
 * endless search, and no figure that is not one.
 *
 * The first byte says which method is asked; the rest becomes people, times
 * and scores (tests/fuzz/feed.h). */

#include "fuzz/feed.h"
#include "kor/base/err.h"
#include "kor/stat/calibrate.h"
#include "kor/stat/course.h"
#include "kor/stat/coverage.h"
#include "kor/stat/deal.h"
#include "kor/stat/flags.h"
#include "kor/stat/judge.h"
#include "kor/stat/learn.h"
#include "kor/stat/line.h"
#include "kor/stat/neighbours.h"
#include "kor/stat/normal.h"
#include "kor/stat/reference.h"
#include "kor/stat/score.h"
#include "kor/stat/summary.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { max_people = 24, max_rows = 12, max_all = max_people * max_rows };

/* Rounding that an invariant may be off by, relative to its size. */
static const double slack = 1e-6;

static void
must_be_error(enum kor_code code, const struct kor_err *err)
{
    must(err->code == code && err->field[0] && err->text[0]);
}

/* --- growth -------------------------------------------------------------- */

struct people {
    struct kor_growth_sums sums[max_people];
    double covariates[max_people * KOR_GROWTH_MAX_COVARIATES];
    struct kor_growth_data data;
};

/* People with the records that the bytes give, some of them like those of
 * the one before. */
static void
feed_people(struct feed *feed, struct people *to)
{
    enum kor_time_function f = (enum kor_time_function)feed_count(feed, 2);
    struct kor_growth_data *data = &to->data;
    *data = (struct kor_growth_data){
        .centre = {feed_finite(feed), feed_finite(feed)},
        .sums = to->sums,
        .n_people = feed_count(feed, max_people),
        .covariates = to->covariates,
        .n_covariates = feed_count(feed, KOR_GROWTH_MAX_COVARIATES)};
    data->n_level_only = feed_count(feed, data->n_covariates + 1);
    for (size_t i = 0; i < data->n_people; i++) {
        size_t n = feed_count(feed, max_rows);
        to->sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t k = 0; k < n; k++) {
            double at = feed_number(feed), y = feed_number(feed);
            kor_growth_add(&to->sums[i], &data->centre,
                           kor_time_apply(f, at), y);
        }
        for (size_t j = 0; j < data->n_covariates; j++) {
            to->covariates[i * data->n_covariates + j] = feed_number(feed);
        }
    }
}

static void
must_be_missing(const struct kor_growth_fit *fit)
{
    for (size_t k = 0; k < KOR_GROWTH_MAX_TERMS; k++) {
        must(isnan(fit->b[k]) && isnan(fit->se[k])
             && isnan(fit->vcov[k][k]));
    }
    must(isnan(fit->sigma) && isnan(fit->tau00) && isnan(fit->tau01)
         && isnan(fit->tau11) && isnan(fit->loglik) && isnan(fit->aic)
         && isnan(fit->bic));
}

/* The correlations of the estimates have no direction of negative
 * variance. */
static void
must_be_covariance(const struct kor_growth_fit *fit)
{
    double l[KOR_GROWTH_MAX_TERMS][KOR_GROWTH_MAX_TERMS];
    for (size_t i = 0; i < fit->n_terms; i++) {
        must(isfinite(fit->b[i]) && isfinite(fit->se[i]) && fit->se[i] > 0);
        for (size_t j = 0; j <= i; j++) {
            must(isfinite(fit->vcov[i][j]));
            double sum = fit->vcov[i][j] / fit->se[i] / fit->se[j]
                       + (i == j ? slack : 0);
            for (size_t k = 0; k < j; k++) {
                sum -= l[i][k] * l[j][k];
            }
            must(i != j || sum > 0);
            l[i][j] = i == j ? sqrt(sum) : sum / l[j][j];
        }
    }
}

static void
must_be_estimates(const struct kor_growth_fit *fit)
{
    must_be_covariance(fit);
    must(isfinite(fit->loglik) && isfinite(fit->aic) && isfinite(fit->bic));
    must(isfinite(fit->sigma) && fit->sigma > 0);
    must(isfinite(fit->tau00) && fit->tau00 >= 0);
    must(isfinite(fit->tau11) && fit->tau11 >= 0);
    double most = sqrt(fit->tau00) * sqrt(fit->tau11);
    must(fabs(fit->tau01) <= most + slack * (most + fabs(fit->tau01)));
}

static void
check_lines(const struct people *people, const struct kor_growth_fit *fit)
{
    for (size_t i = 0; i < fit->n_people; i++) {
        double sd, at = people->data.centre.g;
        const struct kor_own_line line = kor_own_line_of(
            fit, &people->data.centre, &people->sums[i],
            people->covariates + i * people->data.n_covariates);
        if (people->sums[i].n > 0) {
            must(isfinite(line.level) && isfinite(line.slope));
            must(line.var_slope >= 0);
            must(isfinite(kor_own_line_at(fit, &line, at, &sd)));
            must(sd >= fit->sigma * (1 - slack));
        }
    }
}

static void
fuzz_growth(struct feed *feed)
{
    static struct people people;
    enum kor_growth_method method = feed_byte(feed) & 1 ? KOR_GROWTH_ML
                                                        : KOR_GROWTH_REML;
    struct kor_growth_fit fit;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    feed_people(feed, &people);
    enum kor_code code = kor_growth_fit(&people.data, method, &fit, &err);
    if (code != KOR_OK) {
        must(code == KOR_BAD_VALUE);
        must_be_error(code, &err);
        return;
    }
    must(fit.iterations <= 100 && fit.n_people <= people.data.n_people);
    must(*kor_growth_status_name(fit.status));
    if (kor_growth_has_estimates(&fit)) {
        must_be_estimates(&fit);
        check_lines(&people, &fit);
    } else {
        must_be_missing(&fit);
    }
}

/* --- episodes ---------------------------------------------------------------- */

struct scores {
    size_t from[max_people + 1];
    double at[max_all], points[max_all];
    struct kor_episodes episodes;
};

/* Up to 'max_people' people; times rise, and the points are finite.  People
 * are repeated with other scores, for a calibration needs many. */
static void
feed_episodes(struct feed *feed, struct scores *to)
{
    size_t n = 0, n_people = feed_count(feed, max_people);
    double step = fabs(feed_finite(feed));
    for (size_t i = 0; i < n_people; i++) {
        size_t n_rows = feed_count(feed, max_rows);
        double at = feed_finite(feed);
        to->from[i] = n;
        for (size_t k = 0; k < n_rows; k++, at += step > 0 ? step : 1) {
            if (k > 0 && !(at > to->at[n - 1])) {
                break;
            }
            to->at[n] = at;
            to->points[n++] = feed_finite(feed);
        }
    }
    to->from[n_people] = n;
    to->episodes = (struct kor_episodes){n_people, to->from, to->at,
                                         to->points};
}

static void
check_hits(struct kor_hits hits)
{
    must(hits.covered <= hits.n);
}

static void
check_calibration(const struct kor_calibration *c)
{
    must(c->n_times <= KOR_CALIBRATION_MAX_TIMES);
    for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
        check_hits(c->overall[w]);
        for (size_t t = 0; t < c->n_times; t++) {
            must(t == 0 || c->times[t] > c->times[t - 1]);
            check_hits(c->by_time[w][t]);
            for (size_t s = 0; s < KOR_CALIBRATION_STARTS; s++) {
                must(isfinite(c->reach[w][t][s]) && c->reach[w][t][s] >= 0);
                double reaches[KOR_N_WIDTHS];
                kor_calibration_reach(c, c->starts[s], c->times[t], reaches);
                must(isfinite(reaches[w]) && reaches[w] >= 0);
            }
        }
    }
}

/* Seven times the same people with a little noise, so that there are enough
 * for a calibration. */
static void
repeat(struct scores *to, double noise)
{
    enum { times = 7 };
    size_t n = to->episodes.n_people / times, n_rows = to->from[n];
    for (size_t k = 1; k < times; k++) {
        for (size_t i = 0; i < n; i++) {
            to->from[k * n + i] = to->from[i] + k * n_rows;
        }
        for (size_t r = 0; r < n_rows; r++) {
            double share = (double)((r * 31 + k * 17) % 23);
            double points = to->points[r] + noise * share;
            to->at[k * n_rows + r] = to->at[r];
            to->points[k * n_rows + r]
                = isfinite(points) ? points : to->points[r];
        }
    }
    to->from[times * n] = times * n_rows;
    to->episodes.n_people = times * n;
}

/* Room for the reference, too. */
enum { all_people = max_people + KOR_REFERENCE_PEOPLE };

static struct kor_calibration_work
make_work(void)
{
    static struct kor_growth_sums sums[2 * all_people];
    static double starts[2 * all_people], scratch[max_all];
    static uint32_t folds[all_people];
    static struct kor_calibration_row rows[max_all];
    return (struct kor_calibration_work){sums, starts, folds, rows, scratch};
}

/* Learns a course from the same scores, perhaps with a reference beside
 * them. */
static void
learn(const struct kor_episodes *episodes, enum kor_time_function f,
      const struct kor_course *reference)
{
    static double weights[all_people];
    static struct kor_learned out;
    const struct kor_learning learning = {
        .f = f, .seed = 1, .min_points = 0, .max_points = 64,
        .reference = reference};
    const struct kor_learning_work work = {make_work(), weights};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code
        = kor_course_learn(episodes, &learning, &work, &out, &err);
    if (code != KOR_OK) {
        must_be_error(code, &err);
        return;
    }
    must(out.reference_weight >= 0 && out.n_own <= episodes->n_people);
    if (kor_growth_has_estimates(&out.fit)) {
        must_be_estimates(&out.fit);
        check_calibration(&out.course.calibration);
    }
}

static void
fuzz_calibrate(struct feed *feed)
{
    static struct scores scores;
    static struct kor_calibration out;
    const struct kor_calibration_work work = make_work();
    struct kor_err err;
    uint8_t how = feed_byte(feed);
    enum kor_time_function f = (enum kor_time_function)(how % 3);
    double noise = feed_finite(feed);
    kor_err_init(&err, KOR_SV);
    feed_episodes(feed, &scores);
    if (how & 64) {
        repeat(&scores, noise);
    }
    kor_deal(how, KOR_CALIBRATION_FOLDS, work.folds,
             scores.episodes.n_people);
    enum kor_code code
        = kor_calibrate(&scores.episodes, f,
                        how & 128 ? KOR_GROWTH_ML : KOR_GROWTH_REML, &work,
                        &out, &err);
    if (code != KOR_OK) {
        must_be_error(code, &err);
        must(out.n_times == 0);
    }
    check_calibration(&out);
    struct kor_course reference = {
        .f = f, .b0 = 5, .b1 = -2, .b2 = 0.9, .tau00 = 9, .tau11 = 1,
        .sigma = 3, .max_points = 64, .first_time = 1, .max_time = 20,
        .n_people = 300, .calibration = out};
    bool has_reference = how & 32 && kor_reference_can(&reference);
    learn(&scores.episodes, f, has_reference ? &reference : NULL);
}

/* --- one person ------------------------------------------------------------ */

static void
feed_course(struct feed *feed, struct kor_course *to)
{
    *to = (struct kor_course){
        .f = (enum kor_time_function)feed_count(feed, 2),
        .b0 = feed_number(feed), .b1 = feed_number(feed),
        .b2 = feed_number(feed), .b3 = feed_number(feed),
        .tau00 = feed_number(feed), .tau01 = feed_number(feed),
        .tau11 = feed_number(feed), .sigma = feed_number(feed),
        .min_points = feed_number(feed), .max_points = feed_number(feed),
        .better = (enum kor_better)feed_count(feed, 1),
        .first_time = feed_number(feed), .max_time = feed_number(feed),
        .n_people = feed_byte(feed)};
}

static void
feed_measure(struct feed *feed, struct kor_measure *to)
{
    *to = (struct kor_measure){
        .min_points = feed_number(feed), .max_points = feed_number(feed),
        .better = (enum kor_better)feed_count(feed, 1),
        .rc_points = feed_number(feed),
        .rc_compare = (enum kor_compare)feed_count(feed, 1),
        .cutoff_points = feed_number(feed),
        .cutoff_compare = (enum kor_compare)feed_count(feed, 1)};
}

static void
must_be_within(const struct kor_course *course, struct kor_band band)
{
    must(band.low >= course->min_points && band.high <= course->max_points);
    must(band.low <= band.high);
}

static void
must_be_share(double share)
{
    must(isnan(share) || (share >= 0 && share <= 1));
}

/* A course that has passed its check, asked about one person. */
static void
ask_course(struct feed *feed, const struct kor_course *course,
           const struct kor_measure *measure)
{
    struct kor_course_score scores[max_rows];
    double start = feed_finite(feed), at = feed_number(feed);
    size_t n = feed_count(feed, max_rows);
    for (size_t i = 0; i < n; i++) {
        scores[i] = (struct kor_course_score){feed_number(feed),
                                              feed_number(feed)};
    }
    struct kor_predicted p
        = kor_course_predict(course, start, scores, n, at);
    struct kor_chances chances
        = kor_course_chances(course, &p, measure, start);
    must_be_share(chances.better);
    must_be_share(chances.recovered);
    must_be_share(chances.worse);
    struct kor_range range = kor_course_range(course, start, at);
    if (kor_course_supports(course, at) && isfinite(range.expected)) {
        for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
            must_be_within(course, range.widths[w]);
        }
    }
    if (isfinite(p.mean) && isfinite(p.sd)) {
        must_be_within(course, kor_course_band(course, &p, 0.8));
    }
}

static void
fuzz_course(struct feed *feed)
{
    struct kor_course course;
    struct kor_measure measure;
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    feed_course(feed, &course);
    feed_measure(feed, &measure);
    enum kor_code code = kor_course_check(&course, &err);
    if (code != KOR_OK) {
        must_be_error(code, &err);
        return;
    }
    if (kor_measure_check(&measure, &err) == KOR_OK) {
        ask_course(feed, &course, &measure);
    }
    static struct scores scores;
    static double starts[max_people];
    static struct kor_coverage coverage;
    const struct kor_coverage_wish wish
        = {(enum kor_width)feed_count(feed, 1), feed_number(feed),
           feed_number(feed)};
    feed_episodes(feed, &scores);
    kor_coverage_count(&course, &scores.episodes, &wish, starts, &coverage);
    check_hits(coverage.overall);
    must(coverage.overall.n <= scores.from[scores.episodes.n_people]);
}

static void
check_verdict(const struct kor_verdict *v, size_t n)
{
    must(v->n_given + v->n_missing == n);
    must((v->start_index == KOR_NO_SCORE) == isnan(v->start));
    must((v->last_index == KOR_NO_SCORE) == isnan(v->last));
    must(v->last_index == KOR_NO_SCORE || v->last_index < n);
    must(v->findings >> KOR_N_FINDINGS == 0 || KOR_N_FINDINGS >= 32);
    must((v->standing == KOR_STANDING_UNKNOWN)
         == (v->unsaid != KOR_UNSAID_NOTHING));
    must(!(v->findings & KOR_FINDING_OFF_COURSE)
         || v->standing == KOR_STANDING_LESS);
    must(!v->has_band || (v->low80 <= v->high80 && v->low68 <= v->high68));
}

static void
fuzz_judge(struct feed *feed)
{
    struct kor_measure measure;
    struct kor_course course;
    struct kor_judge_score scores[max_rows];
    double points[max_rows];
    struct kor_verdict verdict;
    struct kor_alliance_verdict alliance;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    feed_measure(feed, &measure);
    if (kor_measure_check(&measure, &err) != KOR_OK) {
        must_be_error(KOR_BAD_VALUE, &err);
        return;
    }
    feed_course(feed, &course);
    course.better = measure.better;
    course.min_points = measure.min_points;
    course.max_points = measure.max_points;
    bool has_course = kor_course_check(&course, NULL) == KOR_OK;
    const struct kor_limits limits
        = {feed_byte(feed), feed_byte(feed), feed_byte(feed),
           feed_byte(feed)};
    uint32_t session = 0;
    size_t n = feed_count(feed, max_rows);
    course.rule = (enum kor_flag_rule)(n % KOR_N_FLAG_RULES);
    for (size_t i = 0; i < n; i++) {
        session += feed_byte(feed);
        points[i] = feed_number(feed);
        scores[i] = (struct kor_judge_score){
            session, (int32_t)feed_bits(feed), feed_number(feed), points[i]};
    }
    enum kor_code code = kor_judge(&measure, has_course ? &course : NULL,
                                   session & 1 ? &limits : NULL, scores, n,
                                   session & 2, &verdict, &err);
    if (code == KOR_OK) {
        check_verdict(&verdict, n);
    } else {
        must_be_error(code, &err);
    }
    code = kor_judge_alliance(&measure, feed_number(feed), points, n,
                              &alliance, &err);
    must(code != KOR_OK || alliance.n_given <= n);
}

static void
fuzz_score(struct feed *feed)
{
    struct kor_item items[max_rows];
    double values[max_rows];
    uint16_t subset[max_rows];
    struct kor_score score;
    struct kor_err err;
    size_t n = feed_count(feed, max_rows);
    kor_err_init(&err, KOR_EN);
    for (size_t i = 0; i < n; i++) {
        items[i].min = (double)feed_count(feed, 3);
        items[i].max = items[i].min + 1 + (double)feed_count(feed, 9);
        items[i].step = (double)feed_count(feed, 2) / 2;
        items[i].is_reversed = feed_byte(feed) & 1;
        values[i] = feed_number(feed);
        subset[i] = (uint16_t)feed_count(feed, max_rows);
    }
    const struct kor_score_rule rule
        = {n > 0 && feed_byte(feed) & 1 ? subset : NULL, n,
           (enum kor_score_kind)feed_count(feed, 1),
           1 + (double)feed_count(feed, 9), feed_count(feed, max_rows)};
    enum kor_code code
        = kor_score_answers(&rule, items, values, n, &score, &err);
    if (code == KOR_OK) {
        must(score.n_missing <= n && !isinf(score.total));
        must(isnan(score.total) || score.n_missing < n);
    } else {
        must_be_error(code, &err);
    }
}

static void
fuzz_summary(struct feed *feed)
{
    double values[max_rows];
    size_t n = feed_count(feed, max_rows), k = feed_byte(feed), n_known = 0;
    for (size_t i = 0; i < n; i++) {
        values[i] = feed_number(feed);
    }
    struct kor_mean mean = kor_mean_of(values, n);
    must(mean.n <= n && (mean.n > 0 || isnan(mean.mean)));
    must(isnan(mean.sd) || mean.sd >= 0);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            values[n_known++] = values[i];
        }
    }
    must(isnan(kor_median_of(values, 0)));
    if (n_known > 0) {
        double median = kor_median_of(values, n_known);
        must(isnan(median) || (median >= values[0]
                               && median <= values[n_known - 1]));
    }
    struct kor_share share = kor_share_of(k, k + n, 0.9);
    must(k + n == 0 || (share.low >= 0 && share.high <= 1
                        && share.low <= share.share
                        && share.share <= share.high));
    double p = feed_number(feed), z = kor_normal_quantile(p);
    must(isnan(z) == !(p >= 0 && p <= 1));
    must_be_share(kor_normal_cdf(p));
    double rc = kor_reliable_change_points(p, feed_number(feed), 1.96);
    must(isnan(rc) || rc >= 0);
}

/* --- flags and neighbours --------------------------------------------------- */

static void
must_be_table(const struct kor_flags *table)
{
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        const double *row = table->rules[r];
        double known = row[KOR_FLAG_TRUE_POSITIVES]
                     + row[KOR_FLAG_FALSE_POSITIVES]
                     + row[KOR_FLAG_TRUE_NEGATIVES]
                     + row[KOR_FLAG_FALSE_NEGATIVES];
        must(fabs(known - table->people) < 0.5);
        must_be_share(row[KOR_FLAG_SENSITIVITY]);
        must_be_share(row[KOR_FLAG_SPECIFICITY]);
        must_be_share(row[KOR_FLAG_PPV]);
        must_be_share(row[KOR_FLAG_AUC]);
        must(isnan(row[KOR_FLAG_LEAD]) || row[KOR_FLAG_LEAD] >= 0);
    }
}

static void
fuzz_flags(struct feed *feed)
{
    static struct scores scores;
    static struct kor_auc_row markers[KOR_N_FLAG_RULES * max_people];
    static double leads[KOR_N_FLAG_RULES * max_people];
    const struct kor_flags_work work = {markers, leads};
    struct kor_flags table;
    struct kor_course course;
    struct kor_err err;
    enum kor_flag_rule favoured;
    kor_err_init(&err, KOR_NB);
    feed_course(feed, &course);
    const struct kor_measure measure
        = {.min_points = course.min_points, .max_points = course.max_points,
           .better = course.better, .rc_points = feed_number(feed),
           .cutoff_points = NAN};
    feed_episodes(feed, &scores);
    if (kor_course_check(&course, NULL) != KOR_OK
        || kor_measure_check(&measure, NULL) != KOR_OK) {
        return;
    }
    enum kor_code code = kor_flags_count(&course, &scores.episodes, &measure,
                                         NULL, &work, &table, &err);
    if (code != KOR_OK) {
        must_be_error(code, &err);
        return;
    }
    must_be_table(&table);
    must(!kor_flags_favoured(&table, &favoured)
         || favoured < KOR_N_FLAG_RULES);
}

static void
fuzz_neighbours(struct feed *feed)
{
    static struct scores scores;
    static struct kor_neighbour found[max_people];
    static double features[max_people][KOR_NEIGHBOURS_FEATURES];
    double at[max_rows], points[max_rows], covariates[2 * max_people];
    struct kor_neighbours out;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const struct kor_neighbours_work work = {found, features};
    struct kor_neighbours_target target
        = {at, points, feed_count(feed, max_rows), covariates, KOR_NOBODY};
    const struct kor_neighbours_wish wish
        = {(enum kor_time_function)feed_count(feed, 2), feed_count(feed, 30),
           feed_number(feed) / 64, feed_number(feed), feed_number(feed)};
    for (size_t i = 0; i < target.n; i++) {
        at[i] = feed_number(feed);
        points[i] = feed_number(feed);
    }
    for (size_t i = 0; i < 2 * max_people; i++) {
        covariates[i] = feed_number(feed);
    }
    feed_episodes(feed, &scores);
    const struct kor_neighbours_pool pool = {&scores.episodes, covariates, 2};
    enum kor_code code
        = kor_neighbours_find(&target, &pool, &wish, &work, &out, &err);
    if (code != KOR_OK) {
        must_be_error(code, &err);
        return;
    }
    must(out.n <= wish.k && out.n <= out.n_compared);
    must(out.n_compared <= scores.episodes.n_people);
    for (size_t i = 0; i < out.n; i++) {
        must(found[i].index < scores.episodes.n_people);
        must(i == 0 || !(found[i].distance < found[i - 1].distance));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const methods[])(struct feed *)
        = {fuzz_growth, fuzz_calibrate, fuzz_course, fuzz_judge,
           fuzz_score,  fuzz_summary,   fuzz_flags,  fuzz_neighbours};
    struct feed feed = {bytes, size};
    methods[feed_count(&feed, sizeof methods / sizeof *methods - 1)](&feed);
    return 0;
}

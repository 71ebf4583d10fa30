/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model against lme4 (growth_oracle.h, made by growth.R), and on
 * data that do not support it. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/growth.h"
#include "kor/stat/timefn.h"
#include "support/dice.h"

struct record {
    int id;
    double t, y, start;
};

struct expected {
    const char *name;
    const struct record *records;
    size_t n;
    enum kor_time_function f;
    bool is_given_start;
    enum kor_growth_method method;
    double b[4], se[4];
    double vcov01;
    double tau00, tau01, tau11, sigma, loglik, aic, bic;
};

#include "oracle/growth_oracle.h"

enum { max_people = 200 };

/* How records are changed before they are fitted. */
struct change {
    double y_factor, y_offset, t_offset;
    bool is_reversed; /* Last person first. */
};

static const struct change as_is = {1, 0, 0, false};

static struct kor_growth_fit
fit(const struct record records[], size_t n, enum kor_time_function f,
    bool is_given_start, enum kor_growth_method method, struct change change)
{
    static double g[4000], y[4000];
    struct kor_growth_sums sums[max_people];
    double start[max_people];
    struct kor_growth_data data = {.sums = sums, .covariates = start,
                                   .n_covariates = is_given_start};
    assert_true(n <= KOR_LENGTH(g));
    for (size_t i = 0; i < n; i++) {
        g[i] = kor_time_apply(f, records[i].t) + change.t_offset;
        y[i] = records[i].y * change.y_factor + change.y_offset;
    }
    data.centre = kor_growth_centre_of(g, y, n);
    for (size_t k = 0; k < n; k++) {
        size_t i = change.is_reversed ? n - 1 - k : k;
        size_t before = change.is_reversed ? i + 1 : i - 1;
        if (k == 0 || records[i].id != records[before].id) {
            assert_true(data.n_people < max_people);
            start[data.n_people]
                = records[i].start * change.y_factor + change.y_offset;
            sums[data.n_people++] = KOR_GROWTH_NO_SUMS;
        }
        kor_growth_add(&sums[data.n_people - 1], &data.centre, g[i], y[i]);
    }
    struct kor_growth_fit out;
    assert_int_equal(kor_growth_fit(&data, method, &out, NULL), KOR_OK);
    return out;
}

static struct kor_growth_fit
fit_expected(const struct expected *e, struct change change)
{
    return fit(e->records, e->n, e->f, e->is_given_start, e->method, change);
}

static void
lme4_finds_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        const struct expected *e = &lme4[i];
        struct kor_growth_fit got = fit_expected(e, as_is);
        /* lme4 itself stops some 1e-7 from a singular best point. */
        double close = got.status == KOR_GROWTH_BOUNDARY ? 1e-6 : 1e-8;
        print_message("%s, %u steps\n", e->name, got.iterations);
        assert_true(got.iterations <= 15);
        assert_true(kor_growth_has_estimates(&got));
        for (size_t k = 0; k < got.n_terms; k++) {
            assert_near(e->b[k], got.b[k], 0, close);
            assert_near(e->se[k], got.se[k], 0, close);
        }
        assert_int_equal(got.n_terms, e->is_given_start ? 4 : 2);
        assert_int_equal(got.n_records, e->n);
        assert_near(e->vcov01, got.vcov[0][1], 0, close);
        assert_near(e->vcov01, got.vcov[1][0], 0, close);
        assert_near(e->tau00, got.tau00, 0, close);
        assert_near(e->tau01, got.tau01, 0, close);
        assert_near(e->tau11, got.tau11, 0, close);
        assert_near(e->sigma, got.sigma, 0, close);
        assert_near(e->loglik, got.loglik, 0, 1e-9);
        assert_near(e->aic, got.aic, 0, 1e-9);
        assert_near(e->bic, got.bic, 0, 1e-9);
    }
}

static void
a_singular_fit_ends_on_the_boundary(void **state)
{
    (void)state;
    struct kor_growth_fit got
        = fit(singular, KOR_LENGTH(singular), KOR_TIME_LOG, false,
              KOR_GROWTH_REML, as_is);
    assert_int_equal(got.status, KOR_GROWTH_BOUNDARY);
    assert_near(0, got.tau00 * got.tau11 - got.tau01 * got.tau01, 1e-9, 0);
    got = fit(made_up, KOR_LENGTH(made_up), KOR_TIME_LOG, false,
              KOR_GROWTH_REML, as_is);
    assert_int_equal(got.status, KOR_GROWTH_CONVERGED);
    assert_true(got.iterations < 20);
}

static double
normal(struct dice *dice)
{
    double u = 1 - dice_real(dice), v = dice_real(dice);
    return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

/* Moments bring the search near the best point before its first step; without
 * them it takes ten steps. */
static void
the_search_for_many_people_is_short(void **state)
{
    (void)state;
    struct kor_growth_sums sums[2000];
    struct kor_growth_data data
        = {.centre = {1.5, 20}, .sums = sums, .n_people = 2000};
    struct kor_growth_fit got;
    struct dice dice = {7};
    for (size_t i = 0; i < data.n_people; i++) {
        double level = 18 + 4 * normal(&dice), slope = 3 + 2 * normal(&dice);
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (int k = 2; k < 11; k++) {
            double g = log(k);
            kor_growth_add(&sums[i], &data.centre, g,
                           level + slope * g + 3 * normal(&dice));
        }
    }
    for (int method = KOR_GROWTH_REML; method <= KOR_GROWTH_ML; method++) {
        assert_int_equal(kor_growth_fit(&data, (enum kor_growth_method)method,
                                        &got, NULL), KOR_OK);
        assert_int_equal(got.status, KOR_GROWTH_CONVERGED);
        assert_true(got.iterations <= 3);
    }
}

static double
ragged(int person, int time)
{
    return (person * 7 + time * time * 5 + person * time * 3) % 11;
}

/* 12 people, 50,000 times over, are 12 people of the weight 50,000: sums must
 * not be rounded the same way each time. */
static void
the_same_people_many_times_over_keep_their_digits(void **state)
{
    (void)state;
    enum { n_different = 12, n_times = 50000 };
    size_t n = (size_t)n_different * n_times;
    double weights[n_different];
    struct kor_growth_sums *sums = calloc(n, sizeof *sums);
    struct kor_growth_data data
        = {.sums = sums, .n_people = n_different, .weights = weights};
    struct kor_growth_fit once, often;
    assert_non_null(sums);
    for (size_t i = 0; i < n; i++) {
        int person = (int)(i % n_different);
        for (int t = 1; t <= 5; t++) {
            kor_growth_add(&sums[i], &data.centre, log(t),
                           ragged(person + 1, t) + 3 * (person % 4));
        }
    }
    for (size_t i = 0; i < n_different; i++) {
        weights[i] = n_times;
    }
    assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_ML, &once, NULL),
                     KOR_OK);
    data.n_people = n;
    data.weights = NULL;
    assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_ML, &often, NULL),
                     KOR_OK);
    assert_near(once.loglik, often.loglik, 0, 1e-13);
    assert_near(once.tau00, often.tau00, 0, 1e-11);
    assert_near(once.b[1], often.b[1], 0, 1e-11);
    free(sums);
}

/* With the same times for all, REML has a closed form: the lines of least
 * squares, their mean, their spread and what lies off them. */
static void
check_closed_form(struct dice *dice)
{
    enum { n = 18, n_times = 10 };
    struct kor_growth_sums sums[n];
    const struct kor_growth_data data = {.sums = sums, .n_people = n};
    struct kor_growth_fit got;
    double level[n], slope[n], mean[2] = {0, 0}, g = 0, gg = 0, off = 0;
    for (size_t i = 0; i < n; i++) {
        double a = 250 + 25 * normal(dice), b = 10 + 6 * normal(dice);
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (int t = 0; t < n_times; t++) {
            kor_growth_add(&sums[i], &data.centre, t,
                           a + b * t + 25 * normal(dice));
        }
        const struct kor_growth_sums *s = &sums[i];
        g = s->g / s->n;
        gg = s->gg - s->g * g;
        slope[i] = (s->gy - g * s->y) / gg;
        level[i] = s->y / s->n - slope[i] * g;
        off += s->yy - level[i] * s->y - slope[i] * s->gy;
        mean[0] += level[i] / n;
        mean[1] += slope[i] / n;
    }
    double sigma2 = off / n / (n_times - 2), v[3] = {0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        double x = level[i] - mean[0], y = slope[i] - mean[1];
        v[0] += x * x / (n - 1);
        v[1] += x * y / (n - 1);
        v[2] += y * y / (n - 1);
    }
    assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_REML, &got, NULL),
                     KOR_OK);
    assert_near(mean[0], got.b[0], 0, 1e-9);
    assert_near(mean[1], got.b[1], 0, 1e-9);
    assert_near(sqrt(v[0] / n), got.se[0], 0, 1e-9);
    assert_near(sqrt(v[2] / n), got.se[1], 0, 1e-9);
    assert_near(sqrt(sigma2), got.sigma, 0, 1e-9);
    assert_near(v[0] - sigma2 * (1. / n_times + g * g / gg), got.tau00, 0,
                1e-9);
    assert_near(v[1] + sigma2 * g / gg, got.tau01, 0, 1e-9);
    assert_near(v[2] - sigma2 / gg, got.tau11, 0, 1e-9);
}

static void
balanced_sets_have_their_closed_form(void **state)
{
    (void)state;
    struct dice dice = {4};
    for (int i = 0; i < 100; i++) {
        check_closed_form(&dice);
    }
}

static void
an_offset_of_a_billion_changes_only_the_first_term(void **state)
{
    (void)state;
    struct change moved = {1, 1e9, 0, false};
    struct kor_growth_fit was
        = fit(btheb, KOR_LENGTH(btheb), KOR_TIME_LOG1P, false,
              KOR_GROWTH_REML, as_is);
    struct kor_growth_fit got
        = fit(btheb, KOR_LENGTH(btheb), KOR_TIME_LOG1P, false,
              KOR_GROWTH_REML, moved);
    assert_near(was.b[0] + 1e9, got.b[0], 1e-5, 0);
    assert_near(was.b[1], got.b[1], 0, 1e-6);
    assert_near(was.tau00, got.tau00, 0, 1e-6);
    assert_near(was.tau11, got.tau11, 0, 1e-6);
    assert_near(was.loglik, got.loglik, 0, 1e-8);
}

static void
an_offset_of_the_start_score_leaves_its_slope(void **state)
{
    (void)state;
    struct change moved = {1, 1e6, 0, false};
    const size_t n = KOR_LENGTH(btheb_after);
    struct kor_growth_fit was = fit(btheb_after, n, KOR_TIME_LOG1P, true,
                                    KOR_GROWTH_REML, as_is);
    struct kor_growth_fit got = fit(btheb_after, n, KOR_TIME_LOG1P, true,
                                    KOR_GROWTH_REML, moved);
    assert_near(was.b[2], got.b[2], 0, 1e-6);
    assert_near(was.b[3], got.b[3], 0, 1e-6);
    assert_near(was.se[3], got.se[3], 0, 1e-6);
    assert_near(was.sigma, got.sigma, 0, 1e-6);
}

/* y and start score c times plus d: variances c^2 times, slopes c times. */
static void
points_in_another_unit_give_the_same_model(void **state)
{
    (void)state;
    struct change scaled = {-2.5, 100, 0, false};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct kor_growth_fit was = fit_expected(&lme4[i], as_is);
        struct kor_growth_fit got = fit_expected(&lme4[i], scaled);
        assert_near(6.25 * was.tau00, got.tau00, 0, 1e-6);
        assert_near(6.25 * was.tau11, got.tau11, 0, 1e-6);
        assert_near(2.5 * was.sigma, got.sigma, 0, 1e-7);
        if (lme4[i].is_given_start) {
            assert_near(was.b[2], got.b[2], 0, 1e-7);
        } else {
            assert_near(-2.5 * was.b[1], got.b[1], 0, 1e-7);
        }
    }
}

static void
time_counted_from_elsewhere_gives_the_same_likelihood(void **state)
{
    (void)state;
    struct change later = {1, 0, 50, false};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct kor_growth_fit was = fit_expected(&lme4[i], as_is);
        struct kor_growth_fit got = fit_expected(&lme4[i], later);
        assert_near(was.loglik, got.loglik, 0, 1e-9);
        assert_near(was.tau11, got.tau11, 0, 1e-6);
        assert_near(was.tau01 - 50 * was.tau11, got.tau01, 0, 1e-6);
    }
}

static void
people_in_another_order_change_only_the_last_digits(void **state)
{
    (void)state;
    struct change turned = {1, 0, 0, true};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct kor_growth_fit was = fit_expected(&lme4[i], as_is);
        struct kor_growth_fit got = fit_expected(&lme4[i], turned);
        assert_near(was.b[0], got.b[0], 0, 1e-9);
        assert_near(was.tau00, got.tau00, 0, 1e-7);
        assert_near(was.loglik, got.loglik, 0, 1e-12);
    }
}

static void
the_same_input_gives_the_same_bits(void **state)
{
    (void)state;
    struct kor_growth_fit one = fit_expected(&lme4[0], as_is);
    struct kor_growth_fit two = fit_expected(&lme4[0], as_is);
    assert_memory_equal(one.b, two.b, sizeof one.b);
    assert_memory_equal(&one.loglik, &two.loglik, sizeof one.loglik);
}

/* Four people, five scores each, y = f(person, time). */
static enum kor_growth_status
status_of(double (*score)(int person, int time), bool is_constant_time,
          int n_people, int n_times)
{
    struct record records[100];
    size_t n = 0;
    for (int i = 1; i <= n_people; i++) {
        for (int t = 1; t <= n_times; t++) {
            records[n++] = (struct record){i, is_constant_time ? 3 : t,
                                           score(i, t), 0};
        }
    }
    struct kor_growth_fit got = fit(records, n, KOR_TIME_LOG, false,
                                    KOR_GROWTH_REML, as_is);
    if (!kor_growth_has_estimates(&got)) {
        assert_near(NAN, got.b[0], 0, 0);
        assert_near(NAN, got.sigma, 0, 0);
    }
    return got.status;
}

static double
all_equal(int person, int time)
{
    (void)person;
    (void)time;
    return 17.3;
}

static double
own_line(int person, int time)
{
    return 3 * person + (person % 3 - 1.7) * log(time);
}

static void
data_that_do_not_support_a_fit_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(status_of(ragged, false, 1, 5), KOR_GROWTH_TOO_FEW);
    assert_int_equal(status_of(ragged, false, 2, 5), KOR_GROWTH_TOO_FEW);
    assert_int_equal(status_of(ragged, false, 9, 2), KOR_GROWTH_TOO_FEW);
    assert_int_equal(status_of(ragged, true, 4, 5), KOR_GROWTH_COLLINEAR);
    assert_int_equal(status_of(all_equal, false, 4, 5),
                     KOR_GROWTH_NO_VARIANCE);
    assert_int_equal(status_of(own_line, false, 4, 5),
                     KOR_GROWTH_NO_VARIANCE);
    assert_true(status_of(ragged, false, 4, 5) <= KOR_GROWTH_BOUNDARY);
    assert_string_equal(kor_growth_status_name(KOR_GROWTH_COLLINEAR),
                        "collinear");
    struct kor_growth_data none = {.n_people = 0};
    struct kor_growth_fit got;
    assert_int_equal(kor_growth_fit(&none, KOR_GROWTH_ML, &got, NULL),
                     KOR_OK);
    assert_int_equal(got.status, KOR_GROWTH_TOO_FEW);
}

/* A level and a slope for each of three covariates, and two of everybody's:
 * eight terms need nine scores, however many people gave them. */
static void
as_many_terms_as_scores_are_too_many(void **state)
{
    (void)state;
    for (int n_of_first = 3; n_of_first <= 4; n_of_first++) {
        struct kor_growth_sums sums[6];
        double covariates[6 * 3];
        struct kor_growth_data data = {.sums = sums,
                                       .covariates = covariates,
                                       .n_people = 6,
                                       .n_covariates = 3};
        struct kor_growth_fit got;
        for (int i = 0; i < 6; i++) {
            sums[i] = KOR_GROWTH_NO_SUMS;
            for (int t = 1; t <= (i ? 1 : n_of_first); t++) {
                kor_growth_add(&sums[i], &data.centre, t, ragged(i, t));
            }
            for (int k = 0; k < 3; k++) {
                covariates[3 * i + k] = ragged(i, k + 5);
            }
        }
        assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_ML, &got, NULL),
                         KOR_OK);
        assert_int_equal(got.n_terms, 8);
        assert_true((got.status == KOR_GROWTH_TOO_FEW) == (n_of_first == 3));
    }
}

/* The scores can be squared, and just so; what is made of them cannot be
 * held by a number any more. */
static void
estimates_beyond_any_number_are_none(void **state)
{
    static const double sizes[] = {1e151, 1e-162};
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(sizes); k++) {
        struct record records[40];
        for (int i = 0; i < 40; i++) {
            records[i] = (struct record){i / 5, 1e-9 * (i % 5),
                                         ragged(i / 5, i % 5) * sizes[k], 0};
        }
        struct kor_growth_fit got = fit(records, 40, KOR_TIME_IDENTITY, false,
                                        KOR_GROWTH_REML, as_is);
        assert_false(kor_growth_has_estimates(&got));
        assert_near(NAN, got.tau11, 0, 0);
        assert_near(NAN, got.sigma, 0, 0);
        assert_near(NAN, got.se[1], 0, 0);
    }
}

/* Nobody's own line can be drawn, but sigma and the course can. */
static void
people_measured_three_times_at_one_time_each_can_be_fitted(void **state)
{
    (void)state;
    struct record records[36];
    for (int i = 0; i < 36; i++) {
        records[i] = (struct record){i / 3, 1.1 + i / 3 % 4,
                                     ragged(i / 3 + 1, i % 3), 0};
    }
    struct kor_growth_fit got = fit(records, 36, KOR_TIME_LOG, false,
                                    KOR_GROWTH_REML, as_is);
    assert_true(kor_growth_has_estimates(&got));
}

static void
a_covariate_that_never_varies_is_collinear(void **state)
{
    (void)state;
    struct record records[KOR_LENGTH(made_up)];
    memcpy(records, made_up, sizeof made_up);
    for (size_t i = 0; i < KOR_LENGTH(records); i++) {
        records[i].start = 12.3;
    }
    struct kor_growth_fit got = fit(records, KOR_LENGTH(records),
                                    KOR_TIME_LOG, true, KOR_GROWTH_REML,
                                    as_is);
    assert_int_equal(got.status, KOR_GROWTH_COLLINEAR);
}

static void
a_score_that_is_no_number_is_refused_by_position(void **state)
{
    (void)state;
    struct kor_growth_sums sums[2] = {KOR_GROWTH_NO_SUMS, KOR_GROWTH_NO_SUMS};
    struct kor_growth_data data = {.sums = sums, .n_people = 2};
    struct kor_growth_fit got;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_growth_add(&sums[0], &data.centre, 1, 5);
    kor_growth_add(&sums[1], &data.centre, 1, INFINITY);
    assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_ML, &got, &err),
                     KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "person 2"));
    data.n_covariates = KOR_GROWTH_MAX_COVARIATES + 1;
    assert_int_equal(kor_growth_fit(&data, KOR_GROWTH_ML, &got, &err),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lme4_finds_the_same),
        cmocka_unit_test(a_singular_fit_ends_on_the_boundary),
        cmocka_unit_test(the_search_for_many_people_is_short),
        cmocka_unit_test(the_same_people_many_times_over_keep_their_digits),
        cmocka_unit_test(balanced_sets_have_their_closed_form),
        cmocka_unit_test(an_offset_of_a_billion_changes_only_the_first_term),
        cmocka_unit_test(an_offset_of_the_start_score_leaves_its_slope),
        cmocka_unit_test(points_in_another_unit_give_the_same_model),
        cmocka_unit_test(
            time_counted_from_elsewhere_gives_the_same_likelihood),
        cmocka_unit_test(people_in_another_order_change_only_the_last_digits),
        cmocka_unit_test(the_same_input_gives_the_same_bits),
        cmocka_unit_test(data_that_do_not_support_a_fit_are_told_apart),
        cmocka_unit_test(as_many_terms_as_scores_are_too_many),
        cmocka_unit_test(estimates_beyond_any_number_are_none),
        cmocka_unit_test(
            people_measured_three_times_at_one_time_each_can_be_fitted),
        cmocka_unit_test(a_covariate_that_never_varies_is_collinear),
        cmocka_unit_test(a_score_that_is_no_number_is_refused_by_position),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

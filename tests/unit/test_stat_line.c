/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Own lines and forecasts from sums: one score after the other, offsets, and
 * weights of people.  That they are what R gives, tests/oracle has. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/course.h"
#include "kor/stat/line.h"
#include "support/dice.h"

enum { n_people = 60, n_each = 6, n_rows = n_people * n_each };

struct people {
    double g[n_rows], y[n_rows], rows[2 * n_people];
    struct kor_growth_sums sums[n_people];
    struct kor_growth_data data;
};

static void
sum_up(struct people *p)
{
    p->data = (struct kor_growth_data){
        .centre = kor_growth_centre_of(p->g, p->y, n_rows),
        .sums = p->sums, .n_people = n_people};
    for (size_t i = 0; i < n_people; i++) {
        p->sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t k = 0; k < n_each; k++) {
            kor_growth_add(&p->sums[i], &p->data.centre, p->g[i * n_each + k],
                           p->y[i * n_each + k]);
        }
    }
}

/* People with own levels and slopes; scores moved by 'offset'. */
static void
make(struct people *p, double offset)
{
    struct dice dice = {42};
    for (size_t i = 0; i < n_people; i++) {
        double level = 20 + 8 * (dice_real(&dice) - 0.5);
        double slope = 2 + 4 * (dice_real(&dice) - 0.5);
        p->rows[2 * i] = dice_real(&dice);
        p->rows[2 * i + 1] = dice_real(&dice);
        for (size_t k = 0; k < n_each; k++) {
            p->g[i * n_each + k] = log((double)k + 1);
            p->y[i * n_each + k] = level + slope * p->g[i * n_each + k]
                                 + 3 * p->rows[2 * i + 1]
                                 + 4 * (dice_real(&dice) - 0.5) + offset;
        }
    }
    sum_up(p);
}

static struct kor_growth_fit
fit(const struct people *p)
{
    struct kor_growth_fit out;
    assert_int_equal(kor_growth_fit(&p->data, KOR_GROWTH_ML, &out, NULL),
                     KOR_OK);
    assert_true(kor_growth_has_estimates(&out));
    return out;
}

/* The posterior from its definition, (Z'Z / s2 + G^-1)^-1 Z'(y - Xb) / s2. */
static void
a_line_is_the_posterior(void **state)
{
    (void)state;
    struct people p;
    make(&p, 0);
    struct kor_growth_fit f = fit(&p);
    double s2 = f.sigma * f.sigma;
    double det = f.tau00 * f.tau11 - f.tau01 * f.tau01;
    double a = f.tau11 / det, b = -f.tau01 / det, c = f.tau00 / det;
    double r0 = 0, r1 = 0;
    for (size_t k = 0; k < n_each; k++) {
        double off = p.y[k] - f.b[0] - f.b[1] * p.g[k];
        a += 1 / s2;
        b += p.g[k] / s2;
        c += p.g[k] * p.g[k] / s2;
        r0 += off / s2;
        r1 += p.g[k] * off / s2;
    }
    det = a * c - b * b;
    struct kor_own_line line
        = kor_own_line_of(&f, &p.data.centre, &p.sums[0], NULL);
    assert_near(f.b[0] + (c * r0 - b * r1) / det, line.level, 0, 1e-11);
    assert_near(f.b[1] + (a * r1 - b * r0) / det, line.slope, 0, 1e-10);
    assert_near(c / det, line.var_level, 0, 1e-10);
    assert_near(-b / det, line.cov, 0, 1e-10);
    assert_near(a / det, line.var_slope, 0, 1e-10);
}

static void
one_score_after_the_other_is_all_at_once(void **state)
{
    (void)state;
    struct people p;
    make(&p, 0);
    struct kor_growth_fit f = fit(&p);
    struct kor_growth_sums so_far = KOR_GROWTH_NO_SUMS;
    for (size_t k = 0; k < n_each; k++) {
        struct kor_growth_sums again = KOR_GROWTH_NO_SUMS;
        double sd, sd_again;
        kor_growth_add(&so_far, &p.data.centre, p.g[k], p.y[k]);
        for (size_t j = k + 1; j-- > 0;) {
            kor_growth_add(&again, &p.data.centre, p.g[j], p.y[j]);
        }
        struct kor_own_line one
            = kor_own_line_of(&f, &p.data.centre, &so_far, NULL);
        struct kor_own_line all
            = kor_own_line_of(&f, &p.data.centre, &again, NULL);
        assert_near(kor_own_line_at(&f, &one, 2.5, &sd),
                    kor_own_line_at(&f, &all, 2.5, &sd_again), 0, 1e-10);
        assert_near(sd, sd_again, 0, 1e-10);
    }
}

static void
an_offset_of_a_billion_moves_the_level_alone(void **state)
{
    (void)state;
    struct people p, moved;
    make(&p, 0);
    make(&moved, 1e9);
    struct kor_growth_fit f = fit(&p), g = fit(&moved);
    for (size_t i = 0; i < n_people; i += 7) {
        struct kor_own_line was
            = kor_own_line_of(&f, &p.data.centre, &p.sums[i], NULL);
        struct kor_own_line now
            = kor_own_line_of(&g, &moved.data.centre, &moved.sums[i], NULL);
        assert_near(was.level + 1e9, now.level, 1e-5, 0);
        assert_near(was.slope, now.slope, 1e-5, 0);
        assert_near(was.var_level, now.var_level, 0, 1e-5);
    }
}

static void
nobody_known_has_the_line_of_everybody(void **state)
{
    (void)state;
    struct people p;
    make(&p, 0);
    p.data.covariates = p.rows;
    p.data.n_covariates = 2;
    p.data.n_level_only = 1;
    struct kor_growth_fit f = fit(&p);
    const struct kor_growth_sums none = KOR_GROWTH_NO_SUMS;
    const double row[] = {0.25, 0.75};
    struct kor_own_line line
        = kor_own_line_of(&f, &p.data.centre, &none, row);
    assert_int_equal(f.n_terms, 5);
    assert_near(f.b[0] + 0.25 * f.b[2] + 0.75 * f.b[4], line.level, 0, 1e-12);
    assert_near(f.b[1] + 0.25 * f.b[3], line.slope, 0, 1e-12);
    assert_near(f.tau00, line.var_level, 0, 1e-11);
    assert_near(f.tau11, line.var_slope, 0, 1e-11);
}

static void
a_weight_of_two_is_the_person_twice(void **state)
{
    (void)state;
    struct people p;
    struct kor_growth_sums twice[n_people + 10];
    double weights[n_people];
    make(&p, 0);
    for (size_t i = 0; i < n_people; i++) {
        twice[i] = p.sums[i];
        weights[i] = i < 10 ? 2 : 1;
    }
    for (size_t i = 0; i < 10; i++) {
        twice[n_people + i] = p.sums[i];
    }
    struct kor_growth_data doubled = p.data, weighted = p.data;
    doubled.sums = twice;
    doubled.n_people = n_people + 10;
    weighted.weights = weights;
    for (enum kor_growth_method m = KOR_GROWTH_REML; m <= KOR_GROWTH_ML;
         m++) {
        struct kor_growth_fit a, b;
        assert_int_equal(kor_growth_fit(&doubled, m, &a, NULL), KOR_OK);
        assert_int_equal(kor_growth_fit(&weighted, m, &b, NULL), KOR_OK);
        assert_int_equal(a.n_people, b.n_people);
        assert_int_equal(a.n_records, b.n_records);
        assert_near(a.b[1], b.b[1], 0, 1e-9);
        assert_near(a.se[1], b.se[1], 0, 1e-9);
        assert_near(a.tau01, b.tau01, 0, 1e-8);
        assert_near(a.loglik, b.loglik, 0, 1e-11);
    }
    weights[3] = -1;
    struct kor_growth_fit none;
    assert_int_equal(kor_growth_fit(&weighted, KOR_GROWTH_ML, &none, NULL),
                     KOR_BAD_VALUE);
}

static const struct kor_course course
    = {.f = KOR_TIME_LOG, .b0 = 4, .b1 = -1, .b2 = 0.8, .b3 = -0.2,
       .tau00 = 30, .tau01 = -4, .tau11 = 6, .sigma = 3, .min_points = 0,
       .max_points = 40, .first_time = 2, .max_time = 20};

static void
a_forecast_from_sums_is_that_from_scores(void **state)
{
    (void)state;
    struct kor_course_score scores[12];
    struct kor_growth_sums so_far = KOR_GROWTH_NO_SUMS;
    struct dice dice = {5};
    for (size_t i = 0; i < KOR_LENGTH(scores); i++) {
        scores[i] = (struct kor_course_score){(double)i + 2,
                                              40 * dice_real(&dice)};
        kor_growth_add(&so_far, &KOR_COURSE_CENTRE, log(scores[i].at),
                       scores[i].points);
        struct kor_predicted one
            = kor_course_forecast(&course, 22, &so_far, 15);
        struct kor_predicted all
            = kor_course_predict(&course, 22, scores, i + 1, 15);
        assert_near(all.mean, one.mean, 0, 1e-10);
        assert_near(all.sd, one.sd, 0, 1e-10);
    }
}

/* With mean 10 and SD 5 from a start of 20, lower better, RC 6 and cut-off 9:
 * better is below 14, past it below 9, worse above 26. */
static void
chances_are_tails(void **state)
{
    (void)state;
    const struct kor_predicted p = {10, 5};
    struct kor_measure m
        = {.max_points = 40, .better = KOR_LOWER_IS_BETTER, .rc_points = 6,
           .cutoff_points = 9, .cutoff_compare = KOR_MORE_THAN};
    struct kor_chances c = kor_course_chances(&course, &p, &m, 20);
    /* pnorm(0.8), pnorm(-0.2), 1 - pnorm(3.2). */
    assert_near(0.788144601416603, c.better, 0, 1e-12);
    assert_near(0.420740290560897, c.recovered, 0, 1e-12);
    assert_near(0.000687137937915849, c.worse, 0, 1e-10);
    /* Who started past the cut-off does not get there. */
    c = kor_course_chances(&course, &p, &m, 8);
    assert_near(0, c.recovered, 0, 0);
    /* Where reliable change asks for more than the cut-off: below 6. */
    c = kor_course_chances(&course, &p, &m, 12);
    assert_near(0.211855398583397, c.recovered, 0, 1e-12);
    assert_near(c.better, c.recovered, 0, 0);
    m.cutoff_points = NAN;
    assert_true(isnan(kor_course_chances(&course, &p, &m, 20).recovered));
    m.rc_points = NAN;
    assert_true(isnan(kor_course_chances(&course, &p, &m, 20).better));
}

/* 3 - 0.5 x 4 = 1; of one score 0.25 + 2 x 4 x 0.125 + 16 x 0.0625 + 1.5^2 =
 * 4.5. */
static void
a_score_on_a_line_by_hand(void **state)
{
    (void)state;
    const struct kor_growth_fit fitted = {.sigma = 1.5};
    const struct kor_own_line line = {3, -0.5, 0.25, 0.125, 0.0625};
    double sd = 0;
    assert_near(1, kor_own_line_at(&fitted, &line, 4, &sd), 0, 1e-15);
    assert_near(sqrt(4.5), sd, 0, 1e-15);
    assert_near(1, kor_own_line_at(&fitted, &line, 4, NULL), 0, 1e-15);
}

static void
models_that_do_not_compare_give_no_test(void **state)
{
    (void)state;
    struct people p;
    make(&p, 0);
    struct kor_growth_fit small = fit(&p), large;
    p.data.covariates = p.rows;
    p.data.n_covariates = p.data.n_level_only = 2;
    large = fit(&p);
    assert_int_equal(kor_growth_compare(&small, &large).df, 2);
    assert_true(kor_growth_compare(&small, &large).p < 1);
    assert_true(isnan(kor_growth_compare(&large, &small).p));
    assert_true(isnan(kor_growth_compare(&small, &small).p));
    struct kor_growth_fit other = large;
    other.method = KOR_GROWTH_REML;
    assert_true(isnan(kor_growth_compare(&small, &other).chi2));
    other = large;
    other.n_records++;
    assert_true(isnan(kor_growth_compare(&small, &other).chi2));
    other = large;
    other.status = KOR_GROWTH_NOT_CONVERGED;
    assert_true(isnan(kor_growth_compare(&small, &other).chi2));
    other = small;
    other.status = KOR_GROWTH_TOO_FEW;
    assert_true(isnan(kor_growth_compare(&other, &large).chi2));
    other = small;
    other.method = KOR_GROWTH_REML;
    assert_true(isnan(kor_growth_compare(&other, &large).chi2));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_the_posterior),
        cmocka_unit_test(one_score_after_the_other_is_all_at_once),
        cmocka_unit_test(an_offset_of_a_billion_moves_the_level_alone),
        cmocka_unit_test(nobody_known_has_the_line_of_everybody),
        cmocka_unit_test(a_weight_of_two_is_the_person_twice),
        cmocka_unit_test(a_forecast_from_sums_is_that_from_scores),
        cmocka_unit_test(chances_are_tails),
        cmocka_unit_test(a_score_on_a_line_by_hand),
        cmocka_unit_test(models_that_do_not_compare_give_no_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Change by ending against R's t.test(), and the change that a model expects
 * against contrasts of lme4 (endings_oracle.h, made by endings.R). */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/endings.h"
#include "kor/stat/growth.h"

struct model {
    size_t n_terms, n_level_only;
    double b[5], vcov[5][5];
    double points, se, low, high;
};

#include "oracle/endings_oracle.h"

enum { most = 200 };

static struct kor_ending_group
group_of(const struct kor_ending_scores scores[], size_t n,
         enum kor_ending ending, enum kor_better better, double level)
{
    double workspace[3 * most];
    assert_true(n <= most);
    return kor_ending_group_of(scores, n, ending, better, level, workspace);
}

static void
figures_are_those_of_r(void **state)
{
    (void)state;
    for (size_t k = 0; k <= KOR_ENDING_N_STATES; k++) {
        const double *row = groups[k];
        struct kor_ending_group at_95 =
            group_of(episodes, KOR_LENGTH(episodes), (enum kor_ending)k,
                     KOR_LOWER_IS_BETTER, 0.95);
        struct kor_ending_group at_80 =
            group_of(episodes, KOR_LENGTH(episodes), (enum kor_ending)k,
                     KOR_LOWER_IS_BETTER, 0.8);
        assert_near(row[0], (double)at_95.n, 0, 0);
        assert_near(row[1], (double)at_95.n_two, 0, 0);
        assert_near(row[2], at_95.first.mean, 0, 1e-13);
        assert_near(row[3], at_95.first.sd, 0, 1e-13);
        assert_near(row[4], at_95.last.mean, 0, 1e-13);
        assert_near(row[5], at_95.last.sd, 0, 1e-13);
        assert_near(row[6], at_95.change.mean, 0, 1e-13);
        assert_near(row[7], at_95.change.sd, 0, 1e-13);
        assert_near(row[8], at_95.low, 0, 1e-12);
        assert_near(row[9], at_95.high, 0, 1e-12);
        assert_near(row[10], at_80.low, 0, 1e-12);
        assert_near(row[11], at_80.high, 0, 1e-12);
    }
    assert_string_equal(kor_ending_name(KOR_ENDING_UNPLANNED), "unplanned");
    assert_string_equal(kor_ending_name(KOR_ENDING_N_STATES), "all");
}

static void
the_mirrored_scale_has_the_same_change(void **state)
{
    struct kor_ending_scores mirrored[KOR_LENGTH(episodes)];
    size_t n = KOR_LENGTH(episodes);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        mirrored[n - 1 - i] = episodes[i];
        mirrored[n - 1 - i].first = 1e6 - episodes[i].first;
        mirrored[n - 1 - i].last = 1e6 - episodes[i].last;
    }
    for (size_t k = 0; k <= KOR_ENDING_N_STATES; k++) {
        struct kor_ending_group one = group_of(episodes, n, (enum kor_ending)k,
                                               KOR_LOWER_IS_BETTER, 0.95);
        struct kor_ending_group other = group_of(
            mirrored, n, (enum kor_ending)k, KOR_HIGHER_IS_BETTER, 0.95);
        assert_int_equal(one.n_two, other.n_two);
        assert_near(one.change.mean, other.change.mean, 0, 1e-12);
        assert_near(one.low, other.low, 1e-9, 1e-12);
        assert_near(1e6 - one.last.mean, other.last.mean, 0, 1e-12);
    }
}

static void
few_have_no_interval(void **state)
{
    const struct kor_ending_scores two[] = {{KOR_ENDING_OPEN, 20, 12},
                                            {KOR_ENDING_OPEN, NAN, NAN}};
    (void)state;
    struct kor_ending_group one =
        group_of(two, 2, KOR_ENDING_OPEN, KOR_LOWER_IS_BETTER, 0.95);
    assert_int_equal(one.n, 2);
    assert_int_equal(one.n_two, 1);
    assert_near(8, one.change.mean, 0, 0);
    assert_near(NAN, one.low, 0, 0);
    struct kor_ending_group none =
        group_of(two, 2, KOR_ENDING_PLANNED, KOR_LOWER_IS_BETTER, 0.95);
    assert_int_equal(none.n, 0);
    assert_near(NAN, none.change.mean, 0, 0);
    assert_near(NAN, none.high, 0, 0);
}

static void
check_model(const struct model *model, const double covariates[])
{
    struct kor_growth_fit fit = {.status = KOR_GROWTH_CONVERGED,
                                 .n_terms = model->n_terms,
                                 .n_level_only = model->n_level_only};
    for (size_t i = 0; i < model->n_terms; i++) {
        fit.b[i] = model->b[i];
        for (size_t j = 0; j < model->n_terms; j++) {
            fit.vcov[i][j] = model->vcov[i][j];
        }
    }
    struct kor_growth_change change =
        kor_growth_change(&fit, covariates, 0, log1p(8), 0.95);
    assert_near(model->points, change.points, 0, 1e-12);
    assert_near(model->se, change.se, 0, 1e-12);
    assert_near(model->low, change.low, 0, 1e-12);
    assert_near(model->high, change.high, 0, 1e-12);
    struct kor_growth_change back =
        kor_growth_change(&fit, covariates, log1p(8), 0, 0.95);
    assert_near(-change.points, back.points, 0, 0);
    assert_near(-change.low, back.high, 0, 1e-14);
    fit.status = KOR_GROWTH_TOO_FEW;
    change = kor_growth_change(&fit, covariates, 0, 1, 0.95);
    assert_near(NAN, change.points, 0, 0);
    assert_near(NAN, change.high, 0, 0);
}

static void
expected_change_is_a_contrast_of_lme4(void **state)
{
    const double start = 30;
    (void)state;
    check_model(&plain, NULL);
    check_model(&given_30, &start);
    check_model(&with_level_30, &start);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_r),
        cmocka_unit_test(the_mirrored_scale_has_the_same_change),
        cmocka_unit_test(few_have_no_interval),
        cmocka_unit_test(expected_change_is_a_contrast_of_lme4),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tails of t, F, beta and chi-square against R (tail_oracle.h, made by
 * tail.R). */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/tail.h"
#include "support/dice.h"

#include "oracle/tail_oracle.h"

static void
shares_below_t_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(t_below); i++) {
        const double *row = t_below[i];
        assert_near(row[2], kor_t_cdf(row[0], row[1]), 0, 1e-12);
    }
    assert_near(0.5, kor_t_cdf(0, 7), 0, 0);
    assert_near(0, kor_t_cdf(-INFINITY, 7), 0, 0);
    assert_near(1, kor_t_cdf(INFINITY, 7), 0, 0);
}

static void
quantiles_of_t_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(t_quantiles); i++) {
        const double *row = t_quantiles[i];
        assert_near(row[2], kor_t_quantile(row[0], row[1]), 0, 1e-12);
    }
    assert_near(0, kor_t_quantile(0.5, 3), 0, 0);
    assert_true(kor_t_quantile(1, 3) > 1e300);
    assert_true(kor_t_quantile(0, 3) < -1e300);
}

/* With ever more degrees of freedom t is the normal distribution: the share
 * below 1.959963984540054 is 0.975.  Cornish and Fisher's first term,
 * (z^3 + z) / 4 df, is what is left of 1e10. */
static void
t_of_endless_freedom_is_normal(void **state)
{
    (void)state;
    const double z = 1.959963984540054, more = (z * z * z + z) / 4e10;
    assert_near(0.975, kor_t_cdf(z, INFINITY), 0, 1e-15);
    assert_near(0.025, kor_t_cdf(-z, INFINITY), 0, 1e-14);
    assert_near(z, kor_t_quantile(0.975, INFINITY), 0, 1e-14);
    assert_near(-z, kor_t_quantile(0.025, INFINITY), 0, 1e-14);
    assert_near(0.975, kor_t_cdf(z + more, 1e10), 0, 1e-14);
    assert_near(more, kor_t_quantile(0.975, 1e10) - z, 0, 1e-4);
    assert_near(-more, kor_t_quantile(0.025, 1e10) + z, 0, 1e-4);
}

static void
quantiles_of_f_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(f_quantiles); i++) {
        const double *row = f_quantiles[i];
        assert_near(row[3], kor_f_quantile(row[0], row[1], row[2]), 0, 1e-12);
    }
    assert_near(0, kor_f_quantile(0, 3, 4), 0, 0);
    assert_true(kor_f_quantile(1, 3, 4) > 1e300);
}

static void
shares_below_beta_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(beta_below); i++) {
        const double *row = beta_below[i];
        assert_near(row[3], kor_beta_cdf(row[0], row[1], row[2]), 0, 1e-12);
    }
    assert_near(0, kor_beta_cdf(-3, 2, 2), 0, 0);
    assert_near(1, kor_beta_cdf(3, 2, 2), 0, 0);
}

static void
quantiles_of_beta_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(beta_quantiles); i++) {
        const double *row = beta_quantiles[i];
        assert_near(row[3], kor_beta_quantile(row[0], row[1], row[2]), 0,
                    1e-12);
    }
    assert_near(0, kor_beta_quantile(0, 2, 3), 0, 0);
    assert_near(1, kor_beta_quantile(1, 2, 3), 0, 0);
}

static void
shares_above_chi_square_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(chi2_above); i++) {
        const double *row = chi2_above[i];
        assert_near(row[2], kor_chi2_above(row[0], (unsigned)row[1]), 0,
                    1e-12);
    }
    assert_near(1, kor_chi2_above(-1, 4), 0, 0);
    assert_near(0, kor_chi2_above(INFINITY, 4), 0, 0);
}

static void
quantiles_come_back(void **state)
{
    struct dice dice = {20};
    (void)state;
    for (int k = 0; k < 2000; k++) {
        double a = exp(dice_real(&dice) * 18 - 2);
        double b = exp(dice_real(&dice) * 18 - 2);
        double p = dice_real(&dice) * 0.5 + 1e-9;
        double x = kor_beta_quantile(p, a, b);
        assert_near(1 - x, kor_beta_quantile(1 - p, b, a), 1e-9, 0);
        if (x < 0.5) {
            assert_near(p, kor_beta_cdf(x, a, b), 0, 1e-9);
        }
        double t = kor_t_quantile(p, a);
        assert_near(p, kor_t_cdf(t, a), 0, 1e-9);
        assert_near(-t, kor_t_quantile(1 - p, a), 1e-6, 1e-6);
    }
}

static void
an_f_upside_down_is_an_f(void **state)
{
    (void)state;
    for (int k = 1; k < 10; k++) {
        double p = k / 16.0;
        assert_near(1 / kor_f_quantile(1 - p, 7, k), kor_f_quantile(p, k, 7),
                    0, 1e-13);
    }
}

static void
outside_the_ranges_there_is_no_number(void **state)
{
    const double bad[] = {NAN, -1, 0, 1e10};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        assert_near(NAN, kor_beta_cdf(0.5, bad[i], 2), 0, 0);
        assert_near(NAN, kor_beta_cdf(0.5, 2, bad[i]), 0, 0);
        assert_near(NAN, kor_beta_quantile(0.5, bad[i], 2), 0, 0);
        assert_near(NAN, kor_f_quantile(0.5, 2, bad[i]), 0, 0);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_near(NAN, kor_t_cdf(1, bad[i]), 0, 0);
        assert_near(NAN, kor_t_quantile(0.7, bad[i]), 0, 0);
    }
    assert_near(NAN, kor_beta_cdf(NAN, 2, 2), 0, 0);
    assert_near(NAN, kor_beta_quantile(-0.1, 2, 2), 0, 0);
    assert_near(NAN, kor_f_quantile(1.1, 2, 2), 0, 0);
    assert_near(NAN, kor_t_cdf(NAN, 2), 0, 0);
    assert_near(NAN, kor_t_quantile(NAN, 2), 0, 0);
    assert_near(NAN, kor_chi2_above(NAN, 2), 0, 0);
    assert_near(NAN, kor_chi2_above(2, 0), 0, 0);
}

static void
no_share_is_above_one(void **state)
{
    (void)state;
    for (unsigned df = 1; df <= 300; df++) {
        for (int x = 0; x <= 60; x++) {
            assert_true(kor_chi2_above(x, df) <= 1);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_below_t_are_those_of_r),
        cmocka_unit_test(quantiles_of_t_are_those_of_r),
        cmocka_unit_test(t_of_endless_freedom_is_normal),
        cmocka_unit_test(quantiles_of_f_are_those_of_r),
        cmocka_unit_test(shares_below_beta_are_those_of_r),
        cmocka_unit_test(quantiles_of_beta_are_those_of_r),
        cmocka_unit_test(shares_above_chi_square_are_those_of_r),
        cmocka_unit_test(quantiles_come_back),
        cmocka_unit_test(an_f_upside_down_is_an_f),
        cmocka_unit_test(outside_the_ranges_there_is_no_number),
        cmocka_unit_test(no_share_is_above_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

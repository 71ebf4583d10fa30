/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goal attainment, by hand. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/attainment.h"
#include "support/dice.h"

static double
t_of(const double levels[], const double weights[], size_t n)
{
    double t = -1;
    assert_int_equal(
        kor_attainment_t(levels, weights, n, KOR_ATTAINMENT_R, &t, NULL),
        KOR_OK);
    return t;
}

/* One goal: 50 + 10 x.  Two equal ones: .7 * 2 + .3 * 4 = 2.6, so both at +1
 * give 50 + 20 / sqrt(2.6).  Weights 3 and 1 at +1 and -2: 50 + 10 * 1 /
 * sqrt(.7 * 10 + .3 * 16). */
static void
t_is_as_by_hand(void **state)
{
    const double ones[] = {1, 1}, lows[] = {-2, -2}, mixed[] = {1, -2};
    const double equal[] = {7, 7}, unequal[] = {3, 1};
    (void)state;
    assert_near(60, t_of(ones, NULL, 1), 0, 1e-15);
    assert_near(62.403473458920843, t_of(ones, NULL, 2), 0, 1e-14);
    assert_near(62.403473458920843, t_of(ones, equal, 2), 0, 1e-14);
    assert_near(25.193053082158311, t_of(lows, NULL, 2), 0, 1e-14);
    assert_near(52.911112548697908, t_of(mixed, unequal, 2), 0, 1e-14);
}

static void
half_levels_count(void **state)
{
    const double half = 0.5;
    (void)state;
    assert_near(55, t_of(&half, NULL, 1), 0, 1e-15);
}

static void
a_goal_without_a_level_is_left_out(void **state)
{
    const double levels[] = {NAN, 1, NAN, -2}, weights[] = {9, 3, 5, 1};
    (void)state;
    assert_near(52.911112548697908, t_of(levels, weights, 4), 0, 1e-14);
    assert_near(NAN, t_of(levels, weights, 1), 0, 0);
    assert_near(NAN, t_of(levels, NULL, 0), 0, 0);
}

static void
order_and_unit_of_weights_do_not_matter(void **state)
{
    struct dice dice = {6};
    (void)state;
    for (int round = 0; round < 500; round++) {
        double x[6], w[6], turned[6], others[6], mirrored[6];
        size_t n = (size_t)dice_int(&dice, 1, 6);
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)dice_int(&dice, -2, 2);
            w[i] = dice_real(&dice) + 0.1;
            turned[n - 1 - i] = x[i];
            others[n - 1 - i] = w[i] * 1e200;
            mirrored[i] = -x[i];
        }
        double t = t_of(x, w, n);
        assert_near(t, t_of(turned, others, n), 0, 1e-13);
        assert_near(100 - t, t_of(mirrored, w, n), 1e-12, 1e-12);
    }
}

static void
what_is_out_of_range_is_refused(void **state)
{
    const double bad_levels[] = {2.1, -2.1, INFINITY};
    const double bad_weights[] = {0, -1, NAN, INFINITY};
    const double bad_rs[] = {-0.1, 1.1, NAN};
    double level[] = {1, 1}, weight[] = {1, 1}, t;
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    for (size_t i = 0; i < KOR_LENGTH(bad_levels); i++) {
        level[1] = bad_levels[i];
        assert_int_equal(kor_attainment_t(level, NULL, 2, 0.3, &t, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "level");
    }
    level[1] = 1;
    for (size_t i = 0; i < KOR_LENGTH(bad_weights); i++) {
        weight[1] = bad_weights[i];
        assert_int_equal(kor_attainment_t(level, weight, 2, 0.3, &t, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "weight");
    }
    for (size_t i = 0; i < KOR_LENGTH(bad_rs); i++) {
        assert_int_equal(kor_attainment_t(level, NULL, 2, bad_rs[i], &t, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "r");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_is_as_by_hand),
        cmocka_unit_test(half_levels_count),
        cmocka_unit_test(a_goal_without_a_level_is_left_out),
        cmocka_unit_test(order_and_unit_of_weights_do_not_matter),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

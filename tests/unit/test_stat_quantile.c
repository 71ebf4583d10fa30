/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Order statistics, and places in a rising table, held against looking at
 * each value in turn. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "stat/in_calibration.h"
#include "stat/quantile.h"
#include "support/dice.h"

static void
an_order_statistic_lies_between_two_values(void **state)
{
    static const double values[] = {2, 4, 5, 9};
    static const struct {
        double position, expected;
    } rows[] = {{1, 2},   {1.5, 3}, {2, 4}, {3.25, 6}, {4, 9},
                {0.9, 2}, {-3, 2},  {5, 9}, {NAN, 2},  {INFINITY, 9}};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        assert_near(rows[i].expected,
                    kor_order_statistic(values, 4, rows[i].position), 0, 0);
    }
    assert_near(2, kor_order_statistic(values, 1, 1), 0, 0);
}

static void
parts_are_as_even_as_equal_values_let_them(void **state)
{
    static const double even[] = {1, 2, 3, 4, 5, 6};
    static const double tied[] = {1, 1, 1, 1, 2, 3};
    static const double same[] = {7, 7, 7};
    double limits[2];
    (void)state;
    kor_part(even, 6, 3, limits);
    assert_near(2.5, limits[0], 0, 0);
    assert_near(4.5, limits[1], 0, 0);
    kor_part(tied, 6, 3, limits);
    assert_near(1.5, limits[0], 0, 0);
    assert_near(1.5, limits[1], 0, 0);
    kor_part(same, 3, 3, limits);
    assert_near(7, limits[0], 0, 0);
    kor_part(same, 0, 3, limits);
    assert_near(0, limits[1], 0, 0);
}

/* Where 'x' is by looking at each value in turn. */
static void
check_place(const double values[], size_t n, double x)
{
    size_t k = 0;
    double share, expected = 0;
    while (k + 1 < n && values[k + 1] <= x) {
        k++;
    }
    if (x > values[0] && k + 1 < n) {
        expected = (x - values[k]) / (values[k + 1] - values[k]);
    }
    assert_int_equal(kor_calibration_locate(values, n, x, &share), k);
    assert_near(expected, share, 0, 0);
}

/* Times follow one another by 1, closer or further apart. */
static void
a_time_is_found_between_its_neighbours(void **state)
{
    struct dice dice = {20260105};
    (void)state;
    for (int turn = 0; turn < 2000; turn++) {
        double values[12];
        size_t n = (size_t)dice_int(&dice, 1, 12);
        double widest = turn % 2 ? 0.7 : 3;
        values[0] = (double)dice_int(&dice, -2, 4);
        for (size_t i = 1; i < n; i++) {
            values[i] = values[i - 1]
                      + (turn % 3 ? 0.01 + dice_real(&dice) * widest : 1);
        }
        for (size_t i = 0; i < n; i++) {
            check_place(values, n, values[i]);
            check_place(values, n, values[i] - 0.005);
            check_place(values, n, values[i] + dice_real(&dice));
        }
        check_place(values, n, values[n - 1] + 100);
    }
    double share = 7;
    assert_int_equal(
        kor_calibration_locate((double[]){1, 2}, 2, NAN, &share), 0);
    assert_near(0, share, 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_statistic_lies_between_two_values),
        cmocka_unit_test(parts_are_as_even_as_equal_values_let_them),
        cmocka_unit_test(a_time_is_found_between_its_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Summaries of a group, held against R 4.2 (mean, sd, median, and
 * prop.test(k, n, correct = FALSE), which is Wilson's interval). */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/summary.h"

static void
a_mean_leaves_out_what_is_missing(void **state)
{
    const double values[] = {4, NAN, 7, 13, 16, NAN};
    struct kor_mean mean = kor_mean_of(values, KOR_LENGTH(values));
    (void)state;
    assert_int_equal(mean.n, 4);
    assert_near(10, mean.mean, 0, 1e-15);
    assert_near(5.4772255750516612, mean.sd, 0, 1e-15);
}

static void
spread_is_exact_far_from_zero(void **state)
{
    const double values[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    struct kor_mean mean = kor_mean_of(values, KOR_LENGTH(values));
    (void)state;
    assert_near(1000000010, mean.mean, 0, 1e-15);
    assert_near(5.4772255750516612, mean.sd, 0, 1e-14);
}

static void
nothing_has_no_mean_and_one_value_no_spread(void **state)
{
    const double values[] = {NAN, 3};
    (void)state;
    assert_near(NAN, kor_mean_of(values, 0).mean, 0, 0);
    assert_near(NAN, kor_mean_of(values, 1).mean, 0, 0);
    assert_near(3, kor_mean_of(values, 2).mean, 0, 0);
    assert_near(NAN, kor_mean_of(values, 2).sd, 0, 0);
}

static void
the_median_is_the_middle_or_between_the_two(void **state)
{
    double odd[] = {3, 9, 1}, even[] = {3, 9, 1, 4};
    double huge[] = {1e308, 1.5e308}, tiny[] = {5e-324, 5e-324};
    (void)state;
    assert_near(3, kor_median_of(odd, 3), 0, 0);
    assert_near(3.5, kor_median_of(even, 4), 0, 0);
    assert_near(1.25e308, kor_median_of(huge, 2), 0, 1e-15);
    assert_true(kor_median_of(tiny, 2) >= tiny[0]);
    assert_near(NAN, kor_median_of(odd, 0), 0, 0);
}

static void
a_share_has_wilsons_interval(void **state)
{
    static const struct {
        size_t k, n;
        double level, low, high;
    } rows[] = {
        {18, 34, 0.95, 0.3673671298006892, 0.6854849552491152},
        {1, 5, 0.95, 0.03622410863243014, 0.6244653702374747},
        {0, 10, 0.95, 0, 0.2775327998628891},
        {10, 10, 0.95, 0.7224672001371109, 1},
        {7, 20, 0.80, 0.2294972572467073, 0.4932688364865219},
    };
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_share share
            = kor_share_of(rows[i].k, rows[i].n, rows[i].level);
        assert_near((double)rows[i].k / (double)rows[i].n, share.share, 0,
                    1e-15);
        assert_near(rows[i].low, share.low, 1e-12, 1e-12);
        assert_near(rows[i].high, share.high, 1e-12, 1e-12);
    }
}

static void
a_share_of_nobody_is_missing(void **state)
{
    struct kor_share share = kor_share_of(0, 0, 0.95);
    (void)state;
    assert_near(NAN, share.share, 0, 0);
    assert_near(NAN, share.low, 0, 0);
    assert_near(NAN, share.high, 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mean_leaves_out_what_is_missing),
        cmocka_unit_test(spread_is_exact_far_from_zero),
        cmocka_unit_test(nothing_has_no_mean_and_one_value_no_spread),
        cmocka_unit_test(the_median_is_the_middle_or_between_the_two),
        cmocka_unit_test(a_share_has_wilsons_interval),
        cmocka_unit_test(a_share_of_nobody_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Alpha with its interval against R's package psych (reliability_oracle.h,
 * made by reliability.R). */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/reliability.h"
#include "support/dice.h"

#include "oracle/reliability_oracle.h"

enum { most_items = 10, most_people = 40 };

static struct kor_reliability
of(const double items[], size_t n, size_t k, double level)
{
    struct kor_reliability out = {.n_complete = 99};
    double workspace[most_items];
    assert_int_equal(
        kor_reliability_of(items, n, k, level, workspace, &out, NULL), KOR_OK);
    return out;
}

static void
check_set(const double items[], size_t n, size_t k, size_t n_incomplete,
          const struct expected *expected)
{
    struct kor_reliability at_95 = of(items, n, k, 0.95);
    struct kor_reliability at_80 = of(items, n, k, 0.8);
    assert_int_equal(at_95.n_complete, n - n_incomplete);
    assert_int_equal(at_95.n_incomplete, n_incomplete);
    assert_near(expected->mean, at_95.mean, 0, 1e-13);
    assert_near(expected->sd, at_95.sd, 0, 1e-13);
    assert_near(expected->alpha, at_95.alpha, 1e-13, 1e-12);
    assert_near(expected->low_95, at_95.low, 1e-12, 1e-12);
    assert_near(expected->high_95, at_95.high, 1e-12, 1e-12);
    assert_near(expected->low_80, at_80.low, 1e-12, 1e-12);
    assert_near(expected->high_80, at_80.high, 1e-12, 1e-12);
}

static void
alpha_and_interval_are_those_of_psych(void **state)
{
    (void)state;
#define CHECK(set, n_incomplete)                                              \
    check_set(set##_items[0], KOR_LENGTH(set##_items),                        \
              KOR_LENGTH(set##_items[0]), n_incomplete, &set)
    CHECK(nine, 0);
    CHECK(holes, 3);
    CHECK(two, 0);
    CHECK(against, 0);
    CHECK(vas, 0);
#undef CHECK
}

static void
rows_items_units_and_origins_do_not_matter(void **state)
{
    struct dice dice = {31};
    double items[most_people * most_items], others[most_people * most_items];
    (void)state;
    for (int round = 0; round < 200; round++) {
        size_t n = (size_t)dice_int(&dice, 3, most_people);
        size_t k = (size_t)dice_int(&dice, 2, most_items);
        for (size_t i = 0; i < n * k; i++) {
            items[i] = (double)dice_int(&dice, 0, 40) / 8;
            others[n * k - 1 - i] = 1e9 - 4 * items[i];
        }
        struct kor_reliability one = of(items, n, k, 0.9);
        struct kor_reliability other = of(others, n, k, 0.9);
        assert_near(one.alpha, other.alpha, 1e-11, 1e-11);
        assert_near(one.low, other.low, 1e-10, 1e-10);
        assert_near(4 * one.sd, other.sd, 0, 1e-12);
    }
}

static void
without_spread_there_is_no_alpha(void **state)
{
    const double equal[] = {1e9 + .1, .1, 1e9 + .1, .1, 1e9 + .1, .1};
    const double cancelling[] = {.1, .7, .3, .5, .6, .2};
    (void)state;
    assert_near(0, of(equal, 3, 2, 0.95).sd, 0, 0);
    assert_near(NAN, of(equal, 3, 2, 0.95).alpha, 0, 0);
    assert_near(NAN, of(cancelling, 3, 2, 0.95).alpha, 0, 0);
    assert_near(NAN, of(cancelling, 3, 2, 0.95).high, 0, 0);
    assert_near(0.8, of(cancelling, 3, 2, 0.95).mean, 0, 1e-15);
}

static void
numbers_beyond_squaring_have_no_spread(void **state)
{
    const double items[] = {1e300, 2, -1e300, 3, 4, 5};
    (void)state;
    assert_near(NAN, of(items, 3, 2, 0.95).sd, 0, 0);
    assert_near(NAN, of(items, 3, 2, 0.95).alpha, 0, 0);
}

static void
items_that_agree_in_all_have_an_alpha_of_1(void **state)
{
    const double items[] = {.1, .1, .7, .7, .3, .3, .9, .9};
    (void)state;
    assert_near(1, of(items, 4, 2, 0.95).alpha, 0, 1e-15);
    assert_near(1, of(items, 4, 2, 0.95).low, 0, 1e-14);
}

static void
too_few_people_have_no_alpha(void **state)
{
    const double items[] = {1, 2, 3, NAN, 4, 4};
    (void)state;
    struct kor_reliability none = of(items, 0, 2, 0.95);
    assert_int_equal(none.n_complete, 0);
    assert_near(NAN, none.mean, 0, 0);
    struct kor_reliability one = of(items, 2, 2, 0.95);
    assert_int_equal(one.n_complete, 1);
    assert_near(3, one.mean, 0, 0);
    assert_near(NAN, one.sd, 0, 0);
    assert_near(NAN, one.alpha, 0, 0);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    const double items[] = {1, 2, 3, INFINITY};
    double workspace[2];
    struct kor_reliability out;
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(
        kor_reliability_of(items, 2, 2, 0.95, workspace, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "items");
    assert_non_null(strstr(err.text, "row 2"));
    assert_int_equal(
        kor_reliability_of(items, 2, 1, 0.95, workspace, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "items");
    assert_int_equal(
        kor_reliability_of(items, 1, 2, NAN, workspace, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "level");
    assert_int_equal(kor_reliability_of(items, 1, 2, 1, workspace, &out,
                                        NULL),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_and_interval_are_those_of_psych),
        cmocka_unit_test(rows_items_units_and_origins_do_not_matter),
        cmocka_unit_test(without_spread_there_is_no_alpha),
        cmocka_unit_test(numbers_beyond_squaring_have_no_spread),
        cmocka_unit_test(items_that_agree_in_all_have_an_alpha_of_1),
        cmocka_unit_test(too_few_people_have_no_alpha),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Limits of a funnel against qbinom() and qnorm() of R, and Wilson's interval
 * against prop.test() (funnel_oracle.h, made by funnel.R). */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/funnel.h"
#include "kor/stat/summary.h"

#include "oracle/funnel_oracle.h"

static void
check_limits(const double row[6], struct kor_funnel limits)
{
    assert_near(row[2], limits.low_95, 1e-15, 1e-13);
    assert_near(row[3], limits.high_95, 1e-15, 1e-13);
    assert_near(row[4], limits.low_998, 1e-15, 1e-13);
    assert_near(row[5], limits.high_998, 1e-15, 1e-13);
}

static void
limits_are_the_quantiles_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(exact_limits); i++) {
        size_t n = (size_t)exact_limits[i][0];
        double p0 = exact_limits[i][1];
        check_limits(exact_limits[i],
                     kor_funnel_limits(n, p0, KOR_FUNNEL_EXACT));
        check_limits(normal_limits[i],
                     kor_funnel_limits(n, p0, KOR_FUNNEL_NORMAL));
        struct kor_funnel chosen =
            kor_funnel_limits(n, p0, KOR_FUNNEL_BY_SIZE);
        assert_int_equal(chosen.is_exact, n < 30);
        check_limits(n < 30 ? exact_limits[i] : normal_limits[i], chosen);
    }
}

static void
who_has_not_the_event_has_the_mirrored_place(void **state)
{
    static const enum kor_funnel_place mirrored[] = {
        [KOR_FUNNEL_WITHIN] = KOR_FUNNEL_WITHIN,
        [KOR_FUNNEL_ABOVE_95] = KOR_FUNNEL_BELOW_95,
        [KOR_FUNNEL_ABOVE_998] = KOR_FUNNEL_BELOW_998,
        [KOR_FUNNEL_BELOW_95] = KOR_FUNNEL_ABOVE_95,
        [KOR_FUNNEL_BELOW_998] = KOR_FUNNEL_ABOVE_998,
    };
    const size_t sizes[] = {7, 29, 30, 100};
    size_t seen[KOR_LENGTH(mirrored)] = {0};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(sizes); i++) {
        size_t n = sizes[i];
        struct kor_funnel of = kor_funnel_limits(n, 0.375, KOR_FUNNEL_BY_SIZE);
        struct kor_funnel rest =
            kor_funnel_limits(n, 0.625, KOR_FUNNEL_BY_SIZE);
        for (size_t k = 0; k <= n; k++) {
            enum kor_funnel_place place = kor_funnel_place_of(&of, k, n);
            assert_int_equal(kor_funnel_place_of(&rest, n - k, n),
                             mirrored[place]);
            seen[place]++;
        }
    }
    for (size_t k = KOR_FUNNEL_WITHIN; k < KOR_LENGTH(seen); k++) {
        assert_true(seen[k] > 0);
    }
}

/* By hand, for 5 people and a share of one half: none or all have the chance
 * of 1 in 32, so neither is outside 95 %.  For 10 it is 1 in 1024, below 0.1
 * %, and 1 of 10 has with it 11 in 1024, below 2.5 %; 2 have 56. */
static void
small_units_are_outside_as_by_hand(void **state)
{
    struct kor_funnel five = kor_funnel_limits(5, 0.5, KOR_FUNNEL_BY_SIZE);
    struct kor_funnel ten = kor_funnel_limits(10, 0.5, KOR_FUNNEL_BY_SIZE);
    (void)state;
    assert_int_equal(kor_funnel_place_of(&five, 0, 5), KOR_FUNNEL_WITHIN);
    assert_int_equal(kor_funnel_place_of(&five, 5, 5), KOR_FUNNEL_WITHIN);
    assert_int_equal(kor_funnel_place_of(&ten, 0, 10), KOR_FUNNEL_BELOW_998);
    assert_int_equal(kor_funnel_place_of(&ten, 1, 10), KOR_FUNNEL_BELOW_95);
    assert_int_equal(kor_funnel_place_of(&ten, 2, 10), KOR_FUNNEL_WITHIN);
    assert_int_equal(kor_funnel_place_of(&ten, 9, 10), KOR_FUNNEL_ABOVE_95);
    assert_int_equal(kor_funnel_place_of(&ten, 10, 10), KOR_FUNNEL_ABOVE_998);
    assert_string_equal(kor_funnel_place_name(KOR_FUNNEL_ABOVE_998),
                        "above-998");
}

static void
nobody_and_no_share_have_no_limits(void **state)
{
    const double bad[] = {NAN, -0.1, 1.1, INFINITY};
    (void)state;
    struct kor_funnel none = kor_funnel_limits(0, 0.5, KOR_FUNNEL_BY_SIZE);
    assert_near(NAN, none.high_95, 0, 0);
    assert_int_equal(kor_funnel_place_of(&none, 0, 0), KOR_FUNNEL_NO_LIMITS);
    none = kor_funnel_limits(1000000001, 0.5, KOR_FUNNEL_BY_SIZE);
    assert_near(NAN, none.low_95, 0, 0);
    none = kor_funnel_limits(1000000000, 0.5, KOR_FUNNEL_BY_SIZE);
    /* 1.959964 standard errors of a half: sqrt(0.25 / 1e9) = 1.5811e-5. */
    assert_near(0.5 - 1.959964 * 1.5811388e-5, none.low_95, 1e-11, 0);
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        none = kor_funnel_limits(40, bad[i], KOR_FUNNEL_BY_SIZE);
        assert_near(NAN, none.low_998, 0, 0);
        assert_int_equal(kor_funnel_place_of(&none, 3, 40),
                         KOR_FUNNEL_NO_LIMITS);
    }
}

static void
wilsons_interval_is_that_of_prop_test(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wilson); i++) {
        struct kor_share share = kor_share_of(
            (size_t)wilson[i][0], (size_t)wilson[i][1], wilson[i][2]);
        assert_near(wilson[i][3], share.low, 1e-15, 1e-13);
        assert_near(wilson[i][4], share.high, 1e-15, 1e-13);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_the_quantiles_of_r),
        cmocka_unit_test(who_has_not_the_event_has_the_mirrored_place),
        cmocka_unit_test(small_units_are_outside_as_by_hand),
        cmocka_unit_test(nobody_and_no_share_have_no_limits),
        cmocka_unit_test(wilsons_interval_is_that_of_prop_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

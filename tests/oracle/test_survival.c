/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kaplan-Meier curves against survfit() of R's package survival
 * (survival_oracle.h, made by survival.R). */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/survival.h"
#include "support/dice.h"

#include "oracle/survival_oracle.h"

enum { most = 60 };

static size_t
take(const double from[][2], size_t n, struct kor_survival_time people[])
{
    for (size_t i = 0; i < n; i++) {
        people[i] = (struct kor_survival_time){.t = from[i][0],
                                               .is_event = from[i][1] > 0};
    }
    return n;
}

static void
check_curve(const double from[][2], size_t n, enum kor_survival_scale scale,
            double level, const double expected[][7], size_t n_expected,
            const double median[])
{
    struct kor_survival_time people[most];
    struct kor_survival_row rows[most];
    struct kor_survival out;
    take(from, n, people);
    assert_int_equal(
        kor_survival_of(people, n, level, scale, rows, &out, NULL), KOR_OK);
    assert_int_equal(out.n, n);
    assert_int_equal(out.n_rows, n_expected);
    for (size_t i = 0; i < n_expected; i++) {
        assert_near(expected[i][0], rows[i].t, 0, 0);
        assert_near(expected[i][1], (double)rows[i].n_at_risk, 0, 0);
        assert_near(expected[i][2], (double)rows[i].n_events, 0, 0);
        assert_near(expected[i][3], (double)rows[i].n_censored, 0, 0);
        assert_near(expected[i][4], rows[i].s, 1e-14, 1e-13);
        assert_near(expected[i][5], rows[i].low, 1e-14, 1e-13);
        assert_near(expected[i][6], rows[i].high, 1e-14, 1e-13);
    }
    assert_near(median[0], out.median, 0, 0);
    assert_near(median[1], out.median_low, 0, 0);
    assert_near(median[2], out.median_high, 0, 0);
}

static void
curves_are_those_of_survfit(void **state)
{
    (void)state;
#define CHECK(set, SCALE, scale, level)                                       \
    check_curve(set##_people, KOR_LENGTH(set##_people), KOR_SURVIVAL_##SCALE, \
                level / 100.0, set##_##scale##_##level,                       \
                KOR_LENGTH(set##_##scale##_##level),                          \
                set##_##scale##_##level##_median);
    SURVIVAL_SETS(CHECK)
#undef CHECK
}

static void
order_and_missing_times_do_not_matter(void **state)
{
    struct kor_survival_time people[most], others[most];
    struct kor_survival_row rows[most], other_rows[most];
    struct kor_survival one, other;
    struct dice dice = {4};
    (void)state;
    for (int round = 0; round < 200; round++) {
        size_t n = (size_t)dice_int(&dice, 0, 40), m = 0;
        for (size_t i = 0; i < n; i++) {
            people[i].t = (double)dice_int(&dice, 0, 9);
            people[i].is_event = dice_int(&dice, 0, 1);
            others[n - 1 - i] = people[i];
        }
        for (m = n; m < n + 3; m++) {
            others[m] = (struct kor_survival_time){.t = NAN, .is_event = true};
        }
        assert_int_equal(kor_survival_of(people, n, 0.9, KOR_SURVIVAL_LOG,
                                         rows, &one, NULL),
                         KOR_OK);
        assert_int_equal(kor_survival_of(others, m, 0.9, KOR_SURVIVAL_LOG,
                                         other_rows, &other, NULL),
                         KOR_OK);
        assert_int_equal(one.n, other.n);
        assert_int_equal(one.n_rows, other.n_rows);
        assert_near(one.median_high, other.median_high, 0, 0);
        for (size_t i = 0; i < one.n_rows; i++) {
            assert_near(rows[i].low, other_rows[i].low, 0, 0);
        }
    }
}

static void
nobody_has_no_median(void **state)
{
    struct kor_survival out;
    (void)state;
    assert_int_equal(
        kor_survival_of(NULL, 0, 0.95, KOR_SURVIVAL_LOG, NULL, &out, NULL),
        KOR_OK);
    assert_int_equal(out.n, 0);
    assert_int_equal(out.n_rows, 0);
    assert_near(NAN, out.median, 0, 0);
}

static void
impossible_times_and_levels_are_refused(void **state)
{
    struct kor_survival_time people[] = {{3, true}, {-1, true}};
    struct kor_survival_row rows[2];
    struct kor_survival out;
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(
        kor_survival_of(people, 2, 0.95, KOR_SURVIVAL_LOG, rows, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "duration");
    assert_non_null(strstr(err.text, "person 2"));
    people[1].t = INFINITY;
    assert_int_equal(
        kor_survival_of(people, 2, 0.95, KOR_SURVIVAL_LOG, rows, &out, &err),
        KOR_BAD_VALUE);
    assert_int_equal(
        kor_survival_of(people, 1, 1, KOR_SURVIVAL_LOG, rows, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "level");
    static const double levels[] = {0, -1, NAN};
    for (size_t i = 0; i < KOR_LENGTH(levels); i++) {
        assert_int_equal(kor_survival_of(people, 1, levels[i],
                                         KOR_SURVIVAL_LOG, rows, &out, NULL),
                         KOR_BAD_VALUE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_are_those_of_survfit),
        cmocka_unit_test(order_and_missing_times_do_not_matter),
        cmocka_unit_test(nobody_has_no_median),
        cmocka_unit_test(impossible_times_and_levels_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

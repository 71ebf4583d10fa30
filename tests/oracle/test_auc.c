/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Areas under the curve against pROC in R (auc_oracle.h, made by auc.R), by
 * hand, and what must hold whatever the markers are. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/stat/auc.h"
#include "support/dice.h"

struct oracle {
    const struct kor_auc_row *rows;
    size_t n;
    double level;
    double area, low, high;
};

#include "oracle/auc_oracle.h"

enum { most = 100 };

/* Of the rows, each times 'times' plus 'plus'. */
static struct kor_auc
area_of(const struct kor_auc_row from[], size_t n, double times, double plus,
        double level)
{
    struct kor_auc_row rows[most];
    assert_true(n <= most);
    for (size_t i = 0; i < n; i++) {
        rows[i] = from[i];
        rows[i].marker = times * from[i].marker + plus;
    }
    return kor_auc_of(rows, n, level);
}

static void
areas_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *e = &oracles[i];
        struct kor_auc got = area_of(e->rows, e->n, 1, 0, e->level);
        assert_near(e->area, got.area, 0, 1e-13);
        assert_near(e->low, got.low, 1e-13, 1e-13);
        assert_near(e->high, got.high, 0, 1e-13);
        assert_int_equal(got.n_with + got.n_without, e->n);
    }
}

/* With 2 and 4, without 1, 2 and 3: of six pairs one is tied and one lies the
 * wrong way round, so 4.5 / 6. */
static void
a_small_area_is_counted_by_hand(void **state)
{
    const struct kor_auc_row rows[]
        = {{2, true}, {1, false}, {NAN, true}, {4, true}, {2, false},
           {3, false}, {NAN, false}};
    (void)state;
    struct kor_auc got = area_of(rows, KOR_LENGTH(rows), 1, 0, 0.95);
    assert_int_equal(got.n_with, 2);
    assert_int_equal(got.n_without, 3);
    assert_near(4.5 / 6, got.area, 0, 1e-15);
}

static void
the_other_way_round_is_what_is_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *e = &oracles[i];
        struct kor_auc got = area_of(e->rows, e->n, -1, 0, e->level);
        assert_near(1 - e->area, got.area, 1e-14, 1e-13);
        assert_near(1 - e->high, got.low, 1e-13, 1e-12);
        assert_near(1 - e->low, got.high, 0, 1e-12);
    }
}

static void
unit_and_order_do_not_matter(void **state)
{
    struct dice dice = {7};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *e = &oracles[i];
        struct kor_auc_row rows[most];
        memcpy(rows, e->rows, e->n * sizeof *rows);
        for (size_t k = e->n; k > 1; k--) {
            size_t other = (size_t)dice_int(&dice, 0, (int64_t)k - 1);
            struct kor_auc_row row = rows[k - 1];
            rows[k - 1] = rows[other];
            rows[other] = row;
        }
        struct kor_auc one = area_of(e->rows, e->n, 1, 0, 0.9);
        struct kor_auc two = area_of(rows, e->n, 1024, 1e9, 0.9);
        assert_near(one.area, two.area, 0, 0);
        assert_near(one.low, two.low, 0, 0);
        assert_near(one.high, two.high, 0, 0);
    }
}

static void
too_few_have_no_area_or_no_interval(void **state)
{
    struct kor_auc_row rows[] = {{1, true}, {2, false}, {INFINITY, true}};
    (void)state;
    assert_near(NAN, kor_auc_of(NULL, 0, 0.95).area, 0, 0);
    assert_near(NAN, kor_auc_of(rows, 1, 0.95).area, 0, 0);
    struct kor_auc got = kor_auc_of(rows, 2, 0.95);
    assert_near(0, got.area, 0, 0);
    assert_near(NAN, got.low, 0, 0);
    got = kor_auc_of(rows, 3, 0.95);
    assert_near(0.5, got.area, 0, 0);
    assert_near(NAN, got.high, 0, 0);
}

static void
equal_markers_tell_nothing(void **state)
{
    struct kor_auc_row rows[]
        = {{5, true}, {5, false}, {5, true}, {5, false}};
    (void)state;
    struct kor_auc got = kor_auc_of(rows, KOR_LENGTH(rows), 0.95);
    assert_near(0.5, got.area, 0, 0);
    assert_near(0.5, got.low, 0, 0);
    assert_near(0.5, got.high, 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_those_of_r),
        cmocka_unit_test(a_small_area_is_counted_by_hand),
        cmocka_unit_test(the_other_way_round_is_what_is_left),
        cmocka_unit_test(unit_and_order_do_not_matter),
        cmocka_unit_test(too_few_have_no_area_or_no_interval),
        cmocka_unit_test(equal_markers_tell_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cusum against likelihood ratios of R's dbinom() (cusum_oracle.h, made by
 * cusum.R) and against arithmetic by hand. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/cusum.h"

#include "oracle/cusum_oracle.h"

enum { most = 200 };

static size_t
take(struct kor_cusum_person to[])
{
    for (size_t i = 0; i < KOR_LENGTH(people); i++) {
        to[i] = (struct kor_cusum_person){.event = people[i][0],
                                          .expected = people[i][1]};
    }
    return KOR_LENGTH(people);
}

static void
sums_are_likelihood_ratios(void **state)
{
    const struct kor_cusum_rule rule = {.odds_ratio = 2, .limit = 2.5};
    struct kor_cusum_person all[most];
    struct kor_cusum_row rows[most];
    size_t n = take(all);
    (void)state;
    assert_int_equal(kor_cusum_of(&rule, all, n, rows, NULL), KOR_OK);
    for (size_t i = 0; i < n; i++) {
        assert_near(people[i][2], rows[i].more, 1e-14, 1e-13);
        assert_near(people[i][3], rows[i].less, 1e-14, 1e-13);
        assert_int_equal((int)people[i][4], rows[i].is_more);
        assert_int_equal((int)people[i][5], rows[i].is_less);
    }
}

/* Expected 1/2, R 3: an event adds ln(3 / 2), none adds ln(1 / 2); for odds
 * three times as low it is the other way round.  Three events are 3 ln(3 / 2)
 * = 1.216, past the limit of 1; then the sum starts again. */
static void
a_chart_by_hand(void **state)
{
    const struct kor_cusum_rule rule = {.odds_ratio = 3, .limit = 1};
    const double more = log(1.5);
    const struct kor_cusum_person all[] = {{1, 0.5}, {NAN, NAN}, {1, 0.5},
                                           {1, 0.5}, {1, 0.5},   {0, 0.5}};
    struct kor_cusum_row rows[KOR_LENGTH(all)];
    (void)state;
    assert_int_equal(kor_cusum_of(&rule, all, KOR_LENGTH(all), rows, NULL),
                     KOR_OK);
    assert_near(more, rows[0].more, 0, 1e-15);
    assert_near(0, rows[0].less, 0, 0);
    assert_near(more, rows[1].more, 0, 1e-15);
    assert_near(2 * more, rows[2].more, 0, 1e-15);
    assert_false(rows[2].is_more);
    assert_near(3 * more, rows[3].more, 0, 1e-15);
    assert_true(rows[3].is_more);
    assert_near(more, rows[4].more, 0, 1e-15);
    assert_false(rows[4].is_more);
    assert_near(0, rows[5].more, 0, 0);
    assert_near(more, rows[5].less, 0, 1e-15);
}

static void
no_event_for_event_swaps_the_sums(void **state)
{
    const struct kor_cusum_rule rule = {.odds_ratio = 1.7, .limit = 2};
    struct kor_cusum_person all[most], swapped[most];
    struct kor_cusum_row rows[most], others[most];
    size_t n = take(all);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        swapped[i].event = 1 - all[i].event;
        swapped[i].expected = 1 - all[i].expected;
    }
    assert_int_equal(kor_cusum_of(&rule, all, n, rows, NULL), KOR_OK);
    assert_int_equal(kor_cusum_of(&rule, swapped, n, others, NULL), KOR_OK);
    for (size_t i = 0; i < n; i++) {
        assert_near(rows[i].more, others[i].less, 1e-12, 1e-12);
        assert_near(rows[i].less, others[i].more, 1e-12, 1e-12);
        assert_int_equal(rows[i].is_more, others[i].is_less);
    }
}

static void
check_refused(struct kor_cusum_rule rule, double event, double expected,
              const char *field)
{
    struct kor_cusum_person all[] = {{1, 0.5}, {event, expected}};
    struct kor_cusum_row rows[2];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_cusum_of(&rule, all, 2, rows, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    const struct kor_cusum_rule rule = {.odds_ratio = 2, .limit = 3};
    (void)state;
    check_refused((struct kor_cusum_rule){1, 3}, 1, 0.5, "odds_ratio");
    check_refused((struct kor_cusum_rule){INFINITY, 3}, 1, 0.5, "odds_ratio");
    check_refused((struct kor_cusum_rule){NAN, 3}, 1, 0.5, "odds_ratio");
    check_refused((struct kor_cusum_rule){2, 0}, 1, 0.5, "limit");
    check_refused((struct kor_cusum_rule){2, INFINITY}, 1, 0.5, "limit");
    check_refused(rule, 2, 0.5, "event");
    check_refused(rule, 1, 0, "expected");
    check_refused(rule, 1, 1, "expected");
    check_refused(rule, 1, NAN, "expected");
    assert_int_equal(kor_cusum_of(&rule, NULL, 0, NULL, NULL), KOR_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_likelihood_ratios),
        cmocka_unit_test(a_chart_by_hand),
        cmocka_unit_test(no_event_for_event_swaps_the_sums),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

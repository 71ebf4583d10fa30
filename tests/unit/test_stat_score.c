/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From answers to a score, by hand. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/score.h"

/* Five items 0 to 4, the second turned round. */
static const struct kor_item items[]
    = {{0, 4, 1, false}, {0, 4, 1, true}, {0, 4, 1, false},
       {0, 4, 1, false}, {0, 4, 1, false}};
static const struct kor_score_rule total = {.kind = KOR_SCORE_SUM,
                                            .multiplier = 1};

static struct kor_score
score(const struct kor_score_rule *rule, const double values[])
{
    struct kor_score out;
    assert_int_equal(
        kor_score_answers(rule, items, values, 5, &out, NULL), KOR_OK);
    return out;
}

static void
a_sum_turns_reversed_items_round(void **state)
{
    (void)state;
    const double values[] = {1, 1, 2, 0, 4};
    struct kor_score got = score(&total, values);
    assert_near(1 + 3 + 2 + 0 + 4, got.total, 0, 0);
    assert_int_equal(got.n_missing, 0);
    assert_false(got.is_prorated);
}

static void
a_reversed_item_that_does_not_begin_at_0_is_turned_round(void **state)
{
    (void)state;
    const struct kor_item one = {1, 5, 1, true};
    const double value = 2;
    struct kor_score got;
    assert_int_equal(kor_score_answers(&total, &one, &value, 1, &got, NULL),
                     KOR_OK);
    assert_near(4, got.total, 0, 0);
}

static void
a_mean_is_multiplied(void **state)
{
    (void)state;
    struct kor_score_rule rule = {.kind = KOR_SCORE_MEAN, .multiplier = 10};
    const double values[] = {1, 1, 2, 0, 4};
    assert_near(20, score(&rule, values).total, 0, 0);
    rule = (struct kor_score_rule){.kind = KOR_SCORE_SUM, .multiplier = 4};
    assert_near(40, score(&rule, values).total, 0, 0);
}

static void
missing_items_count_as_the_mean_of_the_others(void **state)
{
    (void)state;
    struct kor_score_rule rule = total;
    const double values[] = {1, 1, NAN, 0, 4}; /* 8 in four: 10 in five. */
    rule.max_missing = 1;
    struct kor_score got = score(&rule, values);
    assert_near(10, got.total, 0, 0);
    assert_int_equal(got.n_missing, 1);
    assert_true(got.is_prorated);
    rule.kind = KOR_SCORE_MEAN;
    assert_near(2, score(&rule, values).total, 0, 0);
}

static void
too_many_missing_items_are_a_finding_and_no_error(void **state)
{
    (void)state;
    const double values[] = {1, 1, NAN, 0, 4};
    struct kor_score got = score(&total, values);
    assert_near(NAN, got.total, 0, 0);
    assert_int_equal(got.n_missing, 1);
    assert_false(got.is_prorated);
    const double none[] = {NAN, NAN, NAN, NAN, NAN};
    struct kor_score_rule rule = total;
    rule.max_missing = 5;
    got = score(&rule, none);
    assert_near(NAN, got.total, 0, 0);
    assert_int_equal(got.n_missing, 5);
    assert_false(got.is_prorated);
}

static void
a_sub_score_uses_its_own_items_only(void **state)
{
    (void)state;
    static const uint16_t subset[] = {1, 4};
    struct kor_score_rule rule = total;
    rule.subset = subset;
    rule.n_subset = 2;
    const double values[] = {NAN, 1, NAN, NAN, 4};
    struct kor_score got = score(&rule, values);
    assert_near(3 + 4, got.total, 0, 0);
    assert_int_equal(got.n_missing, 0);
}

static void
an_answer_outside_its_item_is_named(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_score got = {.total = 99};
    static const double bad[] = {4.5, 5, -1, INFINITY, 1.5};
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        const double values[] = {1, 1, bad[i], 0, 4};
        assert_int_equal(
            kor_score_answers(&total, items, values, 5, &got, &err),
            KOR_BAD_VALUE);
        assert_string_equal(err.field, "item 3");
        assert_non_null(strstr(err.text, "between 0 and 4"));
    }
    assert_near(99, got.total, 0, 0);
}

static void
an_item_without_steps_takes_tenths(void **state)
{
    (void)state;
    const struct kor_item lines[] = {{0, 10, 0, false}, {0, 10, 0.1, false}};
    const double values[] = {3.14, 7.3};
    struct kor_score got;
    assert_int_equal(kor_score_answers(&total, lines, values, 2, &got, NULL),
                     KOR_OK);
    assert_near(10.44, got.total, 0, 1e-15);
    const double between[] = {3.14, 7.35};
    assert_int_equal(kor_score_answers(&total, lines, between, 2, &got, NULL),
                     KOR_BAD_VALUE);
}

static void
a_rule_for_an_item_that_is_not_there_is_refused(void **state)
{
    (void)state;
    static const uint16_t subset[] = {5};
    struct kor_score_rule rule = total;
    rule.subset = subset;
    rule.n_subset = 1;
    const double values[] = {1, 1, 1, 1, 1};
    struct kor_score got;
    assert_int_equal(kor_score_answers(&rule, items, values, 5, &got, NULL),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_turns_reversed_items_round),
        cmocka_unit_test(
            a_reversed_item_that_does_not_begin_at_0_is_turned_round),
        cmocka_unit_test(a_mean_is_multiplied),
        cmocka_unit_test(missing_items_count_as_the_mean_of_the_others),
        cmocka_unit_test(too_many_missing_items_are_a_finding_and_no_error),
        cmocka_unit_test(a_sub_score_uses_its_own_items_only),
        cmocka_unit_test(an_answer_outside_its_item_is_named),
        cmocka_unit_test(an_item_without_steps_takes_tenths),
        cmocka_unit_test(a_rule_for_an_item_that_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sawtooth and flat answering, worked out by hand. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/answering.h"
#include "support/dice.h"

static struct kor_answering
look(const double scores[], size_t n, double best)
{
    struct kor_answering_rules rules = kor_answering_rules_default();
    struct kor_answering out;
    rules.best_points = best;
    assert_int_equal(kor_answering_of(&rules, scores, n, &out, NULL), KOR_OK);
    return out;
}

static void
four_large_turns_are_a_sawtooth(void **state)
{
    /* Steps +7, -8, +1, +6, -6: up, down, passed over, up, down. */
    static const double saw[] = {20, 27, 19, NAN, 20, 26, 20};
    /* The last step is 5.9. */
    static const double nearly[] = {20, 27, 19, 20, 26, 20.1};
    (void)state;
    assert_int_equal(look(saw, 7, NAN).n_alternations, 4);
    assert_true(look(saw, 7, NAN).is_sawtooth);
    assert_int_equal(look(saw, 7, NAN).n_given, 6);
    assert_int_equal(look(saw, 6, NAN).n_alternations, 3);
    assert_false(look(saw, 6, NAN).is_sawtooth);
    assert_int_equal(look(nearly, 6, NAN).n_alternations, 3);
}

static void
steps_in_one_direction_count_once(void **state)
{
    /* Up, down, three times up, twice down: four alternations. */
    static const double both[] = {1, 7, 1, 7, 13, 20, 11, 4};
    static const double stairs[] = {1, 7, 13, 19, 25, 31, 37};
    static const double slow[] = {0, 5, 10, 5, 0, 5, 10, 5, 0};
    (void)state;
    assert_int_equal(look(both, 8, NAN).n_alternations, 4);
    assert_int_equal(look(stairs, 7, NAN).n_alternations, 1);
    assert_int_equal(look(slow, 9, NAN).n_alternations, 0);
}

static void
tenths_reach_the_step(void **state)
{
    /* 8.7 - 2.7 falls short of 6 in binary. */
    static const double scores[] = {2.7, 8.7, 2.7, 8.7, 2.7};
    (void)state;
    assert_true(look(scores, 5, NAN).is_sawtooth);
}

static void
limits_are_data(void **state)
{
    static const double scores[] = {10, 13, 10};
    struct kor_answering_rules rules = kor_answering_rules_default();
    struct kor_answering out;
    (void)state;
    rules.step_points = 3;
    rules.least_alternations = 2;
    assert_int_equal(kor_answering_of(&rules, scores, 3, &out, NULL), KOR_OK);
    assert_int_equal(out.n_alternations, 2);
    assert_false(out.is_sawtooth);
    rules.least_scores = 3;
    assert_int_equal(kor_answering_of(&rules, scores, 3, &out, NULL), KOR_OK);
    assert_true(out.is_sawtooth);
}

static void
the_longest_run_of_the_same_score_is_found(void **state)
{
    /*                               1   2   3   4    5   6   7   8   9 */
    static const double scores[] = {40, 40, 38, 38, NAN, 38, 38, 38, 40};
    struct kor_answering out = look(scores, 9, 40);
    (void)state;
    assert_int_equal(out.flat.n, 5);
    assert_int_equal(out.flat.from, 3);
    assert_int_equal(out.flat.to, 8);
    assert_true(out.is_flat);
    assert_int_equal(out.best.n, 2);
    assert_int_equal(out.best.from, 1);
    assert_int_equal(out.best.to, 2);
    assert_int_equal(out.n_best, 3);
    assert_false(out.is_best);
    assert_false(look(scores, 7, 40).is_flat);
    /* The first of two as long. */
    assert_int_equal(look(scores, 4, 40).flat.from, 1);
}

static void
five_at_the_best_end_are_remarked(void **state)
{
    static const double scores[] = {40, 40, 40, 40, 40, 39};
    (void)state;
    assert_true(look(scores, 6, 40).is_best);
    assert_true(look(scores, 6, 40).is_flat);
    assert_false(look(scores, 4, 40).is_best);
    assert_false(look(scores, 6, 0).is_best);
    assert_int_equal(look(scores, 6, NAN).n_best, 0);
    assert_true(look(scores, 6, NAN).is_flat);
}

static void
another_scale_gives_the_same(void **state)
{
    struct dice dice = {11};
    (void)state;
    for (int round = 0; round < 1000; round++) {
        double one[30], two[30];
        struct kor_answering_rules rules = kor_answering_rules_default();
        size_t n = (size_t)dice_int(&dice, 0, 30);
        for (size_t i = 0; i < n; i++) {
            one[i] = dice_int(&dice, 0, 5) == 0
                       ? NAN : (double)dice_int(&dice, 0, 3) * 4;
            two[i] = 1e9 - 3 * one[i];
        }
        struct kor_answering a = look(one, n, 12), b;
        rules.step_points = 18;
        rules.best_points = 1e9 - 36;
        assert_int_equal(kor_answering_of(&rules, two, n, &b, NULL), KOR_OK);
        assert_int_equal(a.n_alternations, b.n_alternations);
        assert_int_equal(a.flat.from, b.flat.from);
        assert_int_equal(a.flat.n, b.flat.n);
        assert_int_equal(a.best.to, b.best.to);
        assert_int_equal(a.n_best, b.n_best);
    }
}

static void
nothing_and_one_score_say_nothing(void **state)
{
    static const double one[] = {40};
    struct kor_answering out = look(NULL, 0, 40);
    (void)state;
    assert_int_equal(out.n_given, 0);
    assert_int_equal(out.flat.n, 0);
    out = look(one, 1, 40);
    assert_int_equal(out.n_given, 1);
    assert_int_equal(out.flat.n, 1);
    assert_false(out.is_flat || out.is_best || out.is_sawtooth);
}

static void
assert_refused(struct kor_answering_rules rules, double score,
               const char *field)
{
    struct kor_answering out;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_answering_of(&rules, &score, 1, &out, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    struct kor_answering_rules good = kor_answering_rules_default(), rules;
    (void)state;
    assert_refused(good, INFINITY, "score");
    rules = good;
    rules.step_points = 0;
    assert_refused(rules, 1, "step_points");
    rules.step_points = INFINITY;
    assert_refused(rules, 1, "step_points");
    rules = good;
    rules.least_alternations = 0;
    assert_refused(rules, 1, "least_alternations");
    rules = good;
    rules.least_run = 1;
    assert_refused(rules, 1, "least_run");
    rules = good;
    rules.best_points = INFINITY;
    assert_refused(rules, 1, "best_points");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_large_turns_are_a_sawtooth),
        cmocka_unit_test(steps_in_one_direction_count_once),
        cmocka_unit_test(tenths_reach_the_step),
        cmocka_unit_test(limits_are_data),
        cmocka_unit_test(the_longest_run_of_the_same_score_is_found),
        cmocka_unit_test(five_at_the_best_end_are_remarked),
        cmocka_unit_test(another_scale_gives_the_same),
        cmocka_unit_test(nothing_and_one_score_say_nothing),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

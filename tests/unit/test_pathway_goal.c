/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pathway: goals under goals, and how far they were attained.  Expected values
 * of T are arithmetic by hand. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/base/compiler.h"
#include "pathway/goal_tree.h"

/* A goal that is open, of weight 1, and of which nobody said anything. */
static struct kor_goal
goal(int64_t id, int64_t under)
{
    return (struct kor_goal){.id = id,
                             .under_id = under,
                             .weight = 1,
                             .target_date = KOR_NO_DATE,
                             .progress = KOR_GOAL_UNSAID,
                             .level = KOR_GOAL_UNSAID};
}

/* 1 has 2 and 4 under it, 2 has 3; 5 stands by itself. */
#define N 5
static void
make_tree(struct kor_goal goals[N])
{
    static const int64_t under[N] = {0, 1, 2, 1, 0};
    for (int64_t i = 0; i < N; i++) {
        goals[i] = goal(i + 1, under[i]);
    }
}

static void
assert_check(const struct kor_goal goals[], const struct kor_goal *one,
             enum kor_code code, const char *field)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_goal_check(goals, N, one, &err), code);
    assert_string_equal(err.field, field);
}

static void
a_goal_lies_three_deep_at_most(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    make_tree(goals);
    static const int depths[N] = {1, 2, 3, 2, 1};
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(kor_goal_depth(goals, N, i), depths[i]);
    }
    struct kor_goal new = goal(0, 2);
    assert_check(goals, &new, KOR_OK, "");
    new.under_id = 3;
    assert_check(goals, &new, KOR_BAD_VALUE, "under");
    new.under_id = 6;
    assert_check(goals, &new, KOR_NOT_FOUND, "under");
    /* What comes along counts: 2 has a step, 1 has two levels. */
    struct kor_goal moved = goals[1];
    moved.under_id = 5;
    assert_check(goals, &moved, KOR_OK, "");
    moved.under_id = 4;
    assert_check(goals, &moved, KOR_BAD_VALUE, "under");
    moved = goals[0];
    moved.under_id = 5;
    assert_check(goals, &moved, KOR_BAD_VALUE, "under");
}

static void
nothing_lies_under_itself(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    make_tree(goals);
    for (int64_t under = 1; under <= 3; under++) {
        struct kor_goal moved = goals[0];
        moved.under_id = under;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_goal_check(goals, N, &moved, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.text, "goal 1 would be its own sub-goal: name "
                                      "one that is not under it");
    }
}

static void
what_is_open_lies_under_what_is_open(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    make_tree(goals);
    struct kor_goal ended = goals[1];
    ended.status = KOR_GOAL_REACHED;
    assert_check(goals, &ended, KOR_CONFLICT, "status");
    goals[2].status = KOR_GOAL_DROPPED;
    assert_check(goals, &ended, KOR_OK, "");
    goals[1].status = KOR_GOAL_REACHED;
    struct kor_goal again = goals[2];
    again.status = KOR_GOAL_OPEN;
    assert_check(goals, &again, KOR_CONFLICT, "under");
    struct kor_goal new = goal(0, 2);
    assert_check(goals, &new, KOR_CONFLICT, "under");
    /* What is ended may lie under what is. */
    assert_check(goals, &goals[2], KOR_OK, "");
}

static void
each_stands_before_those_under_it(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    size_t order[N];
    make_tree(goals);
    goals[1] = goal(2, 0); /* Added in this order: 1, 2, 3 under 5, 4, 5. */
    goals[2] = goal(3, 5);
    static const size_t expected[N] = {0, 3, 1, 4, 2};
    kor_goal_order(goals, N, order);
    assert_memory_equal(order, expected, sizeof order);
}

/* No verb makes one; a file that was changed by hand may hold it. */
static void
a_circle_is_walked_to_an_end_and_still_shown(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    size_t order[N];
    make_tree(goals);
    goals[0].under_id = 3;
    assert_true(kor_goal_depth(goals, N, 0) > KOR_GOAL_DEPTH);
    kor_goal_order(goals, N, order);
    bool is_there[N] = {false};
    for (size_t i = 0; i < N; i++) {
        is_there[order[i]] = true;
    }
    for (size_t i = 0; i < N; i++) {
        assert_true(is_there[i]);
    }
}

/* Levels 1 and -1 of weights 2 and 1: the sum is 1, that of the squares 5, and
 * of the weights 3, so T is 50 + 10 / sqrt(0.7 * 5 + 0.3 * 9)
 * = 50 + 10 / 2.48997992 = 54.01609664. */
static void
attainment_is_of_the_goals_that_have_a_level(void **state)
{
    (void)state;
    struct kor_goal goals[N];
    double t = 0;
    size_t n = 9;
    make_tree(goals);
    assert_int_equal(kor_goal_t(goals, N, &t, &n, NULL), KOR_OK);
    assert_true(isnan(t));
    assert_int_equal(n, 0);
    goals[0].level = 1;
    goals[0].weight = 2;
    goals[3].level = -1;
    goals[4].level = -2;
    goals[4].status = KOR_GOAL_DROPPED;
    assert_int_equal(kor_goal_t(goals, N, &t, &n, NULL), KOR_OK);
    assert_near(t, 54.01609664, 0, 1e-8);
    assert_int_equal(n, 2);
    /* With the one that was dropped: 1 + -2 = -1, squares 6, weights 4. */
    goals[4].status = KOR_GOAL_REACHED;
    assert_int_equal(kor_goal_t(goals, N, &t, &n, NULL), KOR_OK);
    assert_near(t, 50 - 10 / 3.0, 0, 1e-9);
    assert_int_equal(n, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_goal_lies_three_deep_at_most),
        cmocka_unit_test(nothing_lies_under_itself),
        cmocka_unit_test(what_is_open_lies_under_what_is_open),
        cmocka_unit_test(each_stands_before_those_under_it),
        cmocka_unit_test(a_circle_is_walked_to_an_end_and_still_shown),
        cmocka_unit_test(attainment_is_of_the_goals_that_have_a_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Alliance rupture and repair, worked out by hand. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/rupture.h"
#include "support/dice.h"

enum { MOST = 40 };

struct found {
    struct kor_rupture events[MOST];
    size_t n;
    struct kor_rupture_ground ground;
};

static struct found
look(const struct kor_rupture_rules *rules, const double scores[], size_t n)
{
    struct found found;
    assert_int_equal(kor_ruptures_find(rules, scores, n, found.events,
                                       &found.n, &found.ground, NULL),
                     KOR_OK);
    return found;
}

static struct kor_rupture_rules
with_drop(double points)
{
    struct kor_rupture_rules rules = kor_rupture_rules_default();
    rules.drop_points = points;
    return rules;
}

static struct kor_rupture_rules
with_chart(void)
{
    struct kor_rupture_rules rules = kor_rupture_rules_default();
    rules.uses_chart = true;
    return rules;
}

static void
a_drop_that_comes_back_is_repaired(void **state)
{
    /*                               1   2   3   4    5   6   7 */
    static const double scores[] = {37, 38, 34, 33, NAN, 38, 38};
    struct kor_rupture_rules rules = with_drop(3);
    struct found found = look(&rules, scores, 7);
    (void)state;
    assert_int_equal(found.n, 1);
    assert_int_equal(found.events[0].from, 2);
    assert_int_equal(found.events[0].to, 3);
    assert_near(38, found.events[0].before, 0, 0);
    assert_near(34, found.events[0].after, 0, 0);
    assert_near(33, found.events[0].lowest, 0, 0);
    assert_int_equal(found.events[0].rules, KOR_FALL_DROP);
    assert_int_equal(found.events[0].repair, KOR_REPAIR_DONE);
    assert_int_equal(found.events[0].repaired_at, 6);
    rules.drop_points = 4;
    assert_int_equal(look(&rules, scores, 7).n, 1);
    rules.drop_points = 4.1;
    assert_int_equal(look(&rules, scores, 7).n, 0);
}

static void
the_window_of_repair_counts_sessions(void **state)
{
    /* From session 2 to 7 are five sessions; 37.9 is not the level before. */
    static const double in_time[] = {38, 30, 30, 30, NAN, 37.9, 38};
    static const double too_late[] = {38, 30, 30, 30, NAN, NAN, 37.9, 38};
    struct kor_rupture_rules rules = with_drop(5);
    struct found found = look(&rules, in_time, 7);
    (void)state;
    assert_int_equal(found.events[0].repaired_at, 7);
    found = look(&rules, too_late, 8);
    assert_int_equal(found.events[0].repair, KOR_REPAIR_NONE);
    assert_int_equal(found.events[0].repaired_at, 0);
    assert_int_equal(look(&rules, too_late, 6).events[0].repair,
                     KOR_REPAIR_TOO_EARLY);
    assert_int_equal(look(&rules, too_late, 7).events[0].repair,
                     KOR_REPAIR_NONE);
    rules.repair_sessions = 6;
    assert_int_equal(look(&rules, too_late, 8).events[0].repaired_at, 8);
}

static void
further_falls_belong_to_the_same_rupture(void **state)
{
    /*                               1   2   3   4   5   6   7   8   9 */
    static const double scores[] = {38, 34, 35, 30, 38, 33, 33, 33, 29};
    struct kor_rupture_rules rules = with_drop(4);
    struct found found;
    (void)state;
    rules.cutoff_points = 32;
    rules.repair_sessions = 3;
    found = look(&rules, scores, 9);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.events[0].to, 2);
    assert_near(30, found.events[0].lowest, 0, 0);
    assert_int_equal(found.events[0].rules, KOR_FALL_DROP | KOR_FALL_CUTOFF);
    assert_int_equal(found.events[0].repaired_at, 5);
    assert_int_equal(found.events[1].from, 5);
    assert_near(29, found.events[1].lowest, 0, 0);
    assert_int_equal(found.events[1].repair, KOR_REPAIR_NONE);
    rules.repair_sessions = 2;
    found = look(&rules, scores, 9);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.events[0].rules, KOR_FALL_DROP | KOR_FALL_CUTOFF);
    assert_int_equal(found.events[2].from, 8);
    assert_int_equal(found.events[2].repair, KOR_REPAIR_TOO_EARLY);
}

static void
the_cutoff_has_to_be_crossed(void **state)
{
    /* The cut-off itself is not low; who starts low does not fall. */
    static const double scores[] = {35, 34, 36, NAN, 35.9, 35, 36, 35};
    struct kor_rupture_rules rules = kor_rupture_rules_default();
    struct found found;
    (void)state;
    rules.cutoff_points = 36;
    found = look(&rules, scores, 8);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.events[0].from, 3);
    assert_int_equal(found.events[0].to, 5);
    assert_int_equal(found.events[0].rules, KOR_FALL_CUTOFF);
    assert_int_equal(found.events[0].repaired_at, 7);
    assert_int_equal(found.events[1].to, 8);
}

static void
the_chart_limits_by_mean_and_moving_range(void **state)
{
    /* Mean 308 / 8 = 38.5; ranges 1 3 3 4 2 0 0, mean 13 / 7; limit 38.5 -
     * 2.66 x 13 / 7 = 33.56. */
    static const double inside[] = {39, 40, 37, NAN, 34, 38, 40, 40, 40};
    /* Mean 36; ranges 0 .. 0 40 40 0: 80 / 9; limit 12.36: 0 is out. */
    static const double out[] = {40, 40, 40, 40, 40, 40, 40, 0, 40, 40};
    struct kor_rupture_rules rules = with_chart();
    struct found found = look(&rules, inside, 9);
    (void)state;
    assert_int_equal(found.n, 0);
    assert_int_equal(found.ground.chart, KOR_CHART_DRAWN);
    assert_int_equal(found.ground.n_given, 8);
    assert_near(38.5, found.ground.mean, 1e-12, 0);
    assert_near(13 / 7.0, found.ground.mean_range, 1e-12, 0);
    assert_near(38.5 - 2.66 * 13 / 7, found.ground.limit, 1e-12, 0);
    found = look(&rules, out, 10);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.events[0].to, 8);
    assert_int_equal(found.events[0].rules, KOR_FALL_CHART);
    assert_int_equal(found.events[0].repaired_at, 9);
    assert_near(36 - 2.66 * 80 / 9, found.ground.limit, 1e-12, 0);
}

static void
one_low_score_shows_from_eight_on(void **state)
{
    /* With n equal scores but one, d lower, within: 1 - 1 / n > 2.66 x 2 /
     * (n - 1) holds from 8 on. */
    static const double scores[] = {40, 40, 40, 39, 40, 40, 40, 40};
    struct kor_rupture_rules rules = with_chart();
    (void)state;
    assert_int_equal(KOR_CHART_LEAST, 8);
    assert_true(1 - 1 / 7.0 < 2.66 * 2 / 6);
    assert_int_equal(look(&rules, scores, 8).n, 1);
    assert_int_equal(look(&rules, scores, 7).n, 0);
    assert_int_equal(look(&rules, scores, 7).ground.chart, KOR_CHART_TOO_FEW);
    assert_near(NAN, look(&rules, scores, 7).ground.limit, 0, 0);
}

static void
no_spread_and_no_room_are_said(void **state)
{
    static const double top[] = {40, 40, 40, 40, NAN, 40, 40, 40, 40};
    /* Mean 4, mean range 4: the limit lies below 0. */
    static const double low[] = {2, 6, 2, 6, 2, 6, 2, 6};
    struct kor_rupture_rules rules = with_chart();
    struct found found;
    (void)state;
    rules.best_points = 40;
    found = look(&rules, top, 9);
    assert_int_equal(found.ground.chart, KOR_CHART_NO_SPREAD);
    assert_int_equal(found.ground.n_best, 8);
    assert_near(NAN, found.ground.limit, 0, 0);
    assert_int_equal(look(&rules, low, 8).ground.chart, KOR_CHART_DRAWN);
    rules.worst_points = 0;
    rules.drop_points = 4;
    found = look(&rules, low, 8);
    assert_int_equal(found.ground.chart, KOR_CHART_NO_ROOM);
    assert_near(4 - 2.66 * 4, found.ground.limit, 1e-12, 0);
    /* After each of the four 2s but the last score nothing lower by 4. */
    assert_int_equal(found.ground.n_no_room, 4);
    rules.uses_chart = false;
    assert_int_equal(look(&rules, low, 8).ground.chart, KOR_CHART_NOT_ASKED);
}

static void
nothing_is_found_without_rules_or_scores(void **state)
{
    static const double scores[] = {40, 1, 40, 1};
    struct kor_rupture_rules none = kor_rupture_rules_default();
    struct kor_rupture_rules all = with_chart();
    (void)state;
    all.drop_points = 1;
    all.cutoff_points = 36;
    assert_int_equal(look(&none, scores, 4).n, 0);
    assert_int_equal(look(&all, NULL, 0).n, 0);
    assert_int_equal(look(&all, scores, 1).n, 0);
    assert_int_equal(look(&all, scores, 4).n, 2);
    assert_near(NAN, look(&all, NULL, 0).ground.mean, 0, 0);
}

/* Random scores of at most MOST sessions, some missing. */
static size_t
throw_scores(struct dice *dice, double scores[MOST])
{
    size_t n = (size_t)dice_int(dice, 0, MOST);
    for (size_t i = 0; i < n; i++) {
        scores[i] = dice_int(dice, 0, 5) == 0
                      ? NAN : (double)dice_int(dice, 20, 40);
    }
    return n;
}

static void
a_scale_turned_round_gives_the_same(void **state)
{
    struct dice dice = {5};
    size_t n_charted = 0;
    (void)state;
    for (int round = 0; round < 1000; round++) {
        double one[MOST], two[MOST];
        size_t n = throw_scores(&dice, one);
        struct kor_rupture_rules rules = with_chart(), turned;
        rules.drop_points = 9;
        rules.cutoff_points = 30;
        turned = rules;
        turned.better = KOR_LOWER_IS_BETTER;
        turned.drop_points = 18;
        turned.cutoff_points = 1e9 - 60;
        for (size_t i = 0; i < n; i++) {
            two[i] = 1e9 - 2 * one[i];
        }
        struct found a = look(&rules, one, n), b = look(&turned, two, n);
        assert_int_equal(a.n, b.n);
        assert_int_equal(a.ground.chart, b.ground.chart);
        n_charted += a.ground.chart == KOR_CHART_DRAWN;
        assert_near(1e9 - 2 * a.ground.limit, b.ground.limit, 1e-5, 0);
        for (size_t i = 0; i < a.n; i++) {
            assert_int_equal(a.events[i].from, b.events[i].from);
            assert_int_equal(a.events[i].to, b.events[i].to);
            assert_int_equal(a.events[i].rules, b.events[i].rules);
            assert_int_equal(a.events[i].repair, b.events[i].repair);
            assert_int_equal(a.events[i].repaired_at, b.events[i].repaired_at);
        }
    }
    assert_true(n_charted > 500);
}

static void
assert_refused(struct kor_rupture_rules rules, double score,
               const char *field)
{
    double scores[] = {20, score};
    struct kor_rupture events[2];
    struct kor_rupture_ground ground;
    size_t n = 99;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(
        kor_ruptures_find(&rules, scores, 2, events, &n, &ground, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
    assert_int_equal(n, 0);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    struct kor_rupture_rules rules;
    (void)state;
    assert_refused(with_drop(0), 20, "drop_points");
    assert_refused(with_drop(INFINITY), 20, "drop_points");
    assert_refused(with_drop(1), INFINITY, "score");
    rules = with_drop(1);
    rules.cutoff_points = -INFINITY;
    assert_refused(rules, 20, "cutoff_points");
    rules = with_drop(1);
    rules.repair_sessions = 0;
    assert_refused(rules, 20, "repair_sessions");
    rules = with_drop(1);
    rules.best_points = INFINITY;
    assert_refused(rules, 20, "best_points");
    rules = with_drop(1);
    rules.worst_points = -INFINITY;
    assert_refused(rules, 20, "worst_points");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drop_that_comes_back_is_repaired),
        cmocka_unit_test(the_window_of_repair_counts_sessions),
        cmocka_unit_test(further_falls_belong_to_the_same_rupture),
        cmocka_unit_test(the_cutoff_has_to_be_crossed),
        cmocka_unit_test(the_chart_limits_by_mean_and_moving_range),
        cmocka_unit_test(one_low_score_shows_from_eight_on),
        cmocka_unit_test(no_spread_and_no_room_are_said),
        cmocka_unit_test(nothing_is_found_without_rules_or_scores),
        cmocka_unit_test(a_scale_turned_round_gives_the_same),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

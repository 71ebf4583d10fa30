/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calibration against R (calibration_oracle.h, made by calibration.R), what
 * must hold whatever the numbers are, coverage counted by hand, and learning
 * with a reference. */

#include "support/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/learning_room.h"
#include "kor/stat/coverage.h"
#include "kor/stat/deal.h"
#include "kor/stat/learn.h"
#include "kor/stat/reference.h"
#include "oracle/calibration_oracle.h"

enum {
    n_people = KOR_LENGTH(expected_from) - 1,
    n_rows = KOR_LENGTH(expected_points),
    n_times = KOR_LENGTH(expected_times)
};

static const struct kor_episodes made_up
    = {n_people, expected_from, expected_at, expected_points};

/* Calibrates with folds by position, over the scores times 'factor' and
 * 'offset' more. */
static struct kor_calibration
calibrate(double factor, double offset)
{
    static double points[n_rows];
    struct kor_episodes moved = made_up;
    struct kor_calibration out;
    struct kor_learning_work work = kor_learning_room(n_people, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        points[i] = expected_points[i] * factor + offset;
    }
    for (uint32_t i = 0; i < n_people; i++) {
        work.calibration.folds[i] = i % KOR_CALIBRATION_FOLDS;
    }
    moved.points = points;
    assert_int_equal(kor_calibrate(&moved, KOR_TIME_LOG, KOR_GROWTH_REML,
                                   &work.calibration, &out, NULL),
                     KOR_OK);
    kor_learning_room_done(&work);
    return out;
}

static double
reach_of(const struct kor_calibration *c, enum kor_width width, double start,
         double at)
{
    double reaches[KOR_N_WIDTHS];
    kor_calibration_reach(c, start, at, reaches);
    return reaches[width];
}

static void
assert_hits(const struct kor_hits *hits, const uint32_t n[],
            const uint32_t covered[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hits[i].n, n[i]);
        assert_int_equal(hits[i].covered, covered[i]);
    }
}

static void
r_finds_the_same_calibration(void **state)
{
    (void)state;
    struct kor_calibration c = calibrate(1, 0);
    const double line[] = {c.middle, c.growth, c.least, c.most};
    assert_int_equal(c.n_people, 80);
    assert_int_equal(c.n_times, n_times);
    for (size_t i = 0; i < KOR_LENGTH(line); i++) {
        assert_near(expected_line[i], line[i], 1e-7, 1e-7);
    }
    for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
        assert_near(expected_starts[k], c.starts[k], 0, 1e-11);
    }
    assert_near(expected_limits[0], c.limits[0], 0, 1e-11);
    assert_near(expected_limits[1], c.limits[1], 0, 1e-11);
    for (size_t t = 0; t < n_times; t++) {
        assert_near(expected_times[t], c.times[t], 0, 0);
        for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
            assert_near(expected_reach80[3 * t + k],
                        c.reach[KOR_WIDTH_80][t][k], 0, 1e-6);
            assert_near(expected_reach68[3 * t + k],
                        c.reach[KOR_WIDTH_68][t][k], 0, 1e-6);
        }
    }
    for (size_t i = 0; i < KOR_LENGTH(expected_between); i++) {
        const double *e = expected_between[i];
        assert_near(e[2], reach_of(&c, KOR_WIDTH_80, e[0], e[1]),
                    0, 1e-6);
        assert_near(e[3], reach_of(&c, KOR_WIDTH_68, e[0], e[1]),
                    0, 1e-6);
    }
}

static void
r_counts_the_same_coverage(void **state)
{
    (void)state;
    struct kor_calibration c = calibrate(1, 0);
    uint32_t sum = 0;
    assert_hits(c.by_time[KOR_WIDTH_80], expected_time_n, expected_time_80,
                n_times);
    assert_hits(c.by_time[KOR_WIDTH_68], expected_time_n, expected_time_68,
                n_times);
    assert_hits(c.by_start[KOR_WIDTH_80], expected_start_n,
                expected_start_80, KOR_CALIBRATION_STARTS);
    assert_hits(c.by_start[KOR_WIDTH_68], expected_start_n,
                expected_start_68, KOR_CALIBRATION_STARTS);
    for (size_t i = 0; i < KOR_CALIBRATION_CLASSES; i++) {
        assert_int_equal(c.places[i], expected_places[i]);
        sum += c.places[i];
    }
    assert_int_equal(sum, n_rows - n_people);
    assert_int_equal(c.overall[KOR_WIDTH_80].n, sum);
}

static void
units_and_direction_change_nothing(void **state)
{
    (void)state;
    struct kor_calibration was = calibrate(1, 0), moved = calibrate(2.5, 1e4);
    struct kor_calibration mirrored = calibrate(-1, 40);
    for (size_t t = 0; t < n_times; t++) {
        for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
            assert_near(was.reach[KOR_WIDTH_80][t][k],
                        moved.reach[KOR_WIDTH_80][t][k], 0, 1e-6);
        }
    }
    for (size_t t = 0; t < n_times; t++) {
        for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
            size_t other = KOR_CALIBRATION_STARTS - 1 - k;
            assert_near(was.reach[KOR_WIDTH_68][t][k],
                        mirrored.reach[KOR_WIDTH_68][t][other], 0, 1e-6);
        }
    }
    for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
        size_t other = KOR_CALIBRATION_STARTS - 1 - k;
        assert_int_equal(was.by_start[KOR_WIDTH_80][k].n,
                         mirrored.by_start[KOR_WIDTH_80][other].n);
        assert_int_equal(was.by_start[KOR_WIDTH_80][k].covered,
                         mirrored.by_start[KOR_WIDTH_80][other].covered);
    }
    assert_near(was.growth, 2.5 * moved.growth, 1e-8, 1e-6);
    assert_near(was.growth, -mirrored.growth, 1e-8, 1e-6);
    assert_int_equal(was.overall[KOR_WIDTH_80].covered,
                     moved.overall[KOR_WIDTH_80].covered);
    for (size_t i = 0; i < KOR_CALIBRATION_CLASSES; i++) {
        assert_int_equal(was.places[i],
                         mirrored.places[KOR_CALIBRATION_CLASSES - 1 - i]);
    }
}

static void
without_a_calibration_the_reach_is_the_normal_one(void **state)
{
    (void)state;
    const struct kor_calibration none = {0};
    /* qnorm(0.9) and qnorm(0.84). */
    assert_near(1.2815515655446004,
                reach_of(&none, KOR_WIDTH_80, 20, 3), 0, 1e-15);
    assert_near(0.99445788320975,
                reach_of(&none, KOR_WIDTH_68, 20, 3), 0, 1e-14);
}

static void
too_few_are_not_calibrated(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 9, 20};
    for (size_t i = 0; i < KOR_LENGTH(sizes); i++) {
        struct kor_episodes few = made_up;
        struct kor_calibration out;
        few.n_people = sizes[i];
        struct kor_learning_work work = kor_learning_room(n_people, n_rows);
        kor_deal(1, KOR_CALIBRATION_FOLDS, work.calibration.folds, sizes[i]);
        assert_int_equal(kor_calibrate(&few, KOR_TIME_LOG, KOR_GROWTH_REML,
                                       &work.calibration, &out, NULL),
                         KOR_OK);
        assert_int_equal(out.n_times, 0);
        assert_int_equal(out.overall[KOR_WIDTH_80].n, 0);
        kor_learning_room_done(&work);
    }
}

static void
a_person_in_no_fold_is_refused(void **state)
{
    (void)state;
    struct kor_learning_work work = kor_learning_room(n_people, n_rows);
    struct kor_calibration out;
    struct kor_err err;
    for (size_t i = 0; i < n_people; i++) {
        work.calibration.folds[i] = (uint32_t)(i % KOR_CALIBRATION_FOLDS);
    }
    work.calibration.folds[7] = KOR_CALIBRATION_FOLDS;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_calibrate(&made_up, KOR_TIME_LOG, KOR_GROWTH_REML,
                                   &work.calibration, &out, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "folds");
    assert_non_null(strstr(err.text, "person 8"));
    assert_int_equal(out.n_times, 0);
    kor_learning_room_done(&work);
}

static void
a_deal_is_even_and_repeatable(void **state)
{
    (void)state;
    uint32_t one[103], two[103], count[10] = {0};
    bool is_other = false;
    kor_deal(7, 10, one, 103);
    kor_deal(7, 10, two, 103);
    assert_memory_equal(one, two, sizeof one);
    for (size_t i = 0; i < 103; i++) {
        count[one[i]]++;
        is_other |= one[i] != i % 10;
    }
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(count[i], i < 3 ? 11 : 10);
    }
    assert_true(is_other);
}

/* --- coverage ----------------------------------------------------------------- */

/* With tau 0 and sigma 1 the range of 80 % is 1.28 each way round 10 + 0
 * start: scores of 11 are within and of 12 are not. */
static void
coverage_is_counted_by_hand(void **state)
{
    (void)state;
    static const size_t from[] = {0, 3, 5, 6, 9};
    static const double at[] = {1, 2, 2.6, 1, 2, 1, 1, 2, 5};
    static const double points[] = {5, 11, 12, 6, 10, 7, 8, 9, 20};
    const struct kor_episodes episodes = {4, from, at, points};
    const struct kor_course course
        = {.f = KOR_TIME_LOG, .b0 = 10, .sigma = 1, .min_points = 0,
           .max_points = 40, .first_time = 1, .max_time = 4};
    const struct kor_coverage_wish wish = {KOR_WIDTH_80, 2, 12};
    struct kor_coverage out;
    double starts[4];
    kor_coverage_count(&course, &episodes, &wish, starts, &out);
    /* The score at 5 is later than the course speaks of. */
    assert_int_equal(out.overall.n, 4);
    assert_int_equal(out.overall.covered, 3);
    assert_int_equal(out.by_session[2].n, 3);
    assert_int_equal(out.by_session[2].covered, 3);
    assert_int_equal(out.by_session[3].n, 1);
    assert_int_equal(out.by_session[3].covered, 0);
    /* Starts of those looked at: 5, 6 and 8. */
    assert_near(5.5, out.limits[0], 0, 0);
    assert_near(7, out.limits[1], 0, 0);
    assert_int_equal(out.by_third[0].n, 2);
    assert_int_equal(out.by_third[1].n, 1);
    assert_int_equal(out.by_third[2].n, 1);
}

/* Rounded, times of -1, 0, 59 and 60: the first and the last are in all, but
 * not among the sessions. */
static void
coverage_by_session_ends_where_the_table_does(void **state)
{
    (void)state;
    static const size_t from[] = {0, 5};
    static const double at[] = {-2, -1, 0.4, 59.4, 59.5};
    static const double points[] = {5, 10, 10, 10, 10};
    const struct kor_episodes episodes = {1, from, at, points};
    const struct kor_course course
        = {.f = KOR_TIME_IDENTITY, .b0 = 10, .sigma = 1, .min_points = 0,
           .max_points = 40, .first_time = -5, .max_time = 70};
    const struct kor_coverage_wish wish = {KOR_WIDTH_80, -5, 70};
    struct kor_coverage out;
    double starts[1];
    kor_coverage_count(&course, &episodes, &wish, starts, &out);
    assert_int_equal(out.overall.n, 4);
    assert_int_equal(out.by_session[0].n, 1);
    assert_int_equal(out.by_session[59].n, 1);
    uint32_t n = 0;
    for (size_t s = 0; s < KOR_COVERAGE_MAX_SESSIONS; s++) {
        n += out.by_session[s].n;
    }
    assert_int_equal(n, 2);
}

/* Both ends of a range belong to it, also where the scale ends: with mean 1
 * and sigma 1 the range is 0 to 2.28, or to the end of the scale at 2. */
static void
the_ends_of_the_range_belong_to_it(void **state)
{
    (void)state;
    static const size_t from[] = {0, 3};
    static const double at[] = {1, 2, 3}, points[] = {5, 0, 2};
    const struct kor_episodes episodes = {1, from, at, points};
    const struct kor_course course
        = {.f = KOR_TIME_LOG, .b0 = 1, .sigma = 1, .min_points = 0,
           .max_points = 2, .first_time = 1, .max_time = 4};
    const struct kor_coverage_wish wish = {KOR_WIDTH_80, 2, 12};
    struct kor_coverage out;
    double starts[1];
    kor_coverage_count(&course, &episodes, &wish, starts, &out);
    assert_int_equal(out.overall.n, 2);
    assert_int_equal(out.overall.covered, 2);
}

/* Spread that shrinks with the start score is never below a quarter. */
static void
the_line_of_spread_is_held(void **state)
{
    (void)state;
    struct kor_calibration c = {.starts = {5, 10, 15}, .middle = 10,
                                .growth = -0.1, .least = 0, .most = 30,
                                .n_times = 1, .times = {2}};
    for (size_t k = 0; k < KOR_CALIBRATION_STARTS; k++) {
        c.reach[KOR_WIDTH_80][0][k] = 2;
    }
    static const double rows[][2]
        = {{10, 2}, {6, 2.8}, {0, 4}, {-9, 4}, {16, 0.8}, {19, 0.5}, {40, 0.5}};
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        assert_near(rows[i][1],
                    reach_of(&c, KOR_WIDTH_80, rows[i][0], 7), 0,
                    1e-12);
    }
}

/* With more different times than can be kept, each score is counted at the
 * one that is nearest. */
static void
of_many_times_the_nearest_counts(void **state)
{
    (void)state;
    enum { many = 60, each = 130 };
    static size_t from[many + 1];
    static double at[many * (each + 1)], points[many * (each + 1)];
    struct kor_episodes episodes = {many, from, at, points};
    uint64_t noise = 1;
    for (size_t i = 0; i < many; i++) {
        from[i + 1] = from[i] + each + 1;
        for (size_t k = 0; k <= each; k++) {
            noise = noise * 6364136223846793005u + 1442695040888963407u;
            at[from[i] + k] = (double)k + 1;
            points[from[i] + k]
                = (double)(i % 20) + 10 * (double)(noise >> 40) / 16777216;
        }
    }
    struct kor_learning_work work = kor_learning_room(many, many * (each + 1));
    struct kor_calibration c;
    for (uint32_t i = 0; i < many; i++) {
        work.calibration.folds[i] = i % KOR_CALIBRATION_FOLDS;
    }
    assert_int_equal(kor_calibrate(&episodes, KOR_TIME_LOG, KOR_GROWTH_REML,
                                   &work.calibration, &c, NULL),
                     KOR_OK);
    assert_int_equal(c.n_times, KOR_CALIBRATION_MAX_TIMES);
    uint32_t sum = 0;
    for (size_t t = 0; t < c.n_times; t++) {
        size_t n_near = 0;
        for (size_t k = 1; k <= each; k++) {
            size_t best = 0;
            for (size_t u = 1; u < c.n_times; u++) {
                best = fabs(c.times[u] - at[k]) < fabs(c.times[best] - at[k])
                         ? u : best;
            }
            n_near += best == t;
        }
        assert_int_equal(c.by_time[KOR_WIDTH_80][t].n, n_near * many);
        sum += c.by_time[KOR_WIDTH_80][t].n;
    }
    assert_int_equal(sum, many * each);
    kor_learning_room_done(&work);
}

/* --- learning with a reference ----------------------------------------------- */

static struct kor_learned
learn(size_t n, enum kor_growth_method method,
      const struct kor_course *reference)
{
    struct kor_episodes some = made_up;
    const struct kor_learning learning
        = {.f = KOR_TIME_LOG, .method = method, .seed = 1, .max_points = 40,
           .better = KOR_HIGHER_IS_BETTER, .reference = reference};
    struct kor_learned out;
    some.n_people = n;
    struct kor_learning_work work = kor_learning_room(n_people, n_rows);
    assert_int_equal(kor_course_learn(&some, &learning, &work, &out, NULL),
                     KOR_OK);
    kor_learning_room_done(&work);
    return out;
}

static void
a_reference_alone_is_given_back(void **state)
{
    (void)state;
    struct kor_learned own = learn(n_people, KOR_GROWTH_ML, NULL);
    assert_true(kor_reference_can(&own.course));
    assert_int_equal(own.n_own, 80);
    struct kor_learned back = learn(0, KOR_GROWTH_ML, &own.course);
    assert_near(100, back.reference_weight, 0, 0);
    assert_int_equal(back.fit.n_people, 100);
    assert_near(own.course.b0, back.course.b0, 0, 1e-6);
    assert_near(own.course.b1, back.course.b1, 0, 1e-6);
    assert_near(own.course.b2, back.course.b2, 0, 1e-6);
    assert_near(own.course.b3, back.course.b3, 0, 1e-6);
    assert_near(own.course.tau00, back.course.tau00, 0, 1e-5);
    assert_near(own.course.tau01, back.course.tau01, 0, 1e-5);
    assert_near(own.course.tau11, back.course.tau11, 0, 1e-5);
    assert_near(own.course.sigma, back.course.sigma, 0, 1e-6);
    assert_near(own.course.first_time, back.course.first_time, 0, 0);
    assert_int_equal(own.course.calibration.n_times,
                     back.course.calibration.n_times);
}

static void
a_reference_counts_less_as_episodes_close(void **state)
{
    (void)state;
    struct kor_learned reference = learn(n_people, KOR_GROWTH_REML, NULL);
    reference.course.b0 += 5; /* As if people elsewhere stood higher. */
    double before = NAN;
    static const size_t own[] = {0, 20, 50, 80};
    for (size_t i = 0; i < KOR_LENGTH(own); i++) {
        struct kor_learned got
            = learn(own[i], KOR_GROWTH_REML, &reference.course);
        assert_near(100 - (double)got.n_own, got.reference_weight, 0, 0);
        double now = kor_course_range(&got.course, 18, 6).expected;
        assert_true(i == 0 || now < before);
        before = now;
        /* While it counts, the course speaks of its times as well. */
        assert_near(reference.course.max_time, got.course.max_time, 0, 0);
    }
    assert_near(0, kor_reference_weight(100), 0, 0);
    assert_near(0, kor_reference_weight(5000), 0, 0);
}

static void
without_sessions_nothing_can_stand_in(void **state)
{
    (void)state;
    const struct kor_course bare = {.f = KOR_TIME_LOG, .sigma = 1};
    assert_false(kor_reference_can(&bare));
    struct kor_course some = bare;
    struct kor_calibration *c = &some.calibration;
    c->n_times = 2;
    c->n_people = 10;
    c->overall[KOR_WIDTH_80].n = 21;
    assert_true(kor_reference_can(&some));
    c->overall[KOR_WIDTH_80].n = 20; /* Two each: no line of an own. */
    assert_false(kor_reference_can(&some));
    c->overall[KOR_WIDTH_80].n = 21;
    c->n_times = 1;
    assert_false(kor_reference_can(&some));
    c->n_times = 2;
    c->n_people = 0;
    assert_false(kor_reference_can(&some));
}

static void
nobody_gives_no_course(void **state)
{
    (void)state;
    struct kor_learned none = learn(0, KOR_GROWTH_REML, NULL);
    assert_int_equal(none.fit.status, KOR_GROWTH_TOO_FEW);
    none = learn(2, KOR_GROWTH_REML, NULL);
    assert_int_equal(none.fit.status, KOR_GROWTH_TOO_FEW);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_finds_the_same_calibration),
        cmocka_unit_test(r_counts_the_same_coverage),
        cmocka_unit_test(units_and_direction_change_nothing),
        cmocka_unit_test(without_a_calibration_the_reach_is_the_normal_one),
        cmocka_unit_test(too_few_are_not_calibrated),
        cmocka_unit_test(a_person_in_no_fold_is_refused),
        cmocka_unit_test(a_deal_is_even_and_repeatable),
        cmocka_unit_test(coverage_is_counted_by_hand),
        cmocka_unit_test(coverage_by_session_ends_where_the_table_does),
        cmocka_unit_test(the_ends_of_the_range_belong_to_it),
        cmocka_unit_test(the_line_of_spread_is_held),
        cmocka_unit_test(of_many_times_the_nearest_counts),
        cmocka_unit_test(a_reference_alone_is_given_back),
        cmocka_unit_test(a_reference_counts_less_as_episodes_close),
        cmocka_unit_test(without_sessions_nothing_can_stand_in),
        cmocka_unit_test(nobody_gives_no_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

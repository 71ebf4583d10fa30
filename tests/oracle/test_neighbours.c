/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The most alike episodes against R (neighbours_oracle.h, made by
 * neighbours.R), by hand, and what must hold whatever the numbers are. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/neighbours.h"

enum {
    most_people = 100,
    most_scores = 1000,
    sessions = KOR_NEIGHBOURS_MAX_SESSIONS
};

struct oracle {
    const struct kor_episodes *episodes;
    const double *covariates;
    size_t n_covariates;
    size_t person, n; /* Which of them, with so many scores. */
    struct kor_neighbours_wish wish;
    size_t n_compared, n_features, n_found;
    struct kor_neighbour found[most_people];
    struct kor_neighbours_session by[sessions];
};

#include "oracle/neighbours_oracle.h"

struct result {
    struct kor_neighbours neighbours;
    struct kor_neighbour found[most_people];
};

static enum kor_code
find(const struct kor_neighbours_target *target,
     const struct kor_neighbours_pool *pool,
     const struct kor_neighbours_wish *wish, struct result *out,
     struct kor_err *err)
{
    double features[most_people][KOR_NEIGHBOURS_FEATURES];
    const struct kor_neighbours_work work = {out->found, features};
    assert_true(pool->episodes->n_people <= most_people);
    return kor_neighbours_find(target, pool, wish, &work, &out->neighbours,
                               err);
}

/* The person of the episodes with the first so many scores. */
static struct kor_neighbours_target
target_of(const struct oracle *o)
{
    size_t from = o->episodes->from[o->person];
    return (struct kor_neighbours_target){
        o->episodes->at + from, o->episodes->points + from, o->n,
        o->covariates ? o->covariates + o->person * o->n_covariates : NULL,
        o->person};
}

static struct result
result_of(const struct oracle *o)
{
    const struct kor_neighbours_target target = target_of(o);
    const struct kor_neighbours_pool pool
        = {o->episodes, o->covariates, o->n_covariates};
    struct result got;
    assert_int_equal(find(&target, &pool, &o->wish, &got, NULL), KOR_OK);
    return got;
}

/* An empty session of the oracle is all zeros. */
static void
assert_session(const struct kor_neighbours_session *e,
               const struct kor_neighbours_session *got)
{
    assert_int_equal(e->n, got->n);
    assert_near(e->n ? e->mean : NAN, got->mean, 0, 1e-13);
    assert_near(e->n ? e->sd : NAN, got->sd, 0, 1e-12);
    assert_near(e->n ? e->low : NAN, got->low, 1e-12, 1e-12);
    assert_near(e->n ? e->high : NAN, got->high, 0, 1e-12);
}

static void
neighbours_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *o = &oracles[i];
        struct result got = result_of(o);
        assert_int_equal(o->n_compared, got.neighbours.n_compared);
        assert_int_equal(o->n_features, got.neighbours.n_features);
        assert_int_equal(o->n_found, got.neighbours.n);
        for (size_t k = 0; k < o->n_found; k++) {
            assert_int_equal(o->found[k].index, got.found[k].index);
            assert_near(o->found[k].distance, got.found[k].distance, 1e-14,
                        1e-13);
        }
        for (size_t s = 0; s < sessions; s++) {
            assert_session(&o->by[s], &got.neighbours.sessions[s]);
        }
    }
}

/* --- by hand ----------------------------------------------------------- */

/* Start scores 10, 12, 16, 18: their spread is sqrt(40 / 3), and 13 lies 1,
 * 3, 3 and 5 from them.  The last one has a start score alone. */
static const size_t few_from[] = {0, 2, 4, 6, 8, 9};
static const double few_at[] = {1, 3, 1, 3, 1, 3, 1, 2, 1};
static const double few_points[] = {10, 4, 12, 8, 16, 6, 18, 5, 13};
static const struct kor_episodes few = {5, few_from, few_at, few_points};
static const struct kor_neighbours_pool few_pool = {&few, NULL, 0};
static const struct kor_neighbours_wish two_of_them
    = {.f = KOR_TIME_LOG, .k = 2, .level = 0.5, .min_points = NAN,
       .max_points = NAN};

static void
two_of_five_are_found_by_hand(void **state)
{
    const double at[] = {1}, points[] = {13};
    const struct kor_neighbours_target target
        = {at, points, 1, NULL, KOR_NOBODY};
    struct result got;
    (void)state;
    assert_int_equal(find(&target, &few_pool, &two_of_them, &got, NULL),
                     KOR_OK);
    assert_int_equal(got.neighbours.n_compared, 4);
    assert_int_equal(got.neighbours.n, 2);
    assert_int_equal(got.found[0].index, 1);
    assert_int_equal(got.found[1].index, 0);
    assert_near(1 / sqrt(40.0 / 3), got.found[0].distance, 1e-9, 0);
    assert_near(3 / sqrt(40.0 / 3), got.found[1].distance, 1e-9, 0);
    /* Scores 4 and 8 at session 3: t of one degree of freedom is 1 at 3/4. */
    const struct kor_neighbours_session *third
        = &got.neighbours.sessions[3];
    assert_int_equal(third->n, 2);
    assert_near(6, third->mean, 0, 1e-15);
    assert_near(sqrt(8), third->sd, 0, 1e-15);
    assert_near(6 - sqrt(12), third->low, 0, 1e-12);
    assert_near(6 + sqrt(12), third->high, 0, 1e-12);
    assert_near(NAN, got.neighbours.sessions[2].mean, 0, 0);
}

static void
nobody_is_an_own_neighbour(void **state)
{
    struct kor_neighbours_target target
        = {few_at, few_points, 1, NULL, KOR_NOBODY};
    struct result got;
    (void)state;
    assert_int_equal(find(&target, &few_pool, &two_of_them, &got, NULL),
                     KOR_OK);
    assert_int_equal(got.found[0].index, 0);
    target.index = 0;
    assert_int_equal(find(&target, &few_pool, &two_of_them, &got, NULL),
                     KOR_OK);
    assert_int_equal(got.found[0].index, 1);
    assert_int_equal(got.neighbours.n_compared, 3);
}

/* Two people with scores of 10 and 14 at every time but the first. */
static void
scores_outside_the_sessions_are_left_out(void **state)
{
    static const size_t from[] = {0, 5, 10};
    static const double at[] = {-2, 0.4, 59.4, 59.5, 70,
                                -2, 0.4, 59.4, 59.5, 70};
    static const double points[] = {20, 10, 10, 10, 10, 21, 14, 14, 14, 14};
    const struct kor_episodes episodes = {2, from, at, points};
    const struct kor_neighbours_pool pool = {&episodes, NULL, 0};
    const struct kor_neighbours_target target
        = {at, points, 1, NULL, KOR_NOBODY};
    struct kor_neighbours_wish wish = two_of_them;
    struct result got;
    (void)state;
    wish.f = KOR_TIME_IDENTITY;
    assert_int_equal(find(&target, &pool, &wish, &got, NULL), KOR_OK);
    for (size_t s = 0; s < KOR_NEIGHBOURS_MAX_SESSIONS; s++) {
        bool is_there = s == 0 || s == 59;
        assert_int_equal(got.neighbours.sessions[s].n, is_there ? 2 : 0);
        assert_near(is_there ? 12 : NAN, got.neighbours.sessions[s].mean, 0,
                    0);
    }
}

/* What nobody said of the person cannot make others alike. */
static void
covariates_that_are_not_known_do_not_count(void **state)
{
    static const double ages[] = {30, 40, 50, 60, 70};
    const struct kor_neighbours_pool pool = {few_pool.episodes, ages, 1};
    struct kor_neighbours_target target
        = {few_at, few_points, 1, NULL, KOR_NOBODY};
    struct result without, with;
    (void)state;
    assert_int_equal(find(&target, &few_pool, &two_of_them, &without, NULL),
                     KOR_OK);
    assert_int_equal(find(&target, &pool, &two_of_them, &with, NULL), KOR_OK);
    assert_int_equal(with.neighbours.n_features,
                     without.neighbours.n_features);
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(with.found[k].index, without.found[k].index);
        assert_near(without.found[k].distance, with.found[k].distance, 0, 0);
    }
    target.covariates = ages;
    assert_int_equal(find(&target, &pool, &two_of_them, &with, NULL), KOR_OK);
    assert_int_equal(with.neighbours.n_features,
                     without.neighbours.n_features + 1);
}

static void
few_or_equal_people_are_a_result(void **state)
{
    static const double same[] = {7, 4, 7, 8, 7, 6, 7, 5, 7};
    const struct kor_neighbours_target target
        = {few_at, few_points, 1, NULL, KOR_NOBODY};
    struct kor_episodes episodes = few;
    const struct kor_neighbours_pool pool = {&episodes, NULL, 0};
    struct result got;
    (void)state;
    episodes.points = same;
    assert_int_equal(find(&target, &pool, &two_of_them, &got, NULL), KOR_OK);
    assert_int_equal(got.neighbours.n_features, 0);
    assert_int_equal(got.found[1].index, 1);
    assert_near(0, got.found[1].distance, 0, 0);
    episodes.n_people = 1;
    assert_int_equal(find(&target, &pool, &two_of_them, &got, NULL), KOR_OK);
    assert_int_equal(got.neighbours.n, 1);
    assert_near(4, got.neighbours.sessions[3].mean, 0, 0);
    assert_near(NAN, got.neighbours.sessions[3].low, 0, 0);
    episodes.n_people = 0;
    assert_int_equal(find(&target, &pool, &two_of_them, &got, NULL), KOR_OK);
    assert_int_equal(got.neighbours.n, 0);
    assert_near(NAN, got.neighbours.sessions[3].mean, 0, 0);
}

/* All rise by 0.1, as far as tenths can. */
static void
spread_from_rounding_alone_does_not_count(void **state)
{
    static const size_t from[] = {0, 3, 6, 9};
    static const double at[] = {1, 2, 3, 1, 2, 3, 1, 2, 3};
    static const double points[]
        = {0.1, 0.2, 5, 0.3, 0.4, 5, 0.7, 0.8, 5};
    const struct kor_episodes episodes = {3, from, at, points};
    const struct kor_neighbours_pool pool = {&episodes, NULL, 0};
    const struct kor_neighbours_target target = {at, points, 2, NULL, 0};
    struct result got;
    (void)state;
    assert_int_equal(find(&target, &pool, &two_of_them, &got, NULL), KOR_OK);
    assert_int_equal(got.neighbours.n_features, 1);
    assert_int_equal(got.found[0].index, 1);
}

/* Squares of such scores are beyond any number: the feature does not count,
 * and distances stay numbers. */
static void
scores_beyond_squaring_do_not_count(void **state)
{
    static const size_t from[] = {0, 2, 4, 6};
    static const double at[] = {1, 2, 1, 2, 1, 2};
    static const double points[] = {-1e200, 5, 1e200, 5, 1e200, -1e200};
    static const double x[] = {1, 2, 1.5};
    const struct kor_episodes episodes = {3, from, at, points};
    const struct kor_neighbours_pool pool = {&episodes, x, 1};
    const struct kor_neighbours_target target
        = {at, points, 1, x, KOR_NOBODY};
    struct result got;
    (void)state;
    assert_int_equal(find(&target, &pool, &two_of_them, &got, NULL), KOR_OK);
    assert_int_equal(got.neighbours.n_features, 1);
    assert_int_equal(got.found[0].index, 0);
    assert_int_equal(got.found[1].index, 2);
    assert_near(1, got.found[1].distance, 1e-9, 0);
}

/* --- whatever the numbers are ------------------------------------------ */

/* Scores times 'times' plus 'plus', covariates times 3 less 5. */
static void
scale_and_direction_do_not_matter(void **state)
{
    static const struct {
        double times, plus;
    } rows[] = {{-1, 63}, {0.5, 0}, {1, 1e6}, {-4, 17}};
    static double points[most_scores], covariates[most_people * 3];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles) * KOR_LENGTH(rows); i++) {
        struct oracle o = oracles[i % KOR_LENGTH(oracles)];
        struct kor_episodes e = *o.episodes;
        struct result before = result_of(&o);
        double times = rows[i / KOR_LENGTH(oracles)].times;
        double plus = rows[i / KOR_LENGTH(oracles)].plus;
        for (size_t k = 0; k < e.from[e.n_people]; k++) {
            points[k] = times * e.points[k] + plus;
        }
        for (size_t k = 0; k < o.n_covariates * e.n_people; k++) {
            covariates[k] = 3 * o.covariates[k] - 5;
        }
        e.points = points;
        o.episodes = &e;
        o.covariates = o.covariates ? covariates : NULL;
        o.wish.min_points = o.wish.max_points = NAN;
        struct result got = result_of(&o);
        for (size_t k = 0; k < before.neighbours.n; k++) {
            assert_int_equal(before.found[k].index, got.found[k].index);
            assert_near(before.found[k].distance, got.found[k].distance,
                        2e-9, 0);
        }
        for (size_t s = 0; s < sessions; s++) {
            assert_near(before.neighbours.sessions[s].mean * times + plus,
                        got.neighbours.sessions[s].mean, 1e-9, 1e-13);
            assert_near(before.neighbours.sessions[s].sd * fabs(times),
                        got.neighbours.sessions[s].sd, 1e-8, 1e-12);
        }
    }
}

/* The people the other way round: the same distances, and the same people
 * but for those as far away as another. */
static void
order_of_people_does_not_matter(void **state)
{
    static size_t from[most_people + 1];
    static double at[most_scores], points[most_scores],
        covariates[most_people * 3];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        struct oracle o = oracles[i];
        const struct kor_episodes *e = o.episodes;
        struct result before = result_of(&o);
        size_t n = 0, people = e->n_people, width = o.n_covariates;
        for (size_t p = 0; p < people; p++) {
            size_t other = people - 1 - p;
            from[p] = n;
            for (size_t k = e->from[other]; k < e->from[other + 1]; k++) {
                at[n] = e->at[k];
                points[n++] = e->points[k];
            }
            for (size_t c = 0; c < width; c++) {
                covariates[p * width + c] = o.covariates[other * width + c];
            }
        }
        from[people] = n;
        const struct kor_episodes turned = {people, from, at, points};
        o.episodes = &turned;
        o.covariates = o.covariates ? covariates : NULL;
        o.person = people - 1 - o.person;
        struct result got = result_of(&o);
        assert_int_equal(before.neighbours.n, got.neighbours.n);
        for (size_t k = 0; k < before.neighbours.n; k++) {
            assert_near(before.found[k].distance, got.found[k].distance,
                        2e-9, 0);
        }
    }
}

/* --- what is refused --------------------------------------------------- */

static void
assert_refused(const struct kor_neighbours_target *target,
               const struct kor_neighbours_pool *pool,
               const struct kor_neighbours_wish *wish, const char *field)
{
    struct result out = {.neighbours.n = 77};
    struct kor_err err = {0};
    assert_int_equal(find(target, pool, wish, &out, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
    assert_int_equal(out.neighbours.n, 77);
}

static void
what_is_outside_its_limits_is_refused(void **state)
{
    static const double zero[] = {0, 3}, two[] = {10, 4},
                        nan_score[] = {10, NAN};
    const struct kor_neighbours_target good
        = {few_at, few_points, 2, NULL, KOR_NOBODY};
    struct kor_neighbours_target target = good;
    struct kor_neighbours_pool pool = few_pool;
    struct kor_neighbours_wish wish = two_of_them;
    (void)state;
    target.n = 0;
    assert_refused(&target, &pool, &wish, "target");
    target = (struct kor_neighbours_target){zero, two, 2, NULL, KOR_NOBODY};
    assert_refused(&target, &pool, &wish, "target");
    target.at = few_at;
    target.points = nan_score;
    assert_refused(&target, &pool, &wish, "target");
    wish.k = 0;
    assert_refused(&good, &pool, &wish, "k");
    wish = two_of_them;
    wish.level = 1;
    assert_refused(&good, &pool, &wish, "level");
    wish.level = NAN;
    assert_refused(&good, &pool, &wish, "level");
    static const double endless[] = {1, INFINITY};
    wish = two_of_them;
    wish.f = KOR_TIME_IDENTITY;
    target = (struct kor_neighbours_target){endless, two, 2, NULL,
                                            KOR_NOBODY};
    assert_refused(&target, &pool, &wish, "target");
    pool.n_covariates = 9;
    assert_refused(&good, &pool, &two_of_them, "covariates");
    static const size_t from[] = {0, 2};
    const struct kor_episodes at_nought = {1, from, zero, two};
    pool = (struct kor_neighbours_pool){&at_nought, NULL, 0};
    assert_refused(&good, &pool, &two_of_them, "episodes");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_those_of_r),
        cmocka_unit_test(two_of_five_are_found_by_hand),
        cmocka_unit_test(nobody_is_an_own_neighbour),
        cmocka_unit_test(scores_outside_the_sessions_are_left_out),
        cmocka_unit_test(covariates_that_are_not_known_do_not_count),
        cmocka_unit_test(few_or_equal_people_are_a_result),
        cmocka_unit_test(spread_from_rounding_alone_does_not_count),
        cmocka_unit_test(scores_beyond_squaring_do_not_count),
        cmocka_unit_test(scale_and_direction_do_not_matter),
        cmocka_unit_test(order_of_people_does_not_matter),
        cmocka_unit_test(what_is_outside_its_limits_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

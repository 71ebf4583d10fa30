/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The expected course and the forecast against R (course_oracle.h, made by
 * course.R), and what must hold whatever the numbers are. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/course.h"
#include "kor/stat/growth.h"

struct prediction {
    int id;
    double start;
    size_t n;
    struct kor_course_score scores[4];
    double at;
    double mean, sd;
    double low80, high80, low68, high68;
    double chance9;
};

#include "oracle/course_oracle.h"

/* The chance of so many points of improvement. */
static double
chance(const struct kor_course *course, const struct kor_predicted *p,
       double start, double improvement)
{
    const struct kor_measure measure = {.min_points = course->min_points,
                                        .max_points = course->max_points,
                                        .better = course->better,
                                        .rc_points = improvement,
                                        .cutoff_points = NAN};
    return kor_course_chances(course, p, &measure, start).better;
}

static void
course_and_forecast_are_those_of_r(void **state)
{
    (void)state;
    const struct kor_course *c = &btheb_course;
    assert_int_equal(kor_course_check(c, NULL), KOR_OK);
    for (size_t i = 0; i < KOR_LENGTH(predicted); i++) {
        const struct prediction *e = &predicted[i];
        struct kor_predicted got
            = kor_course_predict(c, e->start, e->scores, e->n, e->at);
        assert_near(e->mean, got.mean, 0, 1e-12);
        assert_near(e->sd, got.sd, 0, 1e-12);
        struct kor_band band = kor_course_band(c, &got, 0.80);
        assert_near(e->low80, band.low, 0, 1e-12);
        assert_near(e->high80, band.high, 0, 1e-12);
        band = kor_course_band(c, &got, 0.68);
        assert_near(e->low68, band.low, 0, 1e-12);
        assert_near(e->high68, band.high, 0, 1e-12);
        assert_near(e->chance9, chance(c, &got, e->start, 9), 0, 1e-11);
    }
}

static void
a_missing_score_changes_no_forecast(void **state)
{
    (void)state;
    const struct kor_course_score with[]
        = {{2, 20}, {3, NAN}, {5, 18}};
    const struct kor_course_score without[] = {{2, 20}, {5, 18}};
    struct kor_predicted a
        = kor_course_predict(&btheb_course, 25, with, 3, 8);
    struct kor_predicted b
        = kor_course_predict(&btheb_course, 25, without, 2, 8);
    assert_memory_equal(&a, &b, sizeof a);
}

static void
the_order_of_scores_does_not_matter(void **state)
{
    (void)state;
    const struct kor_course_score one[] = {{2, 20}, {3, 11}, {5, 18}};
    const struct kor_course_score two[] = {{5, 18}, {2, 20}, {3, 11}};
    struct kor_predicted a = kor_course_predict(&btheb_course, 25, one, 3, 8);
    struct kor_predicted b = kor_course_predict(&btheb_course, 25, two, 3, 8);
    assert_near(a.mean, b.mean, 0, 1e-13);
    assert_near(a.sd, b.sd, 0, 1e-13);
}

/* Mirror image: 63 - points, higher is better. */
static struct kor_course
mirrored(const struct kor_course *c)
{
    struct kor_course m = *c;
    m.better = KOR_HIGHER_IS_BETTER;
    m.b0 = 63 - c->b0 - 63 * c->b2;
    m.b1 = -c->b1 - 63 * c->b3;
    return m;
}

static void
a_scale_turned_round_gives_the_mirror_image(void **state)
{
    (void)state;
    struct kor_course m = mirrored(&btheb_course);
    for (size_t i = 0; i < KOR_LENGTH(predicted); i++) {
        const struct prediction *e = &predicted[i];
        struct kor_course_score scores[4];
        for (size_t k = 0; k < e->n; k++) {
            scores[k] = e->scores[k];
            scores[k].points = 63 - e->scores[k].points;
        }
        struct kor_predicted got
            = kor_course_predict(&m, 63 - e->start, scores, e->n, e->at);
        struct kor_band band = kor_course_band(&m, &got, 0.80);
        assert_near(63 - e->mean, got.mean, 0, 1e-11);
        assert_near(63 - e->low80, band.high, 0, 1e-11);
        assert_near(63 - e->high80, band.low, 1e-11, 1e-11);
        assert_near(e->chance9, chance(&m, &got, 63 - e->start, 9),
                    0, 1e-10);
    }
}

static void
there_is_no_chance_beyond_the_end_of_the_scale(void **state)
{
    (void)state;
    struct kor_predicted p = kor_course_predict(&btheb_course, 8, NULL, 0, 8);
    assert_near(0, chance(&btheb_course, &p, 8, 8.5), 0, 0);
    assert_true(chance(&btheb_course, &p, 8, 8) > 0);
    struct kor_course m = mirrored(&btheb_course);
    p = kor_course_predict(&m, 55, NULL, 0, 8);
    assert_near(0, chance(&m, &p, 55, 8.5), 0, 0);
    assert_true(chance(&m, &p, 55, 8) > 0);
}

static void
a_band_stays_on_the_scale(void **state)
{
    (void)state;
    struct kor_predicted wide = {3, 40};
    struct kor_band band = kor_course_band(&btheb_course, &wide, 0.95);
    assert_near(0, band.low, 0, 0);
    assert_near(63, band.high, 0, 0);
}

static void
a_course_speaks_of_its_own_times_only(void **state)
{
    (void)state;
    assert_true(kor_course_supports(&btheb_course, 2));
    assert_true(kor_course_supports(&btheb_course, 8));
    assert_false(kor_course_supports(&btheb_course, 1.9));
    assert_false(kor_course_supports(&btheb_course, 8.1));
    assert_false(kor_course_supports(&btheb_course, NAN));
}

static void
a_course_takes_over_what_was_fitted(void **state)
{
    (void)state;
    struct kor_growth_fit fit
        = {.n_people = 97, .n_records = 280, .n_terms = 4,
           .b = {1, 2, 3, 4}, .tau00 = 5, .tau01 = 1, .tau11 = 6,
           .sigma = 7};
    struct kor_course course = btheb_course;
    kor_course_from_fit(&course, &fit);
    assert_near(4, course.b3, 0, 0);
    assert_near(6, course.tau11, 0, 0);
    assert_int_equal(course.n_records, 280);
    assert_int_equal(kor_course_check(&course, NULL), KOR_OK);
    fit.n_terms = 2;
    kor_course_from_fit(&course, &fit);
    assert_near(0, course.b3, 0, 0);
}

static void
a_course_that_cannot_be_is_refused_by_member(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_course c = btheb_course;
    c.sigma = 0;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "sigma");
    c = btheb_course;
    c.tau01 = 30;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "tau00");
    c = btheb_course;
    c.b2 = NAN;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    c = btheb_course;
    c.f = KOR_TIME_LOG;
    c.first_time = 0;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "max_time");
    c = btheb_course;
    c.max_points = c.min_points;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    c.max_points = INFINITY;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "max_points");
    c = btheb_course;
    c.sigma = INFINITY;
    assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "sigma");
    static const double spreads[] = {-1, NAN, INFINITY};
    for (size_t i = 0; i < KOR_LENGTH(spreads); i++) {
        c = btheb_course;
        c.tau00 = spreads[i];
        assert_int_equal(kor_course_check(&c, &err), KOR_BAD_VALUE);
        assert_string_equal(err.field, "tau00");
        c = btheb_course;
        c.tau11 = spreads[i];
        assert_int_equal(kor_course_check(&c, NULL), KOR_BAD_VALUE);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(course_and_forecast_are_those_of_r),
        cmocka_unit_test(a_missing_score_changes_no_forecast),
        cmocka_unit_test(the_order_of_scores_does_not_matter),
        cmocka_unit_test(a_scale_turned_round_gives_the_mirror_image),
        cmocka_unit_test(there_is_no_chance_beyond_the_end_of_the_scale),
        cmocka_unit_test(a_band_stays_on_the_scale),
        cmocka_unit_test(a_course_speaks_of_its_own_times_only),
        cmocka_unit_test(a_course_takes_over_what_was_fitted),
        cmocka_unit_test(a_course_that_cannot_be_is_refused_by_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

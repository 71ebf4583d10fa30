/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures and time functions, by hand. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/measure.h"
#include "kor/stat/timefn.h"

/* A symptom scale and a well-being scale of one width. */
static const struct kor_measure symptoms
    = {0, 27, KOR_LOWER_IS_BETTER, 6, KOR_AT_LEAST, 10, KOR_MORE_THAN};
static const struct kor_measure well_being
    = {0, 40, KOR_HIGHER_IS_BETTER, 5, KOR_AT_LEAST, 25, KOR_MORE_THAN};

static void
the_example_of_jacobson_and_truax_comes_out(void **state)
{
    (void)state;
    /* SD 7.5, reliability .80: S_diff 4.74; 32.5 to 47.5 is 3.16 of it. */
    double s_diff = kor_reliable_change_points(7.5, 0.80, 1);
    assert_near(4.74, s_diff, 0.005, 0);
    assert_near(3.16, (47.5 - 32.5) / s_diff, 0.005, 0);
    assert_near(1.96 * s_diff, kor_reliable_change_points(7.5, 0.8, 1.96), 0,
                1e-15);
    struct kor_measure m = well_being;
    m.max_points = 100;
    m.rc_points = kor_reliable_change_points(7.5, 0.80, 1.96);
    m.cutoff_points = 50;
    double gain = kor_improvement(&m, 32.5, 47.5);
    assert_true(kor_is_reliable(&m, gain));
    assert_false(kor_is_past_cutoff(&m, 47.5));
    m.cutoff_points = 45;
    assert_true(kor_is_past_cutoff(&m, 47.5));
}

static void
reliable_change_of_nonsense_is_missing(void **state)
{
    (void)state;
    assert_near(0, kor_reliable_change_points(8, 1, 1.96), 0, 0);
    assert_near(NAN, kor_reliable_change_points(-1, 0.8, 1.96), 0, 0);
    assert_near(NAN, kor_reliable_change_points(8, 1.1, 1.96), 0, 0);
    assert_near(NAN, kor_reliable_change_points(8, 0.8, NAN), 0, 0);
}

static void
improvement_counts_in_the_good_direction(void **state)
{
    (void)state;
    assert_near(7, kor_improvement(&symptoms, 20, 13), 0, 0);
    assert_near(-7, kor_improvement(&well_being, 20, 13), 0, 0);
    assert_near(20, kor_room(&symptoms, 20), 0, 0);
    assert_near(20, kor_room(&well_being, 20), 0, 0);
    assert_near(28, kor_room(&well_being, 12), 0, 0);
}

static void
the_operator_decides_on_the_line(void **state)
{
    (void)state;
    struct kor_measure m = symptoms;
    assert_true(kor_is_reliable(&m, 6));
    assert_false(kor_is_reliable(&m, 5.9));
    m.rc_compare = KOR_MORE_THAN;
    assert_false(kor_is_reliable(&m, 6));
    assert_true(kor_is_reliable(&m, 6.1));
    assert_false(kor_is_past_cutoff(&m, 10));
    assert_true(kor_is_past_cutoff(&m, 9));
    m.cutoff_compare = KOR_AT_LEAST;
    assert_true(kor_is_past_cutoff(&m, 10));
    assert_false(kor_is_past_cutoff(&well_being, 25));
    assert_true(kor_is_past_cutoff(&well_being, 25.1));
}

static void
tenths_are_compared_as_people_read_them(void **state)
{
    (void)state;
    /* Not exact in binary: 16.4 - 11.4 comes out below 5, and 0.1 + 0.2
     * above 0.3. */
    assert_true(16.4 - 11.4 < 5);
    double gain = kor_improvement(&well_being, 11.4, 16.4);
    assert_true(kor_is_reliable(&well_being, gain));
    struct kor_measure strict = well_being;
    strict.rc_compare = KOR_MORE_THAN;
    assert_false(kor_is_reliable(&strict, 5.1 - 0.1 + 1e-12));
    strict.cutoff_points = 0.3;
    assert_false(kor_is_past_cutoff(&strict, 0.1 + 0.2));
}

static void
what_is_not_known_is_never_found(void **state)
{
    (void)state;
    struct kor_measure m = symptoms;
    m.rc_points = NAN;
    m.cutoff_points = NAN;
    assert_int_equal(kor_measure_check(&m, NULL), KOR_OK);
    assert_false(kor_is_reliable(&m, 27));
    assert_false(kor_is_past_cutoff(&m, 0));
    assert_false(kor_is_reliable(&symptoms, NAN));
    assert_false(kor_is_past_cutoff(&symptoms, NAN));
}

static void
a_measure_that_cannot_be_is_refused_by_member(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_measure_check(&symptoms, &err), KOR_OK);
    struct kor_measure m = symptoms;
    m.max_points = 0;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "max_points");
    m = symptoms;
    m.min_points = -INFINITY;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    m = symptoms;
    m.max_points = INFINITY;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    m = symptoms;
    m.rc_points = 0;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "rc_points");
    m.rc_points = 28;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    m = symptoms;
    m.cutoff_points = 27.5;
    assert_int_equal(kor_measure_check(&m, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "cutoff_points");
}

static void
a_score_outside_the_scale_is_refused_with_the_limits(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_points_check(&symptoms, 27, &err), KOR_OK);
    assert_int_equal(kor_points_check(&symptoms, NAN, &err), KOR_OK);
    assert_int_equal(kor_points_check(&symptoms, 27.5, &err), KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "0 and 27"));
    assert_null(strstr(err.text, "27.5"));
    assert_int_equal(kor_points_check(&symptoms, INFINITY, &err),
                     KOR_BAD_VALUE);
}

static void
time_functions_have_names_and_ranges(void **state)
{
    (void)state;
    assert_near(0, kor_time_apply(KOR_TIME_LOG, 1), 0, 0);
    assert_near(2.302585092994046, kor_time_apply(KOR_TIME_LOG, 10), 0,
                1e-15);
    assert_near(NAN, kor_time_apply(KOR_TIME_LOG, 0), 0, 0);
    assert_near(2.1972245773362196, kor_time_apply(KOR_TIME_LOG1P, 8), 0,
                1e-15);
    assert_near(NAN, kor_time_apply(KOR_TIME_LOG1P, -0.5), 0, 0);
    assert_near(-3, kor_time_apply(KOR_TIME_IDENTITY, -3), 0, 0);
    assert_near(NAN, kor_time_apply(KOR_TIME_IDENTITY, INFINITY), 0, 0);
    for (double t = 0.5; t < 100; t += 0.5) {
        assert_near(log(t), kor_time_apply(KOR_TIME_LOG, t), 0, 0);
    }
    static const char *const names[] = {"log", "log1p", "identity"};
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        enum kor_time_function f;
        assert_true(kor_time_from(names[i], &f));
        assert_string_equal(kor_time_name(f), names[i]);
    }
    enum kor_time_function f = KOR_TIME_LOG1P;
    assert_false(kor_time_from("sqrt", &f));
    assert_int_equal(f, KOR_TIME_LOG1P);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_jacobson_and_truax_comes_out),
        cmocka_unit_test(reliable_change_of_nonsense_is_missing),
        cmocka_unit_test(improvement_counts_in_the_good_direction),
        cmocka_unit_test(the_operator_decides_on_the_line),
        cmocka_unit_test(tenths_are_compared_as_people_read_them),
        cmocka_unit_test(what_is_not_known_is_never_found),
        cmocka_unit_test(a_measure_that_cannot_be_is_refused_by_member),
        cmocka_unit_test(
            a_score_outside_the_scale_is_refused_with_the_limits),
        cmocka_unit_test(time_functions_have_names_and_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

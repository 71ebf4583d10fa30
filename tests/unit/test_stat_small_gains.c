/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small gains, worked out by hand. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/small_gains.h"
#include "support/dice.h"

/*                                1   2   3   4    5   6   7     8   9 */
static const double lower[] = {20, 22, 18, 17, NAN, 17, 14, 15.5, 13};

static size_t
find(enum kor_better better, double least, const double scores[], size_t n,
     struct kor_small_gain gains[])
{
    size_t n_gains = 99;
    assert_int_equal(kor_small_gains_find(better, least, scores, n, gains,
                                          &n_gains, NULL),
                     KOR_OK);
    return n_gains;
}

static void
a_score_that_beats_the_last_three_is_one(void **state)
{
    struct kor_small_gain gains[KOR_LENGTH(lower)];
    (void)state;
    /* 17 beats 18 by 1; 14 beats 18, 17, 17 by 3; 13 beats 14 by 1. */
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 0.5, lower, 9, gains), 3);
    assert_int_equal(gains[0].session, 4);
    assert_near(17, gains[0].score, 0, 0);
    assert_near(18, gains[0].best, 0, 0);
    assert_near(1, gains[0].by_points, 0, 0);
    assert_int_equal(gains[1].session, 7);
    assert_near(3, gains[1].by_points, 0, 0);
    assert_int_equal(gains[2].session, 9);
    assert_near(14, gains[2].best, 0, 0);
}

static void
the_least_points_count_themselves(void **state)
{
    struct kor_small_gain gains[KOR_LENGTH(lower)];
    static const double tenths[] = {9.2, 9.2, 9.2, 2.2};
    (void)state;
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 3, lower, 9, gains), 1);
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 3.1, lower, 9, gains), 0);
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 7, tenths, 4, gains), 1);
}

static void
where_higher_is_better_the_mirror_holds(void **state)
{
    struct kor_small_gain gains[KOR_LENGTH(lower)];
    double higher[KOR_LENGTH(lower)];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lower); i++) {
        higher[i] = 40 - lower[i];
    }
    assert_int_equal(find(KOR_HIGHER_IS_BETTER, 0.5, higher, 9, gains), 3);
    assert_int_equal(gains[1].session, 7);
    assert_near(3, gains[1].by_points, 0, 0);
    assert_near(23, gains[1].best, 0, 0);
}

static void
by_chance_one_in_four_is_best(void **state)
{
    enum { N = 20000 };
    static double scores[N];
    static struct kor_small_gain gains[N];
    struct dice dice = {3};
    (void)state;
    for (size_t i = 0; i < N; i++) {
        scores[i] = dice_real(&dice);
    }
    /* Standard error of the share: 0.003. */
    assert_near(0.25,
                (double)find(KOR_LOWER_IS_BETTER, 1e-12, scores, N, gains) / N,
                0.012, 0);
}

static void
few_and_equal_scores_have_none(void **state)
{
    struct kor_small_gain gains[9];
    static const double equal[] = {1e9, 1e9, 1e9, 1e9, 1e9};
    (void)state;
    for (size_t n = 0; n <= 5; n++) {
        assert_int_equal(find(KOR_LOWER_IS_BETTER, 1e-9, equal, n, gains), 0);
    }
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 1, lower, 3, gains), 0);
    assert_int_equal(find(KOR_LOWER_IS_BETTER, 1, lower, 4, gains), 1);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    static const double least[] = {0, -1, NAN, INFINITY};
    static const double infinite[] = {1, 2, INFINITY};
    struct kor_small_gain gains[9];
    struct kor_err err;
    size_t n = 99;
    (void)state;
    kor_err_init(&err, KOR_EN);
    for (size_t i = 0; i < KOR_LENGTH(least); i++) {
        assert_int_equal(kor_small_gains_find(KOR_LOWER_IS_BETTER, least[i],
                                              lower, 9, gains, &n, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "least_points");
        assert_int_equal(n, 0);
    }
    assert_int_equal(kor_small_gains_find(KOR_LOWER_IS_BETTER, 1, infinite, 3,
                                          gains, &n, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "score");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_score_that_beats_the_last_three_is_one),
        cmocka_unit_test(the_least_points_count_themselves),
        cmocka_unit_test(where_higher_is_better_the_mirror_holds),
        cmocka_unit_test(by_chance_one_in_four_is_best),
        cmocka_unit_test(few_and_equal_scores_have_none),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sorting in place, held against qsort() of the C library. */

#include "support/near.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "stat/sort.h"
#include "support/dice.h"

enum { most = 5000 };

/* Kinds of disorder, and of order, that sorts are caught out by. */
enum shape {
    shape_random,
    shape_few_values,
    shape_equal,
    shape_upwards,
    shape_downwards,
    shape_pipes, /* Up, then down. */
    shape_saw,
    n_shapes
};

static double
value_of(enum shape shape, size_t i, size_t n, struct dice *dice)
{
    switch (shape) {
    case shape_random: return dice_real(dice) * 1e9;
    case shape_few_values: return (double)dice_int(dice, -2, 2);
    case shape_equal: return 7;
    case shape_upwards: return (double)i;
    case shape_downwards: return -(double)i;
    case shape_pipes: return (double)(i < n / 2 ? i : n - i);
    case shape_saw: return (double)(i % 17);
    case n_shapes: break;
    }
    return 0;
}

static long n_compared;

static int
by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    n_compared++;
    return (*x > *y) - (*x < *y);
}

static void
numbers_come_out_as_from_the_c_library(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 15, 16, 17, 18, 100, most};
    static double ours[most], theirs[most];
    struct dice dice = {20};
    (void)state;
    for (int shape = 0; shape < n_shapes; shape++) {
        for (size_t k = 0; k < KOR_LENGTH(sizes); k++) {
            size_t n = sizes[k];
            for (size_t i = 0; i < n; i++) {
                ours[i] = value_of((enum shape)shape, i, n, &dice);
                theirs[i] = ours[i];
            }
            kor_sort(ours, n);
            qsort(theirs, n, sizeof *theirs, by_value);
            assert_memory_equal(ours, theirs, n * sizeof *ours);
        }
    }
    kor_sort(NULL, 0);
}

static void
infinities_go_to_the_ends(void **state)
{
    double values[] = {3, INFINITY, -1e308, -INFINITY, 1e308, 0};
    const double sorted[] = {-INFINITY, -1e308, 0, 3, 1e308, INFINITY};
    (void)state;
    kor_sort(values, KOR_LENGTH(values));
    assert_memory_equal(values, sorted, sizeof sorted);
}

/* A row whose size is no multiple of eight bytes. */
struct thing {
    uint16_t key;
    char word[9];
};

static int
by_key(const void *a, const void *b)
{
    const struct thing *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void
rows_of_any_size_stay_whole(void **state)
{
    static struct thing things[most];
    struct dice dice = {21};
    (void)state;
    for (size_t i = 0; i < most; i++) {
        things[i].key = (uint16_t)dice_int(&dice, 0, UINT16_MAX);
        for (size_t k = 0; k < sizeof things[i].word; k++) {
            things[i].word[k] = (char)(things[i].key >> k);
        }
    }
    kor_sort_rows(things, most, sizeof *things, by_key);
    for (size_t i = 0; i < most; i++) {
        assert_true(i == 0 || things[i - 1].key <= things[i].key);
        for (size_t k = 0; k < sizeof things[i].word; k++) {
            assert_int_equal(things[i].word[k], (char)(things[i].key >> k));
        }
    }
}

/* M. D. McIlroy (1999), "A killer adversary for quicksort", Softw. Pract.
 * Exper. 29, 341-344: values are made up while they are compared, so that
 * every pivot is a bad one. */
static int values[most], n_solid, candidate;

static int
by_malice(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    n_compared++;
    if (values[x] == most && values[y] == most) {
        values[x == candidate ? x : y] = n_solid++;
    }
    if (values[x] == most) {
        candidate = x;
    } else if (values[y] == most) {
        candidate = y;
    }
    return values[x] - values[y];
}

static void
nobody_can_make_it_slow(void **state)
{
    static int rows[most];
    (void)state;
    for (int i = 0; i < most; i++) {
        values[i] = most;
        rows[i] = i;
    }
    n_compared = 0;
    kor_sort_rows(rows, most, sizeof *rows, by_malice);
    for (size_t i = 1; i < most; i++) {
        assert_true(values[rows[i - 1]] <= values[rows[i]]);
    }
    /* 5 n log2(n), where quicksort alone takes n^2 / 4. */
    assert_true((double)n_compared < 5 * most * log2(most));
}

/* Says "before" of every two: no order at all. */
static int
by_nonsense(const void *a, const void *b)
{
    return a == b ? 0 : -1;
}

static void
nonsense_ends_and_touches_nothing_else(void **state)
{
    double numbers[102];
    struct dice dice = {22};
    (void)state;
    for (int round = 0; round < 1000; round++) {
        size_t n = (size_t)dice_int(&dice, 0, 100);
        numbers[0] = numbers[n + 1] = -1;
        for (size_t i = 1; i <= n; i++) {
            numbers[i] = dice_int(&dice, 0, 3) ? dice_real(&dice) : NAN;
        }
        kor_sort_rows(numbers + 1, n, sizeof *numbers, by_value);
        kor_sort_rows(numbers + 1, n, sizeof *numbers, by_nonsense);
        assert_true(numbers[0] < 0 && numbers[n + 1] < 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_out_as_from_the_c_library),
        cmocka_unit_test(infinities_go_to_the_ends),
        cmocka_unit_test(rows_of_any_size_stay_whole),
        cmocka_unit_test(nobody_can_make_it_slow),
        cmocka_unit_test(nonsense_ends_and_touches_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

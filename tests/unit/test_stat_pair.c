/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Outcome on PHQ-9 and GAD-7 together, by hand; intervals from R 4.2:
 * prop.test(k, n, correct = FALSE), which is Wilson's. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/pair.h"
#include "support/dice.h"

/* Caseness from 10 and 8; 6 and 4 points are reliable. */
static const struct kor_measure scales[2] = {
    {0, 27, KOR_LOWER_IS_BETTER, 6, KOR_AT_LEAST, 10, KOR_MORE_THAN},
    {0, 21, KOR_LOWER_IS_BETTER, 4, KOR_AT_LEAST, 8, KOR_MORE_THAN},
};

/* What holds, in the order of struct kor_pair_person after is_counted. */
struct row {
    double start[2], end[2];
    bool caseness, recovered, improved, deteriorated, reliably;
};

static const struct row rows[] = {
    {{15, 14}, {9, 7}, true, true, true, false, true},
    {{15, 14}, {10, 7}, true, false, true, false, false}, /* 10 is a case. */
    {{15, 14}, {9, 8}, true, false, true, false, false},  /* So is 8. */
    {{10, 3}, {9, 3}, true, true, false, false, false},   /* 1 point. */
    {{9, 8}, {9, 4}, true, true, true, false, true},      /* 4 points. */
    {{9, 8}, {9, 5}, true, true, false, false, false},    /* 3 points. */
    {{9, 7}, {3, 7}, false, false, true, false, false},   /* No case. */
    {{16, 3}, {9, 7}, true, true, false, false, false},   /* Mixed: GAD + 4. */
    {{3, 12}, {9, 7}, true, true, false, false, false},   /* Mixed: PHQ + 6. */
    {{3, 12}, {8, 7}, true, true, true, false, true},     /* PHQ + 5 only. */
    {{9, 7}, {15, 7}, false, false, false, true, false},
    {{9, 7}, {14, 11}, false, false, false, true, false},
    {{20, 18}, {20, 18}, true, false, false, false, false},
};

static void
one_person_is_judged_on_both_scales(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_pair_person got
            = kor_pair_judge(scales, rows[i].start, rows[i].end);
        assert_true(got.is_counted);
        assert_int_equal(got.was_at_caseness, rows[i].caseness);
        assert_int_equal(got.has_recovered, rows[i].recovered);
        assert_int_equal(got.has_improved, rows[i].improved);
        assert_int_equal(got.has_deteriorated, rows[i].deteriorated);
        assert_int_equal(got.has_reliably_recovered, rows[i].reliably);
    }
}

enum { MOST = 60 };

/* People as columns. */
struct columns {
    double start[2][MOST], end[2][MOST], sessions[MOST];
    struct kor_pair_people people;
};

static void
columns_begin(struct columns *c, size_t n)
{
    c->people = (struct kor_pair_people){{c->start[0], c->start[1]},
                                         {c->end[0], c->end[1]},
                                         c->sessions,
                                         n};
}

static void
columns_of_rows(struct columns *c)
{
    columns_begin(c, KOR_LENGTH(rows));
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        for (int s = 0; s < 2; s++) {
            c->start[s][i] = rows[i].start[s];
            c->end[s][i] = rows[i].end[s];
        }
        c->sessions[i] = 2;
    }
}

static void
assert_share(double share, double low, double high, struct kor_share got)
{
    assert_near(share, got.share, 0, 1e-15);
    assert_near(low, got.low, 1e-12, 0);
    assert_near(high, got.high, 1e-12, 0);
}

static void
shares_have_their_own_denominators(void **state)
{
    struct columns c;
    struct kor_pair got;
    (void)state;
    columns_of_rows(&c);
    assert_int_equal(kor_pair_of(scales, &c.people, 0.95, &got, NULL, NULL),
                     KOR_OK);
    assert_int_equal(got.n, 13);
    assert_int_equal(got.n_at_caseness, 10);
    assert_int_equal(got.n_recovered, 7);
    assert_int_equal(got.n_improved, 6);
    assert_int_equal(got.n_deteriorated, 2);
    assert_int_equal(got.n_reliably_recovered, 3);
    assert_share(0.7, 0.396778147461145, 0.892208732593699, got.recovered);
    assert_share(0.3, 0.107791267406301, 0.603221852538855,
                 got.reliably_recovered);
    assert_share(6 / 13.0, 0.232060678095383, 0.70856204285494, got.improved);
    assert_share(2 / 13.0, 0.0432581783580813, 0.422346310194825,
                 got.deteriorated);
}

static void
who_cannot_be_counted_is_told_apart(void **state)
{
    struct columns c;
    struct kor_pair got;
    struct kor_pair_person persons[KOR_LENGTH(rows)];
    (void)state;
    columns_of_rows(&c);
    c.sessions[0] = 1;
    c.sessions[1] = NAN;
    c.end[1][4] = NAN;
    c.start[0][9] = NAN;
    assert_int_equal(
        kor_pair_of(scales, &c.people, 0.95, &got, persons, NULL), KOR_OK);
    assert_int_equal(got.n, 9);
    assert_int_equal(got.n_too_short, 1);
    assert_int_equal(got.n_missing, 3);
    assert_int_equal(got.n_recovered, 4);
    assert_int_equal(got.n_reliably_recovered, 0);
    assert_false(persons[0].is_counted);
    assert_false(persons[0].was_at_caseness);
    assert_true(persons[2].is_counted);
    c.people.sessions = NULL;
    assert_int_equal(
        kor_pair_of(scales, &c.people, 0.95, &got, persons, NULL), KOR_OK);
    assert_int_equal(got.n, 11);
    c.people.n = 0;
    assert_int_equal(
        kor_pair_of(scales, &c.people, 0.95, &got, NULL, NULL), KOR_OK);
    assert_int_equal(got.n, 0);
    assert_near(NAN, got.recovered.share, 0, 0);
}

static void
whichever_score_is_missing_nobody_is_counted(void **state)
{
    (void)state;
    for (int k = 0; k < 4; k++) {
        struct columns c;
        struct kor_pair got;
        struct kor_pair_person persons[KOR_LENGTH(rows)];
        columns_of_rows(&c);
        *(k < 2 ? &c.start[k][2] : &c.end[k - 2][2]) = NAN;
        assert_int_equal(
            kor_pair_of(scales, &c.people, 0.95, &got, persons, NULL),
            KOR_OK);
        assert_int_equal(got.n, 12);
        assert_int_equal(got.n_missing, 1);
        assert_false(persons[2].is_counted);
        assert_true(persons[3].is_counted);
    }
}

/* Points to width less points on both scales, and their direction. */
static void
mirror(struct kor_measure to[2], struct columns *c)
{
    for (int s = 0; s < 2; s++) {
        to[s] = scales[s];
        to[s].better = KOR_HIGHER_IS_BETTER;
        to[s].cutoff_points = to[s].max_points - to[s].cutoff_points;
        for (size_t i = 0; i < c->people.n; i++) {
            c->start[s][i] = to[s].max_points - c->start[s][i];
            c->end[s][i] = to[s].max_points - c->end[s][i];
        }
    }
}

static void
assert_same(const struct kor_pair *a, const struct kor_pair *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_at_caseness, b->n_at_caseness);
    assert_int_equal(a->n_recovered, b->n_recovered);
    assert_int_equal(a->n_improved, b->n_improved);
    assert_int_equal(a->n_deteriorated, b->n_deteriorated);
    assert_int_equal(a->n_reliably_recovered, b->n_reliably_recovered);
}

static void
order_of_scales_and_direction_do_not_matter(void **state)
{
    struct dice dice = {5};
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct columns c;
        struct kor_pair plain, other;
        struct kor_measure turned[2];
        columns_begin(&c, (size_t)dice_int(&dice, 0, MOST));
        for (size_t i = 0; i < c.people.n; i++) {
            for (int s = 0; s < 2; s++) {
                int64_t most = s ? 21 : 27;
                c.start[s][i] = (double)dice_int(&dice, 0, most);
                c.end[s][i] = (double)dice_int(&dice, 0, most);
            }
            c.sessions[i] = (double)dice_int(&dice, 1, 9);
        }
        assert_int_equal(
            kor_pair_of(scales, &c.people, 0.95, &plain, NULL, NULL), KOR_OK);
        assert_int_equal(plain.n + plain.n_too_short, c.people.n);
        assert_true(plain.n_reliably_recovered <= plain.n_recovered);
        assert_true(plain.n_improved + plain.n_deteriorated <= plain.n);
        const struct kor_measure swapped[2] = {scales[1], scales[0]};
        const struct kor_pair_people people = {{c.start[1], c.start[0]},
                                               {c.end[1], c.end[0]},
                                               c.sessions,
                                               c.people.n};
        assert_int_equal(
            kor_pair_of(swapped, &people, 0.95, &other, NULL, NULL), KOR_OK);
        assert_same(&plain, &other);
        mirror(turned, &c);
        assert_int_equal(
            kor_pair_of(turned, &c.people, 0.95, &other, NULL, NULL), KOR_OK);
        assert_same(&plain, &other);
    }
}

static void
what_breaks_the_contract_is_named(void **state)
{
    struct columns c;
    struct kor_pair got = {.n = 77};
    struct kor_measure bad[2] = {scales[0], scales[1]};
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    columns_of_rows(&c);
    c.end[1][2] = 22;
    assert_int_equal(kor_pair_of(scales, &c.people, 0.95, &got, NULL, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "score");
    assert_non_null(strstr(err.text, "person 3, scale 2"));
    c.end[1][2] = INFINITY;
    assert_int_equal(kor_pair_of(scales, &c.people, 0.95, &got, NULL, &err),
                     KOR_BAD_VALUE);
    c.end[1][2] = 2;
    bad[1].rc_points = NAN;
    assert_int_equal(kor_pair_of(bad, &c.people, 0.95, &got, NULL, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "rc_points");
    bad[0].cutoff_points = NAN;
    assert_int_equal(kor_pair_of(bad, &c.people, 0.95, &got, NULL, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "cutoff_points");
    assert_int_equal(kor_pair_of(scales, &c.people, 1, &got, NULL, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "level");
    assert_int_equal(kor_pair_of(scales, &c.people, 0, &got, NULL, NULL),
                     KOR_BAD_VALUE);
    assert_int_equal(got.n, 77);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_is_judged_on_both_scales),
        cmocka_unit_test(shares_have_their_own_denominators),
        cmocka_unit_test(who_cannot_be_counted_is_told_apart),
        cmocka_unit_test(whichever_score_is_missing_nobody_is_counted),
        cmocka_unit_test(order_of_scales_and_direction_do_not_matter),
        cmocka_unit_test(what_breaks_the_contract_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

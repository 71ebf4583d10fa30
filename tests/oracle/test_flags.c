/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good flags are against R (flags_oracle.h, made by flags.R), a table by
 * hand, and what must hold whatever the numbers are. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/flags.h"
#include "support/dice.h"

struct set {
    struct kor_episodes episodes;
    struct kor_course course;
    struct kor_measure measure;
};

struct oracle {
    const struct set *set;
    struct kor_flags_wish wish;
    struct kor_flags table;
};

#include "oracle/flags_oracle.h"

enum { most_people = 100, most_scores = 1000 };

static enum kor_code
count(const struct set *set, const struct kor_flags_wish *wish,
      struct kor_flags *out, struct kor_err *err)
{
    struct kor_auc_row markers[KOR_N_FLAG_RULES * most_people];
    double leads[KOR_N_FLAG_RULES * most_people];
    const struct kor_flags_work work = {markers, leads};
    assert_true(set->episodes.n_people <= most_people);
    return kor_flags_count(&set->course, &set->episodes, &set->measure, wish,
                           &work, out, err);
}

static struct kor_flags
table_of(const struct set *set, const struct kor_flags_wish *wish)
{
    struct kor_flags table;
    assert_int_equal(count(set, wish, &table, NULL), KOR_OK);
    return table;
}

/* Figures that are counts or ratios of counts, and areas, whose sums may be
 * taken in another order. */
static void
assert_tables_near(const struct kor_flags *e, const struct kor_flags *got,
                   double tolerance)
{
    assert_near(e->people, got->people, 0, 0);
    assert_near(e->outcomes, got->outcomes, 0, 0);
    assert_near(e->too_short, got->too_short, 0, 0);
    assert_near(e->no_room, got->no_room, 0, 0);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
            char what[64];
            snprintf(what, sizeof what, "%s %s",
                     kor_flag_rule_name((enum kor_flag_rule)r),
                     kor_flag_figure_name((enum kor_flag_figure)f));
            near_check(e->rules[r][f], got->rules[r][f], tolerance, tolerance,
                       what, __FILE__, __LINE__);
        }
    }
}

static void
tables_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        struct kor_flags got = table_of(oracles[i].set, &oracles[i].wish);
        assert_tables_near(&oracles[i].table, &got, 1e-12);
    }
}

static void
without_a_wish_the_defaults_hold(void **state)
{
    (void)state;
    struct kor_flags got = table_of(&made_up, NULL);
    assert_tables_near(&oracles[3].table, &got, 1e-12);
}

/* --- by hand ----------------------------------------------------------- */

/* Expected is the start score at all times, and the ranges reach 5 and 4
 * points; lower is better, 10 points are reliable. */
static const struct kor_course flat = {
    .f = KOR_TIME_IDENTITY, .b2 = 1, .sigma = 1, .min_points = 0,
    .max_points = 100, .first_time = 2, .max_time = 10,
    .calibration = {.n_times = 1, .times = {1}, .starts = {1, 2, 3},
                    .reach = {{{5, 5, 5}}, {{4, 4, 4}}}}};
static const struct kor_measure tens = {.max_points = 100, .rc_points = 10,
                                        .cutoff_points = NAN};

/* Three people, sessions 1 to 6 without gaps:
 *
 *   better:  50 54.5 52 46 40 38   68 % at 2; raw at 4 is 4 better: a flag
 *   not:     50 56 49 57 58 50     80 % at 2; twice at 5; raw at 4
 *   not:     50 52 49 45 47 60     nothing but the last, which is no flag;
 *                                  raw at 4 is 5 better: enough
 *
 * and two who are left out. */
static const size_t few_from[] = {0, 6, 12, 18, 20, 23};
static const double few_at[] = {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3,
                                4, 5, 6, 1, 2, 1, 2, 3};
static const double few_points[]
    = {50, 54.5, 52, 46, 40, 38, 50, 56, 49, 57, 58, 50,
       50, 52,   49, 45, 47, 60, 50, 90, 9,  90, 90};

static const struct set few
    = {{5, few_from, few_at, few_points}, flat, tens};

/* Asserts flagged, true positives and lead. */
static void
assert_row(const struct kor_flags *table, enum kor_flag_rule rule,
           double flagged, double positive, double lead)
{
    const double *row = table->rules[rule];
    assert_near(flagged, row[KOR_FLAG_FLAGGED], 0, 0);
    assert_near(positive, row[KOR_FLAG_TRUE_POSITIVES], 0, 0);
    assert_near(lead, row[KOR_FLAG_LEAD], 0, 0);
}

static void
a_small_table_is_counted_by_hand(void **state)
{
    (void)state;
    struct set set = few;
    set.course = flat;
    set.measure = tens;
    struct kor_flags got = table_of(&set, NULL);
    assert_near(3, got.people, 0, 0);
    assert_near(2, got.outcomes, 0, 0);
    assert_near(1, got.too_short, 0, 0);
    assert_near(1, got.no_room, 0, 0);
    assert_row(&got, KOR_FLAG_BAND80, 1, 1, 4);
    assert_row(&got, KOR_FLAG_BAND68, 2, 1, 4);
    assert_row(&got, KOR_FLAG_TWICE, 1, 1, 1);
    assert_row(&got, KOR_FLAG_RAW, 2, 1, 2);
    /* Red: 7 points worse at session 4 is not enough, 8 at session 5 is;
     * 4 points better at 4 and 10 at 5 are green. */
    assert_row(&got, KOR_FLAG_RATIONAL, 1, 1, 1);
    /* The worst of each: 0.9, 1.6 and 0.4 reaches, so half of the pairs. */
    assert_near(0.5, got.rules[KOR_FLAG_BAND80][KOR_FLAG_AUC], 0, 0);
    assert_near(0.5, got.rules[KOR_FLAG_BAND80][KOR_FLAG_SENSITIVITY], 0, 0);
    assert_near(1, got.rules[KOR_FLAG_BAND80][KOR_FLAG_SPECIFICITY], 0, 0);
    assert_near(0.5, got.rules[KOR_FLAG_BAND68][KOR_FLAG_PPV], 0, 0);
    /* Nobody differs from the course, so nobody is forecast to change. */
    assert_row(&got, KOR_FLAG_FORECAST, 3, 2, 4);
}

static void
yellow_flags_more_than_red(void **state)
{
    (void)state;
    struct kor_flags_wish wish = kor_flags_wish_default();
    wish.colour = KOR_COLOUR_YELLOW;
    struct kor_flags got = table_of(&few, &wish);
    /* 6 points worse at session 2 of the second; of the others none is 5
     * points worse by session 4, nor without change at 5. */
    assert_row(&got, KOR_FLAG_RATIONAL, 1, 1, 4);
}

static void
a_course_is_silent_outside_its_times(void **state)
{
    (void)state;
    struct set set = few;
    set.course.first_time = 4;
    set.course.max_time = 5;
    struct kor_flags got = table_of(&set, NULL);
    assert_row(&got, KOR_FLAG_BAND80, 1, 1, 2);
    assert_row(&got, KOR_FLAG_FORECAST, 3, 2, 2);
    set.course.first_time = set.course.max_time = 7;
    got = table_of(&set, NULL);
    assert_row(&got, KOR_FLAG_BAND68, 0, 0, NAN);
    assert_near(0, got.rules[KOR_FLAG_BAND80][KOR_FLAG_SAID], 0, 0);
    assert_near(NAN, got.rules[KOR_FLAG_BAND80][KOR_FLAG_AUC], 0, 0);
    assert_near(NAN, got.rules[KOR_FLAG_BAND80][KOR_FLAG_PPV], 0, 0);
    assert_near(0, got.rules[KOR_FLAG_BAND80][KOR_FLAG_SENSITIVITY], 0, 0);
}

/* 0.3 - 0.2 is less than 0.1 in binary, and 0.4 - 0.5 more than -0.1. */
static void
limits_hold_for_tenths_too(void **state)
{
    static const size_t from[] = {0, 3, 6, 9};
    static const double at[] = {1, 5, 6, 1, 5, 6, 1, 5, 6};
    static const double points[]
        = {0.3, 0.2, 0.3, 0.4, 0.5, 0.4, 0.4, 0.49, 0.4};
    (void)state;
    struct set set = {{3, from, at, points}, flat, tens};
    set.measure.max_points = set.course.max_points = 1;
    set.measure.rc_points = 0.2;
    struct kor_flags got = table_of(&set, NULL);
    assert_row(&got, KOR_FLAG_RAW, 2, 2, 1);
    assert_row(&got, KOR_FLAG_RATIONAL, 1, 1, 1);
}

/* --- whatever the numbers are ------------------------------------------ */

/* A set whose scores are 'plus' + 'times' x those of another ('times' below 0
 * turns the scale round), with people in another order. */
struct changed {
    size_t from[most_people + 1];
    double at[most_scores], points[most_scores];
    struct set set;
};

static void
change(struct changed *to, const struct set *set, double times, double plus,
       uint64_t seed)
{
    const struct kor_episodes *e = &set->episodes;
    struct kor_course *c = &to->set.course;
    struct kor_measure *m = &to->set.measure;
    struct dice dice = {seed};
    size_t order[most_people], n = 0, people = e->n_people;
    for (size_t i = 0; i < people; i++) {
        order[i] = i;
    }
    for (size_t i = people; seed && i > 1; i--) {
        size_t other = (size_t)dice_int(&dice, 0, (int64_t)i - 1);
        size_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    for (size_t i = 0; i < people; i++) {
        to->from[i] = n;
        for (size_t k = e->from[order[i]]; k < e->from[order[i] + 1]; k++) {
            to->at[n] = e->at[k];
            to->points[n++] = plus + times * e->points[k];
        }
    }
    to->from[people] = n;
    to->set = *set;
    to->set.episodes
        = (struct kor_episodes){people, to->from, to->at, to->points};
    c->b0 = plus + times * c->b0 - plus * c->b2;
    c->b1 = times * c->b1 - plus * c->b3;
    c->tau00 *= times * times;
    c->tau01 *= times * times;
    c->tau11 *= times * times;
    c->sigma *= fabs(times);
    double low = plus + times * m->min_points;
    double high = plus + times * m->max_points;
    c->min_points = m->min_points = fmin(low, high);
    c->max_points = m->max_points = fmax(low, high);
    if (times < 0) {
        c->better = m->better = m->better == KOR_LOWER_IS_BETTER
                                  ? KOR_HIGHER_IS_BETTER
                                  : KOR_LOWER_IS_BETTER;
    }
    m->rc_points *= fabs(times);
}

static void
scale_direction_and_order_do_not_matter(void **state)
{
    static const struct {
        double times, plus;
    } rows[] = {{1, 0}, {-1, 63}, {0.5, 0}, {-3, 7}, {10, 1000}};
    static struct changed other;
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *o = &oracles[i];
        struct kor_flags before = table_of(o->set, &o->wish);
        for (size_t r = 0; r < KOR_LENGTH(rows); r++) {
            change(&other, o->set, rows[r].times, rows[r].plus, r + 1);
            struct kor_flags got = table_of(&other.set, &o->wish);
            assert_tables_near(&before, &got, 1e-12);
        }
    }
}

/* Every rule flags the same people if the last score is another. */
static void
the_last_score_raises_no_flag(void **state)
{
    static struct changed other;
    (void)state;
    change(&other, &made_up, 1, 0, 0);
    for (size_t i = 0; i < other.set.episodes.n_people; i++) {
        other.points[other.from[i + 1] - 1] = 0;
    }
    struct kor_flags a = table_of(&made_up, NULL);
    struct kor_flags b = table_of(&other.set, NULL);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        assert_near(a.rules[r][KOR_FLAG_FLAGGED],
                    b.rules[r][KOR_FLAG_FLAGGED], 0, 0);
        assert_near(a.rules[r][KOR_FLAG_SAID], b.rules[r][KOR_FLAG_SAID], 0,
                    0);
    }
}

static void
nobody_is_a_table_of_nothing(void **state)
{
    (void)state;
    struct set set = few;
    set.episodes.n_people = 0;
    struct kor_flags got = table_of(&set, NULL);
    enum kor_flag_rule rule;
    assert_near(0, got.people, 0, 0);
    assert_near(0, got.rules[KOR_FLAG_RAW][KOR_FLAG_FLAGGED], 0, 0);
    assert_near(NAN, got.rules[KOR_FLAG_RAW][KOR_FLAG_SENSITIVITY], 0, 0);
    assert_near(NAN, got.rules[KOR_FLAG_RAW][KOR_FLAG_LEAD], 0, 0);
    assert_false(kor_flags_favoured(&got, &rule));
}

/* --- means and choice -------------------------------------------------- */

static void
means_leave_out_what_is_missing(void **state)
{
    (void)state;
    struct kor_flags_mean mean = {0};
    struct kor_flags one = {.people = 10, .outcomes = 4};
    for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
        one.rules[KOR_FLAG_RAW][f] = NAN;
    }
    assert_near(NAN,
                kor_flags_mean_of(&mean).rules[KOR_FLAG_RAW][KOR_FLAG_PPV], 0,
                0);
    kor_flags_add(&mean, &one);
    one.people = 13;
    one.rules[KOR_FLAG_RAW][KOR_FLAG_PPV] = 0.25;
    kor_flags_add(&mean, &one);
    one.people = 19;
    one.rules[KOR_FLAG_RAW][KOR_FLAG_PPV] = 0.75;
    kor_flags_add(&mean, &one);
    struct kor_flags got = kor_flags_mean_of(&mean);
    assert_int_equal(mean.n_splits, 3);
    assert_near(14, got.people, 0, 1e-15);
    assert_near(4, got.outcomes, 0, 1e-15);
    assert_near(0.5, got.rules[KOR_FLAG_RAW][KOR_FLAG_PPV], 0, 1e-15);
    assert_near(NAN, got.rules[KOR_FLAG_RAW][KOR_FLAG_LEAD], 0, 0);
}

static void
set_shares(struct kor_flags *table, enum kor_flag_rule rule,
           double sensitivity, double specificity)
{
    table->rules[rule][KOR_FLAG_SENSITIVITY] = sensitivity;
    table->rules[rule][KOR_FLAG_SPECIFICITY] = specificity;
}

static void
the_table_favours_the_simplest_of_the_best(void **state)
{
    struct kor_flags table = {.people = 40, .outcomes = 10};
    enum kor_flag_rule rule = KOR_N_FLAG_RULES;
    (void)state;
    assert_false(kor_flags_favoured(&table, &rule));
    set_shares(&table, KOR_FLAG_FORECAST, 0.70, 0.80);
    set_shares(&table, KOR_FLAG_TWICE, 0.50, 0.989);
    set_shares(&table, KOR_FLAG_BAND80, NAN, 0.9);
    assert_true(kor_flags_favoured(&table, &rule));
    assert_int_equal(rule, KOR_FLAG_FORECAST);
    set_shares(&table, KOR_FLAG_TWICE, 0.50, 0.99);
    assert_true(kor_flags_favoured(&table, &rule));
    assert_int_equal(rule, KOR_FLAG_TWICE);
    set_shares(&table, KOR_FLAG_RAW, 0.9, 0.59);
    assert_true(kor_flags_favoured(&table, &rule));
    assert_int_equal(rule, KOR_FLAG_RAW);
    table.outcomes = 9.5;
    assert_false(kor_flags_favoured(&table, &rule));
    table.outcomes = 31;
    assert_false(kor_flags_favoured(&table, &rule));
}

static void
of_ten_flagged_some_improve_after_all(void **state)
{
    struct kor_flags table = {.people = 40, .outcomes = 10};
    double *raw = table.rules[KOR_FLAG_RAW];
    (void)state;
    raw[KOR_FLAG_FLAGGED] = 10;
    raw[KOR_FLAG_PPV] = 0.42;
    assert_int_equal(6, kor_flags_of_ten(&table, KOR_FLAG_RAW));
    assert_int_equal(-1, kor_flags_of_ten(&table, KOR_FLAG_TWICE));
    raw[KOR_FLAG_PPV] = 1;
    assert_int_equal(0, kor_flags_of_ten(&table, KOR_FLAG_RAW));
    raw[KOR_FLAG_PPV] = NAN;
    assert_int_equal(-1, kor_flags_of_ten(&table, KOR_FLAG_RAW));
    raw[KOR_FLAG_PPV] = 1.01;
    assert_int_equal(-1, kor_flags_of_ten(&table, KOR_FLAG_RAW));
    raw[KOR_FLAG_PPV] = 0.42;
    raw[KOR_FLAG_FLAGGED] = 9.95;
    assert_int_equal(-1, kor_flags_of_ten(&table, KOR_FLAG_RAW));
    raw[KOR_FLAG_FLAGGED] = NAN;
    assert_int_equal(-1, kor_flags_of_ten(&table, KOR_FLAG_RAW));
}

/* --- what is refused --------------------------------------------------- */

static void
assert_refused(const struct set *set, const struct kor_flags_wish *wish,
               enum kor_code code, const char *field)
{
    struct kor_flags out = {.people = -1};
    struct kor_err err = {0};
    assert_int_equal(count(set, wish, &out, &err), code);
    assert_string_equal(err.field, field);
    assert_near(-1, out.people, 0, 0);
}

static void
what_is_outside_its_limits_is_refused(void **state)
{
    const struct kor_flags_wish usual = kor_flags_wish_default();
    struct kor_flags_wish wish[10];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wish); i++) {
        wish[i] = usual;
    }
    wish[0].chance = 1;
    wish[1].chance = NAN;
    wish[2].horizon = 10.5;
    wish[3].raw_share = 0;
    wish[4].raw_from = NAN;
    wish[5].blocks[0] = 9;
    wish[6].level = 1;
    wish[7].horizon = 1;
    wish[8].raw_share = 1.01;
    wish[9].level = 0;
    static const char *const fields[]
        = {"chance", "chance", "horizon", "raw_share", "raw_share", "blocks",
           "level", "horizon", "raw_share", "level"};
    for (size_t i = 0; i < KOR_LENGTH(wish); i++) {
        assert_refused(&few, &wish[i], KOR_BAD_VALUE, fields[i]);
    }
    struct set set = few;
    set.measure.rc_points = NAN;
    assert_refused(&set, NULL, KOR_BAD_VALUE, "rc_points");
    set = few;
    set.measure.max_points = 101;
    assert_refused(&set, NULL, KOR_CONFLICT, "course");
    set = few;
    set.measure.min_points = -1;
    assert_refused(&set, NULL, KOR_CONFLICT, "course");
    set = few;
    set.measure.better = KOR_HIGHER_IS_BETTER;
    assert_refused(&set, NULL, KOR_CONFLICT, "course");
}

static void
times_are_numbers_and_scores_on_the_scale(void **state)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    static struct changed other;
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        change(&other, &few, 1, 0, 0);
        other.points[7] = bad[i];
        assert_refused(&other.set, NULL, KOR_BAD_VALUE, "episodes");
        change(&other, &few, 1, 0, 0);
        other.at[0] = bad[i];
        assert_refused(&other.set, NULL, KOR_BAD_VALUE, "episodes");
    }
    change(&other, &few, 1, 0, 0);
    other.points[7] = 100.5;
    assert_refused(&other.set, NULL, KOR_BAD_VALUE, "episodes");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_r),
        cmocka_unit_test(without_a_wish_the_defaults_hold),
        cmocka_unit_test(a_small_table_is_counted_by_hand),
        cmocka_unit_test(yellow_flags_more_than_red),
        cmocka_unit_test(limits_hold_for_tenths_too),
        cmocka_unit_test(a_course_is_silent_outside_its_times),
        cmocka_unit_test(scale_direction_and_order_do_not_matter),
        cmocka_unit_test(the_last_score_raises_no_flag),
        cmocka_unit_test(nobody_is_a_table_of_nothing),
        cmocka_unit_test(means_leave_out_what_is_missing),
        cmocka_unit_test(the_table_favours_the_simplest_of_the_best),
        cmocka_unit_test(of_ten_flagged_some_improve_after_all),
        cmocka_unit_test(what_is_outside_its_limits_is_refused),
        cmocka_unit_test(times_are_numbers_and_scores_on_the_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classes of change against R (change_oracle.h, made by change.R), the worked
 * example of Jacobson and Truax (1991), and what must not matter: order of
 * people, unit and origin of the scale, its direction. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/change.h"
#include "support/dice.h"

#include "oracle/change_oracle.h"

enum { MOST = 100 };

/* A data set as change.R has it, the right way round. */
struct set {
    const char *name;
    const double *first, *last, *slope, *slope_se;
    size_t n;
    const double *index[KOR_CHANGE_METHODS];
    double width, reliability, reliability_last, line;
    struct kor_population norm;
    enum kor_better better;
};

static const struct set sets[] = {
    {"btheb", btheb_first, btheb_last, btheb_slope, btheb_slope_se,
     KOR_LENGTH(btheb_first),
     {btheb_jt, btheb_gln, btheb_hll, btheb_en, btheb_nk, btheb_ha, btheb_hlm},
     63, 0.9, 0.85, 14, {5, 4.5}, KOR_LOWER_IS_BETTER},
    {"made", made_first, made_last, NULL, NULL, KOR_LENGTH(made_first),
     {made_jt, made_gln, made_hll, made_en, made_nk, made_ha, NULL},
     40, 0.88, 0.8, 25, {28, 6.8}, KOR_HIGHER_IS_BETTER},
};

/* The people of a set and the rule for them, maybe changed. */
struct trial {
    double first[MOST], last[MOST], slope[MOST], slope_se[MOST];
    struct kor_change_pairs pairs;
    struct kor_change_rule rule;
};

static void
trial_begin(struct trial *t, const struct set *set,
            enum kor_change_method method)
{
    t->rule = KOR_CHANGE_RULE;
    t->rule.method = method;
    t->rule.better = set->better;
    t->rule.reliability = set->reliability;
    t->rule.reliability_last = set->reliability_last;
    t->rule.norm = set->norm;
    t->rule.cutoff_points = set->line;
    for (size_t i = 0; i < set->n; i++) {
        t->first[i] = set->first[i];
        t->last[i] = set->last[i];
        t->slope[i] = set->slope ? set->slope[i] : NAN;
        t->slope_se[i] = set->slope ? set->slope_se[i] : NAN;
    }
    t->pairs = (struct kor_change_pairs){t->first, t->last, t->slope,
                                         t->slope_se, set->n};
}

/* Every number of points to 'times' itself + 'plus', in data and rule. */
static void
trial_move(struct trial *t, double times, double plus)
{
    for (size_t i = 0; i < t->pairs.n; i++) {
        t->first[i] = t->first[i] * times + plus;
        t->last[i] = t->last[i] * times + plus;
        t->slope[i] *= times;
        t->slope_se[i] *= fabs(times);
    }
    t->rule.norm.mean = t->rule.norm.mean * times + plus;
    t->rule.norm.sd *= fabs(times);
    t->rule.cutoff_points = t->rule.cutoff_points * times + plus;
    t->rule.rc_points *= fabs(times);
    if (times < 0) {
        t->rule.better = t->rule.better == KOR_LOWER_IS_BETTER
                           ? KOR_HIGHER_IS_BETTER
                           : KOR_LOWER_IS_BETTER;
    }
}

static struct kor_change
trial_run(struct trial *t, enum kor_change_class class_of[], double index[])
{
    struct kor_change out;
    assert_int_equal(
        kor_change_of(&t->rule, &t->pairs, &out, class_of, index, NULL),
        KOR_OK);
    return out;
}

static const struct set *
set_named(const char *name)
{
    return strcmp(name, sets[0].name) ? &sets[1] : &sets[0];
}

static void
assert_sums(const struct kor_change *got, const enum kor_change_class *of,
            size_t n)
{
    size_t sum = 0, seen[KOR_CHANGE_CLASSES + 1] = {0};
    for (size_t i = 0; i < n; i++) {
        seen[of[i]]++;
    }
    for (int k = 0; k < KOR_CHANGE_CLASSES; k++) {
        assert_int_equal(got->count[k], seen[k]);
        sum += got->count[k];
    }
    assert_int_equal(got->n, sum);
    assert_int_equal(n - got->n, seen[KOR_CHANGE_LEFT_OUT]);
    assert_int_equal(got->n_pairs + got->n_left_out, n);
}

static void
classes_are_those_of_r(void **state)
{
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(oracles); k++) {
        const struct change_oracle *o = &oracles[k];
        const struct set *set = set_named(o->set);
        enum kor_compare op = o->at_least ? KOR_AT_LEAST : KOR_MORE_THAN;
        enum kor_change_class of[MOST];
        enum kor_change_method method;
        struct trial t;
        assert_true(kor_change_method_from(o->method, &method));
        trial_begin(&t, set, method);
        t.rule.cutoff = o->cutoff;
        t.rule.rc_points = o->rc_points;
        t.rule.rc_compare = t.rule.start_compare = t.rule.cutoff_compare = op;
        if (o->flipped) {
            trial_move(&t, -1, set->width);
        }
        struct kor_change got = trial_run(&t, of, NULL);
        assert_int_equal(got.status, KOR_CHANGE_OK);
        for (int c = 0; c < KOR_CHANGE_CLASSES; c++) {
            assert_int_equal(got.count[c], o->count[c]);
        }
        assert_near(o->cutoff_points, got.cutoff_points, 0, 1e-13);
        assert_near(o->needed, got.needed_points, 1e-12, 1e-12);
        assert_near(o->needed_worse, got.needed_worse_points, 1e-12, 1e-12);
        assert_sums(&got, of, set->n);
        assert_false(got.norm_is_worse);
    }
}

static void
indices_are_those_of_r(void **state)
{
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(sets); k++) {
        for (int m = 0; m < KOR_CHANGE_METHODS; m++) {
            const double *want = sets[k].index[m];
            double index[MOST];
            struct trial t;
            trial_begin(&t, &sets[k], (enum kor_change_method)m);
            (void)trial_run(&t, NULL, index);
            for (size_t i = 0; want && i < sets[k].n; i++) {
                assert_near(want[i], index[i], 1e-12, 1e-12);
            }
        }
    }
}

/* 40/7.5 in treatment, 60/7.5 others, reliability .80: the paper's page. */
static void
the_example_of_jacobson_and_truax_comes_out(void **state)
{
    struct kor_population treated = {40, 7.5}, others = {60, 7.5};
    const double first[] = {32.5}, last[] = {47.5};
    struct kor_change_pairs pairs = {first, last, NULL, NULL, 1};
    struct kor_change_rule rule = KOR_CHANGE_RULE;
    struct kor_change got;
    double index;
    (void)state;
    assert_near(55, kor_cutoff_a(treated, KOR_HIGHER_IS_BETTER), 0, 1e-15);
    assert_near(45, kor_cutoff_b(others, KOR_HIGHER_IS_BETTER), 0, 1e-15);
    assert_near(50, kor_cutoff_c(treated, others), 0, 1e-15);
    rule.better = KOR_HIGHER_IS_BETTER;
    rule.reliability = 0.8;
    rule.intake = treated;
    assert_int_equal(kor_change_of(&rule, &pairs, &got, NULL, &index, NULL),
                     KOR_OK);
    assert_near(4.74, got.error, 0.005, 0);
    assert_near(3.16, index, 0.005, 0);
    assert_near(1.96 * got.error, got.needed_points, 0, 1e-15);
    assert_int_equal(got.count[KOR_CHANGE_IMPROVED], 1);
}

/* With spreads that differ, so that no one of them can stand for the other. */
static void
cutoff_b_has_the_spread_of_the_others(void **state)
{
    struct kor_population treated = {20, 8}, others = {5, 3};
    (void)state;
    assert_near(4, kor_cutoff_a(treated, KOR_LOWER_IS_BETTER), 0, 1e-15);
    assert_near(11, kor_cutoff_b(others, KOR_LOWER_IS_BETTER), 0, 1e-15);
    assert_near((8 * 5 + 3 * 20) / 11.0, kor_cutoff_c(treated, others), 0,
                1e-15);
}

static void
unit_origin_and_direction_do_not_matter(void **state)
{
    static const double moves[][2]
        = {{-1, 63}, {0.1, 0}, {7, -3}, {1, 1e9}, {-1, 1e9}, {1e6, 0}};
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(sets) * KOR_CHANGE_METHODS; k++) {
        const struct set *set = &sets[k / KOR_CHANGE_METHODS];
        enum kor_change_method method
            = (enum kor_change_method)(k % KOR_CHANGE_METHODS);
        enum kor_change_class plain[MOST], moved[MOST];
        double index[MOST], other[MOST];
        struct trial t;
        trial_begin(&t, set, method);
        t.rule.cutoff = KOR_CHANGE_CUTOFF_FIXED;
        (void)trial_run(&t, plain, index);
        for (size_t m = 0; m < KOR_LENGTH(moves); m++) {
            double slack = fabs(moves[m][1]) > 1e6 ? 1e-5 : 1e-10;
            trial_begin(&t, set, method);
            t.rule.cutoff = KOR_CHANGE_CUTOFF_FIXED;
            trial_move(&t, moves[m][0], moves[m][1]);
            (void)trial_run(&t, moved, other);
            for (size_t i = 0; i < set->n; i++) {
                assert_near(index[i], other[i], slack, slack);
                assert_int_equal(plain[i], moved[i]);
            }
        }
    }
}

static void
ties_stay_ties_far_from_zero_and_in_tenths(void **state)
{
    const double first[] = {16.4, 1e9 + 16, 24.9}, rc = 5;
    const double last[] = {11.4, 1e9 + 11, 19.9};
    (void)state;
    for (int strict = 0; strict < 2; strict++) {
        struct kor_change_pairs pairs = {first, last, NULL, NULL, 3};
        struct kor_change_rule rule = KOR_CHANGE_RULE;
        struct kor_change got;
        rule.rc_points = rc;
        rule.rc_compare = strict ? KOR_MORE_THAN : KOR_AT_LEAST;
        assert_int_equal(kor_change_of(&rule, &pairs, &got, NULL, NULL, NULL),
                         KOR_OK);
        assert_int_equal(got.count[KOR_CHANGE_IMPROVED], strict ? 0 : 3);
        assert_int_equal(got.count[KOR_CHANGE_UNCHANGED], strict ? 3 : 0);
    }
}

/* A first score on the line itself, by the two operators of the line. */
static void
who_starts_on_the_line_is_where_the_rule_says(void **state)
{
    const double first[] = {25, 25}, last[] = {33, 17};
    static const struct {
        enum kor_compare start;
        enum kor_change_class better, worse;
    } rows[] = {
        {KOR_MORE_THAN, KOR_CHANGE_IMPROVED, KOR_CHANGE_HARMED},
        {KOR_AT_LEAST, KOR_CHANGE_RECOVERED, KOR_CHANGE_DETERIORATED},
    };
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(rows); k++) {
        struct kor_change_pairs pairs = {first, last, NULL, NULL, 2};
        struct kor_change_rule rule = KOR_CHANGE_RULE;
        enum kor_change_class of[2];
        struct kor_change got;
        rule.better = KOR_HIGHER_IS_BETTER;
        rule.rc_points = 6;
        rule.cutoff = KOR_CHANGE_CUTOFF_FIXED;
        rule.cutoff_points = 25;
        rule.start_compare = rows[k].start;
        assert_int_equal(kor_change_of(&rule, &pairs, &got, of, NULL, NULL),
                         KOR_OK);
        assert_int_equal(of[0], rows[k].better);
        assert_int_equal(of[1], rows[k].worse);
    }
}

static void
order_of_people_does_not_matter(void **state)
{
    struct dice dice = {7};
    (void)state;
    for (int m = 0; m < KOR_CHANGE_METHODS; m++) {
        enum kor_change_class plain[MOST], mixed[MOST];
        size_t place[MOST];
        struct trial t, u;
        trial_begin(&t, &sets[0], (enum kor_change_method)m);
        t.rule.cutoff = KOR_CHANGE_CUTOFF_C;
        u = t;
        u.pairs = (struct kor_change_pairs){u.first, u.last, u.slope,
                                            u.slope_se, t.pairs.n};
        for (size_t i = 0; i < t.pairs.n; i++) {
            place[i] = i;
        }
        for (size_t i = t.pairs.n; i-- > 1;) {
            size_t j = (size_t)dice_int(&dice, 0, (int64_t)i), k = place[i];
            place[i] = place[j];
            place[j] = k;
        }
        for (size_t i = 0; i < t.pairs.n; i++) {
            u.first[i] = t.first[place[i]];
            u.last[i] = t.last[place[i]];
            u.slope[i] = t.slope[place[i]];
            u.slope_se[i] = t.slope_se[place[i]];
        }
        (void)trial_run(&t, plain, NULL);
        (void)trial_run(&u, mixed, NULL);
        for (size_t i = 0; i < t.pairs.n; i++) {
            assert_int_equal(plain[place[i]], mixed[i]);
        }
    }
}

/* A stricter rule never finds more change, and first and last changed over
 * turn better into worse (by jt, whose index does). */
static void
random_people_keep_to_what_must_hold(void **state)
{
    struct dice dice = {11};
    (void)state;
    for (int round = 0; round < 200; round++) {
        double first[40], last[40];
        size_t n = (size_t)dice_int(&dice, 2, 40);
        for (size_t i = 0; i < n; i++) {
            first[i] = (double)dice_int(&dice, 0, 40);
            last[i] = (double)dice_int(&dice, 0, 40);
        }
        first[0] = 3;
        first[1] = 4;
        struct kor_change_pairs pairs = {first, last, NULL, NULL, n};
        struct kor_change_rule rule = KOR_CHANGE_RULE;
        struct kor_change soft, hard, back;
        rule.rc_points = (double)dice_int(&dice, 1, 20);
        rule.cutoff = KOR_CHANGE_CUTOFF_FIXED;
        rule.cutoff_points = (double)dice_int(&dice, 5, 35) + 0.5;
        assert_int_equal(
            kor_change_of(&rule, &pairs, &hard, NULL, NULL, NULL), KOR_OK);
        rule.rc_compare = KOR_AT_LEAST;
        assert_int_equal(
            kor_change_of(&rule, &pairs, &soft, NULL, NULL, NULL), KOR_OK);
        assert_true(soft.count[KOR_CHANGE_UNCHANGED]
                    <= hard.count[KOR_CHANGE_UNCHANGED]);
        pairs = (struct kor_change_pairs){last, first, NULL, NULL, n};
        assert_int_equal(
            kor_change_of(&rule, &pairs, &back, NULL, NULL, NULL), KOR_OK);
        for (int k = 0; k < KOR_CHANGE_CLASSES; k++) {
            assert_int_equal(back.count[KOR_CHANGE_HARMED - k],
                             soft.count[k]);
        }
    }
}

static void
assert_status(struct kor_change_rule rule, const double first[],
              const double last[], size_t n, enum kor_change_status status)
{
    const double flat[] = {-1, -1, -1}, zero[] = {0, 0, 0};
    struct kor_change_pairs pairs = {first, last, flat, zero, n};
    enum kor_change_class of[3];
    double index[3];
    struct kor_change got;
    assert_int_equal(kor_change_of(&rule, &pairs, &got, of, index, NULL),
                     KOR_OK);
    assert_int_equal(got.status, status);
    if (status != KOR_CHANGE_OK) {
        assert_int_equal(got.n, 0);
        assert_near(NAN, got.needed_points, 0, 0);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(of[i], KOR_CHANGE_LEFT_OUT);
            assert_near(NAN, index[i], 0, 0);
        }
    }
}

static void
too_little_is_a_status(void **state)
{
    const double one[] = {20, NAN, NAN}, two[] = {10, 4, NAN};
    const double same[] = {20, 20, 20}, apart[] = {10, 20, 30};
    const double huge[] = {1e308, -1e308, 1e308};
    const double near[] = {11, 20, 29};
    struct kor_change_rule rule = KOR_CHANGE_RULE;
    (void)state;
    rule.reliability = rule.reliability_last = 0.5;
    for (int m = 0; m < KOR_CHANGE_HLM; m++) {
        rule.method = (enum kor_change_method)m;
        assert_status(rule, one, two, 0, KOR_CHANGE_TOO_FEW);
        assert_status(rule, one, two, 3, KOR_CHANGE_TOO_FEW);
        assert_status(rule, same, same, 3, KOR_CHANGE_NO_SPREAD);
        assert_status(rule, huge, same, 3, KOR_CHANGE_NO_SPREAD);
    }
    rule.method = KOR_CHANGE_HA;
    assert_status(rule, apart, near, 3, KOR_CHANGE_NO_RELIABLE_DIFFERENCE);
    assert_status(rule, apart, apart, 3, KOR_CHANGE_NO_SPREAD);
    rule.method = KOR_CHANGE_HLM;
    assert_status(rule, apart, near, 3, KOR_CHANGE_NO_SPREAD);
    assert_status(rule, apart, near, 0, KOR_CHANGE_OK);
    rule.method = KOR_CHANGE_JT;
    rule.intake = (struct kor_population){20, 8};
    assert_status(rule, one, two, 3, KOR_CHANGE_OK);
    rule.cutoff = KOR_CHANGE_CUTOFF_A;
    assert_status(rule, one, two, 3, KOR_CHANGE_OK);
}

static void
hll_says_that_it_is_relative_to_the_group(void **state)
{
    struct trial t;
    double index[MOST];
    (void)state;
    trial_begin(&t, &sets[0], KOR_CHANGE_HLL);
    assert_true(trial_run(&t, NULL, index).is_group_relative);
    /* Without change the last mean is the first, and hll is gln. */
    t.rule.last_mean = trial_run(&t, NULL, NULL).intake.mean;
    assert_false(trial_run(&t, NULL, index).is_group_relative);
    for (size_t i = 0; i < sets[0].n; i++) {
        assert_near(btheb_gln[i], index[i], 1e-12, 1e-12);
    }
}

static void
a_norm_on_the_wrong_side_is_said(void **state)
{
    struct trial t;
    (void)state;
    trial_begin(&t, &sets[0], KOR_CHANGE_JT);
    t.rule.cutoff = KOR_CHANGE_CUTOFF_C;
    t.rule.better = KOR_HIGHER_IS_BETTER;
    assert_true(trial_run(&t, NULL, NULL).norm_is_worse);
}

static void
assert_refuses(const char *field, struct kor_change_rule rule,
               const struct kor_change_pairs *pairs)
{
    struct kor_change got = {.n = 77};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_change_of(&rule, pairs, &got, NULL, NULL, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
    assert_int_equal(got.n, 77);
}

static void
what_breaks_the_contract_is_named(void **state)
{
    const double good[] = {1, 2}, bad[] = {1, INFINITY};
    const struct kor_change_pairs pairs = {good, good, NULL, NULL, 2};
    const struct kor_change_pairs no_first = {bad, good, NULL, NULL, 2};
    const struct kor_change_pairs no_last = {good, bad, NULL, NULL, 2};
    const struct kor_change_pairs no_slope = {good, good, bad, good, 2};
    struct kor_change_rule fine = KOR_CHANGE_RULE, rule;
    (void)state;
    fine.reliability = 0.8;
    rule = fine, rule.reliability = NAN;
    assert_refuses("reliability", rule, &pairs);
    rule = fine, rule.reliability = 1;
    assert_refuses("reliability", rule, &pairs);
    rule = fine, rule.reliability = -0.1;
    assert_refuses("reliability", rule, &pairs);
    rule = fine, rule.method = KOR_CHANGE_NK;
    assert_refuses("reliability_last", rule, &pairs);
    rule = fine, rule.method = KOR_CHANGE_GLN, rule.rc_points = 5;
    assert_refuses("rc_points", rule, &pairs);
    rule = fine, rule.rc_points = 0;
    assert_refuses("rc_points", rule, &pairs);
    rule = fine, rule.rc_points = INFINITY;
    assert_refuses("rc_points", rule, &pairs);
    rule = fine, rule.critical = -1;
    assert_refuses("critical", rule, &pairs);
    rule = fine, rule.critical = INFINITY;
    assert_refuses("critical", rule, &pairs);
    rule = fine, rule.correlation = 1.5;
    assert_refuses("correlation", rule, &pairs);
    rule = fine, rule.last_mean = INFINITY;
    assert_refuses("last_mean", rule, &pairs);
    rule = fine, rule.intake.sd = 0;
    assert_refuses("intake", rule, &pairs);
    rule = fine, rule.intake.sd = INFINITY;
    assert_refuses("intake", rule, &pairs);
    rule = fine, rule.norm.mean = -INFINITY;
    assert_refuses("norm", rule, &pairs);
    rule = fine, rule.cutoff = KOR_CHANGE_CUTOFF_B, rule.norm.mean = 4;
    assert_refuses("norm", rule, &pairs);
    rule.norm = (struct kor_population){.mean = NAN, .sd = 4};
    assert_refuses("norm", rule, &pairs);
    rule = fine, rule.cutoff = KOR_CHANGE_CUTOFF_FIXED;
    assert_refuses("cutoff_points", rule, &pairs);
    assert_refuses("first", fine, &no_first);
    assert_refuses("last", fine, &no_last);
    rule = fine, rule.method = KOR_CHANGE_HLM;
    assert_refuses("slope", rule, &pairs);
    assert_refuses("slope", rule, &no_slope);
    const double below[] = {1, -0.1};
    const struct kor_change_pairs no_error = {good, good, good, NULL, 2};
    const struct kor_change_pairs endless = {good, good, good, bad, 2};
    const struct kor_change_pairs negative = {good, good, good, below, 2};
    assert_refuses("slope", rule, &no_error);
    assert_refuses("slope", rule, &endless);
    assert_refuses("slope", rule, &negative);
}

/* Of slopes the index is slope / error: 2 / 1 is beyond 1.96, 1 / 1 not. */
static void
a_slope_without_its_error_is_left_out(void **state)
{
    const double first[] = {20, 20, 20, 20}, last[] = {10, 10, 10, 10};
    const double slope[] = {-2, -1, NAN, -2}, se[] = {1, 1, 1, NAN};
    const struct kor_change_pairs pairs = {first, last, slope, se, 4};
    struct kor_change_rule rule = KOR_CHANGE_RULE;
    enum kor_change_class class_of[4];
    struct kor_change got;
    (void)state;
    rule.method = KOR_CHANGE_HLM;
    rule.better = KOR_LOWER_IS_BETTER;
    assert_int_equal(kor_change_of(&rule, &pairs, &got, class_of, NULL, NULL),
                     KOR_OK);
    assert_int_equal(class_of[0], KOR_CHANGE_IMPROVED);
    assert_int_equal(class_of[1], KOR_CHANGE_UNCHANGED);
    assert_int_equal(class_of[2], KOR_CHANGE_LEFT_OUT);
    assert_int_equal(class_of[3], KOR_CHANGE_LEFT_OUT);
}

static void
names_are_words(void **state)
{
    enum kor_change_method method;
    (void)state;
    for (int m = 0; m < KOR_CHANGE_METHODS; m++) {
        const char *name = kor_change_method_name((enum kor_change_method)m);
        assert_true(kor_change_method_from(name, &method));
        assert_int_equal(method, m);
    }
    assert_false(kor_change_method_from("all", &method));
    assert_string_equal(kor_change_class_name(KOR_CHANGE_HARMED), "harmed");
    assert_string_equal(kor_change_class_name(KOR_CHANGE_LEFT_OUT),
                        "left-out");
    assert_string_equal(kor_change_status_name(KOR_CHANGE_TOO_FEW), "too-few");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_of_r),
        cmocka_unit_test(indices_are_those_of_r),
        cmocka_unit_test(the_example_of_jacobson_and_truax_comes_out),
        cmocka_unit_test(cutoff_b_has_the_spread_of_the_others),
        cmocka_unit_test(unit_origin_and_direction_do_not_matter),
        cmocka_unit_test(ties_stay_ties_far_from_zero_and_in_tenths),
        cmocka_unit_test(who_starts_on_the_line_is_where_the_rule_says),
        cmocka_unit_test(order_of_people_does_not_matter),
        cmocka_unit_test(random_people_keep_to_what_must_hold),
        cmocka_unit_test(too_little_is_a_status),
        cmocka_unit_test(hll_says_that_it_is_relative_to_the_group),
        cmocka_unit_test(a_norm_on_the_wrong_side_is_said),
        cmocka_unit_test(what_breaks_the_contract_is_named),
        cmocka_unit_test(a_slope_without_its_error_is_left_out),
        cmocka_unit_test(names_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

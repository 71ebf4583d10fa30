/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mark "less change than expected" by the rule of the course: by hand, and
 * that the table of flags counts what the judge does. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/course.h"
#include "kor/stat/flags.h"
#include "kor/stat/judge.h"
#include "support/dice.h"

enum { max_scores = 12, off = KOR_FINDING_OFF_COURSE,
       twice = KOR_FINDING_OFF_COURSE_TWICE };

/* 0 to 40, higher is better, reliable change 5, past the line from 26. */
static const struct kor_measure measure
    = {0, 40, KOR_HIGHER_IS_BETTER, 5, KOR_AT_LEAST, 25, KOR_MORE_THAN};

/* A course that expects the start score and 'slope' points a session, with an
 * 80 % band of 5 points on either side (1.2815515655446004 is the 90 % point
 * of the normal) and a 68 % band of 3.88. */
static struct kor_course
sloping(double slope, enum kor_flag_rule rule)
{
    return (struct kor_course){.f = KOR_TIME_IDENTITY,
                               .b1 = slope,
                               .b2 = 1,
                               .sigma = 5 / 1.2815515655446004,
                               .max_points = 40,
                               .better = KOR_HIGHER_IS_BETTER,
                               .first_time = 1,
                               .max_time = 8,
                               .n_people = 50,
                               .n_records = 300,
                               .rule = rule};
}

/* The 'n' scores of the times 0, 1, ..., NAN missing. */
static struct kor_verdict
judged(const struct kor_measure *m, const struct kor_course *course,
       bool is_attention_open, const double points[], size_t n)
{
    struct kor_judge_score scores[max_scores];
    struct kor_verdict out;
    for (size_t i = 0; i < n; i++) {
        scores[i] = (struct kor_judge_score){.session = (uint32_t)i + 1,
                                             .at = (double)i,
                                             .points = points[i]};
    }
    assert_int_equal(kor_judge(m, course, NULL, scores, n, is_attention_open,
                               &out, NULL),
                     KOR_OK);
    return out;
}

/* Asserts what is found but for "stalled", and where the last score stands. */
static void
assert_judged(const struct kor_course *course, unsigned findings,
              enum kor_standing standing, const double points[], size_t n)
{
    struct kor_verdict out = judged(&measure, course, false, points, n);
    assert_int_equal(findings,
                     out.findings & ~(unsigned)KOR_FINDING_STALLED);
    assert_int_equal(standing, out.standing);
}

#define POINTS(...)                                                           \
    (const double[]){__VA_ARGS__},                                            \
        sizeof((const double[]){__VA_ARGS__}) / sizeof(double)
#define AS_EXPECTED KOR_STANDING_EXPECTED
#define LESS KOR_STANDING_LESS

/* --- by hand ------------------------------------------------------------- */

static void
a_course_without_a_rule_marks_by_its_80_percent_band(void **state)
{
    (void)state;
    assert_int_equal(0, KOR_FLAG_BAND80);
    const struct kor_course course = sloping(1, (enum kor_flag_rule)0);
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 12.1));
    assert_judged(&course, off, LESS, POINTS(15, 15, 11.9));
}

static void
the_inner_band_marks_sooner(void **state)
{
    (void)state;
    const struct kor_course course = sloping(1, KOR_FLAG_BAND68);
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 13.2));
    assert_judged(&course, off, LESS, POINTS(15, 15, 13.1));
    /* What asks is still the outer band. */
    assert_judged(&course, off, LESS, POINTS(15, 12, 13.1));
    assert_judged(&course, off | twice, LESS, POINTS(15, 10.9, 11.9));
}

static void
twice_running_may_be_the_mark_too(void **state)
{
    (void)state;
    const struct kor_course course = sloping(1, KOR_FLAG_TWICE);
    assert_judged(&course, 0, LESS, POINTS(15, 15, 11.9));
    assert_judged(&course, off | twice, LESS, POINTS(15, 15, 11.9, 12.9));
    assert_judged(&course, off | twice, LESS, POINTS(15, 10.9, NAN, 12.9));
}

/* Half a reliable change is 2.5 points. */
static void
little_change_by_session_4_marks_that_score_alone(void **state)
{
    (void)state;
    const struct kor_course course = sloping(1, KOR_FLAG_RAW);
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 15, 15));
    assert_judged(&course, off, LESS, POINTS(15, 15, 15, 15, 17.4));
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 15, 15, 17.5));
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 15, 15, 17.4, 17));
    assert_judged(&course, off, LESS,
                  POINTS(15, 15, 15, 15, NAN, NAN, 17.4));
    /* Beyond the band without a mark; twice running asks all the same. */
    assert_judged(&course, 0, LESS, POINTS(15, 15, 11.9));
    assert_judged(&course, twice, LESS, POINTS(15, 15, 11.9, 12.9));
}

static void
a_forecast_marks_until_its_horizon(void **state)
{
    (void)state;
    struct kor_course course = sloping(0.6, KOR_FLAG_FORECAST);
    /* 15 + 8 * 0.6 is 19.8: short of 20, so below a half. */
    assert_judged(&course, off, LESS, POINTS(15, 16));
    assert_judged(&course, off, LESS, POINTS(15, 16, 16, 18, 18, 18, 18, 18));
    assert_judged(&course, 0, AS_EXPECTED,
                  POINTS(15, 16, 16, 18, 18, 18, 18, 18, 18));
    course = sloping(0.7, KOR_FLAG_FORECAST);
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 16));
    /* With all the spread between levels, what was so far decides: 2 points
     * below the course now are nearly 2 at the end. */
    course.tau00 = 1e6;
    assert_judged(&course, off, LESS, POINTS(15, 13.7));
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 17.7));
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 19.7, 14.4));
    assert_judged(&course, off, LESS, POINTS(15, 14.4, 14.4));
}

static void
red_marks_and_is_never_better_than_expected(void **state)
{
    (void)state;
    struct kor_course course = sloping(-1, KOR_FLAG_RATIONAL);
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 15, 15, 12.5));
    assert_judged(&course, off, LESS, POINTS(15, 15, 15, 15, 15, 12.5));
    assert_judged(&course, 0, AS_EXPECTED, POINTS(15, 15, 15, 15, 15, 12.6));
    course = sloping(-3, KOR_FLAG_RATIONAL);
    assert_judged(&course, off, LESS, POINTS(15, 15, 15, 15, 15, 12.5));
    assert_judged(&course, 0, KOR_STANDING_BETTER,
                  POINTS(15, 15, 15, 15, 15, 12.6));
}

/* --- where the rule does not speak ----------------------------------------- */

static void
no_rule_marks_where_the_course_is_not_used(void **state)
{
    (void)state;
    struct kor_course course = sloping(1, KOR_FLAG_RAW);
    course.n_people = 49;
    struct kor_verdict out
        = judged(&measure, &course, false, POINTS(15, 15, 15, 15, 15));
    assert_int_equal(out.findings, 0);
    assert_int_equal(out.unsaid, KOR_UNSAID_FEW_BEHIND);
    course.n_people = 50;
    course.max_time = 3;
    out = judged(&measure, &course, false, POINTS(15, 15, 15, 15, 15));
    assert_int_equal(out.findings, 0);
    assert_int_equal(out.unsaid, KOR_UNSAID_UNSUPPORTED);
    out = judged(&measure, NULL, false, POINTS(15, 15, 15, 15, 15));
    assert_int_equal(out.findings, 0);
}

static void
a_mark_is_held_back_for_nothing(void **state)
{
    (void)state;
    const struct kor_course course = sloping(1, KOR_FLAG_RAW);
    struct kor_verdict out
        = judged(&measure, &course, true, POINTS(15, 15, 15, 15, 16));
    assert_int_equal(out.findings, off | KOR_FINDING_ATTENTION);
    assert_int_equal(out.standing, LESS);
    out = judged(&measure, &course, true, POINTS(15, 15, 15, 15, 18));
    assert_int_equal(out.unsaid, KOR_UNSAID_HELD_BACK);
}

static void
a_rule_that_is_none_is_refused(void **state)
{
    (void)state;
    struct kor_err err = {0};
    struct kor_course course = sloping(1, KOR_N_FLAG_RULES);
    assert_int_equal(kor_course_check(&course, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "rule");
    course.rule = KOR_FLAG_RATIONAL;
    assert_int_equal(kor_course_check(&course, &err), KOR_OK);
}

/* --- whatever the scores are ----------------------------------------------- */

/* A person with scores at rising times from 1, the first of them at 1. */
struct person {
    size_t n;
    double at[max_scores], points[max_scores];
};

static struct person
somebody(struct dice *dice, const struct kor_measure *m)
{
    struct person p = {.n = (size_t)dice_int(dice, 3, max_scores)};
    double range = m->max_points - m->min_points, time = 1;
    double level = m->min_points + range * (0.2 + 0.6 * dice_real(dice));
    double drift = range * (dice_real(dice) - 0.5) / 10;
    for (size_t i = 0; i < p.n; i++) {
        double y = level + drift * (time - 1)
                 + range * (dice_real(dice) - 0.5) / 4;
        p.at[i] = time;
        p.points[i] = fmin(fmax(round(y * 10) / 10, m->min_points),
                           m->max_points);
        time += (double)dice_int(dice, 1, 2);
    }
    return p;
}

/* What is found at the score 'k' of 'p', with a missing one before it. */
static struct kor_verdict
at_score(const struct kor_measure *m, const struct kor_course *course,
         const struct person *p, size_t k)
{
    struct kor_judge_score scores[max_scores + 1];
    struct kor_verdict out;
    size_t n = 0;
    for (size_t i = 0; i <= k; i++) {
        if (i > 0 && i == k) {
            scores[n] = (struct kor_judge_score){
                .session = 2 * (uint32_t)p->at[i] - 1,
                .at = p->at[i], .points = NAN};
            n++;
        }
        scores[n] = (struct kor_judge_score){
            .session = 2 * (uint32_t)p->at[i] - (i == 0),
            .at = p->at[i], .points = p->points[i]};
        n++;
    }
    assert_int_equal(kor_judge(m, course, NULL, scores, n, false, &out, NULL),
                     KOR_OK);
    return out;
}

static struct kor_flags
table_of(const struct kor_measure *m, const struct kor_course *course,
         const struct person *p)
{
    struct kor_auc_row markers[KOR_N_FLAG_RULES];
    double leads[KOR_N_FLAG_RULES];
    const struct kor_flags_work work = {markers, leads};
    const size_t from[] = {0, p->n};
    const struct kor_episodes one = {1, from, p->at, p->points};
    struct kor_flags table;
    assert_int_equal(
        kor_flags_count(course, &one, m, NULL, &work, &table, NULL), KOR_OK);
    return table;
}

/* A scale and a course of it, neither of which knows of a cut-off. */
struct set {
    struct kor_measure measure;
    struct kor_course course;
};

static const struct set sets[] = {
    {{0, 40, KOR_HIGHER_IS_BETTER, 5, KOR_AT_LEAST, NAN, KOR_AT_LEAST},
     {.f = KOR_TIME_LOG, .b0 = 6, .b1 = 4.5, .b2 = 0.7, .b3 = -0.1,
      .tau00 = 12, .tau01 = -3, .tau11 = 5, .sigma = 3, .max_points = 40,
      .better = KOR_HIGHER_IS_BETTER, .first_time = 2, .max_time = 23,
      .n_people = 50}},
    {{10, 73, KOR_LOWER_IS_BETTER, 8.4, KOR_MORE_THAN, NAN, KOR_AT_LEAST},
     {.f = KOR_TIME_LOG1P, .b0 = 10, .b1 = -6, .b2 = 0.8, .tau00 = 40,
      .tau11 = 4, .sigma = 6, .min_points = 10, .max_points = 73,
      .better = KOR_LOWER_IS_BETTER, .first_time = 2, .max_time = 23,
      .n_people = 50,
      .calibration = {.n_times = 1, .times = {1}, .starts = {20, 30, 40},
                      .reach = {{{1.1, 1.2, 1.3}}, {{0.8, 0.9, 1}}}}}},
};

/* Asserts that 'table' has flagged, by 'rule', whom the judge has marked at a
 * score before the last, and when first; true if it has. */
static bool
is_as_in_table(const struct set *set, const struct kor_flags *table,
               enum kor_flag_rule rule, const struct person *p)
{
    struct kor_course course = set->course;
    const double *row = table->rules[rule];
    double first = NAN;
    course.rule = rule;
    for (size_t k = 1; k + 1 < p->n; k++) {
        struct kor_verdict out = at_score(&set->measure, &course, p, k);
        if (isnan(first) && out.findings & off) {
            first = p->at[k];
        }
    }
    assert_near(isnan(first) ? 0 : 1, row[KOR_FLAG_FLAGGED], 0, 0);
    if (row[KOR_FLAG_TRUE_POSITIVES] > 0) {
        assert_near(p->at[p->n - 1] - first, row[KOR_FLAG_LEAD], 0, 0);
    }
    return !isnan(first);
}

static void
the_table_counts_whom_the_judge_marks(void **state)
{
    struct dice dice = {7};
    (void)state;
    for (size_t s = 0; s < KOR_LENGTH(sets); s++) {
        size_t flagged[KOR_N_FLAG_RULES] = {0}, people = 0;
        for (int i = 0; i < 1500; i++) {
            struct person p = somebody(&dice, &sets[s].measure);
            struct kor_flags table
                = table_of(&sets[s].measure, &sets[s].course, &p);
            if (!(table.people > 0)) {
                continue;
            }
            people++;
            for (int r = 0; r < KOR_N_FLAG_RULES; r++) {
                flagged[r] += is_as_in_table(&sets[s], &table,
                                             (enum kor_flag_rule)r, &p);
            }
        }
        for (int r = 0; r < KOR_N_FLAG_RULES; r++) {
            assert_in_range(flagged[r], people / 20, people - people / 20);
        }
    }
}

/* The rule moves the mark and, with it, the standing; nothing else. */
static void
what_asks_does_not_depend_on_the_rule(void **state)
{
    struct dice dice = {8};
    size_t n_apart = 0;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct kor_course course = sets[0].course;
        struct person p = somebody(&dice, &measure);
        struct kor_verdict plain = at_score(&measure, &course, &p, p.n - 1);
        for (int r = 0; r < KOR_N_FLAG_RULES; r++) {
            course.rule = (enum kor_flag_rule)r;
            struct kor_verdict out
                = at_score(&measure, &course, &p, p.n - 1);
            bool is_less = out.findings & off
                        || plain.standing == KOR_STANDING_LESS;
            assert_int_equal(plain.findings & ~(unsigned)off,
                             out.findings & ~(unsigned)off);
            assert_int_equal(is_less ? LESS : plain.standing, out.standing);
            n_apart += (out.findings ^ plain.findings) != 0;
        }
    }
    assert_true(n_apart > 1000);
}

/* Rules of change leave to the 80 % band who starts past the cut-off or with
 * little room, and everybody without a reliable change. */
static void
rules_of_change_leave_to_the_band_who_has_none_to_make(void **state)
{
    struct dice dice = {9};
    struct kor_measure other = measure;
    size_t n[3] = {0};
    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct kor_course course = sets[0].course;
        struct person p = somebody(&dice, &measure);
        other.rc_points = i % 2 ? 9 : (double)NAN;
        other.cutoff_points = i % 4 == 3 ? (double)NAN : 25;
        struct kor_verdict plain = at_score(&other, &course, &p, p.n - 1);
        bool is_apart = plain.findings & (KOR_FINDING_STARTS_PAST
                                          | KOR_FINDING_LITTLE_ROOM);
        if (!is_apart && i % 2) {
            continue;
        }
        for (int r = KOR_FLAG_FORECAST; r < KOR_N_FLAG_RULES; r++) {
            course.rule = (enum kor_flag_rule)r;
            struct kor_verdict out = at_score(&other, &course, &p, p.n - 1);
            assert_int_equal(plain.findings, out.findings);
            assert_int_equal(plain.standing, out.standing);
        }
        n[0] += (plain.findings & KOR_FINDING_STARTS_PAST) != 0;
        n[1] += (plain.findings & KOR_FINDING_LITTLE_ROOM) != 0;
        n[2] += (plain.findings & off) != 0;
    }
    assert_true(n[0] > 100 && n[1] > 10 && n[2] > 100);
    /* The bands are for them too. */
    const struct kor_course inner = sloping(1, KOR_FLAG_BAND68);
    assert_judged(&inner, off | KOR_FINDING_STARTS_PAST, LESS,
                  POINTS(28, 28, 26.1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_course_without_a_rule_marks_by_its_80_percent_band),
        cmocka_unit_test(the_inner_band_marks_sooner),
        cmocka_unit_test(twice_running_may_be_the_mark_too),
        cmocka_unit_test(little_change_by_session_4_marks_that_score_alone),
        cmocka_unit_test(a_forecast_marks_until_its_horizon),
        cmocka_unit_test(red_marks_and_is_never_better_than_expected),
        cmocka_unit_test(no_rule_marks_where_the_course_is_not_used),
        cmocka_unit_test(a_mark_is_held_back_for_nothing),
        cmocka_unit_test(a_rule_that_is_none_is_refused),
        cmocka_unit_test(the_table_counts_whom_the_judge_marks),
        cmocka_unit_test(what_asks_does_not_depend_on_the_rule),
        cmocka_unit_test(
            rules_of_change_leave_to_the_band_who_has_none_to_make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

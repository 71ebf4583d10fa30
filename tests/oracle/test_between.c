/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Spread between groups against lme4 (between_oracle.h, made by between.R),
 * and on data that do not support it. */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/between.h"
#include "support/dice.h"

#include "oracle/between_oracle.h"

enum { max_people = 1000, max_groups = 40, n_columns = 3 };

/* People, changed, and what was found in them. */
struct fitted {
    struct kor_between_fit fit;
    struct kor_between_group groups[max_groups];
};

struct change {
    double y_factor, y_offset;
    double x_factor, x_offset; /* Of the first covariate. */
    bool is_shuffled;
};

static const struct change as_is = {1, 0, 1, 0, false};

static void
shuffle(size_t order[], size_t n)
{
    struct dice dice = {7};
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)dice_int(&dice, 0, (int64_t)i);
        size_t held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

static struct fitted
fit(const struct person people[], size_t n, size_t n_groups,
    size_t n_covariates, struct change change)
{
    static double y[max_people], x[max_people * n_columns];
    static size_t group[max_people], order[max_people];
    double work[max_groups * (n_columns + 3)];
    struct fitted out;
    assert_true(n <= max_people && n_groups <= max_groups);
    assert_true(kor_between_workspace(n_groups, n_covariates) <=
                sizeof work / sizeof *work);
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    if (change.is_shuffled) {
        shuffle(order, n);
    }
    for (size_t k = 0; k < n; k++) {
        const struct person *p = &people[order[k]];
        y[k] = p->y * change.y_factor + change.y_offset;
        group[k] = p->group;
        for (size_t j = 0; j < n_covariates; j++) {
            x[k * n_covariates + j] = p->x[j];
        }
        if (n_covariates) {
            x[k * n_covariates] = p->x[0] * change.x_factor + change.x_offset;
        }
    }
    struct kor_between_data data = {.y = y,
                                    .group = group,
                                    .covariates = x,
                                    .n = n,
                                    .n_groups = n_groups,
                                    .n_covariates = n_covariates,
                                    .level = 0.95,
                                    .small_group = KOR_BETWEEN_SMALL_GROUP};
    assert_int_equal(kor_between_fit(&data, work, &out.fit, out.groups, NULL),
                     KOR_OK);
    return out;
}

static struct fitted
fit_expected(const struct expected *e, struct change change)
{
    return fit(e->people, e->n, e->n_groups, e->n_covariates, change);
}

static void
lme4_finds_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        const struct expected *e = &lme4[i];
        struct fitted got = fit_expected(e, as_is);
        print_message("%s\n", e->name);
        assert_int_equal(got.fit.status, e->tau2 > 0 ? KOR_BETWEEN_CONVERGED
                                                     : KOR_BETWEEN_BOUNDARY);
        assert_int_equal(got.fit.n_people, e->n);
        assert_int_equal(got.fit.n_groups, e->n_groups);
        assert_int_equal(got.fit.n_terms, e->n_covariates + 1);
        for (size_t k = 0; k < got.fit.n_terms; k++) {
            assert_near(e->b[k], got.fit.b[k], 0, 1e-8);
            assert_near(e->se[k], got.fit.se[k], 0, 1e-8);
        }
        assert_near(e->tau2, got.fit.tau2, 0, 1e-8);
        assert_near(e->sigma2, got.fit.sigma2, 0, 1e-8);
        assert_near(e->icc, got.fit.icc, 0, 1e-8);
        assert_near(e->icc_low, got.fit.icc_low, 0, 1e-8);
        assert_near(e->icc_high, got.fit.icc_high, 0, 1e-8);
        assert_near(e->loglik, got.fit.loglik, 0, 1e-10);
        assert_near(e->gain, got.fit.gain, 1e-9, 1e-9);
    }
}

static void
lme4_shrinks_groups_to_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        const struct expected *e = &lme4[i];
        struct fitted got = fit_expected(e, as_is);
        for (size_t g = 0; g < e->n_groups; g++) {
            const struct kor_between_group *at = &got.groups[g];
            assert_int_equal(at->n, (size_t)e->groups[g][0]);
            assert_near(e->groups[g][1], at->u, 1e-9, 1e-7);
            assert_near(e->groups[g][2], at->se, 0, 1e-8);
            assert_near(e->groups[g][3], at->se_terms, 0, 1e-7);
            assert_near(at->u - 1.959963984540054 * at->se, at->low, 1e-12,
                        1e-12);
            assert_near(at->u + 1.959963984540054 * at->se, at->high, 1e-12,
                        1e-12);
            assert_int_equal(at->is_small, at->n < 15);
        }
    }
}

static void
a_group_stands_out_only_where_its_interval_leaves_0(void **state)
{
    (void)state;
    size_t n_within = 0, n_out = 0;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct fitted got = fit_expected(&lme4[i], as_is);
        for (size_t g = 0; g < lme4[i].n_groups; g++) {
            double u = lme4[i].groups[g][1], se = lme4[i].groups[g][2];
            bool is_out = fabs(u) > 1.959963984540054 * se;
            const char *stands = !is_out ? "within"
                                 : u > 0 ? "above"
                                         : "below";
            assert_string_equal(kor_between_stands_name(got.groups[g].stands),
                                stands);
            n_out += is_out;
            n_within += !is_out;
        }
    }
    assert_true(n_out > 4 && n_within > 20);
}

static void
people_in_another_order_change_only_the_last_digits(void **state)
{
    (void)state;
    struct change shuffled = {1, 0, 1, 0, true};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct fitted was = fit_expected(&lme4[i], as_is);
        struct fitted got = fit_expected(&lme4[i], shuffled);
        assert_near(was.fit.b[0], got.fit.b[0], 0, 1e-11);
        assert_near(was.fit.tau2, got.fit.tau2, 0, 1e-10);
        assert_near(was.fit.loglik, got.fit.loglik, 0, 1e-13);
        assert_near(was.groups[1].u, got.groups[1].u, 1e-12, 1e-10);
    }
}

static void
points_in_another_unit_give_the_same_model(void **state)
{
    (void)state;
    struct change scaled = {2.5, 100, -4, 30, false};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct fitted was = fit_expected(&lme4[i], as_is);
        struct fitted got = fit_expected(&lme4[i], scaled);
        assert_near(6.25 * was.fit.tau2, got.fit.tau2, 0, 1e-9);
        assert_near(was.fit.icc, got.fit.icc, 0, 1e-9);
        assert_near(was.fit.icc_high, got.fit.icc_high, 0, 1e-9);
        assert_near(2.5 * was.groups[1].u, got.groups[1].u, 1e-9, 1e-9);
        if (lme4[i].n_covariates) {
            assert_near(2.5 / -4 * was.fit.b[1], got.fit.b[1], 0, 1e-9);
        }
    }
}

static void
a_mirrored_scale_turns_above_into_below(void **state)
{
    (void)state;
    struct change mirrored = {-1, 0, 1, 0, false};
    struct fitted was = fit_expected(&lme4[7], as_is);
    struct fitted got = fit_expected(&lme4[7], mirrored);
    assert_int_equal(got.groups[0].stands, KOR_BETWEEN_ABOVE);
    assert_int_equal(got.groups[4].stands, KOR_BETWEEN_BELOW);
    assert_near(-was.groups[0].low, got.groups[0].high, 0, 1e-9);
    assert_near(was.fit.icc, got.fit.icc, 0, 1e-12);
}

static void
offsets_of_a_billion_leave_the_variances(void **state)
{
    (void)state;
    struct change moved = {1, 1e9, 1, 1e9, false};
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        struct fitted was = fit_expected(&lme4[i], as_is);
        struct fitted got = fit_expected(&lme4[i], moved);
        assert_int_equal(was.fit.status, got.fit.status);
        assert_near(was.fit.tau2, got.fit.tau2, 0, 1e-5);
        assert_near(was.fit.sigma2, got.fit.sigma2, 0, 1e-6);
        assert_near(was.fit.loglik, got.fit.loglik, 0, 1e-7);
    }
}

/* Groups of equal size without covariates: tau2 is (MSB - MSW) / m, or 0 if
 * that is below it (S. R. Searle, G. Casella and C. E. McCulloch (1992),
 * Variance components, chapter 4). */
static void
equal_groups_are_those_of_the_analysis_of_variance(void **state)
{
    enum { n_groups = 7, m = 6 };
    struct dice dice = {19};
    size_t n_boundary = 0;
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct person people[n_groups * m];
        double mean[n_groups] = {0}, all = 0, between = 0, within = 0;
        for (size_t i = 0; i < KOR_LENGTH(people); i++) {
            size_t g = i % n_groups;
            double shift = round % 2 ? 0.3 * (double)(g % 3) : 0;
            people[i] =
                (struct person){g, dice_real(&dice) + shift, {0, 0, 0}};
            mean[g] += people[i].y / m;
            all += people[i].y / (m * n_groups);
        }
        for (size_t i = 0; i < KOR_LENGTH(people); i++) {
            double off = people[i].y - mean[people[i].group];
            within += off * off / (n_groups * (m - 1));
            off = mean[people[i].group] - all;
            between += off * off / (n_groups - 1);
        }
        struct fitted got =
            fit(people, KOR_LENGTH(people), n_groups, 0, as_is);
        bool is_boundary = got.fit.status == KOR_BETWEEN_BOUNDARY;
        assert_int_equal(is_boundary, between <= within);
        n_boundary += is_boundary;
        if (is_boundary) {
            assert_true(got.fit.tau2 <= 0 && got.groups[3].u <= 0 &&
                        got.groups[3].u >= 0);
            assert_near(0, got.fit.gain, 0, 0);
        } else {
            assert_near((between - within) / m, got.fit.tau2, 1e-12, 1e-9);
            assert_near(within, got.fit.sigma2, 0, 1e-10);
        }
    }
    assert_in_range(n_boundary, 20, 150);
}

static void
who_lacks_a_number_is_left_out_and_counted(void **state)
{
    struct person people[KOR_LENGTH(twelve) + 3];
    size_t n = KOR_LENGTH(people);
    (void)state;
    memcpy(people + 3, twelve, sizeof twelve);
    people[0] = (struct person){0, NAN, {10, 40, 0}};
    people[1] = (struct person){4, 12, {NAN, 40, 0}};
    people[2] = (struct person){13, 12, {10, NAN, 1}};
    struct fitted was = fit_expected(&lme4[4], as_is);
    struct fitted got = fit(people, n, 14, 2, as_is);
    assert_int_equal(got.fit.n_incomplete, 3);
    assert_int_equal(got.fit.n_people, n - 3);
    assert_int_equal(got.fit.n_groups, 12);
    assert_near(was.fit.tau2, got.fit.tau2, 0, 1e-12);
    assert_near(was.fit.loglik, got.fit.loglik, 0, 1e-13);
    assert_int_equal(got.groups[13].n, 0);
    assert_near(NAN, got.groups[13].u, 0, 0);
    assert_near(NAN, got.groups[12].se, 0, 0);
    assert_true(got.groups[12].is_small);
}

/* Twelve people in 'n_groups' groups; y and two covariates by position. */
static enum kor_between_status
status_of(size_t n_groups, size_t n, size_t n_covariates,
          double (*number)(size_t person, size_t column))
{
    struct person people[20];
    for (size_t i = 0; i < n; i++) {
        people[i] =
            (struct person){i % n_groups,
                            number(i, 0),
                            {number(i, 1), number(i, 2), number(i, 3)}};
    }
    struct fitted got = fit(people, n, n_groups, n_covariates, as_is);
    if (!kor_between_has_estimates(&got.fit)) {
        assert_near(NAN, got.fit.b[0], 0, 0);
        assert_near(NAN, got.fit.icc, 0, 0);
        assert_near(NAN, got.groups[0].u, 0, 0);
    }
    return got.fit.status;
}

static double
ragged(size_t i, size_t column)
{
    return (double)((i * i * 7 + column * 5 + i * column * 3) % 11);
}

/* Sums of tenths, which are equal but for rounding. */
static double
all_equal(size_t i, size_t column)
{
    return column ? ragged(i, column) : i % 3 ? 0.3 : 0.1 + 0.2;
}

static double
one_a_group(size_t i, size_t column)
{
    return column ? ragged(i, column) : 0.1 * (double)(i % 4);
}

static double
straight(size_t i, size_t column)
{
    return column ? ragged(i, column) : 3 + 0.7 * ragged(i, 1);
}

static double
constant_column(size_t i, size_t column)
{
    return column == 1 ? all_equal(i, 0) : ragged(i, column);
}

static double
two_together(size_t i, size_t column)
{
    return column == 3 ? 0.3 * ragged(i, 1) - 0.7 * ragged(i, 2)
                       : ragged(i, column);
}

/* Numbers whose squares are too small to be numbers. */
static double
tiny(size_t i, size_t column)
{
    return ragged(i, column) * 1e-162;
}

static void
data_that_do_not_support_a_fit_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(status_of(4, 0, 0, ragged), KOR_BETWEEN_TOO_FEW);
    assert_int_equal(status_of(4, 1, 0, ragged), KOR_BETWEEN_TOO_FEW);
    assert_int_equal(status_of(2, 12, 0, ragged), KOR_BETWEEN_TOO_FEW);
    assert_int_equal(status_of(12, 12, 0, ragged), KOR_BETWEEN_TOO_FEW);
    assert_int_equal(status_of(3, 4, 3, ragged), KOR_BETWEEN_TOO_FEW);
    assert_int_equal(status_of(4, 12, 0, all_equal), KOR_BETWEEN_NO_VARIANCE);
    assert_int_equal(status_of(4, 12, 0, tiny), KOR_BETWEEN_NO_VARIANCE);
    assert_int_equal(status_of(4, 12, 1, straight), KOR_BETWEEN_NO_VARIANCE);
    assert_int_equal(status_of(4, 12, 0, one_a_group),
                     KOR_BETWEEN_NO_VARIANCE);
    assert_int_equal(status_of(4, 12, 1, constant_column),
                     KOR_BETWEEN_COLLINEAR);
    assert_int_equal(status_of(4, 12, 3, two_together), KOR_BETWEEN_COLLINEAR);
    assert_true(status_of(4, 12, 2, ragged) <= KOR_BETWEEN_BOUNDARY);
    assert_string_equal(kor_between_status_name(KOR_BETWEEN_COLLINEAR),
                        "collinear");
}

/* Groups at 0, 1, 2 and 3 with a spread within of some 3e-5 of that between:
 * what is most between them that the scores allow is beyond all ratios tried,
 * 6e9, and so is the share. */
static void
next_to_nothing_within_has_no_upper_limit(void **state)
{
    struct person people[12] = {{0}};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(people); i++) {
        people[i].group = i / 3;
        people[i].y = (double)(i / 3) + 4e-5 * ((double)(i % 3) - 1);
    }
    struct fitted got = fit(people, KOR_LENGTH(people), 4, 0, as_is);
    assert_int_equal(got.fit.status, KOR_BETWEEN_CONVERGED);
    assert_near(1.6e-9, got.fit.sigma2, 0, 1e-6); /* 8 x 16e-10 / 8. */
    assert_near(5 / 3.0 - 1.6e-9 / 3, got.fit.tau2, 0, 1e-6);
    assert_true(got.fit.icc < 1 && got.fit.icc_low < got.fit.icc);
    assert_near(1, got.fit.icc_high, 0, 0);
}

/* The third column is made of the other two, so only rounding is its own. */
static void
columns_that_add_up_are_collinear_however_they_round(void **state)
{
    struct dice dice = {31};
    (void)state;
    for (int round = 0; round < 50; round++) {
        struct person people[40];
        double a = dice_real(&dice), b = dice_real(&dice);
        for (size_t i = 0; i < KOR_LENGTH(people); i++) {
            double x = dice_real(&dice), z = dice_real(&dice);
            people[i] = (struct person){
                i % 5, dice_real(&dice), {x, z, a * x - b * z}};
        }
        struct fitted got = fit(people, KOR_LENGTH(people), 5, 3, as_is);
        assert_int_equal(got.fit.status, KOR_BETWEEN_COLLINEAR);
    }
}

static void
what_breaks_the_contract_is_refused(void **state)
{
    double y[4] = {1, 2, 3, 4}, x[4] = {1, 4, 2, 2}, work[20];
    size_t group[4] = {0, 1, 2, 2};
    struct kor_between_data good = {.y = y,
                                    .group = group,
                                    .covariates = x,
                                    .n = 4,
                                    .n_groups = 3,
                                    .n_covariates = 1,
                                    .level = 0.9};
    struct kor_between_data data = good;
    struct kor_between_fit out;
    struct kor_between_group groups[3];
    struct kor_err err;
    (void)state;
    kor_err_init(&err, KOR_EN);
    y[2] = INFINITY;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, &err),
                     KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "person 3"));
    y[2] = 3;
    x[3] = -1e200;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, &err),
                     KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "person 4"));
    x[3] = 2;
    group[0] = 3;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "group");
    group[0] = 0;
    data.level = 1;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "level");
    data.level = 0;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, NULL),
                     KOR_BAD_VALUE);
    data = good;
    data.n_covariates = KOR_BETWEEN_MAX_COVARIATES + 1;
    assert_int_equal(kor_between_fit(&data, work, &out, groups, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "covariates");
    assert_int_equal(kor_between_fit(&good, work, &out, groups, &err), KOR_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lme4_finds_the_same),
        cmocka_unit_test(lme4_shrinks_groups_to_the_same),
        cmocka_unit_test(a_group_stands_out_only_where_its_interval_leaves_0),
        cmocka_unit_test(people_in_another_order_change_only_the_last_digits),
        cmocka_unit_test(points_in_another_unit_give_the_same_model),
        cmocka_unit_test(a_mirrored_scale_turns_above_into_below),
        cmocka_unit_test(offsets_of_a_billion_leave_the_variances),
        cmocka_unit_test(equal_groups_are_those_of_the_analysis_of_variance),
        cmocka_unit_test(who_lacks_a_number_is_left_out_and_counted),
        cmocka_unit_test(data_that_do_not_support_a_fit_are_told_apart),
        cmocka_unit_test(next_to_nothing_within_has_no_upper_limit),
        cmocka_unit_test(columns_that_add_up_are_collinear_however_they_round),
        cmocka_unit_test(what_breaks_the_contract_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Size of change against metafor and t.test(), and adjusted for the start
 * score against lm() (effect_oracle.h, made by effect.R). */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/effect.h"
#include "kor/stat/severity.h"
#include "support/dice.h"

struct expected {
    const char *name;
    bool is_higher_better;
    double level;
    size_t n;
    double mean_pre, sd_pre, mean_post, sd_post, r;
    double d_pre[3];
    double g_pre, d_av;
    double srm[3], d_sd[3]; /* By a published SD of 7.75. */
};

/* Mean and SD of the relative effect size, and half the interval. */
struct relative {
    size_t n;
    double mean, sd, half;
};

struct adjusted {
    size_t n_covariates, n;
    double mean, sd, residual_sd;
    double b[4];
    struct relative reference, group;
    const double *each; /* By person of 'btheb', NAN for who is left out. */
};

#include "oracle/effect_oracle.h"

enum { n_btheb = KOR_LENGTH(btheb), n_counted = 400 };

static struct kor_effect
effect_of(const double pre[], const double post[], size_t n,
          bool is_higher_better, double sd, double level)
{
    struct kor_pre_post group = {pre, post, n,
                                 is_higher_better ? KOR_HIGHER_IS_BETTER
                                                  : KOR_LOWER_IS_BETTER};
    struct kor_effect out;
    assert_int_equal(kor_effect_of(&group, sd, level, &out, NULL), KOR_OK);
    return out;
}

/* The scores of one line of the table; returns how many. */
static size_t
scores_of(const struct expected *e, double pre[], double post[])
{
    static const double few[][2] = {{12, 19}, {20.5, 24}, {17, 16.5}, {9, 21}};
    bool is_counted = strncmp(e->name, "counted", 7) == 0;
    bool is_few = strncmp(e->name, "few", 3) == 0;
    size_t n = is_few ? 4 : is_counted ? n_counted : n_btheb;
    for (size_t i = 0; i < n; i++) {
        pre[i] = is_few       ? few[i][0]
                 : is_counted ? (double)((7 * i * i + 3) % 31)
                              : btheb[i][0];
        post[i] = is_few                   ? few[i][1]
                  : is_counted             ? (double)((5 * i + 1) % 29)
                  : strstr(e->name, "two") ? btheb[i][1]
                                           : btheb[i][2];
    }
    return n;
}

static void
assert_interval(const double expected[3], struct kor_interval got, double rel)
{
    assert_near(expected[0], got.value, 0, rel);
    assert_near(expected[1], got.low, rel, rel);
    assert_near(expected[2], got.high, rel, rel);
}

static void
r_finds_the_same_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(by_r); i++) {
        const struct expected *e = &by_r[i];
        double pre[n_counted], post[n_counted];
        size_t n = scores_of(e, pre, post);
        struct kor_effect got =
            effect_of(pre, post, n, e->is_higher_better, 7.75, e->level);
        print_message("%s\n", e->name);
        assert_int_equal(got.n, e->n);
        assert_int_equal(got.n_one, n - e->n);
        assert_int_equal(got.n_none, 0);
        assert_near(e->mean_pre, got.pre.mean, 0, 1e-13);
        assert_near(e->sd_pre, got.pre.sd, 0, 1e-13);
        assert_near(e->mean_post, got.post.mean, 0, 1e-13);
        assert_near(e->sd_post, got.post.sd, 0, 1e-13);
        assert_near(e->r, got.r, 0, 1e-12);
        assert_interval(e->d_pre, got.d_pre, 1e-12);
        assert_near(e->g_pre, got.g_pre, 0, 1e-12);
        assert_near(e->d_av, got.d_av, 0, 1e-12);
        assert_interval(e->srm, got.srm, 1e-12);
        assert_interval(e->d_sd, got.d_sd, 1e-12);
    }
}

/* By hand: changes 2, 0, 4 from 1, 2, 3. */
static void
three_people_by_hand(void **state)
{
    const double pre[] = {1, NAN, 2, 3, 5, NAN};
    const double post[] = {3, 4, 2, 7, NAN, NAN};
    struct kor_effect got = effect_of(pre, post, 6, true, NAN, 0.95);
    (void)state;
    assert_int_equal(got.n, 3);
    assert_int_equal(got.n_one, 2);
    assert_int_equal(got.n_none, 1);
    assert_near(2, got.change.mean, 0, 1e-15);
    assert_near(2, got.change.sd, 0, 1e-15);
    assert_near(2, got.d_pre.value, 0, 1e-15);
    assert_near(1, got.srm.value, 0, 1e-15);
    assert_near(NAN, got.d_sd.value, 0, 0);
    /* Gamma(1) / Gamma(1 / 2) = 1 / sqrt(pi). */
    assert_near(2 / sqrt(acos(-1)), got.g_pre, 0, 1e-14);
}

static void
nobody_and_one_person_have_no_size(void **state)
{
    const double pre[] = {5, NAN}, post[] = {3, 4};
    struct kor_effect got = effect_of(pre, post, 0, false, 8, 0.95);
    (void)state;
    assert_int_equal(got.n, 0);
    assert_near(NAN, got.pre.mean, 0, 0);
    assert_near(NAN, got.d_pre.value, 0, 0);
    got = effect_of(pre, post, 2, false, 8, 0.95);
    assert_int_equal(got.n, 1);
    assert_near(2, got.change.mean, 0, 0);
    assert_near(NAN, got.pre.sd, 0, 0);
    assert_near(NAN, got.d_pre.low, 0, 0);
    assert_near(NAN, got.g_pre, 0, 0);
    assert_near(NAN, got.srm.value, 0, 0);
    assert_near(NAN, got.d_sd.value, 0, 0);
    assert_near(NAN, got.r, 0, 0);
}

/* Spread that is rounding only (0.1 + 0.2 is not 0.3) divides nothing. */
static void
without_spread_there_is_no_size(void **state)
{
    const double pre[] = {0.3, 0.1 + 0.2, 0.3}, post[] = {1, 2, 4};
    struct kor_effect got = effect_of(pre, post, 3, true, NAN, 0.95);
    (void)state;
    assert_near(0, got.pre.sd, 0, 0);
    assert_near(NAN, got.d_pre.value, 0, 0);
    assert_near(NAN, got.r, 0, 0);
    assert_true(isfinite(got.d_av) && isfinite(got.srm.low));
    got = effect_of(post, pre, 3, true, NAN, 0.95);
    assert_near(0, got.post.sd, 0, 0);
    assert_near(NAN, got.r, 0, 0);
    const double later[] = {0.4, 0.1 + 0.2 + 0.1, 0.4};
    got = effect_of(pre, later, 3, true, 2, 0.95);
    assert_near(NAN, got.srm.value, 0, 0);
    assert_near(NAN, got.d_av, 0, 0);
    assert_near(0.05, got.d_sd.value, 0, 1e-14);
}

static void
units_and_offsets_of_a_billion_leave_the_size(void **state)
{
    double pre[n_counted], post[n_counted];
    size_t n = scores_of(&by_r[0], pre, post);
    struct kor_effect was = effect_of(pre, post, n, false, 7.75, 0.95);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        pre[i] = 2.5 * pre[i] + 1e9;
        post[i] = 2.5 * post[i] + 1e9;
    }
    struct kor_effect got = effect_of(pre, post, n, false, 2.5 * 7.75, 0.95);
    assert_near(was.d_pre.value, got.d_pre.value, 0, 1e-14);
    assert_near(was.d_pre.low, got.d_pre.low, 0, 1e-14);
    assert_near(was.srm.high, got.srm.high, 0, 1e-14);
    assert_near(was.d_sd.low, got.d_sd.low, 0, 1e-14);
    assert_near(was.r, got.r, 0, 1e-14);
}

static void
a_mirrored_scale_gives_the_same_size(void **state)
{
    double pre[n_counted], post[n_counted];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(by_r); i++) {
        const struct expected *e = &by_r[i];
        size_t n = scores_of(e, pre, post);
        struct kor_effect was =
            effect_of(pre, post, n, e->is_higher_better, 7.75, 0.9);
        for (size_t k = 0; k < n; k++) {
            pre[k] = 40 - pre[k];
            post[k] = 40 - post[k];
        }
        struct kor_effect got =
            effect_of(pre, post, n, !e->is_higher_better, 7.75, 0.9);
        assert_near(was.d_pre.low, got.d_pre.low, 0, 1e-11);
        assert_near(was.d_av, got.d_av, 0, 1e-12);
        assert_near(was.srm.value, got.srm.value, 0, 1e-12);
        got = effect_of(pre, post, n, e->is_higher_better, 7.75, 0.9);
        assert_near(-was.d_pre.low, got.d_pre.high, 0, 1e-11);
        assert_near(-was.d_sd.high, got.d_sd.low, 0, 1e-11);
    }
}

static void
people_in_another_order_change_only_the_last_digits(void **state)
{
    double pre[n_counted], post[n_counted];
    size_t n = scores_of(&by_r[1], pre, post);
    struct kor_effect was = effect_of(pre, post, n, false, NAN, 0.95);
    struct dice dice = {3};
    (void)state;
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)dice_int(&dice, 0, (int64_t)i);
        double held[] = {pre[i], post[i]};
        pre[i] = pre[j];
        post[i] = post[j];
        pre[j] = held[0];
        post[j] = held[1];
    }
    struct kor_effect got = effect_of(pre, post, n, false, NAN, 0.95);
    assert_near(was.d_pre.low, got.d_pre.low, 0, 1e-13);
    assert_near(was.srm.low, got.srm.low, 0, 1e-13);
}

static void
refused(const struct kor_pre_post *group, double sd, double level,
        const char *field)
{
    struct kor_effect out;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_effect_of(group, sd, level, &out, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
}

static void
what_breaks_the_contract_is_refused(void **state)
{
    double pre[] = {1, 2, 4}, post[] = {3, 2, 7};
    struct kor_pre_post group = {pre, post, 3, KOR_LOWER_IS_BETTER};
    (void)state;
    refused(&group, 0, 0.95, "sd");
    refused(&group, INFINITY, 0.95, "sd");
    refused(&group, NAN, 0, "level");
    refused(&group, NAN, 1, "level");
    refused(&group, NAN, NAN, "level");
    pre[1] = -INFINITY;
    refused(&group, NAN, 0.95, "pre");
    pre[1] = NAN;
    post[2] = 1e101;
    refused(&group, NAN, 0.95, "post");
}

/* --- adjusted for the start score --- */

enum { max_columns = 2 };

/* The people of one arm of 'btheb', or of both if 'arm' is negative. */
struct arm {
    double pre[n_btheb], post[n_btheb];
    double covariates[n_btheb * max_columns];
    struct kor_severity_people people;
};

static void
take_arm(struct arm *arm, double which, size_t n_covariates)
{
    size_t n = 0;
    for (size_t i = 0; i < n_btheb; i++) {
        if (which < 0 || fabs(btheb[i][5] - which) < 0.5) {
            arm->pre[n] = btheb[i][0];
            arm->post[n] = btheb[i][1];
            for (size_t j = 0; j < n_covariates; j++) {
                arm->covariates[n * n_covariates + j] = btheb[i][3 + j];
            }
            n++;
        }
    }
    arm->people = (struct kor_severity_people){arm->pre, arm->post, n,
                                               arm->covariates, n_covariates};
}

static const struct kor_measure lower = {
    0, 63, KOR_LOWER_IS_BETTER, NAN, KOR_AT_LEAST, 14, KOR_AT_LEAST};

static struct kor_severity_reference
reference_of(const struct kor_measure *measure,
             const struct kor_severity_people *people)
{
    struct kor_severity_reference out;
    assert_int_equal(kor_severity_fit(measure, people, &out, NULL), KOR_OK);
    return out;
}

static struct kor_severity
severity_of(const struct kor_severity_reference *reference,
            const struct kor_severity_people *people, double each[])
{
    struct kor_severity out;
    assert_int_equal(
        kor_severity_of(reference, people, 0.95, each, &out, NULL), KOR_OK);
    return out;
}

static void
assert_relative(const struct relative *expected,
                const struct kor_severity *got, double plain)
{
    assert_int_equal(got->count.n, expected->n);
    assert_near(expected->mean, got->relative.mean, 1e-14, 1e-12);
    assert_near(expected->sd, got->relative.sd, 0, 1e-12);
    assert_near(expected->half, got->half, 0, 1e-12);
    assert_near(expected->mean + plain, got->adjusted.mean, 0, 1e-12);
    assert_near(expected->sd, got->adjusted.sd, 0, 1e-12);
}

static void
lm_adjusts_to_the_same(void **state)
{
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(adjusted); k++) {
        const struct adjusted *e = &adjusted[k];
        struct arm usual, programme, both;
        double each[n_btheb];
        take_arm(&usual, 0, e->n_covariates);
        take_arm(&programme, 1, e->n_covariates);
        take_arm(&both, -1, e->n_covariates);
        struct kor_severity_reference r = reference_of(&lower, &usual.people);
        assert_int_equal(r.status, KOR_SEVERITY_FITTED);
        assert_int_equal(r.count.n, e->n);
        assert_int_equal(r.n_terms, 2 + e->n_covariates);
        assert_near(e->mean, r.mean, 0, 1e-13);
        assert_near(e->sd, r.sd, 0, 1e-13);
        assert_near(e->residual_sd, r.residual_sd, 0, 1e-12);
        for (size_t j = 0; j < r.n_terms; j++) {
            assert_near(e->b[j], r.b[j], 0, 1e-11);
        }
        double plain = e->mean / e->sd;
        struct kor_severity got = severity_of(&r, &usual.people, NULL);
        assert_relative(&e->reference, &got, plain);
        got = severity_of(&r, &programme.people, NULL);
        assert_relative(&e->group, &got, plain);
        got = severity_of(&r, &both.people, each);
        for (size_t i = 0; i < n_btheb; i++) {
            assert_near(e->each[i], each[i], 1e-12, 1e-12);
        }
    }
}

static void
who_does_not_count_is_counted(void **state)
{
    struct arm both;
    size_t n_past = 0, n_incomplete = 0;
    (void)state;
    take_arm(&both, -1, 2);
    both.covariates[0] = NAN; /* Starts at 29. */
    struct kor_severity_reference r = reference_of(&lower, &both.people);
    for (size_t i = 0; i < n_btheb; i++) {
        bool is_past = btheb[i][0] <= 14;
        n_past += is_past;
        n_incomplete += !is_past && isnan(btheb[i][1]);
    }
    assert_int_equal(r.count.n_not_clinical, n_past);
    assert_int_equal(r.count.n_incomplete, n_incomplete + 1);
    assert_int_equal(r.count.n + n_past + n_incomplete + 1, n_btheb);
    struct kor_measure strict = lower;
    strict.cutoff_compare = KOR_MORE_THAN;
    r = reference_of(&strict, &both.people);
    assert_true(r.count.n_not_clinical < n_past);
}

static void
a_mirrored_scale_and_a_billion_adjust_to_the_same(void **state)
{
    static const struct kor_measure higher = {
        1e9 - 63,     1e9,      KOR_HIGHER_IS_BETTER, NAN,
        KOR_AT_LEAST, 1e9 - 14, KOR_AT_LEAST};
    struct arm usual, programme;
    (void)state;
    take_arm(&usual, 0, 1);
    take_arm(&programme, 1, 1);
    struct kor_severity_reference r = reference_of(&lower, &usual.people);
    struct kor_severity was = severity_of(&r, &programme.people, NULL);
    struct arm *arms[] = {&usual, &programme};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < arms[k]->people.n; i++) {
            arms[k]->pre[i] = 1e9 - arms[k]->pre[i];
            arms[k]->post[i] = 1e9 - arms[k]->post[i];
            arms[k]->covariates[i] = 1e9 + 3 * arms[k]->covariates[i];
        }
    }
    struct kor_severity_reference m = reference_of(&higher, &usual.people);
    struct kor_severity got = severity_of(&m, &programme.people, NULL);
    assert_int_equal(m.status, KOR_SEVERITY_FITTED);
    assert_near(r.mean, m.mean, 0, 1e-12);
    assert_near(-r.b[1], m.b[1], 0, 1e-9);
    assert_near(r.b[2] / 3, m.b[2], 0, 1e-9);
    assert_near(was.relative.mean, got.relative.mean, 0, 1e-9);
    assert_near(was.adjusted.sd, got.adjusted.sd, 0, 1e-9);
}

static void
people_in_another_order_adjust_to_the_same(void **state)
{
    struct arm usual, programme, turned;
    (void)state;
    take_arm(&usual, 0, 2);
    take_arm(&programme, 1, 2);
    take_arm(&turned, 0, 2);
    size_t n = usual.people.n;
    for (size_t i = 0; i < n; i++) {
        turned.pre[i] = usual.pre[n - 1 - i];
        turned.post[i] = usual.post[n - 1 - i];
        for (size_t j = 0; j < 2; j++) {
            turned.covariates[2 * i + j] =
                usual.covariates[2 * (n - 1 - i) + j];
        }
    }
    struct kor_severity_reference r = reference_of(&lower, &usual.people);
    struct kor_severity_reference t = reference_of(&lower, &turned.people);
    struct kor_severity was = severity_of(&r, &programme.people, NULL);
    struct kor_severity got = severity_of(&t, &programme.people, NULL);
    assert_near(r.b[2], t.b[2], 0, 1e-12);
    assert_near(was.relative.mean, got.relative.mean, 0, 1e-12);
}

static void
data_that_do_not_support_it_are_told_apart(void **state)
{
    double pre[] = {20, 24, 31, 18}, post[] = {11, 20, 19, 15};
    double x[] = {1, 1, 1, 1};
    struct kor_severity_people people = {pre, post, 2, x, 0};
    struct kor_severity_reference r;
    (void)state;
    assert_int_equal(reference_of(&lower, &people).status,
                     KOR_SEVERITY_TOO_FEW);
    people.n = 0;
    r = reference_of(&lower, &people);
    assert_int_equal(r.status, KOR_SEVERITY_TOO_FEW);
    assert_near(NAN, r.mean, 0, 0);
    assert_near(NAN, r.b[0], 0, 0);
    people.n = 4;
    assert_int_equal(reference_of(&lower, &people).status,
                     KOR_SEVERITY_FITTED);
    people.n_covariates = 1;
    assert_int_equal(reference_of(&lower, &people).status,
                     KOR_SEVERITY_COLLINEAR);
    pre[0] = pre[1] = pre[2] = pre[3] = 20.1;
    people.n_covariates = 0;
    r = reference_of(&lower, &people);
    assert_int_equal(r.status, KOR_SEVERITY_COLLINEAR);
    assert_near(NAN, r.sd, 0, 0);
    assert_string_equal(kor_severity_status_name(r.status), "collinear");
}

static void
a_group_of_none_or_one_has_no_interval(void **state)
{
    struct arm usual;
    double pre[] = {30}, post[] = {NAN};
    struct kor_severity_people one = {pre, post, 1, NULL, 0};
    (void)state;
    take_arm(&usual, 0, 0);
    struct kor_severity_reference r = reference_of(&lower, &usual.people);
    struct kor_severity got = severity_of(&r, &one, NULL);
    assert_int_equal(got.count.n, 0);
    assert_near(NAN, got.adjusted.mean, 0, 0);
    post[0] = 30 - r.level - r.b[1] * (30 - r.centre[0]);
    got = severity_of(&r, &one, NULL);
    assert_near(0, got.relative.mean, 1e-14, 0);
    assert_near(NAN, got.relative.sd, 0, 0);
    assert_near(NAN, got.half, 0, 0);
}

static void
what_breaks_the_contract_of_it_is_refused(void **state)
{
    struct arm usual;
    struct kor_err err;
    struct kor_severity out;
    struct kor_severity_reference r;
    struct kor_measure no_line = lower;
    (void)state;
    kor_err_init(&err, KOR_EN);
    take_arm(&usual, 0, 1);
    no_line.cutoff_points = NAN;
    assert_int_equal(kor_severity_fit(&no_line, &usual.people, &r, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "cutoff_points");
    struct kor_severity_people many = usual.people;
    many.n_covariates = KOR_SEVERITY_MAX_COVARIATES + 1;
    assert_int_equal(kor_severity_fit(&lower, &many, &r, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "covariates");
    r = reference_of(&lower, &usual.people);
    many.n_covariates = 0;
    assert_int_equal(kor_severity_of(&r, &many, 0.95, NULL, &out, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "reference");
    struct kor_severity_reference unfitted = r;
    unfitted.status = KOR_SEVERITY_TOO_FEW;
    err.field[0] = '\0';
    assert_int_equal(
        kor_severity_of(&unfitted, &usual.people, 0.95, NULL, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "reference");
    static const double levels[] = {0, 1, 1.5, NAN};
    for (size_t i = 0; i < KOR_LENGTH(levels); i++) {
        assert_int_equal(kor_severity_of(&r, &usual.people, levels[i], NULL,
                                         &out, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "level");
    }
    usual.covariates[6] = INFINITY;
    assert_int_equal(
        kor_severity_of(&r, &usual.people, 0.95, NULL, &out, &err),
        KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "person 7"));
    assert_int_equal(kor_severity_fit(&lower, &usual.people, &r, &err),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_finds_the_same_sizes),
        cmocka_unit_test(three_people_by_hand),
        cmocka_unit_test(nobody_and_one_person_have_no_size),
        cmocka_unit_test(without_spread_there_is_no_size),
        cmocka_unit_test(units_and_offsets_of_a_billion_leave_the_size),
        cmocka_unit_test(a_mirrored_scale_gives_the_same_size),
        cmocka_unit_test(people_in_another_order_change_only_the_last_digits),
        cmocka_unit_test(what_breaks_the_contract_is_refused),
        cmocka_unit_test(lm_adjusts_to_the_same),
        cmocka_unit_test(who_does_not_count_is_counted),
        cmocka_unit_test(a_mirrored_scale_and_a_billion_adjust_to_the_same),
        cmocka_unit_test(people_in_another_order_adjust_to_the_same),
        cmocka_unit_test(data_that_do_not_support_it_are_told_apart),
        cmocka_unit_test(a_group_of_none_or_one_has_no_interval),
        cmocka_unit_test(what_breaks_the_contract_of_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model where people differ very much against sigma, or are very
 * few: lme4 (growth_apart_oracle.h, made by growth_apart.R), and at the end of
 * each of many fits a deviance worked out from the records, in numbers of
 * twice the digits, that no point nearby may undercut. */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/growth.h"
#include "support/dice.h"

struct record {
    int id, t;
    double y;
};

struct expected {
    const char *name;
    const struct record *records;
    size_t n;
    enum kor_growth_method method;
    bool is_singular;
    double b[2], se[2], tau[3];
    double sigma, loglik;
};

#include "oracle/growth_apart_oracle.h"

#ifdef __SIZEOF_FLOAT128__
__extension__ typedef __float128 wide;
#else
typedef long double wide;
#endif

enum { max_people = 40, max_each = 12 };

/* Records of people, with a covariate each. */
struct people {
    size_t n, n_covariates;
    size_t n_records[max_people];
    double g[max_people][max_each], y[max_people][max_each];
    double start[max_people];
};

static struct kor_growth_fit
fit(const struct people *p, enum kor_growth_method method)
{
    struct kor_growth_sums sums[max_people];
    struct kor_growth_data data = {.sums = sums, .n_people = p->n,
                                   .covariates = p->start,
                                   .n_covariates = p->n_covariates};
    struct kor_growth_fit out;
    double n = 0;
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; k < p->n_records[i]; k++) {
            n += 1;
            data.centre.g += (p->g[i][k] - data.centre.g) / n;
            data.centre.y += (p->y[i][k] - data.centre.y) / n;
        }
    }
    for (size_t i = 0; i < p->n; i++) {
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t k = 0; k < p->n_records[i]; k++) {
            kor_growth_add(&sums[i], &data.centre, p->g[i][k], p->y[i][k]);
        }
    }
    assert_int_equal(kor_growth_fit(&data, method, &out, NULL), KOR_OK);
    return out;
}

static void
add_record(struct people *p, size_t i, double g, double y)
{
    size_t k = p->n_records[i]++;
    assert_true(i < max_people && k < max_each);
    p->g[i][k] = g;
    p->y[i][k] = y;
    p->n = i + 1 > p->n ? i + 1 : p->n;
}

/* lme4 keeps some six digits of people a thousand times as far apart as sigma,
 * and stops further off where the likelihood of a singular fit is flat; kor's
 * is never the lower one. */
static void
lme4_finds_no_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        const struct expected *e = &lme4[i];
        struct people people = {0};
        double close = e->is_singular ? 1e-4 : 1e-5;
        print_message("%s\n", e->name);
        for (size_t k = 0; k < e->n; k++) {
            add_record(&people, (size_t)e->records[k].id - 1,
                       log(e->records[k].t), e->records[k].y);
        }
        struct kor_growth_fit got = fit(&people, e->method);
        assert_int_equal(got.status, e->is_singular ? KOR_GROWTH_BOUNDARY
                                                    : KOR_GROWTH_CONVERGED);
        assert_true(got.loglik > e->loglik - 1e-7);
        assert_near(e->loglik, got.loglik, 1e-6, 0);
        for (size_t k = 0; k < 2; k++) {
            assert_near(e->b[k], got.b[k], 0, close);
            assert_near(e->se[k], got.se[k], 0, close);
        }
        double size = sqrt(e->tau[0] * e->tau[2]);
        assert_near(e->tau[0], got.tau00, 1e-6, close);
        assert_near(e->tau[1], got.tau01, 1e-6 + close * size, 0);
        assert_near(e->tau[2], got.tau11, 0, close);
        assert_near(e->sigma, got.sigma, 0, close);
    }
}

/* --- at the end of a fit -------------------------------------------------- */

/* C as level at 'origin' and slope that do not go together. */
struct fan {
    double origin, level, slope; /* Standard deviations over sigma. */
};

/* Sums over people of the model, with A below its diagonal. */
struct wide_sums {
    wide a[4][4], r[4], yy;
    double log_det;
};

static void
add_person(const struct people *p, size_t i, struct fan fan,
           struct wide_sums *out)
{
    wide s[3] = {0, 0, 0}, sy[2] = {0, 0};
    wide v0 = (wide)fan.level * fan.level, v1 = (wide)fan.slope * fan.slope;
    for (size_t k = 0; k < p->n_records[i]; k++) {
        wide g = (wide)p->g[i][k] - fan.origin, y = (wide)p->y[i][k] - 20;
        s[0] += 1;
        s[1] += g;
        s[2] += g * g;
        sy[0] += y;
        sy[1] += g * y;
        out->yy += y * y;
    }
    wide det_s = s[0] * s[2] - s[1] * s[1];
    wide det = 1 + s[0] * v0 + s[2] * v1 + det_s * v0 * v1;
    const wide w2[2][2] = {{(s[0] + det_s * v1) / det, s[1] / det},
                           {s[1] / det, (s[2] + det_s * v0) / det}};
    const wide w[2] = {((1 + s[2] * v1) * sy[0] - s[1] * v1 * sy[1]) / det,
                       ((1 + s[0] * v0) * sy[1] - s[1] * v0 * sy[0]) / det};
    const wide row[2] = {1, p->start[i]};
    out->yy -= sy[0] * v0 * w[0] + sy[1] * v1 * w[1];
    out->log_det += log((double)det);
    for (size_t k = 0; k < 2 * (p->n_covariates + 1); k++) {
        out->r[k] += row[k / 2] * w[k % 2];
        for (size_t l = 0; l <= k; l++) {
            out->a[k][l] += row[k / 2] * row[l / 2] * w2[k % 2][l % 2];
        }
    }
}

/* The deviance but for a constant. */
static double
deviance(const struct people *p, enum kor_growth_method method,
         struct fan fan)
{
    struct wide_sums sums = {.yy = 0};
    size_t n = 2 * (p->n_covariates + 1);
    double nu = method == KOR_GROWTH_REML ? -(double)n : 0, log_a = 0;
    for (size_t i = 0; i < p->n; i++) {
        nu += (double)p->n_records[i];
        add_person(p, i, fan, &sums);
    }
    /* A = L D L', D on the diagonal. */
    for (size_t k = 0; k < n; k++) {
        for (size_t l = 0; l < k; l++) {
            for (size_t t = 0; t < l; t++) {
                sums.a[k][l] -= sums.a[k][t] * sums.a[t][t] * sums.a[l][t];
            }
            sums.a[k][l] /= sums.a[l][l];
            sums.a[k][k] -= sums.a[k][l] * sums.a[k][l] * sums.a[l][l];
            sums.r[k] -= sums.a[k][l] * sums.r[l];
        }
        sums.yy -= sums.r[k] * sums.r[k] / sums.a[k][k];
        log_a += log((double)sums.a[k][k]);
    }
    return sums.log_det + nu * log((double)sums.yy)
         + (method == KOR_GROWTH_REML ? log_a : 0);
}

static struct fan
fan_of(const struct kor_growth_fit *f)
{
    struct fan out = {0, sqrt(f->tau00) / f->sigma, sqrt(f->tau11) / f->sigma};
    if (f->tau11 > 0) {
        double left = f->tau00 - f->tau01 * f->tau01 / f->tau11;
        out.origin = -f->tau01 / f->tau11;
        out.level = sqrt(fmax(left, 0)) / f->sigma;
    }
    return out;
}

/* Steps of a hundredth: none of them lowers the deviance, and where level
 * and slope are above 0 it is flat. */
static void
assert_best(const struct people *p, const struct kor_growth_fit *f)
{
    struct fan at = fan_of(f);
    double best = deviance(p, f->method, at);
    double width = (1 + at.level) / (1 + at.slope);
    for (int k = 0; k < 3; k++) {
        double to[2];
        for (int side = 0; side < 2; side++) {
            struct fan near = at;
            double h = side ? 1e-2 : -1e-2;
            *(k == 0 ? &near.origin : k == 1 ? &near.level : &near.slope)
                += h * (k == 0 ? width : k == 1 ? 1 + at.level : 1 + at.slope);
            to[side] = deviance(p, f->method, near);
            assert_true(to[side] > best - 1e-5);
        }
        double slope = (to[1] - to[0]) / 2e-2;
        double bend = (to[1] + to[0] - 2 * best) / 1e-4;
        assert_true(fabs(slope) < 0.05 * (1 + bend));
    }
}

static double
normal(struct dice *dice)
{
    double u = 1 - dice_real(dice), v = dice_real(dice);
    return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

/* People whose level and slope differ 'level' and 'slope' times sigma. */
static struct people
make(struct dice *dice, size_t n, double level, double slope, bool is_ragged,
     size_t n_covariates)
{
    struct people out = {.n_covariates = n_covariates};
    double together = 1.96 * dice_real(dice) - 0.98;
    for (size_t i = 0; i < n; i++) {
        double z = normal(dice), own = slope * normal(dice);
        own = together * slope * z + sqrt(1 - together * together) * own;
        out.start[i] = normal(dice);
        int64_t count = is_ragged ? dice_int(dice, i ? 2 : 3, 9) : 6;
        int64_t t = 0;
        for (int64_t k = 0; k < count; k++) {
            t += is_ragged ? dice_int(dice, 1, 2) : 1;
            add_record(&out, i, log((double)t),
                       20 + level * z + (own - 2) * log((double)t)
                           + normal(dice));
        }
    }
    return out;
}

static const double ratios[]
    = {1e-3, 1e-2, 0.1, 1, 10, 36, 120, 400, 1e3, 1e4};

/* A fit for each way to be apart, of 'n' people. */
static void
check_ratios(struct dice *dice, size_t n)
{
    for (size_t k = 0; k < KOR_LENGTH(ratios) * KOR_LENGTH(ratios); k++) {
        for (size_t how = 0; how < 8; how++) {
            struct people people
                = make(dice, n, ratios[k % KOR_LENGTH(ratios)],
                       ratios[k / KOR_LENGTH(ratios)], how & 1, how >> 1 & 1);
            struct kor_growth_fit got
                = fit(&people, how & 4 ? KOR_GROWTH_ML : KOR_GROWTH_REML);
            assert_true(got.status == KOR_GROWTH_CONVERGED
                        || got.status == KOR_GROWTH_BOUNDARY);
            assert_true(got.iterations < 100);
            assert_best(&people, &got);
        }
    }
}

static void
however_far_apart_people_are_the_end_is_the_best(void **state)
{
    (void)state;
    struct dice dice = {20};
    check_ratios(&dice, 12);
    check_ratios(&dice, max_people);
}

static void
however_few_people_are_the_end_is_the_best(void **state)
{
    (void)state;
    struct dice dice = {31};
    check_ratios(&dice, 4);
    check_ratios(&dice, 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lme4_finds_no_more),
        cmocka_unit_test(however_far_apart_people_are_the_end_is_the_best),
        cmocka_unit_test(however_few_people_are_the_end_is_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

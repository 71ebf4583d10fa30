/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Growth: see kor/stat/growth.h.
 *
 * The search works on g, y and covariates counted from their centres; only
 * the result is turned back, by the linear map of 'uncentre'. */

#include "kor/stat/growth.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/tail.h"
#include "stat/chol.h"
#include "stat/deviance.h"
#include "stat/own_sums.h"
#include "stat/search.h"

enum { max_terms = KOR_GROWTH_MAX_TERMS };

struct kor_growth_centre
kor_growth_centre_of(const double g[], const double y[], size_t n)
{
    struct kor_growth_centre mean = {0, 0};
    for (size_t i = 0; i < n; i++) {
        /* A running mean does not overflow and keeps its digits. */
        mean.g += (g[i] - mean.g) / (double)(i + 1);
        mean.y += (y[i] - mean.y) / (double)(i + 1);
    }
    return mean;
}

void
kor_growth_add(struct kor_growth_sums *sums,
               const struct kor_growth_centre *centre, double g, double y)
{
    double x = g - centre->g, z = y - centre->y;
    sums->n += 1;
    sums->g += x;
    sums->gg += x * x;
    sums->y += z;
    sums->gy += x * z;
    sums->yy += z * z;
}

static bool
is_finite_row(const struct kor_growth_data *data, size_t i)
{
    const struct kor_growth_sums *s = &data->sums[i];
    double all = s->n + s->g + s->gg + s->y + s->gy + s->yy;
    if (data->weights) {
        all += data->weights[i] >= 0 ? data->weights[i] : NAN;
    }
    for (size_t j = 0; j < data->n_covariates; j++) {
        all += data->covariates[i * data->n_covariates + j];
    }
    return isfinite(all);
}

static enum kor_code
check(const struct kor_growth_data *data, struct kor_err *err)
{
    if (data->n_covariates > KOR_GROWTH_MAX_COVARIATES
        || data->n_level_only > data->n_covariates) {
        return kor_fail(err, KOR_BAD_VALUE, "covariates",
                        "there may be at most %d covariates",
                        (int)KOR_GROWTH_MAX_COVARIATES);
    }
    for (size_t i = 0; i < data->n_people; i++) {
        if (data->sums[i].n > 0 && !is_finite_row(data, i)) {
            return kor_fail(err, KOR_BAD_VALUE, "records",
                            "person %zu has a time, score or covariate that "
                            "is not a number within reach",
                            i + 1);
        }
    }
    return KOR_OK;
}

/* Squares left when a person's scores are laid on an own line, and in '*df'
 * the number of scores that are free to lie off it. */
static double
off_own_line(const struct kor_growth_sums *s, double *df)
{
    struct own_sums o = own_sums_of(s);
    double yy = s->yy - s->y * s->y / s->n;
    *df = o.gg > 0 ? s->n - 2 : s->n - 1;
    return fmax(o.gg > 0 ? yy - o.gy * o.gy / o.gg / s->n : yy, 0);
}

/* Sums over people that say whether there is anything to fit. */
struct gathered {
    struct kor_growth_sums all; /* n, g, gg and yy. */
    double free;                /* Scores free to lie off own lines. */
    double most;                /* Scores of a person. */
};

/* Fills in what 'problem' has of people. */
static struct gathered
gather(struct kor_problem *problem)
{
    const struct kor_growth_data *data = problem->data;
    struct gathered out = {KOR_GROWTH_NO_SUMS, 0, 0};
    size_t n_cov = data->n_covariates;
    double block = 0, df;
    for (size_t i = 0; i < data->n_people; i++) {
        const struct kor_growth_sums *s = &data->sums[i];
        double weight = kor_problem_weight(problem, i);
        KOR_PREFETCH(kor_problem_ahead(problem, i));
        /* A million equal squares are not to be rounded the same way each
         * time: see stat/deviance.c. */
        if (i % 1024 == 0) {
            problem->off += block;
            block = 0;
        }
        if (!(weight > 0)) {
            continue;
        }
        problem->n_people += weight;
        for (size_t j = 0; j < n_cov; j++) {
            problem->mean[j]
                += (data->covariates[i * n_cov + j] - problem->mean[j])
                 * weight / problem->n_people;
        }
        out.all.n += weight * s->n;
        out.all.g += weight * s->g;
        out.all.gg += weight * s->gg;
        out.all.yy += weight * s->yy;
        if (s->n > 1) {
            block += weight * off_own_line(s, &df);
            out.free += weight * df;
        }
        out.most = fmax(out.most, s->n);
    }
    problem->off += block;
    problem->n_records = out.all.n;
    return out;
}

/* Fills in '*problem' and says what stands in the way of a fit; CONVERGED
 * if nothing does. */
static enum kor_growth_status
prepare(const struct kor_growth_data *data, enum kor_growth_method method,
        struct kor_problem *problem)
{
    size_t n_rows = data->n_covariates + 1;
    *problem = (struct kor_problem){
        .data = data,
        .method = method,
        .n_rows = n_rows,
        .n_crossed = n_rows - data->n_level_only};
    struct gathered sums = gather(problem);
    const struct kor_growth_sums *all = &sums.all;
    double terms = (double)(problem->n_rows + problem->n_crossed);
    problem->nu = method == KOR_GROWTH_REML ? all->n - terms : all->n;
    if (problem->n_people < (double)n_rows + 2 || !(sums.most > 2)
        || all->n <= terms) {
        return KOR_GROWTH_TOO_FEW;
    }
    double gg = all->gg - all->g * all->g / all->n;
    if (!(gg > 1e-12 * all->gg)) {
        return KOR_GROWTH_COLLINEAR;
    }
    problem->spread_g = sqrt(gg / all->n);
    problem->within = problem->off / sums.free;
    /* Squares too small for all their digits count as none. */
    double least = fmax(1e-13 * all->yy, DBL_MIN / DBL_EPSILON);
    return problem->off > least ? KOR_GROWTH_CONVERGED
                                : KOR_GROWTH_NO_VARIANCE;
}

/* Stores the map from the terms of the centred model, with g counted from 'g',
 * to those of the model: each row of 'map' gives one term as a sum of centred
 * ones. */
static void
uncentre(const struct kor_problem *problem, double g,
         double map[max_terms][max_terms])
{
    memset(map, 0, sizeof(double[max_terms][max_terms]));
    for (size_t j = 0; j < problem->n_rows; j++) {
        /* A covariate's own two terms, and their share in the first two. */
        double to_first = j ? -problem->mean[j - 1] : 1;
        map[2 * j][2 * j] = 1;
        map[0][2 * j] = to_first;
        if (kor_problem_has_slope(problem, j)) {
            map[2 * j][2 * j + 1] = -g;
            map[2 * j + 1][2 * j + 1] = 1;
            map[0][2 * j + 1] = -g * to_first;
            map[1][2 * j + 1] = to_first;
        }
    }
}

/* Takes out the rows of 'map' whose terms the model has not. */
static void
leave_out(const struct kor_problem *problem, double map[max_terms][max_terms])
{
    size_t k = 2 * problem->n_crossed;
    for (size_t j = problem->n_crossed; j < problem->n_rows; j++, k++) {
        memmove(map[k], map[2 * j], sizeof map[k]);
    }
}

/* b, se and vcov: vcov = sigma^2 map A^-1 map'. */
static void
store_terms(const struct kor_problem *problem, const struct kor_deviance *at,
            double sigma2, struct kor_growth_fit *fit)
{
    double map[max_terms][max_terms];
    size_t n = fit->n_terms, n_inner = 2 * problem->n_rows;
    uncentre(problem, problem->data->centre.g + at->origin, map);
    leave_out(problem, map);
    for (size_t k = 0; k < n; k++) {
        fit->b[k] = k ? 0 : problem->data->centre.y;
        for (size_t t = 0; t < n_inner; t++) {
            fit->b[k] += map[k][t] * at->beta[t];
        }
    }
    for (size_t k = 0; k < n; k++) {
        kor_chol_forward(at->chol[0], n_inner, max_terms, map[k]);
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t l = 0; l < n; l++) {
            double sum = 0;
            for (size_t t = 0; t < n_inner; t++) {
                sum += map[k][t] * map[l][t];
            }
            fit->vcov[k][l] = sigma2 * sum;
        }
        fit->se[k] = sqrt(fit->vcov[k][k]);
    }
}

static void
store(const struct kor_problem *problem, const struct kor_deviance *at,
      struct kor_growth_fit *fit)
{
    double sigma2 = at->rss / problem->nu;
    double g = problem->data->centre.g + at->origin;
    double lean = at->c.c > 0 ? at->c.b / at->c.c : 0;
    fit->sigma = sqrt(sigma2);
    fit->tau11 = sigma2 * at->c.c;
    fit->tau01 = sigma2 * at->c.c * (lean - g);
    fit->tau00 = sigma2 * sym2_along(at->c, -g);
    fit->loglik = -at->value / 2;
    double parameters = (double)fit->n_terms + 4;
    fit->aic = at->value + 2 * parameters;
    fit->bic = at->value + parameters * log(problem->n_records);
    store_terms(problem, at, sigma2, fit);
}

static void
clear(struct kor_growth_fit *fit)
{
    for (size_t k = 0; k < max_terms; k++) {
        fit->b[k] = NAN;
        fit->se[k] = NAN;
        for (size_t l = 0; l < max_terms; l++) {
            fit->vcov[k][l] = NAN;
        }
    }
    fit->tau00 = fit->tau01 = fit->tau11 = fit->sigma = NAN;
    fit->loglik = fit->aic = fit->bic = NAN;
}

/* Whether a number can hold each of the estimates: scores whose squares are
 * close to the largest number, or to none, may give others. */
static bool
is_within_reach(const struct kor_growth_fit *fit)
{
    double all = fit->tau00 + fit->tau11 + fabs(fit->tau01) + fit->loglik;
    bool is_above = fit->sigma > 0;
    for (size_t k = 0; k < fit->n_terms; k++) {
        is_above &= fit->se[k] > 0;
        for (size_t l = 0; l < fit->n_terms; l++) {
            all += fabs(fit->b[k]) + fabs(fit->vcov[k][l]);
        }
    }
    return is_above && isfinite(all);
}

enum kor_code
kor_growth_fit(const struct kor_growth_data *data,
               enum kor_growth_method method, struct kor_growth_fit *fit,
               struct kor_err *err)
{
    enum kor_code code = check(data, err);
    if (code) {
        return code;
    }
    struct kor_problem problem;
    struct kor_deviance at;
    clear(fit);
    fit->method = method;
    fit->status = prepare(data, method, &problem);
    fit->n_people = (size_t)(problem.n_people + 0.5);
    fit->n_records = (size_t)(problem.n_records + 0.5);
    fit->n_terms = problem.n_rows + problem.n_crossed;
    fit->n_level_only = data->n_level_only;
    fit->iterations = 0;
    if (fit->status == KOR_GROWTH_CONVERGED) {
        fit->status = kor_deviance_search(&problem, &at, &fit->iterations);
    }
    if (kor_growth_has_estimates(fit)) {
        store(&problem, &at, fit);
        if (!is_within_reach(fit)) {
            clear(fit);
            fit->status = KOR_GROWTH_NOT_CONVERGED;
        }
    }
    return KOR_OK;
}

bool
kor_growth_has_estimates(const struct kor_growth_fit *fit)
{
    return fit->status == KOR_GROWTH_CONVERGED
        || fit->status == KOR_GROWTH_BOUNDARY;
}

struct kor_growth_comparison
kor_growth_compare(const struct kor_growth_fit *small,
                   const struct kor_growth_fit *large)
{
    struct kor_growth_comparison out = {NAN, 0, NAN};
    if (kor_growth_has_estimates(small) && kor_growth_has_estimates(large)
        && small->method == KOR_GROWTH_ML && large->method == KOR_GROWTH_ML
        && small->n_records == large->n_records
        && large->n_terms > small->n_terms) {
        out.chi2 = fmax(2 * (large->loglik - small->loglik), 0);
        out.df = (unsigned)(large->n_terms - small->n_terms);
        out.p = kor_chi2_above(out.chi2, out.df);
    }
    return out;
}

const char *
kor_growth_method_name(enum kor_growth_method method)
{
    return method == KOR_GROWTH_ML ? "ml" : "reml";
}

const char *
kor_growth_status_name(enum kor_growth_status status)
{
    static const char *const names[] = {
        [KOR_GROWTH_CONVERGED] = "converged",
        [KOR_GROWTH_BOUNDARY] = "boundary",
        [KOR_GROWTH_TOO_FEW] = "too-few",
        [KOR_GROWTH_COLLINEAR] = "collinear",
        [KOR_GROWTH_NO_VARIANCE] = "no-variance",
        [KOR_GROWTH_NOT_CONVERGED] = "not-converged",
    };
    return names[status];
}

const char *
kor_growth_status_text(enum kor_growth_status status)
{
    static const char *const texts[] = {
        [KOR_GROWTH_CONVERGED] = "",
        [KOR_GROWTH_BOUNDARY] = "",
        [KOR_GROWTH_TOO_FEW]
        = KOR_N_("there must be three people, one more for each covariate, "
                 "somebody with three scores, and more scores than terms"),
        [KOR_GROWTH_COLLINEAR]
        = KOR_N_("time or a covariate never varies, or two go together: leave "
                 "one out"),
        [KOR_GROWTH_NO_VARIANCE]
        = KOR_N_("everybody lies exactly on an own line: no spread can be "
                 "estimated"),
        [KOR_GROWTH_NOT_CONVERGED]
        = KOR_N_("the search did not end: look for scores far from all others, "
                 "or take another function of time"),
    };
    return texts[status];
}

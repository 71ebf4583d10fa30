/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Spread between groups: see kor/stat/between.h.
 *
 * First least squares without groups; what they leave over goes, as sums
 * within and between groups, to the search for the ratio of the variances. */

#include "kor/stat/between.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/normal.h"
#include "stat/chol.h"
#include "stat/least.h"
#include "stat/ratio.h"
#include "stat/reach.h"

enum {
    max_covariates = KOR_BETWEEN_MAX_COVARIATES,
    max_terms = KOR_BETWEEN_MAX_TERMS
};

_Static_assert((int)max_covariates <= (int)KOR_LEAST_MAX_X,
               "one column a covariate");

/* What least squares leave over of y below these is rounding error. */
static const double no_share = 1e-13;
static const double no_spread = 1e-12;

static const double *
covariates_of(const struct kor_between_data *data, size_t i)
{
    return data->covariates ? data->covariates + i * data->n_covariates : NULL;
}

static enum kor_code
check_person(const struct kor_between_data *data, size_t i,
             struct kor_err *err)
{
    const double *x = covariates_of(data, i);
    bool is_ok = kor_is_within_reach(data->y[i]);
    for (size_t j = 0; j < data->n_covariates; j++) {
        is_ok = is_ok && kor_is_within_reach(x[j]);
    }
    if (!is_ok) {
        return kor_fail(err, KOR_BAD_VALUE, "people",
                        "person %zu has a score or covariate that is not a "
                        "number within reach; leave out what is missing",
                        i + 1);
    }
    if (data->group[i] >= data->n_groups) {
        return kor_fail(err, KOR_BAD_VALUE, "group",
                        "person %zu is in a group that is not among the %zu "
                        "groups",
                        i + 1, data->n_groups);
    }
    return KOR_OK;
}

static enum kor_code
check(const struct kor_between_data *data, struct kor_err *err)
{
    if (data->n_covariates > max_covariates) {
        return kor_fail(err, KOR_BAD_VALUE, "covariates",
                        "there may be at most %d covariates",
                        (int)max_covariates);
    }
    if (!(data->level > 0 && data->level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1, "
                        "for instance 0.95");
    }
    enum kor_code code = KOR_OK;
    for (size_t i = 0; code == KOR_OK && i < data->n; i++) {
        code = check_person(data, i, err);
    }
    return code;
}

static bool
counts(const struct kor_between_data *data, size_t i)
{
    const double *x = covariates_of(data, i);
    bool out = !isnan(data->y[i]);
    for (size_t j = 0; j < data->n_covariates; j++) {
        out = out && !isnan(x[j]);
    }
    return out;
}

/* Least squares without groups; false if the covariates are collinear. */
static bool
regress(const struct kor_between_data *data, struct kor_least *least)
{
    kor_least_begin(least, data->n_covariates);
    for (size_t i = 0; i < data->n; i++) {
        if (counts(data, i)) {
            kor_least_centre(least, data->y[i], covariates_of(data, i));
        }
    }
    for (size_t i = 0; i < data->n; i++) {
        if (counts(data, i)) {
            kor_least_add(least, data->y[i], covariates_of(data, i));
        }
    }
    return kor_least_solve(least);
}

/* Squares below what a number holds with all its digits count as none. */
static bool
is_all_explained(const struct kor_least *least)
{
    double size = no_spread * least->mean_y;
    return !(least->rss > no_share * least->yy &&
             least->rss > DBL_MIN / DBL_EPSILON &&
             least->rss > least->n * size * size);
}

/* One person as (1, centred covariates, what least squares leave of y). */
static void
take_row(const struct kor_between_data *data, const struct kor_least *least,
         size_t i, double row[max_terms + 1])
{
    const double *x = covariates_of(data, i);
    size_t n = data->n_covariates;
    row[0] = 1;
    row[1 + n] = data->y[i] - least->level;
    for (size_t j = 0; j < n; j++) {
        row[1 + j] = x[j] - least->mean[j];
        row[1 + n] -= least->slope[j] * row[1 + j];
    }
}

/* Number and means of each group, in the form of struct kor_ratio_problem. */
static void
sum_groups(const struct kor_between_data *data, const struct kor_least *least,
           double groups[])
{
    size_t width = data->n_covariates + 3;
    memset(groups, 0, data->n_groups * width * sizeof *groups);
    for (size_t i = 0; i < data->n; i++) {
        if (counts(data, i)) {
            double row[max_terms + 1];
            double *group = groups + data->group[i] * width;
            take_row(data, least, i, row);
            group[0] += 1;
            for (size_t j = 0; j < width - 1; j++) {
                group[1 + j] += row[j];
            }
        }
    }
    for (size_t g = 0; g < data->n_groups; g++) {
        double *group = groups + g * width;
        for (size_t j = 1; j < width; j++) {
            group[j] /= fmax(group[0], 1);
        }
    }
}

/* Squares and products about the means of the groups. */
static void
sum_within(const struct kor_between_data *data, const struct kor_least *least,
           struct kor_ratio_problem *problem)
{
    size_t n = problem->n_terms;
    for (size_t i = 0; i < data->n; i++) {
        double row[max_terms + 1];
        if (!counts(data, i)) {
            continue;
        }
        const double *mean = kor_ratio_group(problem, data->group[i]) + 1;
        take_row(data, least, i, row);
        double v = row[n] - mean[n];
        problem->within_vv += v * v;
        for (size_t j = 1; j < n; j++) {
            row[j] -= mean[j];
            problem->within_v[j] += row[j] * v;
            for (size_t k = 1; k <= j; k++) {
                problem->within[j][k] += row[j] * row[k];
            }
        }
    }
}

/* Counts people and groups; whether they are enough. */
static bool
is_enough(const struct kor_between_data *data,
          struct kor_between_group groups[], struct kor_between_fit *fit)
{
    bool has_two = false;
    for (size_t g = 0; g < data->n_groups; g++) {
        groups[g] = (struct kor_between_group){
            0, NAN, NAN, NAN, NAN, NAN, NAN, KOR_BETWEEN_WITHIN, false};
    }
    for (size_t i = 0; i < data->n; i++) {
        bool is_in = counts(data, i);
        fit->n_people += is_in;
        fit->n_incomplete += !is_in;
        groups[data->group[i]].n += is_in;
    }
    for (size_t g = 0; g < data->n_groups; g++) {
        fit->n_groups += groups[g].n > 0;
        has_two = has_two || groups[g].n > 1;
        groups[g].is_small = groups[g].n < data->small_group;
    }
    return fit->n_groups >= 3 && has_two && fit->n_people > fit->n_terms;
}

static void
clear(struct kor_between_fit *fit)
{
    for (size_t k = 0; k < max_terms; k++) {
        fit->b[k] = fit->se[k] = NAN;
    }
    fit->tau2 = fit->sigma2 = fit->icc = NAN;
    fit->icc_low = fit->icc_high = NAN;
    fit->loglik = fit->gain = NAN;
}

/* The squared length of L^-1 z: z'A^-1 z. */
static double
lever(const struct kor_ratio *at, size_t n, const double z[])
{
    double y[max_terms], sum = 0;
    memcpy(y, z, n * sizeof *y);
    kor_chol_forward(at->chol[0], n, max_terms, y);
    for (size_t j = 0; j < n; j++) {
        sum += y[j] * y[j];
    }
    return sum;
}

/* b and se: the first term is turned back from the covariates' means. */
static void
store_terms(const struct kor_least *least, const struct kor_ratio *at,
            struct kor_between_fit *fit)
{
    size_t n = fit->n_terms;
    double origin[max_terms] = {1};
    fit->b[0] = least->level + at->beta[0];
    for (size_t j = 1; j < n; j++) {
        double unit[max_terms] = {0};
        unit[j] = 1;
        origin[j] = -least->mean[j - 1];
        fit->b[j] = least->slope[j - 1] + at->beta[j];
        fit->b[0] += fit->b[j] * origin[j];
        fit->se[j] = sqrt(fit->sigma2 * lever(at, n, unit));
    }
    fit->se[0] = sqrt(fit->sigma2 * lever(at, n, origin));
}

/* The share of a ratio of variances: t / (1 + t). */
static double
icc_of(double ratio)
{
    return isinf(ratio) ? 1 : ratio / (1 + ratio);
}

static void
store(const struct kor_ratio_problem *problem, const struct kor_ratio *at,
      const struct kor_ratio *none, double z, struct kor_between_fit *fit)
{
    double low, high;
    fit->sigma2 = at->rss / problem->nu;
    fit->tau2 = fit->sigma2 * at->ratio;
    fit->icc = icc_of(at->ratio);
    fit->loglik = -at->value / 2;
    fit->gain = fmax(none->value - at->value, 0);
    kor_ratio_profile(problem, at, z * z, &low, &high);
    fit->icc_low = icc_of(low);
    fit->icc_high = icc_of(high);
}

static enum kor_between_stands
stands_of(const struct kor_between_group *group)
{
    return group->low > 0    ? KOR_BETWEEN_ABOVE
           : group->high < 0 ? KOR_BETWEEN_BELOW
                             : KOR_BETWEEN_WITHIN;
}

/* What is left of a group's mean residual.  With shrink s, the error of u has
 * the variance tau2 (1 - s) if the terms are known, and s^2 z'Var(beta)z
 * more if they are not. */
static void
store_group(const struct kor_ratio_problem *problem,
            const struct kor_ratio *at, const struct kor_between_fit *fit,
            double z_level, size_t g, struct kor_between_group *out)
{
    const double *row = kor_ratio_group(problem, g), *z = row + 1;
    size_t n = problem->n_terms;
    double left = z[n], t = at->ratio * row[0];
    for (size_t j = 0; j < n; j++) {
        left -= z[j] * at->beta[j];
    }
    out->shrink = t / (1 + t);
    out->u = out->shrink * left;
    double known = fit->tau2 / (1 + t);
    double terms = fit->sigma2 * lever(at, n, z);
    out->se = sqrt(known);
    out->se_terms = sqrt(known + out->shrink * out->shrink * terms);
    out->low = out->u - z_level * out->se;
    out->high = out->u + z_level * out->se;
    out->stands = stands_of(out);
}

/* From the sums to the estimates. */
static void
estimate(const struct kor_between_data *data, const struct kor_least *least,
         double workspace[], struct kor_between_fit *fit,
         struct kor_between_group groups[])
{
    struct kor_ratio_problem problem = {
        .n_terms = fit->n_terms,
        .n_groups = data->n_groups,
        .nu = (double)(fit->n_people - fit->n_terms),
        .groups = workspace};
    struct kor_ratio at, none;
    double z = kor_normal_quantile(0.5 + data->level / 2);
    sum_groups(data, least, workspace);
    sum_within(data, least, &problem);
    fit->status = kor_ratio_search(&problem, &at, &none);
    if (!kor_between_has_estimates(fit)) {
        return;
    }
    store(&problem, &at, &none, z, fit);
    store_terms(least, &at, fit);
    for (size_t g = 0; g < data->n_groups; g++) {
        if (groups[g].n > 0) {
            store_group(&problem, &at, fit, z, g, &groups[g]);
        }
    }
}

size_t
kor_between_workspace(size_t n_groups, size_t n_covariates)
{
    return n_groups * (n_covariates + 3);
}

enum kor_code
kor_between_fit(const struct kor_between_data *data, double workspace[],
                struct kor_between_fit *fit, struct kor_between_group groups[],
                struct kor_err *err)
{
    enum kor_code code = check(data, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_least least;
    *fit = (struct kor_between_fit){.n_terms = data->n_covariates + 1};
    clear(fit);
    if (!is_enough(data, groups, fit)) {
        fit->status = KOR_BETWEEN_TOO_FEW;
    } else if (!regress(data, &least)) {
        fit->status = KOR_BETWEEN_COLLINEAR;
    } else if (is_all_explained(&least)) {
        fit->status = KOR_BETWEEN_NO_VARIANCE;
    } else {
        estimate(data, &least, workspace, fit, groups);
    }
    return KOR_OK;
}

bool
kor_between_has_estimates(const struct kor_between_fit *fit)
{
    return fit->status == KOR_BETWEEN_CONVERGED ||
           fit->status == KOR_BETWEEN_BOUNDARY;
}

const char *
kor_between_status_name(enum kor_between_status status)
{
    static const char *const names[] = {
        [KOR_BETWEEN_CONVERGED] = "converged",
        [KOR_BETWEEN_BOUNDARY] = "boundary",
        [KOR_BETWEEN_TOO_FEW] = "too-few",
        [KOR_BETWEEN_COLLINEAR] = "collinear",
        [KOR_BETWEEN_NO_VARIANCE] = "no-variance",
    };
    return names[status];
}

const char *
kor_between_stands_name(enum kor_between_stands stands)
{
    static const char *const names[] = {
        [KOR_BETWEEN_WITHIN] = "within",
        [KOR_BETWEEN_ABOVE] = "above",
        [KOR_BETWEEN_BELOW] = "below",
    };
    return names[stands];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Severity-adjusted effect size: see kor/stat/severity.h. */

#include "kor/stat/severity.h"

#include <math.h>
#include <stdbool.h>

#include "kor/base/err.h"
#include "kor/stat/tail.h"
#include "stat/least.h"
#include "stat/reach.h"

enum { max_covariates = KOR_SEVERITY_MAX_COVARIATES };

_Static_assert((int)max_covariates + 1 <= (int)KOR_LEAST_MAX_X,
               "the start score and the covariates are the columns");

/* One person as a row of the regression. */
struct row {
    double better;                /* Improvement. */
    double x[1 + max_covariates]; /* Start score, covariates. */
};

static enum kor_code
check_people(const struct kor_severity_people *people, struct kor_err *err)
{
    for (size_t i = 0; i < people->n; i++) {
        bool is_ok = kor_is_within_reach(people->pre[i]) &&
                     kor_is_within_reach(people->post[i]);
        for (size_t j = 0; j < people->n_covariates; j++) {
            is_ok =
                is_ok && kor_is_within_reach(
                             people->covariates[i * people->n_covariates + j]);
        }
        if (!is_ok) {
            return kor_fail(err, KOR_BAD_VALUE, "people",
                            "person %zu has a score or covariate that is not "
                            "a number within reach; leave out what is "
                            "missing",
                            i + 1);
        }
    }
    return KOR_OK;
}

static enum kor_code
check_fit(const struct kor_measure *measure,
          const struct kor_severity_people *people, struct kor_err *err)
{
    if (isnan(measure->cutoff_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoff_points",
                        "the severity-adjusted effect size needs the scale's "
                        "cut-off: only start scores in the clinical range "
                        "count");
    }
    if (people->n_covariates > max_covariates) {
        return kor_fail(err, KOR_BAD_VALUE, "covariates",
                        "there may be at most %d covariates",
                        (int)max_covariates);
    }
    return check_people(people, err);
}

/* Stores person 'i' in '*row'; false if the person does not count. */
static bool
take_row(const struct kor_measure *measure,
         const struct kor_severity_people *people, size_t i, struct row *row)
{
    size_t n = people->n_covariates;
    row->better = kor_improvement(measure, people->pre[i], people->post[i]);
    row->x[0] = people->pre[i];
    bool is_complete = !isnan(row->better);
    for (size_t j = 0; j < n; j++) {
        row->x[1 + j] = people->covariates[i * n + j];
        is_complete = is_complete && !isnan(row->x[1 + j]);
    }
    return is_complete && !kor_is_past_cutoff(measure, people->pre[i]);
}

static struct kor_severity_count
count(const struct kor_measure *measure,
      const struct kor_severity_people *people)
{
    struct kor_severity_count out = {0, 0, 0};
    for (size_t i = 0; i < people->n; i++) {
        struct row row;
        bool counts = take_row(measure, people, i, &row);
        bool is_past = kor_is_past_cutoff(measure, people->pre[i]);
        out.n += counts;
        out.n_not_clinical += is_past;
        out.n_incomplete += !counts && !is_past;
    }
    return out;
}

/* Both passes of the regression. */
static bool
regress(const struct kor_measure *measure,
        const struct kor_severity_people *people, struct kor_least *fit)
{
    struct row row;
    kor_least_begin(fit, 1 + people->n_covariates);
    for (size_t i = 0; i < people->n; i++) {
        if (take_row(measure, people, i, &row)) {
            kor_least_centre(fit, row.better, row.x);
        }
    }
    for (size_t i = 0; i < people->n; i++) {
        if (take_row(measure, people, i, &row)) {
            kor_least_add(fit, row.better, row.x);
        }
    }
    return kor_least_solve(fit);
}

static void
store(const struct kor_least *fit, struct kor_severity_reference *out)
{
    out->status = KOR_SEVERITY_FITTED;
    out->mean = fit->mean_y + fit->y / fit->n;
    out->level = fit->level;
    out->sd = sqrt(fit->xx[0][0] / (fit->n - 1));
    out->residual_sd = sqrt(fit->rss / (fit->n - (double)out->n_terms));
    out->b[0] = fit->level;
    for (size_t j = 0; j < fit->n_x; j++) {
        out->b[0] -= fit->slope[j] * fit->mean[j];
        out->b[1 + j] = fit->slope[j];
        out->centre[j] = fit->mean[j];
    }
}

static void
clear(struct kor_severity_reference *out)
{
    out->mean = out->sd = out->level = out->residual_sd = out->b[0] = NAN;
    for (size_t j = 0; j <= max_covariates; j++) {
        out->b[1 + j] = out->centre[j] = NAN;
    }
}

enum kor_code
kor_severity_fit(const struct kor_measure *measure,
                 const struct kor_severity_people *people,
                 struct kor_severity_reference *out, struct kor_err *err)
{
    enum kor_code code = check_fit(measure, people, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_least fit;
    *out =
        (struct kor_severity_reference){.status = KOR_SEVERITY_TOO_FEW,
                                        .count = count(measure, people),
                                        .measure = *measure,
                                        .n_terms = 2 + people->n_covariates};
    clear(out);
    if (out->count.n > out->n_terms) {
        out->status = KOR_SEVERITY_COLLINEAR;
        if (regress(measure, people, &fit)) {
            store(&fit, out);
        }
    }
    return KOR_OK;
}

/* What is left of a person's improvement once the reference's expectation
 * for such a person is taken off, in SDs; NAN for who does not count. */
static double
relative_of(const struct kor_severity_reference *reference,
            const struct kor_severity_people *people, size_t i)
{
    struct row row;
    if (!take_row(&reference->measure, people, i, &row)) {
        return NAN;
    }
    double left = row.better - reference->level;
    for (size_t j = 0; j <= people->n_covariates; j++) {
        left -= reference->b[1 + j] * (row.x[j] - reference->centre[j]);
    }
    return left / reference->sd;
}

static struct kor_mean
relative_mean(const struct kor_severity_reference *reference,
              const struct kor_severity_people *people)
{
    struct kor_mean out = {.n = 0, .mean = 0, .sd = NAN};
    double squares = 0;
    for (size_t i = 0; i < people->n; i++) {
        double relative = relative_of(reference, people, i);
        if (!isnan(relative)) {
            out.mean += relative;
            out.n++;
        }
    }
    out.mean = out.n ? out.mean / (double)out.n : NAN;
    for (size_t i = 0; i < people->n; i++) {
        double off = relative_of(reference, people, i) - out.mean;
        squares += isnan(off) ? 0 : off * off;
    }
    if (out.n > 1) {
        out.sd = sqrt(squares / (double)(out.n - 1));
    }
    return out;
}

static enum kor_code
check_of(const struct kor_severity_reference *reference,
         const struct kor_severity_people *people, double level,
         struct kor_err *err)
{
    if (reference->status != KOR_SEVERITY_FITTED ||
        people->n_covariates + 2 != reference->n_terms) {
        return kor_fail(err, KOR_BAD_VALUE, "reference",
                        "the reference must be fitted first, with the same "
                        "covariates");
    }
    if (!(level > 0 && level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1, "
                        "for instance 0.95");
    }
    return check_people(people, err);
}

enum kor_code
kor_severity_of(const struct kor_severity_reference *reference,
                const struct kor_severity_people *people, double level,
                double each[], struct kor_severity *out, struct kor_err *err)
{
    enum kor_code code = check_of(reference, people, level, err);
    if (code != KOR_OK) {
        return code;
    }
    double plain = reference->mean / reference->sd;
    out->count = count(&reference->measure, people);
    out->relative = relative_mean(reference, people);
    out->adjusted = out->relative;
    out->adjusted.mean += plain;
    out->half = NAN;
    if (out->count.n > 1) {
        double n = (double)out->count.n;
        out->half = kor_t_quantile(0.5 + level / 2, n - 1) * out->relative.sd /
                    sqrt(n);
    }
    for (size_t i = 0; each && i < people->n; i++) {
        each[i] = plain + relative_of(reference, people, i);
    }
    return KOR_OK;
}

const char *
kor_severity_status_name(enum kor_severity_status status)
{
    static const char *const names[] = {
        [KOR_SEVERITY_FITTED] = "fitted",
        [KOR_SEVERITY_TOO_FEW] = "too-few",
        [KOR_SEVERITY_COLLINEAR] = "collinear",
    };
    return names[status];
}

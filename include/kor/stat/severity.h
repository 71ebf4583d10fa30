/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_SEVERITY_H
#define KOR_STAT_SEVERITY_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"
#include "kor/stat/summary.h"

struct kor_err;

/* The severity-adjusted and the relative effect size (SAES and RES), after
 * J. Brown (wiki of the ACORN outcome collaboration).
 *
 * Whoever starts worse changes more, so groups with other start scores cannot
 * be set side by side.  Here change is first regressed, in a reference group,
 * on the start score and on whatever else is given (least squares):
 *
 *     improvement = b0 + b1 start + b2 covariate ... + residual
 *
 * and then, for each person of a group,
 *
 *     relative  = residual / SD
 *     adjusted  = (mean improvement of the reference + residual) / SD
 *
 * with SD the standard deviation of the start scores of the reference group.
 * The relative one is 0 for change like that of the reference.  Both of them
 * are for the better if > 0.  Only people whose start score is in the clinical
 * range, on the cut-off's far side, count, in the reference and in the group;
 * the others are counted and left out.
 *
 * In the reference group itself the residuals add up to 0: there the mean
 * adjusted size is the plain mean improvement / SD.
 *
 * Order: kor_severity_fit() on the reference, then kor_severity_of() on any
 * group, the reference's own people or others.
 *
 * Pure: no state, no memory, any number of threads; time in proportion to the
 * number of people. */

enum { KOR_SEVERITY_MAX_COVARIATES = 7 };

/* People: person i has pre[i] and post[i], NAN for none, and the i-th row of
 * n_covariates numbers, with NAN for what is not known.  All is borrowed. */
struct kor_severity_people {
    const double *pre;
    const double *post;
    size_t n;
    const double *covariates; /* May be null if there are none. */
    size_t n_covariates;      /* At most KOR_SEVERITY_MAX_COVARIATES. */
};

/* Who counts; the rest are left out for one of two reasons. */
struct kor_severity_count {
    size_t n;              /* People who count. */
    size_t n_not_clinical; /* Start score past the cut-off. */
    size_t n_incomplete;   /* Others without first or last score or without
                              a covariate. */
};

enum kor_severity_status {
    KOR_SEVERITY_FITTED,
    KOR_SEVERITY_TOO_FEW,  /* No more people who count than terms. */
    KOR_SEVERITY_COLLINEAR /* The start scores or a covariate never vary, or
                              they say the same as each other. */
};

/* What the reference group gave.  Figures other than counts are NAN unless
 * it was fitted. */
struct kor_severity_reference {
    enum kor_severity_status status;
    struct kor_severity_count count;
    struct kor_measure measure; /* As given. */
    size_t n_terms;             /* 2 + n_covariates. */
    double mean;                /* Mean improvement. */
    double sd;                  /* SD of the start scores. */
    double residual_sd;         /* sqrt(RSS / (n - n_terms)). */
    double b[2 + KOR_SEVERITY_MAX_COVARIATES]; /* 1, start, covariates. */
    /* The same expectation, counted from the middle of the reference, which
     * keeps digits: level + b1 (start - centre) + ... */
    double level;
    double centre[1 + KOR_SEVERITY_MAX_COVARIATES];
};

/* A group against the reference. */
struct kor_severity {
    struct kor_severity_count count;
    struct kor_mean adjusted; /* SAES: mean and SD over the people. */
    struct kor_mean relative; /* RES: likewise. */
    double half;              /* Half the t interval of either mean, with the
                                 reference taken as known. */
};

/* Fits the reference.
 *
 * 'measure' has been checked with kor_measure_check() and has a cut-off;
 * the clinical range is where kor_is_past_cutoff() is false.  Returns
 * KOR_BAD_VALUE, and leaves '*reference' alone, without a cut-off, with too
 * many covariates, or if a score or covariate is infinite or beyond 1e100;
 * 'err' names the person by position, counted from 1.  That the data do not
 * support a fit is a status. */
KOR_NODISCARD enum kor_code kor_severity_fit(
    const struct kor_measure *measure,
    const struct kor_severity_people *people,
    struct kor_severity_reference *reference, struct kor_err *err);

/* Holds 'people' against a 'reference' that was fitted with as many
 * covariates in the same order.  'each', which may be null, has room for one
 * number a person: the adjusted effect size, NAN for who is left out.
 * 'level' lies between 0 and 1.  Errors as above, and KOR_BAD_VALUE if the
 * reference was not fitted. */
KOR_NODISCARD enum kor_code kor_severity_of(
    const struct kor_severity_reference *reference,
    const struct kor_severity_people *people, double level, double each[],
    struct kor_severity *severity, struct kor_err *err);

/* "fitted", "too-few", "collinear". */
const char *kor_severity_status_name(enum kor_severity_status status);

#endif /* kor/stat/severity.h */

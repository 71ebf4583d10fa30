/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_BETWEEN_H
#define KOR_STAT_BETWEEN_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* How much of the spread of people's scores lies between groups (therapists,
 * units): the mixed model with a random level for each group, by REML.
 *
 *     y_i = b0 + b1 x1_i + b2 x2_i + ... + u_group(i) + e_i,
 *     u ~ N(0, tau2),     e ~ N(0, sigma2)
 *
 * One row is one person; y is the last score, or the change, and the
 * covariates are the case-mix, the start score first of all.  Without the
 * start score the groups are not comparable.
 *
 * The intra-class correlation tau2 / (tau2 + sigma2) is the share of what the
 * covariates leave over that goes with the group.  A group's own u is shrunk
 * towards 0 by n tau2 / (n tau2 + sigma2): the best linear unbiased
 * prediction of C. R. Henderson (1975), Biometrics 31, 423-447.
 *
 * Not for ranking: see docs/methods/between.md.
 *
 * Method: only the ratio tau2 / sigma2 is searched for.  For a given ratio
 * everything else has a closed form in sums within and between groups; the
 * restricted deviance is that of Bates, Maechler, Bolker and Walker (2015), J.
 * Stat. Softw. 67(1), equation 41.  A grid over the whole range finds the
 * valley, and halving on the exact derivative its floor; so the search always
 * ends, and 0 is reached exactly.  Time is proportional to people plus at most
 * some 400 times groups.
 *
 * Pure: no state, allocates nothing, any number of threads.  People in another
 * order change the last digits only. */

enum {
    KOR_BETWEEN_MAX_COVARIATES = 15,
    KOR_BETWEEN_MAX_TERMS = KOR_BETWEEN_MAX_COVARIATES + 1,
    KOR_BETWEEN_SMALL_GROUP = 15 /* Common least number of people. */
};

/* What to fit.  All is borrowed for the call. */
struct kor_between_data {
    const double *y;          /* One a person; NAN for none. */
    const size_t *group;      /* Of each person, from 0 to n_groups - 1. */
    const double *covariates; /* Rows of n_covariates; NAN for none; may be
                                 null if there are none. */
    size_t n;
    size_t n_groups;
    size_t n_covariates; /* At most KOR_BETWEEN_MAX_COVARIATES. */

    double level;          /* Of the groups' intervals: between 0 and 1. */
    size_t small_group;    /* Groups with fewer people are marked. */
};

/* How a fit ended.  Estimates are given for the first two only. */
enum kor_between_status {
    KOR_BETWEEN_CONVERGED,
    KOR_BETWEEN_BOUNDARY,   /* tau2 is 0: the groups differ by no more than
                               chance alone makes groups differ. */
    KOR_BETWEEN_TOO_FEW,    /* Fewer than three groups with people, no group
                               with two, or no more people than terms. */
    KOR_BETWEEN_COLLINEAR,  /* The covariates cannot be told apart, or one
                               never varies. */
    KOR_BETWEEN_NO_VARIANCE /* Within groups nobody differs from what the
                               covariates say. */
};

/* Where a group stands, by its interval. */
enum kor_between_stands {
    KOR_BETWEEN_WITHIN, /* The interval holds 0. */
    KOR_BETWEEN_ABOVE,  /* All of it is above 0: higher scores. */
    KOR_BETWEEN_BELOW
};

/* One group.  'se' is that of u given the terms and the variances, as
 * sqrt(tau2 (1 - shrink)) and as lme4's condVar gives it: neither the
 * uncertainty of the fixed effects nor that of the variances is in it, nor
 * in the interval.  'se_terms' has the uncertainty of the fixed effects as
 * well: with a dozen groups it is up to some 30 percent larger. */
struct kor_between_group {
    size_t n;      /* People who count. */
    double shrink; /* Share of the group's mean residual that is left. */
    double u;      /* NAN in a group without people. */
    double se;
    double se_terms;
    double low, high;
    enum kor_between_stands stands;
    bool is_small; /* Fewer people than small_group: do not show alone. */
};

/* The result.  With a status other than the first two, all numbers from 'b'
 * on are NAN.  Terms run 1, x1, x2 ... */
struct kor_between_fit {
    enum kor_between_status status;
    size_t n_people;     /* Who count. */
    size_t n_incomplete; /* Left out: no score, or a covariate missing. */
    size_t n_groups;     /* With at least one person who counts. */
    size_t n_terms;
    double b[KOR_BETWEEN_MAX_TERMS];
    double se[KOR_BETWEEN_MAX_TERMS];
    double tau2;   /* Variance between groups. */
    double sigma2; /* Variance within. */
    double icc;    /* tau2 / (tau2 + sigma2). */
    double icc_low, icc_high; /* Interval by the restricted profile. */
    double loglik; /* Restricted, as lme4 gives it. */
    double gain;   /* Restricted deviance without groups, less the one with:
                      0 if tau2 is. */
};

/* Numbers of workspace that a fit takes. */
size_t kor_between_workspace(size_t n_groups, size_t n_covariates);

/* Fits the model.  'groups' has room for n_groups, 'workspace' for
 * kor_between_workspace() numbers.
 *
 * Returns KOR_BAD_VALUE, and leaves 'fit' and 'groups' alone, if a number is
 * infinite or beyond 1e100, a group is out of range, there are too many
 * covariates or 'level' is out of range; 'err' names the person by position,
 * counted from 1.  That the data do not support a fit is a status. */
KOR_NODISCARD enum kor_code kor_between_fit(
    const struct kor_between_data *data, double workspace[],
    struct kor_between_fit *fit, struct kor_between_group groups[],
    struct kor_err *err);

/* Whether 'fit' has estimates: converged, or on the boundary. */
bool kor_between_has_estimates(const struct kor_between_fit *fit);

/* "converged", "boundary", "too-few", "collinear", "no-variance". */
const char *kor_between_status_name(enum kor_between_status status);

/* "within", "above", "below". */
const char *kor_between_stands_name(enum kor_between_stands stands);

#endif /* kor/stat/between.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_GROWTH_H
#define KOR_STAT_GROWTH_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Growth: the mixed model of change, fitted by REML or ML.
 *
 *     y_ij = (row of person i) crossed with (1, g_ij)  +  u0_i + u1_i g_ij
 *            + e_ij,     (u0, u1) ~ N(0, G),     e ~ N(0, sigma^2)
 *
 * g is a function of time (kor/stat/timefn.h).  The row of a person is 1
 * followed by the person's covariates; without covariates the terms are 1 and
 * g, with the start score as covariate 1, g, start and start x g.  For that
 * model the start score itself must not be among the y.  Covariates may also
 * enter the level alone, as in y ~ g * start + age.
 *
 * All that the likelihood needs of a person are six sums and the covariates:
 *
 *   - Choose a centre: kor_growth_centre_of(), or any g and y within the range
 *     of the data.  It stays fixed while sums are kept; results do not depend
 *     on it, but their last digits do.
 *   - For each person begin with KOR_GROWTH_NO_SUMS and call
 *     kor_growth_add() for each record, in any order.
 *   - Call kor_growth_fit().
 *
 * A fit takes some ten to twenty passes over the sums; it allocates nothing
 * and needs no workspace besides a few kilobytes of stack.
 *
 * Method: profiled deviance of Bates, Maechler, Bolker and Walker (2015), J.
 * Stat. Softw. 67(1), equations 34 and 41, over the three entries of the
 * Cholesky factor of G / sigma^2, with the derivatives worked out and a
 * Newton search of our own that may end on the boundary.
 * docs/methods/growth.md derives it; tests/oracle/test_growth.c holds it
 * against lme4.
 *
 * Pure: no state, any number of threads.  The same input gives the same bits,
 * also in another order of records within a person if their sums are the
 * same; another order of people changes the last digits only. */

enum {
    KOR_GROWTH_MAX_COVARIATES = 7,
    KOR_GROWTH_MAX_TERMS = 2 * (KOR_GROWTH_MAX_COVARIATES + 1)
};

/* The point from which g and y are counted in the sums. */
struct kor_growth_centre {
    double g;
    double y;
};

/* One person's records, as sums about the centre. */
struct kor_growth_sums {
    double n;  /* Number of records. */
    double g;  /* Sum of g. */
    double gg; /* Sum of g^2. */
    double y;  /* Sum of y. */
    double gy; /* Sum of g y. */
    double yy; /* Sum of y^2. */
};

#define KOR_GROWTH_NO_SUMS ((struct kor_growth_sums){0, 0, 0, 0, 0, 0})

/* What to fit.  All is borrowed for the call. */
struct kor_growth_data {
    struct kor_growth_centre centre;
    const struct kor_growth_sums *sums; /* One for each person. */
    size_t n_people;                    /* People without records count not. */
    const double *covariates; /* n_people rows of n_covariates; may be null. */
    size_t n_covariates;      /* At most KOR_GROWTH_MAX_COVARIATES. */
    size_t n_level_only;      /* The last so many covariates of a row have a
                                 term for the level and none for the slope. */
    const double *weights;    /* As how many each person counts, >= 0; null:
                                 as one. */
};

enum kor_growth_method {
    KOR_GROWTH_REML, /* Variances free of the fixed effects: the default. */
    KOR_GROWTH_ML
};

/* How a fit ended.  Estimates are given for the first two only. */
enum kor_growth_status {
    KOR_GROWTH_CONVERGED,
    KOR_GROWTH_BOUNDARY,      /* Converged; G is singular: people do not
                                 differ in level, in slope, or the two go
                                 strictly together. */
    KOR_GROWTH_TOO_FEW,       /* Fewer people with records than covariates
                                 and 3, nobody with more than two records, or
                                 no more records than terms. */
    KOR_GROWTH_COLLINEAR,     /* The data do not tell the terms apart: time or
                                 a covariate never varies. */
    KOR_GROWTH_NO_VARIANCE,   /* Everybody lies exactly on an own line. */
    KOR_GROWTH_NOT_CONVERGED  /* The search came no further, or 100 steps were
                                 not enough: not seen where people differ up
                                 to ten thousand times as much as sigma; a
                                 hundred thousand times is too much for the
                                 digits of the sums.  Or an estimate is
                                 beyond what a number holds. */
};

/* The result.  With a status other than the first two, all numbers from 'b'
 * to 'bic' are NAN.  Terms run 1, g, c1, c1 g, c2, c2 g ..., and last the
 * covariates that enter the level alone. */
struct kor_growth_fit {
    enum kor_growth_status status;
    enum kor_growth_method method;
    size_t n_people;     /* With at least one record ... */
    size_t n_records;    /* ... and theirs; by weight, rounded. */
    size_t n_terms;      /* 2 (n_covariates + 1) - n_level_only. */
    size_t n_level_only; /* As in the data. */
    unsigned iterations; /* Newton steps taken. */
    double b[KOR_GROWTH_MAX_TERMS];
    double se[KOR_GROWTH_MAX_TERMS];
    double vcov[KOR_GROWTH_MAX_TERMS][KOR_GROWTH_MAX_TERMS];
    double tau00; /* Variance of u0, at g = 0. */
    double tau01; /* Covariance of u0 and u1. */
    double tau11; /* Variance of u1. */
    double sigma; /* Standard deviation of e. */
    double loglik; /* Restricted if the method is REML. */
    double aic;   /* -2 loglik + 2 (n_terms + 4). */
    double bic;   /* -2 loglik + (n_terms + 4) ln(n_records). */
};

/* The mean of the 'n' pairs (g, y): a good centre.  Zero if there are none. */
struct kor_growth_centre kor_growth_centre_of(const double g[],
                                              const double y[], size_t n);

/* Adds one record to a person's 'sums'; 'g' and 'y' are finite and not yet
 * centred. */
void kor_growth_add(struct kor_growth_sums *sums,
                    const struct kor_growth_centre *centre, double g,
                    double y);

/* Fits the model to 'data' and stores the result in '*fit'.
 *
 * Returns KOR_BAD_VALUE, and leaves '*fit' alone, if a sum or a covariate of
 * a person with records is not finite, or if there are too many covariates;
 * 'err' names the person by position, counted from 1.  That the data do not
 * support a fit is a status and not an error. */
KOR_NODISCARD enum kor_code kor_growth_fit(const struct kor_growth_data *data,
                                           enum kor_growth_method method,
                                           struct kor_growth_fit *fit,
                                           struct kor_err *err);

/* Whether 'fit' has estimates: converged, or on the boundary. */
bool kor_growth_has_estimates(const struct kor_growth_fit *fit);

/* A likelihood-ratio test of nested models. */
struct kor_growth_comparison {
    double chi2; /* Twice the difference of log likelihoods, at least 0. */
    unsigned df; /* Difference of the numbers of terms. */
    double p;    /* The chance of as much or more if the smaller holds. */
};

/* Tests the terms that 'large' has and 'small' has not.  All NAN and 0 unless
 * both have estimates, by ML (restricted likelihoods of different terms do not
 * compare), from as many records, and 'large' has more terms. */
struct kor_growth_comparison kor_growth_compare(
    const struct kor_growth_fit *small, const struct kor_growth_fit *large);

/* "reml", "ml". */
const char *kor_growth_method_name(enum kor_growth_method method);

/* "converged", "boundary", "too-few", "collinear", "no-variance",
 * "not-converged". */
const char *kor_growth_status_name(enum kor_growth_status status);

/* What stands in the way and what can be done, as a sentence in English (a
 * key for kor_text()); "" if nothing does. */
const char *kor_growth_status_text(enum kor_growth_status status);

#endif /* kor/stat/growth.h */

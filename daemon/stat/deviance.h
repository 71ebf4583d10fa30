/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_DEVIANCE_H
#define STAT_DEVIANCE_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/stat/growth.h"
#include "stat/sym2.h"

/* Deviance of the growth model as a function of the covariance C of level and
 * slope relative to sigma^2, with everything else at its best for that C.
 *
 * Per person, with Z = (1, g), S = Z'Z, s = Z'y and the person's row c:
 *
 *     W = (I + S C)^-1 S            w = W (own line)
 *     A = sum of (c c') x W         r = sum of c x w       A beta = r
 *     RSS = sum of (squares off the own line + (own line)'w) - r'beta
 *     deviance = sum of ln det(I + S C) + nu (1 + ln(2 pi RSS / nu))
 *                [REML: + ln det A],   nu = records [REML: - terms]
 *
 * Derivatives follow from dW = -W dC W and dw = -W dC w (see
 * docs/methods/growth.md).  Covariates are counted from their means, so that
 * large offsets cost no digits, and C comes as its Cholesky factor, so that
 * people may differ ten thousand times as much as sigma. */

struct kor_problem {
    const struct kor_growth_data *data;
    enum kor_growth_method method;
    size_t n_rows;    /* 1 + covariates. */
    size_t n_crossed; /* Rows before those that enter the level alone. */
    double n_people;  /* With records, by weight. */
    double n_records;
    double nu;        /* Divisor of RSS. */
    double spread_g;  /* Root mean square of g about its mean. */
    double within;    /* sigma^2 from what people lie off their own lines. */
    double off;       /* Squares left when each person has an own line. */
    double mean[KOR_GROWTH_MAX_COVARIATES]; /* Of the covariates. */
    double from[KOR_GROWTH_MAX_TERMS]; /* Terms from which own lines are
                                          counted: near the best ones they
                                          leave nothing large to cancel. */
};

/* Terms are numbered two a row here, level and slope.  The slope of a row that
 * enters the level alone is held at 0: its part of A is that of the unit
 * matrix, and its part of r is 0. */
static inline bool
kor_problem_has_slope(const struct kor_problem *problem, size_t row)
{
    return row < problem->n_crossed;
}

/* The deviance at one C, with what the derivatives need.
 *
 * If slopes differ much, level and slope of people may go together so closely
 * that at g = 0 the two variances hide what lies across, as do W and A.  So
 * C and the terms are held for an 'origin' of g at which they do not go
 * together, if there is one near the data. */
struct kor_deviance {
    double origin;  /* Value of g, from which it is counted here. */
    struct root2 f; /* Factor of C there ... */
    struct sym2 c;  /* ... and C. */
    double value;
    double rss;
    double beta[KOR_GROWTH_MAX_TERMS];
    double chol[KOR_GROWTH_MAX_TERMS][KOR_GROWTH_MAX_TERMS]; /* Of A. */
};

/* First and second derivatives by c.a, c.b and c.c of C at the origin of the
 * deviance (c.b stands in both corners of the matrix). */
struct kor_slopes {
    double d[3];
    double dd[3][3];
};

/* As how many the person 'i' counts: 0 without records. */
static inline double
kor_problem_weight(const struct kor_problem *problem, size_t i)
{
    const struct kor_growth_data *data = problem->data;
    double weight = data->weights ? data->weights[i] : 1;
    return data->sums[i].n > 0 ? weight : 0;
}

/* Somebody a little after person 'i', to be asked of the memory: those of a
 * million people are not in the cache, and to wait for them would take as long
 * as to work with them. */
static inline const struct kor_growth_sums *
kor_problem_ahead(const struct kor_problem *problem, size_t i)
{
    size_t n = problem->data->n_people, at = i + 24;
    return &problem->data->sums[at < n ? at : n - 1];
}

/* Row of person 'i', with the mean taken off the covariates. */
void kor_problem_row(const struct kor_problem *problem, size_t i,
                     double row[KOR_GROWTH_MAX_COVARIATES + 1]);

/* Evaluates at the C with the factor 'f', that at g = 0.  False if the terms
 * are collinear or nothing is left over to explain. */
bool kor_deviance_at(const struct kor_problem *problem, struct root2 f,
                     struct kor_deviance *out);

/* First and second derivatives at 'at'. */
void kor_deviance_slopes(const struct kor_problem *problem,
                         const struct kor_deviance *at,
                         struct kor_slopes *out);

/* Stores in '*c' the C that moments give, seen from 'at' and at its origin:
 * the squares of the residuals there are what they are expected to be if
 * sigma^2 is 'problem->within' (C. R. Rao, 1971, J. Multivar. Anal. 1,
 * 257-275, recalled).  Near the best one with many people; may be no
 * covariance.  False if the moments do not tell. */
bool kor_deviance_moments(const struct kor_problem *problem,
                          const struct kor_deviance *at, struct sym2 *c);

#endif /* stat/deviance.h */

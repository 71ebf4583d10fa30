/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deviance by the ratio of variances: see stat/ratio.h. */

#include "stat/ratio.h"

#include <math.h>
#include <string.h>

#include "stat/chol.h"

/* A ratio at which less than this share of any group's mean is left is 0. */
static const double next_to_nothing = 1e-8;
enum {
    n_grid = 43,       /* Points of the grid. */
    max_halvings = 120 /* After these two doubles are neighbours. */
};

const double *
kor_ratio_group(const struct kor_ratio_problem *problem, size_t g)
{
    return problem->groups + g * (problem->n_terms + 2);
}

static double
weight(const double *group, double ratio)
{
    return group[0] / (1 + ratio * group[0]);
}

/* Adds up A (into out->chol), r (into out->beta) and what RSS begins with;
 * returns the sum of ln(1 + t n). */
static double
add_up(const struct kor_ratio_problem *problem, struct kor_ratio *out)
{
    double logs = 0;
    size_t n = problem->n_terms;
    memcpy(out->chol, problem->within, sizeof out->chol);
    memcpy(out->beta, problem->within_v, sizeof out->beta);
    out->rss = problem->within_vv;
    for (size_t g = 0; g < problem->n_groups; g++) {
        const double *group = kor_ratio_group(problem, g), *z = group + 1;
        double w = weight(group, out->ratio), v = z[n];
        logs += log1p(out->ratio * group[0]);
        out->rss += w * v * v;
        for (size_t j = 0; j < n; j++) {
            out->beta[j] += w * v * z[j];
            for (size_t k = 0; k <= j; k++) {
                out->chol[j][k] += w * z[j] * z[k];
            }
        }
    }
    return logs;
}

static double
slope_at(const struct kor_ratio_problem *problem, const struct kor_ratio *at)
{
    double traces = 0, squares = 0;
    size_t n = problem->n_terms;
    for (size_t g = 0; g < problem->n_groups; g++) {
        const double *group = kor_ratio_group(problem, g);
        double z[KOR_RATIO_TERMS], w = weight(group, at->ratio);
        double e = group[1 + n], lever = 0;
        memcpy(z, group + 1, n * sizeof *z);
        for (size_t j = 0; j < n; j++) {
            e -= z[j] * at->beta[j];
        }
        kor_chol_forward(at->chol[0], n, KOR_RATIO_TERMS, z);
        for (size_t j = 0; j < n; j++) {
            lever += z[j] * z[j];
        }
        traces += w * (1 - w * lever);
        squares += w * e * (w * e);
    }
    return traces - problem->nu / at->rss * squares;
}

bool
kor_ratio_at(const struct kor_ratio_problem *problem, double ratio,
             struct kor_ratio *out)
{
    size_t n = problem->n_terms;
    out->ratio = ratio;
    double logs = add_up(problem, out);
    if (!kor_chol_factor(out->chol[0], n, KOR_RATIO_TERMS, 0)) {
        return false;
    }
    kor_chol_forward(out->chol[0], n, KOR_RATIO_TERMS, out->beta);
    for (size_t j = 0; j < n; j++) {
        out->rss -= out->beta[j] * out->beta[j];
    }
    if (!(out->rss > 0)) {
        return false;
    }
    kor_chol_backward(out->chol[0], n, KOR_RATIO_TERMS, out->beta);
    out->value =
        logs + kor_chol_log_det(out->chol[0], n, KOR_RATIO_TERMS) +
        problem->nu * (1 + log(2 * acos(-1) * out->rss / problem->nu));
    out->slope = slope_at(problem, out);
    return true;
}

/* Halves the range from '*at', where it goes downhill towards 'end', until
 * '*at' lies on the floor of the valley between them.  The two are neighbours
 * on the grid, and valleys are wider than that: there is one. */
static void
descend(const struct kor_ratio_problem *problem, double end,
        struct kor_ratio *at)
{
    for (int k = 0; k < max_halvings; k++) {
        struct kor_ratio middle;
        double ratio = at->ratio + (end - at->ratio) / 2;
        if (ratio <= fmin(at->ratio, end) || ratio >= fmax(at->ratio, end)) {
            break;
        }
        if (kor_ratio_at(problem, ratio, &middle) &&
            middle.slope * (end - ratio) < 0) {
            *at = middle;
        } else {
            end = ratio;
        }
    }
}

/* Whether next to nothing would be left of any group's mean. */
static bool
is_nothing(const struct kor_ratio_problem *problem, double ratio)
{
    double most = 0;
    for (size_t g = 0; g < problem->n_groups; g++) {
        most = fmax(most, kor_ratio_group(problem, g)[0]);
    }
    return ratio * most < next_to_nothing;
}

/* The ratios of the grid: 0, and from 1e-8 to 6e9 in steps of a factor of
 * e. */
static double
grid(int k)
{
    return k > 0 ? 1e-8 * exp(k - 1) : 0;
}

/* Stores the best point of the grid in '*best' and returns its number;
 * n_grid if the deviance falls as far as it can be told. */
static int
lowest(const struct kor_ratio_problem *problem, struct kor_ratio *best)
{
    int found = 0, k = 1;
    for (; k < n_grid; k++) {
        struct kor_ratio there;
        if (!kor_ratio_at(problem, grid(k), &there)) {
            break;
        }
        if (there.value < best->value) {
            *best = there;
            found = k;
        }
    }
    return found == k - 1 ? n_grid : found;
}

enum kor_between_status
kor_ratio_search(const struct kor_ratio_problem *problem,
                 struct kor_ratio *best, struct kor_ratio *none)
{
    if (!kor_ratio_at(problem, 0, none)) {
        return KOR_BETWEEN_COLLINEAR;
    }
    *best = *none;
    int k = lowest(problem, best);
    if (k == n_grid) {
        return KOR_BETWEEN_NO_VARIANCE;
    }
    if (best->slope <= 0) {
        descend(problem, grid(k + 1), best);
    } else if (k > 0) {
        descend(problem, grid(k - 1), best);
    }
    if (!is_nothing(problem, best->ratio)) {
        return KOR_BETWEEN_CONVERGED;
    }
    *best = *none;
    return KOR_BETWEEN_BOUNDARY;
}

/* The ratio between 'inside', where the deviance is below 'limit', and
 * 'outside', where it is above, at which it crosses. */
static double
crossing(const struct kor_ratio_problem *problem, double inside,
         double outside, double limit)
{
    for (int k = 0; k < max_halvings; k++) {
        struct kor_ratio there;
        double ratio = inside + (outside - inside) / 2;
        if (ratio <= fmin(inside, outside) || ratio >= fmax(inside, outside) ||
            !kor_ratio_at(problem, ratio, &there)) {
            break;
        }
        *(there.value > limit ? &outside : &inside) = ratio;
    }
    return inside;
}

void
kor_ratio_profile(const struct kor_ratio_problem *problem,
                  const struct kor_ratio *best, double rise, double *low,
                  double *high)
{
    struct kor_ratio there;
    double limit = best->value + rise, most = grid(n_grid - 1);
    *low = 0;
    *high = INFINITY;
    if (best->ratio > 0 && kor_ratio_at(problem, 0, &there) &&
        there.value > limit) {
        *low = crossing(problem, best->ratio, 0, limit);
    }
    if (kor_ratio_at(problem, most, &there) && there.value > limit) {
        *high = crossing(problem, best->ratio, most, limit);
    }
}

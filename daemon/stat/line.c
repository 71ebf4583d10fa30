/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person's own line: see kor/stat/line.h.
 *
 * All is worked out in g counted from the centre, where sums of squares keep
 * their digits, and turned back at the end. */

#include "kor/stat/line.h"

#include <math.h>

#include "stat/posterior.h"

/* Level and slope at g = 0 of everybody with these covariates. */
static struct vec2
fixed_line(const struct kor_growth_fit *fit, const double covariates[])
{
    size_t n_crossed = (fit->n_terms - fit->n_level_only) / 2;
    struct vec2 line = {fit->b[0], fit->b[1]};
    for (size_t j = 1; j < n_crossed; j++) {
        line.x += fit->b[2 * j] * covariates[j - 1];
        line.y += fit->b[2 * j + 1] * covariates[j - 1];
    }
    for (size_t j = 0; j < fit->n_level_only; j++) {
        line.x += fit->b[2 * n_crossed + j] * covariates[n_crossed - 1 + j];
    }
    return line;
}

/* C = G / sigma^2 for the level at the centre. */
static struct sym2
relative_spread(const struct kor_growth_fit *fit, double centre)
{
    double scale = 1 / (fit->sigma * fit->sigma);
    double slope = fit->tau11, both = fit->tau01 + centre * slope;
    double level = sym2_along(
        (struct sym2){fit->tau00, fit->tau01, slope}, centre);
    return (struct sym2){level * scale, both * scale, slope * scale};
}

struct kor_own_line
kor_own_line_of(const struct kor_growth_fit *fit,
                const struct kor_growth_centre *centre,
                const struct kor_growth_sums *sums, const double covariates[])
{
    struct vec2 fixed = fixed_line(fit, covariates);
    double level = fixed.x + fixed.y * centre->g;
    struct posterior p
        = posterior_of(sums, relative_spread(fit, centre->g),
                       (struct vec2){level - centre->y, fixed.y});
    double sigma2 = fit->sigma * fit->sigma, g = centre->g;
    return (struct kor_own_line){
        .level = level + p.own.x - g * (fixed.y + p.own.y),
        .slope = fixed.y + p.own.y,
        .var_level = sigma2 * sym2_along(p.left, -g),
        .cov = sigma2 * (p.left.b - g * p.left.c),
        .var_slope = sigma2 * p.left.c};
}

double
kor_own_line_at(const struct kor_growth_fit *fit,
                const struct kor_own_line *line, double g, double *sd)
{
    if (sd) {
        struct sym2 own = {line->var_level, line->cov, line->var_slope};
        *sd = sqrt(sym2_along(own, g) + fit->sigma * fit->sigma);
    }
    return line->level + line->slope * g;
}

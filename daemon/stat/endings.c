/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Endings: see kor/stat/endings.h. */

#include "kor/stat/endings.h"

#include <math.h>

#include "kor/stat/growth.h"
#include "kor/stat/normal.h"
#include "kor/stat/tail.h"

const char *
kor_ending_name(enum kor_ending ending)
{
    static const char *const names[] = {
        [KOR_ENDING_PLANNED] = "planned",
        [KOR_ENDING_UNPLANNED] = "unplanned",
        [KOR_ENDING_OPEN] = "open",
        [KOR_ENDING_N_STATES] = "all",
    };
    return names[ending];
}

struct kor_ending_group
kor_ending_group_of(const struct kor_ending_scores episodes[], size_t n,
                    enum kor_ending ending, enum kor_better better,
                    double level, double workspace[])
{
    struct kor_ending_group out = {.n = 0};
    double *first = workspace, *last = first + n, *change = last + n;
    for (size_t i = 0; i < n; i++) {
        double from = episodes[i].first, to = episodes[i].last;
        if (ending != KOR_ENDING_N_STATES && episodes[i].ending != ending) {
            continue;
        }
        out.n++;
        if (!isnan(from) && !isnan(to)) {
            first[out.n_two] = from;
            last[out.n_two] = to;
            change[out.n_two] =
                better == KOR_HIGHER_IS_BETTER ? to - from : from - to;
            out.n_two++;
        }
    }
    out.first = kor_mean_of(first, out.n_two);
    out.last = kor_mean_of(last, out.n_two);
    out.change = kor_mean_of(change, out.n_two);
    double m = (double)out.n_two;
    double half =
        kor_t_quantile(0.5 + level / 2, m - 1) * out.change.sd / sqrt(m);
    out.low = out.change.mean - half;
    out.high = out.change.mean + half;
    return out;
}

/* The weight of term 'k', one of the slope: 1 is g, 3 is c1 g, and so on. */
static double
slope_weight(const double covariates[], size_t k)
{
    return k == 1 ? 1 : covariates[k / 2 - 1];
}

struct kor_growth_change
kor_growth_change(const struct kor_growth_fit *fit, const double covariates[],
                  double g_from, double g_to, double level)
{
    struct kor_growth_change out = {NAN, NAN, NAN, NAN};
    if (!kor_growth_has_estimates(fit)) {
        return out;
    }
    double slope = 0, variance = 0, step = g_to - g_from;
    size_t end = fit->n_terms - fit->n_level_only;
    for (size_t i = 1; i < end; i += 2) {
        double w = slope_weight(covariates, i);
        slope += w * fit->b[i];
        for (size_t j = 1; j < end; j += 2) {
            variance += w * slope_weight(covariates, j) * fit->vcov[i][j];
        }
    }
    double z = kor_normal_quantile(0.5 + level / 2);
    out.points = step * slope;
    out.se = fabs(step) * sqrt(fmax(0, variance));
    out.low = out.points - z * out.se;
    out.high = out.points + z * out.se;
    return out;
}

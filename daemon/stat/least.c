/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Least squares: see stat/least.h. */

#include "stat/least.h"

#include <math.h>
#include <string.h>

#include "stat/chol.h"

/* Share of a column's spread that must be its own. */
static const double own_share = 1e-10;
/* A column that varies by less than this share of its size is constant but
 * for rounding. */
static const double no_spread = 1e-12;

void
kor_least_begin(struct kor_least *fit, size_t n_x)
{
    *fit = (struct kor_least){.n_x = n_x};
}

void
kor_least_centre(struct kor_least *fit, double y, const double x[])
{
    fit->n += 1;
    fit->mean_y += (y - fit->mean_y) / fit->n;
    for (size_t j = 0; j < fit->n_x; j++) {
        fit->mean[j] += (x[j] - fit->mean[j]) / fit->n;
    }
}

void
kor_least_add(struct kor_least *fit, double y, const double x[])
{
    double v = y - fit->mean_y;
    fit->y += v;
    fit->yy += v * v;
    for (size_t j = 0; j < fit->n_x; j++) {
        double u = x[j] - fit->mean[j];
        fit->x[j] += u;
        fit->xy[j] += u * v;
        for (size_t k = 0; k <= j; k++) {
            fit->xx[j][k] += u * (x[k] - fit->mean[k]);
        }
    }
}

static bool
varies(const struct kor_least *fit, size_t j)
{
    double size = no_spread * fit->mean[j];
    return fit->xx[j][j] > fit->n * size * size;
}

bool
kor_least_solve(struct kor_least *fit)
{
    double l[KOR_LEAST_MAX_X][KOR_LEAST_MAX_X];
    for (size_t j = 0; j < fit->n_x; j++) {
        if (!varies(fit, j)) {
            return false;
        }
    }
    memcpy(l, fit->xx, sizeof l);
    if (!kor_chol_factor(l[0], fit->n_x, KOR_LEAST_MAX_X, own_share)) {
        return false;
    }
    memcpy(fit->slope, fit->xy, sizeof fit->slope);
    kor_chol_forward(l[0], fit->n_x, KOR_LEAST_MAX_X, fit->slope);
    fit->rss = fit->yy;
    for (size_t j = 0; j < fit->n_x; j++) {
        fit->rss -= fit->slope[j] * fit->slope[j];
    }
    fit->rss = fmax(fit->rss, 0);
    kor_chol_backward(l[0], fit->n_x, KOR_LEAST_MAX_X, fit->slope);
    fit->level = fit->mean_y + fit->y / fit->n;
    for (size_t j = 0; j < fit->n_x; j++) {
        fit->level -= fit->slope[j] * fit->x[j] / fit->n;
    }
    return true;
}

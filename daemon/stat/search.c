/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search for the least deviance: see stat/search.h.
 *
 * C stays the same if the sign of c, or those of a and b together, are
 * turned, so a step across the boundary is reflected and never cut short.  On
 * the boundary the derivative by a or c is 0 whatever lies inside; whether
 * to go back in is read from the derivative by C itself. */

#include "stat/search.h"

#include <math.h>
#include <string.h>

#include "stat/chol.h"

enum { max_iterations = 100, max_halvings = 40 };

/* Predicted gain of deviance, for each person, at which the search ends.  The
 * square root of a gain is a distance in standard errors, which themselves
 * shrink with the root of the people: what is left is some 1e-10 of an
 * estimate, with few people as with many. */
static const double enough = 1e-21;
/* Below this gain the deviance says no more than its rounding error, and the
 * step is taken for as long as the gain goes on falling. */
static const double blind = 1e-7;
/* So few people may have a deviance with more than one lowest point: they are
 * searched from both beginnings. */
static const double few = 200;
/* Predicted gain from which a point is far from the best one. */
static const double far = 1e-3;
/* Share of sigma^2 below which a or c may be set to 0. */
static const double next_to_nothing = 1e-8;
/* Share of sigma^2, and of what the two spreads allow, from which a point is
 * far from the boundary. */
static const double well_inside = 1e-3;

struct factor {
    double a, b, c;
};

static struct sym2
square(struct factor f)
{
    return (struct sym2){f.a * f.a, f.a * f.b, f.b * f.b + f.c * f.c};
}

/* The same C with a and c >= 0, and b = 0 if a is. */
static struct factor
tidy(struct factor f)
{
    if (f.a < 0) {
        f.a = -f.a;
        f.b = -f.b;
    }
    f.c = fabs(f.c);
    if (f.a <= 0) {
        f = (struct factor){0, 0, hypot(f.b, f.c)};
    }
    return f;
}

static bool
is_edge(struct factor f)
{
    return f.a <= 0 || f.c <= 0;
}

/* Gradient and Hessian by a, b and c from those by C. */
static void
chain(struct factor f, const struct kor_slopes *by_c, double gradient[3],
      double hessian[3][3])
{
    const double by[3][3]
        = {{2 * f.a, f.b, 0}, {0, f.a, 2 * f.b}, {0, 0, 2 * f.c}};
    for (size_t k = 0; k < 3; k++) {
        gradient[k] = 0;
        for (size_t i = 0; i < 3; i++) {
            gradient[k] += by[k][i] * by_c->d[i];
        }
        for (size_t l = 0; l < 3; l++) {
            hessian[k][l] = 0;
            for (size_t i = 0; i < 3; i++) {
                for (size_t j = 0; j < 3; j++) {
                    hessian[k][l] += by[k][i] * by_c->dd[i][j] * by[l][j];
                }
            }
        }
    }
    hessian[0][0] += 2 * by_c->d[0];
    hessian[0][1] += by_c->d[1];
    hessian[1][0] += by_c->d[1];
    hessian[1][1] += 2 * by_c->d[2];
    hessian[2][2] += 2 * by_c->d[2];
}

/* Newton step in the parameters that are free to move; what is on the
 * boundary stays there.  Returns the predicted gain, g'H^-1 g. */
static double
newton(struct factor f, const double gradient[3], double hessian[3][3],
       double step[3])
{
    const bool is_free[3] = {f.a > 0, f.a > 0, f.c > 0};
    for (double shift = 0; shift < 1e12;
         shift = shift > 0 ? 8 * shift : 1e-3) {
        double m[3][3];
        for (size_t k = 0; k < 3; k++) {
            for (size_t l = 0; l < 3; l++) {
                m[k][l] = is_free[k] && is_free[l] ? hessian[k][l] : 0;
            }
            step[k] = is_free[k] ? -gradient[k] : 0;
            m[k][k] = is_free[k] ? m[k][k] + shift * fabs(m[k][k]) : 1;
        }
        if (kor_chol_factor(m[0], 3, 3, 1e-13)) {
            kor_chol_forward(m[0], 3, 3, step);
            kor_chol_backward(m[0], 3, 3, step);
            break;
        }
    }
    double gain = 0;
    for (size_t k = 0; k < 3; k++) {
        gain -= gradient[k] * step[k];
    }
    return gain;
}

/* Rounding error that a deviance may carry. */
static double
noise(const struct kor_problem *problem, const struct kor_deviance *at)
{
    return 1e-13 * (fabs(at->value) + problem->n_records);
}

/* A rise of deviance that means nothing. */
static double
free_cost(const struct kor_problem *problem, const struct kor_deviance *at)
{
    return 1e4 * noise(problem, at);
}

/* Goes along 'step' until the deviance has fallen; false if it does not. */
static bool
go(const struct kor_problem *problem, const double step[3], double gain,
   struct factor *f, struct kor_deviance *at)
{
    double t = 1, slack = gain < blind ? INFINITY : noise(problem, at);
    for (int k = 0; k < max_halvings; k++, t /= 2) {
        struct kor_deviance there;
        struct factor g = tidy((struct factor){
            f->a + t * step[0], f->b + t * step[1], f->c + t * step[2]});
        if (kor_deviance_at(problem, square(g), &there)
            && there.value <= at->value - 1e-4 * t * gain + slack) {
            *f = g;
            *at = there;
            return true;
        }
    }
    return false;
}

/* Sets a or c to 0 where that costs nothing. */
static void
settle(const struct kor_problem *problem, struct factor *f,
       struct kor_deviance *at)
{
    double spread = problem->spread_g;
    for (int k = 0; k < 2; k++) {
        struct factor g = *f;
        struct kor_deviance there;
        double share = k ? f->c * f->c * spread * spread : f->a * f->a;
        if (share <= 0 || share > next_to_nothing) {
            continue;
        }
        *(k ? &g.c : &g.a) = 0;
        g = tidy(g);
        if (kor_deviance_at(problem, square(g), &there)
            && there.value <= at->value + free_cost(problem, at)) {
            *f = g;
            *at = there;
        }
    }
}

/* On the boundary the best point has a derivative by C that is positive
 * semidefinite.  If it is not, leaves the boundary in the direction that
 * lowers the deviance most; false if there is none. */
static bool
leave(const struct kor_problem *problem, const struct kor_slopes *slopes,
      struct factor *f, struct kor_deviance *at)
{
    double s = problem->spread_g;
    double a = slopes->d[0], b = slopes->d[1] / 2 / s;
    double c = slopes->d[2] / s / s;
    double least = (a + c) / 2 - hypot((a - c) / 2, b);
    if (least >= -1e-5 * sqrt(problem->nu)) {
        return false;
    }
    struct vec2 v = {b, least - a};
    if (fabs(least - c) > fabs(least - a)) {
        v = (struct vec2){least - c, b};
    }
    double length = hypot(v.x, v.y);
    v = length > 0 ? (struct vec2){v.x / length, v.y / length / s}
                   : (struct vec2){a <= c, (a > c) / s};
    for (double t = 1; t > 1e-10; t /= 4) {
        struct kor_deviance there;
        struct sym2 more = at->c;
        more.a += t * v.x * v.x;
        more.b += t * v.x * v.y;
        more.c += t * v.y * v.y;
        if (kor_deviance_at(problem, more, &there)
            && there.value < at->value - 10 * free_cost(problem, at)) {
            double root = sqrt(more.a), low = root > 0 ? more.b / root : 0;
            *f = tidy((struct factor){
                root, low, sqrt(fmax(more.c - low * low, 0))});
            *at = there;
            return true;
        }
    }
    return false;
}

/* Goes to 'c' if that is well inside and lower. */
static bool
go_inside(const struct kor_problem *problem, struct sym2 c, struct factor *f,
          struct kor_deviance *at)
{
    struct kor_deviance there;
    double s = problem->spread_g;
    if (!(c.a > well_inside && c.c * s * s > well_inside
          && sym2_det(c) > well_inside * c.a * c.c)
        || !kor_deviance_at(problem, c, &there)
        || !(there.value < at->value - free_cost(problem, at))) {
        return false;
    }
    double root = sqrt(c.a), low = c.b / root;
    *f = (struct factor){root, low, sqrt(c.c - low * low)};
    *at = there;
    return true;
}

/* Newton step by C itself, which knows nothing of the boundary: by its factor
 * the deviance has a saddle there, and is slow to get away from it. */
static bool
go_straight(const struct kor_problem *problem, const struct kor_slopes *slopes,
            struct factor *f, struct kor_deviance *at)
{
    double m[3][3], step[3];
    memcpy(m, slopes->dd, sizeof m);
    for (size_t k = 0; k < 3; k++) {
        step[k] = -slopes->d[k];
    }
    if (!kor_chol_factor(m[0], 3, 3, 1e-13)) {
        return false;
    }
    kor_chol_forward(m[0], 3, 3, step);
    kor_chol_backward(m[0], 3, 3, step);
    return go_inside(problem,
                     (struct sym2){at->c.a + step[0], at->c.b + step[1],
                                   at->c.c + step[2]}, f, at);
}

/* Searches from '*at', of which 'f' is the factor. */
static enum kor_growth_status
search_from(const struct kor_problem *problem, struct factor f,
            struct kor_deviance *at, unsigned *iterations)
{
    double gain = INFINITY;
    for (*iterations = 0; *iterations < max_iterations; ++*iterations) {
        struct kor_slopes slopes;
        double gradient[3], hessian[3][3], step[3], last_gain = gain;
        kor_deviance_slopes(problem, at, &slopes);
        chain(f, &slopes, gradient, hessian);
        gain = newton(f, gradient, hessian, step);
        if (gain > far && go_straight(problem, &slopes, &f, at)) {
            continue;
        }
        bool is_done = gain < enough * problem->n_people
                    || (gain < blind && gain >= last_gain);
        if (!is_done && go(problem, step, gain, &f, at)) {
            settle(problem, &f, at);
        } else if (is_edge(f) && leave(problem, &slopes, &f, at)) {
            gain = INFINITY;
        } else {
            break;
        }
    }
    return gain > blind   ? KOR_GROWTH_NOT_CONVERGED
           : is_edge(f) ? KOR_GROWTH_BOUNDARY
                          : KOR_GROWTH_CONVERGED;
}

enum kor_growth_status
kor_deviance_search(const struct kor_problem *problem,
                    struct kor_deviance *at, unsigned *iterations)
{
    struct factor f = {1, 0, 1 / problem->spread_g}, near = f;
    struct kor_deviance there;
    struct sym2 moments;
    unsigned more;
    if (!kor_deviance_at(problem, square(f), at)) {
        return KOR_GROWTH_COLLINEAR;
    }
    there = *at;
    bool has_moments = kor_deviance_moments(problem, at, &moments)
                    && go_inside(problem, moments, &near, &there);
    if (has_moments && problem->n_people > few) {
        *at = there;
        return search_from(problem, near, at, iterations);
    }
    enum kor_growth_status status = search_from(problem, f, at, iterations);
    if (has_moments) {
        enum kor_growth_status other
            = search_from(problem, near, &there, &more);
        if (status == KOR_GROWTH_NOT_CONVERGED
            || (other != KOR_GROWTH_NOT_CONVERGED
                && there.value < at->value - free_cost(problem, at))) {
            *at = there;
            *iterations = more;
            status = other;
        }
    }
    return status;
}

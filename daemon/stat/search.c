/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search for the least deviance: see stat/search.h.
 *
 * C stays the same if the sign of c, or those of a and b together, are
 * turned, so a step across the boundary is reflected and never cut short.  On
 * the boundary the derivative by a or c is 0 whatever lies inside; whether
 * to go back in is read from the derivative by C itself.
 *
 * Steps are taken in whichever of the two triangular factors of C has the
 * larger standard deviation first, and turned along it. */

#include "stat/search.h"

#include <math.h>
#include <string.h>

#include "stat/chol.h"

enum { max_iterations = 100, max_straight = 20, max_halvings = 40 };

/* Predicted gain of deviance, for each person, at which the search ends.  The
 * square root of a gain is a distance in standard errors, which themselves
 * shrink with the root of the people: what is left is some 1e-10 of an
 * estimate, with few people as with many. */
static const double enough = 1e-21;
/* Below this gain the deviance says no more than its rounding error, and the
 * step is taken for as long as the gain goes on falling. */
static const double blind = 1e-6;
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

/* The same C with a and c >= 0, and b = 0 if a is. */
static struct root2
tidy(struct root2 f)
{
    if (f.a < 0) {
        f.a = -f.a;
        f.b = -f.b;
    }
    f.c = fabs(f.c);
    if (f.a <= 0) {
        f = (struct root2){0, 0, hypot(f.b, f.c)};
    }
    return f;
}

static bool
is_edge(struct root2 f)
{
    return f.a <= 0 || f.c <= 0;
}

/* Where the search stands.  C at g = 0 is the square of (level, slope)
 * together and of 'rest' alone, which is part of the slope, or of the level
 * where slopes differ more.  The larger comes first: what is measured along
 * nothing could turn any way and change C by nothing. */
struct place {
    double level, slope, rest;
    bool is_rest_level;
};

static struct place
place_of(struct root2 f, double spread)
{
    double slope = hypot(f.b, f.c);
    if (slope * spread > f.a) {
        return (struct place){f.a * (f.b / slope), slope, f.a * (f.c / slope),
                              true};
    }
    return (struct place){f.a, f.b, f.c, false};
}

/* The factor after a step from 'p'. */
static struct root2
factor_after(struct place p, const double step[3], double t)
{
    double level = p.level + t * step[0], slope = p.slope + t * step[1];
    double rest = p.rest + t * step[2];
    if (!p.is_rest_level) {
        return tidy((struct root2){level, slope, rest});
    }
    double a = hypot(level, rest);
    return a > 0 ? (struct root2){a, slope * (level / a),
                                  fabs(slope) * (fabs(rest) / a)}
                 : (struct root2){0, 0, fabs(slope)};
}

/* Gradient and Hessian by 'p' from those by C at 'o', the origin of the
 * deviance, where C is (h^2, h slope, slope^2), h = level + o slope, and that
 * of the rest. */
static void
chain(struct place p, double o, const struct kor_slopes *by_c,
      double gradient[3], double hessian[3][3])
{
    double h = p.level + o * p.slope, rest = 2 * p.rest;
    double by[3][3] = {{2 * h, p.slope, 0},
                       {2 * o * h, h + o * p.slope, 2 * p.slope},
                       {rest, 0, 0}};
    const double *d = by_c->d;
    double across = 2 * o * d[0] + d[1];
    double along = 2 * (o * o * d[0] + o * d[1] + d[2]);
    if (!p.is_rest_level) {
        memcpy(by[2], (double[3]){o * o * rest, o * rest, rest},
               sizeof by[2]);
    }
    for (size_t k = 0; k < 3; k++) {
        gradient[k] = 0;
        for (size_t i = 0; i < 3; i++) {
            gradient[k] += by[k][i] * d[i];
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
    hessian[0][0] += 2 * d[0];
    hessian[0][1] += across;
    hessian[1][0] += across;
    hessian[1][1] += along;
    hessian[2][2] += p.is_rest_level ? 2 * d[0] : along;
}

/* Stores the directions in which the search looks: along (level, slope),
 * across it, and the rest.  Where people differ much, the deviance is a narrow
 * valley along. */
static void
choose_ways(struct place p, double spread, double ways[3][3])
{
    double slope = p.slope * spread, length = hypot(p.level, slope);
    double x = length > 0 ? p.level / length : 1;
    double y = length > 0 ? slope / length : 0;
    memcpy(ways, (double[3][3]){{x, y / spread, 0}, {-y, x / spread, 0},
                                {0, 0, 1}},
           sizeof(double[3][3]));
}

/* to = ways m ways'. */
static void
turn(double ways[3][3], double m[3][3], double to[3][3])
{
    for (size_t k = 0; k < 3; k++) {
        double row[3] = {0, 0, 0};
        for (size_t i = 0; i < 3; i++) {
            for (size_t j = 0; j < 3; j++) {
                row[j] += ways[k][i] * m[i][j];
            }
        }
        for (size_t l = 0; l < 3; l++) {
            to[k][l] = row[0] * ways[l][0] + row[1] * ways[l][1]
                     + row[2] * ways[l][2];
        }
    }
}

/* Newton step in the parameters that are free to move; what is on the
 * boundary stays there.  Returns the predicted gain, g'H^-1 g. */
static double
newton(struct place p, double spread, const double gradient[3],
       double hessian[3][3], double step[3])
{
    bool is_any = fabs(p.level) + fabs(p.slope) > 0;
    const bool is_free[3] = {is_any, is_any, p.rest > 0};
    double ways[3][3], slope[3], bend[3][3], by[3];
    choose_ways(p, spread, ways);
    turn(ways, hessian, bend);
    for (size_t k = 0; k < 3; k++) {
        slope[k] = !is_free[k] ? 0
                 : ways[k][0] * gradient[0] + ways[k][1] * gradient[1]
                       + ways[k][2] * gradient[2];
    }
    for (double shift = 0; shift < 1e12;
         shift = shift > 0 ? 8 * shift : 1e-3) {
        double m[3][3];
        for (size_t k = 0; k < 3; k++) {
            for (size_t l = 0; l < 3; l++) {
                m[k][l] = is_free[k] && is_free[l] ? bend[k][l] : 0;
            }
            by[k] = -slope[k];
            m[k][k] = is_free[k] ? m[k][k] + shift * fabs(m[k][k]) : 1;
        }
        if (kor_chol_factor(m[0], 3, 3, 1e-13)) {
            kor_chol_forward(m[0], 3, 3, by);
            kor_chol_backward(m[0], 3, 3, by);
            break;
        }
    }
    double gain = 0;
    for (size_t k = 0; k < 3; k++) {
        gain -= slope[k] * by[k];
        step[k] = by[0] * ways[0][k] + by[1] * ways[1][k] + by[2] * ways[2][k];
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
go(const struct kor_problem *problem, struct place p, const double step[3],
   double gain, struct root2 *f, struct kor_deviance *at)
{
    double t = 1, slack = gain < blind ? INFINITY : noise(problem, at);
    for (int k = 0; k < max_halvings; k++, t /= 2) {
        struct kor_deviance there;
        struct root2 g = factor_after(p, step, t);
        if (kor_deviance_at(problem, g, &there)
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
settle(const struct kor_problem *problem, struct root2 *f,
       struct kor_deviance *at)
{
    double spread = problem->spread_g;
    for (int k = 0; k < 2; k++) {
        struct root2 g = *f;
        struct kor_deviance there;
        double share = k ? f->c * f->c * spread * spread : f->a * f->a;
        if (share <= 0 || share > next_to_nothing) {
            continue;
        }
        *(k ? &g.c : &g.a) = 0;
        g = tidy(g);
        if (kor_deviance_at(problem, g, &there)
            && there.value <= at->value + free_cost(problem, at)) {
            *f = g;
            *at = there;
        }
    }
}

/* The factor of C + t v v'. */
static struct root2
widened(struct root2 f, struct vec2 v, double t)
{
    double across = f.b * v.x - f.a * v.y, aside = f.c * v.x;
    double c00 = f.a * f.a + t * v.x * v.x;
    double c01 = f.a * f.b + t * v.x * v.y;
    double det = root2_det(f) + t * (across * across + aside * aside);
    if (!(c00 > 0)) {
        return (struct root2){0, 0, sqrt(f.b * f.b + f.c * f.c
                                         + t * v.y * v.y)};
    }
    return (struct root2){sqrt(c00), c01 / sqrt(c00), sqrt(det / c00)};
}

/* On the boundary the best point has a derivative by C that is positive
 * semidefinite.  If it is not, leaves the boundary in the direction that
 * lowers the deviance most; false if there is none. */
static bool
leave(const struct kor_problem *problem, const struct kor_slopes *slopes,
      struct root2 *f, struct kor_deviance *at)
{
    double s = problem->spread_g, o = at->origin;
    const double *d = slopes->d; /* By C at the origin; a, b and c at 0. */
    double a = d[0], b = (d[1] / 2 + o * d[0]) / s;
    double c = (d[2] + o * d[1] + o * o * d[0]) / s / s;
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
        struct root2 more = widened(*f, v, t);
        if (kor_deviance_at(problem, more, &there)
            && there.value < at->value - 10 * free_cost(problem, at)) {
            *f = more;
            *at = there;
            return true;
        }
    }
    return false;
}

/* Whether the step of 'gain' is the last one, if a gain of 'least' is enough:
 * near the best point the next gain is to this one as this one to the last,
 * squared. */
static bool
is_last(double gain, double last_gain, double least)
{
    double fall = gain / last_gain;
    return gain < blind && fall > 0 && gain * fall * fall < least / 100;
}

/* Goes to 'c', seen from 'at', if that is well inside and lower. */
static bool
go_inside(const struct kor_problem *problem, struct sym2 c, struct root2 *f,
          struct kor_deviance *at)
{
    struct kor_deviance there;
    double s = problem->spread_g, o = at->origin;
    c.a += o * (o * c.c - 2 * c.b);
    c.b -= o * c.c;
    if (!(c.a > well_inside && c.c * s * s > well_inside
          && sym2_det(c) > well_inside * c.a * c.c)) {
        return false;
    }
    double root = sqrt(c.a), low = c.b / root;
    struct root2 to = {root, low, sqrt(c.c - low * low)};
    if (!kor_deviance_at(problem, to, &there)
        || !(there.value < at->value - free_cost(problem, at))) {
        return false;
    }
    *f = to;
    *at = there;
    return true;
}

/* Newton step by C itself, which knows nothing of the boundary: by its factor
 * the deviance has a saddle there, and is slow to get away from it.  Over
 * powers of ten C is the slower, so 'max_straight' of them must do. */
static bool
go_straight(const struct kor_problem *problem, const struct kor_slopes *slopes,
            struct root2 *f, struct kor_deviance *at)
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
search_from(const struct kor_problem *problem, struct root2 f,
            struct kor_deviance *at, unsigned *iterations)
{
    double gain = INFINITY, least = enough * problem->n_people;
    for (*iterations = 0; *iterations < max_iterations; ++*iterations) {
        struct kor_slopes slopes;
        double gradient[3], hessian[3][3], step[3], last_gain = gain;
        kor_deviance_slopes(problem, at, &slopes);
        struct place p = place_of(f, problem->spread_g);
        chain(p, at->origin, &slopes, gradient, hessian);
        gain = newton(p, problem->spread_g, gradient, hessian, step);
        if (gain > far && *iterations < max_straight
            && go_straight(problem, &slopes, &f, at)) {
            continue;
        }
        bool is_done
            = gain < least || (last_gain < blind && gain >= last_gain);
        if (!is_done && go(problem, p, step, gain, &f, at)) {
            settle(problem, &f, at);
            if (is_last(gain, last_gain, least) && !is_edge(f)) {
                ++*iterations;
                break;
            }
        } else if (is_edge(f) && leave(problem, &slopes, &f, at)) {
            gain = INFINITY;
        } else {
            gain = fmin(gain, last_gain);
            break;
        }
    }
    return gain > blind ? KOR_GROWTH_NOT_CONVERGED
         : is_edge(f)   ? KOR_GROWTH_BOUNDARY
                        : KOR_GROWTH_CONVERGED;
}

enum kor_growth_status
kor_deviance_search(struct kor_problem *problem, struct kor_deviance *at,
                    unsigned *iterations)
{
    struct root2 f = {1, 0, 1 / problem->spread_g}, near = f;
    struct kor_deviance there;
    struct sym2 moments;
    unsigned more;
    if (!kor_deviance_at(problem, f, at)) {
        return KOR_GROWTH_COLLINEAR;
    }
    memcpy(problem->from, at->beta, sizeof problem->from);
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

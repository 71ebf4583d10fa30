/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deviance of the growth model: see stat/deviance.h. */

#include "stat/deviance.h"

#include <math.h>
#include <string.h>

#include "stat/chol.h"
#include "stat/own_sums.h"

enum {
    max_rows = KOR_GROWTH_MAX_COVARIATES + 1,
    max_terms = KOR_GROWTH_MAX_TERMS
};

/* A pivot so small beside its diagonal means that two columns are one. */
static const double collinear = 1e-11;

/* The C at which people are looked at, and from where. */
struct sight {
    double origin;
    struct root2 f;
    struct sym2 c;
    const double *terms; /* From these own lines are counted. */
};

/* What a person adds, given C. */
struct part {
    struct sym2 w2; /* W. */
    struct vec2 w;
    double scale; /* 1 / det(I + S C). */
    double form;  /* (own line)'w. */
};

/* The own line is counted from 'line'.  At the person's own mean of g, S is
 * diagonal, and the slope comes after the level: d / n is 1 + n C00 there, 'u'
 * says how far the own slope is off what the level lets expect, and det / n is
 * the determinant.  Everything is multiplied by n until there is one division
 * for the level and one for the slope. */
static KOR_INLINE struct part
part_of(const struct kor_growth_sums *p, const struct sight *at,
        struct vec2 line)
{
    struct own_sums own = own_sums_of(p);
    struct root2 f = at->f;
    double g = p->g - at->origin * p->n;
    struct sym2 s = {p->n, g, p->gg - at->origin * (p->g + g)};
    double high = p->n * f.a + g * f.b, side = g * f.c;
    double c01 = high * f.b + side * f.c;
    double d = p->n + (high * high + side * side);
    double det = d + own.gg * (at->c.c + p->n * root2_det(f));
    double y = p->y - p->n * line.x - g * line.y;
    double u = (own.gy - own.gg * line.y) * d - own.gg * c01 * y;
    double by_slope = 1 / (p->n * det), by_level = 1 / d;
    double slope = u * by_slope, level = (y - c01 * slope) * by_level;
    struct part out = {.scale = p->n * p->n * by_slope};
    out.w2 = sym2_blend(s, own.gg, at->c, out.scale);
    out.w = (struct vec2){p->n * level, g * level + slope};
    out.form = y * y * by_level
             + (own.gg > 0 ? u * slope * by_level / own.gg : 0);
    return out;
}

/* Level and slope that 'terms' give a person. */
static inline struct vec2
line_of(const struct kor_problem *problem, const double row[],
        const double terms[])
{
    struct vec2 line = {0, 0};
    for (size_t j = 0; j < problem->n_rows; j++) {
        line.x += row[j] * terms[2 * j];
        line.y += row[j] * terms[2 * j + 1];
    }
    return line;
}

void
kor_problem_row(const struct kor_problem *problem, size_t i,
                double row[max_rows])
{
    size_t n = problem->n_rows - 1;
    row[0] = 1;
    for (size_t j = 0; j < n; j++) {
        row[j + 1] = problem->data->covariates[i * n + j] - problem->mean[j];
    }
}

/* A million equal terms, added one by one, are rounded the same way a million
 * times.  So people are added up in blocks, and then the blocks. */
enum { block_size = 1024 };

static void
add_numbers(double to[], const double more[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        to[i] += more[i];
    }
}

/* The sums over people that make A, r and the rest: numbers all through. */
struct totals {
    struct sym2 a[max_rows][max_rows]; /* Upper triangle of blocks. */
    struct vec2 r[max_rows];
    double form;
    double log_det;
};

/* The block of people that begins with 'from'. */
static void
add_up_block(const struct kor_problem *problem, const struct sight *at,
             size_t from, struct totals *out)
{
    double product = 1, row[max_rows];
    size_t n = problem->data->n_people;
    size_t to = n - from > block_size ? from + block_size : n;
    memset(out, 0, sizeof *out);
    for (size_t i = from; i < to; i++) {
        double weight = kor_problem_weight(problem, i);
        KOR_PREFETCH(kor_problem_ahead(problem, i));
        if (!(weight > 0)) {
            continue;
        }
        kor_problem_row(problem, i, row);
        struct part p = part_of(&problem->data->sums[i], at,
                                line_of(problem, row, at->terms));
        for (size_t j = 0; j < problem->n_rows; j++) {
            double counted = weight * row[j];
            out->r[j].x += counted * p.w.x;
            out->r[j].y += counted * p.w.y;
            for (size_t k = j; k < problem->n_rows; k++) {
                double both = counted * row[k];
                out->a[j][k].a += both * p.w2.a;
                out->a[j][k].b += both * p.w2.b;
                out->a[j][k].c += both * p.w2.c;
            }
        }
        out->form += weight * p.form;
        /* One logarithm for many determinants, each of them at least 1. */
        if (problem->data->weights) {
            out->log_det -= weight * log(p.scale);
        } else {
            product *= p.scale;
        }
        if (product < 1e-100) {
            out->log_det -= log(product);
            product = 1;
        }
    }
    out->log_det -= log(product);
}

static void
add_up(const struct kor_problem *problem, const struct sight *at,
       struct totals *out)
{
    union {
        struct totals of;
        double numbers[sizeof(struct totals) / sizeof(double)];
    } all, part;
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < problem->data->n_people; i += block_size) {
        add_up_block(problem, at, i, &part.of);
        add_numbers(all.numbers, part.numbers, KOR_LENGTH(all.numbers));
    }
    *out = all.of;
}

/* The lower triangle of A from its blocks; 'a' is all zeros. */
static void
spread_out(const struct kor_problem *problem,
           struct sym2 blocks[max_rows][max_rows],
           double a[max_terms][max_terms])
{
    for (size_t k = 0; k < problem->n_rows; k++) {
        bool is_crossed = kor_problem_has_slope(problem, k);
        for (size_t j = 0; j <= k; j++) {
            const struct sym2 *block = &blocks[j][k];
            bool is_sloped = kor_problem_has_slope(problem, j);
            a[2 * k][2 * j] = block->a;
            a[2 * k][2 * j + 1] = is_sloped ? block->b : 0;
            a[2 * k + 1][2 * j] = is_crossed ? block->b : 0;
            a[2 * k + 1][2 * j + 1] = is_crossed ? block->c : 0;
        }
        a[2 * k + 1][2 * k + 1] = is_crossed ? blocks[k][k].c : 1;
    }
}

/* Where level and slope do not go together, if slopes differ more than sigma
 * and that is near the data; else at 0. */
static void
choose_origin(const struct kor_problem *problem, struct root2 f,
              struct kor_deviance *out)
{
    double spread = problem->spread_g, slope = hypot(f.b, f.c);
    double origin = -f.a * (f.b / slope / slope);
    *out = (struct kor_deviance){.f = f};
    if (slope * spread > 1 && fabs(origin) < 30 * spread) {
        out->origin = origin;
        out->f = (struct root2){f.a * (f.c / slope), 0, slope};
    }
    out->c = root2_square(out->f);
}

/* Stores 'problem->from' as seen from 'origin'. */
static void
move_terms(const struct kor_problem *problem, double origin,
           double terms[max_terms])
{
    memcpy(terms, problem->from, sizeof problem->from);
    for (size_t j = 0; j < problem->n_rows; j++) {
        terms[2 * j] += origin * terms[2 * j + 1];
    }
}

bool
kor_deviance_at(const struct kor_problem *problem, struct root2 f,
                struct kor_deviance *out)
{
    struct totals totals;
    double terms[max_terms];
    size_t n = 2 * problem->n_rows;
    choose_origin(problem, f, out);
    move_terms(problem, out->origin, terms);
    struct sight at = {out->origin, out->f, out->c, terms};
    add_up(problem, &at, &totals);
    spread_out(problem, totals.a, out->chol);
    if (!kor_chol_factor(out->chol[0], n, max_terms, collinear)) {
        return false;
    }
    for (size_t j = 0; j < problem->n_rows; j++) {
        out->beta[2 * j] = totals.r[j].x;
        out->beta[2 * j + 1]
            = kor_problem_has_slope(problem, j) ? totals.r[j].y : 0;
    }
    kor_chol_forward(out->chol[0], n, max_terms, out->beta);
    out->rss = problem->off + totals.form;
    for (size_t k = 0; k < n; k++) {
        out->rss -= out->beta[k] * out->beta[k];
    }
    kor_chol_backward(out->chol[0], n, max_terms, out->beta);
    add_numbers(out->beta, terms, n);
    if (!(out->rss > 0) || !isfinite(out->rss)) {
        return false;
    }
    out->value = totals.log_det
               + problem->nu
                     * (1 + log(2 * acos(-1) * out->rss / problem->nu));
    if (problem->method == KOR_GROWTH_REML) {
        out->value += kor_chol_log_det(out->chol[0], n, max_terms);
    }
    return true;
}

/* Blocks of A^-1, those off the diagonal added to their mirror image. */
static void
invert(const struct kor_problem *problem, const struct kor_deviance *at,
       struct sym2 inverse[max_rows][max_rows])
{
    double full[max_terms][max_terms];
    size_t n_rows = problem->n_rows, n = 2 * n_rows;
    for (size_t k = 0; k < n; k++) {
        memset(full[k], 0, sizeof full[k]);
        full[k][k] = 1;
        kor_chol_forward(at->chol[0], n, max_terms, full[k]);
        kor_chol_backward(at->chol[0], n, max_terms, full[k]);
    }
    for (size_t j = 0; j < n_rows; j++) {
        for (size_t k = j; k < n_rows; k++) {
            double f = j == k ? 1 : 2;
            inverse[j][k].a = f * full[2 * j][2 * k];
            inverse[j][k].b = f / 2
                            * (full[2 * j][2 * k + 1]
                               + full[2 * j + 1][2 * k]);
            inverse[j][k].c = f * full[2 * j + 1][2 * k + 1];
            if (!kor_problem_has_slope(problem, k)) {
                inverse[j][k].c = 0;
            }
        }
    }
}

/* Sums over people for the derivatives. */
struct slope_sums {
    double trace[3];     /* tr(W E_k), less REML's share. */
    double square[3];    /* e'E_k e. */
    double traces[6];    /* -tr(W E_k W E_l), REML's share added. */
    double forms[6];     /* e'E_k W E_l e. */
    double h[3][max_terms]; /* (row) x W E_k e. */
    /* (row row') x W E_k W, upper triangle of blocks: the products aa, ab,
     * bb, ac, bc and cc of the entries of W, of which all three are made. */
    double falls[max_rows][max_rows][6];
};

/* E_0, E_1 and E_2 are the directions of c.a, c.b and c.c; the pairs run
 * 00, 01, 02, 11, 12, 22.  Adds tr(M E_k W E_l), made symmetric. */
static inline void
add_traces(double out[6], struct sym2 m, struct sym2 w)
{
    out[0] += m.a * w.a;
    out[1] += m.a * w.b + m.b * w.a;
    out[2] += m.b * w.b;
    out[3] += m.a * w.c + m.c * w.a + 2 * m.b * w.b;
    out[4] += m.b * w.c + m.c * w.b;
    out[5] += m.c * w.c;
}

/* W P W, where P = (row') A^-1 (row) is the person's share of A^-1. */
static inline struct sym2
leverage(const struct kor_problem *problem, const double row[],
         struct sym2 inverse[max_rows][max_rows], struct sym2 w)
{
    struct sym2 p = {0, 0, 0};
    for (size_t j = 0; j < problem->n_rows; j++) {
        for (size_t k = j; k < problem->n_rows; k++) {
            double f = row[j] * row[k];
            p.a += f * inverse[j][k].a;
            p.b += f * inverse[j][k].b;
            p.c += f * inverse[j][k].c;
        }
    }
    struct vec2 left = {w.a, w.b}, right = {w.b, w.c};
    return (struct sym2){sym2_form(left, p, left), sym2_form(left, p, right),
                         sym2_form(right, p, right)};
}

/* Adds a person with residual 'e' = w - W (row) beta, counted 'weight'
 * times. */
static inline void
add_residual(const struct kor_problem *problem, struct slope_sums *sums,
             struct vec2 e, struct sym2 w, const double row[], double weight)
{
    const struct vec2 v[3] = {{e.x, 0}, {e.y, e.x}, {0, e.y}};
    sums->square[0] += weight * e.x * e.x;
    sums->square[1] += weight * 2 * e.x * e.y;
    sums->square[2] += weight * e.y * e.y;
    for (size_t k = 0, pair = 0; k < 3; k++) {
        struct vec2 wv = sym2_times(w, v[k]);
        wv = (struct vec2){weight * wv.x, weight * wv.y};
        for (size_t l = k; l < 3; l++) {
            sums->forms[pair++] += wv.x * v[l].x + wv.y * v[l].y;
        }
        for (size_t j = 0; j < problem->n_rows; j++) {
            sums->h[k][2 * j] += row[j] * wv.x;
            if (kor_problem_has_slope(problem, j)) {
                sums->h[k][2 * j + 1] += row[j] * wv.y;
            }
        }
    }
}

/* Adds what makes -dA, a person counted 'weight' times. */
static inline void
add_fall_of_a(const struct kor_problem *problem, struct slope_sums *sums,
              struct sym2 w, const double row[], double weight)
{
    const double products[6] = {w.a * w.a, w.a * w.b, w.b * w.b,
                                w.a * w.c, w.b * w.c, w.c * w.c};
    for (size_t j = 0; j < problem->n_rows; j++) {
        for (size_t k = j; k < problem->n_rows; k++) {
            double both = weight * row[j] * row[k];
            for (size_t t = 0; t < 6; t++) {
                sums->falls[j][k][t] += both * products[t];
            }
        }
    }
}

/* The block of people that begins with 'from'. */
static void
add_slopes_block(const struct kor_problem *problem,
                 const struct kor_deviance *at,
                 struct sym2 inverse[max_rows][max_rows], size_t from,
                 struct slope_sums *sums)
{
    struct sight sight = {at->origin, at->f, at->c, at->beta};
    double row[max_rows];
    bool is_reml = problem->method == KOR_GROWTH_REML;
    size_t n = problem->data->n_people;
    size_t to = n - from > block_size ? from + block_size : n;
    memset(sums, 0, sizeof *sums);
    for (size_t i = from; i < to; i++) {
        double weight = kor_problem_weight(problem, i);
        KOR_PREFETCH(kor_problem_ahead(problem, i));
        if (!(weight > 0)) {
            continue;
        }
        kor_problem_row(problem, i, row);
        struct part p = part_of(&problem->data->sums[i], &sight,
                                line_of(problem, row, at->beta));
        add_residual(problem, sums, p.w, p.w2, row, weight);

        struct sym2 m = {0, 0, 0};
        if (is_reml) {
            m = leverage(problem, row, inverse, p.w2);
            add_fall_of_a(problem, sums, p.w2, row, weight);
        }
        sums->trace[0] += weight * (p.w2.a - m.a);
        sums->trace[1] += weight * 2 * (p.w2.b - m.b);
        sums->trace[2] += weight * (p.w2.c - m.c);
        m = (struct sym2){weight * (2 * m.a - p.w2.a),
                          weight * (2 * m.b - p.w2.b),
                          weight * (2 * m.c - p.w2.c)};
        add_traces(sums->traces, m, p.w2);
    }
}

static void
add_slopes(const struct kor_problem *problem, const struct kor_deviance *at,
           struct slope_sums *sums)
{
    struct sym2 inverse[max_rows][max_rows];
    union {
        struct slope_sums of;
        double numbers[sizeof(struct slope_sums) / sizeof(double)];
    } all, part;
    invert(problem, at, inverse);
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < problem->data->n_people; i += block_size) {
        add_slopes_block(problem, at, inverse, i, &part.of);
        add_numbers(all.numbers, part.numbers, KOR_LENGTH(all.numbers));
    }
    *sums = all.of;
}

/* Stores -dA by E_k in 'out', which is all zeros: the lower triangle. */
static void
spread_out_fall(const struct kor_problem *problem,
                const struct slope_sums *sums, size_t k,
                double out[max_terms][max_terms])
{
    struct sym2 blocks[max_rows][max_rows];
    for (size_t i = 0; i < problem->n_rows; i++) {
        for (size_t j = i; j < problem->n_rows; j++) {
            const double *p = sums->falls[i][j];
            const struct sym2 by[3] = {{p[0], p[1], p[2]},
                                       {2 * p[1], p[2] + p[3], 2 * p[4]},
                                       {p[2], p[4], p[5]}};
            blocks[i][j] = by[k];
        }
    }
    spread_out(problem, blocks, out);
    for (size_t j = problem->n_crossed; j < problem->n_rows; j++) {
        out[2 * j + 1][2 * j + 1] = 0;
    }
}

/* Replaces the symmetric matrix of which 'm' has the lower triangle by
 * L^-1 m L^-T, where L L' = A. */
static void
relate_to_a(const struct kor_deviance *at, size_t n,
            double m[max_terms][max_terms])
{
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < i; j++) {
                double lower = m[i][j];
                m[i][j] = side ? m[j][i] : lower;
                m[j][i] = lower;
            }
        }
        for (size_t i = 0; i < n; i++) {
            kor_chol_forward(at->chol[0], n, max_terms, m[i]);
        }
    }
}

/* Takes tr(A^-1 dA A^-1 dA) off the second derivatives: the part of those of
 * ln det A that is not a sum over people. */
static void
take_off_squares(const struct kor_problem *problem,
                 const struct kor_deviance *at, const struct slope_sums *sums,
                 double dd[3][3])
{
    double fall[3][max_terms][max_terms];
    size_t n = 2 * problem->n_rows;
    memset(fall, 0, sizeof fall);
    for (size_t k = 0; k < 3; k++) {
        spread_out_fall(problem, sums, k, fall[k]);
        relate_to_a(at, n, fall[k]);
        for (size_t l = 0; l <= k; l++) {
            double trace = 0;
            for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < n; j++) {
                    trace += fall[k][i][j] * fall[l][i][j];
                }
            }
            dd[k][l] -= trace;
            dd[l][k] = dd[k][l];
        }
    }
}

void
kor_deviance_slopes(const struct kor_problem *problem,
                    const struct kor_deviance *at, struct kor_slopes *out)
{
    struct slope_sums sums;
    size_t n = 2 * problem->n_rows;
    add_slopes(problem, at, &sums);
    double f = problem->nu / at->rss;
    for (size_t k = 0; k < 3; k++) {
        out->d[k] = sums.trace[k] - f * sums.square[k];
        kor_chol_forward(at->chol[0], n, max_terms, sums.h[k]);
    }
    for (size_t k = 0, pair = 0; k < 3; k++) {
        for (size_t l = k; l < 3; l++, pair++) {
            double rss2 = sums.forms[pair];
            for (size_t t = 0; t < n; t++) {
                rss2 -= sums.h[k][t] * sums.h[l][t];
            }
            double dd = sums.traces[pair] + 2 * f * rss2
                      - f * sums.square[k] * sums.square[l] / at->rss;
            out->dd[k][l] = dd;
            out->dd[l][k] = dd;
        }
    }
    if (problem->method == KOR_GROWTH_REML) {
        take_off_squares(problem, at, &sums, out->dd);
    }
}

bool
kor_deviance_moments(const struct kor_problem *problem,
                     const struct kor_deviance *at, struct sym2 *c)
{
    struct slope_sums sums;
    double more[3], m[3][3], squares[3][3] = {{0}};
    add_slopes(problem, at, &sums);
    if (problem->method == KOR_GROWTH_REML) {
        take_off_squares(problem, at, &sums, squares);
    }
    for (size_t k = 0, pair = 0; k < 3; k++) {
        more[k] = sums.square[k] / problem->within - sums.trace[k];
        for (size_t l = k; l < 3; l++) {
            m[l][k] = -sums.traces[pair++] - squares[k][l];
        }
    }
    if (!isfinite(more[0] + more[1] + more[2])
        || !kor_chol_factor(m[0], 3, 3, collinear)) {
        return false;
    }
    kor_chol_forward(m[0], 3, 3, more);
    kor_chol_backward(m[0], 3, 3, more);
    *c = (struct sym2){at->c.a + more[0], at->c.b + more[1],
                       at->c.c + more[2]};
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Neighbours: see kor/stat/neighbours.h. */

#include "kor/stat/neighbours.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/tail.h"
#include "stat/sort.h"

enum { max_features = KOR_NEIGHBOURS_FEATURES };

struct finding {
    const struct kor_neighbours_target *target;
    const struct kor_neighbours_pool *pool;
    const struct kor_neighbours_wish *wish;
    const struct kor_neighbours_work *work;
    bool has_slope;
    double until; /* Time of the target's last score. */
    size_t n_features;
    double own[max_features];   /* Of the target. */
    double scale[max_features]; /* Standard deviations; 0: not counted. */
};

/* --- checks ------------------------------------------------------------ */

static enum kor_code
check_wish(const struct kor_neighbours_target *target,
           const struct kor_neighbours_pool *pool,
           const struct kor_neighbours_wish *wish, struct kor_err *err)
{
    if (target->n < 1) {
        return kor_fail(err, KOR_BAD_VALUE, "target",
                        "who is to be compared needs a start score");
    }
    if (pool->n_covariates > KOR_NEIGHBOURS_MAX_COVARIATES) {
        return kor_fail(err, KOR_BAD_VALUE, "covariates",
                        "people can be compared by at most %d columns",
                        KOR_NEIGHBOURS_MAX_COVARIATES);
    }
    if (wish->k < 1) {
        return kor_fail(err, KOR_BAD_VALUE, "k",
                        "the number of neighbours must be at least 1");
    }
    if (!(wish->level > 0 && wish->level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1");
    }
    return KOR_OK;
}

/* Whether all 'n' scores can be reckoned with. */
static bool
are_numbers(const struct finding *f, const double at[], const double points[],
            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double g = f->has_slope ? kor_time_apply(f->wish->f, at[i]) : 0;
        if (!isfinite(at[i]) || !isfinite(points[i]) || !isfinite(g)) {
            return false;
        }
    }
    return true;
}

static enum kor_code
check_scores(const struct finding *f, struct kor_err *err)
{
    const struct kor_episodes *e = f->pool->episodes;
    if (!are_numbers(f, f->target->at, f->target->points, f->target->n)) {
        return kor_fail(err, KOR_BAD_VALUE, "target",
                        "times and scores must be numbers, and times such "
                        "that have a %s",
                        kor_time_name(f->wish->f));
    }
    for (size_t i = 0; i < e->n_people; i++) {
        size_t from = e->from[i], n = kor_episodes_count(e, i);
        if (!are_numbers(f, e->at + from, e->points + from, n)) {
            return kor_fail(err, KOR_BAD_VALUE, "episodes",
                            "times and scores must be numbers, and times "
                            "such that have a %s: person %zu has another",
                            kor_time_name(f->wish->f), i + 1);
        }
    }
    return KOR_OK;
}

/* --- what makes people alike ------------------------------------------- */

/* The slope of the least-squares line over f(time) through 'n' scores, at
 * least 2, about their means. */
static double
slope_of(enum kor_time_function f, const double at[], const double points[],
         size_t n)
{
    double g = 0, y = 0, gg = 0, gy = 0;
    for (size_t i = 0; i < n; i++) {
        double k = (double)(i + 1);
        g += (kor_time_apply(f, at[i]) - g) / k;
        y += (points[i] - y) / k;
    }
    for (size_t i = 0; i < n; i++) {
        double off = kor_time_apply(f, at[i]) - g;
        gg += off * off;
        gy += off * (points[i] - y);
    }
    return gy / gg;
}

/* Fills a row of features: start score, slope, covariates. */
static void
describe(const struct finding *f, const double at[], const double points[],
         size_t n, const double covariates[], double row[])
{
    size_t used = 0;
    row[used++] = points[0];
    if (f->has_slope) {
        row[used++] = slope_of(f->wish->f, at, points, n);
    }
    for (size_t i = 0; i < f->pool->n_covariates; i++) {
        row[used++] = covariates ? covariates[i] : NAN;
    }
}

/* How many scores person 'i' had given by then; 0 if the person cannot be
 * compared. */
static size_t
count_by_then(const struct finding *f, size_t i)
{
    const struct kor_episodes *e = f->pool->episodes;
    size_t from = e->from[i], n = kor_episodes_count(e, i), given = 0;
    const double *row = f->pool->covariates;
    if (i == f->target->index) {
        return 0;
    }
    for (size_t c = 0; row && c < f->pool->n_covariates; c++) {
        if (!isfinite(row[i * f->pool->n_covariates + c])) {
            return 0;
        }
    }
    if (!f->has_slope) {
        return n > 1;
    }
    while (given < n && e->at[from + given] <= f->until) {
        given++;
    }
    return given > 1 && given < n ? given : 0;
}

/* Describes everybody who can be compared, in order; returns how many. */
static size_t
describe_all(const struct finding *f)
{
    const struct kor_neighbours_pool *pool = f->pool;
    const struct kor_episodes *e = pool->episodes;
    size_t n = 0;
    for (size_t i = 0; i < e->n_people; i++) {
        size_t given = count_by_then(f, i);
        if (given > 0) {
            const double *row = pool->covariates;
            describe(f, e->at + e->from[i], e->points + e->from[i], given,
                     row ? row + i * pool->n_covariates : NULL,
                     f->work->features[n]);
            f->work->found[n++].index = i;
        }
    }
    return n;
}

/* Sets the scale of feature 'c' among 'n' people. */
static void
set_scale(struct finding *f, size_t c, size_t n)
{
    double(*features)[max_features] = f->work->features;
    double mean = 0, squares = 0, size = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (features[i][c] - mean) / (double)(i + 1);
    }
    for (size_t i = 0; i < n; i++) {
        double off = features[i][c] - mean;
        squares += off * off;
        size = fmax(size, fabs(features[i][c]));
    }
    double sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
    /* What rounding alone makes of equal numbers is no spread, and what has
     * no finite one would make distances that are no numbers. */
    bool is_spread = sd > 1e-12 * size && isfinite(sd);
    f->scale[c] = is_spread && isfinite(f->own[c]) ? sd : 0;
}

/* --- who is nearest ---------------------------------------------------- */

static int
by_distance(const void *a, const void *b)
{
    const struct kor_neighbour *x = a, *y = b;
    if (x->distance > y->distance || x->distance < y->distance) {
        return x->distance > y->distance ? 1 : -1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

/* In standard deviations, held to nine decimals: people who are as far away
 * are so on another scale too. */
static double
distance_to(const struct finding *f, const double row[])
{
    double squares = 0;
    for (size_t c = 0; c < f->n_features; c++) {
        if (f->scale[c] > 0) {
            double off = (row[c] - f->own[c]) / f->scale[c];
            squares += off * off;
        }
    }
    return round(sqrt(squares) * 1e9) / 1e9;
}

static void
find(struct finding *f, struct kor_neighbours *out)
{
    struct kor_neighbour *found = f->work->found;
    size_t n = describe_all(f);
    for (size_t c = 0; c < f->n_features; c++) {
        set_scale(f, c, n);
        out->n_features += f->scale[c] > 0;
    }
    for (size_t i = 0; i < n; i++) {
        found[i].distance = distance_to(f, f->work->features[i]);
    }
    kor_sort_rows(found, n, sizeof *found, by_distance);
    out->n_compared = n;
    out->n = n < f->wish->k ? n : f->wish->k;
}

/* --- how they went on -------------------------------------------------- */

/* The session of the score 'r', or the number of sessions for none. */
static size_t
session_of(const struct kor_episodes *e, size_t r)
{
    double session = floor(e->at[r] + 0.5);
    return session >= 0 && session < KOR_NEIGHBOURS_MAX_SESSIONS
             ? (size_t)session : KOR_NEIGHBOURS_MAX_SESSIONS;
}

/* Takes the neighbours' scores into means or, in a second pass, squares. */
static void
gather(const struct finding *f, bool is_second, struct kor_neighbours *out)
{
    const struct kor_episodes *e = f->pool->episodes;
    for (size_t i = 0; i < out->n; i++) {
        size_t p = f->work->found[i].index;
        for (size_t r = e->from[p]; r < e->from[p + 1]; r++) {
            size_t session = session_of(e, r);
            if (session == KOR_NEIGHBOURS_MAX_SESSIONS) {
                continue;
            }
            struct kor_neighbours_session *to = &out->sessions[session];
            double off = e->points[r] - to->mean;
            if (is_second) {
                to->sd += off * off;
            } else {
                to->mean += off / (double)++to->n;
            }
        }
    }
}

static void
finish(const struct kor_neighbours_wish *wish,
       struct kor_neighbours_session *s)
{
    if (s->n < 2) {
        s->mean = s->n ? s->mean : NAN;
        s->sd = s->low = s->high = NAN;
        return;
    }
    double n = (double)s->n;
    s->sd = sqrt(s->sd / (n - 1));
    double reach = kor_t_quantile((1 + wish->level) / 2, n - 1) * s->sd
                 * sqrt(1 + 1 / n);
    s->low = fmax(s->mean - reach, wish->min_points);
    s->high = fmin(s->mean + reach, wish->max_points);
}

enum kor_code
kor_neighbours_find(const struct kor_neighbours_target *target,
                    const struct kor_neighbours_pool *pool,
                    const struct kor_neighbours_wish *wish,
                    const struct kor_neighbours_work *work,
                    struct kor_neighbours *out, struct kor_err *err)
{
    struct finding f = {.target = target, .pool = pool, .wish = wish,
                        .work = work, .has_slope = target->n > 1};
    enum kor_code code = check_wish(target, pool, wish, err);
    if (code == KOR_OK) {
        code = check_scores(&f, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    f.until = target->at[target->n - 1];
    f.n_features = 1 + f.has_slope + pool->n_covariates;
    describe(&f, target->at, target->points, target->n, target->covariates,
             f.own);
    memset(out, 0, sizeof *out);
    find(&f, out);
    gather(&f, false, out);
    gather(&f, true, out);
    for (size_t i = 0; i < KOR_NEIGHBOURS_MAX_SESSIONS; i++) {
        finish(wish, &out->sessions[i]);
    }
    return KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made-up people: see bench/made_up.h. */

#include "bench/made_up.h"

#include <math.h>
#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/stat/timefn.h"
#include "support/dice.h"

#define SEED 950000

static double
normal(struct dice *dice)
{
    double u = 1 - dice_real(dice), v = dice_real(dice);
    return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

struct made_up
made_up_people(size_t n_people, size_t n_rows)
{
    struct made_up made = {.n_rows = n_rows};
    struct dice dice = {SEED};
    made.from = kor_alloc_array(n_people + 1, sizeof *made.from);
    made.at = kor_alloc_array(n_rows, sizeof *made.at);
    made.points = kor_alloc_array(n_rows, sizeof *made.points);
    for (size_t i = 0; i < n_people; i++) {
        size_t from = made.from[i], n = (n_rows - from) / (n_people - i);
        double level = 18 + 4 * normal(&dice), slope = 3 + 2 * normal(&dice);
        for (size_t k = 0; k < n; k++) {
            double session = (double)k + 1;
            double y = level + slope * log(session) + 3 * normal(&dice);
            made.at[from + k] = session;
            made.points[from + k] = fmin(fmax(round(10 * y) / 10, 0), 40);
        }
        made.from[i + 1] = from + n;
    }
    made.episodes
        = (struct kor_episodes){n_people, made.from, made.at, made.points};
    return made;
}

void
made_up_done(struct made_up *made)
{
    free(made->from);
    free(made->at);
    free(made->points);
    *made = (struct made_up){0};
}

void
made_up_sums(const struct made_up *made, size_t n_apart,
             struct kor_growth_centre *centre, struct kor_growth_sums sums[])
{
    const struct kor_episodes *e = &made->episodes;
    double *g = kor_alloc_array(made->n_rows, sizeof *g);
    for (size_t r = 0; r < made->n_rows; r++) {
        g[r] = kor_time_apply(KOR_TIME_LOG, e->at[r]);
    }
    *centre = kor_growth_centre_of(g, e->points, made->n_rows);
    for (size_t i = 0; i < e->n_people; i++) {
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t r = e->from[i] + n_apart; r < e->from[i + 1]; r++) {
            kor_growth_add(&sums[i], centre, g[r], e->points[r]);
        }
    }
    free(g);
}

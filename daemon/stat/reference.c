/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A course from elsewhere as episodes: see kor/stat/reference.h. */

#include "kor/stat/reference.h"

#include <math.h>

#include "stat/sym2.h"

double
kor_reference_weight(size_t n_own)
{
    return n_own < KOR_REFERENCE_FULL ? (double)(KOR_REFERENCE_FULL - n_own)
                                      : 0;
}

bool
kor_reference_can(const struct kor_course *reference)
{
    const struct kor_calibration *c = &reference->calibration;
    return c->n_times > 1 && c->n_people > 0
        && c->overall[KOR_WIDTH_80].n > 2 * c->n_people;
}

/* S of somebody who comes to the sessions in the shares of the reference, g
 * counted from 'centre'. */
static struct sym2
usual_sessions(const struct kor_course *reference, double centre)
{
    const struct kor_calibration *c = &reference->calibration;
    struct sym2 s = {0, 0, 0};
    for (size_t t = 0; t < c->n_times; t++) {
        double share
            = (double)c->by_time[KOR_WIDTH_80][t].n / (double)c->n_people;
        double g = kor_time_apply(reference->f, c->times[t]) - centre;
        s.a += share;
        s.b += share * g;
        s.c += share * g * g;
    }
    return s;
}

/* S C S + S, the spread of Z'y relative to sigma^2. */
static struct sym2
spread_of_sums(struct sym2 s, struct sym2 c)
{
    struct vec2 left = {s.a, s.b}, right = {s.b, s.c};
    return (struct sym2){sym2_form(left, c, left) + s.a,
                         sym2_form(left, c, right) + s.b,
                         sym2_form(right, c, right) + s.c};
}

/* The sums of one made-up person: Z'y is 'sy'; what is left round an own line
 * is what n - 2 errors leave. */
static struct kor_growth_sums
sums_with(struct sym2 s, struct vec2 sy, double sigma2)
{
    double det = sym2_det(s);
    struct sym2 inverse = {s.c / det, -s.b / det, s.a / det};
    return (struct kor_growth_sums){
        .n = s.a, .g = s.b, .gg = s.c, .y = sy.x, .gy = sy.y,
        .yy = sym2_form(sy, inverse, sy) + (s.a - 2) * sigma2};
}

void
kor_reference_people(const struct kor_course *reference,
                     const struct kor_growth_centre *centre,
                     struct kor_growth_sums sums[KOR_REFERENCE_PEOPLE],
                     double starts[KOR_REFERENCE_PEOPLE])
{
    double g = centre->g, sigma2 = reference->sigma * reference->sigma;
    double both = reference->tau01 + g * reference->tau11;
    struct sym2 s = usual_sessions(reference, g);
    struct sym2 c = {(reference->tau00 + g * (reference->tau01 + both))
                         / sigma2, both / sigma2, reference->tau11 / sigma2};
    struct sym2 v = spread_of_sums(s, c);
    /* Twice the variance, since half of them differ along either axis. */
    double a = sqrt(2 * sigma2 * v.a), b = 2 * sigma2 * v.b / a;
    double d = sqrt(fmax(2 * sigma2 * v.c - b * b, 0));
    const struct vec2 off[] = {{a, b}, {-a, -b}, {0, d}, {0, -d}};
    for (size_t i = 0; i < KOR_REFERENCE_PEOPLE; i++) {
        double start = reference->calibration.starts[i / 4];
        double slope = reference->b1 + reference->b3 * start;
        struct vec2 line = {reference->b0 + reference->b2 * start + slope * g
                                - centre->y, slope};
        struct vec2 mean = sym2_times(s, line);
        starts[i] = start;
        sums[i] = sums_with(s,
                            (struct vec2){mean.x + off[i % 4].x,
                                          mean.y + off[i % 4].y},
                            sigma2);
    }
}

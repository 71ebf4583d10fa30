/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_POSTERIOR_H
#define STAT_POSTERIOR_H 1

#include "kor/stat/growth.h"
#include "stat/sym2.h"

/* A person's own part of level and slope given the scores so far, in the
 * coordinates of their sums (N. M. Laird and J. H. Ware (1982), Biometrics 38,
 * 963-974): K Z'r with the variance sigma^2 K, K = (I + C S)^-1 C. */
struct posterior {
    struct vec2 own;  /* Added to level and slope of everybody like this. */
    struct sym2 left; /* K: variance relative to sigma^2. */
};

/* 'c' is C = G / sigma^2, 'line' level and slope of everybody. */
static inline struct posterior
posterior_of(const struct kor_growth_sums *sums, struct sym2 c,
             struct vec2 line)
{
    struct sym2 s = {sums->n, sums->g, sums->gg};
    struct vec2 off = sym2_times(s, line);
    struct vec2 rest = {sums->y - off.x, sums->gy - off.y};
    double det_s = sym2_det_psd(s), det_c = sym2_det_psd(c);
    double scale = 1 / (1 + sym2_trace(s, c) + det_s * det_c);
    struct posterior out;
    out.left = sym2_blend(c, det_c, s, scale);
    out.own = sym2_times(out.left, rest);
    return out;
}

#endif /* stat/posterior.h */

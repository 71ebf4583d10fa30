/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_HALF_H
#define KOR_DEFINE_HALF_H 1

#include <stdint.h>

#include "kor/stat/episodes.h"

/* Half: one half of some people, to fit on the one and look at the other. */

/* Begin with '= {0}', end with kor_half_done(). */
struct kor_half {
    struct kor_episodes episodes; /* Of the arrays below. */
    size_t *from;
    double *at, *points;
};

/* Copies the half 'which' (0 or 1) of the people as 'seed' parts them
 * (kor/stat/deal.h). */
void kor_half_take(const struct kor_episodes *all, uint64_t seed,
                   uint32_t which, struct kor_half *half);

/* Frees what the half holds; an empty one too. */
void kor_half_done(struct kor_half *half);

#endif /* kor/define/half.h */

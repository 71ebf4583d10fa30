/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Halves of people: see kor/define/half.h. */

#include "kor/define/half.h"

#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/stat/deal.h"

void
kor_half_take(const struct kor_episodes *all, uint64_t seed, uint32_t which,
              struct kor_half *half)
{
    size_t n_people = all->n_people, n = 0, used = 0;
    uint32_t *part = kor_alloc_array(n_people, sizeof *part);
    half->from = kor_alloc_array(n_people + 1, sizeof *half->from);
    half->at = kor_alloc_array(all->from[n_people], sizeof *half->at);
    half->points = kor_alloc_array(all->from[n_people], sizeof *half->points);
    kor_deal(seed, 2, part, n_people);
    half->from[0] = 0;
    for (size_t i = 0; i < n_people; i++) {
        if (part[i] != which) {
            continue;
        }
        for (size_t r = all->from[i]; r < all->from[i + 1]; r++) {
            half->at[used] = all->at[r];
            half->points[used++] = all->points[r];
        }
        half->from[++n] = used;
    }
    half->episodes
        = (struct kor_episodes){n, half->from, half->at, half->points};
    free(part);
}

void
kor_half_done(struct kor_half *half)
{
    free(half->from);
    free(half->at);
    free(half->points);
    *half = (struct kor_half){0};
}

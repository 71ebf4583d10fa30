/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_OWN_SUMS_H
#define STAT_OWN_SUMS_H 1

#include "kor/stat/growth.h"

/* A person's sums about the own mean of g, n times each, so that none is
 * divided.  There level and slope of the own line know nothing of each other,
 * and once these differences are taken no other large numbers need be. */
struct own_sums {
    double gg; /* n sum g^2 - (sum g)^2; 0 if all records are at one time. */
    double gy; /* n sum g y - sum g sum y; 0 if gg is. */
};

static inline struct own_sums
own_sums_of(const struct kor_growth_sums *s)
{
    double most = s->n * s->gg, gg = most - s->g * s->g;
    /* What rounding left of records at one time is no spread. */
    bool is_spread = gg > 1e-12 * most;
    return (struct own_sums){is_spread ? gg : 0,
                             is_spread ? s->n * s->gy - s->g * s->y : 0};
}

#endif /* stat/own_sums.h */

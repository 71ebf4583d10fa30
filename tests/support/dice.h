/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_DICE_H
#define TESTS_SUPPORT_DICE_H 1

/* Random numbers that a seed repeats: G. L. Steele, D. Lea and C. H. Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014
 * (SplitMix64). */

#include <stdint.h>

struct dice {
    uint64_t state; /* Begin with the seed. */
};

static inline uint64_t
dice_bits(struct dice *dice)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A whole number from 'least' to 'most'. */
static inline int64_t
dice_int(struct dice *dice, int64_t least, int64_t most)
{
    uint64_t span = (uint64_t)most - (uint64_t)least + 1;
    uint64_t bits = dice_bits(dice);
    return (int64_t)((uint64_t)least + (span ? bits % span : bits));
}

/* A number from 0 to just under 1. */
static inline double
dice_real(struct dice *dice)
{
    return (double)(dice_bits(dice) >> 11) / 9007199254740992.0;
}

#endif /* tests/support/dice.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_DEAL_H
#define KOR_STAT_DEAL_H 1

#include <stddef.h>
#include <stdint.h>

/* Dealing people into parts of the same size, as a seed says. */

/* Sets out[0 .. n - 1] to the part, 0 to n_parts - 1, that each of 'n' people
 * is dealt into; parts differ by one at most.  The same seed deals alike.
 *
 * Random numbers: G. L. Steele, D. Lea and C. H. Flood (2014), "Fast
 * splittable pseudorandom number generators" (SplitMix64); order: R.
 * Durstenfeld (1964), Algorithm 235, Commun. ACM 7, 420. */
void kor_deal(uint64_t seed, uint32_t n_parts, uint32_t out[], size_t n);

/* The seed of deal 'i' of many that belong to 'seed', below 2^53.  Deals of
 * different seeds have none in common. */
uint64_t kor_deal_seed(uint64_t seed, uint64_t i);

#endif /* kor/stat/deal.h */

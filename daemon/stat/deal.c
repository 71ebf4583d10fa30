/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dealing people into parts: see kor/stat/deal.h. */

#include "kor/stat/deal.h"

static uint64_t
next_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void
kor_deal(uint64_t seed, uint32_t n_parts, uint32_t out[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = (uint32_t)(i % n_parts);
    }
    for (size_t i = n; i > 1; i--) {
        size_t other = (size_t)(next_bits(&seed) % i);
        uint32_t part = out[i - 1];
        out[i - 1] = out[other];
        out[other] = part;
    }
}

uint64_t
kor_deal_seed(uint64_t seed, uint64_t i)
{
    uint64_t state = next_bits(&seed) + i;
    return next_bits(&state) >> 11;
}

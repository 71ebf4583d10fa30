/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_FUZZ_FEED_H
#define TESTS_FUZZ_FEED_H 1

/* Structured data from a fuzzer's bytes: counts, and numbers of the kinds
 * that statistics trip over.  Zeros follow where the bytes end. */

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct feed {
    const uint8_t *at;
    size_t left;
};

/* Asserts that stay on, without cmocka. */
#define must(holds) must_at((holds), __FILE__, __LINE__)

static inline void
must_at(bool holds, const char *file, int line)
{
    if (!holds) {
        fprintf(stderr, "%s:%d: it must hold, and does not\n", file, line);
        abort();
    }
}

static inline uint8_t
feed_byte(struct feed *feed)
{
    if (feed->left == 0) {
        return 0;
    }
    feed->left--;
    return *feed->at++;
}

/* 0 to 'most', which is below 256. */
static inline size_t
feed_count(struct feed *feed, size_t most)
{
    return feed_byte(feed) % (most + 1);
}

static inline uint64_t
feed_bits(struct feed *feed)
{
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++) {
        bits = bits << 8 | feed_byte(feed);
    }
    return bits;
}

/* Any double at all, but mostly a small whole number, so that ties and
 * straight lines come about. */
static inline double
feed_number(struct feed *feed)
{
    static const double odd[]
        = {NAN, INFINITY, -INFINITY, 0.0, -0.0, 1e9, -1e9, 1e15, 1e150,
           -1e150, 1e308, -1e308, 1e-9, 1e-150, 5e-324, 0.1};
    uint8_t kind = feed_byte(feed);
    if (kind < 160) {
        return kind % 64;
    }
    if (kind < 200) {
        return ((double)feed_byte(feed) * 256 + feed_byte(feed) - 32768) / 64;
    }
    if (kind < 216) {
        return odd[kind - 200];
    }
    if (kind < 240) {
        return 1e9 + feed_byte(feed);
    }
    uint64_t bits = feed_bits(feed);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* The same without NAN and infinities. */
static inline double
feed_finite(struct feed *feed)
{
    double number = feed_number(feed);
    return isfinite(number) ? number : 0;
}

#endif /* tests/fuzz/feed.h */

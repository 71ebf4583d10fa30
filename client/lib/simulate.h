/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_SIMULATE_H
#define CLIENT_LIB_SIMULATE_H 1

#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

/* Made-up people: a caseload with the outcome check and the alliance check at
 * every session, for demonstrations, tests and benchmarks.
 *
 * Nobody is behind these numbers and nothing can be learnt from them.  Most
 * people improve, some do not move, some get worse, some stop early; sessions
 * are missed and items forgotten.  Each person comes from an own stream of
 * random numbers (splitmix64 of S. Vigna and others; normal ones after G. E.
 * P. Box and M. E. Muller, 1958), so that a larger file begins with the same
 * people, but for their dates and endings.  The same wish makes the same
 * bytes. */

#define KOR_SIMULATE_MAX_PEOPLE 200000
#define KOR_SIMULATE_MIN_DAYS 200

struct kor_simulation {
    int64_t people; /* 1 to KOR_SIMULATE_MAX_PEOPLE. */
    int64_t open;   /* Of them still open: 0 to 'people'. */
    uint64_t seed;
    int32_t start;  /* No session before this date ... */
    int32_t until;  /* ... or after this one, at least KOR_SIMULATE_MIN_DAYS
                     * later. */
};

/* Adds the file to 'csv' and stores how many sessions it has in
 * '*n_sessions'.  Returns KOR_BAD_VALUE if a member is outside its limits. */
KOR_NODISCARD enum kor_code kor_simulate(const struct kor_simulation *wish,
                                         struct kor_buf *csv,
                                         size_t *n_sessions,
                                         struct kor_err *err);

/* The import map of such a file. */
extern const char kor_simulate_map[];

#endif /* client/lib/simulate.h */

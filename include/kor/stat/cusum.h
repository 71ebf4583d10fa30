/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CUSUM_H
#define KOR_STAT_CUSUM_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Cusum: whether, and from when on, an event has become more or less frequent
 * in a unit than expected, from one ended episode to the next.
 *
 * S. H. Steiner, R. J. Cook, V. T. Farewell and T. Treasure (2000),
 * Biostatistics 1, 441-452: each person adds the log likelihood ratio of odds
 * that are R times the expected ones against the expected,
 *
 *     W = ln R - ln(1 - p + R p) after an event,  -ln(1 - p + R p) after none
 *
 * with p the chance expected for that person, and the sum never goes below 0.
 * One sum looks for odds R times as high, one for odds R times as low.  When
 * a sum reaches the limit it signals, and starts again at 0 with the next
 * person; the other goes on.
 *
 * Pure: no state, any number of threads. */

struct kor_cusum_rule {
    double odds_ratio; /* R; above 1, finite; often 2. */
    double limit;      /* Above 0; how often chance alone reaches it stands in
                          docs/methods/cusum.md. */
};

/* One person, in the order in which the outcomes came. */
struct kor_cusum_person {
    double event;    /* 1 or 0; NAN if not known: then the sums stay. */
    double expected; /* Chance of the event; above 0, below 1. */
};

/* The sums after a person, with a signal before starting again. */
struct kor_cusum_row {
    double more, less; /* At least 0. */
    bool is_more;      /* 'more' has reached the limit. */
    bool is_less;
};

/* The first 'n' 'rows', one for each of 'people'.
 *
 * Returns KOR_BAD_VALUE, and leaves 'rows' alone, if a number is outside its
 * range; 'err' names the field, and the person by position from 1. */
KOR_NODISCARD enum kor_code kor_cusum_of(
    const struct kor_cusum_rule *rule, const struct kor_cusum_person people[],
    size_t n, struct kor_cusum_row rows[], struct kor_err *err);

#endif /* kor/stat/cusum.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_PAIR_H
#define KOR_STAT_PAIR_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"
#include "kor/stat/summary.h"

struct kor_err;

/* Pair: outcome on two scales together, in the way of NHS Talking Therapies
 * in England (NHS Talking Therapies for anxiety and depression manual).  With
 * PHQ-9 (caseness from 10, reliable change from 6) and GAD-7 (from 8, from 4):
 *
 *   at caseness           on either scale not past its cut-off
 *   recovered             at caseness at the start, on neither at the end
 *   reliably improved     reliably better on one scale at least, and reliably
 *                         worse on neither
 *   reliably deteriorated reliably worse on one at least, better on neither
 *   reliably recovered    recovered and reliably improved
 *
 * Counted are people with at least two sessions, whose treatment has ended:
 * the second is for the caller to see to.  Shares of recovery are of those at
 * caseness at the start, shares of change of all counted.
 *
 * Pure: no state, any number of threads, nothing allocated. */

/* The people, in any order; borrowed for the call.  NAN is missing.  The last
 * score there is of a scale is its end. */
struct kor_pair_people {
    const double *start[2]; /* For scale 0 and 1. */
    const double *end[2];
    const double *sessions; /* Sessions attended; null: all had two. */
    size_t n;
};

/* What holds for one person. */
struct kor_pair_person {
    bool is_counted; /* False: all else is false. */
    bool was_at_caseness;
    bool has_recovered;
    bool has_improved; /* Reliably. */
    bool has_deteriorated;
    bool has_reliably_recovered;
};

/* Counts and shares, with Wilson's interval at the level asked for. */
struct kor_pair {
    size_t n;           /* Counted. */
    size_t n_missing;   /* Left out: a score, or the sessions, is missing. */
    size_t n_too_short; /* Left out: fewer than two sessions. */
    size_t n_at_caseness;
    size_t n_recovered;
    size_t n_improved;
    size_t n_deteriorated;
    size_t n_reliably_recovered;
    struct kor_share recovered; /* Of n_at_caseness; NAN if that is 0. */
    struct kor_share reliably_recovered;
    struct kor_share improved; /* Of n. */
    struct kor_share deteriorated;
};

/* One person on the 'scales' (checked, both with cut-off and reliable
 * change), with no score missing. */
struct kor_pair_person kor_pair_judge(const struct kor_measure scales[2],
                                      const double start[2],
                                      const double end[2]);

/* Everybody in 'people' to '*out' and, unless null, 'persons' (n of them).
 * 'level' of the intervals lies between 0 and 1.
 *
 * KOR_BAD_VALUE if a scale breaks the rules of kor_measure_check() or lacks
 * cut-off or reliable change, if a score is not on its scale (the text names
 * the person by position from 1), or if the level is outside its limits.
 * '*out' is left alone then. */
KOR_NODISCARD enum kor_code kor_pair_of(const struct kor_measure scales[2],
                                        const struct kor_pair_people *people,
                                        double level, struct kor_pair *out,
                                        struct kor_pair_person persons[],
                                        struct kor_err *err);

#endif /* kor/stat/pair.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_NEIGHBOURS_H
#define KOR_STAT_NEIGHBOURS_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/episodes.h"
#include "kor/stat/timefn.h"

struct kor_err;

/* Neighbours: the closed episodes most like a person's, and how they went on:
 * a second opinion that rests on no model of growth.
 *
 *   - What makes people alike: the start score, their covariates, and, if the
 *     person has given scores since the start, the slope of the least-squares
 *     line over f(time) through the scores up to the person's last one, the
 *     start score among them.
 *   - Each of these is counted in standard deviations among those who can be
 *     compared: who have a later score than the person's last one, all
 *     covariates, and, if the slope counts, two scores by then.  What does
 *     not vary there, or is missing (NAN) for the person, does not count.
 *   - The k with the least Euclidean distance are taken; of two as far away
 *     the one who comes first.
 *   - Their scores by session: mean and standard deviation, and the range that
 *     would hold one more like them, mean +- t sd sqrt(1 + 1 / n), with
 *     Student's t of n - 1 degrees of freedom, held within the scale.
 *
 * W. Lutz et al. (2005), J. Consult. Clin. Psychol. 73, 904-913 (recalled),
 * took standardised intake variables and Euclidean distance; the slope since
 * then is our own addition.
 *
 * Spread of so few is itself uncertain, and later sessions rest on those who
 * stayed: see n there.  Dozens of closed episodes are too few to find alike
 * ones among; hundreds are needed.
 *
 * Pure: no state, any number of threads.  Time goes in proportion to scores,
 * and to people as n log n. */

enum {
    KOR_NEIGHBOURS_MAX_COVARIATES = 8,
    KOR_NEIGHBOURS_MAX_SESSIONS = 60
};

#define KOR_NOBODY SIZE_MAX

/* The person whom others are to be like. */
struct kor_neighbours_target {
    const double *at;     /* 'n' times, upwards, ... */
    const double *points; /* ... and scores; the first is the start score. */
    size_t n;             /* At least 1; 1: nothing since the start. */
    const double *covariates; /* As many as the episodes have; may be null. */
    size_t index; /* Of the same person among the episodes, who is left out;
                     or KOR_NOBODY. */
};

/* The closed episodes. */
struct kor_neighbours_pool {
    const struct kor_episodes *episodes;
    const double *covariates; /* n_people rows of n_covariates; NAN: missing;
                                 null for none. */
    size_t n_covariates;      /* At most KOR_NEIGHBOURS_MAX_COVARIATES. */
};

struct kor_neighbours_wish {
    enum kor_time_function f; /* In which the slope is counted. */
    size_t k;                 /* At least 1; 10 to 50 are usual. */
    double level;             /* Of the range; above 0, below 1. */
    double min_points, max_points; /* Of the scale; NAN: not known. */
};

struct kor_neighbour {
    size_t index;    /* Among the episodes. */
    double distance; /* In standard deviations. */
};

/* What the neighbours gave in a session. */
struct kor_neighbours_session {
    size_t n;         /* Scores. */
    double mean;      /* NAN if n is 0, ... */
    double sd;        /* ... and these if n is below 2. */
    double low, high;
};

struct kor_neighbours {
    size_t n_compared; /* People who can be compared. */
    size_t n_features; /* What they are compared by. */
    size_t n;          /* Neighbours found, k at most. */
    struct kor_neighbours_session
        sessions[KOR_NEIGHBOURS_MAX_SESSIONS]; /* By the time rounded, 0 to
                                                  59; later ones are left
                                                  out. */
};

enum { KOR_NEIGHBOURS_FEATURES = KOR_NEIGHBOURS_MAX_COVARIATES + 2 };

/* What kor_neighbours_find() works in: the caller's. */
struct kor_neighbours_work {
    struct kor_neighbour *found; /* n_people; the first 'n' are the result,
                                    the nearest first. */
    double (*features)[KOR_NEIGHBOURS_FEATURES]; /* n_people. */
};

/* Finds the neighbours of 'target' in 'pool'.  Too few to compare is a result.
 *
 * Returns KOR_BAD_VALUE, with the field, for a wish outside its limits, a
 * target without a start score, and times or scores that are not finite or,
 * while the slope counts, that f does not take. */
KOR_NODISCARD enum kor_code
kor_neighbours_find(const struct kor_neighbours_target *target,
                    const struct kor_neighbours_pool *pool,
                    const struct kor_neighbours_wish *wish,
                    const struct kor_neighbours_work *work,
                    struct kor_neighbours *out, struct kor_err *err);

#endif /* kor/stat/neighbours.h */

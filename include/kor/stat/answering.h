/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_ANSWERING_H
#define KOR_STAT_ANSWERING_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Answering: patterns in one person's scores that raise the question how the
 * form was filled in.  They are remarks for a conversation ("what did you
 * think of when you answered?") and no verdict: a life can go up and down,
 * and a person can be as content every time.
 *
 * Sawtooth: scores that go up and down in large steps.  A step between two
 * scores given one after the other is large if it has at least 'step_points'.
 * The first large step is an alternation, and so is each one that goes the
 * other way than the large step before it; smaller steps in between are
 * passed over.  The rule and its limits of 4 alternations, 6 points and 5
 * scores (on a scale of 40) are those that a public ORS programme uses for
 * its validity remark.
 *
 * Flat: the same score again and again.  At the best end: that score is the
 * best there is.  On alliance scales top scores are ordinary, so this says
 * little more than that there is no room to see anything get better.
 *
 * NAN: a session without a score; it is passed over.
 *
 * Pure: no state, any number of threads. */

/* Begin with kor_answering_rules_default(). */
struct kor_answering_rules {
    double step_points;         /* A large step: > 0, 6. */
    size_t least_alternations;  /* Of a sawtooth: from 1, 4. */
    size_t least_scores;        /* Behind a sawtooth: 5. */
    size_t least_run;           /* Scores in a row that are flat: from 2, 5,
                                   which is habit and not from a study. */
    double best_points;         /* The best score there is; NAN: unknown. */
};

/* The limits named above; the best score is not known. */
struct kor_answering_rules kor_answering_rules_default(void);

/* Scores in a row that are the same. */
struct kor_run {
    size_t n;        /* How many; 0: there is none. */
    size_t from, to; /* First and last session of them, from 1; 0 if none. */
};

struct kor_answering {
    size_t n_given; /* Scores that are there. */

    size_t n_alternations; /* Of large steps. */
    bool is_sawtooth;

    struct kor_run flat; /* The longest run; the first of several. */
    bool is_flat;        /* It has at least 'least_run' scores. */

    struct kor_run best; /* The longest run at the best end. */
    size_t n_best;       /* Scores at the best end, in a row or not. */
    bool is_best;        /* 'best' has at least 'least_run' scores. */
};

/* Looks at the 'n' 'scores' of sessions 1 to n.  Few scores are no error:
 * nothing is remarked.  KOR_BAD_VALUE, with the member as field, if a rule is
 * outside its range, or "score" if one is infinite or beyond 1e12. */
KOR_NODISCARD enum kor_code kor_answering_of(
    const struct kor_answering_rules *rules, const double scores[], size_t n,
    struct kor_answering *out, struct kor_err *err);

#endif /* kor/stat/answering.h */

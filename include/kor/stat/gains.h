/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_GAINS_H
#define KOR_STAT_GAINS_H 1

#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"

struct kor_err;

/* Gains: sudden gains and sudden losses in one person's scores, after T. Z.
 * Tang and R. J. DeRubeis (1999), J. Consult. Clin. Psychol. 67, 894-904;
 * losses as the mirror, after W. Lutz and others (2013), J. Consult. Clin.
 * Psychol. 81, 14-24 (both recalled).
 *
 * A sudden gain lies between session s and session s + 1, both with a score,
 * if the score improves
 *
 *   1. by at least 'threshold_points', and
 *   2. by at least 'share' of the score of session s, and
 *   3. by more than the scores round it vary: the mean of sessions s - 2 to s
 *      and that of sessions s + 1 to s + 3 differ by more than
 *      t(0.975, n1 + n2 - 2) x pooled standard deviation,
 *
 * where n1 and n2 count the scores given on either side, at least two on
 * each.  Sessions go by number: one without a score is a gap in the window,
 * and no score from further off takes its place.  Without any spread on
 * either side any difference passes rule 3.
 *
 * Rule 3 as the literature computes it is no t test: the factor sqrt(1 / n1 +
 * 1 / n2) is left out, which makes it stricter (by 1.22 for three and three).
 * Both forms are offered; say which was used.
 *
 * Pure: no state, any number of threads. */

/* What is looked for. */
enum kor_turn {
    KOR_SUDDEN_GAIN, /* A change for the better. */
    KOR_SUDDEN_LOSS  /* The mirror: a change for the worse. */
};

/* How rule 3 is computed. */
enum kor_turn_rule {
    KOR_TURN_LITERATURE, /* t x pooled SD. */
    KOR_TURN_TTEST       /* t x pooled SD x sqrt(1 / n1 + 1 / n2). */
};

/* Begin with kor_gain_rules_default(). */
struct kor_gain_rules {
    enum kor_turn turn;
    enum kor_better better;  /* Which way the scale runs. */
    double threshold_points; /* Rule 1: > 0; the reliable change of the scale
                                (7 for the BDI in the first study). */
    double share;            /* Rule 2: from 0 (not used) to 1. */

    /* Rule 2 asks for at least share x |score of session s - origin|.  With 0
     * that is a share of the score itself, as in the literature, where lower
     * is better and 0 is the best score.  Where higher is better, give the
     * best score: then it is a share of what is left to gain, and scores
     * turned round (best - score) give the same events. */
    double origin_points;

    enum kor_turn_rule rule;
};

/* A sudden gain where lower is better; 0.25 of the score itself; rule 3 of
 * the literature.  The threshold is NAN and has to be set. */
struct kor_gain_rules kor_gain_rules_default(void);

/* One sudden gain or loss. */
struct kor_gain {
    size_t from, to;      /* Sessions before and after it; to = from + 1. */
    double before, after; /* Their scores. */

    /* Rule 3: how far the means on both sides lie apart, > 0 in the direction
     * looked for, and the limit that this is above. */
    double apart_points, needed_points;

    /* The first later session by whose score at least half of the change
     * from 'before' to 'after' is undone; 0 if there is none so far. */
    size_t reversed_at;
};

/* How many were found, and where they were looked for. */
struct kor_gain_count {
    size_t n_events; /* At most n - 3. */
    size_t n_gaps;   /* Pairs of sessions with both scores, and with two on
                        each side: only there can an event lie. */
};

/* Finds all of them in the 'n' 'scores' of sessions 1 to n (NAN: no score).
 * 'events' has room for n and is filled in order of session.  To look at
 * sessions from .. to alone, pass that part of the array; numbers then count
 * from its first.
 *
 * Few scores are no error: nothing is found.  KOR_BAD_VALUE, with the member
 * as field, if a rule is outside its range, or "score" if a score is infinite
 * or beyond 1e12. */
KOR_NODISCARD enum kor_code kor_gains_find(const struct kor_gain_rules *rules,
                                           const double scores[], size_t n,
                                           struct kor_gain events[],
                                           struct kor_gain_count *count,
                                           struct kor_err *err);

#endif /* kor/stat/gains.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_RUPTURE_H
#define KOR_STAT_RUPTURE_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/measure.h"

struct kor_err;

/* Rupture: where the alliance of one client with one helper or group has
 * fallen, and whether it came back.
 *
 * What is found prompts a sentence in the room and thanks for saying.  It is
 * never escalated, and never counted for a therapist: a step of a point lies
 * within error, top scores are ordinary, and a rupture that is spoken of is
 * part of good help.
 *
 * A score is a fall by
 *
 *   - the cut-off, if it is worse than the cut-off and the score given before
 *     it was not;
 *   - the drop, if it is at least 'drop_points' worse than the score given
 *     before it;
 *   - the chart, if it is worse than the limit of an individuals control
 *     chart and the score given before it was not.  The limit is mean - 2.66 x
 *     mean moving range (where higher is better), over all scores given and
 *     the steps from each to the next: C. Eubanks-Carter, B. S. Gorman and J.
 *     C. Muran (2012), Psychother. Res. 22 (recalled).
 *
 * The first fall begins a rupture.  It is repaired by the first score within
 * 'repair_sessions' sessions, by number, that is at least as good as the last
 * score before the fall (return within three to five sessions: W. B. Stiles
 * and others 2004, J. L. Strauss and others 2006; recalled).  Further falls
 * until then belong to the same rupture; later ones begin another.
 *
 * NAN: a session without a score; sessions pass all the same.
 *
 * Pure: no state, any number of threads. */

/* Which rules say that a score is a fall; bits. */
enum kor_fall {
    KOR_FALL_CUTOFF = 1,
    KOR_FALL_DROP = 2,
    KOR_FALL_CHART = 4
};

enum {
    /* The chart says nothing with fewer scores: with seven, one low score
     * between equal ones can never lie beyond its limit. */
    KOR_CHART_LEAST = 8
};

/* Begin with kor_rupture_rules_default(), which uses none of the three. */
struct kor_rupture_rules {
    enum kor_better better; /* Higher, for alliance scales. */
    double cutoff_points;   /* Worse than this is low; NAN: rule not used. */
    double drop_points;     /* > 0; NAN: rule not used. */
    bool uses_chart;
    size_t repair_sessions; /* From 1; 5. */
    double worst_points;    /* The ends of the scale; NAN: not known, and */
    double best_points;     /* nothing is said of room. */
};

/* Rules of which none is used yet, for a scale where higher is better: cut-off,
 * drop and ends NAN, no chart, 5 sessions for a repair. */
struct kor_rupture_rules kor_rupture_rules_default(void);

enum kor_repair {
    KOR_REPAIR_TOO_EARLY, /* The window is not over. */
    KOR_REPAIR_NONE,      /* Not within the window. */
    KOR_REPAIR_DONE
};

struct kor_rupture {
    size_t from, to;        /* Sessions of the last score before the fall and
                               of the first fall. */
    double before, after;   /* Their scores. */
    double lowest;          /* The worst score until repair, next rupture or
                               end of the window. */
    unsigned rules;         /* Bits of all its falls. */
    enum kor_repair repair;
    size_t repaired_at;     /* Session; 0 unless it is done. */
};

enum kor_chart_status {
    KOR_CHART_NOT_ASKED,
    KOR_CHART_TOO_FEW,   /* Below KOR_CHART_LEAST. */
    KOR_CHART_NO_SPREAD, /* All scores are the same: any other would be out. */
    KOR_CHART_NO_ROOM,   /* No score on the scale lies beyond the limit. */
    KOR_CHART_DRAWN
};

/* What is behind the events.  Numbers that do not apply are NAN. */
struct kor_rupture_ground {
    size_t n_given;   /* Scores that are there. */
    size_t n_best;    /* Of them at the best end: no room to get better. */
    size_t n_no_room; /* Of them followed by a score that could not have been
                         a drop: the scale ends before. */
    enum kor_chart_status chart;
    double mean, mean_range, limit; /* Of the chart. */
};

/* The word of machines: "not-asked", "too-few", "no-spread", "no-room",
 * "drawn". */
const char *kor_chart_status_name(enum kor_chart_status status);

/* The same of a repair: "too-early", "none", "repaired". */
const char *kor_repair_name(enum kor_repair repair);

/* Finds the ruptures in the 'n' 'scores' of sessions 1 to n.  'events' has
 * room for n; '*n_events' are filled in, in order of session.
 *
 * Few scores are no error: nothing is found.  KOR_BAD_VALUE, with the member
 * as field, if a rule is outside its range, or "score" if one is infinite or
 * beyond 1e12. */
KOR_NODISCARD enum kor_code kor_ruptures_find(
    const struct kor_rupture_rules *rules, const double scores[], size_t n,
    struct kor_rupture events[], size_t *n_events,
    struct kor_rupture_ground *ground, struct kor_err *err);

#endif /* kor/stat/rupture.h */

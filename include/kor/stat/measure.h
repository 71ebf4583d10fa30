/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_MEASURE_H
#define KOR_STAT_MEASURE_H 1

#include <stdbool.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Measure: what is known of a scale for one person before anybody has
 * answered it, and the few questions that follow from it: how much better,
 * is that reliable, which side of the cut-off, how much room is left.
 *
 * Fill in a 'struct kor_measure', check it once with kor_measure_check(), and
 * pass it on; the other functions rely on the check.  Which cut-off holds for
 * a person (rater, age, gender, language) is decided before this.
 *
 * Scores are in the scale's own points, as the form gave them.  Sums of
 * tenths are not exact in binary, so two numbers that differ by less than
 * 1e-9 of the scale's width count as equal wherever they are compared.
 *
 * Pure functions: no state, any number of threads. */

/* Which end of a scale is the good one. */
enum kor_better {
    KOR_LOWER_IS_BETTER, /* Symptom scales. */
    KOR_HIGHER_IS_BETTER /* Functioning, well-being and alliance scales. */
};

/* How a number is held against a limit.  Sources differ, so it is data. */
enum kor_compare {
    KOR_AT_LEAST, /* The limit itself counts. */
    KOR_MORE_THAN /* The limit itself does not count. */
};

struct kor_measure {
    double min_points;      /* Lowest score there is; finite. */
    double max_points;      /* Highest score there is; > min_points. */
    enum kor_better better; /* Direction of improvement. */

    /* Points of change that are reliable; > 0, or NAN if not known: then
     * nothing that needs it is found. */
    double rc_points;
    enum kor_compare rc_compare; /* Change "at least" or "more than" it. */

    /* The line between the scores of people in treatment and of others,
     * within the scale, or NAN for no line.  A score is past it if, counted
     * in the direction of improvement, it is "at least" there (the line
     * itself is past) or "more than" there. */
    double cutoff_points;
    enum kor_compare cutoff_compare;
};

/* KOR_OK if every member of 'measure' keeps the limits above; otherwise
 * KOR_BAD_VALUE, with the member as field of 'err'. */
KOR_NODISCARD enum kor_code kor_measure_check(
    const struct kor_measure *measure, struct kor_err *err);

/* KOR_OK if 'points' is NAN (missing) or lies within the scale; otherwise
 * KOR_BAD_VALUE, with the limits in 'err' and the field "score". */
KOR_NODISCARD enum kor_code kor_points_check(const struct kor_measure *measure,
                                             double points,
                                             struct kor_err *err);

/* Points of improvement from one score to another: > 0 is better, whichever
 * way the scale runs.  NAN if either is. */
double kor_improvement(const struct kor_measure *measure, double from,
                       double to);

/* Whether 'improvement' points are reliable change for the better; pass the
 * negative to ask about change for the worse.  False if it is NAN or the
 * reliable change is not known. */
bool kor_is_reliable(const struct kor_measure *measure, double improvement);

/* Whether 'points' is past the cut-off.  False without a line or a score. */
bool kor_is_past_cutoff(const struct kor_measure *measure, double points);

/* Points by which 'points' can still improve; >= 0. */
double kor_room(const struct kor_measure *measure, double points);

/* The least change that is reliable: z sqrt(2) sd sqrt(1 - reliability).
 *
 * 'sd' (>= 0) is the standard deviation of first scores in the population
 * that the person comes from, 'reliability' (0 to 1) that of one score, and
 * 'z' the critical value, often 1.96.  NAN if one is outside its range.
 *
 * N. S. Jacobson and P. Truax (1991), J. Consult. Clin. Psychol. 59, 12-19;
 * worked example in tests/unit/test_stat_measure.c. */
double kor_reliable_change_points(double sd, double reliability, double z);

#endif /* kor/stat/measure.h */

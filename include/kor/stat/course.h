/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_COURSE_H
#define KOR_STAT_COURSE_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/calibration.h"
#include "kor/stat/flag_rule.h"
#include "kor/stat/growth.h"
#include "kor/stat/measure.h"
#include "kor/stat/timefn.h"

struct kor_err;

/* Course: how scores usually move from a given start score, and what that
 * says of one person.
 *
 * A course is the growth model with the start score as covariate
 * (kor/stat/growth.h), as a plain struct that can be stored and shared:
 *
 *     y = b0 + b1 g + b2 start + b3 start g + u0 + u1 g + e,   g = f(time)
 *
 * There is one predictive distribution, normal with the variance
 * tau00 + 2 tau01 g + tau11 g^2 + sigma^2 (parameters taken as known), and
 * several uses of it:
 *
 *   - kor_course_predict() without scores: the expected course.
 *   - kor_course_predict() with the scores given so far: the personal
 *     forecast, the exact posterior of the mixed model.
 *   - kor_course_range() round the expected course: the expected range, with
 *     the reach that its calibration found (kor/stat/calibration.h).
 *   - kor_course_band() round a forecast, by the normal distribution.
 *   - kor_course_chances() of change by then: its tails.
 *
 * kor_course_forecast() takes the scores so far as six sums: a new score is
 * one kor_growth_add() about KOR_COURSE_CENTRE, and the answer is the same.
 *
 * A forecast is never shown on a client's page (see docs/methods/course.md).
 *
 * N. M. Laird and J. H. Ware (1982), Biometrics 38, 963-974, for the
 * posterior; tests/oracle/test_course.c holds it against R.
 *
 * Pure: no state, any number of threads. */

struct kor_course {
    enum kor_time_function f;
    double b0, b1;  /* Terms 1 and g. */
    double b2, b3;  /* Terms start and start x g; 0 without start score. */
    double tau00, tau01, tau11; /* Spread of level and slope at g = 0. */
    double sigma;   /* Spread of one score round the own line; > 0. */
    double min_points, max_points; /* The scale, as in struct kor_measure. */
    enum kor_better better;
    double first_time, max_time; /* Times the fit supports, ends included. */
    uint32_t n_people;  /* Episodes behind it. */
    uint32_t n_records; /* Scores behind it, start scores not counted. */
    enum kor_flag_rule rule; /* Marks "less change than expected", with the
                                limits of kor_flags_wish_default(). */
    struct kor_calibration calibration; /* Of its range, or none. */
};

/* What the sums of kor_course_forecast() are counted from. */
#define KOR_COURSE_CENTRE ((struct kor_growth_centre){0, 0})

/* A score so far. */
struct kor_course_score {
    double at;     /* Time, in the course's own unit. */
    double points; /* NAN: missing, skipped. */
};

/* A normal distribution of scores. */
struct kor_predicted {
    double mean; /* Not clipped to the scale. */
    double sd;   /* > 0. */
};

/* An expected range, clipped to the scale. */
struct kor_band {
    double low;
    double high;
};

/* KOR_OK if 'course' can be used: all numbers finite, sigma > 0, G a
 * covariance matrix, min < max, first_time <= max_time and both in the range
 * of f, and a rule that there is; otherwise KOR_BAD_VALUE with the member as
 * field of 'err'. */
KOR_NODISCARD enum kor_code kor_course_check(const struct kor_course *course,
                                             struct kor_err *err);

/* Copies the estimates of 'fit', which has 2 terms or 4 and has estimates,
 * with its counts into '*course'; scale, direction, function and times are
 * the caller's to set. */
void kor_course_from_fit(struct kor_course *course,
                         const struct kor_growth_fit *fit);

/* Whether the course speaks of the time 'at'. */
bool kor_course_supports(const struct kor_course *course, double at);

/* The distribution of the score at the time 'at' of a person who started with
 * 'start' and has given the 'n' 'scores' since (the start score is not one of
 * them).  'scores' may be null if 'n' is 0.  'course' has passed the check;
 * a time outside the range of f gives NANs. */
struct kor_predicted kor_course_predict(const struct kor_course *course,
                                        double start,
                                        const struct kor_course_score scores[],
                                        size_t n, double at);

/* The same from the sums of the scores so far, the start score not among
 * them. */
struct kor_predicted kor_course_forecast(const struct kor_course *course,
                                         double start,
                                         const struct kor_growth_sums *so_far,
                                         double at);

/* The expected course at a time, with its ranges clipped to the scale. */
struct kor_range {
    double expected; /* Mean, not clipped. */
    struct kor_band widths[KOR_N_WIDTHS];
};

/* The expected range at the time 'at' of a person who started with 'start'. */
struct kor_range kor_course_range(const struct kor_course *course,
                                  double start, double at);

/* The range that holds the middle 'level' (0 to 1, e.g. 0.80) of 'predicted',
 * clipped to the scale. */
struct kor_band kor_course_band(const struct kor_course *course,
                                const struct kor_predicted *predicted,
                                double level);

/* The chances, 0 to 1, of what a score can say. */
struct kor_chances {
    double better;    /* Reliably better than the start score. */
    double recovered; /* The same, and past the cut-off from its other side;
                         NAN without a cut-off. */
    double worse;     /* Reliably worse. */
};

/* The chances under 'predicted' for a person who started with 'start'.  0 for
 * what lies beyond the end of the scale; all NAN if 'measure' has no reliable
 * change. */
struct kor_chances kor_course_chances(const struct kor_course *course,
                                      const struct kor_predicted *predicted,
                                      const struct kor_measure *measure,
                                      double start);

#endif /* kor/stat/course.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_LEARN_H
#define KOR_STAT_LEARN_H 1

#include "kor/stat/calibrate.h"
#include "kor/stat/course.h"
#include "kor/stat/episodes.h"

/* Learn: from closed episodes to an expected course with a range that is
 * calibrated, perhaps with the help of a reference from elsewhere.
 *
 * Pure: no state, any number of threads. */

/* What is known beforehand. */
struct kor_learning {
    enum kor_time_function f;
    enum kor_growth_method method;
    uint64_t seed; /* For the folds of the calibration. */
    double min_points, max_points;
    enum kor_better better;
    const struct kor_course *reference; /* Can stand in (kor/stat/reference.h)
                                           and has the same scale, f and
                                           direction; null: none. */
};

struct kor_learned {
    struct kor_course course;  /* Not set if 'fit' has no estimates. */
    struct kor_growth_fit fit; /* Its people and records include those that
                                  the reference stands for. */
    size_t n_own;            /* Own people with a later score. */
    double reference_weight; /* Episodes that the reference counted as. */
    bool has_lent_range;     /* The calibration is the reference's. */
};

/* What it works in: the caller's.  'calibration' for n_people +
 * KOR_REFERENCE_PEOPLE people. */
struct kor_learning_work {
    struct kor_calibration_work calibration;
    double *weights; /* n_people + KOR_REFERENCE_PEOPLE. */
};

/* Fits the course given the start score to 'episodes' and calibrates it.  Its
 * first and last time are those of the later scores, and of the reference
 * while that counts; its calibration is that of the own episodes, or else the
 * reference's.
 *
 * Returns KOR_BAD_VALUE as kor_growth_fit() does. */
KOR_NODISCARD enum kor_code
kor_course_learn(const struct kor_episodes *episodes,
                 const struct kor_learning *learning,
                 const struct kor_learning_work *work,
                 struct kor_learned *out, struct kor_err *err);

#endif /* kor/stat/learn.h */

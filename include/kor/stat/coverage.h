/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_COVERAGE_H
#define KOR_STAT_COVERAGE_H 1

#include "kor/stat/calibration.h"
#include "kor/stat/course.h"
#include "kor/stat/episodes.h"

/* Coverage: how many of the later scores of some people lie within the range
 * of a course, in all, by session and by third of the start score.
 *
 * It says something about the course only if these are not the people whom
 * it was fitted to.  Scores of one person go together, so an interval that
 * takes them for independent is too narrow.
 *
 * Pure: no state, any number of threads. */

enum { KOR_COVERAGE_MAX_SESSIONS = 60 };

/* Which scores are looked at. */
struct kor_coverage_wish {
    enum kor_width width;
    double first, last; /* Times, both included. */
};

struct kor_coverage {
    struct kor_hits overall;
    struct kor_hits by_session[KOR_COVERAGE_MAX_SESSIONS]; /* Of the time
                                   rounded, 0 to 59; later ones are left out
                                   here. */
    struct kor_hits by_third[KOR_CALIBRATION_STARTS];
    double limits[KOR_CALIBRATION_STARTS - 1]; /* Thirds of these people. */
};

/* Counts.  'starts' is the caller's, n_people numbers to work in.  Times that
 * the course does not support are left out. */
void kor_coverage_count(const struct kor_course *course,
                        const struct kor_episodes *episodes,
                        const struct kor_coverage_wish *wish, double starts[],
                        struct kor_coverage *out);

#endif /* kor/stat/coverage.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_REFERENCE_H
#define KOR_STAT_REFERENCE_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/stat/course.h"

/* Reference: a course from elsewhere as so many episodes that a clinic has
 * not closed yet.
 *
 * The likelihood needs six sums of a person.  Twelve made-up people have sums
 * whose mean and covariance are those that the reference expects of somebody
 * with its usual sessions: four for each third of the start score, two each
 * way along the axes of what differs between people.  Fitted by themselves
 * they give the reference back; beside a clinic's own episodes they count as
 * so many as kor_reference_weight() says, and as none once there are enough.
 *
 * The sums of squares are what E[s s'] = Cov + mean mean' demands (sigma
 * points: S. J. Julier and J. K. Uhlmann (1997), recalled); that everybody
 * comes to the sessions in the shares of the reference is an approximation.
 *
 * Pure: no state, any number of threads. */

enum {
    KOR_REFERENCE_PEOPLE = 4 * KOR_CALIBRATION_STARTS,
    KOR_REFERENCE_FULL = 100 /* Own episodes beside which a reference counts
                                for nothing any more. */
};

/* As how many episodes the reference counts beside 'n_own' closed ones:
 * KOR_REFERENCE_FULL less these, at least 0. */
double kor_reference_weight(size_t n_own);

/* Whether 'reference' can stand in: it has a calibration, from which start
 * scores and sessions come. */
bool kor_reference_can(const struct kor_course *reference);

/* Sums about 'centre' and start scores of the made-up people, who count alike.
 * 'reference' can stand in. */
void kor_reference_people(const struct kor_course *reference,
                          const struct kor_growth_centre *centre,
                          struct kor_growth_sums sums[KOR_REFERENCE_PEOPLE],
                          double starts[KOR_REFERENCE_PEOPLE]);

#endif /* kor/stat/reference.h */

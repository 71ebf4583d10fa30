/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_ALIKE_H
#define SERVICE_ALIKE_H 1

/* Alike: the closed episodes most like one that is drawn, and how they went
 * on, as a second opinion beside the expected range. */

#include "service/judged.h"

struct kor_course_plot;

enum {
    KOR_ALIKE_PEOPLE = 20,
    KOR_ALIKE_AMONG = 100, /* With fewer to compare nothing is shown: the
                              nearest would not be near. */
    KOR_ALIKE_LEAST = 10   /* Of the people in a session that is shown. */
};

/* Adds them to 'plot', whose expected course stands at the sessions that are
 * to be shown; 'judged' has that course, and 'line' its rater.  Nothing is
 * added where too few can be compared. */
KOR_NODISCARD enum kor_code
kor_alike_put(struct kor_desk *desk, const struct kor_timeline *timeline,
              const struct kor_line *line, const struct kor_judged *judged,
              struct kor_course_plot *plot, struct kor_err *err);

#endif /* service/alike.h */

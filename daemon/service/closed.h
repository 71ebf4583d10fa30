/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_CLOSED_H
#define SERVICE_CLOSED_H 1

/* Closed: the scores of closed episodes as the statistics take them - the
 * start score of each person and the scores after it, by time in the unit of
 * a course. */

#include "kor/define/course.h"
#include "kor/stat/episodes.h"

struct kor_store;

/* Which episodes. */
struct kor_closed_wish {
    const char *scale;    /* Key; its newest version. */
    const char *pathway;  /* "": of all. */
    struct kor_rater rater;
    enum kor_time_function f; /* Scores at times outside its range are left
                                 out. */
    enum kor_course_unit unit;
    size_t n_latest;   /* 0: all; or the latest so many that had ended ... */
    int32_t closed_by; /* ... by this date. */
};

/* Begin with '= {0}', end with kor_closed_done(). */
struct kor_closed {
    struct kor_episodes episodes; /* Of the arrays below. */
    size_t *from;
    double *at, *points;
    int32_t data_from, data_to; /* Dates of the first and last score after a
                                   start score; KOR_NO_DATE without one. */
    int age_from, age_to;       /* Years at those scores; KOR_NO_AGE (both) if
                                   one is not known. */
};

/* Reads the episodes of 'wish', in one statement. */
KOR_NODISCARD enum kor_code
kor_closed_read(struct kor_store *store, const struct kor_closed_wish *wish,
                struct kor_closed *out, struct kor_err *err);

void kor_closed_done(struct kor_closed *closed);

#endif /* service/closed.h */

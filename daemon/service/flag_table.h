/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_FLAG_TABLE_H
#define SERVICE_FLAG_TABLE_H 1

#include "kor/define/course.h"
#include "kor/stat/learn.h"

/* Flag table: how good each rule is that says early "less change than
 * expected", counted when a course is fitted.
 *
 * The people are parted at random into halves, again and again; a course is
 * fitted and calibrated on the one, without a reference, and the rules go
 * through the other (kor/stat/flags.h).  The figures are means. */

enum {
    KOR_FLAG_HALVES = 20,       /* Partings ... */
    KOR_FLAG_PEOPLE = 60000,    /* ... but of more people than this in all ... */
    KOR_FLAG_HALVES_LEAST = 4   /* ... only so many: one is not far from the
                                   next any more, and somebody waits. */
};

/* How many partings there are of 'n_people'. */
size_t kor_flag_halves(size_t n_people);

/* Counts the table for the course that 'learning' makes of 'episodes'.  The
 * seed of the first parting is that of 'learning', and the next ones follow
 * it.  Too few people, and no reliable change, are results. */
KOR_NODISCARD enum kor_code
kor_flag_table(const struct kor_episodes *episodes,
               const struct kor_learning *learning,
               const struct kor_measure *measure,
               struct kor_course_flags *out, struct kor_err *err);

#endif /* service/flag_table.h */

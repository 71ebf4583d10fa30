/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_EPISODES_H
#define KOR_STAT_EPISODES_H 1

#include <stddef.h>

/* Episodes: the repeated scores of many people, one after the other, as the
 * methods that learn from closed episodes take them.
 *
 * The rows of person i are from[i] to from[i + 1] - 1, in order of time; the
 * first is the start score.  Two share a time only where time counts weeks and
 * two sessions were on one day.  Nothing is missing: a session without a score
 * has no row. */
struct kor_episodes {
    size_t n_people;
    const size_t *from;   /* n_people + 1 of them; from[0] is 0. */
    const double *at;     /* Times, in the unit of the course. */
    const double *points; /* Scores; finite. */
};

/* How many scores the person 'i' has. */
static inline size_t
kor_episodes_count(const struct kor_episodes *episodes, size_t i)
{
    return episodes->from[i + 1] - episodes->from[i];
}

#endif /* kor/stat/episodes.h */

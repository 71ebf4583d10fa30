/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_SESSIONS_H
#define STAT_SESSIONS_H 1

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* What the methods share that look at one person's scores by session number:
 * member i of an array is session i + 1, and NAN a session without a score. */

/* A score is no larger than this, so that no difference can overflow. */
#define KOR_SESSIONS_MAX_POINTS 1e12

/* KOR_OK if each of the 'n' 'scores' is missing or a number of at most
 * KOR_SESSIONS_MAX_POINTS either way; otherwise KOR_BAD_VALUE. */
KOR_NODISCARD enum kor_code kor_sessions_check(const double scores[],
                                               size_t n,
                                               struct kor_err *err);

/* Whether 'points', a difference of scores no larger than 'size', are above 0
 * and at least 'limit'.  Sums of tenths are not exact in binary, so what is
 * short of the limit by rounding alone reaches it.  False if one is NAN. */
static inline bool
kor_reaches(double points, double limit, double size)
{
    double slack = 1e-9 * fabs(limit) + 4 * DBL_EPSILON * fabs(size);
    return points > 0 && points >= limit - slack;
}

/* Whether two scores are the same but for the rounding of sums. */
static inline bool
kor_is_same(double a, double b)
{
    return fabs(a - b) <= 64 * DBL_EPSILON * fmax(fabs(a), fabs(b));
}

#endif /* stat/sessions.h */

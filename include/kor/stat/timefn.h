/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_TIMEFN_H
#define KOR_STAT_TIMEFN_H 1

#include <stdbool.h>

/* Time function: g = f(time), in which the expected course is a straight
 * line.  People change fastest at first, hence the logarithms.
 *
 * Default: "log" of the session number for scales of every session, "log1p"
 * of the weeks since the start for dated ones. */
enum kor_time_function {
    KOR_TIME_LOG,     /* ln(t), t > 0: session numbers from 1. */
    KOR_TIME_LOG1P,   /* ln(1 + t), t >= 0: weeks or months from 0. */
    KOR_TIME_IDENTITY /* t, any finite. */
};

/* f(t); NAN if 't' is outside the range above. */
double kor_time_apply(enum kor_time_function f, double t);

/* "log", "log1p" or "identity". */
const char *kor_time_name(enum kor_time_function f);

/* Stores in '*f' the function called 'name'; false if there is none. */
bool kor_time_from(const char *name, enum kor_time_function *f);

#endif /* kor/stat/timefn.h */

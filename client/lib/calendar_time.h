/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_CALENDAR_TIME_H
#define CLIENT_LIB_CALENDAR_TIME_H 1

/* Times of an iCalendar file, by libical: zones, and what recurs.
 *
 * Every amount of work is bounded before libical is asked: what recurs more
 * often than daily is refused, and so is a zone that changes otherwise than by
 * a rule a year.  One that the system has goes by the system's rules. */

#include <libical/ical.h>
#include <stdint.h>

#include "lib/calendar_lines.h"

/* A time as it stands there: of a zone, in UTC, or without one, which is the
 * time where the reader is. */
struct kor_calendar_time {
    struct icaltimetype time;
    const icaltimezone *zone; /* Null: UTC or none. */
};

struct kor_calendar_zones {
    const struct kor_calendar_lines *lines; /* Borrowed. */
    icaltimezone **made; /* Of lines->zones; null: not asked for yet. */
    char *is_refused;    /* It was asked for, and cannot be read. */
};

/* Begins with the zones of 'lines'; ends. */
void kor_calendar_zones_init(struct kor_calendar_zones *zones,
                             const struct kor_calendar_lines *lines);
void kor_calendar_zones_done(struct kor_calendar_zones *zones);

/* Reads one date or time, 'n' bytes at 'text'; KOR_BAD_VALUE if it is none
 * between 1900 and 2199, or of a zone that nobody knows. */
KOR_NODISCARD enum kor_code
kor_calendar_time_read(struct kor_calendar_zones *zones, const char *text,
                       size_t n, const char *tzid,
                       struct kor_calendar_time *out, struct kor_err *err);

/* The instant, UTC milliseconds; of a date the midnight it begins with. */
int64_t kor_calendar_instant(const struct kor_calendar_time *time);

/* Calls 'each' for every time from 'first' on that the rule gives and that is
 * not after 'until_ms', until it returns false.  '*steps' is how many times
 * may be looked at, and falls.  KOR_BAD_VALUE if the rule cannot be read, or
 * gives times more often than daily; KOR_TOO_LARGE if there are too many. */
typedef bool (*kor_calendar_time_fn)(void *to,
                                     const struct kor_calendar_time *time);
KOR_NODISCARD enum kor_code
kor_calendar_recur(const struct kor_calendar_time *first, const char *rule,
                   int64_t until_ms, long *steps, kor_calendar_time_fn each,
                   void *to, struct kor_err *err);

#endif /* client/lib/calendar_time.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_CLOCK_H
#define KOR_BASE_CLOCK_H 1

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/compiler.h"

/* Time, as the rest of kor sees it.
 *
 * An instant is a count of UTC milliseconds since 1970 ('at_ms').  A date is
 * a calendar date in the clinic's zone, held as days since 1970-01-01
 * ('date'); it carries no zone by itself.  Sessions have dates, events have
 * instants, and time-outs use the monotonic clock. */

/* Where time comes from; the tests have a clock of their own. */
struct kor_clock {
    int64_t (*now_ms)(const struct kor_clock *clock);  /* UTC instant. */
    int64_t (*mono_ms)(const struct kor_clock *clock); /* Never goes back. */
};

/* The clock of the system. */
const struct kor_clock *kor_clock_system(void);

/* No date: what an optional date holds when it is not given. */
#define KOR_NO_DATE INT32_MIN

/* Sets the zone for kor_date_at() in the whole process, for example
 * "Europe/Oslo".  To be called once, before any thread is started.  Returns
 * false if the system does not know 'zone'. */
KOR_NODISCARD bool kor_zone_set(const char *zone);

/* The date in the zone at the instant 'at_ms'. */
int32_t kor_date_at(int64_t at_ms);

/* Minutes since midnight in the zone at the instant 'at_ms'. */
int kor_minute_at(int64_t at_ms);

/* Reads "YYYY-MM-DD" (years 1900 to 2199).  Returns false, and leaves '*date'
 * alone, if 'text' is anything else or no such day. */
KOR_NODISCARD bool kor_date_parse(const char *text, int32_t *date);

/* Writes 'date' as "YYYY-MM-DD", "" for KOR_NO_DATE, and returns 'text'. */
#define KOR_DATE_SIZE 16
char *kor_date_format(int32_t date, char text[KOR_DATE_SIZE]);

/* Writes the instant 'at_ms' as "YYYY-MM-DDTHH:MM:SSZ", and returns 'text'. */
#define KOR_INSTANT_SIZE 32
char *kor_instant_format(int64_t at_ms, char text[KOR_INSTANT_SIZE]);

/* The date 'months' (0 to 12,000) after 'date', on the same day of its month,
 * or on the last one of a month that is too short: a month after 31 January
 * is 28 or 29 February. */
int32_t kor_date_months_after(int32_t date, int months);

/* Whole years from the month 'born' ("YYYY-MM" as months since 1970-01, may
 * be negative) to 'date'. */
int kor_age_years(int32_t born_month, int32_t date);

/* Reads "YYYY-MM" into months since 1970-01 (years 1900 to 2199). */
KOR_NODISCARD bool kor_month_parse(const char *text, int32_t *month);

/* Writes months since 1970-01 as "YYYY-MM", and returns 'text'. */
char *kor_month_format(int32_t month, char text[KOR_DATE_SIZE]);

#endif /* kor/base/clock.h */

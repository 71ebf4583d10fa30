/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time: see kor/base/clock.h.  Dates are converted with the proleptic
 * Gregorian calendar, counted from 1 March so that leap days come last. */

#include "kor/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t
read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t
system_now(const struct kor_clock *clock)
{
    (void)clock;
    return read_clock(CLOCK_REALTIME);
}

static int64_t
system_mono(const struct kor_clock *clock)
{
    (void)clock;
    return read_clock(CLOCK_MONOTONIC);
}

const struct kor_clock *
kor_clock_system(void)
{
    static const struct kor_clock system_clock = {system_now, system_mono};
    return &system_clock;
}

bool
kor_zone_set(const char *zone)
{
    char path[256];
    int size = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    if (size < 0 || (size_t)size >= sizeof path || strstr(zone, "..")
        || zone[0] == '/' || zone[0] == '\0') {
        return false;
    }
    if (strcmp(zone, "UTC") && access(path, R_OK)) {
        return false;
    }
    setenv("TZ", zone, 1);
    tzset();
    return true;
}

/* Days since 1970-01-01 of the day 'd' in the month 'm' of the year 'y'. */
static int32_t
days_from(int y, int m, int d)
{
    y -= m <= 2;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100
                   + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void
civil_from(int32_t date, int *yp, int *mp, int *dp)
{
    int z = date + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day = z - era * 146097;
    int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int day_of_year = day - (365 * year + year / 4 - year / 100);
    int month = (5 * day_of_year + 2) / 153;
    *dp = day_of_year - (153 * month + 2) / 5 + 1;
    *mp = month < 10 ? month + 3 : month - 9;
    *yp = year + era * 400 + (*mp <= 2);
}

int32_t
kor_date_at(int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / 1000 - (at_ms % 1000 < 0));
    struct tm tm;
    localtime_r(&seconds, &tm);
    return days_from(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int
kor_minute_at(int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / 1000 - (at_ms % 1000 < 0));
    struct tm tm;
    localtime_r(&seconds, &tm);
    return 60 * tm.tm_hour + tm.tm_min;
}

/* Reads exactly 'n' digits. */
static bool
digits(const char *text, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

static bool
year_month(const char *text, int *y, int *m)
{
    return digits(text, 4, y) && text[4] == '-' && digits(text + 5, 2, m)
        && *y >= 1900 && *y <= 2199 && *m >= 1 && *m <= 12;
}

bool
kor_date_parse(const char *text, int32_t *date)
{
    int y, m, d, y2, m2, d2;
    if (strlen(text) != 10 || !year_month(text, &y, &m) || text[7] != '-'
        || !digits(text + 8, 2, &d)) {
        return false;
    }
    int32_t days = days_from(y, m, d);
    civil_from(days, &y2, &m2, &d2);
    if (m2 != m || d2 != d) {
        return false;
    }
    *date = days;
    return true;
}

char *
kor_date_format(int32_t date, char text[KOR_DATE_SIZE])
{
    text[0] = '\0';
    if (date != KOR_NO_DATE) {
        int y, m, d;
        civil_from(date, &y, &m, &d);
        snprintf(text, KOR_DATE_SIZE, "%04d-%02d-%02d", y % 10000, m % 100,
                 d % 100);
    }
    return text;
}

char *
kor_instant_format(int64_t at_ms, char text[KOR_INSTANT_SIZE])
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(text, KOR_INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return text;
}

int32_t
kor_date_months_after(int32_t date, int months)
{
    int y, m, d;
    civil_from(date, &y, &m, &d);
    int month = y * 12 + m - 1 + months;
    int32_t first = days_from(month / 12, month % 12 + 1, 1);
    int32_t next = days_from((month + 1) / 12, (month + 1) % 12 + 1, 1);
    return first + d - 1 < next ? first + d - 1 : next - 1;
}

int
kor_age_years(int32_t born_month, int32_t date)
{
    int y, m, d;
    civil_from(date, &y, &m, &d);
    int months = (y - 1970) * 12 + m - 1 - born_month;
    return months >= 0 ? months / 12 : -1;
}

bool
kor_month_parse(const char *text, int32_t *month)
{
    int y, m;
    if (strlen(text) != 7 || !year_month(text, &y, &m)) {
        return false;
    }
    *month = (y - 1970) * 12 + m - 1;
    return true;
}

char *
kor_month_format(int32_t month, char text[KOR_DATE_SIZE])
{
    int y = 1970 + (month >= 0 ? month / 12 : -((11 - month) / 12));
    snprintf(text, KOR_DATE_SIZE, "%04d-%02d", y % 10000,
             (month - (y - 1970) * 12) % 12 + 1);
    return text;
}

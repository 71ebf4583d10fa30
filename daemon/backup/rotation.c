/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which backups stay: see backup/rotation.h. */

#include "backup/rotation.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/clock.h"

#define DAY_MS 86400000

static int32_t
day_of(int64_t at_ms)
{
    return kor_date_at(at_ms);
}

/* 1970-01-01 was a Thursday. */
static int32_t
week_of(int64_t at_ms)
{
    return (kor_date_at(at_ms) + 3) / 7;
}

static int32_t
month_of(int64_t at_ms)
{
    char text[KOR_DATE_SIZE];
    int32_t month = 0;
    kor_date_format(kor_date_at(at_ms), text);
    text[strlen("YYYY-MM")] = '\0';
    return kor_month_parse(text, &month) ? month : 0;
}

/* Keeps the newest backup of each of the newest 'n_kept' periods. */
static void
keep_periods(const int64_t at_ms[], size_t n, int32_t (*period_of)(int64_t),
             int64_t n_kept, bool keep[])
{
    int32_t last = 0;
    int64_t n_seen = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t period = period_of(at_ms[i]);
        if (n_seen == 0 || period != last) {
            n_seen++;
            keep[i] = keep[i] || n_seen <= n_kept;
        }
        last = period;
    }
}

void
kor_rotation(const int64_t at_ms[], size_t n, int64_t now_ms,
             const struct kor_rotation_rule *rule, bool keep[])
{
    size_t n_future = 0;
    while (n_future < n && at_ms[n_future] > now_ms) {
        keep[n_future++] = true;
    }
    at_ms += n_future;
    keep += n_future;
    n -= n_future;
    memset(keep, 0, n * sizeof *keep);
    keep_periods(at_ms, n, day_of, rule->keep_daily, keep);
    keep_periods(at_ms, n, week_of, rule->keep_weekly, keep);
    keep_periods(at_ms, n, month_of, rule->keep_monthly, keep);
    for (size_t i = 0; i < n; i++) {
        bool is_expired = now_ms - at_ms[i] > rule->max_days * DAY_MS;
        keep[i] = i == 0 || (keep[i] && !is_expired);
    }
}

/* --- names --------------------------------------------------------------- */

char *
kor_backup_name(int64_t at_ms, char name[KOR_BACKUP_NAME_SIZE])
{
    char instant[KOR_INSTANT_SIZE], bare[KOR_INSTANT_SIZE];
    size_t n = 0;
    kor_instant_format(at_ms, instant);
    for (const char *p = instant; *p; p++) {
        if (*p != '-' && *p != ':') {
            bare[n++] = *p;
        }
    }
    bare[n] = '\0';
    snprintf(name, KOR_BACKUP_NAME_SIZE, "kor-%.16s.korbackup", bare);
    return name;
}

/* The two digits at 'text' as a number. */
static int64_t
two(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* Reads it without care, and compares with what it should be. */
bool
kor_backup_name_parse(const char *name, int64_t *at_ms)
{
    char date[KOR_DATE_SIZE], again[KOR_BACKUP_NAME_SIZE];
    int32_t day;
    if (strlen(name) != strlen("kor-YYYYMMDDTHHMMSSZ.korbackup")) {
        return false;
    }
    snprintf(date, sizeof date, "%.4s-%.2s-%.2s", name + 4, name + 8,
             name + 10);
    if (!kor_date_parse(date, &day)) {
        return false;
    }
    *at_ms = ((day * INT64_C(24) + two(name + 13)) * 60 + two(name + 15))
               * 60000
           + two(name + 17) * 1000;
    return !strcmp(kor_backup_name(*at_ms, again), name);
}

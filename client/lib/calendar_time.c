/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times of a calendar: see client/lib/calendar_time.h. */

#include "lib/calendar_time.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "kor/base/alloc.h"

#define MAX_RULE 300      /* Bytes of a rule. */
#define MAX_ZONE_RULES 64 /* Rules and dates of one zone. */

/* --- zones ------------------------------------------------------------- */

void
kor_calendar_zones_init(struct kor_calendar_zones *zones,
                        const struct kor_calendar_lines *lines)
{
    icalerror_set_errors_are_fatal(0);
    zones->lines = lines;
    zones->made = kor_alloc_array(lines->n_zones, sizeof *zones->made);
    zones->is_refused = kor_alloc_array(lines->n_zones, 1);
    for (size_t i = 0; i < lines->n_zones; i++) {
        zones->made[i] = NULL;
        zones->is_refused[i] = 0;
    }
}

void
kor_calendar_zones_done(struct kor_calendar_zones *zones)
{
    for (size_t i = 0; zones->lines && i < zones->lines->n_zones; i++) {
        if (zones->made[i]) {
            icaltimezone_free(zones->made[i], 1);
        }
    }
    free(zones->made);
    free(zones->is_refused);
    memset(zones, 0, sizeof *zones);
    icalmemory_free_ring();
}

/* A zone changes by a rule that names one month of the year, or on dates. */
static bool
is_zone_rule(const char *text)
{
    static const char *const parts[]
        = {"FREQ=YEARLY", "INTERVAL=", "BYMONTH=", "BYDAY=", "BYMONTHDAY=",
           "UNTIL=", "COUNT=", "WKST="};
    const char *at = strchr(text, ':');
    bool is_good = at && strlen(text) <= MAX_RULE && strcasestr(at, "BYMONTH=")
                && strcasestr(at, "FREQ=YEARLY");
    while (at && is_good) {
        size_t i = 0;
        while (i < KOR_LENGTH(parts)
               && strncasecmp(at + 1, parts[i], strlen(parts[i]))) {
            i++;
        }
        is_good = i < KOR_LENGTH(parts);
        const char *end = strchr(at + 1, ';');
        /* Of months one; a list of them would be more than a rule. */
        if (is_good && !strcmp(parts[i], "BYMONTH=")) {
            is_good = !memchr(at + 1, ',',
                              end ? (size_t)(end - at - 1) : strlen(at + 1));
        }
        at = end;
    }
    return is_good;
}

/* The lines of a zone that say when it changes, as a component of its own. */
static bool
put_zone(const struct kor_calendar_lines *lines,
         const struct kor_calendar_part *part, struct kor_buf *out)
{
    static const char *const names[]
        = {"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RDATE"};
    size_t n_rules = 0;
    kor_buf_puts(out, "BEGIN:VTIMEZONE\r\n");
    for (size_t i = part->first; i < part->end; i++) {
        const char *text = kor_calendar_text(lines, i);
        bool is_rule = kor_calendar_is(text, "RRULE");
        bool is_date = kor_calendar_is(text, "RDATE");
        bool is_taken = is_rule || kor_calendar_is(text, "BEGIN")
                     || kor_calendar_is(text, "END");
        n_rules += is_rule || is_date;
        for (size_t k = 0; k < KOR_LENGTH(names) && !is_taken; k++) {
            is_taken = kor_calendar_is(text, names[k]);
        }
        if ((is_rule && !is_zone_rule(text)) || n_rules > MAX_ZONE_RULES
            || (is_taken && strlen(text) > MAX_RULE)) {
            return false;
        }
        if (is_taken) {
            kor_buf_printf(out, "%s\r\n", text);
        }
    }
    kor_buf_puts(out, "END:VTIMEZONE\r\n");
    return true;
}

static icaltimezone *
make_zone(const struct kor_calendar_lines *lines,
          const struct kor_calendar_part *part)
{
    struct kor_buf text = {0};
    icaltimezone *zone = NULL;
    icalcomponent *component
        = put_zone(lines, part, &text)
              ? icalcomponent_new_from_string(kor_buf_text(&text))
              : NULL;
    if (component
        && icalcomponent_isa(component) == ICAL_VTIMEZONE_COMPONENT) {
        zone = icaltimezone_new();
        if (!icaltimezone_set_component(zone, component)) {
            icaltimezone_free(zone, 1);
            zone = NULL;
        } else {
            component = NULL; /* The zone's. */
        }
    }
    if (component) {
        icalcomponent_free(component);
    }
    kor_buf_done(&text);
    return zone;
}

static const icaltimezone *
find_zone(struct kor_calendar_zones *zones, const char *tzid)
{
    const struct kor_calendar_lines *lines = zones->lines;
    const icaltimezone *known = icaltimezone_get_builtin_timezone(tzid);
    for (size_t i = 0; i < lines->n_zones && !known; i++) {
        struct kor_calendar_property id;
        size_t at = lines->zones[i].first;
        if (zones->is_refused[i]
            || !kor_calendar_next(lines, &lines->zones[i], "TZID", &at, &id)
            || strcmp(id.value, tzid)) {
            continue;
        }
        if (!zones->made[i]) {
            zones->made[i] = make_zone(lines, &lines->zones[i]);
            zones->is_refused[i] = zones->made[i] == NULL;
        }
        known = zones->made[i];
    }
    return known;
}

/* --- times ------------------------------------------------------------- */

enum kor_code
kor_calendar_time_read(struct kor_calendar_zones *zones, const char *text,
                       size_t n, const char *tzid,
                       struct kor_calendar_time *out, struct kor_err *err)
{
    char word[24] = "";
    if (n < sizeof word) {
        memcpy(word, text, n);
        word[n] = '\0';
    }
    size_t length = strlen(word);
    bool is_form = strspn(word, "0123456789") == 8
                && (length == 8
                    || (length >= 15 && length <= 16 && word[8] == 'T'
                        && strspn(word + 9, "0123456789") == 6
                        && (length == 15 || word[15] == 'Z')));
    out->zone = NULL;
    out->time = is_form ? icaltime_from_string(word) : icaltime_null_time();
    if (icaltime_is_null_time(out->time) || out->time.year < 1900
        || out->time.year > 2199 || !icaltime_is_valid_time(out->time)) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "'%.20s' is no time between 1900 and 2199", word);
    }
    if (*tzid && length == 15) {
        out->zone = find_zone(zones, tzid);
        if (!out->zone) {
            return kor_fail(err, KOR_BAD_VALUE, "file",
                            "the time zone '%.60s' is not in this file, or "
                            "not one that can be read: choose one with the "
                            "name of a city", tzid);
        }
    }
    return KOR_OK;
}

/* Where the reader is. */
static int64_t
local_instant(const struct icaltimetype *time)
{
    struct tm tm = {.tm_year = time->year - 1900,
                    .tm_mon = time->month - 1,
                    .tm_mday = time->day,
                    .tm_hour = time->hour,
                    .tm_min = time->minute,
                    .tm_sec = time->second,
                    .tm_isdst = -1};
    return (int64_t)mktime(&tm);
}

int64_t
kor_calendar_instant(const struct kor_calendar_time *time)
{
    const struct icaltimetype *t = &time->time;
    int64_t seconds
        = time->zone ? (int64_t)icaltime_as_timet_with_zone(
                           *t, time->zone)
          : icaltime_is_utc(*t) ? (int64_t)icaltime_as_timet(*t)
                                : local_instant(t);
    return seconds * 1000;
}

/* --- what recurs -------------------------------------------------------- */

static enum kor_code
read_rule(const char *text, struct icalrecurrencetype *rule,
          struct kor_err *err)
{
    if (strlen(text) > MAX_RULE) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the rule by which it recurs cannot be read");
    }
    *rule = icalrecurrencetype_from_string(text);
    switch (rule->freq) {
    case ICAL_DAILY_RECURRENCE:
    case ICAL_WEEKLY_RECURRENCE:
    case ICAL_MONTHLY_RECURRENCE:
    case ICAL_YEARLY_RECURRENCE:
        break;
    case ICAL_SECONDLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE:
    case ICAL_HOURLY_RECURRENCE:
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "what is agreed with a client recurs daily at most");
    default:
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the rule by which it recurs cannot be read");
    }
    return strcasestr(text, "BYHOUR") || strcasestr(text, "BYMINUTE")
                || strcasestr(text, "BYSECOND")
               ? kor_fail(err, KOR_BAD_VALUE, "file",
                          "what is agreed with a client recurs daily at "
                          "most")
               : KOR_OK;
}

/* Nothing is looked for behind the end, where libical would search on. */
static void
end_rule(struct icalrecurrencetype *rule, int64_t until_ms)
{
    struct icaltimetype end = icaltime_from_timet_with_zone(
        (time_t)(until_ms / 1000) + 2 * 86400, 0,
        icaltimezone_get_utc_timezone());
    if (rule->count == 0
        && (icaltime_is_null_time(rule->until)
            || icaltime_compare(rule->until, end) > 0)) {
        rule->until = end;
    }
}

enum kor_code
kor_calendar_recur(const struct kor_calendar_time *first, const char *text,
                   int64_t until_ms, long *steps, kor_calendar_time_fn each,
                   void *to, struct kor_err *err)
{
    struct icalrecurrencetype rule;
    enum kor_code code = read_rule(text, &rule, err);
    if (code != KOR_OK) {
        return code;
    }
    end_rule(&rule, until_ms);
    icalrecur_iterator *iterator
        = icalrecur_iterator_new(rule, first->time);
    if (!iterator) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the rule by which it recurs cannot be read");
    }
    struct kor_calendar_time at = *first;
    bool go_on = true;
    while (go_on && *steps > 0) {
        at.time = icalrecur_iterator_next(iterator);
        go_on = !icaltime_is_null_time(at.time) && at.time.year <= 2199
             && kor_calendar_instant(&at) <= until_ms && each(to, &at);
        --*steps;
    }
    icalrecur_iterator_free(iterator);
    return *steps > 0 ? KOR_OK
                      : kor_fail(err, KOR_TOO_LARGE, "file",
                                 "more recurs in this calendar than can be "
                                 "gone through: let the program write the "
                                 "coming months alone");
}

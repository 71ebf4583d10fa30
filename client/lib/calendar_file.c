/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A calendar as appointments: see client/lib/calendar_file.h. */

#include "lib/calendar_file.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "lib/calendar_time.h"

#define DAY_MS ((int64_t)86400000)
#define MAX_STEPS 1000000 /* Times that are looked at in one file. */
#define MAX_EXCEPTIONS 1000
#define NO_TIME INT64_MIN

/* One event with a code, as far as it has been read. */
struct event {
    const struct kor_calendar_part *part;
    long line;
    const char *uid;
    struct kor_calendar_entry entry; /* Code, mode and line. */
    struct kor_calendar_time start;
    const char *rule;         /* Null: once. */
    int64_t instead_ms;       /* Which of its times it takes the place of. */
    struct kor_calendar_time *except;
    int64_t *except_ms; /* The same as instants. */
    size_t n_except;
};

struct reading {
    struct kor_calendar_file *file;
    struct kor_calendar_lines lines;
    struct kor_calendar_zones zones;
    char (*instead)[KOR_CALENDAR_UID_SIZE]; /* Times that were moved. */
    size_t n_instead;
    long steps;
    int64_t begun_ms;
    struct event event;
    size_t n_event; /* Entries made from it. */
    bool is_past;   /* One of its times is more than a day ago. */
    struct kor_err *err;
};

static void
note_problem(struct kor_calendar_file *file, long line,
             const struct kor_err *err)
{
    if (file->n_problems < KOR_CALENDAR_PROBLEMS) {
        struct kor_calendar_problem *problem
            = &file->problems[file->n_problems];
        problem->line = line;
        kor_utf8_copy(problem->text, sizeof problem->text, err->text);
    }
    file->n_problems++;
}

/* Which time of which event, so that nobody can read it. */
static void
hash_uid(const struct event *event, int64_t time_ms,
         char uid[KOR_CALENDAR_UID_SIZE])
{
    unsigned char hash[16];
    struct kor_buf text = {0};
    if (event->uid) {
        kor_buf_puts(&text, event->uid);
    } else {
        kor_buf_puts(&text, event->entry.code);
    }
    kor_buf_printf(&text, "\n%lld", (long long)time_ms);
    crypto_generichash(hash, sizeof hash,
                       (const unsigned char *)kor_buf_text(&text), text.size,
                       NULL, 0);
    sodium_bin2hex(uid, KOR_CALENDAR_UID_SIZE, hash, sizeof hash);
    kor_buf_done(&text);
}

/* --- what is said in the SUMMARY ---------------------------------------- */

static bool
is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z') || c == '-' || (unsigned char)c >= 0x80;
}

static bool
has_form_of_code(const char *word, size_t n)
{
    bool is_one = n == KOR_CLIENT_CODE_SIZE - 1 && word[4] == '-';
    for (size_t i = 0; i < n && is_one; i++) {
        int c = word[i] >= 'a' && word[i] <= 'z' ? word[i] - 32 : word[i];
        is_one = i == 4 || strchr(KOR_CLIENT_CODE_ALPHABET, c);
    }
    return is_one;
}

/* A word of the text: a code, a mode, or nothing to us. */
static enum kor_code
take_word(const char *word, size_t n, struct kor_calendar_entry *entry,
          struct kor_err *err)
{
    static const char *const modes[]
        = {"room", "phone", "video", "home", "net"};
    char text[32], code[KOR_CLIENT_CODE_SIZE], whole[KOR_EPISODE_CODE_SIZE];
    size_t n_code = strcspn(word, "/") < n ? strcspn(word, "/") : n;
    int32_t number;
    for (size_t i = 0; i < KOR_LENGTH(modes); i++) {
        if (strlen(modes[i]) == n && !strncasecmp(modes[i], word, n)) {
            kor_utf8_copy(entry->mode, sizeof entry->mode, modes[i]);
        }
    }
    if (n >= sizeof text || !has_form_of_code(word, n_code)) {
        return KOR_OK;
    }
    memcpy(text, word, n);
    text[n] = '\0';
    enum kor_code result = kor_episode_code_parse(text, code, &number, err);
    kor_episode_code_format(code, result == KOR_OK ? number : 0, whole);
    if (result == KOR_OK && *entry->code && strcmp(whole, entry->code)) {
        result = kor_fail(err, KOR_BAD_VALUE, "file",
                          "two clients are named: make an event for each");
    }
    if (result == KOR_OK) {
        memcpy(entry->code, whole, sizeof whole);
    }
    return result;
}

static enum kor_code
read_summary(const char *text, struct kor_calendar_entry *entry,
             struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    while (*text && code == KOR_OK) {
        size_t n = 0;
        while (is_of_word(text[n])) {
            n++;
        }
        /* "K3M9-7TP6/2" is one episode of a client. */
        if (has_form_of_code(text, n) && text[n] == '/'
            && text[n + 1] >= '0' && text[n + 1] <= '9') {
            n++;
            while (is_of_word(text[n])) {
                n++;
            }
        }
        if (n) {
            code = take_word(text, n, entry, err);
        }
        /* A backslash hides the character behind it. */
        text += n + (text[n] == '\\' && text[n + 1]) + (text[n] != '\0');
    }
    return code;
}

/* --- one event ----------------------------------------------------------- */

static enum kor_code
read_time(struct reading *reading, const struct kor_calendar_property *from,
          struct kor_calendar_time *out)
{
    return kor_calendar_time_read(&reading->zones, from->value,
                                  strlen(from->value), from->tzid, out,
                                  reading->err);
}

/* Adds the times of an EXDATE, or of an RDATE; of a period its beginning. */
static enum kor_code
read_list(struct reading *reading, const struct kor_calendar_property *from,
          struct kor_calendar_time **times, size_t *n)
{
    enum kor_code code = KOR_OK;
    const char *at = from->value;
    while (at && code == KOR_OK) {
        if (*n == MAX_EXCEPTIONS) {
            return kor_fail(reading->err, KOR_BAD_VALUE, "file",
                            "an event has at most %d exceptions",
                            MAX_EXCEPTIONS);
        }
        if (*n % 64 == 0) {
            *times = kor_realloc_array(*times, *n + 64, sizeof **times);
        }
        code = kor_calendar_time_read(&reading->zones, at, strcspn(at, ",/"),
                                      from->tzid, &(*times)[*n],
                                      reading->err);
        *n += code == KOR_OK;
        at = strchr(at, ',');
        at = at ? at + 1 : NULL;
    }
    return code;
}

static enum kor_code
read_exceptions(struct reading *reading, const char *name,
                struct kor_calendar_time **times, size_t *n)
{
    struct kor_calendar_property found;
    size_t i = reading->event.part->first;
    enum kor_code code = KOR_OK;
    while (code == KOR_OK
           && kor_calendar_next(&reading->lines, reading->event.part, name,
                                &i, &found)) {
        code = read_list(reading, &found, times, n);
    }
    return code;
}

static bool
find(const struct reading *reading, const char *name,
     struct kor_calendar_property *out)
{
    size_t i = reading->event.part->first;
    return kor_calendar_next(&reading->lines, reading->event.part, name, &i,
                             out);
}

/* Begins with an event: its line, UID and code, which may be "". */
static enum kor_code
begin_event(struct reading *reading, const struct kor_calendar_part *part)
{
    struct event *event = &reading->event;
    struct kor_calendar_property found;
    *event = (struct event){.part = part, .instead_ms = NO_TIME};
    event->line = reading->lines.lines[part->first - 1].line;
    event->entry.line = event->line;
    event->uid = find(reading, "UID", &found) ? found.value : NULL;
    return find(reading, "SUMMARY", &found)
               ? read_summary(found.value, &event->entry, reading->err)
               : KOR_OK;
}

static bool
is_cancelled(const struct reading *reading)
{
    struct kor_calendar_property found;
    return find(reading, "STATUS", &found)
        && !strcasecmp(found.value, "CANCELLED");
}

/* Which of the event's times this one takes the place of, if any. */
static enum kor_code
read_instead(struct reading *reading)
{
    struct kor_calendar_property found;
    struct kor_calendar_time time;
    if (!find(reading, "RECURRENCE-ID", &found)) {
        return KOR_OK;
    }
    if (found.has_range) {
        return kor_fail(reading->err, KOR_BAD_VALUE, "file",
                        "a change of all that follow cannot be read: end "
                        "the series and begin another");
    }
    enum kor_code code = read_time(reading, &found, &time);
    if (code == KOR_OK) {
        reading->event.instead_ms = kor_calendar_instant(&time);
    }
    return code;
}

static enum kor_code
read_start(struct reading *reading)
{
    struct event *event = &reading->event;
    struct kor_calendar_property found, other;
    if (!find(reading, "DTSTART", &found)) {
        return kor_fail(reading->err, KOR_BAD_VALUE, "file",
                        "it does not say when it begins");
    }
    enum kor_code code = read_time(reading, &found, &event->start);
    size_t i = event->part->first;
    if (code == KOR_OK
        && kor_calendar_next(&reading->lines, event->part, "RRULE", &i,
                             &found)) {
        event->rule = found.value;
        if (kor_calendar_next(&reading->lines, event->part, "RRULE", &i,
                              &other)) {
            code = kor_fail(reading->err, KOR_BAD_VALUE, "file",
                            "the rule by which it recurs cannot be read");
        }
    }
    if (code == KOR_OK) {
        code = read_exceptions(reading, "EXDATE", &event->except,
                               &event->n_except);
    }
    event->except_ms
        = kor_alloc_array(event->n_except, sizeof *event->except_ms);
    for (size_t k = 0; k < event->n_except; k++) {
        event->except_ms[k] = kor_calendar_instant(&event->except[k]);
    }
    return code;
}

/* --- its times ---------------------------------------------------------- */

static bool
is_same_day(const struct icaltimetype *a, const struct icaltimetype *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static bool
is_excepted(const struct event *event, const struct kor_calendar_time *time,
            int64_t time_ms)
{
    bool is_one = false;
    for (size_t i = 0; i < event->n_except && !is_one; i++) {
        const struct kor_calendar_time *except = &event->except[i];
        is_one = except->time.is_date
                     ? is_same_day(&except->time, &time->time)
                     : event->except_ms[i] == time_ms;
    }
    return is_one;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool
is_moved(const struct reading *reading, const char *uid)
{
    return reading->n_instead
        && bsearch(uid, reading->instead, reading->n_instead,
                   sizeof *reading->instead, by_text);
}

static void
add_entry(struct reading *reading, const char *uid, int64_t start_ms)
{
    struct kor_calendar_file *file = reading->file;
    if (file->n_entries == file->n_room) {
        file->n_room = file->n_room ? 2 * file->n_room : 64;
        file->entries = kor_realloc_array(file->entries, file->n_room,
                                          sizeof *file->entries);
    }
    struct kor_calendar_entry *entry = &file->entries[file->n_entries++];
    *entry = reading->event.entry;
    memcpy(entry->uid, uid, sizeof entry->uid);
    entry->start_ms = start_ms;
    reading->n_event++;
}

/* Takes one time of the event, unless it was moved, left out, or is not of the
 * days that count.  False once there are too many. */
static bool
take_time(void *to, const struct kor_calendar_time *time)
{
    struct reading *reading = to;
    const struct event *event = &reading->event;
    int64_t now_ms = reading->file->now_ms;
    int64_t at_ms = kor_calendar_instant(time);
    char uid[KOR_CALENDAR_UID_SIZE];
    reading->is_past |= at_ms < now_ms - DAY_MS;
    if (at_ms < now_ms - DAY_MS
        || at_ms > now_ms + KOR_CALENDAR_DAYS * DAY_MS) {
        return true;
    }
    hash_uid(event, event->instead_ms != NO_TIME ? event->instead_ms
                    : event->rule ? at_ms
                                  : NO_TIME,
             uid);
    bool is_taken = event->instead_ms != NO_TIME
                 || (!is_moved(reading, uid)
                     && !is_excepted(event, time, at_ms));
    if (is_taken) {
        add_entry(reading, uid, at_ms);
    }
    return reading->n_event <= KOR_CALENDAR_EACH
        && reading->file->n_entries <= KOR_CALENDAR_ALL;
}

/* Times beside the rule. */
static enum kor_code
take_dates(struct reading *reading)
{
    struct kor_calendar_time *dates = NULL;
    size_t n = 0;
    enum kor_code code = read_exceptions(reading, "RDATE", &dates, &n);
    bool is_series = reading->event.rule != NULL;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        /* So that each has a hash of its own. */
        reading->event.rule = "";
        if (!take_time(reading, &dates[i])) {
            break;
        }
    }
    if (!is_series) {
        reading->event.rule = NULL;
    }
    free(dates);
    return code;
}

static enum kor_code
take_times(struct reading *reading)
{
    struct event *event = &reading->event;
    int64_t end_ms = reading->file->now_ms + KOR_CALENDAR_DAYS * DAY_MS;
    enum kor_code code = KOR_OK;
    if (event->rule && event->instead_ms == NO_TIME) {
        code = kor_calendar_recur(&event->start, event->rule, end_ms,
                                  &reading->steps, take_time, reading,
                                  reading->err);
    } else {
        (void)take_time(reading, &event->start);
    }
    if (code == KOR_OK && event->instead_ms == NO_TIME) {
        code = take_dates(reading);
    }
    return code == KOR_OK && reading->n_event > KOR_CALENDAR_EACH
               ? kor_fail(reading->err, KOR_BAD_VALUE, "file",
                          "it recurs more than %d times in %d days",
                          KOR_CALENDAR_EACH, KOR_CALENDAR_DAYS)
               : code;
}

/* An event with a code of which there is nothing to send. */
static void
count_skipped(struct reading *reading)
{
    if (reading->n_event == 0 && reading->is_past) {
        reading->file->n_past++;
    } else if (reading->n_event == 0) {
        reading->file->n_off++;
    }
}

static enum kor_code
read_event(struct reading *reading, const struct kor_calendar_part *part)
{
    struct kor_calendar_file *file = reading->file;
    struct event *event = &reading->event;
    enum kor_code code = begin_event(reading, part);
    if (code == KOR_OK && !*event->entry.code) {
        file->n_without++;
        return KOR_OK;
    }
    bool is_off = is_cancelled(reading);
    reading->n_event = 0;
    reading->is_past = false;
    if (code == KOR_OK && !is_off) {
        code = read_instead(reading);
    }
    if (code == KOR_OK && !is_off) {
        code = read_start(reading);
    }
    if (code == KOR_OK && !is_off) {
        code = take_times(reading);
    }
    if (code == KOR_OK) {
        count_skipped(reading);
    }
    free(event->except);
    free(event->except_ms);
    event->except = NULL;
    event->except_ms = NULL;
    if (code == KOR_BAD_VALUE) {
        note_problem(file, event->line, reading->err);
        code = KOR_OK;
    }
    return code == KOR_OK && file->n_entries > KOR_CALENDAR_ALL
               ? kor_fail(reading->err, KOR_TOO_LARGE, "file",
                          "this calendar has more than %d appointments: let "
                          "the program write the coming months alone",
                          KOR_CALENDAR_ALL)
               : code;
}

/* --- the whole ----------------------------------------------------------- */

/* Times that were moved, or cancelled by themselves, whatever is said of them
 * now: they do not come from their series. */
static void
find_moved(struct reading *reading)
{
    const struct kor_calendar_lines *lines = &reading->lines;
    reading->instead
        = kor_alloc_array(lines->n_events, sizeof *reading->instead);
    for (size_t i = 0; i < lines->n_events; i++) {
        /* What cannot be read is said when the event has its turn. */
        enum kor_code code = begin_event(reading, &lines->events[i]);
        bool has_uid = reading->event.uid != NULL;
        code = has_uid || code == KOR_OK ? read_instead(reading) : code;
        if (code == KOR_OK && has_uid
            && reading->event.instead_ms != NO_TIME) {
            hash_uid(&reading->event, reading->event.instead_ms,
                     reading->instead[reading->n_instead++]);
        }
    }
    qsort(reading->instead, reading->n_instead, sizeof *reading->instead,
          by_text);
}

static int
by_uid(const void *a, const void *b)
{
    const struct kor_calendar_entry *x = a, *y = b;
    int order = strcmp(x->uid, y->uid);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int
by_client(const void *a, const void *b)
{
    const struct kor_calendar_entry *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : (x->start_ms > y->start_ms)
                               - (x->start_ms < y->start_ms);
}

/* Of what is there twice the one that stands last counts. */
static void
put_in_order(struct kor_calendar_file *file)
{
    size_t kept = 0;
    if (!file->n_entries) {
        return;
    }
    qsort(file->entries, file->n_entries, sizeof *file->entries, by_uid);
    for (size_t i = 0; i < file->n_entries; i++) {
        bool is_last = i + 1 == file->n_entries
                    || strcmp(file->entries[i].uid, file->entries[i + 1].uid);
        if (is_last) {
            file->entries[kept++] = file->entries[i];
        }
    }
    file->n_entries = kept;
    qsort(file->entries, kept, sizeof *file->entries, by_client);
}

/* A rule that fits no day is searched for through all of time. */
static enum kor_code
check_time(const struct reading *reading)
{
    const struct kor_clock *clock = reading->file->clock;
    return clock->mono_ms(clock) - reading->begun_ms > KOR_CALENDAR_MS
               ? kor_fail(reading->err, KOR_TOO_LARGE, "file",
                          "more recurs in this calendar than can be gone "
                          "through: let the program write the coming months "
                          "alone")
               : KOR_OK;
}

enum kor_code
kor_calendar_read(struct kor_calendar_file *file, const char *bytes,
                  size_t size, struct kor_err *err)
{
    struct kor_err own;
    kor_err_init(&own, err ? err->lang : KOR_EN);
    struct reading reading
        = {.file = file,
           .steps = MAX_STEPS,
           .begun_ms = file->clock->mono_ms(file->clock),
           .err = err ? err : &own};
    enum kor_code code
        = kor_calendar_split(&reading.lines, bytes, size, reading.err);
    if (code == KOR_OK) {
        kor_calendar_zones_init(&reading.zones, &reading.lines);
        find_moved(&reading);
        file->n_events = reading.lines.n_events;
        for (size_t i = 0; i < file->n_events && code == KOR_OK; i++) {
            code = read_event(&reading, &reading.lines.events[i]);
            code = code == KOR_OK ? check_time(&reading) : code;
        }
        put_in_order(file);
        kor_calendar_zones_done(&reading.zones);
    }
    free(reading.instead);
    kor_calendar_split_done(&reading.lines);
    return code;
}

void
kor_calendar_done(struct kor_calendar_file *file)
{
    free(file->entries);
    file->entries = NULL;
    file->n_entries = file->n_room = 0;
}

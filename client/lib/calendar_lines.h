/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_CALENDAR_LINES_H
#define CLIENT_LIB_CALENDAR_LINES_H 1

/* The lines of an iCalendar file (RFC 5545): unfolded, with where each stands,
 * and what is between which BEGIN and END.  Knows of no dates. */

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

#define KOR_CALENDAR_MAX_SIZE ((size_t)4 << 20) /* Bytes of the file. */
#define KOR_CALENDAR_MAX_DEPTH 8
#define KOR_CALENDAR_MAX_ZONES 100

struct kor_calendar_line {
    size_t at; /* In 'text', terminated. */
    long line; /* In the file, from 1. */
};

/* Lines that stand between a BEGIN and its END, both left out. */
struct kor_calendar_part {
    size_t first, end; /* Indexes of lines. */
};

struct kor_calendar_lines {
    struct kor_buf text;
    struct kor_calendar_line *lines;
    size_t n, n_room;
    struct kor_calendar_part *events, *zones; /* VEVENT and VTIMEZONE. */
    size_t n_events, n_events_room, n_zones, n_zones_room;
};

/* Splits 'size' bytes into an empty 'lines'; end with
 * kor_calendar_split_done() also after an error.  Field "file": KOR_TOO_LARGE;
 * KOR_BAD_VALUE if it is no UTF-8, no calendar, or BEGIN and END do not go
 * together, with the line. */
KOR_NODISCARD enum kor_code
kor_calendar_split(struct kor_calendar_lines *lines, const char *bytes,
                   size_t size, struct kor_err *err);
void kor_calendar_split_done(struct kor_calendar_lines *lines);

/* One property: NAME;PARAMETER=...:VALUE. */
struct kor_calendar_property {
    const char *value;
    long line;
    char tzid[128]; /* "": none. */
    bool has_range; /* It is for all that follow. */
};

/* Finds the property 'name' among the lines of 'part', not within a component
 * inside of it, from '*i' on (begin with part->first), and sets '*i' behind
 * it; false if there is none. */
bool kor_calendar_next(const struct kor_calendar_lines *lines,
                       const struct kor_calendar_part *part,
                       const char *name, size_t *i,
                       struct kor_calendar_property *out);

/* The text of the line 'i', and whether it is of the property 'name'. */
const char *kor_calendar_text(const struct kor_calendar_lines *lines,
                              size_t i);
bool kor_calendar_is(const char *text, const char *name);

#endif /* client/lib/calendar_lines.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_CALENDAR_FILE_H
#define CLIENT_LIB_CALENDAR_FILE_H 1

/* A calendar (iCalendar, RFC 5545) as appointments with clients.
 *
 * An event is one if a client's code stands in its SUMMARY, for example
 * K3M9-7TPX; one of the words room, phone, video, home and net beside it is
 * the mode.  Nothing else of an event is kept: its UID and which of its times
 * it is become a hash.  What recurs is gone through from a day ago to 400 days
 * ahead.  What was cancelled is left out, as if it were gone.
 *
 * Fill 'now_ms', call kor_calendar_read(), end with kor_calendar_done() also
 * after an error. */

#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/define/client_code.h"
#include "lib/calendar_lines.h"

#define KOR_CALENDAR_DAYS 400     /* Ahead. */
#define KOR_CALENDAR_EACH 1000    /* Appointments from one event. */
#define KOR_CALENDAR_ALL 10000    /* From one file. */
#define KOR_CALENDAR_PROBLEMS 50  /* That are kept. */
#define KOR_CALENDAR_MS 5000      /* That reading takes at most. */
#define KOR_CALENDAR_UID_SIZE 33

struct kor_calendar_entry {
    char uid[KOR_CALENDAR_UID_SIZE]; /* Hexadecimal. */
    char code[KOR_EPISODE_CODE_SIZE]; /* As it stands there. */
    char mode[8];                    /* "": not said. */
    int64_t start_ms;
    long line;                       /* At which the event begins. */
};

struct kor_calendar_problem {
    long line;
    char text[512];
};

struct kor_calendar_file {
    /* Set by the caller. */
    int64_t now_ms;
    const struct kor_clock *clock; /* By which it gives up; borrowed. */

    struct kor_calendar_entry *entries; /* By code and time; none twice. */
    size_t n_entries, n_room;
    size_t n_events;  /* In the file. */
    size_t n_without; /* Of them without a code: skipped, as are: */
    size_t n_past;    /* with a code, more than a day ago and not again, */
    size_t n_off;     /* with a code, called off, or more than
                       * KOR_CALENDAR_DAYS ahead. */
    struct kor_calendar_problem problems[KOR_CALENDAR_PROBLEMS];
    size_t n_problems; /* All of them, kept or not. */
};

/* Reads 'size' bytes.  What is wrong in an event with a code is a problem and
 * no error.  Errors, of the field "file": KOR_BAD_VALUE if it is no calendar,
 * KOR_TOO_LARGE if it has more than 4 MiB or 10,000 appointments, or takes
 * longer than KOR_CALENDAR_MS. */
KOR_NODISCARD enum kor_code kor_calendar_read(struct kor_calendar_file *file,
                                              const char *bytes, size_t size,
                                              struct kor_err *err);
void kor_calendar_done(struct kor_calendar_file *file);

#endif /* client/lib/calendar_file.h */

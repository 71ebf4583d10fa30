/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of a calendar: see client/lib/calendar_lines.h. */

#include "lib/calendar_lines.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* --- lines ------------------------------------------------------------- */

static void
add_line(struct kor_calendar_lines *lines, long line)
{
    if (lines->n == lines->n_room) {
        lines->n_room = lines->n_room ? 2 * lines->n_room : 256;
        lines->lines = kor_realloc_array(lines->lines, lines->n_room,
                                         sizeof *lines->lines);
    }
    lines->lines[lines->n++]
        = (struct kor_calendar_line){lines->text.size, line};
}

/* A line that begins with a blank goes on with the one before. */
static void
unfold(struct kor_calendar_lines *lines, const char *bytes, size_t size)
{
    long number = 0;
    for (size_t at = 0; at < size;) {
        const char *from = bytes + at;
        const char *end = memchr(from, '\n', size - at);
        size_t n = end ? (size_t)(end - from) : size - at;
        at += n + (end != NULL);
        number++;
        if (n && from[n - 1] == '\r') {
            n--;
        }
        bool goes_on = n && lines->n && (*from == ' ' || *from == '\t');
        if (goes_on) {
            lines->text.size--; /* Its end. */
            from++;
            n--;
        } else if (n) {
            add_line(lines, number);
        } else {
            continue;
        }
        kor_buf_add(&lines->text, from, n);
        kor_buf_putc(&lines->text, '\0');
    }
}

const char *
kor_calendar_text(const struct kor_calendar_lines *lines, size_t i)
{
    return lines->text.text + lines->lines[i].at;
}

bool
kor_calendar_is(const char *text, const char *name)
{
    size_t n = strlen(name);
    return !strncasecmp(text, name, n) && (text[n] == ':' || text[n] == ';');
}

/* --- components -------------------------------------------------------- */

static void
add_part(struct kor_calendar_part **parts, size_t *n, size_t *n_room,
         size_t first, size_t end)
{
    if (*n == *n_room) {
        *n_room = *n_room ? 2 * *n_room : 16;
        *parts = kor_realloc_array(*parts, *n_room, sizeof **parts);
    }
    (*parts)[(*n)++] = (struct kor_calendar_part){first, end};
}

static enum kor_code
fail_at(const struct kor_calendar_lines *lines, size_t i,
        struct kor_err *err)
{
    return kor_fail(err, KOR_BAD_VALUE, "file",
                    "line %ld: BEGIN and END of this calendar do not go "
                    "together: let the program it comes from write it again",
                    lines->lines[i].line);
}

/* An END: it has to be of what was begun last. */
static bool
close_part(struct kor_calendar_lines *lines, const size_t open[],
           size_t depth, size_t i)
{
    const char *what = kor_calendar_text(lines, i) + strlen("END:");
    const char *begun
        = kor_calendar_text(lines, open[depth - 1]) + strlen("BEGIN:");
    if (strcasecmp(what, begun)) {
        return false;
    }
    size_t first = open[depth - 1] + 1;
    if (depth == 2 && !strcasecmp(what, "VEVENT")) {
        add_part(&lines->events, &lines->n_events, &lines->n_events_room,
                 first, i);
    } else if (depth == 2 && !strcasecmp(what, "VTIMEZONE")) {
        add_part(&lines->zones, &lines->n_zones, &lines->n_zones_room, first,
                 i);
    }
    return true;
}

static enum kor_code
find_parts(struct kor_calendar_lines *lines, struct kor_err *err)
{
    size_t open[KOR_CALENDAR_MAX_DEPTH], depth = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const char *text = kor_calendar_text(lines, i);
        bool is_begin = !strncasecmp(text, "BEGIN:", 6);
        bool is_end = !strncasecmp(text, "END:", 4);
        if (depth == 0 && strcasecmp(text, "BEGIN:VCALENDAR")) {
            return kor_fail(err, KOR_BAD_VALUE, "file",
                            "line %ld: this is no calendar: an iCalendar "
                            "file (.ics) begins with BEGIN:VCALENDAR",
                            lines->lines[i].line);
        }
        if (is_begin && depth == KOR_CALENDAR_MAX_DEPTH) {
            return fail_at(lines, i, err);
        }
        if (is_begin) {
            open[depth++] = i;
        } else if (is_end && !close_part(lines, open, depth--, i)) {
            return fail_at(lines, i, err);
        }
    }
    if (lines->n_zones > KOR_CALENDAR_MAX_ZONES) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "a calendar has at most %d time zones",
                        KOR_CALENDAR_MAX_ZONES);
    }
    return depth ? fail_at(lines, open[depth - 1], err)
           : lines->n
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "file",
                          "line %ld: this is no calendar: an iCalendar "
                          "file (.ics) begins with BEGIN:VCALENDAR", 1L);
}

static bool
is_text(const struct kor_calendar_lines *lines)
{
    bool is_valid = true;
    for (size_t i = 0; i < lines->n && is_valid; i++) {
        const char *text = kor_calendar_text(lines, i);
        is_valid = kor_utf8_valid(text, strlen(text));
    }
    return is_valid;
}

enum kor_code
kor_calendar_split(struct kor_calendar_lines *lines, const char *bytes,
                   size_t size, struct kor_err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (size > KOR_CALENDAR_MAX_SIZE) {
        return kor_fail(err, KOR_TOO_LARGE, "file",
                        "a calendar has at most 4 MiB: let the program write "
                        "the coming months alone");
    }
    if (size >= 3 && !memcmp(bytes, mark, 3)) {
        bytes += 3;
        size -= 3;
    }
    unfold(lines, bytes, size);
    /* A long line may have been folded within a letter. */
    if (memchr(bytes, '\0', size) || !is_text(lines)) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "this calendar is not UTF-8: let the program it "
                        "comes from write it again");
    }
    return find_parts(lines, err);
}

void
kor_calendar_split_done(struct kor_calendar_lines *lines)
{
    kor_buf_done(&lines->text);
    free(lines->lines);
    free(lines->events);
    free(lines->zones);
    memset(lines, 0, sizeof *lines);
}

/* --- properties -------------------------------------------------------- */

/* The end of a parameter's value: quotes hide colons and semicolons. */
static const char *
skip_parameter(const char *at)
{
    bool is_quoted = false;
    while (*at && (is_quoted || (*at != ';' && *at != ':'))) {
        is_quoted ^= *at++ == '"';
    }
    return at;
}

static void
take_parameter(const char *at, const char *end,
               struct kor_calendar_property *out)
{
    if (!strncasecmp(at, "TZID=", 5)) {
        const char *from = at + 5;
        size_t n = (size_t)(end - from);
        if (n >= 2 && from[0] == '"' && from[n - 1] == '"') {
            from++;
            n -= 2;
        }
        n = n < sizeof out->tzid ? n : sizeof out->tzid - 1;
        memcpy(out->tzid, from, n);
        out->tzid[n] = '\0';
    }
    out->has_range |= !strncasecmp(at, "RANGE=", 6);
}

static bool
read_property(const char *text, struct kor_calendar_property *out)
{
    const char *at = strpbrk(text, ";:");
    out->tzid[0] = '\0';
    out->has_range = false;
    while (at && *at == ';') {
        const char *end = skip_parameter(at + 1);
        take_parameter(at + 1, end, out);
        at = end;
    }
    out->value = at && *at == ':' ? at + 1 : NULL;
    return out->value != NULL;
}

bool
kor_calendar_next(const struct kor_calendar_lines *lines,
                  const struct kor_calendar_part *part, const char *name,
                  size_t *i, struct kor_calendar_property *out)
{
    int depth = 0;
    while (*i < part->end) {
        size_t at = (*i)++;
        const char *text = kor_calendar_text(lines, at);
        if (!strncasecmp(text, "BEGIN:", 6)) {
            depth++;
        } else if (!strncasecmp(text, "END:", 4)) {
            depth--;
        } else if (depth == 0 && kor_calendar_is(text, name)
                   && read_property(text, out)) {
            out->line = lines->lines[at].line;
            return true;
        }
    }
    return false;
}

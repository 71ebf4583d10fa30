/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which session a score belongs to: see service/place.h. */

#include "service/place.h"

#include <string.h>

#include "kor/base/clock.h"
#include "kor/base/utf8.h"

#define MAX_SESSION 9999
#define MAX_AHEAD 10 /* Numbers that may be left out: a slip is likelier. */

enum kor_code
kor_place_words(const char *status, const char *mode, struct kor_err *err)
{
    static const char *const statuses[]
        = {"held", "cancelled-client", "cancelled-late", "cancelled-clinic",
           "not-attended", "check-in", NULL};
    static const char *const modes[]
        = {"room", "phone", "video", "home", "net", NULL};
    if (*status && !kor_is_one_of(status, statuses)) {
        return kor_fail(err, KOR_BAD_VALUE, "status",
                        "the status is held, check-in, cancelled-client, "
                        "cancelled-late, cancelled-clinic or not-attended");
    }
    if (*mode && !kor_is_one_of(mode, modes)) {
        return kor_fail(err, KOR_BAD_VALUE, "mode",
                        "the mode is room, phone, video, home or net");
    }
    return KOR_OK;
}

enum kor_code
kor_place_date(const struct kor_timeline *timeline, int32_t date,
               int32_t today, struct kor_err *err)
{
    char given[KOR_DATE_SIZE], limit[KOR_DATE_SIZE];
    kor_date_format(date, given);
    if (date > today) {
        return kor_fail(err, KOR_BAD_VALUE, "date",
                        "the date %s lies in the future: today is %s", given,
                        kor_date_format(today, limit));
    }
    if (date < timeline->episode.opened_date) {
        return kor_fail(err, KOR_BAD_VALUE, "date",
                        "the date %s lies before the episode, which began "
                        "on %s", given,
                        kor_date_format(timeline->episode.opened_date, limit));
    }
    return KOR_OK;
}

static void
take_old(const struct kor_timeline *timeline, size_t index,
         struct kor_place *place)
{
    place->is_new = false;
    place->index = index;
    place->session = place->before = timeline->sessions[index];
}

/* The last session of that date, or SIZE_MAX. */
static size_t
find_date(const struct kor_timeline *timeline, int32_t date)
{
    for (size_t i = timeline->n_sessions; i-- > 0;) {
        if (timeline->sessions[i].session_date == date) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The number that is free for a day between sessions, or 0: none is. */
static int32_t
free_number(const struct kor_timeline *timeline, int32_t date)
{
    int32_t before = 0;
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        const struct kor_session *session = &timeline->sessions[i];
        if (session->session_date > date) {
            return session->number > before + 1 ? before + 1 : 0;
        }
        before = session->number;
    }
    return before + 1;
}

static enum kor_code
fail_order(const struct kor_timeline *timeline,
           const struct kor_session *other, int32_t date, struct kor_err *err)
{
    char text[KOR_DATE_SIZE];
    int32_t number = free_number(timeline, date);
    kor_date_format(other->session_date, text);
    return number
               ? kor_fail(err, KOR_BAD_VALUE, "date",
                          "session %d was on %s, and sessions are numbered in "
                          "order of their dates: give --session %d",
                          other->number, text, number)
               : kor_fail(err, KOR_BAD_VALUE, "date",
                          "session %d was on %s, and sessions are numbered in "
                          "order of their dates: no number is free for one "
                          "before it", other->number, text);
}

/* A new session must lie between its neighbours in time as in number. */
static enum kor_code
check_order(const struct kor_timeline *timeline, int32_t number, int32_t date,
            struct kor_err *err)
{
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        const struct kor_session *other = &timeline->sessions[i];
        bool is_wrong = other->number < number ? other->session_date > date
                                               : other->session_date < date;
        if (is_wrong) {
            return fail_order(timeline, other, date, err);
        }
    }
    return KOR_OK;
}

static enum kor_code
make_new(const struct kor_timeline *timeline, int64_t number, int32_t date,
         struct kor_place *place, struct kor_err *err)
{
    int64_t last = timeline->n_sessions
                       ? timeline->sessions[timeline->n_sessions - 1].number
                       : 0;
    if (number == KOR_NO_INT) {
        number = last + 1;
    }
    if (number > last + MAX_AHEAD || number > MAX_SESSION) {
        return kor_fail(err, KOR_BAD_VALUE, "session",
                        "the last session is number %d: a new one may have "
                        "a number up to %d", (int)last,
                        (int)(last + MAX_AHEAD < MAX_SESSION
                                  ? last + MAX_AHEAD
                                  : MAX_SESSION));
    }
    place->is_new = true;
    place->session = (struct kor_session){.number = (int32_t)number,
                                          .session_date = date,
                                          .status = "held"};
    return check_order(timeline, (int32_t)number, date, err);
}

static enum kor_code
find_session(const struct kor_timeline *timeline,
             const struct kor_place_wish *wish, struct kor_place *place,
             struct kor_err *err)
{
    bool has_date = wish->date != KOR_NO_DATE;
    int32_t date = has_date ? wish->date : wish->today;
    size_t index = wish->session == KOR_NO_INT
                       ? find_date(timeline, date)
                       : kor_timeline_session(timeline,
                                              (int32_t)wish->session);
    if (index == SIZE_MAX) {
        enum kor_code code
            = kor_place_date(timeline, date, wish->today, err);
        return code == KOR_OK
                   ? make_new(timeline, wish->session, date, place, err)
                   : code;
    }
    take_old(timeline, index, place);
    if (has_date && place->session.session_date != date) {
        char text[KOR_DATE_SIZE];
        return kor_fail(err, KOR_CONFLICT, "date",
                        "session %d was on %s: leave --date out, or give "
                        "another number", place->session.number,
                        kor_date_format(place->session.session_date, text));
    }
    return KOR_OK;
}

bool
kor_place_is_answered(const struct kor_timeline *timeline, size_t index)
{
    for (size_t i = 0; i < timeline->n_points; i++) {
        const struct kor_point *point = &timeline->points[i];
        if ((size_t)point->session_index == index && !point->is_struck) {
            return true;
        }
    }
    return false;
}

/* What nobody says follows from who answers, and with whom. */
static const char *
status_of(const struct kor_place_wish *wish, const struct kor_place *place)
{
    const char *status = place->session.status;
    if (*wish->status) {
        return wish->status;
    }
    if (wish->has_answers && place->is_new) {
        return wish->is_alone ? "check-in" : "held";
    }
    return wish->has_answers && !wish->is_alone && !strcmp(status, "check-in")
               ? "held"
               : status;
}

enum kor_code
kor_place_find(const struct kor_timeline *timeline,
               const struct kor_place_wish *wish, struct kor_place *place,
               struct kor_err *err)
{
    memset(place, 0, sizeof *place);
    enum kor_code code = kor_place_words(wish->status, wish->mode, err);
    if (code == KOR_OK) {
        code = find_session(timeline, wish, place, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct kor_session *session = &place->session;
    const char *status = status_of(wish, place);
    if (strcmp(status, session->status)) {
        kor_utf8_copy(session->status, sizeof session->status, status);
        place->has_changed = true;
    }
    if (*wish->mode && strcmp(wish->mode, session->mode)) {
        kor_utf8_copy(session->mode, sizeof session->mode, wish->mode);
        place->has_changed = true;
    }
    if (wish->has_answers && !kor_session_took_place(session)) {
        return kor_fail(err, KOR_CONFLICT, "status",
                        "session %d was not held: give --status held with "
                        "the answers if it was", session->number);
    }
    if (place->has_changed && !kor_session_took_place(session) && !place->is_new
        && kor_place_is_answered(timeline, place->index)) {
        return kor_fail(err, KOR_CONFLICT, "status",
                        "session %d has answers, so it was held: give the "
                        "number of another one with --session",
                        session->number);
    }
    return KOR_OK;
}

const struct kor_session *
kor_place_before(const struct kor_place *place)
{
    return place->is_new ? NULL : &place->before;
}

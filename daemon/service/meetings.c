/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Meetings: a group has met, and each member has a session of that day. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/groups.h"
#include "service/recording.h"
#include "store/session.h"

#define MAX_NUMBER 9999

/* What a member did, and the session that the client has of it. */
struct attendance {
    struct kor_member member;
    bool was_there, did_homework;
    bool has_session; /* That is new, or changes. */
    struct kor_place place;
};

/* The members of a day, and the meetings so far. */
struct meeting {
    const struct kor_msg_meeting_hold *msg;
    struct kor_meeting row;
    struct attendance *members;
    size_t n_members;
    int32_t last_date; /* Of the meeting before, or KOR_NO_DATE. */
    int64_t last_number;
};

static void
take_member(void *to, const struct kor_member *member)
{
    struct meeting *meeting = to;
    if (member->joined_date > meeting->row.date
        || (member->left_date != KOR_NO_DATE
            && member->left_date < meeting->row.date)) {
        return;
    }
    meeting->members = kor_realloc_array(
        meeting->members, meeting->n_members + 1, sizeof *meeting->members);
    meeting->members[meeting->n_members++]
        = (struct attendance){.member = *member};
}

static void
take_meeting(void *to, const struct kor_meeting *row)
{
    struct meeting *meeting = to;
    if (row->number > meeting->last_number) {
        meeting->last_number = row->number;
        meeting->last_date = row->date;
    }
}

static struct attendance *
find_member(const struct meeting *meeting, const char *code)
{
    for (size_t i = 0; i < meeting->n_members; i++) {
        if (!strcmp(meeting->members[i].member.code, code)) {
            return &meeting->members[i];
        }
    }
    return NULL;
}

/* The member of that day with a code that is given. */
static enum kor_code
read_code(struct kor_context *context, const struct meeting *meeting,
          const char *word, const char *field, struct attendance **found)
{
    char code[KOR_CLIENT_CODE_SIZE];
    enum kor_code result = kor_client_code_parse(word, code, context->err);
    if (result != KOR_OK) {
        return result;
    }
    *found = find_member(meeting, code);
    return *found ? KOR_OK
                  : kor_fail(context->err, KOR_NOT_FOUND, field,
                             "%s is not in the group on that day: 'kor group "
                             "join %s %s' is first", code, meeting->msg->name,
                             code);
}

/* Who was there, and who had done the homework. */
static enum kor_code
read_codes(struct kor_context *context, const struct meeting *meeting)
{
    const struct kor_msg_meeting_hold *msg = meeting->msg;
    struct attendance *found;
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < msg->n_there && code == KOR_OK; i++) {
        code = read_code(context, meeting, msg->there[i], "there", &found);
        if (code == KOR_OK) {
            found->was_there = true;
        }
    }
    for (size_t i = 0; i < msg->n_homework && code == KOR_OK; i++) {
        code = read_code(context, meeting, msg->homework[i], "homework",
                         &found);
        if (code == KOR_OK) {
            found->did_homework = true;
        }
    }
    return code;
}

static enum kor_code
check_date(struct kor_context *context, const struct meeting *meeting)
{
    char last[KOR_DATE_SIZE], limit[KOR_DATE_SIZE];
    int32_t today = kor_desk_today(context->desk);
    if (meeting->row.date > today) {
        return kor_fail(context->err, KOR_BAD_VALUE, "date",
                        "the date lies in the future: today is %s",
                        kor_date_format(today, limit));
    }
    if (meeting->last_date != KOR_NO_DATE
        && meeting->row.date <= meeting->last_date) {
        return kor_fail(context->err, KOR_BAD_VALUE, "date",
                        "meeting %d was on %s: the next one is later",
                        (int)meeting->last_number,
                        kor_date_format(meeting->last_date, last));
    }
    if (meeting->last_number >= MAX_NUMBER) {
        return kor_fail(context->err, KOR_CONFLICT, "name",
                        "a group has at most %d meetings", MAX_NUMBER);
    }
    return meeting->n_members
               ? KOR_OK
               : kor_fail(context->err, KOR_CONFLICT, "name",
                          "nobody is in this group on that day: 'kor group "
                          "join' is first");
}

/* --- the members' sessions ----------------------------------------------- */

/* Whether the meeting makes a session of the client, or changes one: not after
 * the end, not between later ones that have their numbers, and what is known
 * of the day already stands if the client was not in the group then. */
static bool
has_session(const struct kor_timeline *timeline,
            const struct attendance *attendance, int32_t date)
{
    bool is_there = false, is_before_others = false;
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        is_there |= timeline->sessions[i].session_date == date;
        is_before_others |= timeline->sessions[i].session_date > date;
    }
    return timeline->episode.closed_date == KOR_NO_DATE
        && (is_there ? attendance->was_there : !is_before_others);
}

/* Finds where the session goes; nothing is written yet. */
static enum kor_code
place(struct kor_context *context, int32_t date,
      struct attendance *attendance)
{
    struct kor_timeline *timeline;
    const struct kor_place_wish wish
        = {.session = KOR_NO_INT,
           .date = date,
           .status = attendance->was_there ? "held" : "not-attended",
           .mode = "",
           .today = kor_desk_today(context->desk)};
    const char *client = attendance->member.code;
    enum kor_code code = kor_timelines_get(
        context->timelines, context->desk, client,
        attendance->member.episode, &timeline, context->err);
    if (code != KOR_OK) {
        return kor_wrap(context->err, "%s", client);
    }
    attendance->has_session = has_session(timeline, attendance, date);
    if (attendance->has_session
        && kor_place_find(timeline, &wish, &attendance->place, context->err)
               != KOR_OK) {
        return kor_wrap(context->err, "%s", client);
    }
    return KOR_OK;
}

/* Whoever leads the group and puts the meeting down held the session. */
static enum kor_code
store_holder(struct kor_context *context, const struct kor_group *group,
             const struct kor_timeline *timeline,
             const struct attendance *attendance)
{
    const struct kor_place *where = &attendance->place;
    const char *caller = context->call->caller.name;
    bool is_held_anew
        = attendance->was_there
       && (where->is_new || strcmp(where->before.status, "held"));
    return is_held_anew
               ? kor_store_session_set(
                     context->desk->store, &timeline->sessions[where->index],
                     kor_group_is_led_by(group, caller) ? caller
                                                        : group->leader,
                     context->err)
               : KOR_OK;
}

static enum kor_code
store_session(struct kor_context *context, const struct kor_group *group,
              struct attendance *attendance)
{
    struct kor_timeline *timeline;
    enum kor_code code
        = kor_timelines_get(context->timelines, context->desk,
                            attendance->member.code,
                            attendance->member.episode, &timeline,
                            context->err);
    if (code == KOR_OK) {
        code = kor_recording_session(context, timeline, &attendance->place);
    }
    if (code == KOR_OK) {
        code = store_holder(context, group, timeline, attendance);
    }
    return code == KOR_OK
               ? kor_recording_await(context, timeline,
                                     attendance->place.index,
                                     kor_place_before(&attendance->place), NULL,
                                     0)
               : code;
}

/* --- the meeting --------------------------------------------------------- */

static enum kor_code
load(struct kor_context *context, const struct kor_group *group,
     struct meeting *meeting)
{
    struct kor_store *store = context->desk->store;
    enum kor_code code = kor_store_members(store, group->id, take_member,
                                           meeting, context->err);
    if (code == KOR_OK) {
        code = kor_store_meetings(store, group->id, take_meeting, meeting,
                                  context->err);
    }
    if (code == KOR_OK) {
        code = check_date(context, meeting);
    }
    if (code == KOR_OK) {
        code = read_codes(context, meeting);
    }
    for (size_t i = 0; i < meeting->n_members && code == KOR_OK; i++) {
        code = place(context, meeting->row.date, &meeting->members[i]);
    }
    return code;
}

static enum kor_code
store(struct kor_context *context, const struct kor_group *group,
      struct meeting *meeting)
{
    struct kor_store *store = context->desk->store;
    enum kor_code code = kor_store_meeting_add(store, group->id,
                                               &meeting->row, context->err);
    for (size_t i = 0; i < meeting->n_members && code == KOR_OK; i++) {
        struct attendance *attendance = &meeting->members[i];
        code = kor_store_attendance_add(
            store, meeting->row.id, attendance->member.id,
            attendance->was_there, attendance->did_homework, context->err);
        if (code == KOR_OK && attendance->has_session) {
            code = store_session(context, group, attendance);
        }
    }
    return code;
}

enum kor_code
kor_handle_meeting_hold(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_meeting_hold *msg = request;
    struct meeting meeting = {.msg = msg, .last_date = KOR_NO_DATE};
    struct kor_group group;
    meeting.row.date = msg->date == KOR_NO_DATE
                           ? kor_desk_today(context->desk)
                           : msg->date;
    kor_utf8_copy(meeting.row.module, sizeof meeting.row.module, msg->module);
    enum kor_code code = kor_group_find(context, msg->name, &group);
    if (code == KOR_OK) {
        code = load(context, &group, &meeting);
    }
    if (code == KOR_OK) {
        meeting.row.number = meeting.last_number + 1;
        code = store(context, &group, &meeting);
    }
    free(meeting.members);
    return code == KOR_OK ? kor_group_changed(context, &group, reply) : code;
}

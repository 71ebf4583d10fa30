/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Meetings: a group has met, and each member has a session of that day. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/groups.h"
#include "service/recording.h"

#define MAX_NUMBER 9999

/* The members of a day, and the meetings so far. */
struct meeting {
    const struct kor_msg_meeting_hold *msg;
    struct kor_meeting row;
    struct kor_member *members;
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
    meeting->members[meeting->n_members++] = *member;
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

static bool
is_among(const char *code, char words[][KOR_WORD_SIZE], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char text[KOR_CLIENT_CODE_SIZE];
        if (kor_client_code_parse(words[i], text, NULL) == KOR_OK
            && !strcmp(text, code)) {
            return true;
        }
    }
    return false;
}

/* Every code that is given is that of a member of that day. */
static enum kor_code
check_codes(struct kor_context *context, const struct meeting *meeting,
            char words[][KOR_WORD_SIZE], size_t n, const char *field)
{
    for (size_t i = 0; i < n; i++) {
        char code[KOR_CLIENT_CODE_SIZE];
        bool is_member = false;
        enum kor_code result
            = kor_client_code_parse(words[i], code, context->err);
        if (result != KOR_OK) {
            return result;
        }
        for (size_t k = 0; k < meeting->n_members; k++) {
            is_member |= !strcmp(meeting->members[k].code, code);
        }
        if (!is_member) {
            return kor_fail(context->err, KOR_NOT_FOUND, field,
                            "%s is not in the group on that day: 'kor group "
                            "join' is first", code);
        }
    }
    return KOR_OK;
}

static enum kor_code
check_date(struct kor_context *context, const struct meeting *meeting)
{
    int32_t today = kor_desk_today(context->desk);
    if (meeting->row.date > today
        || (meeting->last_date != KOR_NO_DATE
            && meeting->row.date <= meeting->last_date)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "date",
                        "a meeting comes after the one before it, and not in "
                        "the future");
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

static enum kor_code
load(struct kor_context *context, const struct kor_group *group,
     struct meeting *meeting)
{
    struct kor_store *store = context->desk->store;
    const struct kor_msg_meeting_hold *msg = meeting->msg;
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
        code = check_codes(context, meeting,
                           (char(*)[KOR_WORD_SIZE])msg->there, msg->n_there,
                           "there");
    }
    return code == KOR_OK
               ? check_codes(context, meeting,
                             (char(*)[KOR_WORD_SIZE])msg->homework,
                             msg->n_homework, "homework")
               : code;
}

/* The member's session of that day: held, or not attended. */
static enum kor_code
store_session(struct kor_context *context, const struct kor_member *member,
              int32_t date, bool was_there)
{
    struct kor_timeline *timeline;
    struct kor_place place;
    const struct kor_place_wish wish
        = {.session = KOR_NO_INT,
           .date = date,
           .status = was_there ? "held" : "not-attended",
           .mode = "",
           .today = kor_desk_today(context->desk)};
    enum kor_code code = kor_timelines_get(context->timelines, context->desk,
                                           member->code, &timeline,
                                           context->err);
    if (code == KOR_OK && timeline->episode.id != member->episode_id) {
        return KOR_OK; /* The episode has ended, and another one begun. */
    }
    if (code == KOR_OK) {
        code = kor_place_find(timeline, &wish, &place, context->err);
    }
    if (code != KOR_OK) {
        return kor_wrap(context->err, "%s", member->code);
    }
    bool is_held_anew = kor_place_becomes_held(timeline, &place);
    const struct kor_session before
        = place.is_new ? place.session : timeline->sessions[place.index];
    code = kor_recording_session(context, timeline, &place);
    if (code == KOR_OK && !was_there) {
        return kor_dues_mend(context, &timeline->episode, &before,
                             &place.session);
    }
    if (code == KOR_OK) {
        const struct kor_dues_news news
            = {&timeline->sessions[place.index], is_held_anew, NULL, 0};
        code = kor_dues_session(context, &timeline->episode, &news);
    }
    return code;
}

static enum kor_code
store_member(struct kor_context *context, const struct meeting *meeting,
             const struct kor_member *member)
{
    const struct kor_msg_meeting_hold *msg = meeting->msg;
    bool was_there = is_among(member->code,
                              (char(*)[KOR_WORD_SIZE])msg->there,
                              msg->n_there);
    bool did_homework = is_among(member->code,
                                 (char(*)[KOR_WORD_SIZE])msg->homework,
                                 msg->n_homework);
    enum kor_code code = kor_store_attendance_add(
        context->desk->store, meeting->row.id, member->id, was_there,
        did_homework, context->err);
    return code == KOR_OK ? store_session(context, member, meeting->row.date,
                                          was_there)
                          : code;
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
        code = kor_store_meeting_add(context->desk->store, group.id,
                                     &meeting.row, context->err);
    }
    for (size_t i = 0; i < meeting.n_members && code == KOR_OK; i++) {
        code = store_member(context, &meeting, &meeting.members[i]);
    }
    free(meeting.members);
    if (code == KOR_OK) {
        kor_context_event(context, NULL);
    }
    return code == KOR_OK ? kor_group_reply(context, &group, reply) : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Into other hands: a new owner, somebody who stands in, another supervisor. */

#include <string.h>

#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "service/staff.h"
#include "store/hands.h"

#define COVER_DAYS 366 /* Who is away for longer hands over. */
#define PAGE 1000      /* As in the message. */

/* What the access log says beside the client. */
static void
note(struct kor_context *context, const char *object, const char *reason)
{
    struct kor_look *look = &context->call->look;
    kor_utf8_copy(look->object, sizeof look->object, object);
    kor_utf8_copy(look->reason, sizeof look->reason, reason);
}

/* A row to come; 'from' and 'to' may be "". */
static struct kor_hands
hands_of(const char *kind, const char *from, const char *to, const char *why)
{
    struct kor_hands hands = {.until_date = KOR_NO_DATE};
    kor_utf8_copy(hands.kind, sizeof hands.kind, kind);
    kor_utf8_copy(hands.from, sizeof hands.from, from);
    kor_utf8_copy(hands.to, sizeof hands.to, to);
    kor_utf8_copy(hands.why, sizeof hands.why, why);
    return hands;
}

/* Stores what has become of 'episode', and the row about it. */
static enum kor_code
store_hands(struct kor_context *context, const struct kor_episode *episode,
            struct kor_hands *hands)
{
    struct kor_store *store = context->desk->store;
    hands->at_ms = context->now_ms;
    hands->actor_id = context->call->caller.actor_id;
    enum kor_code code
        = kor_store_episode_hands(store, episode, context->err);
    return code == KOR_OK ? kor_store_hands_add(store, episode->id, hands,
                                                context->err)
                          : code;
}

static enum kor_code
set_cover(struct kor_context *context, struct kor_episode *episode,
          const char *by, int32_t until, const char *why)
{
    bool is_covered = kor_context_is_covered(context, episode);
    struct kor_hands hands
        = hands_of("cover", is_covered ? episode->cover : "", by, why);
    hands.until_date = until;
    kor_utf8_copy(episode->cover, sizeof episode->cover, by);
    episode->cover_until_date = until;
    return store_hands(context, episode, &hands);
}

static enum kor_code
set_supervisor(struct kor_context *context, struct kor_episode *episode,
               const char *by, const char *why)
{
    struct kor_hands hands
        = hands_of("supervisor", episode->supervisor, by, why);
    kor_utf8_copy(episode->supervisor, sizeof episode->supervisor, by);
    return store_hands(context, episode, &hands);
}

/* The client goes along to the unit of the new owner, if that is another. */
static enum kor_code
set_unit(struct kor_context *context, struct kor_episode *episode,
         const char *why)
{
    char former[33];
    kor_utf8_copy(former, sizeof former, episode->unit);
    enum kor_code code = kor_staff_place(context, episode->therapist, former,
                                         episode);
    struct kor_hands hands = hands_of("unit", former, episode->unit, why);
    return code == KOR_OK && strcmp(former, episode->unit)
               ? store_hands(context, episode, &hands)
               : code;
}

/* A new owner; whoever stood in did so for the one before. */
static enum kor_code
set_owner(struct kor_context *context, struct kor_episode *episode,
          const char *to, const char *why)
{
    struct kor_hands hands = hands_of("owner", episode->therapist, to, why);
    enum kor_code code
        = kor_context_is_covered(context, episode)
              ? set_cover(context, episode, "", KOR_NO_DATE, why)
              : KOR_OK;
    kor_utf8_copy(episode->therapist, sizeof episode->therapist, to);
    if (code == KOR_OK) {
        code = store_hands(context, episode, &hands);
    }
    return code == KOR_OK ? set_unit(context, episode, why) : code;
}

enum kor_code
kor_handle_handover(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_handover *msg = request;
    struct kor_timeline *timeline;
    char former[33];
    note(context, msg->to, msg->reason);
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = kor_staff_check(context, msg->to, "to", KOR_RELATION_OWN);
    }
    if (code == KOR_OK && !strcmp(timeline->episode.therapist, msg->to)) {
        code = kor_fail(context->err, KOR_CONFLICT, "to",
                        "'%s' is this client's therapist already", msg->to);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(former, sizeof former, timeline->episode.therapist);
    code = set_owner(context, &timeline->episode, msg->to, msg->reason);
    kor_context_event_by(context, timeline, former);
    kor_episode_message(context, timeline, reply);
    return code;
}

/* --- everything of somebody who leaves ----------------------------------- */

/* What has come into other hands so far. */
struct leaving {
    struct kor_context *context;
    const struct kor_msg_handover_all *msg;
    struct kor_msg_handed_over *out;
    struct kor_episode last; /* That did. */
};

static bool
may(struct leaving *leaving, enum kor_verb verb,
    const struct kor_episode *episode)
{
    struct kor_call *call = leaving->context->call;
    const struct kor_timeline timeline = {.episode = *episode};
    const struct kor_object object
        = kor_context_object(leaving->context, &timeline);
    struct kor_grant grant;
    bool is_allowed = kor_access_check(&call->caller, call->request.has_token,
                                       verb, &object, &grant, NULL)
                   == KOR_OK;
    if (is_allowed) {
        call->look.grant = grant;
    }
    return is_allowed;
}

static enum kor_code
leave(struct leaving *leaving, int64_t id)
{
    struct kor_context *context = leaving->context;
    const struct kor_msg_handover_all *msg = leaving->msg;
    struct kor_episode episode;
    enum kor_code code = kor_store_episode_load(context->desk->store, id,
                                                &episode, context->err);
    if (code != KOR_OK) {
        return code;
    }
    bool is_owner = !strcmp(episode.therapist, msg->from);
    bool is_freed = !strcmp(episode.supervisor, msg->from)
                 && may(leaving, KOR_VERB_SUPERVISE, &episode);
    bool is_moved = is_owner && may(leaving, KOR_VERB_HANDOVER_ALL, &episode);
    leaving->out->others += is_owner && !is_moved;
    leaving->out->episodes += is_moved;
    leaving->out->supervised += is_freed;
    if (is_freed) {
        code = set_supervisor(context, &episode, "", msg->reason);
    }
    if (is_moved && code == KOR_OK) {
        code = set_owner(context, &episode, msg->to, msg->reason);
    }
    if (is_moved || is_freed) {
        kor_look_saw(&context->call->look, episode.person.id);
        kor_timelines_forget(context->timelines, episode.person.code);
        leaving->last = episode;
    }
    return code;
}

/* Who has no more than own clients hands over no others'. */
static enum kor_code
check_leaving(struct kor_context *context,
              const struct kor_msg_handover_all *msg)
{
    const struct kor_caller *caller = &context->call->caller;
    unsigned rights = kor_access_rights_of(caller, KOR_VERB_HANDOVER_ALL);
    if (rights == KOR_RELATION_OWN && strcmp(caller->name, msg->from)) {
        return kor_fail(context->err, KOR_FORBIDDEN, "from",
                        "this key hands over its own clients only");
    }
    return !strcmp(msg->from, msg->to)
               ? kor_fail(context->err, KOR_CONFLICT, "to",
                          "'%s' has these clients already", msg->to)
               : kor_staff_check(context, msg->to, "to", KOR_RELATION_OWN);
}

/* Both hear of it once, and not of which clients: the caseload says. */
static void
tell_leaving(struct leaving *leaving)
{
    const struct kor_timeline timeline = {.episode = leaving->last};
    struct kor_event *event = &leaving->context->call->event;
    kor_context_event_by(leaving->context, &timeline, leaving->msg->from);
    event->message.code[0] = '\0';
    event->episode.person.id = 0;
}

enum kor_code
kor_handle_handover_all(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_handover_all *msg = request;
    struct leaving leaving = {.context = context, .msg = msg, .out = reply};
    int64_t after = msg->after == KOR_NO_INT ? 0 : msg->after, ids[PAGE];
    size_t n = 0;
    note(context, msg->from, msg->reason);
    leaving.out->episodes = leaving.out->supervised = leaving.out->others = 0;
    enum kor_code code = check_leaving(context, msg);
    if (code == KOR_OK) {
        code = kor_store_episodes_of(context->desk->store, msg->from, after,
                                     PAGE, ids, &n, context->err);
    }
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = leave(&leaving, ids[i]);
    }
    if (code == KOR_OK && leaving.last.id) {
        tell_leaving(&leaving);
    } else if (code == KOR_OK && n < PAGE && after == 0) {
        code = kor_fail(context->err, KOR_NOT_FOUND, "from",
                        "'%s' has no open episode that this key may hand "
                        "over", msg->from);
    }
    if (n == PAGE) {
        leaving.out->next = ids[n - 1];
    }
    return code;
}

/* --- standing in, and supervising ---------------------------------------- */

static enum kor_code
check_until(struct kor_context *context, int32_t until)
{
    int32_t today = kor_desk_today(context->desk);
    char text[KOR_DATE_SIZE];
    if (until == KOR_NO_DATE || until < today) {
        return kor_fail(context->err, KOR_BAD_VALUE, "until",
                        "give the last day of it, today (%s) or later",
                        kor_date_format(today, text));
    }
    return until > today + COVER_DAYS
               ? kor_fail(context->err, KOR_BAD_VALUE, "until",
                          "a cover lasts a year at most: hand the client "
                          "over instead")
               : KOR_OK;
}

static enum kor_code
check_end(struct kor_context *context, const struct kor_episode *episode,
          const struct kor_msg_cover *msg)
{
    if (*msg->by || msg->until != KOR_NO_DATE) {
        return kor_fail(context->err, KOR_BAD_VALUE, "off",
                        "say either who stands in and until when, or that it "
                        "ends");
    }
    return kor_context_is_covered(context, episode)
               ? KOR_OK
               : kor_fail(context->err, KOR_CONFLICT, "off",
                          "nobody stands in for this client's therapist");
}

static enum kor_code
check_cover(struct kor_context *context, const struct kor_episode *episode,
            const struct kor_msg_cover *msg)
{
    if (msg->off) {
        return check_end(context, episode, msg);
    }
    if (!*msg->by) {
        return kor_fail(context->err, KOR_BAD_VALUE, "by",
                        "say either who stands in and until when, or that it "
                        "ends");
    }
    if (episode->closed_date != KOR_NO_DATE) {
        return kor_fail(context->err, KOR_CONFLICT, "code",
                        "this episode has ended: nobody needs to stand in");
    }
    if (!strcmp(msg->by, episode->therapist)) {
        return kor_fail(context->err, KOR_CONFLICT, "by",
                        "'%s' is this client's therapist already", msg->by);
    }
    enum kor_code code
        = kor_staff_check(context, msg->by, "by", KOR_RELATION_COVER);
    return code == KOR_OK ? check_until(context, msg->until) : code;
}

enum kor_code
kor_handle_cover(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_cover *msg = request;
    struct kor_timeline *timeline;
    char former[33] = "";
    note(context, msg->by, msg->reason);
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check_cover(context, &timeline->episode, msg);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (kor_context_is_covered(context, &timeline->episode)) {
        kor_utf8_copy(former, sizeof former, timeline->episode.cover);
    }
    code = set_cover(context, &timeline->episode, msg->by, msg->until,
                     msg->reason);
    kor_context_event_by(context, timeline, former);
    kor_episode_message(context, timeline, reply);
    return code;
}

static enum kor_code
check_supervisor(struct kor_context *context,
                 const struct kor_episode *episode,
                 const struct kor_msg_supervise *msg)
{
    if (msg->unit == (*msg->by != '\0')) {
        return kor_fail(context->err, KOR_BAD_VALUE, "by",
                        "say either who supervises, or that the unit does");
    }
    if (!strcmp(msg->by, episode->supervisor)) {
        return kor_fail(context->err, KOR_CONFLICT, "by",
                        "this client is supervised so already");
    }
    return msg->unit ? KOR_OK
                     : kor_staff_check(context, msg->by, "by",
                                       KOR_RELATION_SUPER);
}

enum kor_code
kor_handle_supervise(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_supervise *msg = request;
    struct kor_timeline *timeline;
    char former[33];
    note(context, msg->by, msg->reason);
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check_supervisor(context, &timeline->episode, msg);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(former, sizeof former, timeline->episode.supervisor);
    code = set_supervisor(context, &timeline->episode, msg->by, msg->reason);
    kor_context_event_by(context, timeline, former);
    kor_episode_message(context, timeline, reply);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Corrections: a new version of an answer, or its move to the client it
 * belongs to. */

#include <math.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "service/place.h"
#include "service/recording.h"
#include "service/scoring.h"
#include "service/shared.h"

/* The answer that is to be corrected. */
struct target {
    struct kor_timeline *timeline;
    size_t session_index;
    const struct kor_scale *scale;
    struct kor_point point; /* A copy: the timeline changes. */
    struct kor_answer stored;
    bool is_found;
};

static enum kor_code
find_point(struct kor_context *context, const struct kor_msg_correct *msg,
           const char *rater, struct target *target)
{
    const struct kor_timeline *timeline = target->timeline;
    for (size_t i = timeline->n_points; i-- > 0;) {
        const struct kor_point *point = &timeline->points[i];
        if ((size_t)point->session_index != target->session_index
            || point->is_struck || strcmp(point->rater, rater)) {
            continue;
        }
        enum kor_code code
            = kor_desk_scale_by_id(context->desk, point->instrument_id,
                                   &target->scale, context->err);
        if (code != KOR_OK) {
            return code;
        }
        if (!strcmp(target->scale->def.key, msg->scale)) {
            target->point = *point;
            return KOR_OK;
        }
    }
    return kor_fail(context->err, KOR_NOT_FOUND, "scale",
                    "session %d has no answer on %s by %s: 'kor show %s' "
                    "tells what it has", (int)msg->session, msg->scale, rater,
                    timeline->episode.person.code);
}

static enum kor_code
keep_stored(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct target *target = to;
    (void)err;
    if (answer->instrument_id == target->point.instrument_id
        && !strcmp(answer->rater, target->point.rater)) {
        target->stored = *answer;
        target->is_found = true;
    }
    return KOR_OK;
}

/* What counts here and was given elsewhere is mended there. */
static enum kor_code
refuse_copy(struct kor_context *context, const struct target *target)
{
    struct kor_session_name given;
    char client[KOR_EPISODE_CODE_SIZE];
    enum kor_code code = kor_store_session_where(
        context->desk->store, target->stored.shared_session_id, &given,
        context->err);
    return code == KOR_OK
               ? kor_fail(context->err, KOR_CONFLICT, "scale",
                          "this answer was given in session %d of %s and "
                          "counts here too: correct it there", given.session,
                          kor_episode_code_format(
                              target->timeline->episode.person.code,
                              given.episode, client))
               : code;
}

static enum kor_code
find_target(struct kor_context *context, const struct kor_msg_correct *msg,
            struct target *target)
{
    enum kor_code code
        = kor_context_timeline(context, msg->code, &target->timeline);
    if (code != KOR_OK) {
        return code;
    }
    target->session_index = kor_timeline_session(target->timeline,
                                                 (int32_t)msg->session);
    if (target->session_index == SIZE_MAX) {
        return kor_fail(context->err, KOR_NOT_FOUND, "session",
                        "there is no session %d in this episode",
                        (int)msg->session);
    }
    struct kor_rater rater;
    char word[KOR_RATER_SIZE];
    code = kor_rater_parse(*msg->rater ? msg->rater : "client", &rater,
                           context->err);
    if (code == KOR_OK) {
        code = find_point(context, msg, kor_rater_format(&rater, word),
                          target);
    }
    if (code == KOR_OK) {
        code = kor_store_answers(
            context->desk->store,
            target->timeline->sessions[target->session_index].id, keep_stored,
            target, context->err);
    }
    if (code == KOR_OK && target->stored.shared_session_id) {
        code = refuse_copy(context, target);
    }
    if (code == KOR_OK) {
        code = kor_recording_check_versions(context, target->timeline,
                                            "scale");
    }
    return code == KOR_OK && !target->is_found ? KOR_INTERNAL : code;
}

/* Scores the corrected values in the version of the scale that was given. */
static enum kor_code
score_again(struct kor_context *context, const struct kor_msg_correct *msg,
            const struct target *target, struct kor_recorded *recorded)
{
    const struct kor_given given
        = {.scale = msg->scale,
           .instrument_id = target->point.instrument_id,
           .values = msg->values,
           .n_values = msg->n_values,
           .total = msg->total,
           .rater = target->point.rater,
           .language = target->stored.language,
           .how = target->stored.how};
    enum kor_code code = kor_score_given(context->desk, &given,
                                         &recorded->answer, &recorded->scale,
                                         context->err);
    recorded->answer.version = target->stored.version + 1;
    recorded->answer.at_ms = context->now_ms;
    recorded->answer.actor_id = context->call->caller.actor_id;
    recorded->session_index = target->session_index;
    recorded->is_attention_beside = false;
    kor_utf8_copy(recorded->answer.why, sizeof recorded->answer.why,
                  msg->reason);
    return code;
}

static enum kor_code
store_version(struct kor_context *context, const struct kor_msg_correct *msg,
              struct target *target, struct kor_msg_recorded *reply)
{
    struct kor_recorded recorded;
    struct kor_timeline *timeline = target->timeline;
    enum kor_code code = score_again(context, msg, target, &recorded);
    if (code != KOR_OK) {
        return code;
    }
    kor_context_event(context, timeline);
    context->call->event.message.session = msg->session;
    code = kor_recording_correct(context, timeline, &recorded);
    if (code == KOR_OK) {
        code = kor_shared_correct(context, timeline, &recorded);
    }
    if (code == KOR_OK) {
        code = kor_recording_reply(context, timeline, target->session_index,
                                   &recorded, 1, reply);
    }
    return code;
}

/* Takes the values out of the wrong client's answer, wherever it counts. */
static enum kor_code
strike(struct kor_context *context, const struct kor_msg_correct *msg,
       struct target *target)
{
    const struct kor_recorded struck
        = {.answer = target->stored, .scale = target->scale};
    const struct kor_line line
        = {.scale = target->scale, .rater = target->point.rater};
    enum kor_code code
        = kor_recording_strike(context, target->timeline, &line,
                               target->session_index, false, msg->reason);
    return code == KOR_OK ? kor_shared_strike(context, target->timeline,
                                              &struck, msg->reason)
                          : code;
}

/* Where the answer goes in the right client's episode: the session of the same
 * date, or a new one. */
static enum kor_code
find_new_place(struct kor_context *context, struct target *target,
               struct kor_timeline *right, struct kor_place *place)
{
    const struct kor_session *session
        = &target->timeline->sessions[target->session_index];
    const struct kor_place_wish wish
        = {.session = KOR_NO_INT,
           .date = session->session_date,
           .status = "",
           .mode = "",
           .has_answers = true,
           .is_alone = !strcmp(session->status, "check-in"),
           .today = kor_desk_today(context->desk)};
    enum kor_code code = kor_place_find(right, &wish, place, context->err);
    if (code == KOR_OK && place->is_new) {
        kor_utf8_copy(place->session.mode, sizeof place->session.mode,
                      session->mode);
    } else if (code == KOR_OK) {
        const struct kor_point *there
            = kor_timeline_point(right, place->index,
                                 target->point.instrument_id,
                                 target->point.rater);
        if (there && !there->is_struck) {
            code = kor_fail(context->err, KOR_DUPLICATE, "wrong_client",
                            "client %s has an answer on %s in session %d "
                            "already", right->episode.person.code,
                            target->scale->def.key, place->session.number);
        }
    }
    return code;
}

/* Stores the answer, as it was given, with the right client. */
static enum kor_code
store_moved(struct kor_context *context, const struct target *target,
            const struct kor_answer *moved, struct kor_timeline *right,
            struct kor_place *place, struct kor_msg_recorded *reply)
{
    struct kor_recorded recorded = {.answer = *moved, .scale = target->scale};
    enum kor_code code = kor_recording_session(context, right, place);
    const struct kor_point *there
        = kor_timeline_point(right, place->index, moved->instrument_id,
                             moved->rater);
    recorded.answer.version = there ? there->version + 1 : 1;
    recorded.answer.at_ms = context->now_ms;
    recorded.answer.actor_id = context->call->caller.actor_id;
    recorded.answer.findings &= KOR_FORM_FINDINGS;
    recorded.answer.shared_session_id = 0;
    recorded.session_index = place->index;
    kor_utf8_copy(recorded.answer.why, sizeof recorded.answer.why,
                  "moved: it was entered on another client");
    if (code == KOR_OK) {
        kor_context_event(context, right);
        context->call->event.message.session = place->session.number;
        code = kor_recording_store(context, right, &recorded);
    }
    if (code == KOR_OK) {
        code = kor_recording_await(context, right, place->index,
                                   kor_place_before(place), &recorded, 1);
    }
    if (code == KOR_OK) {
        code = kor_shared_give(context, right, &recorded);
    }
    if (code == KOR_OK) {
        code = kor_recording_reply(context, right, place->index,
                                   &recorded, 1, reply);
    }
    return code;
}

/* The right client's timeline is a load of its own: the set of timelines may
 * drop one while it fetches the other. */
static enum kor_code
move(struct kor_context *context, const struct kor_msg_correct *msg,
     struct target *target, struct kor_msg_recorded *reply)
{
    struct kor_timeline right = {0};
    struct kor_place place;
    enum kor_code code = kor_context_load(context, msg->wrong_client,
                                          KOR_NO_INT, &right);
    if (code != KOR_OK) {
        return code;
    }
    if (right.episode.person.id == target->timeline->episode.person.id) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "wrong_client",
                        "this is the client that the answer is on, where it "
                        "counts in every open episode that asks for it: give "
                        "the code of the one it belongs to");
    }
    const struct kor_answer moved = target->stored;
    if (code == KOR_OK) {
        code = find_new_place(context, target, &right, &place);
    }
    if (code == KOR_OK) {
        code = strike(context, msg, target);
    }
    if (code == KOR_OK) {
        code = store_moved(context, target, &moved, &right, &place, reply);
    }
    kor_timelines_forget(context->timelines, right.episode.person.code);
    kor_timeline_done(&right);
    return code;
}

enum kor_code
kor_handle_correct(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_correct *msg = request;
    struct target target = {0};
    enum kor_code code = find_target(context, msg, &target);
    if (code != KOR_OK) {
        return code;
    }
    if (!*msg->wrong_client) {
        return store_version(context, msg, &target, reply);
    }
    if (msg->n_values || !isnan(msg->total)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "wrong_client",
                        "an answer is moved as it is: give no values with "
                        "--wrong-client");
    }
    return move(context, msg, &target, reply);
}

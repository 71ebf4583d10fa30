/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The use case that all others are there for: a session and the scales
 * answered in it. */

#include <math.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "service/own.h"
#include "service/place.h"
#include "service/recording.h"
#include "service/scoring.h"
#include "service/shared.h"

/* True if the scale was answered in that session by that rater, in whatever
 * version of its definition; the version that is struck does not count. */
static enum kor_code
is_answered(struct kor_context *context, const struct kor_timeline *timeline,
            size_t session_index, const struct kor_answer *answer,
            const struct kor_scale *scale, bool *is_there)
{
    *is_there = false;
    for (size_t i = timeline->n_points; i-- > 0 && !*is_there;) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_scale *other = scale;
        if ((size_t)point->session_index != session_index || point->is_struck
            || strcmp(point->rater, answer->rater)) {
            continue;
        }
        enum kor_code code = kor_desk_scale_by_id(
            context->desk, point->instrument_id, &other, context->err);
        if (code != KOR_OK) {
            return code;
        }
        *is_there = !strcmp(other->def.key, scale->def.key);
    }
    return KOR_OK;
}

static enum kor_code
refuse_duplicate(struct kor_context *context, const struct kor_place *place,
                 const struct kor_scale *scale)
{
    return kor_fail(context->err, KOR_DUPLICATE, "scale",
                    "session %d has an answer on %s by this rater already: "
                    "mend it with 'kor correct', or give another --session",
                    place->session.number, scale->def.key);
}

/* Checks one answer of the message by itself. */
static enum kor_code
read_answer(struct kor_context *context, const struct kor_msg_answer *given,
            struct kor_recorded *to)
{
    const struct kor_given what = {.scale = given->scale,
                                   .values = given->values,
                                   .n_values = given->n_values,
                                   .total = given->total,
                                   .rater = given->rater,
                                   .language = given->language,
                                   .how = given->how};
    if (!strcmp(given->how, "import")) {
        return kor_fail(context->err, KOR_BAD_VALUE, "how",
                        "'how' is self, aloud, interpreter or helped");
    }
    return kor_score_given(context->desk, &what, &to->answer, &to->scale,
                           context->err);
}

/* The version that an answer gets: one more than that of an answer that was
 * struck there. */
static int32_t
next_version(const struct kor_timeline *timeline,
             const struct kor_place *place, const struct kor_answer *answer)
{
    const struct kor_point *struck
        = place->is_new ? NULL
                        : kor_timeline_point(timeline, place->index,
                                             answer->instrument_id,
                                             answer->rater);
    return struck ? struck->version + 1 : 1;
}

static void
note_attention(struct kor_recorded answers[], size_t n)
{
    bool is_asked = false;
    for (size_t i = 0; i < n; i++) {
        const struct kor_answer *answer = &answers[i].answer;
        is_asked |= answer->attention > 0
                 || (answer->findings & KOR_FINDING_NOT_SEEN);
    }
    for (size_t i = 0; i < n; i++) {
        answers[i].is_attention_beside = is_asked;
    }
}

/* Checks all answers of the message before anything is written. */
static enum kor_code
read_answers(struct kor_context *context, const struct kor_timeline *timeline,
             const struct kor_place *place, const struct kor_msg_record *msg,
             struct kor_recorded answers[])
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < msg->n_answers && code == KOR_OK; i++) {
        struct kor_recorded *to = &answers[i];
        bool is_there = false;
        code = read_answer(context, &msg->answers[i], to);
        if (code == KOR_OK && !place->is_new) {
            code = is_answered(context, timeline, place->index, &to->answer,
                               to->scale, &is_there);
        }
        for (size_t k = 0; k < i && code == KOR_OK; k++) {
            if (answers[k].scale == to->scale
                && !strcmp(answers[k].answer.rater, to->answer.rater)) {
                code = kor_fail(context->err, KOR_DUPLICATE, "scale",
                                "%s is named twice: give its answers once",
                                to->scale->def.key);
            }
        }
        if (code == KOR_OK && is_there) {
            code = refuse_duplicate(context, place, to->scale);
        }
        if (code == KOR_OK) {
            to->answer.version = next_version(timeline, place, &to->answer);
        }
    }
    if (code == KOR_OK) {
        note_attention(answers, msg->n_answers);
    }
    return code;
}

static enum kor_code
record(struct kor_context *context, struct kor_timeline *timeline,
       struct kor_place *place, struct kor_recorded answers[], size_t n,
       struct kor_msg_recorded *reply)
{
    kor_context_event(context, timeline);
    context->call->event.message.session = place->session.number;
    enum kor_code code = kor_recording_session(context, timeline, place);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        answers[i].answer.at_ms = context->now_ms;
        answers[i].answer.actor_id = context->call->caller.actor_id;
        answers[i].session_index = place->index;
        code = kor_recording_store(context, timeline, &answers[i]);
    }
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = kor_shared_give(context, timeline, &answers[i]);
    }
    if (code == KOR_OK) {
        code = kor_recording_await(context, timeline, place->index,
                                   kor_place_before(place), answers, n);
    }
    if (code == KOR_OK) {
        code = kor_recording_reply(context, timeline, place->index,
                                   answers, n, reply);
    }
    return code;
}

/* The day on which it was entered: what waited at a client belongs to the day
 * on which it was kept there.  A client's own key has no say in that. */
static int32_t
entered_date(const struct kor_context *context)
{
    int64_t age_ms
        = kor_is_own(context) ? 0 : context->call->request.age_ms;
    return kor_date_at(context->now_ms - age_ms);
}

enum kor_code
kor_handle_record(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_record *msg = request;
    struct kor_timeline *timeline;
    struct kor_place place;
    bool is_alone = false;
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    const bool is_own = code == KOR_OK && kor_is_own(context);
    if (is_own) {
        code = kor_own_check(context, msg);
    }
    if (code == KOR_OK && msg->n_answers == 0 && !*msg->status) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "answers",
                        "nothing to record: give a scale with its answers, "
                        "or a --status");
    }
    if (code == KOR_OK) {
        code = is_own ? kor_own_is_alone(context, timeline,
                                         entered_date(context), &is_alone)
                      : KOR_OK;
    }
    if (code == KOR_OK) {
        const struct kor_place_wish wish
            = {.session = msg->session,
               .date = msg->date,
               .status = msg->status,
               .mode = msg->mode,
               .has_answers = msg->n_answers > 0,
               .is_alone = is_alone,
               .today = entered_date(context)};
        code = kor_place_find(timeline, &wish, &place, context->err);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct kor_recorded answers[KOR_MAX_ANSWERS];
    code = read_answers(context, timeline, &place, msg, answers);
    if (code == KOR_OK) {
        code = record(context, timeline, &place, answers, msg->n_answers,
                      reply);
    }
    if (code == KOR_OK && kor_is_own(context)) {
        kor_own_reply(reply, context->lang);
    }
    return code;
}

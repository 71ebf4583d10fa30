/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session that was put down wrongly is mended: its date, status and mode,
 * and who held it. */

#include <stdio.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/place.h"
#include "service/recording.h"
#include "service/staff.h"
#include "store/appointment.h"

struct mend {
    struct kor_timeline *timeline;
    size_t index;
    struct kor_session before, after;
};

static enum kor_code
find(struct kor_context *context, const struct kor_msg_session_set *msg,
     struct mend *mend)
{
    enum kor_code code
        = kor_context_timeline(context, msg->code, &mend->timeline);
    if (code != KOR_OK) {
        return code;
    }
    mend->index
        = kor_timeline_session(mend->timeline, (int32_t)msg->session);
    if (mend->index == SIZE_MAX) {
        return kor_fail(context->err, KOR_NOT_FOUND, "session",
                        "there is no session %d in this episode",
                        (int)msg->session);
    }
    mend->before = mend->after = mend->timeline->sessions[mend->index];
    if (msg->date != KOR_NO_DATE) {
        mend->after.session_date = msg->date;
    }
    if (*msg->status) {
        kor_utf8_copy(mend->after.status, sizeof mend->after.status,
                      msg->status);
    }
    if (*msg->mode) {
        kor_utf8_copy(mend->after.mode, sizeof mend->after.mode, msg->mode);
    }
    return KOR_OK;
}

/* A session is numbered in order of its date, so that the one before and the
 * one behind it are its limits, with the first day and the last. */
static enum kor_code
check_date(struct kor_context *context, const struct mend *mend)
{
    const struct kor_timeline *timeline = mend->timeline;
    const struct kor_session *sessions = timeline->sessions;
    const struct kor_episode *episode = &timeline->episode;
    char low[KOR_DATE_SIZE], high[KOR_DATE_SIZE];
    int32_t first = episode->opened_date;
    int32_t last = kor_desk_today(context->desk);
    if (mend->index > 0) {
        first = sessions[mend->index - 1].session_date;
    }
    if (mend->index + 1 < timeline->n_sessions
        && sessions[mend->index + 1].session_date < last) {
        last = sessions[mend->index + 1].session_date;
    }
    /* What is after the end stays follow-up, or was before it all the time. */
    if (episode->closed_date != KOR_NO_DATE
        && mend->before.session_date <= episode->closed_date
        && episode->closed_date < last) {
        last = episode->closed_date;
    }
    return mend->after.session_date < first || mend->after.session_date > last
               ? kor_fail(context->err, KOR_BAD_VALUE, "date",
                          "session %d can be on a day from %s to %s: within "
                          "the episode, not in the future, and in order with "
                          "the sessions beside it", mend->after.number,
                          kor_date_format(first, low),
                          kor_date_format(last, high))
               : KOR_OK;
}

static enum kor_code
check(struct kor_context *context, const struct kor_msg_session_set *msg,
      const struct mend *mend)
{
    bool is_moved = mend->after.session_date != mend->before.session_date;
    if (msg->date == KOR_NO_DATE && !*msg->status && !*msg->mode
        && !*msg->by) {
        return kor_fail(context->err, KOR_BAD_VALUE, "session",
                        "nothing to mend: give --date, --status, --mode or "
                        "--by");
    }
    enum kor_code code
        = kor_place_words(msg->status, msg->mode, context->err);
    if (code == KOR_OK && is_moved) {
        code = check_date(context, mend);
    }
    if (code == KOR_OK && is_moved) {
        code = kor_recording_check_versions(context, mend->timeline, "date");
    }
    if (code == KOR_OK && !kor_session_took_place(&mend->after)
        && kor_place_is_answered(mend->timeline, mend->index)) {
        code = kor_fail(context->err, KOR_CONFLICT, "status",
                        "session %d has answers, so it was held: 'kor "
                        "correct' moves them to the client they belong to",
                        mend->after.number);
    }
    if (code == KOR_OK && *msg->by) {
        code = kor_staff_check(context, msg->by, "by", KOR_RELATION_OWN);
    }
    return code;
}

/* What was said of the last score rests on the days between the scores. */
static enum kor_code
judge_again(struct kor_context *context, const struct mend *mend)
{
    struct kor_timeline *timeline = mend->timeline;
    enum kor_code code = KOR_OK;
    char why[96];
    for (size_t i = timeline->n_points; i-- > 0 && code == KOR_OK;) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_scale *lead;
        code = kor_desk_scale_by_id(context->desk, point->instrument_id,
                                    &lead, context->err);
        if (code == KOR_OK && !point->is_struck
            && !strcmp(point->rater, "client")
            && !strcmp(lead->def.key, timeline->episode.lead_scale)) {
            const struct kor_line line = {.scale = lead, .rater = "client"};
            snprintf(why, sizeof why,
                     "judged again: session %d was on another day",
                     mend->after.number);
            return kor_recording_rejudge(context, timeline, &line, SIZE_MAX,
                                         why);
        }
    }
    return code;
}

/* Takes who held the session with the number that is asked for. */
struct holder {
    int32_t number;
    char *by;
    size_t by_size;
};

static void
take_holder(void *to, int32_t number, const char *held_by)
{
    const struct holder *holder = to;
    if (number == holder->number) {
        kor_utf8_copy(holder->by, holder->by_size, held_by);
    }
}

static enum kor_code
answer(struct kor_context *context, const struct mend *mend,
       struct kor_msg_session_state *out)
{
    const struct kor_timeline *timeline = mend->timeline;
    const struct kor_episode *episode = &timeline->episode;
    size_t n = timeline->n_signals < 16 ? timeline->n_signals : 16;
    struct holder holder
        = {mend->after.number, out->by, sizeof out->by};
    kor_utf8_copy(out->code, sizeof out->code, episode->person.code);
    out->episode = episode->number;
    out->session = mend->after.number;
    out->date = mend->after.session_date;
    kor_utf8_copy(out->status, sizeof out->status, mend->after.status);
    kor_utf8_copy(out->mode, sizeof out->mode, mend->after.mode);
    out->signals = n ? kor_alloc_array(n, sizeof *out->signals) : NULL;
    for (; out->n_signals < n; out->n_signals++) {
        kor_signal_message(timeline->episode.person.code,
                           &timeline->signals[out->n_signals],
                           &out->signals[out->n_signals]);
    }
    enum kor_code code = kor_store_session_holders(
        context->desk->store, episode->id, take_holder, &holder,
        context->err);
    return code == KOR_OK ? kor_context_label(context, episode->person.id,
                                              out->label, &out->label_key)
                          : code;
}

/* What the access log says beside the client: how the session was before. */
static void
note(struct kor_context *context, const struct kor_msg_session_set *msg,
     const struct mend *mend)
{
    struct kor_look *look = &context->call->look;
    char date[KOR_DATE_SIZE];
    snprintf(look->object, sizeof look->object, "session %d was %s %s%s%s",
             mend->before.number,
             kor_date_format(mend->before.session_date, date),
             mend->before.status, *mend->before.mode ? " " : "",
             mend->before.mode);
    kor_utf8_copy(look->reason, sizeof look->reason, msg->reason);
}

/* Appointments of the day it was on, and of the day it is on. */
static enum kor_code
meet(struct kor_context *context, const struct mend *mend)
{
    struct kor_store *store = context->desk->store;
    int64_t id = mend->timeline->episode.id;
    enum kor_code code = kor_store_appointment_meet(
        store, id, mend->before.session_date, context->err);
    return code == KOR_OK
               ? kor_store_appointment_meet(
                     store, id, mend->after.session_date, context->err)
               : code;
}

enum kor_code
kor_handle_session_set(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_session_set *msg = request;
    struct mend mend = {0};
    enum kor_code code = find(context, msg, &mend);
    if (code == KOR_OK) {
        note(context, msg, &mend);
        code = check(context, msg, &mend);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_context_event(context, mend.timeline);
    context->call->event.message.session = mend.after.number;
    code = kor_store_session_set(context->desk->store, &mend.after, msg->by,
                                 context->err);
    kor_timeline_change_session(mend.timeline, &mend.after);
    if (code == KOR_OK) {
        code = meet(context, &mend);
    }
    if (code == KOR_OK) {
        code = kor_recording_await(context, mend.timeline, mend.index,
                                   &mend.before, NULL, 0);
    }
    if (code == KOR_OK
        && mend.after.session_date != mend.before.session_date
        && kor_place_is_answered(mend.timeline, mend.index)) {
        code = judge_again(context, &mend);
    }
    return code == KOR_OK ? answer(context, &mend, reply) : code;
}

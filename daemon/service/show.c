/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One episode with all that it holds. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/glass.h"
#include "service/groups.h"
#include "service/handlers.h"
#include "service/partners.h"
#include "service/programme.h"
#include "service/scoring.h"
#include "store/hands.h"

#define MAX_HANDS 200 /* As in the message. */

/* Where the answers of one session go. */
struct filling {
    struct kor_context *context;
    const struct kor_timeline *timeline;
    size_t session_index;
    struct kor_msg_session *out;
};

/* A start score that was corrected changes what later scores say: they are
 * judged afresh then.  Otherwise what is shown is what was said. */
static void
bring_up_to_date(const struct kor_judged *judged, struct kor_answer *shown)
{
    double start = judged->verdict.start;
    if (!isnan(shown->start) && !isnan(start)
        && fabs(shown->start - start) > 1e-9) {
        shown->findings &= KOR_FORM_FINDINGS;
        kor_judged_into(judged, shown);
    }
}

static bool
is_replaced(const struct filling *filling, const struct kor_answer *answer)
{
    const struct kor_point *point
        = kor_timeline_point(filling->timeline, filling->session_index,
                             answer->instrument_id, answer->rater);
    return point && point->version > answer->version;
}

static enum kor_code
put_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct filling *filling = to;
    struct kor_context *context = filling->context;
    const struct kor_timeline *timeline = filling->timeline;
    struct kor_msg_session *out = filling->out;
    const struct kor_scale *scale;
    enum kor_code code = kor_desk_scale_by_id(
        context->desk, answer->instrument_id, &scale, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_judged judged;
    const struct kor_line line = {.scale = scale, .rater = answer->rater};
    struct kor_answer shown = *answer;
    code = kor_judge_line(context->desk, timeline, &line,
                          filling->session_index, false, &judged, err);
    bool is_old = is_replaced(filling, answer);
    if (code == KOR_OK && !is_old) {
        bring_up_to_date(&judged, &shown);
    }
    kor_hold_back(kor_attention_is_open(timeline)
                      || (shown.findings & KOR_FINDING_NOT_SEEN),
                  &shown.standing, &shown.unsaid);
    const struct kor_verdict_extras extras
        = {.lang = context->lang,
           .session = &timeline->sessions[filling->session_index],
           .scale = scale,
           .judged = code == KOR_OK ? &judged : NULL,
           .is_lead = !strcmp(scale->def.key, timeline->episode.lead_scale)
                   && !strcmp(answer->rater, "client"),
           .is_replaced = is_old,
           .with_sources = true};
    if (code == KOR_OK) {
        out->answers = kor_realloc_array(out->answers, out->n_answers + 1,
                                         sizeof *out->answers);
        kor_verdict_message(&shown, &extras, &out->answers[out->n_answers++]);
    }
    return code;
}

static enum kor_code
put_session(struct kor_context *context, const struct kor_timeline *timeline,
            size_t index, struct kor_msg_session *out)
{
    const struct kor_session *session = &timeline->sessions[index];
    struct filling filling = {.context = context,
                              .timeline = timeline,
                              .session_index = index,
                              .out = out};
    kor_message_init(&kor_message_session, out);
    out->session = session->number;
    out->date = session->session_date;
    kor_utf8_copy(out->status, sizeof out->status, session->status);
    kor_utf8_copy(out->mode, sizeof out->mode, session->mode);
    return kor_store_answers(context->desk->store, session->id, put_answer,
                             &filling, context->err);
}

static void
put_head(const struct kor_context *context,
         const struct kor_timeline *timeline, struct kor_msg_shown *out)
{
    out->episode = kor_alloc(sizeof *out->episode);
    out->n_episode = 1;
    kor_message_init(&kor_message_episode, out->episode);
    kor_episode_message(context, timeline, out->episode);
    out->signals = kor_alloc_array(timeline->n_signals, sizeof *out->signals);
    for (size_t i = 0; i < timeline->n_signals && i < 64; i++) {
        kor_signal_message(timeline->episode.person.code,
                           &timeline->signals[i],
                           &out->signals[out->n_signals++]);
    }
}

static enum kor_code
put_hands(struct kor_context *context, int64_t episode_id,
          struct kor_msg_shown *out)
{
    struct kor_hands *all = kor_alloc_array(MAX_HANDS, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_hands_list(
        context->desk->store, episode_id, MAX_HANDS, all, &n, context->err);
    out->hands = kor_alloc_array(n, sizeof *out->hands);
    for (; out->n_hands < n; out->n_hands++) {
        const struct kor_hands *from = &all[out->n_hands];
        struct kor_msg_hands *to = &out->hands[out->n_hands];
        kor_utf8_copy(to->kind, sizeof to->kind, from->kind);
        kor_utf8_copy(to->from, sizeof to->from, from->from);
        kor_utf8_copy(to->to, sizeof to->to, from->to);
        to->until = from->until_date;
        kor_utf8_copy(to->reason, sizeof to->reason, from->why);
        to->at_ms = from->at_ms;
        kor_utf8_copy(to->by, sizeof to->by, from->by);
    }
    free(all);
    return code;
}

static void
put_holder(void *to, int32_t number, const char *held_by)
{
    struct kor_msg_shown *out = to;
    for (size_t i = 0; i < out->n_sessions; i++) {
        struct kor_msg_session *session = &out->sessions[i];
        if (session->session == number) {
            kor_utf8_copy(session->by, sizeof session->by, held_by);
        }
    }
}

static enum kor_code
put_all(struct kor_context *context, const struct kor_timeline *timeline,
        struct kor_msg_shown *out)
{
    int32_t n_episodes = 0;
    enum kor_code code = kor_store_episode_count(
        context->desk->store, timeline->episode.person.id, &n_episodes,
        context->err);
    out->episodes = n_episodes;
    put_head(context, timeline, out);
    if (code == KOR_OK) {
        code = kor_context_label(context, timeline->episode.person.id,
                                 out->episode->label,
                                 &out->episode->label_key);
    }
    if (code == KOR_OK) {
        code = put_hands(context, timeline->episode.id, out);
    }
    if (code == KOR_OK) {
        code = kor_partners_of(context, timeline, &out->cooperation,
                               &out->n_cooperation);
    }
    if (code == KOR_OK) {
        code = kor_glass_of(context, timeline->episode.person.id, &out->glass,
                            &out->n_glass);
    }
    if (code == KOR_OK) {
        code = kor_programme_of(context, &timeline->episode, &out->programme,
                                &out->n_programme);
    }
    if (code == KOR_OK) {
        code = kor_groups_of(context, &timeline->episode, &out->groups,
                             &out->n_groups);
    }
    if (code == KOR_OK) {
        code = kor_theories_of(context, &timeline->episode, &out->theories,
                               &out->n_theories);
    }
    out->sessions
        = kor_alloc_array(timeline->n_sessions, sizeof *out->sessions);
    for (size_t i = 0; i < timeline->n_sessions && code == KOR_OK; i++) {
        out->n_sessions++;
        code = put_session(context, timeline, i, &out->sessions[i]);
    }
    return code == KOR_OK
               ? kor_store_session_holders(context->desk->store,
                                           timeline->episode.id, put_holder,
                                           out, context->err)
               : code;
}

enum kor_code
kor_handle_show(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_msg_show *msg = request;
    struct kor_timeline timeline = {0};
    enum kor_code code
        = kor_context_load(context, msg->code, msg->episode, &timeline);
    if (code == KOR_OK) {
        code = put_all(context, &timeline, reply);
        kor_timeline_done(&timeline);
    }
    return code;
}

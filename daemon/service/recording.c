/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to a checked answer: see service/recording.h. */

#include "service/recording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/next_step.h"
#include "service/scoring.h"
#include "service/signals.h"
#include "store/appointment.h"

/* As in the messages, with one to spare for judging again. */
#define MAX_VERSIONS 998

enum kor_code
kor_recording_session(struct kor_context *context,
                      struct kor_timeline *timeline, struct kor_place *place)
{
    struct kor_store *store = context->desk->store;
    enum kor_code code = KOR_OK;
    if (place->is_new && !*place->session.mode) {
        code = kor_store_appointment_mode(
            store, timeline->episode.id, place->session.session_date,
            place->session.mode, context->err);
    }
    if (place->is_new && code == KOR_OK) {
        code = kor_store_session_add(store, timeline->episode.id,
                                     &place->session, context->err);
        if (code == KOR_OK) {
            place->index
                = kor_timeline_add_session(timeline, &place->session);
        }
    } else if (place->has_changed && code == KOR_OK) {
        code = kor_store_session_change(store, &place->session, context->err);
        kor_timeline_change_session(timeline, &place->session);
    }
    if (!place->is_new && place->has_changed && code == KOR_OK) {
        code = kor_store_appointment_meet(store, timeline->episode.id,
                                          place->session.session_date,
                                          context->err);
    }
    return code;
}

/* All that was answered in the session, in '*out', to be freed. */
static enum kor_code
answers_of(struct kor_context *context, const struct kor_timeline *timeline,
           size_t session_index, struct kor_dues_answer **out, size_t *n)
{
    enum kor_code code = KOR_OK;
    *out = kor_alloc_array(timeline->n_points, sizeof **out);
    *n = 0;
    for (size_t i = 0; i < timeline->n_points && code == KOR_OK; i++) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_scale *scale;
        if ((size_t)point->session_index != session_index
            || point->is_struck) {
            continue;
        }
        code = kor_desk_scale_by_id(context->desk, point->instrument_id,
                                    &scale, context->err);
        if (code == KOR_OK) {
            (*out)[(*n)++]
                = (struct kor_dues_answer){scale->def.key, point->rater};
        }
    }
    return code;
}

enum kor_code
kor_recording_await(struct kor_context *context, struct kor_timeline *timeline,
                    size_t session_index, const struct kor_session *before,
                    const struct kor_recorded answers[], size_t n)
{
    struct kor_dues_answer came[KOR_MAX_ANSWERS], *all = NULL;
    struct kor_dues_news news = {.session = &timeline->sessions[session_index],
                                 .before = before,
                                 .answers = came,
                                 .n_answers = n};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < n; i++) {
        came[i] = (struct kor_dues_answer){answers[i].scale->def.key,
                                           answers[i].answer.rater};
    }
    if (before && strcmp(before->status, "held")) {
        code = answers_of(context, timeline, session_index, &all,
                          &news.n_all);
        news.all = all;
    }
    if (code == KOR_OK) {
        code = kor_dues_session(context, &timeline->episode, &news);
    }
    free(all);
    return code;
}

enum kor_code
kor_recording_check_versions(struct kor_context *context,
                             const struct kor_timeline *timeline,
                             const char *field)
{
    for (size_t i = 0; i < timeline->n_points; i++) {
        if (timeline->points[i].version >= MAX_VERSIONS) {
            return kor_fail(context->err, KOR_CONFLICT, field,
                            "an answer has at most %d versions",
                            MAX_VERSIONS);
        }
    }
    return KOR_OK;
}

/* The lead scale that the episode's pathway names, or "". */
static enum kor_code
named_lead(struct kor_context *context, const struct kor_timeline *timeline,
           const char **key)
{
    const struct kor_desk_pathway *pathway;
    *key = "";
    if (!timeline->episode.pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = kor_desk_pathway_by_id(
        context->desk, timeline->episode.pathway_id, &pathway, context->err);
    *key = code == KOR_OK ? pathway->def.lead : "";
    return code;
}

static bool
may_lead(const struct kor_scale *scale, const char *rater, const char *named)
{
    return scale->def.kind != KOR_KIND_ALLIANCE
        && scale->def.kind != KOR_KIND_GOAL && !strcmp(rater, "client")
        && (!*named || !strcmp(named, scale->def.key));
}

/* Makes the scale the lead scale if there is none yet. */
static enum kor_code
settle_lead(struct kor_context *context, struct kor_timeline *timeline,
            struct kor_recorded *recorded)
{
    struct kor_episode *episode = &timeline->episode;
    const char *named;
    enum kor_code code = named_lead(context, timeline, &named);
    bool may = code == KOR_OK
            && may_lead(recorded->scale, recorded->answer.rater, named);
    if (!*episode->lead_scale && may) {
        kor_utf8_copy(episode->lead_scale, sizeof episode->lead_scale,
                      recorded->scale->def.key);
        code = kor_store_episode_lead(context->desk->store, episode,
                                      context->err);
    }
    recorded->is_lead
        = may && !strcmp(episode->lead_scale, recorded->scale->def.key);
    return code;
}

static void
put_point(struct kor_timeline *timeline, const struct kor_recorded *recorded)
{
    const struct kor_answer *answer = &recorded->answer;
    struct kor_point point
        = {.session_index = (int32_t)recorded->session_index,
           .version = answer->version,
           .instrument_id = answer->instrument_id,
           .total = answer->total,
           .is_struck = answer->is_struck};
    kor_utf8_copy(point.rater, sizeof point.rater, answer->rater);
    kor_timeline_put_point(timeline, &point);
}

static enum kor_code
judge(struct kor_context *context, const struct kor_timeline *timeline,
      struct kor_recorded *recorded)
{
    struct kor_answer *answer = &recorded->answer;
    const struct kor_line line
        = {.scale = recorded->scale, .rater = answer->rater};
    bool is_attention_open = answer->attention > 0
                          || (answer->findings & KOR_FINDING_NOT_SEEN)
                          || recorded->is_attention_beside
                          || kor_attention_is_open(timeline);
    enum kor_code code
        = kor_judge_line(context->desk, timeline, &line,
                         recorded->session_index, is_attention_open,
                         &recorded->judged, context->err);
    if (code == KOR_OK) {
        kor_judged_into(&recorded->judged, answer);
    }
    return code;
}

/* True if no later session has a score on the same line. */
static bool
is_last_of_line(const struct kor_timeline *timeline,
                const struct kor_recorded *recorded)
{
    for (size_t i = 0; i < timeline->n_points; i++) {
        const struct kor_point *point = &timeline->points[i];
        if (!point->is_struck && !isnan(point->total)
            && point->instrument_id == recorded->answer.instrument_id
            && (size_t)point->session_index > recorded->session_index
            && !strcmp(point->rater, recorded->answer.rater)) {
            return false;
        }
    }
    return true;
}

static enum kor_code
hear(struct kor_context *context, struct kor_timeline *timeline,
     const struct kor_recorded *recorded)
{
    /* A score that is missing says nothing, an earlier one that comes late
     * is not where the client stands, and what is measured after the end is
     * follow-up: none of these raises or lets pass more than attention. */
    bool is_current = recorded->is_lead && !isnan(recorded->answer.total)
                   && timeline->episode.closed_date == KOR_NO_DATE
                   && is_last_of_line(timeline, recorded);
    /* An answer to talk about is a signal where it was given, and goes with
     * the client into every episode. */
    unsigned known = recorded->answer.shared_session_id
                         ? KOR_FINDING_ATTENTION
                         : 0U;
    const struct kor_heard heard
        = {.scale = recorded->scale,
           .session = &timeline->sessions[recorded->session_index],
           .findings = recorded->answer.findings & ~known,
           .is_lead = is_current};
    return kor_signals_hear(context, timeline, &heard);
}

static void
note_event(struct kor_context *context, const struct kor_recorded *recorded)
{
    struct kor_msg_event *event = &context->call->event.message;
    if (!*event->scale || recorded->is_lead) {
        kor_utf8_copy(event->scale, sizeof event->scale,
                      recorded->scale->def.key);
        event->total = recorded->answer.total;
        kor_utf8_copy(event->standing, sizeof event->standing,
                      kor_standing_wire(recorded->answer.standing));
    }
}

enum kor_code
kor_recording_store(struct kor_context *context, struct kor_timeline *timeline,
                    struct kor_recorded *recorded)
{
    recorded->answer.session_id
        = timeline->sessions[recorded->session_index].id;
    enum kor_code code = settle_lead(context, timeline, recorded);
    if (code != KOR_OK) {
        return code;
    }
    put_point(timeline, recorded);
    code = judge(context, timeline, recorded);
    if (code == KOR_OK) {
        code = kor_store_answer_add(context->desk->store, &recorded->answer,
                                    context->err);
    }
    if (code == KOR_OK) {
        note_event(context, recorded);
        code = hear(context, timeline, recorded);
    }
    return code;
}

/* Keeps the newest version of one answer. */
struct newest {
    int64_t instrument_id;
    const char *rater;
    struct kor_answer answer;
    bool is_found;
};

static enum kor_code
keep_newest(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct newest *newest = to;
    (void)err;
    if (answer->instrument_id == newest->instrument_id
        && !strcmp(answer->rater, newest->rater) && !answer->is_struck) {
        newest->answer = *answer;
        newest->is_found = true;
    }
    return KOR_OK;
}

/* The index of the last session with a score on the line, or SIZE_MAX. */
static size_t
last_of_line(const struct kor_timeline *timeline,
             const struct kor_scale *scale)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < timeline->n_points; i++) {
        const struct kor_point *point = &timeline->points[i];
        if (!point->is_struck && !isnan(point->total)
            && point->instrument_id == scale->id
            && !strcmp(point->rater, "client")
            && (last == SIZE_MAX || (size_t)point->session_index > last)) {
            last = (size_t)point->session_index;
        }
    }
    return last;
}

enum kor_code
kor_recording_rejudge(struct kor_context *context,
                      struct kor_timeline *timeline,
                      const struct kor_line *changed, size_t changed_index,
                      const char *why)
{
    const struct kor_scale *scale = changed->scale;
    size_t last = last_of_line(timeline, scale);
    if (last == SIZE_MAX || last == changed_index
        || strcmp(changed->rater, "client")
        || strcmp(timeline->episode.lead_scale, scale->def.key)) {
        return KOR_OK;
    }
    struct newest newest = {.instrument_id = scale->id, .rater = "client"};
    enum kor_code code = kor_store_answers(
        context->desk->store, timeline->sessions[last].id, keep_newest,
        &newest, context->err);
    if (code != KOR_OK || !newest.is_found) {
        return code;
    }
    struct kor_recorded again = {.answer = newest.answer,
                                 .scale = scale,
                                 .session_index = last};
    again.answer.version++;
    again.answer.at_ms = context->now_ms;
    again.answer.actor_id = context->call->caller.actor_id;
    again.answer.findings &= KOR_FORM_FINDINGS;
    kor_utf8_copy(again.answer.why, sizeof again.answer.why, why);
    return kor_recording_store(context, timeline, &again);
}

/* The first scale in the order of the sessions that may lead, or null; the
 * one that leads already comes before all. */
static enum kor_code
find_lead(struct kor_context *context, const struct kor_timeline *timeline,
          const struct kor_scale **lead)
{
    const char *named;
    enum kor_code code = named_lead(context, timeline, &named);
    *lead = NULL;
    for (size_t i = 0; i < timeline->n_points && code == KOR_OK; i++) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_scale *scale;
        code = kor_desk_scale_by_id(context->desk, point->instrument_id,
                                    &scale, context->err);
        if (code != KOR_OK) {
            return code;
        }
        bool is_old = !strcmp(scale->def.key, timeline->episode.lead_scale);
        if (!point->is_struck && may_lead(scale, point->rater, named)
            && (!*lead || is_old)) {
            *lead = scale;
        }
    }
    return code;
}

enum kor_code
kor_recording_relead(struct kor_context *context,
                     struct kor_timeline *timeline, const char *why)
{
    struct kor_episode *episode = &timeline->episode;
    const struct kor_scale *lead;
    enum kor_code code = find_lead(context, timeline, &lead);
    const char *key = code == KOR_OK && lead ? lead->def.key : "";
    if (code != KOR_OK || !strcmp(key, episode->lead_scale)) {
        return code;
    }
    kor_utf8_copy(episode->lead_scale, sizeof episode->lead_scale, key);
    code = kor_store_episode_lead(context->desk->store, episode,
                                  context->err);
    const struct kor_line line = {.scale = lead, .rater = "client"};
    return code == KOR_OK && lead
               ? kor_recording_rejudge(context, timeline, &line, SIZE_MAX,
                                       why)
               : code;
}

/* --- mending -------------------------------------------------------------- */

enum kor_code
kor_recording_correct(struct kor_context *context,
                      struct kor_timeline *timeline,
                      struct kor_recorded *recorded)
{
    const struct kor_session *session
        = &timeline->sessions[recorded->session_index];
    const struct kor_line line
        = {.scale = recorded->scale, .rater = recorded->answer.rater};
    char why[96];
    /* The right values may raise the same again.  An answer to talk about
     * that is now said to be missing has not been talked about: that one
     * stays, as does one that a copy never raised. */
    bool keeps = recorded->answer.attention < 0
              || recorded->answer.shared_session_id;
    unsigned gone = keeps ? ~(unsigned)KOR_FINDING_ATTENTION : ~0U;
    snprintf(why, sizeof why, "judged again: session %d was corrected",
             session->number);
    enum kor_code code = kor_signals_withdraw(
        context, timeline, gone, recorded->scale->def.key, session);
    if (code == KOR_OK) {
        code = kor_recording_store(context, timeline, recorded);
    }
    return code == KOR_OK
               ? kor_recording_rejudge(context, timeline, &line,
                                       recorded->session_index, why)
               : code;
}

static enum kor_code
strike_point(struct kor_context *context, struct kor_timeline *timeline,
             const struct kor_line *line, size_t session_index,
             bool is_copy, const char *reason)
{
    const struct kor_session *session = &timeline->sessions[session_index];
    const struct kor_point *there = kor_timeline_point(
        timeline, session_index, line->scale->id, line->rater);
    unsigned gone = is_copy ? ~(unsigned)KOR_FINDING_ATTENTION : ~0U;
    enum kor_code code = kor_store_answer_strike(
        context->desk->store, session->id, line->scale->id, line->rater,
        reason, context->err);
    if (code == KOR_OK && there) {
        struct kor_point struck = *there;
        struck.is_struck = true;
        struck.total = NAN;
        kor_timeline_put_point(timeline, &struck);
        code = kor_signals_withdraw(context, timeline, gone,
                                    line->scale->def.key, session);
    }
    return code;
}

enum kor_code
kor_recording_strike(struct kor_context *context,
                     struct kor_timeline *timeline,
                     const struct kor_line *line, size_t session_index,
                     bool is_copy, const char *reason)
{
    const struct kor_session session = timeline->sessions[session_index];
    const struct kor_dues_answer gone = {line->scale->def.key, line->rater};
    char why[96];
    snprintf(why, sizeof why,
             "judged again: the answer of session %d was struck",
             session.number);
    enum kor_code code
        = strike_point(context, timeline, line, session_index, is_copy,
                       reason);
    if (code == KOR_OK) {
        code = kor_recording_rejudge(context, timeline, line, session_index,
                                     why);
    }
    if (code == KOR_OK) {
        code = kor_recording_relead(context, timeline, why);
    }
    return code == KOR_OK ? kor_dues_struck(context, &timeline->episode,
                                            &session, &gone)
                          : code;
}

/* --- the reply ----------------------------------------------------------- */

static void
put_signals(struct kor_context *context, const struct kor_timeline *timeline,
            struct kor_msg_recorded *reply)
{
    size_t n = timeline->n_signals < 16 ? timeline->n_signals : 16;
    const struct kor_msg_event *event = &context->call->event.message;
    reply->signals = n ? kor_alloc_array(n, sizeof *reply->signals) : NULL;
    for (size_t i = 0; i < n; i++) {
        struct kor_msg_signal *out = &reply->signals[reply->n_signals++];
        kor_signal_message(timeline->episode.person.code,
                           &timeline->signals[i], out);
        /* Signals are kept in order: those just raised are the last. */
        out->raised = i + event->n_signals >= timeline->n_signals;
    }
}

enum kor_code
kor_recording_reply(struct kor_context *context,
                    const struct kor_timeline *timeline, size_t session_index,
                    const struct kor_recorded answers[], size_t n,
                    struct kor_msg_recorded *reply)
{
    const struct kor_session *session = &timeline->sessions[session_index];
    kor_utf8_copy(reply->code, sizeof reply->code,
                  timeline->episode.person.code);
    reply->episode = timeline->episode.number;
    reply->session = session->number;
    reply->date = session->session_date;
    kor_utf8_copy(reply->status, sizeof reply->status, session->status);
    reply->answers = n ? kor_alloc_array(n, sizeof *reply->answers) : NULL;
    for (size_t i = 0; i < n; i++) {
        const struct kor_verdict_extras extras
            = {.lang = context->lang,
               .session = session,
               .scale = answers[i].scale,
               .judged = &answers[i].judged,
               .is_lead = answers[i].is_lead};
        kor_verdict_message(&answers[i].answer, &extras,
                            &reply->answers[reply->n_answers++]);
    }
    put_signals(context, timeline, reply);
    kor_next_step(context, timeline, session_index, answers, n, reply->next,
                  sizeof reply->next);
    return kor_context_label(context, timeline->episode.person.id,
                             reply->label, &reply->label_key);
}

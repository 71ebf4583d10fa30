/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From findings to signals: see service/signals.h. */

#include "service/signals.h"

#include <string.h>

#include "kor/base/utf8.h"
#include "store/signal.h"

/* What raises a signal: an answer on a scale, or on a sheet. */
struct cause {
    const struct kor_session *session;
    const char *key; /* Of the scale or form. */
    int32_t sheet;   /* Number, or 0. */
};

static bool
is_open(const struct kor_timeline *timeline, enum kor_finding finding,
        const struct kor_heard *heard)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        const struct kor_open_signal *signal = &timeline->signals[i];
        /* Each answer to talk about is a signal of its own. */
        bool is_this = finding != KOR_FINDING_ATTENTION
                    || signal->session_id == heard->session->id;
        if (signal->finding == finding && is_this && !signal->sheet
            && !strcmp(signal->scale, heard->scale->def.key)) {
            return true;
        }
    }
    return false;
}

/* Tells the therapist of another episode of the client. */
static enum kor_code
tell_one(struct kor_context *context, const struct kor_episode *episode,
         int32_t number, enum kor_finding finding)
{
    struct kor_timeline *other;
    enum kor_code code = kor_timelines_get(context->timelines, context->desk,
                                           episode->person.code, number,
                                           &other, context->err);
    if (code == KOR_OK) {
        kor_context_event_other(context, other, finding);
    }
    return code;
}

/* An answer to talk about shows in all open episodes of the client. */
static enum kor_code
tell_others(struct kor_context *context, const struct kor_timeline *timeline,
            enum kor_finding finding)
{
    const struct kor_episode *episode = &timeline->episode;
    struct kor_open_episodes open = {.n = 0};
    if (finding != KOR_FINDING_ATTENTION) {
        return KOR_OK;
    }
    enum kor_code code = kor_timelines_refresh_others(
        context->timelines, context->desk, episode->person.code,
        episode->number, context->err);
    if (code == KOR_OK) {
        code = kor_timelines_open(context->timelines, context->desk,
                                  episode->person.code, &open, context->err);
    }
    for (size_t i = 0; i < open.n && code == KOR_OK; i++) {
        if (open.all[i].number != episode->number) {
            code = tell_one(context, episode, open.all[i].number, finding);
        }
    }
    return code;
}

static enum kor_code
raise_signal(struct kor_context *context, struct kor_timeline *timeline,
             const struct cause *cause, enum kor_finding finding)
{
    struct kor_open_signal signal
        = {.finding = finding,
           .episode = timeline->episode.number,
           .sheet = cause->sheet,
           .session_id = cause->session->id,
           .session = cause->session->number,
           .session_date = cause->session->session_date};
    kor_utf8_copy(signal.scale, sizeof signal.scale, cause->key);
    kor_utf8_copy(signal.therapist, sizeof signal.therapist,
                  timeline->episode.therapist);
    enum kor_code code = kor_store_signal_add(
        context->desk->store, timeline->episode.id, cause->session->id,
        context->now_ms, &signal, context->err);
    if (code == KOR_OK) {
        kor_timeline_add_signal(timeline, &signal);
        code = tell_others(context, timeline, finding);
        struct kor_msg_event *event = &context->call->event.message;
        if (event->n_signals < KOR_LENGTH(event->signals)) {
            kor_utf8_copy(event->signals[event->n_signals++], KOR_WORD_SIZE,
                          kor_finding_wire(finding));
        }
    }
    return code;
}

static enum kor_code
pass_signal(struct kor_context *context, struct kor_timeline *timeline,
            const struct kor_open_signal *passed,
            const struct kor_session *session)
{
    const struct kor_open_signal signal = *passed; /* It is dropped here. */
    enum kor_code code = kor_store_signal_pass(
        context->desk->store, signal.id, session->id, context->err);
    if (code == KOR_OK) {
        kor_timeline_drop_signal(timeline, signal.id);
        code = tell_others(context, timeline, signal.finding);
    }
    return code;
}

/* Lets pass those on the lead scale that its last score does not bear out. */
static enum kor_code
pass_unborne(struct kor_context *context, struct kor_timeline *timeline,
             const struct kor_heard *heard)
{
    enum kor_code code = KOR_OK;
    for (size_t i = timeline->n_signals; i-- > 0 && code == KOR_OK;) {
        const struct kor_open_signal signal = timeline->signals[i];
        if (signal.finding != KOR_FINDING_ATTENTION
            && !strcmp(signal.scale, heard->scale->def.key)
            && !(heard->findings & (unsigned)signal.finding)) {
            code = pass_signal(context, timeline, &signal, heard->session);
        }
    }
    return code;
}

/* A pathway names what asks for an answer; about safety it always does. */
static enum kor_code
limit_to_pathway(struct kor_context *context,
                 const struct kor_episode *episode, unsigned *asking)
{
    const struct kor_desk_pathway *pathway;
    if (!episode->pathway_id || !*asking) {
        return KOR_OK;
    }
    enum kor_code code = kor_desk_pathway_by_id(
        context->desk, episode->pathway_id, &pathway, context->err);
    *asking &= code == KOR_OK ? pathway->def.asks : ~0U;
    return code;
}

enum kor_code
kor_signals_hear(struct kor_context *context, struct kor_timeline *timeline,
                 const struct kor_heard *heard)
{
    unsigned asking = kor_findings_asking(heard->findings);
    if (!heard->is_lead) {
        asking &= KOR_FINDING_ATTENTION;
    }
    enum kor_code code
        = limit_to_pathway(context, &timeline->episode, &asking);
    if (code == KOR_OK && heard->is_lead) {
        code = pass_unborne(context, timeline, heard);
    }
    const struct cause cause
        = {.session = heard->session, .key = heard->scale->def.key};
    for (int i = 0; i < KOR_N_FINDINGS && code == KOR_OK; i++) {
        if ((asking & (unsigned)kor_findings[i])
            && !is_open(timeline, kor_findings[i], heard)) {
            code = raise_signal(context, timeline, &cause, kor_findings[i]);
        }
    }
    return code;
}

enum kor_code
kor_signals_withdraw(struct kor_context *context,
                     struct kor_timeline *timeline, unsigned findings,
                     const char *scale, const struct kor_session *session)
{
    enum kor_code code = KOR_OK;
    for (size_t i = timeline->n_signals; i-- > 0 && code == KOR_OK;) {
        const struct kor_open_signal signal = timeline->signals[i];
        if (signal.session_id == session->id && !signal.sheet
            && (findings & (unsigned)signal.finding)
            && !strcmp(signal.scale, scale)) {
            code = pass_signal(context, timeline, &signal, session);
        }
    }
    return code;
}

static bool
is_own(const struct kor_timeline *timeline,
       const struct kor_open_signal *signal)
{
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        if (timeline->sessions[i].id == signal->session_id) {
            return true;
        }
    }
    return false;
}

/* The open signal of a sheet of this episode, or null: one of another episode
 * may have its number. */
static const struct kor_open_signal *
of_sheet(const struct kor_timeline *timeline, int32_t sheet)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        const struct kor_open_signal *signal = &timeline->signals[i];
        if (signal->sheet == sheet && is_own(timeline, signal)) {
            return signal;
        }
    }
    return NULL;
}

bool
kor_signals_has_sheet(const struct kor_timeline *timeline, int32_t sheet)
{
    return of_sheet(timeline, sheet) != NULL;
}

enum kor_code
kor_signals_hear_sheet(struct kor_context *context,
                       struct kor_timeline *timeline,
                       const struct kor_session *session, const char *form,
                       int32_t sheet, bool asks)
{
    const struct kor_open_signal *open = of_sheet(timeline, sheet);
    const struct cause cause = {session, form, sheet};
    if (asks && !open) {
        return raise_signal(context, timeline, &cause, KOR_FINDING_ATTENTION);
    }
    return open && !asks
               ? pass_signal(context, timeline, open, session)
               : KOR_OK;
}

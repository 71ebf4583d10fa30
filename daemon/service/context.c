/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several use cases share: see service/handlers.h. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "store/line.h"

enum kor_code
kor_call_admit(struct kor_call *call, struct kor_keyring *keyring,
               int64_t now_ms)
{
    bool is_admitted
        = call->caller.is_guest
              ? kor_keyring_has_guests(keyring, now_ms)
              : kor_keyring_by_id(keyring, call->caller.actor_id, now_ms,
                                  &call->caller);
    if (!is_admitted) {
        return kor_fail(&call->err, KOR_FORBIDDEN, NULL,
                        "this key is not admitted any more");
    }
    return kor_access_check(&call->caller, call->request.has_token,
                            call->request.verb, NULL, &call->look.grant,
                            &call->err);
}

static bool
has_attention(const struct kor_timeline *timeline)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        if (timeline->signals[i].finding == KOR_FINDING_ATTENTION) {
            return true;
        }
    }
    return false;
}

bool
kor_context_is_covered(const struct kor_context *context,
                       const struct kor_episode *episode)
{
    return episode->cover[0]
        && episode->cover_until_date >= kor_desk_today(context->desk);
}

struct kor_object
kor_context_object(const struct kor_context *context,
                   const struct kor_timeline *timeline)
{
    const struct kor_episode *episode = &timeline->episode;
    return (struct kor_object){
        .therapist = episode->therapist,
        .cover
        = kor_context_is_covered(context, episode) ? episode->cover : "",
        .supervisor = episode->supervisor,
        .unit_path = episode->unit_path,
        .person_id = episode->person.id,
        .has_attention = has_attention(timeline)};
}

enum kor_code
kor_context_partner(struct kor_context *context,
                    const struct kor_episode *episode,
                    struct kor_object *object)
{
    return kor_store_partner_may(context->desk->store, episode->id,
                                 context->call->caller.name,
                                 kor_desk_today(context->desk),
                                 &object->partner, context->err);
}

enum kor_code
kor_check_line(struct kor_context *context, const char *field,
               const char *text)
{
    size_t n = kor_utf8_columns(text);
    return n > KOR_LINE_CHARACTERS
               ? kor_fail(context->err, KOR_TOO_LARGE, field,
                          "%s has %zu characters, and a line of it at most "
                          "%d: shorten it", field, n, KOR_LINE_CHARACTERS)
               : KOR_OK;
}

/* The version that it goes by, and where it is on it. */
static void
put_pathway(const struct kor_context *context,
            const struct kor_episode *episode, struct kor_msg_episode *out)
{
    const struct kor_desk_pathway *pathway;
    kor_utf8_copy(out->pathway, sizeof out->pathway, episode->pathway);
    if (episode->pathway_id
        && kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                  &pathway, NULL)
               == KOR_OK) {
        kor_utf8_copy(out->version, sizeof out->version,
                      pathway->def.version);
        kor_utf8_copy(out->phase, sizeof out->phase, episode->phase);
        out->phase_date = episode->phase_date;
    }
}

void
kor_episode_message(const struct kor_context *context,
                    const struct kor_timeline *timeline,
                    struct kor_msg_episode *out)
{
    const struct kor_episode *episode = &timeline->episode;
    kor_utf8_copy(out->code, sizeof out->code, episode->person.code);
    out->episode = episode->number;
    put_pathway(context, episode, out);
    kor_utf8_copy(out->unit, sizeof out->unit, episode->unit);
    kor_utf8_copy(out->therapist, sizeof out->therapist, episode->therapist);
    if (episode->person.born_month != KOR_NO_MONTH) {
        char month[KOR_DATE_SIZE];
        kor_utf8_copy(out->born, sizeof out->born,
                      kor_month_format(episode->person.born_month, month));
    }
    kor_utf8_copy(out->gender, sizeof out->gender, episode->person.gender);
    out->opened = episode->opened_date;
    out->planned_end = episode->planned_end_date;
    out->closed = episode->closed_date;
    kor_utf8_copy(out->ending, sizeof out->ending, episode->ending);
    kor_utf8_copy(out->reason, sizeof out->reason, episode->reason);
    kor_utf8_copy(out->how, sizeof out->how, episode->ending_reason);
    kor_utf8_copy(out->module, sizeof out->module, episode->module);
    kor_utf8_copy(out->lead, sizeof out->lead, episode->lead_scale);
    out->sessions = (int64_t)timeline->n_sessions;
    if (kor_context_is_covered(context, episode)) {
        kor_utf8_copy(out->cover, sizeof out->cover, episode->cover);
        out->cover_until = episode->cover_until_date;
    }
    kor_utf8_copy(out->supervisor, sizeof out->supervisor,
                  episode->supervisor);
}

void
kor_signal_message(const char *code, const struct kor_open_signal *signal,
                   struct kor_msg_signal *out)
{
    kor_message_init(&kor_message_signal, out);
    out->id = signal->id;
    kor_utf8_copy(out->code, sizeof out->code, code);
    out->episode = signal->episode;
    kor_utf8_copy(out->therapist, sizeof out->therapist, signal->therapist);
    kor_utf8_copy(out->finding, sizeof out->finding,
                  kor_finding_wire(signal->finding));
    kor_utf8_copy(out->scale, sizeof out->scale, signal->scale);
    if (signal->sheet) {
        out->sheet = signal->sheet;
    }
    out->session = signal->session;
    out->date = signal->session_date;
    out->sessions_since = signal->sessions_since;
}

void
kor_finding_words(unsigned findings, char words[][KOR_WORD_SIZE],
                  size_t n_max, size_t *n)
{
    *n = 0;
    for (int i = 0; i < KOR_N_FINDINGS && *n < n_max; i++) {
        if (findings & (unsigned)kor_findings[i]) {
            kor_utf8_copy(words[(*n)++], KOR_WORD_SIZE,
                          kor_finding_wire(kor_findings[i]));
        }
    }
}

static void
fill_event(struct kor_context *context, const struct kor_timeline *timeline,
           struct kor_event *event)
{
    memset(event, 0, sizeof *event);
    kor_message_init(&kor_message_event, &event->message);
    event->message.at_ms = context->now_ms;
    kor_utf8_copy(event->message.verb, sizeof event->message.verb,
                  kor_verb_info(context->call->request.verb)->wire);
    if (timeline) {
        kor_utf8_copy(event->message.code, sizeof event->message.code,
                      timeline->episode.person.code);
        event->episode = timeline->episode;
        event->has_attention = has_attention(timeline);
    }
}

void
kor_context_event(struct kor_context *context,
                  const struct kor_timeline *timeline)
{
    fill_event(context, timeline, &context->call->event);
    context->call->has_event = true;
}

/* The event about that episode, of those beside the call's own; a new one if
 * there is none yet. */
static struct kor_event *
other_event(struct kor_context *context, const struct kor_timeline *other)
{
    struct kor_call *call = context->call;
    for (size_t i = 0; i < call->n_others; i++) {
        if (call->others[i].episode.id == other->episode.id) {
            return &call->others[i];
        }
    }
    call->others = kor_realloc_array(call->others, call->n_others + 1,
                                     sizeof *call->others);
    struct kor_event *event = &call->others[call->n_others++];
    fill_event(context, other, event);
    return event;
}

void
kor_context_event_other(struct kor_context *context,
                        const struct kor_timeline *other,
                        enum kor_finding finding)
{
    struct kor_event *event = other_event(context, other);
    const char *word = kor_finding_wire(finding);
    bool is_there = false;
    event->has_attention |= has_attention(other);
    for (size_t i = 0; i < event->message.n_signals; i++) {
        is_there |= !strcmp(event->message.signals[i], word);
    }
    if (finding && !is_there
        && event->message.n_signals < KOR_LENGTH(event->message.signals)) {
        kor_utf8_copy(event->message.signals[event->message.n_signals++],
                      KOR_WORD_SIZE, word);
    }
}

void
kor_context_event_by(struct kor_context *context,
                     const struct kor_timeline *timeline, const char *former)
{
    struct kor_event *event = &context->call->event;
    kor_context_event(context, timeline);
    kor_utf8_copy(event->former, sizeof event->former, former);
    kor_utf8_copy(event->message.by, sizeof event->message.by,
                  context->call->caller.name);
}

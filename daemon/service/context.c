/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several use cases share: see service/handlers.h. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "service/partners.h"
#include "service/which.h"
#include "store/glass.h"
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

static enum kor_code
check(struct kor_context *context, const struct kor_object *object)
{
    struct kor_call *call = context->call;
    return kor_access_check(&call->caller, call->request.has_token,
                            call->request.verb, object, &call->look.grant,
                            context->err);
}

/* Who could break the glass is told that it can be done. */
static enum kor_code
forbidden(const struct kor_context *context)
{
    return kor_fail(context->err, KOR_FORBIDDEN, "code",
                    "this client is another therapist's: in an emergency "
                    "'kor break-glass' opens the client, on record");
}

/* Whether the caller may see the episode; looked at or refused, it is noted.
 * Whether the caller is a partner, or has broken the glass, is looked for
 * last: next to nobody is or has. */
static enum kor_code
may(struct kor_context *context, const struct kor_timeline *timeline)
{
    struct kor_call *call = context->call;
    struct kor_object object = kor_context_object(context, timeline);
    kor_look_at(&call->look, &timeline->episode);
    enum kor_code code = check(context, &object);
    if (code == KOR_FORBIDDEN && !call->caller.person_id) {
        code = kor_partner_look(context, &timeline->episode, &object);
        code = code == KOR_OK ? check(context, &object) : code;
    }
    if (code == KOR_FORBIDDEN
        && kor_access_may_break(&call->caller, call->request.verb)) {
        enum kor_code found = kor_store_glass_is_broken(
            context->desk->store, object.person_id, call->caller.account_id,
            context->now_ms, &object.is_glass_broken, context->err);
        code = found != KOR_OK          ? found
               : object.is_glass_broken ? check(context, &object)
                                        : forbidden(context);
    }
    return code;
}

/* A client does not learn which other codes there are. */
static enum kor_code
only_own(const struct kor_context *context, enum kor_code code)
{
    return code == KOR_NOT_FOUND || code == KOR_FORBIDDEN
               ? kor_fail(context->err, KOR_FORBIDDEN, "code",
                          "this key is for its own code alone")
               : code;
}

static enum kor_code
get(struct kor_context *context, const char *text, bool is_of_person,
    struct kor_timeline **timeline)
{
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t number;
    enum kor_code result
        = kor_episode_code_parse(text, code, &number, context->err);
    if (result != KOR_OK) {
        return result;
    }
    number = is_of_person ? 0 : number;
    result = kor_timelines_get(context->timelines, context->desk, code, number,
                               timeline, context->err);
    if (result == KOR_CONFLICT && !number) {
        result = kor_which_episode(context, code, is_of_person, &number);
        if (result == KOR_OK) {
            result = kor_timelines_get(context->timelines, context->desk, code,
                                       number, timeline, context->err);
        }
    }
    return result;
}

static enum kor_code
get_and_check(struct kor_context *context, const char *text,
              bool is_of_person, struct kor_timeline **timeline)
{
    enum kor_code result = get(context, text, is_of_person, timeline);
    result = result == KOR_OK ? may(context, *timeline) : result;
    return context->call->caller.person_id ? only_own(context, result)
                                           : result;
}

enum kor_code
kor_context_timeline(struct kor_context *context, const char *text,
                     struct kor_timeline **timeline)
{
    return get_and_check(context, text, false, timeline);
}

enum kor_code
kor_context_person(struct kor_context *context, const char *text,
                   struct kor_timeline **timeline)
{
    return get_and_check(context, text, true, timeline);
}

enum kor_code
kor_context_open_timeline(struct kor_context *context, const char *text,
                          struct kor_timeline **timeline)
{
    enum kor_code code = kor_context_timeline(context, text, timeline);
    return code == KOR_OK && (*timeline)->episode.closed_date != KOR_NO_DATE
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "this episode has ended: 'kor reopen' begins a new "
                          "one")
               : code;
}

/* The number in a code and one beside it are the same, or one is left out. */
static enum kor_code
read_number(struct kor_context *context, int64_t given, int32_t *number)
{
    if (given == KOR_NO_INT) {
        return KOR_OK;
    }
    if (*number && *number != given) {
        return kor_fail(context->err, KOR_BAD_VALUE, "episode",
                        "the code says episode %d: leave the other number out",
                        *number);
    }
    *number = (int32_t)given;
    return KOR_OK;
}

static enum kor_code
load(struct kor_context *context, const char *text, int64_t given,
     bool is_of_person, struct kor_timeline *timeline)
{
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t number;
    enum kor_code result
        = kor_episode_code_parse(text, code, &number, context->err);
    number = is_of_person ? 0 : number;
    if (result == KOR_OK) {
        result = read_number(context, given, &number);
    }
    if (result == KOR_OK) {
        result = kor_timeline_open(context->desk, code, number, timeline,
                                   context->err);
    }
    if (result == KOR_CONFLICT && !number) {
        result = kor_which_episode(context, code, is_of_person, &number);
        if (result == KOR_OK) {
            result = kor_timeline_open(context->desk, code, number, timeline,
                                       context->err);
        }
    }
    if (result == KOR_OK) {
        result = may(context, timeline);
        if (result != KOR_OK) {
            kor_timeline_done(timeline);
        }
    }
    return result;
}

enum kor_code
kor_context_load(struct kor_context *context, const char *text,
                 int64_t number, struct kor_timeline *timeline)
{
    return load(context, text, number, false, timeline);
}

enum kor_code
kor_context_load_person(struct kor_context *context, const char *text,
                        struct kor_timeline *timeline)
{
    return load(context, text, KOR_NO_INT, true, timeline);
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

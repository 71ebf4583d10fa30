/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists that a person works from: caseload, open signals, what happened
 * lately. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/glass.h"
#include "service/handlers.h"
#include "service/judged.h"
#include "service/scoring.h"
#include "store/figures.h"
#include "store/signal.h"

#define PAGE 500
#define MAX_EVENTS 500
#define MAX_PARTNER_EPISODES 500 /* One hears of. */

/* An empty list of a name that nobody has would be taken for one without a
 * case. */
static enum kor_code
check_therapist(struct kor_context *context, const char *name)
{
    bool is_known = false;
    enum kor_code code = kor_store_is_therapist(context->desk->store, name,
                                                &is_known, context->err);
    return code == KOR_OK && !is_known
               ? kor_fail(context->err, KOR_NOT_FOUND, "therapist",
                          "nobody here is called '%s': an administrator adds "
                          "accounts", name)
               : code;
}

enum kor_code
kor_list_for(struct kor_context *context, const char *wished,
             struct kor_scope *scope)
{
    struct kor_call *call = context->call;
    *scope = kor_access_scope(&call->caller, call->request.verb);
    scope->today = kor_desk_today(context->desk);
    bool is_own_only = !scope->is_supervised && !scope->is_duty;
    kor_utf8_copy(call->look.object, sizeof call->look.object, wished);
    if (!*wished || !strcmp(scope->name, wished)) {
        return KOR_OK;
    }
    return is_own_only
               ? kor_fail(context->err, KOR_FORBIDDEN, "therapist",
                          "this key lists its own clients only")
               : check_therapist(context, wished);
}

static void
put_last(const struct kor_last_score *stored, bool is_attention_open,
         struct kor_msg_client *out)
{
    struct kor_last_score held = *stored;
    const struct kor_last_score *last = &held;
    kor_hold_back(is_attention_open
                      || (stored->findings & KOR_FINDING_NOT_SEEN),
                  &held.standing, &held.unsaid);
    out->total = last->total;
    out->start = last->start;
    if (!isnan(last->total) && !isnan(last->start)) {
        out->change = kor_points_clean(last->total - last->start);
    }
    kor_utf8_copy(out->standing, sizeof out->standing,
                  kor_standing_wire(last->standing));
    kor_utf8_copy(out->unsaid, sizeof out->unsaid,
                  kor_unsaid_wire(last->unsaid));
    kor_finding_words(last->findings, out->findings,
                      KOR_LENGTH(out->findings), &out->n_findings);
}

static enum kor_code
put_signals(struct kor_context *context, const struct kor_episode *episode,
            bool *is_attention_open, struct kor_msg_client *out)
{
    struct kor_timeline timeline = {.episode = *episode};
    enum kor_code code = kor_store_timeline_signals(
        context->desk->store, &timeline, context->err);
    unsigned open = 0;
    for (size_t i = 0; i < timeline.n_signals; i++) {
        open |= (unsigned)timeline.signals[i].finding;
    }
    *is_attention_open = open & KOR_FINDING_ATTENTION;
    kor_finding_words(open, out->signals, KOR_LENGTH(out->signals),
                      &out->n_signals);
    kor_timeline_done(&timeline);
    return code;
}

static enum kor_code
put_client(struct kor_context *context, int64_t id,
           struct kor_msg_client *out)
{
    struct kor_store *store = context->desk->store;
    struct kor_episode episode;
    struct kor_last_score last;
    int32_t n_sessions = 0;
    kor_message_init(&kor_message_client, out);
    enum kor_code code
        = kor_store_episode_load(store, id, &episode, context->err);
    if (code == KOR_OK) {
        code = kor_store_session_summary(store, id, &n_sessions, &out->last,
                                         context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_last_score(store, id, &last, context->err);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_look_saw(&context->call->look, episode.person.id);
    out->id = id;
    out->sessions = n_sessions;
    kor_utf8_copy(out->code, sizeof out->code, episode.person.code);
    out->episode = episode.number;
    kor_utf8_copy(out->pathway, sizeof out->pathway, episode.pathway);
    kor_utf8_copy(out->therapist, sizeof out->therapist, episode.therapist);
    out->opened = episode.opened_date;
    kor_utf8_copy(out->scale, sizeof out->scale, episode.lead_scale);
    bool is_attention_open = false;
    code = put_signals(context, &episode, &is_attention_open, out);
    if (code == KOR_OK) {
        code = kor_context_label(context, episode.person.id, out->label,
                                 &out->label_key);
    }
    if (last.is_there) {
        put_last(&last, is_attention_open, out);
    }
    return code;
}

/* Those with signals first, otherwise as they came. */
static int
by_signals(const void *a, const void *b)
{
    const struct kor_msg_client *x = a, *y = b;
    if ((x->n_signals > 0) != (y->n_signals > 0)) {
        return x->n_signals > 0 ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

enum kor_code
kor_handle_caseload(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_caseload *msg = request;
    struct kor_msg_clients *out = reply;
    struct kor_scope scope;
    int64_t ids[PAGE];
    size_t n = 0;
    enum kor_code code = kor_list_for(context, msg->therapist, &scope);
    if (code == KOR_OK) {
        code = kor_store_episodes_open(
            context->desk->store, &scope,
            msg->after == KOR_NO_INT ? 0 : msg->after, msg->therapist, PAGE,
            ids, &n, context->err);
    }
    out->clients = kor_alloc_array(n, sizeof *out->clients);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = put_client(context, ids[i], &out->clients[out->n_clients++]);
    }
    if (n == PAGE) {
        out->next = ids[n - 1];
    }
    qsort(out->clients, out->n_clients, sizeof *out->clients, by_signals);
    return code;
}

/* The list of open signals, and who was seen in it. */
struct listing {
    struct kor_msg_signal_list *list;
    struct kor_context *context;
    enum kor_code code; /* Of looking up labels. */
};

static void
put_signal(void *to, const struct kor_signal *signal)
{
    struct listing *listing = to;
    struct kor_msg_signal_list *list = listing->list;
    kor_look_saw(&listing->context->call->look, signal->person_id);
    list->signals = kor_realloc_array(list->signals, list->n_signals + 1,
                                      sizeof *list->signals);
    struct kor_msg_signal *out = &list->signals[list->n_signals++];
    kor_signal_message(signal->code, &signal->open, out);
    if (listing->code == KOR_OK) {
        listing->code = kor_context_label(listing->context, signal->person_id,
                                          out->label, &out->label_key);
    }
}

enum kor_code
kor_handle_signals(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_signals *msg = request;
    struct kor_msg_signal_list *out = reply;
    struct listing listing = {out, context, KOR_OK};
    struct kor_scope scope;
    enum kor_code code = kor_list_for(context, msg->therapist, &scope);
    if (code == KOR_OK) {
        code = kor_store_signals_open(context->desk->store, &scope,
                                      msg->therapist, put_signal, &listing,
                                      context->err);
    }
    code = code == KOR_OK ? listing.code : code;
    return code == KOR_OK
               ? kor_glass_lately(context, &out->glass, &out->n_glass)
               : code;
}

/* Who asks, and for which episodes as a partner. */
struct listener {
    struct kor_context *context;
    int64_t partner_of[MAX_PARTNER_EPISODES];
    size_t n;
};

static bool
is_partner_of(const struct listener *listener, int64_t episode_id)
{
    for (size_t i = 0; i < listener->n; i++) {
        if (listener->partner_of[i] == episode_id) {
            return true;
        }
    }
    return false;
}

static bool
may_hear(const struct kor_context *context, const struct kor_object *object)
{
    return kor_access_check(&context->call->caller, false, KOR_VERB_SINCE,
                            object, NULL, NULL)
        == KOR_OK;
}

/* A change that is about no client is for everybody who may ask; one that took
 * a client out of somebody's hands is for both. */
static bool
is_for_caller(void *to, const struct kor_event *event)
{
    const struct listener *listener = to;
    struct kor_context *context = listener->context;
    if (event->episode.id == 0) {
        return true;
    }
    const struct kor_timeline timeline = {.episode = event->episode};
    struct kor_object object = kor_context_object(context, &timeline);
    object.has_attention = event->has_attention;
    object.partner = is_partner_of(listener, event->episode.id)
                         ? KOR_PARTNER_SEE
                         : KOR_PARTNER_NOTHING;
    bool is_for = may_hear(context, &object);
    if (!is_for && *event->former) {
        object.therapist = object.cover = object.supervisor = event->former;
        is_for = may_hear(context, &object);
    }
    if (is_for && event->episode.person.id) {
        kor_look_saw(&context->call->look, event->episode.person.id);
    }
    return is_for;
}

enum kor_code
kor_handle_since(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_since *msg = request;
    struct kor_msg_events *out = reply;
    struct listener listener = {.context = context};
    enum kor_code code = kor_store_partner_episodes(
        context->desk->store, context->call->caller.name,
        kor_desk_today(context->desk), MAX_PARTNER_EPISODES,
        listener.partner_of, &listener.n, context->err);
    out->events = kor_alloc_array(MAX_EVENTS, sizeof *out->events);
    if (code == KOR_OK) {
        out->n_events = kor_feed_since(context->feed, msg->seq, is_for_caller,
                                       &listener, out->events, MAX_EVENTS,
                                       &out->seq, &out->gap);
    }
    return code;
}

enum kor_code
kor_handle_ping(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_clinic *clinic = context->desk->clinic;
    struct kor_msg_pong *out = reply;
    (void)request;
    kor_utf8_copy(out->version, sizeof out->version, KOR_VERSION);
    out->at_ms = context->now_ms;
    out->seq = kor_feed_seq(context->feed);
    kor_utf8_copy(out->lang, sizeof out->lang, kor_lang_name(clinic->lang));
    kor_utf8_copy(out->feed, sizeof out->feed, clinic->feed);
    return KOR_OK;
}

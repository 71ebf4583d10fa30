/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due, and why something did not come. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "store/appointment.h"

#define PAGE 1000
#define MAX_OF_PERSON 10000 /* As in the message. */

/* Appointments stand behind all else, with ids of their own. */
#define APPOINTMENTS INT64_C(4000000000000000)

/* The name of what is due, as people read it. */
static void
put_name(struct kor_context *context, const struct kor_listed_due *listed,
         struct kor_msg_due_item *out)
{
    const struct kor_due *due = &listed->due;
    const struct kor_scale *scale;
    const struct kor_desk_form *form;
    const struct kor_desk_pathway *pathway;
    if (due->kind == KOR_RULE_SHEET
        && kor_desk_form(context->desk, due->key, "", &form, NULL)
               == KOR_OK) {
        kor_utf8_copy(out->name, sizeof out->name,
                      kor_words_in(&form->def.names, context->lang));
    }
    if (due->kind == KOR_RULE_SCALE
        && kor_desk_scale(context->desk, due->key, &scale, NULL) == KOR_OK) {
        kor_utf8_copy(out->name, sizeof out->name,
                      kor_words_in(&scale->def.names, context->lang));
    }
    if (due->kind != KOR_RULE_CONTACT || !listed->pathway_id
        || kor_desk_pathway_by_id(context->desk, listed->pathway_id,
                                  &pathway, NULL)
               != KOR_OK) {
        return;
    }
    for (size_t i = 0; i < pathway->def.n_rules; i++) {
        const struct kor_rule *rule = &pathway->def.rules[i];
        if (kor_due_is_of(due, rule)) {
            kor_utf8_copy(out->name, sizeof out->name,
                          kor_words_in(&rule->names, context->lang));
        }
    }
}

static void
put_what(struct kor_context *context, const struct kor_listed_due *listed,
         struct kor_msg_due_item *out)
{
    const struct kor_due *due = &listed->due;
    if (listed->goal_id) {
        kor_utf8_copy(out->kind, sizeof out->kind, "goal");
        kor_utf8_copy(out->key, sizeof out->key, "goal");
        kor_utf8_copy(out->when, sizeof out->when, "target");
        out->goal = listed->goal_id;
        kor_utf8_copy(out->text, sizeof out->text, listed->goal);
        return;
    }
    kor_utf8_copy(out->kind, sizeof out->kind,
                  kor_rule_kind_name(due->kind));
    kor_utf8_copy(out->key, sizeof out->key, due->key);
    put_name(context, listed, out);
    kor_utf8_copy(out->rater, sizeof out->rater, due->rater);
    kor_utf8_copy(out->when, sizeof out->when, kor_when_name(due->when));
}

static enum kor_code
due_message(struct kor_context *context, const struct kor_listed_due *listed,
            struct kor_msg_due_item *out)
{
    const struct kor_due *due = &listed->due;
    kor_message_init(&kor_message_due_item, out);
    kor_look_saw(&context->call->look, listed->person_id);
    out->id = due->id;
    kor_utf8_copy(out->code, sizeof out->code, listed->code);
    out->episode = listed->episode;
    kor_utf8_copy(out->therapist, sizeof out->therapist, listed->therapist);
    put_what(context, listed, out);
    if (listed->session) {
        out->session = listed->session;
    }
    out->due = due->due_date;
    out->until = due->until_date;
    out->overdue = due->missing == KOR_MISSING_NOT
                && kor_desk_today(context->desk) > due->until_date;
    kor_utf8_copy(out->missing, sizeof out->missing,
                  kor_missing_name(due->missing));
    out->review = due->review_date;
    return kor_context_label(context, listed->person_id, out->label,
                             &out->label_key);
}

/* --- the list -------------------------------------------------------- */

struct listing {
    struct kor_context *context;
    struct kor_msg_dues *out;
};

static enum kor_code
put_due(void *to, const struct kor_listed_due *listed, struct kor_err *err)
{
    struct listing *listing = to;
    struct kor_msg_dues *out = listing->out;
    (void)err;
    return due_message(listing->context, listed, &out->dues[out->n_dues++]);
}

/* One that is past and of whose day there is no session. */
static enum kor_code
put_past(void *to, const struct kor_listed_appointment *listed,
         struct kor_err *err)
{
    struct listing *listing = to;
    struct kor_context *context = listing->context;
    struct kor_msg_due_item *out
        = &listing->out->dues[listing->out->n_dues++];
    (void)err;
    kor_message_init(&kor_message_due_item, out);
    kor_look_saw(&context->call->look, listed->person_id);
    out->id = APPOINTMENTS + listed->id;
    kor_utf8_copy(out->code, sizeof out->code, listed->code);
    out->episode = listed->episode;
    kor_utf8_copy(out->therapist, sizeof out->therapist, listed->therapist);
    kor_utf8_copy(out->kind, sizeof out->kind, "appointment");
    kor_utf8_copy(out->key, sizeof out->key, "appointment");
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_text(context->lang, "appointment: was it held?"));
    kor_utf8_copy(out->when, sizeof out->when, "appointment");
    out->due = out->until = listed->appointment.day_date;
    out->overdue = true;
    return kor_context_label(context, listed->person_id, out->label,
                             &out->label_key);
}

/* Fills the page up with appointments. */
static enum kor_code
list_past(struct listing *listing, const struct kor_msg_due *msg,
          const struct kor_scope *scope)
{
    bool goes_on = msg->after != KOR_NO_INT && msg->after >= APPOINTMENTS;
    const struct kor_appointment_wish wish
        = {.scope = scope,
           .therapist = msg->therapist,
           .from_date = INT32_MIN,
           .to_date = scope->today - 1,
           .after_date = goes_on ? msg->after_date : INT32_MIN,
           .after_id = goes_on ? msg->after - APPOINTMENTS : 0,
           .n_max = PAGE - listing->out->n_dues};
    return wish.n_max && !msg->today
               ? kor_store_appointment_list(listing->context->desk->store,
                                            &wish, put_past, listing,
                                            listing->context->err)
               : KOR_OK;
}

enum kor_code
kor_handle_due(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_msg_due *msg = request;
    struct kor_msg_dues *out = reply;
    struct listing listing = {.context = context, .out = out};
    struct kor_scope scope;
    enum kor_code code = kor_list_for(context, msg->therapist, &scope);
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_due_wish wish
        = {.scope = &scope,
           .therapist = msg->therapist,
           .is_overdue = msg->overdue,
           .is_in_time = msg->today,
           .after_date = msg->after_date == KOR_NO_DATE ? INT32_MIN
                                                        : msg->after_date,
           .after_id = msg->after == KOR_NO_INT ? 0 : msg->after,
           .n_max = PAGE};
    out->dues = kor_alloc_array(PAGE, sizeof *out->dues);
    if (wish.after_id < APPOINTMENTS) {
        code = kor_store_due_list(context->desk->store, &wish, put_due,
                                  &listing, context->err);
    }
    if (code == KOR_OK) {
        code = list_past(&listing, msg, &scope);
    }
    if (code == KOR_OK && out->n_dues == PAGE) {
        out->next_date = out->dues[PAGE - 1].due;
        out->next = out->dues[PAGE - 1].id;
    }
    return code;
}

/* --- all of one client --------------------------------------------------- */

struct gathering {
    struct kor_context *context;
    struct kor_msg_due_item *items;
    size_t n;
};

static enum kor_code
gather(void *to, const struct kor_listed_due *listed, struct kor_err *err)
{
    struct gathering *all = to;
    (void)err;
    all->items = kor_realloc_array(all->items, all->n + 1,
                                   sizeof *all->items);
    return due_message(all->context, listed, &all->items[all->n++]);
}

enum kor_code
kor_dues_of_person(struct kor_context *context, int64_t person_id,
                   struct kor_msg_due_item **items, size_t *n)
{
    struct gathering all = {.context = context};
    enum kor_code code
        = kor_store_dues_of(context->desk->store, person_id, MAX_OF_PERSON,
                            gather, &all, context->err);
    *items = all.items;
    *n = all.n;
    return code;
}

/* --- why it did not come ---------------------------------------------- */

static enum kor_code
read_missing(struct kor_context *context, const struct kor_msg_missing *msg,
             enum kor_missing *missing)
{
    bool is_one = kor_missing_from(msg->missing, missing)
               && *missing != KOR_MISSING_NOT
               && *missing != KOR_MISSING_UNSAID;
    if (!is_one) {
        return kor_fail(context->err, KOR_BAD_VALUE, "missing",
                        "the reason is forgot, declined, crisis, phone or "
                        "unsuitable");
    }
    bool is_declined = *missing == KOR_MISSING_DECLINED;
    bool has_review = msg->review != KOR_NO_DATE;
    if (is_declined != has_review) {
        return kor_fail(context->err, KOR_BAD_VALUE, "review",
                        is_declined ? KOR_N_("say when to ask again: a day "
                                             "after today")
                                    : KOR_N_("there is a day to ask again for "
                                             "what was declined, and for "
                                             "nothing else"));
    }
    return is_declined && msg->review <= kor_desk_today(context->desk)
               ? kor_fail(context->err, KOR_BAD_VALUE, "review",
                          "say when to ask again: a day after today")
               : KOR_OK;
}

static int32_t
session_number(const struct kor_timeline *timeline, int64_t session_id)
{
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        if (timeline->sessions[i].id == session_id) {
            return timeline->sessions[i].number;
        }
    }
    return 0;
}

/* The row that is meant, which has to be of the client that is named. */
static enum kor_code
find_due(struct kor_context *context, const struct kor_timeline *timeline,
         int64_t id, struct kor_listed_due *listed)
{
    *listed = (struct kor_listed_due){.session = 0};
    if (id > KOR_DUE_GOALS) {
        return kor_fail(context->err, KOR_BAD_VALUE, "id",
                        "that is goal %lld, which does not go missing: 'kor "
                        "goal set' with --status reached or dropped, or with "
                        "another --target, takes it off the list",
                        (long long)(id - KOR_DUE_GOALS));
    }
    enum kor_code code = kor_store_due_load(context->desk->store, id,
                                            &listed->due, &listed->episode_id,
                                            context->err);
    const struct kor_episode *episode = &timeline->episode;
    bool is_elsewhere = code == KOR_OK && listed->episode_id != episode->id;
    listed->person_id = episode->person.id;
    listed->pathway_id = episode->pathway_id;
    listed->episode = episode->number;
    listed->session = session_number(timeline, listed->due.session_id);
    kor_utf8_copy(listed->code, sizeof listed->code, episode->person.code);
    kor_utf8_copy(listed->therapist, sizeof listed->therapist,
                  episode->therapist);
    return code == KOR_NOT_FOUND || is_elsewhere
               ? kor_fail(context->err, KOR_NOT_FOUND, "id",
                          "nothing with this number is due of this client: "
                          "'kor due' shows what is")
               : code;
}

enum kor_code
kor_handle_missing(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_missing *msg = request;
    struct kor_timeline *timeline;
    struct kor_listed_due listed;
    enum kor_missing missing;
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK && msg->id > APPOINTMENTS) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "id",
                        "an appointment waits for its session: 'kor record "
                        "%s --date DAY --status ...' says how it was",
                        timeline->episode.person.code);
    }
    if (code == KOR_OK) {
        code = read_missing(context, msg, &missing);
    }
    if (code == KOR_OK) {
        code = find_due(context, timeline, msg->id, &listed);
    }
    if (code == KOR_OK) {
        code = kor_dues_missing(context, &timeline->episode, msg->id, missing,
                                msg->review);
    }
    if (code == KOR_OK) {
        listed.due.missing = missing;
        listed.due.review_date = msg->review;
        kor_context_event(context, timeline);
        code = due_message(context, &listed, reply);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in calendars: brought by whoever they are of, and listed. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/place.h"
#include "service/which.h"
#include "store/appointment.h"

#define PAGE 1000
#define DAYS_BEFORE 31
#define DAYS_AHEAD 401 /* A year, and a day for other zones. */
#define GONE 100       /* Episodes at a time. */

struct putting {
    struct kor_context *context;
    struct kor_calendar_run run;
    struct kor_msg_calendar_state *out;
};

/* --- what is brought ---------------------------------------------------- */

/* The client's open episode, or last one, if it is in the caller's care: of
 * several that are, the last one.  What is not, and
 * what is not there at all, are told apart for nobody. */
static enum kor_code
find_mine(struct kor_context *context, const char *text,
          struct kor_timeline **timeline)
{
    struct kor_call *call = context->call;
    char code[KOR_CLIENT_CODE_SIZE];
    struct kor_grant grant;
    *timeline = NULL;
    int32_t number;
    if (kor_episode_code_parse(text, code, &number, NULL) != KOR_OK) {
        return KOR_OK;
    }
    enum kor_code found
        = kor_timelines_get(context->timelines, context->desk, code, number,
                            timeline, context->err);
    if (found == KOR_CONFLICT && !number) {
        found = kor_which_episode(context, code, true, &number);
        if (found == KOR_OK) {
            found = kor_timelines_get(context->timelines, context->desk, code,
                                      number, timeline, context->err);
        }
    }
    if (found == KOR_NOT_FOUND) {
        *timeline = NULL;
        return KOR_OK;
    }
    if (found != KOR_OK) {
        return found;
    }
    const struct kor_object object = kor_context_object(context, *timeline);
    if (kor_access_check(&call->caller, call->request.has_token,
                         call->request.verb, &object, &grant, NULL)
        != KOR_OK) {
        *timeline = NULL;
    } else {
        call->look.grant = grant;
        kor_look_saw(&call->look, (*timeline)->episode.person.id);
    }
    return KOR_OK;
}

/* What was another client's before waits for nothing there any more. */
static enum kor_code
leave_former(struct kor_context *context, int64_t episode_id)
{
    struct kor_episode former;
    enum kor_code code = kor_store_episode_load(
        context->desk->store, episode_id, &former, context->err);
    if (code != KOR_OK) {
        return code;
    }
    kor_look_saw(&context->call->look, former.person.id);
    return kor_dues_agreed(context, &former);
}

static enum kor_code
put_one(struct putting *putting, const struct kor_msg_appointment *from,
        const struct kor_timeline *timeline, bool *has_changed)
{
    struct kor_context *context = putting->context;
    struct kor_appointment appointment
        = {.episode_id = timeline->episode.id,
           .start_ms = from->start_ms,
           .day_date = kor_date_at(from->start_ms)};
    enum kor_appointment_news news = KOR_APPOINTMENT_SAME;
    int64_t former_id = 0;
    kor_utf8_copy(appointment.uid, sizeof appointment.uid, from->uid);
    kor_utf8_copy(appointment.mode, sizeof appointment.mode, from->mode);
    enum kor_code code = kor_store_appointment_put(
        context->desk->store, &putting->run, &appointment, &news, &former_id,
        context->err);
    putting->out->added += news == KOR_APPOINTMENT_ADDED;
    putting->out->changed += news == KOR_APPOINTMENT_CHANGED;
    putting->out->same += news == KOR_APPOINTMENT_SAME;
    *has_changed |= news != KOR_APPOINTMENT_SAME;
    return code == KOR_OK && former_id && former_id != appointment.episode_id
               ? leave_former(context, former_id)
               : code;
}

/* All of one client that stand together; '*i' is then behind them. */
static enum kor_code
put_client(struct putting *putting, const struct kor_msg_calendar_put *msg,
           size_t *i)
{
    struct kor_msg_calendar_state *out = putting->out;
    const char *client = msg->appointments[*i].code;
    struct kor_timeline *timeline;
    bool has_changed = false;
    enum kor_code code = find_mine(putting->context, client, &timeline);
    for (; code == KOR_OK && *i < msg->n_appointments
           && !strcmp(msg->appointments[*i].code, client);
         ++*i) {
        if (timeline) {
            code = put_one(putting, &msg->appointments[*i], timeline,
                           &has_changed);
        } else {
            out->refused[out->n_refused++] = (double)*i;
        }
    }
    return code == KOR_OK && has_changed
               ? kor_dues_agreed(putting->context, &timeline->episode)
               : code;
}

/* What lies ahead and was not in the calendar any more. */
static enum kor_code
cancel_gone(struct putting *putting)
{
    struct kor_context *context = putting->context;
    struct kor_store *store = context->desk->store;
    int64_t ids[GONE], now_ms = context->now_ms, n_cancelled;
    size_t n = GONE;
    enum kor_code code = KOR_OK;
    while (n == GONE && code == KOR_OK) {
        code = kor_store_appointment_gone(store, &putting->run, now_ms, GONE,
                                          ids, &n, context->err);
        for (size_t i = 0; i < n && code == KOR_OK; i++) {
            struct kor_episode episode;
            code = kor_store_appointment_cancel(store, &putting->run, now_ms,
                                                ids[i], &n_cancelled,
                                                context->err);
            putting->out->cancelled += n_cancelled;
            if (code == KOR_OK) {
                code = kor_store_episode_load(store, ids[i], &episode,
                                              context->err);
            }
            if (code == KOR_OK) {
                kor_look_saw(&context->call->look, episode.person.id);
                code = kor_dues_agreed(context, &episode);
            }
        }
    }
    return code;
}

static enum kor_code
check(struct kor_context *context, const struct kor_msg_calendar_put *msg)
{
    int32_t today = kor_desk_today(context->desk);
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < msg->n_appointments && code == KOR_OK; i++) {
        const struct kor_msg_appointment *one = &msg->appointments[i];
        int32_t date = kor_date_at(one->start_ms);
        code = kor_place_words("", one->mode, context->err);
        if (code == KOR_OK
            && (date < today - DAYS_BEFORE || date > today + DAYS_AHEAD)) {
            code = kor_fail(context->err, KOR_BAD_VALUE, "start_ms",
                            "an appointment lies from %d days ago to %d days "
                            "ahead", DAYS_BEFORE, DAYS_AHEAD);
        }
    }
    return code;
}

enum kor_code
kor_handle_calendar_put(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_calendar_put *msg = request;
    struct putting putting = {.context = context,
                              .run = {context->call->caller.name,
                                      msg->calendar, msg->run},
                              .out = reply};
    putting.out->added = putting.out->changed = putting.out->same = 0;
    putting.out->cancelled = 0;
    kor_utf8_copy(context->call->look.object,
                  sizeof context->call->look.object, msg->calendar);
    enum kor_code code = check(context, msg);
    for (size_t i = 0; i < msg->n_appointments && code == KOR_OK;) {
        code = put_client(&putting, msg, &i);
    }
    if (code == KOR_OK && msg->last) {
        code = cancel_gone(&putting);
    }
    if (putting.out->added || putting.out->changed
        || putting.out->cancelled) {
        kor_context_event(context, NULL);
    }
    return code;
}

/* --- the list ----------------------------------------------------------- */

struct listing {
    struct kor_context *context;
    struct kor_msg_agreements *out;
};

static enum kor_code
put_listed(void *to, const struct kor_listed_appointment *listed,
           struct kor_err *err)
{
    struct listing *listing = to;
    struct kor_msg_agreed *out
        = &listing->out->appointments[listing->out->n_appointments++];
    (void)err;
    kor_message_init(&kor_message_agreed, out);
    kor_look_saw(&listing->context->call->look, listed->person_id);
    out->id = listed->id;
    kor_utf8_copy(out->code, sizeof out->code, listed->code);
    out->episode = listed->episode;
    kor_utf8_copy(out->therapist, sizeof out->therapist, listed->therapist);
    out->start_ms = listed->appointment.start_ms;
    out->minute = kor_minute_at(listed->appointment.start_ms);
    out->date = listed->appointment.day_date;
    kor_utf8_copy(out->mode, sizeof out->mode, listed->appointment.mode);
    return kor_context_label(listing->context, listed->person_id, out->label,
                             &out->label_key);
}

enum kor_code
kor_handle_calendar(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_calendar *msg = request;
    struct kor_msg_agreements *out = reply;
    struct listing listing = {.context = context, .out = out};
    struct kor_scope scope;
    enum kor_code code = kor_list_for(context, msg->therapist, &scope);
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_appointment_wish wish
        = {.scope = &scope,
           .therapist = msg->therapist,
           .from_date = msg->from == KOR_NO_DATE ? scope.today : msg->from,
           .to_date = msg->until == KOR_NO_DATE ? INT32_MAX : msg->until,
           .after_date = msg->after_date == KOR_NO_DATE ? INT32_MIN
                                                        : msg->after_date,
           .after_id = msg->after == KOR_NO_INT ? 0 : msg->after,
           .n_max = PAGE};
    out->appointments = kor_alloc_array(PAGE, sizeof *out->appointments);
    code = kor_store_appointment_list(context->desk->store, &wish, put_listed,
                                      &listing, context->err);
    if (code == KOR_OK && out->n_appointments == PAGE) {
        out->next_date = out->appointments[PAGE - 1].date;
        out->next = out->appointments[PAGE - 1].id;
    }
    return code;
}

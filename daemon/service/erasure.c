/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client is erased; and who has been here for long enough. */

#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "store/deletion.h"

#define PAGE 500 /* As in the message. */

/* An episode of another unit is not this administrator's to erase: as for who
 * has been here for long enough, all of them count. */
static enum kor_code
check_all(struct kor_context *context, const struct kor_person *person,
          int32_t n_episodes)
{
    struct kor_call *call = context->call;
    enum kor_code code = KOR_OK;
    for (int32_t i = 1; i <= n_episodes && code == KOR_OK; i++) {
        struct kor_timeline timeline = {0};
        int64_t id;
        code = kor_store_episode_find(context->desk->store, person->id, i,
                                      &id, context->err);
        if (code == KOR_OK) {
            code = kor_store_episode_load(context->desk->store, id,
                                          &timeline.episode, context->err);
        }
        const struct kor_object object
            = kor_context_object(context, &timeline);
        if (code == KOR_OK
            && kor_access_check(&call->caller, call->request.has_token,
                                call->request.verb, &object, NULL, NULL)
                   != KOR_OK) {
            code = kor_fail(context->err, KOR_FORBIDDEN, "code",
                            "this client has an episode in another unit: ask "
                            "an administrator of both");
        }
    }
    return code;
}

/* --- erasing ------------------------------------------------------------- */

enum kor_code
kor_handle_erase(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_erase *msg = request;
    struct kor_msg_erased *out = reply;
    struct kor_timeline *timeline;
    int32_t n_episodes = 0;
    enum kor_code code = kor_context_person(context, msg->code, &timeline);
    kor_utf8_copy(context->call->look.reason,
                  sizeof context->call->look.reason, msg->reason);
    if (code == KOR_OK) {
        code = kor_store_episode_count(context->desk->store,
                                       timeline->episode.person.id,
                                       &n_episodes, context->err);
    }
    if (code == KOR_OK) {
        code = check_all(context, &timeline->episode.person, n_episodes);
    }
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_person person = timeline->episode.person;
    kor_context_event(context, timeline);
    kor_timelines_forget(context->timelines, person.code);
    context->call->changes_access = true; /* The client's own key. */
    kor_utf8_copy(out->code, sizeof out->code, person.code);
    out->episodes = n_episodes;
    (void)kor_instant_format(context->now_ms, out->at);
    return kor_store_erase(context->desk->store, &person, msg->reason,
                           context->now_ms, context->call->caller.actor_id,
                           context->err);
}

/* --- who has been here for long enough ----------------------------------- */

enum kor_code
kor_handle_retention(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_retention *msg = request;
    struct kor_msg_dormants *out = reply;
    struct kor_dormant *people = kor_alloc_array(PAGE, sizeof *people);
    size_t n = 0;
    enum kor_code code = kor_store_dormant(
        context->desk->store, msg->after == KOR_NO_INT ? 0 : msg->after,
        msg->before, context->call->caller.unit_path, PAGE, people, &n,
        context->err);
    out->people = kor_alloc_array(n, sizeof *out->people);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        struct kor_msg_dormant *row = &out->people[out->n_people++];
        kor_message_init(&kor_message_dormant, row);
        row->id = people[i].person_id;
        kor_utf8_copy(row->code, sizeof row->code, people[i].code);
        row->last = people[i].last_date;
        kor_look_saw(&context->call->look, people[i].person_id);
    }
    if (n == PAGE) {
        out->next = people[n - 1].person_id;
    }
    free(people);
    return code;
}

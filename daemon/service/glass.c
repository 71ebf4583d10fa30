/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Broken glass: see service/glass.h. */

#include "service/glass.h"

#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* A working day: who needs the client longer is given the client, by cover or
 * by hand-over. */
#define GLASS_HOURS 8
#define HOUR_MS (3600 * (int64_t)1000)
#define WEEK_MS (7 * 24 * HOUR_MS)
#define PAGE 200     /* As in the messages. */
#define OF_CLIENT 50 /* The same. */

static void
put(const struct kor_glass *glass, struct kor_msg_glass *out)
{
    out->id = glass->id;
    kor_utf8_copy(out->code, sizeof out->code, glass->code);
    kor_utf8_copy(out->by, sizeof out->by, glass->by);
    kor_utf8_copy(out->reason, sizeof out->reason, glass->why);
    out->at_ms = glass->at_ms;
    out->until_ms = glass->until_ms;
}

/* One word is no reason. */
static enum kor_code
check_reason(struct kor_context *context, const char *reason)
{
    const char *first = reason + strspn(reason, " ");
    const char *second = first + strcspn(first, " ");
    return second[strspn(second, " ")]
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, "reason",
                          "say in some words why you have to look");
}

enum kor_code
kor_handle_glass_break(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_glass_break *msg = request;
    struct kor_call *call = context->call;
    struct kor_timeline *timeline;
    kor_utf8_copy(call->look.reason, sizeof call->look.reason, msg->reason);
    enum kor_code code = kor_context_person(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check_reason(context, msg->reason);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct kor_glass glass
        = {.account_id = call->caller.account_id,
           .person_id = timeline->episode.person.id,
           .at_ms = context->now_ms,
           .until_ms = context->now_ms + GLASS_HOURS * HOUR_MS};
    kor_utf8_copy(glass.by, sizeof glass.by, call->caller.name);
    kor_utf8_copy(glass.code, sizeof glass.code,
                  timeline->episode.person.code);
    kor_utf8_copy(glass.why, sizeof glass.why, msg->reason);
    code = kor_store_glass_add(context->desk->store, &glass, context->err);
    kor_context_event_by(context, timeline, "");
    put(&glass, reply);
    return code;
}

/* Whether the caller is told of what was done to that person, by the last
 * episode; then it is noted. */
static enum kor_code
is_for_caller(struct kor_context *context, int64_t person_id, bool *is_for)
{
    struct kor_call *call = context->call;
    struct kor_timeline timeline = {0};
    struct kor_grant grant;
    int64_t id;
    enum kor_code code = kor_store_episode_find(
        context->desk->store, person_id, 0, &id, context->err);
    if (code == KOR_OK) {
        code = kor_store_episode_load(context->desk->store, id,
                                      &timeline.episode, context->err);
    }
    const struct kor_object object = kor_context_object(context, &timeline);
    *is_for = code == KOR_OK
           && kor_access_check(&call->caller, call->request.has_token,
                               KOR_VERB_GLASS_LIST, &object, &grant, NULL)
                  == KOR_OK;
    if (*is_for) {
        kor_look_saw(&call->look, person_id);
    }
    return code == KOR_NOT_FOUND ? KOR_OK : code;
}

/* Fills '*list' with those of 'from' that the caller is told of. */
static enum kor_code
put_some(struct kor_context *context, const struct kor_glass from[],
         size_t n_from, struct kor_msg_glass **list, size_t *n)
{
    enum kor_code code = KOR_OK;
    *list = kor_alloc_array(n_from, sizeof **list);
    for (size_t i = 0; i < n_from && code == KOR_OK; i++) {
        bool is_for;
        code = is_for_caller(context, from[i].person_id, &is_for);
        if (is_for) {
            put(&from[i], &(*list)[(*n)++]);
        }
    }
    return code;
}

enum kor_code
kor_handle_glass_list(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_glass_list *msg = request;
    struct kor_msg_glasses *out = reply;
    struct kor_glass *all = kor_alloc_array(PAGE, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_glass_list(
        context->desk->store,
        msg->before == KOR_NO_INT ? INT64_MAX : msg->before, 0, PAGE, all, &n,
        context->err);
    if (code == KOR_OK) {
        code = put_some(context, all, n, &out->glass, &out->n_glass);
    }
    if (n == PAGE) {
        out->next = all[n - 1].id;
    }
    free(all);
    return code;
}

enum kor_code
kor_glass_lately(struct kor_context *context, struct kor_msg_glass **list,
                 size_t *n)
{
    struct kor_glass *all = kor_alloc_array(PAGE, sizeof *all);
    size_t n_all = 0;
    enum kor_code code = kor_store_glass_list(
        context->desk->store, INT64_MAX, context->now_ms - WEEK_MS, PAGE, all,
        &n_all, context->err);
    if (code == KOR_OK) {
        code = put_some(context, all, n_all, list, n);
    }
    free(all);
    return code;
}

enum kor_code
kor_glass_of(struct kor_context *context, int64_t person_id,
             struct kor_msg_glass **list, size_t *n)
{
    struct kor_glass *all = kor_alloc_array(OF_CLIENT, sizeof *all);
    size_t n_all = 0;
    enum kor_code code
        = kor_store_glass_of(context->desk->store, person_id, OF_CLIENT, all,
                             &n_all, context->err);
    *list = kor_alloc_array(n_all, sizeof **list);
    for (; *n < n_all; (*n)++) {
        put(&all[*n], &(*list)[*n]);
    }
    free(all);
    return code;
}

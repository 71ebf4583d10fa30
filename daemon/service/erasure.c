/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything about one client: taken out for whoever may ask, erased, and who
 * has been here for long enough. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/sheets.h"
#include "store/deletion.h"

#define PAGE 500 /* As in the message. */

/* --- erasing ------------------------------------------------------------- */

enum kor_code
kor_handle_erase(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_erase *msg = request;
    struct kor_msg_erased *out = reply;
    struct kor_timeline *timeline;
    int32_t n_episodes = 0;
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    kor_utf8_copy(context->call->look.reason,
                  sizeof context->call->look.reason, msg->reason);
    if (code == KOR_OK) {
        code = kor_store_episode_count(context->desk->store,
                                       timeline->episode.person.id,
                                       &n_episodes, context->err);
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

/* --- who has been here for long enough ------------------------------------ */

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

/* --- everything about one client ------------------------------------------ */

static enum kor_code
put_episode(struct kor_context *context, const char *code, int32_t number,
            struct kor_msg_person_file *out)
{
    struct kor_msg_show show;
    kor_message_init(&kor_message_show, &show);
    kor_utf8_copy(show.code, sizeof show.code, code);
    show.episode = number;
    struct kor_msg_shown *shown = &out->episodes[out->n_episodes++];
    kor_message_init(&kor_message_shown, shown);
    return kor_handle_show(context, &show, shown);
}

/* An episode without a score has no graph, and that is no failure. */
static enum kor_code
put_graph(struct kor_context *context, const char *code, int32_t number,
          struct kor_msg_person_file *out)
{
    struct kor_msg_graph graph;
    if (!out->episodes[out->n_episodes - 1].episode->lead[0]) {
        return KOR_OK;
    }
    kor_message_init(&kor_message_graph, &graph);
    kor_utf8_copy(graph.code, sizeof graph.code, code);
    kor_utf8_copy(graph.format, sizeof graph.format, "pdf");
    graph.episode = number;
    graph.no_neighbours = true; /* Others are in them. */
    struct kor_msg_picture *picture = &out->graphs[out->n_graphs++];
    kor_message_init(&kor_message_picture, picture);
    return kor_handle_graph(context, &graph, picture);
}

/* With what each said before, and how far it had come. */
static enum kor_code
put_goals(struct kor_context *context, const char *code, int32_t number,
          struct kor_msg_person_file *out)
{
    struct kor_msg_goal_list list;
    kor_message_init(&kor_message_goal_list, &list);
    kor_utf8_copy(list.code, sizeof list.code, code);
    list.episode = number;
    list.history = true;
    struct kor_msg_goals *goals = &out->goals[out->n_goals];
    kor_message_init(&kor_message_goals, goals);
    enum kor_code ended = kor_handle_goal_list(context, &list, goals);
    if (goals->n_goals > 0) {
        out->n_goals++;
    } else {
        kor_message_done(&kor_message_goals, goals);
    }
    return ended;
}

enum kor_code
kor_handle_person(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_person *msg = request;
    struct kor_msg_person_file *out = reply;
    struct kor_timeline timeline = {0};
    int32_t n = 0;
    kor_utf8_copy(context->call->look.reason,
                  sizeof context->call->look.reason, msg->asked);
    enum kor_code code
        = kor_context_load(context, msg->code, KOR_NO_INT, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_store_episode_count(context->desk->store,
                                   timeline.episode.person.id, &n,
                                   context->err);
    kor_utf8_copy(out->code, sizeof out->code, timeline.episode.person.code);
    kor_utf8_copy(out->asked, sizeof out->asked, msg->asked);
    (void)kor_instant_format(context->now_ms, out->at);
    out->episodes = kor_alloc_array((size_t)n, sizeof *out->episodes);
    out->graphs = kor_alloc_array((size_t)n, sizeof *out->graphs);
    out->goals = kor_alloc_array((size_t)n, sizeof *out->goals);
    for (int32_t i = 1; i <= n && code == KOR_OK; i++) {
        code = put_episode(context, out->code, i, out);
        if (code == KOR_OK) {
            code = kor_sheets_of_person(context, out->code, i, out);
        }
        if (code == KOR_OK) {
            code = put_goals(context, out->code, i, out);
        }
        if (code == KOR_OK && context->desk->clinic->runner) {
            code = put_graph(context, out->code, i, out);
        }
    }
    if (code == KOR_OK) {
        code = kor_dues_of_person(context, timeline.episode.person.id,
                                  &out->dues, &out->n_dues);
    }
    if (code == KOR_OK) {
        code = kor_consents_of(context, &timeline, &out->consents,
                               &out->n_consents);
    }
    kor_timeline_done(&timeline);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything about one client, taken out for whoever may ask. */

#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/sheets.h"
#include "store/person_file.h"

#define MAX_ROWS 10000 /* As in the message. */

/* --- episode by episode -------------------------------------------------- */

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

/* --- what lies in no list of an episode ---------------------------------- */

static void
put_appointment(void *to, const struct kor_person_appointment *row)
{
    struct kor_msg_person_file *out = to;
    out->appointments
        = kor_realloc_array(out->appointments, out->n_appointments + 1,
                            sizeof *out->appointments);
    struct kor_msg_person_appointment *into
        = &out->appointments[out->n_appointments++];
    kor_message_init(&kor_message_person_appointment, into);
    into->episode = row->episode;
    into->date = row->appointment.day_date;
    into->start_ms = row->appointment.start_ms;
    kor_utf8_copy(into->mode, sizeof into->mode, row->appointment.mode);
    into->cancelled = row->is_cancelled;
    into->met = row->is_met;
}

static void
put_log_in(void *to, int32_t episode, int64_t at_ms)
{
    struct kor_msg_person_file *out = to;
    out->log_ins = kor_realloc_array(out->log_ins, out->n_log_ins + 1,
                                     sizeof *out->log_ins);
    struct kor_msg_person_log_in *into = &out->log_ins[out->n_log_ins++];
    kor_message_init(&kor_message_person_log_in, into);
    into->episode = episode;
    (void)kor_instant_format(at_ms, into->at);
}

static void
put_task(void *to, const char *group, const struct kor_task *task,
         int32_t done_date)
{
    struct kor_msg_person_file *out = to;
    out->tasks = kor_realloc_array(out->tasks, out->n_tasks + 1,
                                   sizeof *out->tasks);
    struct kor_msg_person_task *into = &out->tasks[out->n_tasks++];
    kor_message_init(&kor_message_person_task, into);
    kor_utf8_copy(into->group, sizeof into->group, group);
    kor_utf8_copy(into->text, sizeof into->text, task->text);
    kor_utf8_copy(into->who, sizeof into->who, task->who);
    into->until = task->until_date;
    into->done = done_date;
}

/* What is expected, consented to, agreed and noted of the person. */
static enum kor_code
put_rest(struct kor_context *context, const struct kor_timeline *timeline,
         struct kor_msg_person_file *out)
{
    struct kor_store *store = context->desk->store;
    int64_t id = timeline->episode.person.id;
    enum kor_code code
        = kor_dues_of_person(context, id, &out->dues, &out->n_dues);
    if (code == KOR_OK) {
        code = kor_consents_of(context, timeline, &out->consents,
                               &out->n_consents);
    }
    if (code == KOR_OK) {
        code = kor_store_person_appointments(store, id, MAX_ROWS,
                                             put_appointment, out,
                                             context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_person_log_ins(store, id, MAX_ROWS, put_log_in, out,
                                        context->err);
    }
    return code == KOR_OK
               ? kor_store_person_tasks(store, id, MAX_ROWS, put_task, out,
                                        context->err)
               : code;
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
        = kor_context_load_person(context, msg->code, &timeline);
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
        code = put_rest(context, &timeline, out);
    }
    kor_timeline_done(&timeline);
    return code;
}

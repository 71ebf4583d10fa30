/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goals: agreed, changed, how far they have come, and told. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "pathway/goal_tree.h"
#include "service/handlers.h"

#define PAGE 1000 /* Of versions and marks, as in the message. */

/* The goals of one episode; free the list. */
struct tree {
    const struct kor_timeline *timeline;
    struct kor_goal *goals; /* With room for KOR_GOALS_MAX. */
    size_t n;
};

static enum kor_code
load_tree(struct kor_context *context, const struct kor_timeline *timeline,
          struct tree *tree)
{
    tree->timeline = timeline;
    tree->goals = kor_alloc_array(KOR_GOALS_MAX, sizeof *tree->goals);
    return kor_store_goals(context->desk->store, timeline->episode.id,
                           KOR_GOALS_MAX, tree->goals, &tree->n,
                           context->err);
}

/* --- what is told of them --------------------------------------------- */

static int64_t
said(int value)
{
    return value == KOR_GOAL_UNSAID ? KOR_NO_INT : value;
}

static void
goal_message(const struct kor_context *context, const struct tree *tree,
             size_t i, struct kor_msg_goal *out)
{
    const struct kor_goal *goal = &tree->goals[i];
    const struct kor_episode *episode = &tree->timeline->episode;
    kor_message_init(&kor_message_goal, out);
    kor_utf8_copy(out->code, sizeof out->code, episode->person.code);
    out->episode = episode->number;
    out->id = goal->id;
    out->depth = kor_goal_depth(tree->goals, tree->n, i);
    out->under = goal->under_id ? goal->under_id : KOR_NO_INT;
    kor_utf8_copy(out->text, sizeof out->text, goal->text);
    kor_utf8_copy(out->criterion, sizeof out->criterion, goal->criterion);
    out->set = goal->set_date;
    out->target = goal->target_date;
    kor_utf8_copy(out->status, sizeof out->status,
                  kor_goal_status_name(goal->status));
    out->overdue = goal->status == KOR_GOAL_OPEN
                && goal->target_date != KOR_NO_DATE
                && goal->target_date < kor_desk_today(context->desk)
                && episode->closed_date == KOR_NO_DATE;
    out->weight = goal->weight;
    out->progress = said(goal->progress);
    out->progress_date = goal->progress_date;
    out->level = said(goal->level);
    out->level_date = goal->level_date;
    out->version = goal->version;
    out->at_ms = goal->at_ms;
    kor_utf8_copy(out->by, sizeof out->by, goal->by);
}

static enum kor_code
put_versions(struct kor_context *context, struct kor_msg_goal *out)
{
    struct kor_goal *all = kor_alloc_array(PAGE, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_goal_versions(
        context->desk->store, out->id, PAGE, all, &n, context->err);
    out->versions = kor_alloc_array(n, sizeof *out->versions);
    for (; out->n_versions < n; out->n_versions++) {
        const struct kor_goal *from = &all[out->n_versions];
        struct kor_msg_goal_version *to = &out->versions[out->n_versions];
        kor_message_init(&kor_message_goal_version, to);
        to->version = from->version;
        to->under = from->under_id ? from->under_id : KOR_NO_INT;
        kor_utf8_copy(to->text, sizeof to->text, from->text);
        kor_utf8_copy(to->criterion, sizeof to->criterion, from->criterion);
        to->target = from->target_date;
        kor_utf8_copy(to->status, sizeof to->status,
                      kor_goal_status_name(from->status));
        to->weight = from->weight;
        to->at_ms = from->at_ms;
        kor_utf8_copy(to->by, sizeof to->by, from->by);
    }
    free(all);
    return code;
}

static enum kor_code
put_marks(struct kor_context *context, struct kor_msg_goal *out)
{
    struct kor_goal_mark *all = kor_alloc_array(PAGE, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_goal_marks(
        context->desk->store, out->id, PAGE, all, &n, context->err);
    out->marks = kor_alloc_array(n, sizeof *out->marks);
    for (; out->n_marks < n; out->n_marks++) {
        const struct kor_goal_mark *from = &all[out->n_marks];
        struct kor_msg_goal_mark *to = &out->marks[out->n_marks];
        kor_message_init(&kor_message_goal_mark, to);
        to->date = from->date;
        to->progress = said(from->progress);
        to->level = said(from->level);
        to->at_ms = from->at_ms;
        kor_utf8_copy(to->by, sizeof to->by, from->by);
    }
    free(all);
    return code;
}

static enum kor_code
put_goals(struct kor_context *context, const struct tree *tree,
          bool with_history, struct kor_msg_goals *out)
{
    size_t order[KOR_GOALS_MAX], n_rated = 0;
    enum kor_code code = kor_goal_t(tree->goals, tree->n, &out->t, &n_rated,
                                    context->err);
    out->rated = (int64_t)n_rated;
    kor_goal_order(tree->goals, tree->n, order);
    out->goals = kor_alloc_array(tree->n, sizeof *out->goals);
    for (size_t i = 0; i < tree->n && code == KOR_OK; i++) {
        struct kor_msg_goal *goal = &out->goals[out->n_goals++];
        goal_message(context, tree, order[i], goal);
        if (with_history) {
            code = put_versions(context, goal);
        }
        if (with_history && code == KOR_OK) {
            code = put_marks(context, goal);
        }
    }
    return code;
}

enum kor_code
kor_handle_goal_list(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_goal_list *msg = request;
    struct kor_timeline timeline = {0};
    struct tree tree = {0};
    enum kor_code code
        = kor_context_load(context, msg->code, msg->episode, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    code = load_tree(context, &timeline, &tree);
    if (code == KOR_OK) {
        code = put_goals(context, &tree, msg->history, reply);
    }
    free(tree.goals);
    kor_timeline_done(&timeline);
    return code;
}

/* --- what may be said ------------------------------------------------- */

/* What is said lies between 'from' and today. */
static enum kor_code
check_day(struct kor_context *context, const char *field,
          const char *english, int32_t from, int32_t date)
{
    int32_t today = kor_desk_today(context->desk);
    char first[KOR_DATE_SIZE], last[KOR_DATE_SIZE];
    return date < from || date > today
               ? kor_fail(context->err, KOR_BAD_VALUE, field, english,
                          kor_date_format(from, first),
                          kor_date_format(today, last))
               : KOR_OK;
}

/* Whether a goal may be as it says, among the others. */
static enum kor_code
check_goal(struct kor_context *context, const struct tree *tree,
           const struct kor_goal *goal)
{
    char set[KOR_DATE_SIZE];
    enum kor_code code = kor_check_line(context, "text", goal->text);
    if (code == KOR_OK) {
        code = kor_check_line(context, "criterion", goal->criterion);
    }
    if (code == KOR_OK && goal->target_date != KOR_NO_DATE
        && goal->target_date < goal->set_date) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "target",
                        "a goal is to be reached on the day on which it was "
                        "agreed, %s, or later",
                        kor_date_format(goal->set_date, set));
    }
    return code == KOR_OK
               ? kor_goal_check(tree->goals, tree->n, goal, context->err)
               : code;
}

static void
sign(const struct kor_context *context, struct kor_goal *goal)
{
    const struct kor_caller *caller = &context->call->caller;
    goal->at_ms = context->now_ms;
    goal->actor_id = caller->actor_id;
    kor_utf8_copy(goal->by, sizeof goal->by, caller->name);
}

/* --- agreeing on one -------------------------------------------------- */

static struct kor_goal
new_goal(const struct kor_context *context, const struct kor_msg_goal_add *msg)
{
    struct kor_goal goal
        = {.under_id = msg->under == KOR_NO_INT ? 0 : msg->under,
           .set_date = msg->set == KOR_NO_DATE ? kor_desk_today(context->desk)
                                               : msg->set,
           .target_date = msg->target,
           .weight = isnan(msg->weight) ? 1 : msg->weight,
           .progress = KOR_GOAL_UNSAID,
           .progress_date = KOR_NO_DATE,
           .level = KOR_GOAL_UNSAID,
           .level_date = KOR_NO_DATE};
    kor_utf8_copy(goal.text, sizeof goal.text, msg->text);
    kor_utf8_copy(goal.criterion, sizeof goal.criterion, msg->criterion);
    sign(context, &goal);
    return goal;
}

static enum kor_code
add_goal(struct kor_context *context, struct tree *tree,
         struct kor_goal *goal)
{
    const struct kor_episode *episode = &tree->timeline->episode;
    enum kor_code code
        = check_day(context, "set",
                    KOR_N_("a goal is agreed on a day from %s, when the "
                           "episode began, to today, %s"),
                    episode->opened_date, goal->set_date);
    if (code == KOR_OK) {
        code = check_goal(context, tree, goal);
    }
    if (code == KOR_OK && tree->n == KOR_GOALS_MAX) {
        code = kor_fail(context->err, KOR_TOO_LARGE, "code",
                        "an episode has at most %d goals: change one of them",
                        KOR_GOALS_MAX);
    }
    return code == KOR_OK ? kor_store_goal_add(context->desk->store,
                                               episode->id, goal,
                                               context->err)
                          : code;
}

enum kor_code
kor_handle_goal_add(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_goal_add *msg = request;
    struct kor_timeline *timeline;
    struct kor_goal goal = new_goal(context, msg);
    struct tree tree = {0};
    enum kor_code code
        = kor_context_open_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = load_tree(context, timeline, &tree);
    }
    if (code == KOR_OK) {
        code = add_goal(context, &tree, &goal);
    }
    if (code == KOR_OK) {
        tree.goals[tree.n++] = goal;
        goal_message(context, &tree, tree.n - 1, reply);
        kor_context_event(context, timeline);
    }
    free(tree.goals);
    return code;
}

/* --- one that there is ------------------------------------------------ */

/* The goal 'id' of the client's last episode. */
static enum kor_code
find_goal(struct kor_context *context, const char *client, int64_t id,
          struct tree *tree, size_t *i)
{
    struct kor_timeline *timeline;
    enum kor_code code = kor_context_timeline(context, client, &timeline);
    if (code == KOR_OK) {
        code = load_tree(context, timeline, tree);
    }
    if (code != KOR_OK) {
        return code;
    }
    *i = kor_goal_find(tree->goals, tree->n, id);
    return *i == tree->n
               ? kor_fail(context->err, KOR_NOT_FOUND, "id",
                          "this client has no goal %lld: 'kor goals' shows "
                          "those there are", (long long)id)
               : KOR_OK;
}

static bool
says_nothing(const struct kor_msg_goal_set *msg)
{
    return !*msg->text && !*msg->criterion && msg->target == KOR_NO_DATE
        && !msg->no_target && !*msg->status && isnan(msg->weight)
        && msg->under == KOR_NO_INT && !msg->top;
}

/* What contradicts itself or is no change at all. */
static enum kor_code
check_change(struct kor_context *context, const struct kor_msg_goal_set *msg)
{
    if (says_nothing(msg)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "status",
                        "say what is to change: status, text, criterion, "
                        "target, weight, or what the goal lies under");
    }
    if (msg->no_target && msg->target != KOR_NO_DATE) {
        return kor_fail(context->err, KOR_BAD_VALUE, "no_target",
                        "a goal is to be reached by a day or by none: leave "
                        "one of the two out");
    }
    return msg->top && msg->under != KOR_NO_INT
               ? kor_fail(context->err, KOR_BAD_VALUE, "top",
                          "a goal lies under another or under none: leave one "
                          "of the two out")
               : KOR_OK;
}

static enum kor_code
change_goal(struct kor_context *context, const struct kor_msg_goal_set *msg,
            struct kor_goal *goal)
{
    enum kor_code code = check_change(context, msg);
    if (code == KOR_OK && *msg->status
        && !kor_goal_status_from(msg->status, &goal->status)) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "status",
                        "the status of a goal is open, reached or dropped");
    }
    if (*msg->text) {
        kor_utf8_copy(goal->text, sizeof goal->text, msg->text);
    }
    if (*msg->criterion) {
        kor_utf8_copy(goal->criterion, sizeof goal->criterion,
                      msg->criterion);
    }
    if (msg->target != KOR_NO_DATE || msg->no_target) {
        goal->target_date = msg->target;
    }
    if (!isnan(msg->weight)) {
        goal->weight = msg->weight;
    }
    if (msg->under != KOR_NO_INT || msg->top) {
        goal->under_id = msg->top ? 0 : msg->under;
    }
    sign(context, goal);
    return code;
}

enum kor_code
kor_handle_goal_set(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_goal_set *msg = request;
    struct tree tree = {0};
    size_t i = 0;
    enum kor_code code = find_goal(context, msg->code, msg->id, &tree, &i);
    struct kor_goal goal = code == KOR_OK ? tree.goals[i]
                                          : (struct kor_goal){.id = 0};
    if (code == KOR_OK) {
        code = change_goal(context, msg, &goal);
    }
    if (code == KOR_OK) {
        code = check_goal(context, &tree, &goal);
    }
    if (code == KOR_OK) {
        code = kor_store_goal_change(context->desk->store, &goal,
                                     context->err);
    }
    if (code == KOR_OK) {
        tree.goals[i] = goal;
        goal_message(context, &tree, i, reply);
        kor_context_event(context, tree.timeline);
    }
    free(tree.goals);
    return code;
}

/* --- how far it has come ---------------------------------------------- */

static enum kor_code
check_mark(struct kor_context *context, const struct kor_goal *goal,
           const struct kor_goal_mark *mark)
{
    if (mark->progress == KOR_GOAL_UNSAID && mark->level == KOR_GOAL_UNSAID) {
        return kor_fail(context->err, KOR_BAD_VALUE, "progress",
                        "say how far it has come, from 0 to 10, or its level, "
                        "from -2 to 2");
    }
    return check_day(context, "date",
                     KOR_N_("how far a goal has come is said of a day from "
                            "%s, when it was agreed, to today, %s"),
                     goal->set_date, mark->date);
}

/* What counts is what was said of the latest day, and of that the last. */
static void
mark_goal(struct kor_goal *goal, const struct kor_goal_mark *mark)
{
    if (mark->progress != KOR_GOAL_UNSAID
        && mark->date >= goal->progress_date) {
        goal->progress = mark->progress;
        goal->progress_date = mark->date;
    }
    if (mark->level != KOR_GOAL_UNSAID && mark->date >= goal->level_date) {
        goal->level = mark->level;
        goal->level_date = mark->date;
    }
}

enum kor_code
kor_handle_goal_progress(struct kor_context *context, const void *request,
                         void *reply)
{
    const struct kor_msg_goal_progress *msg = request;
    const struct kor_goal_mark mark
        = {.date = msg->date == KOR_NO_DATE ? kor_desk_today(context->desk)
                                            : msg->date,
           .progress = msg->progress == KOR_NO_INT ? KOR_GOAL_UNSAID
                                                   : (int)msg->progress,
           .level = msg->level == KOR_NO_INT ? KOR_GOAL_UNSAID
                                             : (int)msg->level,
           .at_ms = context->now_ms,
           .actor_id = context->call->caller.actor_id};
    struct tree tree = {0};
    size_t i = 0;
    enum kor_code code = find_goal(context, msg->code, msg->id, &tree, &i);
    if (code == KOR_OK) {
        code = check_mark(context, &tree.goals[i], &mark);
    }
    if (code == KOR_OK) {
        code = kor_store_goal_mark_add(context->desk->store, msg->id, &mark,
                                       context->err);
    }
    if (code == KOR_OK) {
        mark_goal(&tree.goals[i], &mark);
        goal_message(context, &tree, i, reply);
        kor_context_event(context, tree.timeline);
    }
    free(tree.goals);
    return code;
}

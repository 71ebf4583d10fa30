/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups: who is in them, and what they take on. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/handle.h"
#include "service/groups.h"
#include "service/office.h"
#include "service/staff.h"
#include "store/actor.h"

/* Fewer or more than that, or one leader: worth a thought, and no more. */
#define FEW_MEMBERS 4
#define MANY_MEMBERS 8

/* As in the messages. */
#define MAX_NOW 64
#define MAX_EVER 1000
#define MAX_OF_EPISODE 99

/* --- who may ------------------------------------------------------------- */

bool
kor_group_is_led_by(const struct kor_group *group, const char *name)
{
    return !strcmp(group->leader, name) || !strcmp(group->second_leader, name);
}

/* A group belongs to its leaders, and to the staff of its unit. */
static enum kor_code
may(struct kor_context *context, const struct kor_group *group)
{
    struct kor_call *call = context->call;
    const char *caller = call->caller.name;
    const struct kor_object object
        = {.therapist = kor_group_is_led_by(group, caller) ? caller : "",
           .cover = "",
           .supervisor = "",
           .unit_path = group->unit.path};
    kor_utf8_copy(call->look.unit, sizeof call->look.unit, group->unit.path);
    enum kor_code code = kor_access_check(
        &call->caller, call->request.has_token, call->request.verb, &object,
        &call->look.grant, context->err);
    return code == KOR_FORBIDDEN
               ? kor_fail(context->err, code, "name",
                          "this group is led by others: ask one of them, or "
                          "an administrator of its unit")
               : code;
}

static enum kor_code
find(struct kor_context *context, const char *name, struct kor_group *group)
{
    struct kor_look *look = &context->call->look;
    kor_utf8_copy(look->object, sizeof look->object, name);
    enum kor_code code = kor_store_group_find(context->desk->store, name,
                                              group, context->err);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, code, "name",
                          "there is no group '%s': 'kor group list' shows "
                          "yours", name)
               : code;
}

enum kor_code
kor_group_find(struct kor_context *context, const char *name,
               struct kor_group *group)
{
    enum kor_code code = find(context, name, group);
    return code == KOR_OK ? may(context, group) : code;
}

/* --- what one holds ------------------------------------------------------ */

struct filling {
    struct kor_context *context;
    struct kor_msg_group *out;
    int n_members; /* That are in it today. */
};

static void
put_group(const struct kor_group *group, struct kor_msg_group *out)
{
    kor_message_init(&kor_message_group, out);
    kor_utf8_copy(out->name, sizeof out->name, group->name);
    kor_utf8_copy(out->kind, sizeof out->kind, group->kind);
    kor_utf8_copy(out->unit, sizeof out->unit, group->unit.name);
    kor_utf8_copy(out->leader, sizeof out->leader, group->leader);
    kor_utf8_copy(out->second, sizeof out->second, group->second_leader);
    if (group->planned) {
        out->planned = group->planned;
    }
}

static void
put_member(void *to, const struct kor_member *member)
{
    struct filling *filling = to;
    struct kor_msg_group *group = filling->out;
    int32_t today = kor_desk_today(filling->context->desk);
    group->members = kor_realloc_array(group->members, group->n_members + 1,
                                       sizeof *group->members);
    struct kor_msg_member *out = &group->members[group->n_members++];
    kor_message_init(&kor_message_member, out);
    kor_look_saw(&filling->context->call->look, member->person_id);
    kor_utf8_copy(out->code, sizeof out->code, member->code);
    out->joined = member->joined_date;
    out->left = member->left_date;
    out->meetings = member->n_meetings;
    out->there = member->n_there;
    filling->n_members
        += member->left_date == KOR_NO_DATE || member->left_date >= today;
}

static void
put_meeting(void *to, const struct kor_meeting *meeting)
{
    struct kor_msg_group *group = ((struct filling *)to)->out;
    group->meetings = kor_realloc_array(
        group->meetings, group->n_meetings + 1, sizeof *group->meetings);
    struct kor_msg_meeting *out = &group->meetings[group->n_meetings++];
    kor_message_init(&kor_message_meeting, out);
    out->number = meeting->number;
    out->date = meeting->date;
    kor_utf8_copy(out->module, sizeof out->module, meeting->module);
    out->there = meeting->n_there;
    out->members = meeting->n_members;
}

static void
put_task(void *to, const struct kor_task *task)
{
    struct filling *filling = to;
    struct kor_msg_group *group = filling->out;
    group->tasks = kor_realloc_array(group->tasks, group->n_tasks + 1,
                                     sizeof *group->tasks);
    struct kor_msg_task *out = &group->tasks[group->n_tasks++];
    kor_message_init(&kor_message_task, out);
    out->id = task->id;
    kor_utf8_copy(out->text, sizeof out->text, task->text);
    kor_utf8_copy(out->who, sizeof out->who, task->who);
    out->until = task->until_date;
    out->overdue
        = task->until_date < kor_desk_today(filling->context->desk);
}

static void
remark(struct kor_msg_group *out, const char *word)
{
    kor_utf8_copy(out->remarks[out->n_remarks++], KOR_WORD_SIZE, word);
}

enum kor_code
kor_group_reply(struct kor_context *context, const struct kor_group *group,
                struct kor_msg_group *out)
{
    struct kor_store *store = context->desk->store;
    struct filling filling = {.context = context, .out = out};
    put_group(group, out);
    enum kor_code code = kor_store_members(store, group->id, put_member,
                                           &filling, context->err);
    if (code == KOR_OK) {
        code = kor_store_meetings(store, group->id, put_meeting, &filling,
                                  context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_tasks(store, group->id, put_task, &filling,
                               context->err);
    }
    if (!strcmp(group->kind, "group") && filling.n_members < FEW_MEMBERS) {
        remark(out, "few-members");
    }
    if (!strcmp(group->kind, "group") && filling.n_members > MANY_MEMBERS) {
        remark(out, "many-members");
    }
    if (!strcmp(group->kind, "group") && !*group->second_leader) {
        remark(out, "one-leader");
    }
    return code;
}

enum kor_code
kor_handle_group_show(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_group_name *msg = request;
    struct kor_group group;
    enum kor_code code = kor_group_find(context, msg->name, &group);
    return code == KOR_OK ? kor_group_reply(context, &group, reply) : code;
}

static void
list_group(void *to, const struct kor_group *group)
{
    struct kor_msg_groups *out = to;
    out->groups = kor_realloc_array(out->groups, out->n_groups + 1,
                                    sizeof *out->groups);
    put_group(group, &out->groups[out->n_groups++]);
}

enum kor_code
kor_handle_group_list(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_caller *caller = &context->call->caller;
    unsigned rights = kor_access_rights_of(caller, KOR_VERB_GROUP_SHOW);
    (void)request;
    return kor_store_groups(context->desk->store, caller->name,
                            rights & KOR_RELATION_UNIT, caller->unit_path,
                            list_group, reply, context->err);
}

/* --- of one client ------------------------------------------------------- */

struct memberships {
    struct kor_msg_membership *rows;
    size_t n;
    int64_t last_id;
};

static void
put_membership(struct memberships *all, const struct kor_attended *row)
{
    all->rows
        = kor_realloc_array(all->rows, all->n + 1, sizeof *all->rows);
    struct kor_msg_membership *out = &all->rows[all->n++];
    kor_message_init(&kor_message_membership, out);
    kor_utf8_copy(out->group, sizeof out->group, row->group);
    out->joined = row->joined_date;
    out->left = row->left_date;
    kor_utf8_copy(out->reason, sizeof out->reason, row->why);
    all->last_id = row->member_id;
}

static void
put_attended(void *to, const struct kor_attended *row)
{
    struct memberships *all = to;
    if (row->member_id != all->last_id) {
        put_membership(all, row);
    }
    if (!row->number) {
        return;
    }
    struct kor_msg_membership *in = &all->rows[all->n - 1];
    in->meetings = kor_realloc_array(in->meetings, in->n_meetings + 1,
                                     sizeof *in->meetings);
    struct kor_msg_attended *out = &in->meetings[in->n_meetings++];
    kor_message_init(&kor_message_attended, out);
    out->number = row->number;
    out->date = row->date;
    kor_utf8_copy(out->module, sizeof out->module, row->module);
    out->there = row->was_there;
    out->homework = row->did_homework;
}

enum kor_code
kor_groups_of(struct kor_context *context, const struct kor_episode *episode,
              struct kor_msg_membership **out, size_t *n)
{
    struct memberships all = {0};
    enum kor_code code
        = kor_store_attended(context->desk->store, episode->id, put_attended,
                             &all, context->err);
    *out = all.rows;
    *n = all.n;
    return code;
}

/* What the group holds after a change, of which others hear. */
static enum kor_code
reply_changed(struct kor_context *context, const struct kor_group *group,
              struct kor_msg_group *out)
{
    kor_context_event(context, NULL);
    return kor_group_reply(context, group, out);
}

/* --- making one ---------------------------------------------------------- */

/* Who leads a group learns who is in it: that is for its unit, or one above or
 * below it. */
static enum kor_code
check_leader(struct kor_context *context, const struct kor_group *group,
             const char *name, const char *field)
{
    struct kor_account account = {0};
    enum kor_code code
        = kor_staff_check(context, name, field, KOR_RELATION_OWN);
    if (code == KOR_OK) {
        code = kor_store_account_find(context->desk->store, name, &account,
                                      context->err);
    }
    return code == KOR_OK
                && !kor_unit_contains(account.unit_path, group->unit.path)
                && !kor_unit_contains(group->unit.path, account.unit_path)
               ? kor_fail(context->err, KOR_BAD_VALUE, field,
                          "'%s' is of another unit than the group, and would "
                          "learn who is in it: name somebody of '%s'", name,
                          group->unit.name)
               : code;
}

static enum kor_code
check_leaders(struct kor_context *context, const struct kor_group *group)
{
    enum kor_code code
        = check_leader(context, group, group->leader, "leader");
    if (code == KOR_OK && *group->second_leader) {
        code = check_leader(context, group, group->second_leader, "second");
    }
    return code == KOR_OK && !strcmp(group->leader, group->second_leader)
               ? kor_fail(context->err, KOR_BAD_VALUE, "second",
                          "'%s' leads the group already: name another one, or "
                          "nobody", group->leader)
               : code;
}

static enum kor_code
read_group(struct kor_context *context, const struct kor_msg_group_add *msg,
           struct kor_group *group)
{
    *group = (struct kor_group){
        .planned = msg->planned == KOR_NO_INT ? 0 : msg->planned};
    kor_utf8_copy(group->name, sizeof group->name, msg->name);
    kor_utf8_copy(group->kind, sizeof group->kind,
                  *msg->kind ? msg->kind : "group");
    kor_utf8_copy(group->leader, sizeof group->leader,
                  *msg->leader ? msg->leader : context->call->caller.name);
    kor_utf8_copy(group->second_leader, sizeof group->second_leader,
                  msg->second);
    if (strcmp(group->kind, "group")
        && strcmp(group->kind, "responsibility")) {
        return kor_fail(context->err, KOR_BAD_VALUE, "kind",
                        "the kind is group or responsibility");
    }
    enum kor_code code = kor_office_handle(context, msg->name);
    if (code == KOR_OK) {
        code = kor_office_unit(context, msg->unit, "unit", &group->unit);
    }
    return code == KOR_OK ? check_leaders(context, group) : code;
}

enum kor_code
kor_handle_group_add(struct kor_context *context, const void *request,
                     void *reply)
{
    struct kor_group group;
    enum kor_code code = read_group(context, request, &group);
    if (code == KOR_OK && !group.unit.id) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "unit",
                        "name the unit that the group is of: your account "
                        "is of the whole clinic");
    }
    if (code == KOR_OK) {
        code = kor_store_group_add(context->desk->store, &group,
                                   context->now_ms, context->err);
    }
    if (code == KOR_DUPLICATE) {
        return kor_fail(context->err, code, "name",
                        "there is a group '%s' already", group.name);
    }
    return code == KOR_OK ? reply_changed(context, &group, reply) : code;
}

/* --- joining and leaving ------------------------------------------------- */

/* Who is and was in a group, and one client's part in it. */
struct membership {
    int64_t episode_id, person_id;
    size_t n_ever, n_now;
    struct kor_member now; /* Has not ended; its id is 0 if there is none. */
    int32_t last_left;     /* Last day of one that has, or KOR_NO_DATE. */
};

static void
take_member(void *to, const struct kor_member *member)
{
    struct membership *in = to;
    bool has_left = member->left_date != KOR_NO_DATE;
    in->n_ever++;
    in->n_now += !has_left;
    if (member->person_id == in->person_id && !has_left) {
        in->now = *member;
    } else if (member->person_id == in->person_id
               && member->left_date > in->last_left) {
        in->last_left = member->left_date;
    }
}

static enum kor_code
find_membership(struct kor_context *context, const struct kor_group *group,
                const struct kor_timeline *timeline, struct membership *in)
{
    *in = (struct membership){.episode_id = timeline->episode.id,
                              .person_id = timeline->episode.person.id,
                              .last_left = KOR_NO_DATE};
    return kor_store_members(context->desk->store, group->id, take_member, in,
                             context->err);
}

/* A group of one's own unit, or of one above or below it. */
static enum kor_code
check_near(struct kor_context *context, const struct kor_group *group)
{
    const struct kor_caller *caller = &context->call->caller;
    return kor_unit_contains(caller->unit_path, group->unit.path)
                || kor_unit_contains(group->unit.path, caller->unit_path)
                || kor_group_is_led_by(group, caller->name)
               ? KOR_OK
               : kor_fail(context->err, KOR_FORBIDDEN, "name",
                          "this group is of another unit");
}

/* The client's episode, as 'get' finds it, and the group. */
static enum kor_code
find_both(struct kor_context *context, const char *client, const char *name,
          enum kor_code (*get)(struct kor_context *, const char *,
                               struct kor_timeline **),
          struct kor_timeline **timeline, struct kor_group *group)
{
    enum kor_code code = get(context, client, timeline);
    if (code == KOR_OK) {
        code = find(context, name, group);
    }
    return code == KOR_OK ? check_near(context, group) : code;
}

/* Who is in the group is for those who may look into it. */
static enum kor_code
reply_short(struct kor_context *context, struct kor_timeline *timeline,
            const struct kor_group *group, struct kor_msg_group *reply)
{
    kor_context_event(context, timeline);
    put_group(group, reply);
    return KOR_OK;
}

static enum kor_code
check_room(struct kor_context *context, const struct membership *in)
{
    int64_t n;
    if (in->now.id) {
        return kor_fail(context->err, KOR_DUPLICATE, "code",
                        "this client is in the group already");
    }
    if (in->n_now >= MAX_NOW || in->n_ever >= MAX_EVER) {
        return kor_fail(context->err, KOR_CONFLICT, "name",
                        "a group has at most %d members at a time, and %d "
                        "ever: 'kor group add' begins another one", MAX_NOW,
                        MAX_EVER);
    }
    enum kor_code code = kor_store_memberships(
        context->desk->store, in->episode_id, &n, context->err);
    return code == KOR_OK && n >= MAX_OF_EPISODE
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "an episode is in groups at most %d times",
                          MAX_OF_EPISODE)
               : code;
}

/* Who comes back does so on a later day: each day belongs to one
 * membership. */
static enum kor_code
check_joined(struct kor_context *context, const struct kor_timeline *timeline,
             const struct membership *in, int32_t date)
{
    char first[KOR_DATE_SIZE], last[KOR_DATE_SIZE];
    int32_t today = kor_desk_today(context->desk);
    int32_t from = timeline->episode.opened_date;
    if (in->last_left != KOR_NO_DATE) {
        from = in->last_left + 1;
    }
    return date < from || date > today
               ? kor_fail(context->err, KOR_BAD_VALUE, "date",
                          from > today
                              ? KOR_N_("this client was in the group until "
                                       "today: join from tomorrow, %s, on")
                              : KOR_N_("this client can join on a day from "
                                       "%s to %s: within the episode, after "
                                       "leaving, and not in the future"),
                          kor_date_format(from, first),
                          kor_date_format(today, last))
               : KOR_OK;
}

enum kor_code
kor_handle_group_join(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_group_join *msg = request;
    struct kor_timeline *timeline;
    struct kor_group group;
    struct membership in;
    int32_t date = msg->date == KOR_NO_DATE ? kor_desk_today(context->desk)
                                            : msg->date;
    enum kor_code code = find_both(context, msg->code, msg->name,
                                   kor_context_open_timeline, &timeline,
                                   &group);
    if (code == KOR_OK) {
        code = find_membership(context, &group, timeline, &in);
    }
    if (code == KOR_OK) {
        code = check_room(context, &in);
    }
    if (code == KOR_OK) {
        code = check_joined(context, timeline, &in, date);
    }
    if (code == KOR_OK) {
        code = kor_store_member_add(context->desk->store, group.id,
                                    timeline->episode.id, date,
                                    context->err);
    }
    return code == KOR_OK ? reply_short(context, timeline, &group, reply)
                          : code;
}

/* Who was at a meeting was in the group. */
static enum kor_code
check_left(struct kor_context *context, const struct kor_member *member,
           int32_t date)
{
    char first[KOR_DATE_SIZE], last[KOR_DATE_SIZE];
    int32_t today = kor_desk_today(context->desk);
    int32_t from = member->joined_date;
    if (member->there_date != KOR_NO_DATE) {
        from = member->there_date;
    }
    return date < from || date > today
               ? kor_fail(context->err, KOR_BAD_VALUE, "date",
                          "the last day is from %s to %s: not before the "
                          "first one or the last meeting that the client was "
                          "at, and not in the future",
                          kor_date_format(from, first),
                          kor_date_format(today, last))
               : KOR_OK;
}

enum kor_code
kor_handle_group_leave(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_group_leave *msg = request;
    struct kor_timeline *timeline;
    struct kor_group group;
    struct membership in;
    int32_t date = msg->date == KOR_NO_DATE ? kor_desk_today(context->desk)
                                            : msg->date;
    enum kor_code code = find_both(context, msg->code, msg->name,
                                   kor_context_timeline, &timeline, &group);
    if (code == KOR_OK) {
        code = find_membership(context, &group, timeline, &in);
    }
    if (code == KOR_OK && !in.now.id) {
        code = kor_fail(context->err, KOR_NOT_FOUND, "code",
                        "this client is not in the group");
    }
    if (code == KOR_OK) {
        code = check_left(context, &in.now, date);
    }
    if (code == KOR_OK) {
        code = kor_store_member_leave(context->desk->store, in.now.id, date,
                                      msg->reason, context->err);
    }
    return code == KOR_OK ? reply_short(context, timeline, &group, reply)
                          : code;
}

/* --- tasks --------------------------------------------------------------- */

enum kor_code
kor_handle_task_add(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_task_add *msg = request;
    struct kor_group group;
    struct kor_task task = {.until_date = msg->until};
    int32_t today = kor_desk_today(context->desk);
    char text[KOR_DATE_SIZE];
    enum kor_code code = kor_group_find(context, msg->name, &group);
    if (code == KOR_OK && msg->until < today) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "until",
                        "a task is taken on until today, %s, or later",
                        kor_date_format(today, text));
    }
    if (code == KOR_OK) {
        code = kor_check_line(context, "text", msg->text);
    }
    if (code == KOR_OK && !kor_handle_is(msg->who)) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "who",
                        "who is an account, or a word such as 'school': small "
                        "letters a to z, digits and hyphens, and no person's "
                        "name");
    }
    kor_utf8_copy(task.text, sizeof task.text, msg->text);
    kor_utf8_copy(task.who, sizeof task.who, msg->who);
    if (code == KOR_OK) {
        code = kor_store_task_add(context->desk->store, group.id, &task,
                                  context->err);
    }
    return code == KOR_OK ? reply_changed(context, &group, reply) : code;
}

enum kor_code
kor_handle_task_done(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_task_done *msg = request;
    struct kor_group group;
    enum kor_code code = kor_group_find(context, msg->name, &group);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_store_task_done(context->desk->store, group.id, msg->id,
                               kor_desk_today(context->desk), context->err);
    if (code == KOR_NOT_FOUND) {
        code = kor_fail(context->err, code, "id",
                        "the group has no open task with this number: 'kor "
                        "group show %s' lists them", group.name);
    }
    return code == KOR_OK ? reply_changed(context, &group, reply) : code;
}

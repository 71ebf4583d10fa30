/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups: making them, and what they hold. */

#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/groups.h"
#include "service/office.h"
#include "service/staff.h"
#include "store/actor.h"

/* Fewer or more than that, or one leader: worth a thought, and no more. */
#define FEW_MEMBERS 4
#define MANY_MEMBERS 8

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

enum kor_code
kor_group_by_name(struct kor_context *context, const char *name,
                  struct kor_group *group)
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
    enum kor_code code = kor_group_by_name(context, name, group);
    return code == KOR_OK ? may(context, group) : code;
}

/* --- what one holds ------------------------------------------------------ */

struct filling {
    struct kor_context *context;
    struct kor_msg_group *out;
    int n_members; /* That are in it today. */
};

void
kor_group_put(const struct kor_group *group, struct kor_msg_group *out)
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

static enum kor_code
reply_group(struct kor_context *context, const struct kor_group *group,
            struct kor_msg_group *out)
{
    struct kor_store *store = context->desk->store;
    struct filling filling = {.context = context, .out = out};
    kor_group_put(group, out);
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
kor_group_changed(struct kor_context *context, const struct kor_group *group,
                  struct kor_msg_group *out)
{
    kor_context_event(context, NULL);
    return reply_group(context, group, out);
}

enum kor_code
kor_handle_group_show(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_group_name *msg = request;
    struct kor_group group;
    enum kor_code code = kor_group_find(context, msg->name, &group);
    return code == KOR_OK ? reply_group(context, &group, reply) : code;
}

static void
list_group(void *to, const struct kor_group *group)
{
    struct kor_msg_groups *out = to;
    out->groups = kor_realloc_array(out->groups, out->n_groups + 1,
                                    sizeof *out->groups);
    kor_group_put(group, &out->groups[out->n_groups++]);
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
    return code == KOR_OK ? kor_group_changed(context, &group, reply) : code;
}

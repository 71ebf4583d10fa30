/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who joins a group and leaves it, and what that gives one client. */

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/groups.h"

/* As in the messages. */
#define MAX_NOW 64
#define MAX_EVER 1000
#define MAX_OF_EPISODE 99

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
        code = kor_group_by_name(context, name, group);
    }
    return code == KOR_OK ? check_near(context, group) : code;
}

/* Who is in the group is for those who may look into it. */
static enum kor_code
reply_short(struct kor_context *context, struct kor_timeline *timeline,
            const struct kor_group *group, struct kor_msg_group *reply)
{
    kor_context_event(context, timeline);
    kor_group_put(group, reply);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a group takes on, and what of it is done. */

#include "kor/base/utf8.h"
#include "kor/define/handle.h"
#include "service/groups.h"
#include "service/office.h"

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
    return code == KOR_OK ? kor_group_changed(context, &group, reply) : code;
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
    return code == KOR_OK ? kor_group_changed(context, &group, reply) : code;
}

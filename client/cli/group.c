/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor group list, show, add, join, leave, met, task, done: groups that
 * meet. */

#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "lib/number.h"

/* --- what is printed ----------------------------------------------------- */

static void
print_members(const struct cli *cli, const struct kor_msg_group *group)
{
    static const char *const heads[]
        = {KOR_N_("client"), KOR_N_("joined"), KOR_N_("left"),
           KOR_N_("meetings"), KOR_N_("there")};
    struct cli_table table
        = {.n_columns = KOR_LENGTH(heads), .right = 1 << 3 | 1 << 4};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < group->n_members; i++) {
        const struct kor_msg_member *member = &group->members[i];
        char joined[KOR_DATE_SIZE], left[KOR_DATE_SIZE];
        cli_table_put(&table, member->code);
        cli_table_put(&table, kor_date_format(member->joined, joined));
        cli_table_put(&table, kor_date_format(member->left, left));
        cli_table_put_int(&table, member->meetings);
        cli_table_put_int(&table, member->there);
    }
    cli_table_print(cli, &table);
}

static void
print_meetings(enum kor_lang lang, const struct kor_msg_group *group)
{
    for (size_t i = 0; i < group->n_meetings; i++) {
        const struct kor_msg_meeting *meeting = &group->meetings[i];
        char date[KOR_DATE_SIZE], number[32];
        snprintf(number, sizeof number, kor_text(lang, "meeting %lld"),
                 (long long)meeting->number);
        cli_labelled(number, kor_text(lang, "%s, %lld of %lld there%s%s"),
                     kor_date_format(meeting->date, date),
                     (long long)meeting->there, (long long)meeting->members,
                     *meeting->module ? ": " : "", meeting->module);
    }
}

static void
print_tasks(enum kor_lang lang, const struct kor_msg_group *group)
{
    for (size_t i = 0; i < group->n_tasks; i++) {
        const struct kor_msg_task *task = &group->tasks[i];
        char date[KOR_DATE_SIZE], number[32];
        snprintf(number, sizeof number, kor_text(lang, "task %lld"),
                 (long long)task->id);
        cli_labelled(number,
                     task->overdue ? kor_text(lang, "%s (%s, was until %s)")
                                   : kor_text(lang, "%s (%s, until %s)"),
                     task->text, task->who,
                     kor_date_format(task->until, date));
    }
}

static void
print_group(struct cli *cli, const void *reply)
{
    const struct kor_msg_group *group = reply;
    enum kor_lang lang = cli->lang;
    cli_loud(cli, "%s: %s", group->name, cli_word(lang, group->kind));
    cli_labelled(kor_text(lang, "unit"), "%s", group->unit);
    cli_labelled(kor_text(lang, "led by"), "%s%s%s", group->leader,
                 *group->second ? ", " : "", group->second);
    if (group->planned != KOR_NO_INT) {
        cli_labelled(kor_text(lang, "planned meetings"), "%lld",
                     (long long)group->planned);
    }
    print_tasks(lang, group);
    print_meetings(lang, group);
    if (group->n_members) {
        print_members(cli, group);
    }
    for (size_t i = 0; i < group->n_remarks; i++) {
        cli_remark(cli, "%s", cli_word(lang, group->remarks[i]));
    }
}

/* --- the commands -------------------------------------------------------- */

static void
put_group(struct cli *cli, struct cli_table *table,
          const struct kor_msg_group *group)
{
    char led_by[2 * sizeof group->leader + 2];
    snprintf(led_by, sizeof led_by, "%s%s%s", group->leader,
             *group->second ? ", " : "", group->second);
    cli_table_put(table, group->name);
    cli_table_put(table, cli_word(cli->lang, group->kind));
    cli_table_put(table, group->unit);
    cli_table_put(table, led_by);
}

static void
print_groups(struct cli *cli, const void *reply)
{
    const struct kor_msg_groups *list = reply;
    static const char *const heads[] = {KOR_N_("group"), KOR_N_("kind"),
                                        KOR_N_("unit"), KOR_N_("led by")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_groups; i++) {
        put_group(cli, &table, &list->groups[i]);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_group_list(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_GROUP_LIST,
                        kor_text(cli->lang, "There is no group of yours."),
                        print_groups);
}

enum kor_code
cli_group_show(struct cli *cli)
{
    struct kor_msg_group_name request;
    kor_message_init(&kor_message_group_name, &request);
    enum kor_code code
        = cli_take_word(cli, 0, request.name, sizeof request.name);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GROUP_SHOW, &request,
                              print_group)
               : code;
}

enum kor_code
cli_group_add(struct cli *cli)
{
    struct kor_msg_group_add request;
    kor_message_init(&kor_message_group_add, &request);
    enum kor_code code
        = cli_take_word(cli, 0, request.name, sizeof request.name);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "kind", request.kind, sizeof request.kind);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "unit", request.unit, sizeof request.unit);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "leader", request.leader,
                             sizeof request.leader);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "second", request.second,
                             sizeof request.second);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "planned", &request.planned);
    }
    if (code == KOR_OK) {
        code = cli_ask_show(cli, KOR_VERB_GROUP_ADD, &request, print_group);
    }
    return code == KOR_BAD_VALUE && !strcmp(cli->err.field, "unit")
                && !*request.unit
               ? kor_fail(&cli->err, code, "unit",
                          "your account is of no unit: name that of the group "
                          "with --unit ('kor unit list' shows them)")
               : code;
}

/* The two words GROUP and CODE. */
static enum kor_code
take_member(struct cli *cli, char *name, size_t size, char *code_out)
{
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, name, size);
    }
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[1], code_out);
    }
    return code;
}

enum kor_code
cli_group_join(struct cli *cli)
{
    struct kor_msg_group_join request;
    kor_message_init(&kor_message_group_join, &request);
    enum kor_code code = take_member(cli, request.name, sizeof request.name,
                                     request.code);
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &request.date);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GROUP_JOIN, &request,
                              print_group)
               : code;
}

enum kor_code
cli_group_leave(struct cli *cli)
{
    struct kor_msg_group_leave request;
    kor_message_init(&kor_message_group_leave, &request);
    enum kor_code code = take_member(cli, request.name, sizeof request.name,
                                     request.code);
    if (code == KOR_OK) {
        code = cli_need_text(cli, "reason", request.reason,
                             sizeof request.reason);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &request.date);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GROUP_LEAVE, &request,
                              print_group)
               : code;
}

/* Codes separated by commas. */
static enum kor_code
take_codes(struct cli *cli, const char *option, char to[][KOR_WORD_SIZE],
           size_t n_max, size_t *n)
{
    const char *at = cli_option(cli, option);
    *n = 0;
    while (at && *at) {
        size_t len = strcspn(at, ",");
        if (*n == n_max || len >= KOR_WORD_SIZE) {
            return kor_fail(&cli->err, KOR_USAGE, option,
                            "--%s takes at most %zu codes with commas "
                            "between", option, n_max);
        }
        snprintf(to[(*n)++], KOR_WORD_SIZE, "%.*s", (int)len, at);
        at += len + (at[len] == ',');
    }
    return KOR_OK;
}

enum kor_code
cli_group_met(struct cli *cli)
{
    struct kor_msg_meeting_hold request;
    kor_message_init(&kor_message_meeting_hold, &request);
    enum kor_code code
        = cli_take_word(cli, 0, request.name, sizeof request.name);
    if (code == KOR_OK) {
        code = take_codes(cli, "there", request.there,
                          KOR_LENGTH(request.there), &request.n_there);
    }
    if (code == KOR_OK) {
        code = take_codes(cli, "homework", request.homework,
                          KOR_LENGTH(request.homework), &request.n_homework);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "module", request.module,
                             sizeof request.module);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &request.date);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_MEETING_HOLD, &request,
                              print_group)
               : code;
}

enum kor_code
cli_group_task(struct cli *cli)
{
    struct kor_msg_task_add request;
    kor_message_init(&kor_message_task_add, &request);
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, request.name, sizeof request.name);
    }
    if (code == KOR_OK) {
        code = cli_take_line(cli, 1, request.text);
    }
    if (code == KOR_OK) {
        code = cli_need_text(cli, "who", request.who, sizeof request.who);
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "until");
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &request.until);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_TASK_ADD, &request,
                              print_group)
               : code;
}

enum kor_code
cli_group_done(struct cli *cli)
{
    struct kor_msg_task_done request;
    kor_message_init(&kor_message_task_done, &request);
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[1], &request.id)) {
        code = kor_fail(&cli->err, KOR_USAGE, "ID",
                        "'%s' is no number: take that of the task",
                        cli->line.words[1]);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, request.name, sizeof request.name);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_TASK_DONE, &request,
                              print_group)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor goals: the goals of an episode as a tree, in words. */

#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/goal.h"
#include "cli/print.h"
#include "cli/words.h"
#include "lib/number.h"

/* Under the number, and further in for what lies under another. */
static int
indent(const struct kor_msg_goal *goal)
{
    return 6 + 4 * ((int)goal->depth - 1);
}

/* Adds "; text" to what is said already. */
static void
add(struct kor_buf *said, const char *text)
{
    kor_buf_printf(said, "%s%s", said->size ? "; " : "", text);
}

/* How far it had come, and which level it was on, on a day. */
static void
put_mark(enum kor_lang lang, int64_t progress, int64_t level,
         struct kor_buf *said)
{
    char text[80];
    if (progress != KOR_NO_INT) {
        snprintf(text, sizeof text, kor_text(lang, "progress %lld of 10"),
                 (long long)progress);
        add(said, text);
    }
    if (level != KOR_NO_INT) {
        snprintf(text, sizeof text, kor_text(lang, "level %+lld"),
                 (long long)level);
        add(said, text);
    }
}

/* What the status is called. */
static const char *
status_text(enum kor_lang lang, const char *status)
{
    return strcmp(status, "open") ? cli_word(lang, status)
                                  : kor_text(lang, "not reached yet");
}

/* "; to be reached by 2026-06-01". */
static void
put_target(enum kor_lang lang, int32_t target, struct kor_buf *said)
{
    char text[80], date[KOR_DATE_SIZE];
    if (target != KOR_NO_DATE) {
        snprintf(text, sizeof text, kor_text(lang, "to be reached by %s"),
                 kor_date_format(target, date));
        add(said, text);
    }
}

static void
put_standing(enum kor_lang lang, const struct kor_msg_goal *goal,
             struct kor_buf *said)
{
    char number[KOR_NUMBER_SIZE], text[80];
    add(said, status_text(lang, goal->status));
    put_target(lang, goal->target, said);
    if (goal->overdue) {
        add(said, kor_text(lang, "that day has passed"));
    }
    put_mark(lang, goal->progress, goal->level, said);
    if (goal->weight != 1) {
        snprintf(text, sizeof text, kor_text(lang, "weight %s"),
                 kor_number_format(lang, goal->weight, 2, number));
        add(said, text);
    }
}

void
cli_print_goal(const struct cli *cli, const struct kor_msg_goal *goal)
{
    static const char *const kinds[]
        = {KOR_N_("goal: %s"), KOR_N_("sub-goal: %s"), KOR_N_("step: %s")};
    enum kor_lang lang = cli->lang;
    struct kor_buf said = {0};
    printf("%4lld%*s", (long long)goal->id, indent(goal) - 4, "");
    printf(kor_text(lang, kinds[goal->depth - 1]), goal->text);
    if (goal->criterion[0]) {
        printf("\n%*s", indent(goal) + 4, "");
        printf(kor_text(lang, "reached when: %s"), goal->criterion);
    }
    put_standing(lang, goal, &said);
    printf("\n%*s%s\n", indent(goal) + 4, "", kor_buf_text(&said));
    kor_buf_done(&said);
}

/* What it said before, and how far it had come, the latest first. */
static void
print_history(const struct cli *cli, const struct kor_msg_goal *goal)
{
    enum kor_lang lang = cli->lang;
    char date[KOR_DATE_SIZE];
    for (size_t i = 0; i < goal->n_marks; i++) {
        const struct kor_msg_goal_mark *mark = &goal->marks[i];
        struct kor_buf said = {0};
        put_mark(lang, mark->progress, mark->level, &said);
        printf("%*s%s  %s (%s)\n", indent(goal) + 4, "",
               kor_date_format(mark->date, date), kor_buf_text(&said),
               mark->by);
        kor_buf_done(&said);
    }
    for (size_t i = 0; i < goal->n_versions; i++) {
        const struct kor_msg_goal_version *was = &goal->versions[i];
        struct kor_buf said = {0};
        add(&said, was->text);
        add(&said, status_text(lang, was->status));
        put_target(lang, was->target, &said);
        printf("%*s%s  ", indent(goal) + 4, "",
               kor_date_format(kor_date_at(was->at_ms), date));
        printf(kor_text(lang, "version %lld: %s (%s)"),
               (long long)was->version, kor_buf_text(&said), was->by);
        putchar('\n');
        kor_buf_done(&said);
    }
}

static void
print_goals(struct cli *cli, const void *reply)
{
    const struct kor_msg_goals *list = reply;
    char number[KOR_NUMBER_SIZE];
    if (list->n_goals == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "There are no goals: 'kor "
                                                  "goal add' adds one."));
        return;
    }
    cli_loud(cli, kor_text(cli->lang, "%s, episode %lld"),
             list->goals[0].code, (long long)list->goals[0].episode);
    for (size_t i = 0; i < list->n_goals; i++) {
        cli_print_goal(cli, &list->goals[i]);
        print_history(cli, &list->goals[i]);
    }
    if (list->rated > 0) {
        printf(kor_text(cli->lang, "Goal attainment T = %s (50: as expected), "
                                   "goals it is from: %lld"),
               kor_number_format(cli->lang, list->t, 1, number),
               (long long)list->rated);
        putchar('\n');
    }
}

enum kor_code
cli_goals(struct cli *cli)
{
    struct kor_msg_goal_list ask;
    kor_message_init(&kor_message_goal_list, &ask);
    ask.history = cli_option(cli, "history") != NULL;
    enum kor_code code = cli_take_client(cli, ask.code);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GOAL_LIST, &ask, print_goals)
               : code;
}

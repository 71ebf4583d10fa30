/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor goal add, set, progress, level: what a client wants to reach, and how
 * far it has come. */

#include "cli/goal.h"

#include <string.h>

#include "cli/ask.h"
#include "lib/number.h"

static void
print_goal(struct cli *cli, const void *reply)
{
    cli_print_goal(cli, reply);
}

/* The first two words: whose goal, and which. */
static enum kor_code
take_goal(struct cli *cli, int n_words, char *client, int64_t *id)
{
    enum kor_code code = cli_want_words(cli, n_words, n_words);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], client);
    }
    return code == KOR_OK && !kor_whole_parse(cli->line.words[1], id)
               ? kor_fail(&cli->err, KOR_USAGE, "ID",
                          "'%s' is no number: take the one in front of the "
                          "line of 'kor goals'", cli->line.words[1])
               : code;
}

static enum kor_code
take_weight(struct cli *cli, double *weight)
{
    const char *value = cli_option(cli, "weight");
    return !value || (kor_number_parse(value, weight) && *weight >= 0.01
                      && *weight <= 100)
               ? KOR_OK
               : kor_fail(&cli->err, KOR_USAGE, "weight",
                          "--weight must be a number from 0.01 to 100, not "
                          "'%s'", value);
}

/* --- adding one ------------------------------------------------------- */

static enum kor_code
take_new(struct cli *cli, struct kor_msg_goal_add *ask)
{
    enum kor_code code = cli_take_code(cli, cli->line.words[0], ask->code);
    if (code == KOR_OK) {
        code = cli_take_line(cli, 1, ask->text);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "under", &ask->under);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "criterion", ask->criterion,
                             sizeof ask->criterion);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "set", &ask->set);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "target", &ask->target);
    }
    return code == KOR_OK ? take_weight(cli, &ask->weight) : code;
}

enum kor_code
cli_goal_add(struct cli *cli)
{
    struct kor_msg_goal_add ask;
    kor_message_init(&kor_message_goal_add, &ask);
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = take_new(cli, &ask);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GOAL_ADD, &ask, print_goal)
               : code;
}

/* --- changing one ----------------------------------------------------- */

static enum kor_code
take_change(struct cli *cli, struct kor_msg_goal_set *ask)
{
    ask->no_target = cli_option(cli, "no-target") != NULL;
    ask->top = cli_option(cli, "top") != NULL;
    enum kor_code code
        = cli_take_text(cli, "text", ask->text, sizeof ask->text);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "criterion", ask->criterion,
                             sizeof ask->criterion);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "status", ask->status, sizeof ask->status);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "target", &ask->target);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "under", &ask->under);
    }
    return code == KOR_OK ? take_weight(cli, &ask->weight) : code;
}

enum kor_code
cli_goal_set(struct cli *cli)
{
    struct kor_msg_goal_set ask;
    kor_message_init(&kor_message_goal_set, &ask);
    enum kor_code code = take_goal(cli, 2, ask.code, &ask.id);
    if (code == KOR_OK) {
        code = take_change(cli, &ask);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GOAL_SET, &ask, print_goal)
               : code;
}

/* --- how far it has come ---------------------------------------------- */

static enum kor_code
take_mark(struct cli *cli, struct kor_msg_goal_progress *ask, int64_t least,
          int64_t most, int64_t *value)
{
    enum kor_code code = take_goal(cli, 3, ask->code, &ask->id);
    if (code == KOR_OK
        && (!kor_whole_parse(cli->line.words[2], value) || *value < least
            || *value > most)) {
        code = kor_fail(&cli->err, KOR_USAGE, "N",
                        "'%s' is no whole number from %lld to %lld",
                        cli->line.words[2], (long long)least,
                        (long long)most);
    }
    return code == KOR_OK ? cli_take_date(cli, "date", &ask->date) : code;
}

enum kor_code
cli_goal_progress(struct cli *cli)
{
    struct kor_msg_goal_progress ask;
    kor_message_init(&kor_message_goal_progress, &ask);
    enum kor_code code = take_mark(cli, &ask, 0, 10, &ask.progress);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GOAL_PROGRESS, &ask, print_goal)
               : code;
}

enum kor_code
cli_goal_level(struct cli *cli)
{
    struct kor_msg_goal_progress ask;
    kor_message_init(&kor_message_goal_progress, &ask);
    enum kor_code code = take_mark(cli, &ask, -2, 2, &ask.level);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_GOAL_PROGRESS, &ask, print_goal)
               : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking and showing: see client/cli/ask.h. */

#include "cli/ask.h"

#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "kor/base/alloc.h"

/* Whether the list that is the first field is empty. */
static bool
is_empty(const struct kor_message *message, const void *reply)
{
    size_t n;
    memcpy(&n, (const char *)reply + message->fields[0].n_offset, sizeof n);
    return n == 0;
}

/* How an answer is shown: as one, or row by row. */
struct way {
    bool is_list;
    const char *none; /* Or null: an empty list is shown as any other. */
    cli_show_fn show;
};

static void
show(struct cli *cli, const struct way *way,
     const struct kor_message *message, const void *reply)
{
    if (cli->is_json && way->is_list) {
        cli_json_list(message, reply);
    } else if (cli->is_json) {
        cli_json(message, reply);
    } else if (way->none && is_empty(message, reply)) {
        cli_remark(cli, "%s", way->none);
    } else {
        way->show(cli, reply);
    }
}

static enum kor_code
ask(struct cli *cli, enum kor_verb verb, const void *request,
    const struct way *way)
{
    const struct kor_message *message = kor_verb_info(verb)->reply;
    void *reply = kor_alloc(message->size);
    enum kor_code code = cli_ask(cli, verb, request, reply);
    if (code == KOR_OK) {
        show(cli, way, message, reply);
        kor_message_done(message, reply);
    }
    free(reply);
    return code;
}

enum kor_code
cli_ask_show(struct cli *cli, enum kor_verb verb, const void *request,
             cli_show_fn fn)
{
    const struct way way = {.show = fn};
    return ask(cli, verb, request, &way);
}

enum kor_code
cli_ask_list(struct cli *cli, enum kor_verb verb, const void *request,
             const char *none, cli_show_fn fn)
{
    const struct way way = {true, none, fn};
    return ask(cli, verb, request, &way);
}

enum kor_code
cli_list_all(struct cli *cli, enum kor_verb verb, const char *none,
             cli_show_fn fn)
{
    const struct kor_msg_empty nothing = {0};
    enum kor_code code = cli_want_words(cli, 0, 0);
    return code == KOR_OK ? cli_ask_list(cli, verb, &nothing, none, fn)
                          : code;
}

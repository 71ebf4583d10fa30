/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor part list, agree, done, and kor seen: a programme under a code. */

#include "cli/ask.h"
#include "cli/print.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"

static void
put_part(const struct cli *cli, struct cli_table *table,
         const struct kor_msg_part *part)
{
    char until[KOR_DATE_SIZE], done[KOR_DATE_SIZE];
    cli_table_put(table, part->module);
    cli_table_put(table, part->name);
    cli_table_put(table, kor_date_format(part->until, until));
    cli_table_put(table, kor_date_format(part->done, done));
    cli_table_put(table, part->behind ? kor_text(cli->lang, "not yet done")
                                      : "");
}

static void
print_parts(struct cli *cli, const void *reply)
{
    const struct kor_msg_parts *parts = reply;
    static const char *const heads[]
        = {KOR_N_("module"), KOR_N_("name"), KOR_N_("agreed until"),
           KOR_N_("done"), ""};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table,
                      *heads[i] ? kor_text(cli->lang, heads[i]) : "");
    }
    for (size_t i = 0; i < parts->n_parts; i++) {
        put_part(cli, &table, &parts->parts[i]);
    }
    cli_table_print(cli, &table);
    if (parts->seen_ms == KOR_NO_INT) {
        cli_remark(cli, "%s", kor_text(cli->lang, "Not logged in yet."));
    } else {
        char seen[KOR_DATE_SIZE];
        cli_remark(cli, kor_text(cli->lang,
                                 "Times logged in: %lld, the last on "
                                 "%s."),
                   (long long)parts->log_ins,
                   kor_date_format(kor_date_at(parts->seen_ms), seen));
    }
}

enum kor_code
cli_part_list(struct cli *cli)
{
    struct kor_msg_part_list request;
    kor_message_init(&kor_message_part_list, &request);
    enum kor_code code = cli_take_client(cli, request.code);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_PART_LIST, &request, print_parts)
               : code;
}

enum kor_code
cli_seen(struct cli *cli)
{
    struct kor_msg_seen request;
    kor_message_init(&kor_message_seen, &request);
    enum kor_code code = cli_take_client(cli, request.code);
    if (code == KOR_OK) {
        code = cli_ask_show(cli, KOR_VERB_SEEN, &request, print_parts);
    }
    return code == KOR_FORBIDDEN
               ? kor_fail(&cli->err, code, "code",
                          "'kor seen' is for a client, with the key of the "
                          "own code: staff see with 'kor part list %s' when "
                          "that was last", request.code)
               : code;
}

enum kor_code
cli_part_agree(struct cli *cli)
{
    struct kor_msg_part_agree request;
    kor_message_init(&kor_message_part_agree, &request);
    int most = (int)KOR_LENGTH(request.modules);
    enum kor_code code = cli_want_words(cli, 2, 1 + most);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "until");
    }
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], request.code);
    }
    for (size_t i = 1; i < (size_t)cli->line.n_words && code == KOR_OK; i++) {
        code = cli_take_word(cli, i, request.modules[request.n_modules++],
                             KOR_WORD_SIZE);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &request.until);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_PART_AGREE, &request, print_parts)
               : code;
}

enum kor_code
cli_part_done(struct cli *cli)
{
    struct kor_msg_part_done request;
    kor_message_init(&kor_message_part_done, &request);
    enum kor_code code = cli_want_words(cli, 2, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], request.code);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 1, request.module, sizeof request.module);
        request.undo = cli_option(cli, "undo") != NULL;
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_PART_DONE, &request, print_parts)
               : code;
}

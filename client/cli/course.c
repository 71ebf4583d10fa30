/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor course fit, list, show, add, use: expected courses. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cli/ask.h"
#include "cli/certificate.h"
#include "cli/print.h"
#include "kor/base/file.h"
#include "kor/define/course.h"
#include "lib/number.h"

static void
print_course(struct cli *cli, const void *reply)
{
    const struct kor_msg_course *c = reply;
    enum kor_lang lang = cli->lang;
    struct kor_course_record record;
    cli_loud(cli, kor_text(lang, "Expected course %lld, %s"),
             (long long)c->id, c->scale);
    cli_labelled(kor_text(lang, "in use"), "%s",
                 c->in_use ? kor_text(lang, "yes") : kor_text(lang, "no"));
    if (c->note[0]) {
        cli_labelled(kor_text(lang, "note"), "%s", c->note);
    }
    cli_labelled(kor_text(lang, "pathway"), "%s",
                 c->pathway[0] ? c->pathway : kor_text(lang, "any"));
    cli_labelled(kor_text(lang, "people"), "%lld", (long long)c->people);
    cli_labelled(kor_text(lang, "scores"), "%lld", (long long)c->records);
    cli_labelled(kor_text(lang, "method"), "%s, %s: %s", c->method, c->f,
                 c->status);
    cli_labelled(kor_text(lang, "fitted"), "%s", c->fitted);
    if (c->certificate
        && kor_course_parse(c->certificate, strlen(c->certificate), &record,
                            NULL) == KOR_OK) {
        cli_print_certificate(cli, &record);
    }
}

enum kor_code
cli_course_fit(struct cli *cli)
{
    struct kor_msg_course_fit fit;
    kor_message_init(&kor_message_course_fit, &fit);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_word(cli, 0, fit.scale, sizeof fit.scale);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "pathway", fit.pathway,
                             sizeof fit.pathway);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "rater", fit.rater, sizeof fit.rater);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "method", fit.method, sizeof fit.method);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "f", fit.f, sizeof fit.f);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "reference", &fit.reference);
    }
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_COURSE_FIT, &fit, print_course)
               : code;
}

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_courses *list = reply;
    static const char *const heads[]
        = {KOR_N_("course"), KOR_N_("scale"),  KOR_N_("pathway"),
           KOR_N_("people"), KOR_N_("scores"), KOR_N_("method"),
           KOR_N_("fitted"), KOR_N_("in use"), KOR_N_("note")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads),
                              .right = 1 | 1 << 3 | 1 << 4};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_courses; i++) {
        const struct kor_msg_course *c = &list->courses[i];
        char method[sizeof c->method + sizeof c->f];
        snprintf(method, sizeof method, "%s %s", c->method, c->f);
        cli_table_put_int(&table, c->id);
        cli_table_put(&table, c->scale);
        cli_table_put(&table, c->pathway);
        cli_table_put_int(&table, c->people);
        cli_table_put_int(&table, c->records);
        cli_table_put(&table, method);
        cli_table_put(&table, c->fitted);
        cli_table_put(&table, c->in_use ? kor_text(cli->lang, "yes")
                                        : kor_text(cli->lang, "no"));
        cli_table_put(&table, c->note);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_course_list(struct cli *cli)
{
    return cli_list_all(
        cli, KOR_VERB_COURSES,
        kor_text(cli->lang,
                 "There is no expected course yet: new scores are "
                 "held against reliable change alone."), print_list);
}

/* The one word of 'show' and 'use'. */
static enum kor_code
take_id(struct cli *cli, int64_t *id)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK && !kor_whole_parse(cli->line.words[0], id)) {
        return kor_fail(&cli->err, KOR_USAGE, "id",
                        "'%s' is no number of a course: see 'kor course "
                        "list'", cli->line.words[0]);
    }
    return code;
}

enum kor_code
cli_course_show(struct cli *cli)
{
    struct kor_msg_course_id ask;
    kor_message_init(&kor_message_course_id, &ask);
    enum kor_code code = take_id(cli, &ask.id);
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_COURSE, &ask, print_course)
               : code;
}

static enum kor_code
read_certificate(struct cli *cli, char **certificate)
{
    struct kor_buf text = {0};
    struct kor_course_record record;
    const char *path = cli->line.words[0];
    enum kor_code code
        = kor_file_read(path, KOR_COURSE_MAX_SIZE, &text, &cli->err);
    if (code == KOR_OK) {
        *certificate = cli_certificate_in(kor_buf_text(&text), text.size);
        const char *found = *certificate ? *certificate : kor_buf_text(&text);
        code = kor_course_parse(found, strlen(found), &record, &cli->err);
        code = code == KOR_OK ? code : kor_wrap(&cli->err, "%s", path);
    }
    kor_buf_done(&text);
    return code;
}

enum kor_code
cli_course_add(struct cli *cli)
{
    struct kor_msg_course_add add;
    kor_message_init(&kor_message_course_add, &add);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "source", add.source, sizeof add.source);
    }
    if (code == KOR_OK) {
        code = read_certificate(cli, &add.certificate);
    }
    if (code == KOR_OK) {
        code = cli_ask_show(cli, KOR_VERB_COURSE_ADD, &add, print_course);
    }
    free(add.certificate);
    return code;
}

enum kor_code
cli_course_use(struct cli *cli)
{
    struct kor_msg_course_use use;
    kor_message_init(&kor_message_course_use, &use);
    enum kor_code code = take_id(cli, &use.id);
    use.off = cli_option(cli, "off") != NULL;
    return code == KOR_OK
               ? cli_ask_show(cli, KOR_VERB_COURSE_USE, &use, print_course)
               : code;
}

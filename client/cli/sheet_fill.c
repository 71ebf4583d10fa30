/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor sheet fill, of, tick: sheets of a client. */

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/definition.h"
#include "cli/print.h"
#include "cli/sheet.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"
#include "lib/number.h"

/* --- one sheet ----------------------------------------------------------- */

/* What has to be talked about stands above all else. */
static void
print_attention(const struct cli *cli, const struct kor_msg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_attention; i++) {
        const struct kor_msg_sheet_attention *at = &sheet->attention[i];
        bool is_asked = !strcmp(at->attention, "asks");
        cli_loud(cli, kor_text(cli->lang,
                               is_asked
                                   ? KOR_N_("answer to talk about now: %s: %s")
                                   : KOR_N_("not seen: ask: %s%s")),
                 at->text, at->answer);
    }
}

static void
print_head(const struct cli *cli, const struct kor_msg_sheet *sheet)
{
    char date[KOR_DATE_SIZE];
    enum kor_lang lang = cli->lang;
    cli_loud(cli, kor_text(lang, "%s, episode %lld, sheet %lld: %s"),
             sheet->code, (long long)sheet->episode, (long long)sheet->sheet,
             sheet->name);
    cli_labelled(kor_text(lang, "date"), "%s",
                 kor_date_format(sheet->date, date));
    cli_labelled(kor_text(lang, "sheet"), kor_text(lang, "%s, version %s"),
                 sheet->form, sheet->form_version);
    if (sheet->version > 1) {
        cli_labelled(kor_text(lang, "correction"), "%lld: %s",
                     (long long)sheet->version, sheet->reason);
    }
    if (sheet->replaced) {
        cli_labelled("", "%s", kor_text(lang, "a later version stands in its "
                                              "place"));
    }
    cli_labelled(kor_text(lang, "entered by"), "%s", sheet->by);
}

/* A text of several lines, each in the column of its own. */
static void
print_lines(const char *label, const char *text)
{
    for (const char *line = text; *line; label = "") {
        size_t n = strcspn(line, "\n");
        cli_labelled(label, "%.*s", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void
print_answer(enum kor_lang lang, const struct kor_form *form,
             const struct kor_form_field *field,
             const struct kor_filled_answer *answer)
{
    char date[KOR_DATE_SIZE];
    switch (field->type) {
    case KOR_FORM_TEXT:
        print_lines("", answer->text);
        return;
    case KOR_FORM_CHOICE:
        cli_labelled("", "%s",
                     kor_words_in(&form->words[field->first_word
                                               + (size_t)answer->value].names,
                                  lang));
        return;
    case KOR_FORM_AREA:
        cli_labelled("", "%d", answer->value);
        return;
    case KOR_FORM_DATE:
        cli_labelled("", "%s", kor_date_format(answer->date, date));
        return;
    case KOR_FORM_CHECK:
        cli_labelled("", answer->comment ? "%s: %s" : "%s",
                     cli_reached(lang, (enum kor_reached)answer->value),
                     answer->comment);
        return;
    }
}

static void
print_answers(enum kor_lang lang, const struct kor_form *form,
              const struct kor_filled *filled)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct kor_form_field *field = &form->fields[i];
        if (field->at == 0) {
            cli_labelled(kor_text(lang, "section"), "%s",
                         kor_words_in(&form->sections[field->section].names,
                                      lang));
        }
        cli_labelled(field->key, "%s", kor_words_in(&field->text, lang));
        if (field->holds_names) {
            cli_labelled("", "%s", kor_text(lang, "on paper alone: kor "
                                                  "stores no names"));
        } else if (filled->answers[i].is_given) {
            print_answer(lang, form, field, &filled->answers[i]);
        } else {
            cli_labelled("", "-");
        }
    }
}

static void
print_sums(enum kor_lang lang, const struct kor_msg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_areas; i++) {
        const struct kor_msg_sheet_area *area = &sheet->areas[i];
        bool is_whole = area->sum != KOR_NO_INT;
        cli_labelled(kor_text(lang, "area sum"),
                     kor_text(lang, is_whole
                                        ? KOR_N_("%s: %lld of %lld")
                                        : KOR_N_("%s: no sum, %lld not "
                                                 "answered")),
                     area->name,
                     (long long)(is_whole ? area->sum : area->missing),
                     (long long)area->most);
    }
    for (size_t i = 0; i < sheet->n_counts; i++) {
        const struct kor_msg_sheet_count *count = &sheet->counts[i];
        cli_labelled(kor_text(lang, "rows"),
                     kor_text(lang, "%s: %lld reached, %lld partly, %lld not, "
                                    "%lld do not apply, of %lld"),
                     count->name, (long long)count->reached,
                     (long long)count->partly, (long long)count->not_reached,
                     (long long)count->not_applicable,
                     (long long)count->rows);
    }
}

static void
print_ticks(enum kor_lang lang, const struct kor_msg_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_ticks; i++) {
        const struct kor_msg_ticked *tick = &sheet->ticks[i];
        char date[KOR_DATE_SIZE];
        cli_labelled(cli_word(lang, tick->kind),
                     kor_text(lang, tick->off
                                        ? KOR_N_("%s, taken back on %s by %s")
                                        : KOR_N_("%s, ticked on %s by %s")),
                     cli_word(lang, tick->whom),
                     kor_date_format(kor_date_at(tick->at_ms), date),
                     tick->by);
    }
}

/* The sheet with the form that it is filled in on. */
static enum kor_code
print_whole(struct cli *cli, const struct kor_msg_sheet *sheet)
{
    struct kor_msg_form got;
    enum kor_code code
        = cli_ask_form(cli, sheet->form, sheet->form_version, &got);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    const char *values = sheet->values ? sheet->values : "{}";
    code = cli_parse_form(cli, &got, form);
    if (code == KOR_OK) {
        code = kor_filled_parse(form, values, strlen(values), filled,
                                &cli->err);
    }
    if (code == KOR_OK) {
        print_attention(cli, sheet);
        print_head(cli, sheet);
        print_answers(cli->lang, form, filled);
        print_sums(cli->lang, sheet);
        print_ticks(cli->lang, sheet);
    }
    kor_filled_done(filled);
    kor_form_done(form);
    free(filled);
    free(form);
    kor_message_done(&kor_message_form, &got);
    return code;
}

/* --- the sheets of a client ---------------------------------------------- */

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_sheets *list = reply;
    static const char *const heads[]
        = {KOR_N_("number"), KOR_N_("date"), KOR_N_("sheet"), KOR_N_("name"),
           KOR_N_("to talk about")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 1};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_sheets; i++) {
        const struct kor_msg_sheet *sheet = &list->sheets[i];
        char date[KOR_DATE_SIZE];
        cli_table_put_int(&table, sheet->sheet);
        cli_table_put(&table, kor_date_format(sheet->date, date));
        cli_table_put(&table, sheet->form);
        cli_table_put(&table, sheet->name);
        cli_table_put_int(&table, sheet->asks);
    }
    cli_table_print(cli, &table);
}

static enum kor_code
list_all(struct cli *cli, const struct kor_msg_sheet *which)
{
    struct kor_msg_sheet_of ask;
    kor_message_init(&kor_message_sheet_of, &ask);
    kor_utf8_copy(ask.code, sizeof ask.code, which->code);
    return cli_ask_list(cli, KOR_VERB_SHEETS, &ask,
                        kor_text(cli->lang, "No sheet was filled in."),
                        print_list);
}

static enum kor_code
show_one(struct cli *cli, const struct kor_msg_sheet *ask)
{
    struct kor_msg_sheet got;
    enum kor_code code = cli_ask(cli, KOR_VERB_SHEET, ask, &got);
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_sheet, &got);
    } else {
        code = print_whole(cli, &got);
    }
    kor_message_done(&kor_message_sheet, &got);
    return code;
}

/* The number of a sheet in the word 'text'. */
static enum kor_code
take_number(struct cli *cli, const char *text, int64_t *number)
{
    return kor_whole_parse(text, number)
               ? KOR_OK
               : kor_fail(&cli->err, KOR_USAGE, "NUMBER",
                          "'%s' is no number: take the one in front of the "
                          "line of 'kor sheet of'", text);
}

enum kor_code
cli_sheet_of(struct cli *cli)
{
    struct kor_msg_sheet ask;
    kor_message_init(&kor_message_sheet, &ask);
    enum kor_code code = cli_want_words(cli, 1, 2);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "correction", &ask.version);
    }
    if (code == KOR_OK && cli->line.n_words == 1) {
        return list_all(cli, &ask);
    }
    if (code == KOR_OK) {
        code = take_number(cli, cli->line.words[1], &ask.sheet);
    }
    return code == KOR_OK ? show_one(cli, &ask) : code;
}

/* --- filling in ---------------------------------------------------------- */

/* A correction is made on the version that the sheet was filled in on. */
static enum kor_code
take_form_version(struct cli *cli, struct kor_msg_sheet_answer *answer)
{
    struct kor_msg_sheet ask, got;
    kor_message_init(&kor_message_sheet, &ask);
    kor_utf8_copy(ask.code, sizeof ask.code, answer->code);
    ask.sheet = answer->sheet;
    enum kor_code code = cli_ask(cli, KOR_VERB_SHEET, &ask, &got);
    if (code == KOR_OK && !strcmp(got.form, answer->form)) {
        kor_utf8_copy(answer->form_version, sizeof answer->form_version,
                      got.form_version);
    }
    if (code == KOR_OK) {
        kor_message_done(&kor_message_sheet, &got);
    }
    return code;
}

static enum kor_code
take_options(struct cli *cli, struct kor_msg_sheet_answer *answer)
{
    enum kor_code code = cli_take_text(cli, "form-version",
                                       answer->form_version,
                                       sizeof answer->form_version);
    if (code == KOR_OK) {
        code = cli_take_int(cli, "correct", &answer->sheet);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "reason", answer->reason,
                             sizeof answer->reason);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &answer->date);
    }
    return code == KOR_OK && answer->sheet != KOR_NO_INT
                && !*answer->form_version
               ? take_form_version(cli, answer)
               : code;
}

/* What is sent is right, and a mistake is told with the file it is in. */
static enum kor_code
check_file(struct cli *cli, const struct kor_msg_sheet_answer *answer,
           const struct kor_buf *text)
{
    struct kor_msg_form got;
    enum kor_code code
        = cli_ask_form(cli, answer->form, answer->form_version, &got);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    code = cli_parse_form(cli, &got, form);
    if (code == KOR_OK) {
        code = kor_filled_parse(form, kor_buf_text(text), text->size, filled,
                                &cli->err);
        code = cli_in_file(cli, cli->line.words[2], code);
    }
    kor_filled_done(filled);
    kor_form_done(form);
    free(filled);
    free(form);
    kor_message_done(&kor_message_form, &got);
    return code;
}

static void
print_stored(struct cli *cli, const void *reply)
{
    print_attention(cli, reply);
    print_head(cli, reply);
    print_sums(cli->lang, reply);
}

enum kor_code
cli_sheet_fill(struct cli *cli)
{
    struct kor_msg_sheet_answer answer;
    struct kor_buf text = {0};
    kor_message_init(&kor_message_sheet_answer, &answer);
    enum kor_code code = cli_want_words(cli, 3, 3);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], answer.code);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 1, answer.form, sizeof answer.form);
    }
    if (code == KOR_OK) {
        const char *path = cli->line.words[2];
        code = kor_file_read(strcmp(path, "-") ? path : "/dev/stdin",
                             KOR_FILLED_MAX_SIZE, &text, &cli->err);
    }
    if (code == KOR_OK) {
        code = take_options(cli, &answer);
    }
    if (code == KOR_OK) {
        code = check_file(cli, &answer, &text);
    }
    if (code == KOR_OK) {
        answer.values = text.text;
        code = cli_ask_show(cli, KOR_VERB_SHEET_ANSWER, &answer, print_stored);
    }
    kor_buf_done(&text);
    return code;
}

/* --- signatures and copies ----------------------------------------------- */

static void
print_ticked(struct cli *cli, const void *reply)
{
    print_head(cli, reply);
    print_ticks(cli->lang, reply);
}

enum kor_code
cli_sheet_tick(struct cli *cli)
{
    struct kor_msg_tick ask;
    kor_message_init(&kor_message_tick, &ask);
    enum kor_code code = cli_want_words(cli, 4, 4);
    if (code == KOR_OK) {
        code = cli_take_code(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK) {
        code = take_number(cli, cli->line.words[1], &ask.sheet);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 2, ask.kind, sizeof ask.kind);
    }
    if (code == KOR_OK) {
        code = cli_take_word(cli, 3, ask.whom, sizeof ask.whom);
    }
    if (code == KOR_OK) {
        ask.off = cli_option(cli, "off") != NULL;
        code = cli_ask_show(cli, KOR_VERB_SHEET_TICK, &ask, print_ticked);
    }
    return code;
}

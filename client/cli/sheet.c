/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor sheet list, show, check, add, print: the sheets there are to fill
 * in. */

#include "cli/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/definition.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

const char *
cli_reached(enum kor_lang lang, enum kor_reached answer)
{
    static const char *const words[]
        = {KOR_N_("reached"), KOR_N_("partly reached"), KOR_N_("not reached"),
           KOR_N_("does not apply")};
    return kor_text(lang, words[answer]);
}

/* --- the list ----------------------------------------------------------- */

static void
print_list(struct cli *cli, const void *reply)
{
    const struct kor_msg_forms *list = reply;
    static const char *const heads[]
        = {KOR_N_("sheet"), KOR_N_("version"), KOR_N_("fields"),
           KOR_N_("name")};
    struct cli_table table = {.n_columns = KOR_LENGTH(heads), .right = 4};
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    for (size_t i = 0; i < list->n_forms; i++) {
        const struct kor_msg_form *form = &list->forms[i];
        cli_table_put(&table, form->key);
        cli_table_put(&table, form->version);
        cli_table_put_int(&table, form->fields);
        cli_table_put(&table, form->name);
    }
    cli_table_print(cli, &table);
}

enum kor_code
cli_sheet_list(struct cli *cli)
{
    return cli_list_all(cli, KOR_VERB_FORMS, NULL, print_list);
}

/* --- what one asks ------------------------------------------------------- */

/* A word as people say it, and as it is written in a file. */
static void
put_word(const char *said, const char *key, bool is_first,
         struct kor_buf *out)
{
    kor_buf_printf(out, "%s%s", is_first ? "" : ", ", said);
    if (strcmp(said, key)) {
        kor_buf_printf(out, " (%s)", key);
    }
}

/* What may be answered, in a few words. */
static void
put_answers(enum kor_lang lang, const struct kor_form *form,
            const struct kor_form_field *field, struct kor_buf *out)
{
    if (field->holds_names) {
        kor_buf_puts(out, kor_text(lang, "on paper alone: kor stores no "
                                         "names"));
        return;
    }
    switch (field->type) {
    case KOR_FORM_TEXT:
        kor_buf_printf(out, kor_text(lang, field->lines > 1
                                               ? KOR_N_("lines of text, up to "
                                                        "%d characters")
                                               : KOR_N_("a line of text, up "
                                                        "to %d characters")),
                       field->max_len);
        break;
    case KOR_FORM_CHOICE:
        for (size_t i = 0; i < field->n_words; i++) {
            const struct kor_form_word *word
                = &form->words[field->first_word + i];
            put_word(kor_words_in(&word->names, lang), word->key, i == 0,
                     out);
        }
        break;
    case KOR_FORM_AREA:
        kor_buf_puts(out, "0, 1, 2");
        break;
    case KOR_FORM_DATE:
        kor_buf_puts(out, kor_text(lang, "a date"));
        break;
    case KOR_FORM_CHECK:
        for (int i = 0; i < KOR_N_REACHED; i++) {
            enum kor_reached word = (enum kor_reached)i;
            put_word(cli_reached(lang, word), kor_reached_name(word), i == 0,
                     out);
        }
        break;
    }
}

/* What else holds for a field. */
static void
put_marks(enum kor_lang lang, const struct kor_form *form,
          const struct kor_form_field *field, struct kor_buf *out)
{
    char number[8];
    const char *from = number;
    if (field->is_needed) {
        kor_buf_puts(out, kor_text(lang, "; needed"));
    }
    if (field->attention == KOR_FORM_NO_ATTENTION) {
        return;
    }
    snprintf(number, sizeof number, "%d", field->attention);
    if (field->type == KOR_FORM_CHOICE) {
        size_t at = field->first_word + (size_t)field->attention;
        from = kor_words_in(&form->words[at].names, lang);
    }
    kor_buf_printf(out, kor_text(lang, "; to talk about now from '%s' on"),
                   from);
}

static void
print_form(const struct cli *cli, const struct kor_form *form)
{
    enum kor_lang lang = cli->lang;
    cli_loud(cli, "%s: %s", form->key, kor_words_in(&form->names, lang));
    cli_labelled(kor_text(lang, "version"), "%s", form->version);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct kor_form_field *field = &form->fields[i];
        struct kor_buf marks = {0};
        if (field->at == 0) {
            cli_labelled(kor_text(lang, "section"), "%s",
                         kor_words_in(&form->sections[field->section].names,
                                      lang));
        }
        cli_labelled(field->key, "%s", kor_words_in(&field->text, lang));
        put_answers(lang, form, field, &marks);
        put_marks(lang, form, field, &marks);
        cli_labelled("", "%s", kor_buf_text(&marks));
        kor_buf_done(&marks);
    }
    if (form->note) {
        cli_labelled(kor_text(lang, "note"), "%s", form->note);
    }
}

enum kor_code
cli_ask_form(struct cli *cli, const char *key, const char *version,
             struct kor_msg_form *got)
{
    struct kor_msg_form ask;
    kor_message_init(&kor_message_form, &ask);
    kor_utf8_copy(ask.key, sizeof ask.key, key);
    kor_utf8_copy(ask.version, sizeof ask.version, version);
    return cli_ask(cli, KOR_VERB_FORM, &ask, got);
}

enum kor_code
cli_parse_form(struct cli *cli, const struct kor_msg_form *got,
               struct kor_form *form)
{
    const char *text = got->definition ? got->definition : "{}";
    return kor_form_parse(text, strlen(text), form, &cli->err);
}

/* Asks for the form that the first word names, and lets 'print' have it. */
static enum kor_code
with_form(struct cli *cli,
          void (*print)(const struct cli *, const struct kor_form *))
{
    struct kor_msg_form got;
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_ask_form(cli, cli->line.words[0], "", &got);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        puts(got.definition ? got.definition : "{}");
    } else {
        struct kor_form *form = kor_alloc(sizeof *form);
        code = cli_parse_form(cli, &got, form);
        if (code == KOR_OK) {
            print(cli, form);
        }
        kor_form_done(form);
        free(form);
    }
    kor_message_done(&kor_message_form, &got);
    return code;
}

enum kor_code
cli_sheet_show(struct cli *cli)
{
    return with_form(cli, print_form);
}

/* --- on paper ------------------------------------------------------------ */

static void
print_lines(int n)
{
    for (int i = 0; i < n; i++) {
        puts("  ________________________________________________________");
    }
}

/* Room for the answer to one question. */
static void
print_room(enum kor_lang lang, const struct kor_form *form,
           const struct kor_form_field *field)
{
    switch (field->type) {
    case KOR_FORM_TEXT:
        print_lines(field->lines);
        return;
    case KOR_FORM_CHOICE:
        for (size_t i = 0; i < field->n_words; i++) {
            const struct kor_form_word *word
                = &form->words[field->first_word + i];
            printf("  [ ] %s\n", kor_words_in(&word->names, lang));
        }
        return;
    case KOR_FORM_AREA:
        puts("  [ ] 0   [ ] 1   [ ] 2");
        return;
    case KOR_FORM_DATE:
        puts("  ____-__-__");
        return;
    case KOR_FORM_CHECK:
        for (int i = 0; i < KOR_N_REACHED; i++) {
            printf("  [ ] %s", cli_reached(lang, (enum kor_reached)i));
        }
        printf("\n  %s\n", kor_text(lang, "unless reached, why:"));
        print_lines(1);
        return;
    }
}

static void
print_blank(const struct cli *cli, const struct kor_form *form)
{
    enum kor_lang lang = cli->lang;
    cli_loud(cli, "%s", kor_words_in(&form->names, lang));
    printf("%s %s\n", form->key, form->version);
    if (kor_form_has_attention(form)) {
        puts(kor_text(lang, "Look at the answers before the client leaves."));
    }
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct kor_form_field *field = &form->fields[i];
        if (field->at == 0) {
            printf("\n%s\n", kor_words_in(
                                 &form->sections[field->section].names,
                                 lang));
        }
        printf("\n%s%s\n", kor_words_in(&field->text, lang),
               field->attention != KOR_FORM_NO_ATTENTION ? " *" : "");
        print_room(lang, form, field);
    }
}

enum kor_code
cli_sheet_print(struct cli *cli)
{
    return with_form(cli, print_blank);
}

/* --- adding -------------------------------------------------------------- */

/* Reads a definition and, if 'is_shown', says what is in it. */
static enum kor_code
parse(struct cli *cli, const char *text, size_t size, bool is_shown)
{
    struct kor_form *form = kor_alloc(sizeof *form);
    enum kor_code code = kor_form_parse(text, size, form, &cli->err);
    if (code == KOR_OK && is_shown) {
        print_form(cli, form);
    }
    kor_form_done(form);
    free(form);
    return code;
}

static void
print_sound(struct cli *cli, const void *reply)
{
    (void)reply;
    cli_remark(cli, "%s",
               kor_text(cli->lang, "The definition holds together. Add "
                                   "it with 'kor sheet add'."));
}

static void
print_added(struct cli *cli, const void *reply)
{
    const struct kor_msg_form *got = reply;
    cli_say_added(cli, got->key, got->version);
}

static enum kor_code
send(struct cli *cli, bool is_check)
{
    struct kor_msg_form_add add = {.check = is_check};
    struct kor_buf text = {0};
    enum kor_code code
        = cli_read_definition(cli, KOR_FORM_MAX_SIZE, parse,
                              is_check && !cli->is_json, &text);
    if (code == KOR_OK) {
        add.definition = text.text;
        code = cli_ask_show(cli, KOR_VERB_FORM_ADD, &add,
                            is_check ? print_sound : print_added);
        code = cli_in_file(cli, cli->line.words[0], code);
    }
    kor_buf_done(&text);
    return code;
}

enum kor_code
cli_sheet_check(struct cli *cli)
{
    return send(cli, true);
}

enum kor_code
cli_sheet_add(struct cli *cli)
{
    return send(cli, false);
}

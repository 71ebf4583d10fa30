/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filled forms: see kor/define/filled.h. */

#include "kor/define/filled.h"

#include <string.h>

#include "define/node.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"

#define COMMENT_LEN 500

static const char *const reached[]
    = {"reached", "partly", "not", "not-applicable", NULL};

const char *
kor_reached_name(enum kor_reached answer)
{
    return reached[answer];
}

/* --- reading ------------------------------------------------------------- */

/* Control characters have no place on a page, but for the ends of lines. */
static bool
is_clean(const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if ((c < 0x20 && c != '\n') || c == 0x7f
            || (c == 0xc2 && (unsigned char)p[1] < 0xa0)) {
            return false;
        }
    }
    return true;
}

static const char *
read_lines(const struct kor_node *node, size_t max_len)
{
    const char *text = json_is_string(node->json)
                           ? json_string_value(node->json)
                           : "";
    size_t len = kor_utf8_columns(text);
    if (node->reader->code == KOR_OK
        && (kor_utf8_is_blank(text) || len > max_len || !is_clean(text))) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s must be a text of 1 to %zu characters, on as many lines as "
            "need be: rewrite it", path, max_len);
    }
    return text;
}

static int32_t
read_date(const struct kor_node *node)
{
    int32_t date = 0;
    const char *text = kor_node_text(node, KOR_DATE_SIZE - 1);
    if (node->reader->code == KOR_OK && !kor_date_parse(text, &date)) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s is no date: write it as YYYY-MM-DD, from 1900-01-01 to "
            "2199-12-31", path);
    }
    return date;
}

static int
read_choice(const struct kor_node *node, const struct kor_form *form,
            const struct kor_form_field *field)
{
    const char *words[KOR_MAX_FORM_WORDS + 1];
    for (size_t i = 0; i < field->n_words; i++) {
        words[i] = form->words[field->first_word + i].key;
    }
    words[field->n_words] = NULL;
    return kor_node_word(node, words);
}

/* "reached" needs no more; whatever deviates needs its reason. */
static void
read_check(const struct kor_node *node, struct kor_filled_answer *answer)
{
    static const char *const keys[] = {"answer", "comment", NULL};
    if (json_is_string(node->json)) {
        answer->value = kor_node_word(node, reached);
    } else {
        kor_node_only(node, keys);
        struct kor_node at = kor_node_at(node, "answer");
        answer->value = kor_node_word(&at, reached);
        answer->comment = kor_node_opt_text(node, "comment", COMMENT_LEN);
    }
    if (node->reader->code == KOR_OK && answer->value != KOR_REACHED
        && !answer->comment) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE,
            kor_node_path(node, "comment", path),
            "%s is missing: a deviation needs a reason. Say why it is '%s', "
            "in 1 to %d characters without names", path,
            reached[answer->value], COMMENT_LEN);
    }
}

static void
refuse_names(const struct kor_node *node)
{
    char path[KOR_PATH_SIZE];
    node->reader->code = kor_fail(
        node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
        "%s would hold names, and kor does not store them: write it on the "
        "printed sheet by hand, and leave it out here", path);
}

static void
read_answer(const struct kor_node *node, const struct kor_form *form,
            const struct kor_form_field *field,
            struct kor_filled_answer *answer)
{
    answer->is_given = true;
    if (field->holds_names) {
        refuse_names(node);
        return;
    }
    switch (field->type) {
    case KOR_FORM_TEXT:
        answer->text = field->lines > 1
                           ? read_lines(node, (size_t)field->max_len)
                           : kor_node_text(node, (size_t)field->max_len);
        return;
    case KOR_FORM_CHOICE:
        answer->value = read_choice(node, form, field);
        return;
    case KOR_FORM_AREA:
        answer->value = (int)kor_node_int(node, 0, 2);
        return;
    case KOR_FORM_DATE:
        answer->date = read_date(node);
        return;
    case KOR_FORM_CHECK:
        read_check(node, answer);
        return;
    }
}

/* There is no answer to what was not asked. */
static void
check_members(const struct kor_node *root, const struct kor_form *form)
{
    for (void *i = json_object_iter(root->json);
         i && root->reader->code == KOR_OK;
         i = json_object_iter_next(root->json, i)) {
        const char *key = json_object_iter_key(i);
        char path[KOR_PATH_SIZE];
        if (!kor_form_field(form, key)) {
            root->reader->code = kor_fail(
                root->reader->err, KOR_BAD_VALUE,
                kor_node_path(root, key, path),
                "%s is no field of '%s' in version %s: 'kor sheet show %s' "
                "lists them", path, form->key, form->version, form->key);
        }
    }
}

static void
read_all(const struct kor_node *root, const struct kor_form *form,
         struct kor_filled *filled)
{
    bool is_any = false;
    check_members(root, form);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct kor_form_field *field = &form->fields[i];
        struct kor_node at = kor_node_at(root, field->key);
        char path[KOR_PATH_SIZE];
        if (at.json && !json_is_null(at.json)) {
            read_answer(&at, form, field, &filled->answers[i]);
            is_any = true;
        } else if (field->is_needed && root->reader->code == KOR_OK) {
            root->reader->code = kor_fail(
                root->reader->err, KOR_BAD_VALUE,
                kor_node_path(&at, NULL, path),
                "%s is missing, and '%s' needs an answer to it", path,
                form->key);
        }
    }
    if (!is_any && root->reader->code == KOR_OK) {
        root->reader->code = kor_fail(
            root->reader->err, KOR_BAD_VALUE, "values",
            "nothing was filled in: answer at least one field of '%s'",
            form->key);
    }
}

enum kor_code
kor_filled_parse(const struct kor_form *form, const char *text, size_t size,
                 struct kor_filled *filled, struct kor_err *err)
{
    json_t *json;
    memset(filled, 0, sizeof *filled);
    enum kor_code code
        = kor_json_load(text, size, KOR_FILLED_MAX_SIZE, &json, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_reader reader = {.code = KOR_OK, .err = err};
    struct kor_node top = {.reader = &reader};
    struct kor_node root
        = {.reader = &reader, .json = json, .up = &top, .key = "values"};
    filled->owned = json;
    if (json_is_object(json)) {
        read_all(&root, form, filled);
    } else {
        reader.code = kor_fail(err, KOR_BAD_VALUE, "values",
                               "the answers must be one JSON object, with the "
                               "keys of the fields");
    }
    if (reader.code != KOR_OK) {
        kor_filled_done(filled);
    }
    return reader.code;
}

void
kor_filled_done(struct kor_filled *filled)
{
    if (filled) {
        json_decref(filled->owned);
        memset(filled, 0, sizeof *filled);
    }
}

/* --- what it says -------------------------------------------------------- */

enum kor_filled_attention
kor_filled_attention(const struct kor_form_field *field,
                     const struct kor_filled_answer *answer)
{
    return field->attention == KOR_FORM_NO_ATTENTION ? KOR_FILLED_QUIET
         : !answer->is_given                  ? KOR_FILLED_NOT_SEEN
         : answer->value >= field->attention  ? KOR_FILLED_ASKS
                                              : KOR_FILLED_QUIET;
}

struct kor_filled_area
kor_filled_area(const struct kor_form *form, const struct kor_filled *filled,
                size_t section)
{
    const struct kor_form_section *of = &form->sections[section];
    struct kor_filled_area area = {0};
    for (size_t i = of->first_field; i < of->first_field + of->n_fields;
         i++) {
        if (form->fields[i].type == KOR_FORM_AREA) {
            area.n_items++;
            area.n_answered += filled->answers[i].is_given;
            area.sum += filled->answers[i].value;
        }
    }
    return area;
}

struct kor_filled_count
kor_filled_count(const struct kor_form *form, const struct kor_filled *filled,
                 size_t section)
{
    const struct kor_form_section *of = &form->sections[section];
    struct kor_filled_count count = {0};
    for (size_t i = of->first_field; i < of->first_field + of->n_fields;
         i++) {
        if (form->fields[i].type == KOR_FORM_CHECK) {
            count.n_rows++;
            count.of[filled->answers[i].value] += filled->answers[i].is_given;
        }
    }
    return count;
}

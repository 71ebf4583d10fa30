/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to a form, value by value: see form_read.h. */

#include "define/form_read.h"

#include <string.h>

#define NAME_LEN 80
#define TEXT_LEN 300 /* Of a question. */
#define NOTE_LEN 1000
#define MAX_LINES 40
#define MAX_TEXT 4000 /* Of an answer, characters. */
#define LINE_TEXT 200
#define MAX_WORDS 16  /* To choose from. */

static const char *const types[]
    = {"text", "choice", "area012", "date", "checklist", NULL};

const char *
kor_form_type_name(enum kor_form_type type)
{
    return types[type];
}

static struct kor_words
read_words(const struct kor_node *node, const char *key, size_t max_len)
{
    struct kor_node words = kor_node_need(node, key);
    return kor_node_names(&words, max_len);
}

/* The words of a choice, and which of them has to be talked about. */
static void
read_choice(const struct kor_node *node, struct kor_form *form,
            struct kor_form_field *field)
{
    static const char *const keys[] = {"key", "names", NULL};
    struct kor_node words = kor_node_at(node, "words");
    size_t left = KOR_MAX_FORM_WORDS - form->n_words;
    size_t n = kor_node_count(&words, 2,
                              left < MAX_WORDS ? left : MAX_WORDS);
    const char *known[MAX_WORDS + 1] = {NULL};
    field->first_word = form->n_words;
    field->n_words = n;
    for (size_t i = 0; i < n; i++) {
        struct kor_node at = kor_node_member(&words, i);
        struct kor_form_word *word = &form->words[form->n_words++];
        kor_node_only(&at, keys);
        kor_node_key(&at, "key", word->key, sizeof word->key);
        word->names = read_words(&at, "names", NAME_LEN);
        known[i] = word->key;
    }
    struct kor_node attention = kor_node_at(node, "attention");
    if (attention.json) {
        field->attention = kor_node_word(&attention, known);
    }
}

static void
read_text(const struct kor_node *node, struct kor_form_field *field)
{
    field->lines = (int)kor_node_opt_int(node, "lines", 1, MAX_LINES, 1);
    field->max_len = (int)kor_node_opt_int(
        node, "max", 1, MAX_TEXT, field->lines > 1 ? MAX_TEXT : LINE_TEXT);
    field->holds_names = kor_node_opt_bool(node, "names", false);
}

static void
read_field(const struct kor_node *node, struct kor_form *form,
           struct kor_form_field *field)
{
    static const char *const text_keys[]
        = {"key",   "type",  "text", "needed",
           "lines", "max",   "names", NULL};
    static const char *const choice_keys[]
        = {"key", "type", "text", "needed", "words", "attention", NULL};
    static const char *const area_keys[]
        = {"key", "type", "text", "needed", "attention", NULL};
    static const char *const plain_keys[]
        = {"key", "type", "text", "needed", NULL};
    static const char *const *const keys[]
        = {text_keys, choice_keys, area_keys, plain_keys, plain_keys};
    struct kor_node type = kor_node_at(node, "type");
    field->type = (enum kor_form_type)kor_node_word(&type, types);
    kor_node_only(node, keys[field->type]);
    kor_node_key(node, "key", field->key, sizeof field->key);
    field->text = read_words(node, "text", TEXT_LEN);
    field->is_needed = kor_node_opt_bool(node, "needed", false);
    field->attention = KOR_FORM_NO_ATTENTION;
    if (field->type == KOR_FORM_TEXT) {
        read_text(node, field);
    } else if (field->type == KOR_FORM_CHOICE) {
        read_choice(node, form, field);
    } else if (field->type == KOR_FORM_AREA) {
        field->attention = (int)kor_node_opt_int(node, "attention", 1, 2,
                                                 KOR_FORM_NO_ATTENTION);
    }
}

static void
read_section(const struct kor_node *node, size_t at, struct kor_form *form)
{
    static const char *const keys[] = {"key", "names", "fields", NULL};
    struct kor_form_section *section = &form->sections[at];
    kor_node_only(node, keys);
    kor_node_key(node, "key", section->key, sizeof section->key);
    section->names = read_words(node, "names", NAME_LEN);
    section->first_field = form->n_fields;
    struct kor_node fields = kor_node_at(node, "fields");
    section->n_fields = kor_node_count(&fields, 1,
                                       KOR_MAX_FORM_FIELDS - form->n_fields);
    for (size_t i = 0; i < section->n_fields; i++) {
        struct kor_node field = kor_node_member(&fields, i);
        struct kor_form_field *to = &form->fields[form->n_fields++];
        to->section = at;
        to->at = i;
        read_field(&field, form, to);
    }
}

void
kor_form_read(const struct kor_node *root, struct kor_form *form)
{
    static const char *const keys[]
        = {"key", "version", "names", "note", "sections", NULL};
    kor_node_only(root, keys);
    kor_node_key(root, "key", form->key, sizeof form->key);
    kor_node_version(root, "version", form->version, sizeof form->version);
    form->names = read_words(root, "names", NAME_LEN);
    form->note = kor_node_opt_text(root, "note", NOTE_LEN);
    struct kor_node sections = kor_node_at(root, "sections");
    form->n_sections = kor_node_count(&sections, 1, KOR_MAX_FORM_SECTIONS);
    for (size_t i = 0; i < form->n_sections; i++) {
        struct kor_node section = kor_node_member(&sections, i);
        read_section(&section, i, form);
    }
}

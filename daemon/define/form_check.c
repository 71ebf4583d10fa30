/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contradictions within a form: see form_read.h. */

#include "define/form_read.h"

#include <stdio.h>
#include <string.h>

/* Where a field stands in the file, and what of it; returns 'path'. */
static char *
field_path(const struct kor_form_field *field, const char *what,
           char path[KOR_PATH_SIZE])
{
    snprintf(path, KOR_PATH_SIZE, "sections[%zu].fields[%zu].%s",
             field->section, field->at, what);
    return path;
}

static enum kor_code
fail_twice(const char *path, const char *key, struct kor_err *err)
{
    return kor_fail(err, KOR_BAD_VALUE, path,
                    "%s is '%s', which is there already: each needs a key of "
                    "its own", path, key);
}

/* Every question, section and word has a text, in whatever language. */
static enum kor_code
check_said(const struct kor_words *words, const char *path,
           struct kor_err *err)
{
    return *kor_words_in(words, KOR_EN)
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, path,
                          "%s has no words: give them in en, nb or sv", path);
}

static enum kor_code
check_names(const struct kor_form *form, struct kor_err *err)
{
    return form->names.in[KOR_EN]
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "names.en",
                          "names.en is missing: give at least the English "
                          "name (1 to 80 characters)");
}

static enum kor_code
check_sections(const struct kor_form *form, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < form->n_sections && code == KOR_OK; i++) {
        char path[KOR_PATH_SIZE];
        snprintf(path, sizeof path, "sections[%zu].names", i);
        code = check_said(&form->sections[i].names, path, err);
        for (size_t k = 0; k < i && code == KOR_OK; k++) {
            if (!strcmp(form->sections[i].key, form->sections[k].key)) {
                snprintf(path, sizeof path, "sections[%zu].key", i);
                code = fail_twice(path, form->sections[i].key, err);
            }
        }
    }
    return code;
}

static enum kor_code
check_words(const struct kor_form *form, const struct kor_form_field *field,
            struct kor_err *err)
{
    const struct kor_form_word *words = &form->words[field->first_word];
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < field->n_words && code == KOR_OK; i++) {
        char path[KOR_PATH_SIZE], what[40];
        snprintf(what, sizeof what, "words[%zu].names", i);
        code = check_said(&words[i].names, field_path(field, what, path),
                          err);
        for (size_t k = 0; k < i && code == KOR_OK; k++) {
            if (!strcmp(words[i].key, words[k].key)) {
                snprintf(what, sizeof what, "words[%zu].key", i);
                code = fail_twice(field_path(field, what, path),
                                  words[i].key, err);
            }
        }
    }
    return code;
}

static enum kor_code
check_field(const struct kor_form *form, const struct kor_form_field *field,
            struct kor_err *err)
{
    char path[KOR_PATH_SIZE];
    enum kor_code code
        = check_said(&field->text, field_path(field, "text", path), err);
    if (code == KOR_OK && field->holds_names && field->is_needed) {
        field_path(field, "needed", path);
        code = kor_fail(err, KOR_BAD_VALUE, path,
                        "%s asks for what would hold names, and kor stores "
                        "none: take 'needed' or 'names' out", path);
    }
    return code == KOR_OK ? check_words(form, field, err) : code;
}

static enum kor_code
check_fields(const struct kor_form *form, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < form->n_fields && code == KOR_OK; i++) {
        const struct kor_form_field *field = &form->fields[i];
        code = check_field(form, field, err);
        if (code == KOR_OK && kor_form_field(form, field->key) != field) {
            char path[KOR_PATH_SIZE];
            code = fail_twice(field_path(field, "key", path), field->key,
                              err);
        }
    }
    return code;
}

/* Something of it can be stored. */
static enum kor_code
check_use(const struct kor_form *form, struct kor_err *err)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        if (!form->fields[i].holds_names) {
            return KOR_OK;
        }
    }
    return kor_fail(err, KOR_BAD_VALUE, "sections",
                    "sections has no field but for names, which kor does not "
                    "store: add one that it does, or keep the sheet on paper");
}

enum kor_code
kor_form_check(const struct kor_form *form, struct kor_err *err)
{
    static enum kor_code (*const checks[])(const struct kor_form *,
                                           struct kor_err *)
        = {check_names, check_sections, check_fields, check_use};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(checks) && code == KOR_OK; i++) {
        code = checks[i](form, err);
    }
    return code;
}

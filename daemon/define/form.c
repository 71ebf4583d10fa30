/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: see kor/define/form.h.  Reading lies in form_read.c and
 * form_check.c. */

#include "kor/define/form.h"

#include <string.h>

#include "define/form_read.h"

enum kor_code
kor_form_parse(const char *text, size_t size, struct kor_form *form,
               struct kor_err *err)
{
    json_t *json;
    memset(form, 0, sizeof *form);
    enum kor_code code
        = kor_json_load(text, size, KOR_FORM_MAX_SIZE, &json, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_reader reader = {.code = KOR_OK, .err = err};
    struct kor_node root = {.reader = &reader, .json = json};
    form->owned = json;
    kor_form_read(&root, form);
    code = reader.code;
    if (code == KOR_OK) {
        code = kor_form_check(form, err);
    }
    if (code != KOR_OK) {
        kor_form_done(form);
    }
    return code;
}

void
kor_form_done(struct kor_form *form)
{
    if (form) {
        json_decref(form->owned);
        memset(form, 0, sizeof *form);
    }
}

bool
kor_form_has_attention(const struct kor_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        if (form->fields[i].attention != KOR_FORM_NO_ATTENTION) {
            return true;
        }
    }
    return false;
}

const struct kor_form_field *
kor_form_field(const struct kor_form *form, const char *key)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        if (!strcmp(form->fields[i].key, key)) {
            return &form->fields[i];
        }
    }
    return NULL;
}

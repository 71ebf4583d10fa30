/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a form: no crash, no leak; what is refused is
 * named, and what is taken has fields in sections, words to choose from, and
 * questions that say something. */

#include "fuzz/refusal.h"
#include "kor/define/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_field(const struct kor_form *form, const struct kor_form_field *field)
{
    must(kor_form_field(form, field->key) == field);
    must(field->section < form->n_sections);
    must(*kor_words_in(&field->text, KOR_NB));
    must(*kor_form_type_name(field->type));
    must(field->first_word + field->n_words <= form->n_words);
    must((field->type == KOR_FORM_CHOICE) == (field->n_words >= 2));
    must(field->attention >= KOR_FORM_NO_ATTENTION);
    if (field->type == KOR_FORM_CHOICE) {
        must(field->attention < (int)field->n_words);
    }
    if (field->type == KOR_FORM_TEXT) {
        must(field->lines >= 1 && field->max_len >= 1);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_form form;
    struct kor_err err;
    size_t n = 0;
    kor_err_init(&err, KOR_SV);
    enum kor_code code
        = kor_form_parse((const char *)bytes, size, &form, &err);
    if (code != KOR_OK) {
        must_name_field(code, &err);
        return 0;
    }
    must(*kor_words_in(&form.names, KOR_EN));
    for (size_t i = 0; i < form.n_sections; i++) {
        must(form.sections[i].first_field == n);
        n += form.sections[i].n_fields;
    }
    must(n == form.n_fields && n >= 1 && n <= KOR_MAX_FORM_FIELDS);
    for (size_t i = 0; i < form.n_fields; i++) {
        check_field(&form, &form.fields[i]);
    }
    kor_form_done(&form);
    return 0;
}

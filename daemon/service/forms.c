/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms, on which sheets are filled in: the catalogue of them. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"

#define MAX_FORMS 1000

static void
form_message(const struct kor_form *def, enum kor_lang lang,
             struct kor_msg_form *out)
{
    kor_message_init(&kor_message_form, out);
    kor_utf8_copy(out->key, sizeof out->key, def->key);
    kor_utf8_copy(out->version, sizeof out->version, def->version);
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_words_in(&def->names, lang));
    out->sections = (int64_t)def->n_sections;
    out->fields = (int64_t)def->n_fields;
}

/* Adds it, or looks whether it could be. */
static enum kor_code
add(struct kor_context *context, const struct kor_form *def,
    const struct kor_msg_form_add *msg)
{
    struct kor_store *store = context->desk->store;
    struct kor_buf known = {0};
    int64_t id;
    enum kor_code code = kor_store_definition_find(
        store, KOR_DEFINITION_FORM, def->key, def->version, &id, &known,
        context->err);
    kor_buf_done(&known);
    if (code == KOR_OK) {
        return kor_fail(context->err, KOR_DUPLICATE, "version",
                        "%s is there in version %s already: a definition "
                        "never changes, give it a new version", def->key,
                        def->version);
    }
    if (code != KOR_NOT_FOUND || msg->check) {
        return code == KOR_NOT_FOUND ? KOR_OK : code;
    }
    return kor_store_definition_add(store, KOR_DEFINITION_FORM, def->key,
                                    def->version, msg->definition,
                                    context->now_ms, &id, context->err);
}

enum kor_code
kor_handle_form_add(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_form_add *msg = request;
    struct kor_form *def = kor_alloc(sizeof *def);
    enum kor_code code = kor_form_parse(
        msg->definition, strlen(msg->definition), def, context->err);
    if (code == KOR_OK) {
        code = add(context, def, msg);
    }
    if (code == KOR_OK) {
        form_message(def, context->lang, reply);
    }
    kor_form_done(def);
    free(def);
    return code;
}

enum kor_code
kor_handle_forms(struct kor_context *context, const void *request,
                 void *reply)
{
    struct kor_msg_forms *out = reply;
    int64_t ids[MAX_FORMS];
    size_t n = 0;
    (void)request;
    enum kor_code code
        = kor_store_definitions(context->desk->store, KOR_DEFINITION_FORM,
                                MAX_FORMS, ids, &n, context->err);
    out->forms = kor_alloc_array(n, sizeof *out->forms);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        const struct kor_desk_form *form;
        code = kor_desk_form_by_id(context->desk, ids[i], &form,
                                   context->err);
        if (code == KOR_OK) {
            form_message(&form->def, context->lang,
                         &out->forms[out->n_forms++]);
        }
    }
    return code;
}

enum kor_code
kor_handle_form(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_msg_form *msg = request;
    struct kor_msg_form *out = reply;
    const struct kor_desk_form *form;
    struct kor_buf definition = {0};
    enum kor_code code = kor_desk_form(context->desk, msg->key, msg->version,
                                       &form, context->err);
    if (code == KOR_OK) {
        code = kor_store_definition_load(context->desk->store,
                                         KOR_DEFINITION_FORM, form->id,
                                         &definition, context->err);
    }
    if (code == KOR_OK) {
        form_message(&form->def, context->lang, out);
        out->definition = kor_strdup(kor_buf_text(&definition));
    }
    kor_buf_done(&definition);
    return code;
}

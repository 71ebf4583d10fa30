/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scales and expected courses: adding, listing, showing, switching. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"

#define MAX_SCALES 1000

static void
instrument_message(const struct kor_scale *scale, enum kor_lang lang,
                   struct kor_msg_instrument *out)
{
    const struct kor_instrument *def = &scale->def;
    kor_message_init(&kor_message_instrument, out);
    kor_utf8_copy(out->key, sizeof out->key, def->key);
    kor_utf8_copy(out->version, sizeof out->version, def->version);
    kor_utf8_copy(out->kind, sizeof out->kind, kor_kind_name(def->kind));
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_words_in(&def->names, lang));
    out->items = (int64_t)def->n_items;
    out->shell = def->is_shell;
    kor_utf8_copy(out->licence, sizeof out->licence,
                  def->licence.spdx ? def->licence.spdx : def->licence.words);
}

enum kor_code
kor_handle_instrument_add(struct kor_context *context, const void *request,
                          void *reply)
{
    const struct kor_msg_instrument_add *msg = request;
    struct kor_scale *scale = kor_alloc(sizeof *scale);
    enum kor_code code
        = kor_instrument_parse(msg->definition, strlen(msg->definition),
                               &scale->def, context->err);
    if (code == KOR_OK) {
        code = kor_store_definition_add(
            context->desk->store, KOR_DEFINITION_SCALE, scale->def.key,
            scale->def.version, msg->definition, context->now_ms, &scale->id,
            context->err);
        if (code == KOR_DUPLICATE) {
            code = kor_fail(context->err, KOR_DUPLICATE, "version",
                            "%s is there in version %s already: a definition "
                            "never changes, give it a new version",
                            scale->def.key, scale->def.version);
        }
        if (code == KOR_OK) {
            instrument_message(scale, context->lang, reply);
        }
        kor_instrument_done(&scale->def);
    }
    free(scale);
    return code;
}

enum kor_code
kor_handle_instruments(struct kor_context *context, const void *request,
                       void *reply)
{
    struct kor_msg_instruments *out = reply;
    int64_t ids[MAX_SCALES];
    size_t n = 0;
    (void)request;
    enum kor_code code =
        kor_store_definitions(context->desk->store, KOR_DEFINITION_SCALE,
                              MAX_SCALES, ids, &n, context->err);
    out->instruments = kor_alloc_array(n, sizeof *out->instruments);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        const struct kor_scale *scale;
        code = kor_desk_scale_by_id(context->desk, ids[i], &scale,
                                    context->err);
        if (code == KOR_OK) {
            instrument_message(scale, context->lang,
                               &out->instruments[out->n_instruments++]);
        }
    }
    return code;
}

enum kor_code
kor_handle_instrument(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_instrument *msg = request;
    struct kor_msg_instrument *out = reply;
    struct kor_buf definition = {0};
    const struct kor_scale *scale;
    int64_t id;
    enum kor_code code = kor_store_definition_find(
        context->desk->store, KOR_DEFINITION_SCALE, msg->key, msg->version,
        &id, &definition, context->err);
    if (code == KOR_NOT_FOUND) {
        code = *msg->version
                   ? kor_fail(context->err, KOR_NOT_FOUND, "key",
                              "there is no scale '%s' in version %s: 'kor "
                              "instrument list' shows those there are",
                              msg->key, msg->version)
                   : kor_fail(context->err, KOR_NOT_FOUND, "key",
                              "there is no scale '%s': 'kor instrument list' "
                              "shows those there are", msg->key);
    }
    if (code == KOR_OK) {
        code = kor_desk_scale_by_id(context->desk, id, &scale, context->err);
    }
    if (code == KOR_OK) {
        instrument_message(scale, context->lang, out);
        out->definition = kor_strdup(kor_buf_text(&definition));
    }
    kor_buf_done(&definition);
    return code;
}

/* Fills the message about a course from its certificate. */
static enum kor_code
course_message(const struct kor_stored_course *stored, bool is_whole,
               enum kor_lang lang, struct kor_msg_course *out,
               struct kor_err *err)
{
    struct kor_course_record record;
    enum kor_code code
        = kor_course_parse(stored->certificate, strlen(stored->certificate),
                           &record, err);
    if (code != KOR_OK) {
        return code;
    }
    kor_message_init(&kor_message_course, out);
    out->id = stored->id;
    kor_utf8_copy(out->scale, sizeof out->scale, record.instrument);
    kor_utf8_copy(out->pathway, sizeof out->pathway, record.pathway);
    out->people = record.course.n_people;
    out->records = record.course.n_records;
    kor_utf8_copy(out->method, sizeof out->method,
                  kor_growth_method_name(record.method));
    kor_utf8_copy(out->f, sizeof out->f, kor_time_name(record.course.f));
    kor_utf8_copy(out->status, sizeof out->status,
                  kor_growth_status_name(record.status));
    kor_instant_format(record.fitted_at_ms, out->fitted);
    out->in_use = stored->is_in_use;
    if (record.course.n_people < record.min_people) {
        kor_utf8_copy(out->note, sizeof out->note,
                      kor_text(lang, "too few people behind it: the expected "
                                     "range stays hidden, reliable change "
                                     "is shown in its place"));
    }
    if (is_whole) {
        out->certificate = kor_strdup(stored->certificate);
    }
    return KOR_OK;
}

struct course_reply {
    enum kor_lang lang;
    struct kor_msg_course *one;
    struct kor_msg_courses *list;
};

static enum kor_code
put_course(void *to, const struct kor_stored_course *stored,
           struct kor_err *err)
{
    struct course_reply *reply = to;
    return course_message(stored, true, reply->lang, reply->one, err);
}

static enum kor_code
list_course(void *to, const struct kor_stored_course *stored,
            struct kor_err *err)
{
    struct course_reply *reply = to;
    struct kor_msg_courses *list = reply->list;
    list->courses = kor_realloc_array(list->courses, list->n_courses + 1,
                                      sizeof *list->courses);
    struct kor_msg_course *out = &list->courses[list->n_courses];
    enum kor_code code
        = course_message(stored, false, reply->lang, out, err);
    list->n_courses += code == KOR_OK;
    return code;
}

enum kor_code
kor_course_reply(struct kor_context *context, int64_t id,
                 struct kor_msg_course *out)
{
    struct course_reply reply = {.lang = context->lang, .one = out};
    enum kor_code code = kor_store_course_load(
        context->desk->store, id, put_course, &reply, context->err);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, KOR_NOT_FOUND, "id",
                          "there is no course %lld: 'kor course list' shows "
                          "those there are", (long long)id)
               : code;
}

enum kor_code
kor_handle_courses(struct kor_context *context, const void *request,
                   void *reply)
{
    struct course_reply to = {.lang = context->lang, .list = reply};
    (void)request;
    return kor_store_courses(context->desk->store, list_course, &to,
                             context->err);
}

enum kor_code
kor_handle_course(struct kor_context *context, const void *request,
                  void *reply)
{
    return kor_course_reply(
        context, ((const struct kor_msg_course_id *)request)->id, reply);
}

enum kor_code
kor_handle_course_store(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_course_fit *msg = request;
    int64_t id;
    enum kor_code code = kor_store_course_add(
        context->desk->store, msg->scale,
        kor_buf_text(&context->call->certificate), context->now_ms, &id,
        context->err);
    return code == KOR_OK ? kor_course_reply(context, id, reply) : code;
}

/* Switches off the courses in use that speak of the same people. */
struct switching {
    const struct kor_course_record *chosen;
    int64_t chosen_id;
    int64_t off[MAX_SCALES];
    size_t n_off;
};

static enum kor_code
find_rivals(void *to, const struct kor_stored_course *stored,
            struct kor_err *err)
{
    struct switching *switching = to;
    struct kor_course_record record;
    enum kor_code code
        = kor_course_parse(stored->certificate, strlen(stored->certificate),
                           &record, err);
    if (code == KOR_OK && stored->id != switching->chosen_id
        && record.rater == switching->chosen->rater
        && !strcmp(record.pathway, switching->chosen->pathway)
        && switching->n_off < MAX_SCALES) {
        switching->off[switching->n_off++] = stored->id;
    }
    return code;
}

static enum kor_code
parse_stored(void *to, const struct kor_stored_course *stored,
             struct kor_err *err)
{
    return kor_course_parse(stored->certificate, strlen(stored->certificate),
                            to, err);
}

static enum kor_code
switch_on(struct kor_context *context, int64_t id)
{
    struct kor_course_record chosen;
    struct switching switching = {.chosen = &chosen, .chosen_id = id};
    struct kor_store *store = context->desk->store;
    enum kor_code code = kor_store_course_load(store, id, parse_stored,
                                               &chosen, context->err);
    if (code == KOR_OK) {
        code = kor_store_courses_in_use(store, chosen.instrument, find_rivals,
                                        &switching, context->err);
    }
    for (size_t i = 0; i < switching.n_off && code == KOR_OK; i++) {
        code = kor_store_course_use(store, switching.off[i], false,
                                    context->err);
    }
    return code == KOR_OK
               ? kor_store_course_use(store, id, true, context->err)
               : code;
}

enum kor_code
kor_handle_course_use(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_course_use *msg = request;
    enum kor_code code = kor_course_reply(context, msg->id, reply);
    if (code == KOR_OK) {
        kor_message_done(&kor_message_course, reply);
        code = msg->off ? kor_store_course_use(context->desk->store, msg->id,
                                               false, context->err)
                        : switch_on(context, msg->id);
    }
    return code == KOR_OK ? kor_course_reply(context, msg->id, reply) : code;
}

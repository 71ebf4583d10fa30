/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programmes under a code: what was agreed until the next contact, what is
 * done, and that the client came. */

#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/programme.h"
#include "store/programme.h"

#define MAX_AHEAD_DAYS 366

/* The pathway of an episode that has modules. */
static enum kor_code
find_pathway(struct kor_context *context, const struct kor_episode *episode,
             const struct kor_pathway **pathway)
{
    const struct kor_desk_pathway *found;
    enum kor_code code = KOR_NOT_FOUND;
    if (episode->pathway_id) {
        code = kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                      &found, context->err);
        *pathway = code == KOR_OK ? &found->def : NULL;
    }
    return code == KOR_NOT_FOUND || (code == KOR_OK && !(*pathway)->n_modules)
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "this episode's pathway has no modules: 'kor "
                          "pathway show' tells which have")
               : code;
}

static enum kor_code
find_module(struct kor_context *context, const struct kor_pathway *pathway,
            const char *key, const char *field)
{
    return kor_pathway_module(pathway, key)
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, field,
                          "'%s' is no module of the pathway '%s': 'kor "
                          "pathway show %s' lists them", key, pathway->key,
                          pathway->key);
}

static struct kor_msg_part *
find_part(struct kor_msg_parts *parts, const char *module)
{
    for (size_t i = 0; i < parts->n_parts; i++) {
        if (!strcmp(parts->parts[i].module, module)) {
            return &parts->parts[i];
        }
    }
    return NULL;
}

/* A module that a newer version of the pathway has no more is left out. */
static void
put_part(void *to, const struct kor_part *part)
{
    struct kor_msg_part *out = find_part(to, part->module);
    if (out) {
        out->agreed = part->agreed_date;
        out->until = part->until_date;
        out->done = part->done_date;
    }
}

/* All modules in order, each with how far it is. */
static enum kor_code
reply_with(struct kor_context *context, const struct kor_episode *episode,
           const struct kor_pathway *pathway, struct kor_msg_parts *reply)
{
    struct kor_store *store = context->desk->store;
    int32_t today = kor_desk_today(context->desk);
    kor_utf8_copy(reply->code, sizeof reply->code, episode->person.code);
    reply->log_ins = 0;
    reply->parts = kor_alloc_array(pathway->n_modules, sizeof *reply->parts);
    for (size_t i = 0; i < pathway->n_modules; i++) {
        struct kor_msg_part *out = &reply->parts[reply->n_parts++];
        kor_message_init(&kor_message_part, out);
        kor_utf8_copy(out->module, sizeof out->module,
                      pathway->modules[i].key);
        kor_utf8_copy(out->name, sizeof out->name,
                      kor_words_in(&pathway->modules[i].names,
                                   context->lang));
    }
    enum kor_code code
        = kor_store_parts(store, episode->id, put_part, reply, context->err);
    for (size_t i = 0; i < reply->n_parts; i++) {
        struct kor_msg_part *out = &reply->parts[i];
        out->behind = out->until != KOR_NO_DATE && out->until < today
                   && out->done == KOR_NO_DATE;
    }
    return code == KOR_OK
               ? kor_store_log_ins(store, episode->id, &reply->log_ins,
                                   &reply->seen_ms, context->err)
               : code;
}

enum kor_code
kor_programme_of(struct kor_context *context,
                 const struct kor_episode *episode,
                 struct kor_msg_parts **out, size_t *n)
{
    const struct kor_desk_pathway *pathway;
    enum kor_code code = KOR_OK;
    *n = 0;
    if (episode->pathway_id) {
        code = kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                      &pathway, context->err);
    }
    if (code == KOR_OK && episode->pathway_id && pathway->def.n_modules) {
        *out = kor_alloc(sizeof **out);
        kor_message_init(&kor_message_parts, *out);
        *n = 1;
        code = reply_with(context, episode, &pathway->def, *out);
    }
    return code;
}

/* Finds the open episode and its pathway. */
static enum kor_code
begin(struct kor_context *context, const char *client,
      struct kor_timeline **timeline, const struct kor_pathway **pathway)
{
    enum kor_code code
        = kor_context_open_timeline(context, client, timeline);
    return code == KOR_OK
               ? find_pathway(context, &(*timeline)->episode, pathway)
               : code;
}

/* --- agreeing ----------------------------------------------------------- */

static enum kor_code
check_agreement(struct kor_context *context,
                const struct kor_pathway *pathway,
                const struct kor_msg_part_agree *msg)
{
    int32_t today = kor_desk_today(context->desk);
    if (msg->until < today || msg->until > today + MAX_AHEAD_DAYS) {
        char first[KOR_DATE_SIZE], last[KOR_DATE_SIZE];
        return kor_fail(context->err, KOR_BAD_VALUE, "until",
                        "the next contact is on a day from today, %s, to %s",
                        kor_date_format(today, first),
                        kor_date_format(today + MAX_AHEAD_DAYS, last));
    }
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < msg->n_modules && code == KOR_OK; i++) {
        code = find_module(context, pathway, msg->modules[i], "modules");
    }
    return code;
}

enum kor_code
kor_handle_part_agree(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_part_agree *msg = request;
    struct kor_timeline *timeline;
    const struct kor_pathway *pathway;
    enum kor_code code = begin(context, msg->code, &timeline, &pathway);
    if (code == KOR_OK) {
        code = check_agreement(context, pathway, msg);
    }
    for (size_t i = 0; i < msg->n_modules && code == KOR_OK; i++) {
        struct kor_part part
            = {.agreed_date = kor_desk_today(context->desk),
               .until_date = msg->until};
        kor_utf8_copy(part.module, sizeof part.module, msg->modules[i]);
        code = kor_store_part_put(context->desk->store, timeline->episode.id,
                                  &part, context->err);
    }
    if (code == KOR_OK) {
        kor_context_event(context, timeline);
        code = reply_with(context, &timeline->episode, pathway, reply);
    }
    return code;
}

/* --- done --------------------------------------------------------------- */

enum kor_code
kor_handle_part_done(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_part_done *msg = request;
    struct kor_msg_parts *out = reply;
    struct kor_timeline *timeline;
    const struct kor_pathway *pathway;
    struct kor_part part = {.done_date = msg->undo
                                ? KOR_NO_DATE
                                : kor_desk_today(context->desk)};
    enum kor_code code = begin(context, msg->code, &timeline, &pathway);
    if (code == KOR_OK) {
        code = find_module(context, pathway, msg->module, "module");
    }
    if (code == KOR_OK) {
        code = reply_with(context, &timeline->episode, pathway, out);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct kor_msg_part *there = find_part(out, msg->module);
    if (there->agreed == KOR_NO_DATE) {
        return kor_fail(context->err, KOR_CONFLICT, "module",
                        "'%s' was not agreed yet: 'kor part agree' does that",
                        msg->module);
    }
    kor_utf8_copy(part.module, sizeof part.module, msg->module);
    there->done = part.done_date;
    there->behind = msg->undo
                 && there->until < kor_desk_today(context->desk);
    kor_context_event(context, timeline);
    return kor_store_part_done(context->desk->store, timeline->episode.id,
                               &part, context->err);
}

/* --- coming ------------------------------------------------------------- */

enum kor_code
kor_handle_seen(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_msg_seen *msg = request;
    struct kor_timeline *timeline;
    const struct kor_pathway *pathway;
    enum kor_code code = begin(context, msg->code, &timeline, &pathway);
    if (code == KOR_OK) {
        code = kor_store_log_in_add(context->desk->store,
                                    timeline->episode.id, context->now_ms,
                                    context->err);
    }
    if (code == KOR_OK) {
        code = kor_dues_log_in(context, timeline);
    }
    if (code == KOR_OK) {
        kor_context_event(context, timeline);
        code = reply_with(context, &timeline->episode, pathway, reply);
    }
    return code;
}

enum kor_code
kor_handle_part_list(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_part_list *msg = request;
    struct kor_timeline timeline = {0};
    const struct kor_pathway *pathway;
    enum kor_code code
        = kor_context_load(context, msg->code, KOR_NO_INT, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    code = find_pathway(context, &timeline.episode, &pathway);
    if (code == KOR_OK) {
        code = reply_with(context, &timeline.episode, pathway, reply);
    }
    kor_timeline_done(&timeline);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pathways: the catalogue of them, and bringing an episode along one. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/recording.h"
#include "service/which.h"

#define MAX_PATHWAYS 1000

/* --- the catalogue ------------------------------------------------------ */

static void
pathway_message(const struct kor_pathway *def, enum kor_lang lang,
                struct kor_msg_pathway *out)
{
    kor_message_init(&kor_message_pathway, out);
    kor_utf8_copy(out->key, sizeof out->key, def->key);
    kor_utf8_copy(out->version, sizeof out->version, def->version);
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_words_in(&def->names, lang));
    kor_utf8_copy(out->lead, sizeof out->lead, def->lead);
    out->phases = (int64_t)def->n_phases;
}

/* A pathway can ask for nothing that is not there. */
static enum kor_code
check_rule(struct kor_context *context, const struct kor_rule *rule)
{
    char path[KOR_RULE_PATH_SIZE];
    const struct kor_scale *scale;
    const struct kor_desk_form *form;
    if (rule->kind == KOR_RULE_CONTACT) {
        return KOR_OK;
    }
    enum kor_code code
        = rule->kind == KOR_RULE_SCALE
              ? kor_desk_scale(context->desk, rule->key, &scale, NULL)
              : kor_desk_form(context->desk, rule->key, "", &form, NULL);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, KOR_BAD_VALUE,
                          kor_rule_path(rule, path),
                          "%s names '%s', which is not there: add it first, "
                          "or take it out", path, rule->key)
               : code;
}

/* Reads the definition and looks whether all that it names is there. */
static enum kor_code
read_definition(struct kor_context *context, const char *text,
                struct kor_pathway *def)
{
    enum kor_code code
        = kor_pathway_parse(text, strlen(text), def, context->err);
    for (size_t i = 0; i < def->n_rules && code == KOR_OK; i++) {
        code = check_rule(context, &def->rules[i]);
    }
    return code;
}

static enum kor_code
add(struct kor_context *context, const struct kor_pathway *def,
    const char *text)
{
    int64_t id;
    enum kor_code code = kor_store_definition_add(
        context->desk->store, KOR_DEFINITION_PATHWAY, def->key, def->version,
        text, context->now_ms, &id, context->err);
    return code == KOR_DUPLICATE
               ? kor_fail(context->err, KOR_DUPLICATE, "version",
                          "%s is there in version %s already: a definition "
                          "never changes, give it a new version", def->key,
                          def->version)
               : code;
}

enum kor_code
kor_handle_pathway_add(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_pathway_add *msg = request;
    struct kor_pathway *def = kor_alloc(sizeof *def);
    enum kor_code code = read_definition(context, msg->definition, def);
    if (code == KOR_OK && !msg->check) {
        code = add(context, def, msg->definition);
    }
    if (code == KOR_OK) {
        pathway_message(def, context->lang, reply);
    }
    kor_pathway_done(def);
    free(def);
    return code;
}

enum kor_code
kor_handle_pathways(struct kor_context *context, const void *request,
                    void *reply)
{
    struct kor_msg_pathways *out = reply;
    int64_t ids[MAX_PATHWAYS];
    size_t n = 0;
    (void)request;
    enum kor_code code = kor_store_definitions(
        context->desk->store, KOR_DEFINITION_PATHWAY, MAX_PATHWAYS, ids, &n,
        context->err);
    out->pathways = kor_alloc_array(n, sizeof *out->pathways);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        const struct kor_desk_pathway *pathway;
        code = kor_desk_pathway_by_id(context->desk, ids[i], &pathway,
                                      context->err);
        if (code == KOR_OK) {
            pathway_message(&pathway->def, context->lang,
                            &out->pathways[out->n_pathways++]);
        }
    }
    return code;
}

enum kor_code
kor_handle_pathway(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_pathway *msg = request;
    struct kor_msg_pathway *out = reply;
    const struct kor_desk_pathway *pathway;
    struct kor_buf definition = {0};
    int64_t id;
    enum kor_code code = kor_store_definition_find(
        context->desk->store, KOR_DEFINITION_PATHWAY, msg->key, msg->version,
        &id, &definition, context->err);
    if (code == KOR_NOT_FOUND) {
        code = kor_fail(context->err, code, "key",
                        "there is no pathway '%s' in that version: 'kor "
                        "pathway list' shows those there are", msg->key);
    }
    if (code == KOR_OK) {
        code = kor_desk_pathway_by_id(context->desk, id, &pathway,
                                      context->err);
    }
    if (code == KOR_OK) {
        pathway_message(&pathway->def, context->lang, out);
        out->definition = kor_strdup(kor_buf_text(&definition));
    }
    kor_buf_done(&definition);
    return code;
}

/* --- an episode along it ------------------------------------------------ */

/* Stores where the episode has come to, and what is due from 'date' on. */
static enum kor_code
come_to(struct kor_context *context, struct kor_timeline *timeline,
        int32_t date)
{
    const struct kor_episode *episode = &timeline->episode;
    enum kor_code code = kor_store_episode_pathway(context->desk->store,
                                                   episode, context->err);
    if (code == KOR_OK) {
        code = kor_dues_stage(context, episode, date);
    }
    kor_context_event(context, timeline);
    return code;
}

/* A phase that both have under one key goes on. */
static void
keep_phase(struct kor_context *context, const struct kor_episode *before,
           struct kor_episode *episode)
{
    const struct kor_desk_pathway *pathway;
    if (before->pathway_id
        && kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                  &pathway, NULL)
               == KOR_OK
        && kor_pathway_phase(&pathway->def, before->phase)) {
        kor_utf8_copy(episode->phase, sizeof episode->phase, before->phase);
        episode->phase_date = before->phase_date;
        episode->phase_session = before->phase_session;
    } else {
        episode->phase_date = kor_desk_today(context->desk);
    }
}

enum kor_code
kor_handle_pathway_move(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_pathway_move *msg = request;
    struct kor_look *look = &context->call->look;
    struct kor_timeline *timeline;
    kor_utf8_copy(look->object, sizeof look->object, msg->pathway);
    kor_utf8_copy(look->reason, sizeof look->reason, msg->reason);
    enum kor_code code
        = kor_context_open_timeline(context, msg->code, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_episode before = timeline->episode;
    struct kor_episode after = before;
    if (*msg->pathway) {
        kor_utf8_copy(after.pathway, sizeof after.pathway, msg->pathway);
    }
    code = kor_which_has_room(context, &after);
    if (code == KOR_OK) {
        code = kor_dues_begin(context, &after);
    }
    if (code == KOR_OK && after.pathway_id == before.pathway_id) {
        code = kor_fail(context->err, KOR_CONFLICT, "pathway",
                        "the episode goes by the newest version of '%s' "
                        "already", after.pathway);
    }
    if (code == KOR_OK) {
        code = kor_recording_check_versions(context, timeline, "pathway");
    }
    if (code != KOR_OK) {
        return code;
    }
    keep_phase(context, &before, &after);
    timeline->episode = after;
    code = come_to(context, timeline, kor_desk_today(context->desk));
    /* It may name another scale that leads. */
    if (code == KOR_OK) {
        code = kor_recording_relead(context, timeline,
                                    "judged again: on another pathway");
    }
    kor_episode_message(context, timeline, reply);
    return code;
}

/* The phase that is named, or the one that follows. */
static enum kor_code
find_phase(struct kor_context *context, const struct kor_episode *episode,
           const char *key, const struct kor_phase **phase)
{
    const struct kor_desk_pathway *pathway;
    if (!episode->pathway_id) {
        return kor_fail(context->err, KOR_CONFLICT, "code",
                        "this episode goes by no version of a pathway: 'kor "
                        "pathway move' lets it");
    }
    enum kor_code code = kor_desk_pathway_by_id(
        context->desk, episode->pathway_id, &pathway, context->err);
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_phase *now
        = kor_pathway_phase(&pathway->def, episode->phase);
    *phase = *key ? kor_pathway_phase(&pathway->def, key)
             : now && now->next != KOR_NO_LIMIT
                 ? &pathway->def.phases[now->next]
                 : NULL;
    return *phase ? KOR_OK
                  : kor_fail(context->err, KOR_BAD_VALUE, "phase",
                             *key ? KOR_N_("'%s' has no such phase: 'kor "
                                           "pathway show %s' lists them")
                                  : KOR_N_("'%s' has no phase after this one: "
                                           "'kor pathway show %s' lists them"),
                             pathway->def.key, pathway->def.key);
}

static enum kor_code
check_phase_date(struct kor_context *context,
                 const struct kor_episode *episode, int32_t date)
{
    int32_t today = kor_desk_today(context->desk);
    char first[KOR_DATE_SIZE], last[KOR_DATE_SIZE];
    return date < episode->phase_date || date > today
               ? kor_fail(context->err, KOR_BAD_VALUE, "date",
                          "a phase begins on a day from %s, when the one "
                          "before it did, to today, %s",
                          kor_date_format(episode->phase_date, first),
                          kor_date_format(today, last))
               : KOR_OK;
}

enum kor_code
kor_handle_phase_set(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_phase_set *msg = request;
    struct kor_timeline *timeline;
    const struct kor_phase *phase;
    int32_t date = msg->date == KOR_NO_DATE ? kor_desk_today(context->desk)
                                            : msg->date;
    enum kor_code code
        = kor_context_open_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = find_phase(context, &timeline->episode, msg->phase, &phase);
    }
    if (code == KOR_OK) {
        code = check_phase_date(context, &timeline->episode, date);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(timeline->episode.phase, sizeof timeline->episode.phase,
                  phase->key);
    timeline->episode.phase_date = date;
    timeline->episode.phase_session = 0;
    code = come_to(context, timeline, date);
    kor_episode_message(context, timeline, reply);
    return code;
}

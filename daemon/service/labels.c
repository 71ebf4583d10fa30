/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels: the daemon keeps and hands out what it cannot read. */

#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/base/base64.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "store/label.h"

static enum kor_code
refuse_bytes(struct kor_context *context, const char *field)
{
    return kor_fail(context->err, KOR_BAD_VALUE, field,
                    "this is not base64 of the right length: use 'kor "
                    "label'");
}

enum kor_code
kor_context_label(struct kor_context *context, int64_t person_id, char *label,
                  int64_t *label_key)
{
    uint8_t sealed[KOR_LABEL_SIZE];
    int64_t key_id = 0;
    enum kor_code code = kor_store_label_find(
        context->desk->store, person_id, &key_id, sealed, context->err);
    if (code == KOR_OK && key_id) {
        kor_base64_write(sealed, sizeof sealed, label);
        *label_key = key_id;
    }
    return code;
}

/* --- the key of a unit's labels ------------------------------------------ */

/* A unit is an object that belongs to nobody in particular. */
static enum kor_code
check_unit(struct kor_context *context, const char *unit_path)
{
    struct kor_call *call = context->call;
    const struct kor_object object = {.therapist = "",
                                      .cover = "",
                                      .supervisor = "-",
                                      .unit_path = unit_path};
    enum kor_code code = kor_access_check(
        &call->caller, call->request.has_token, call->request.verb, &object,
        &call->look.grant, context->err);
    return code == KOR_FORBIDDEN
               ? kor_fail(context->err, code, "unit",
                          "this unit is none of yours: its own staff read "
                          "its labels")
               : code;
}

/* The unit that is meant: the one named, or the caller's own. */
static enum kor_code
name_unit(struct kor_context *context, const char *name,
          struct kor_unit *unit)
{
    struct kor_account own = {0};
    enum kor_code code = kor_store_account_load(
        context->desk->store, context->call->caller.account_id, &own,
        context->err);
    kor_utf8_copy(unit->name, sizeof unit->name,
                  *name       ? name
                  : *own.unit ? own.unit
                              : context->desk->clinic->unit);
    return code;
}

/* Finds the unit and its newest key; key->id is 0 if it has none. */
static enum kor_code
find_by_unit(struct kor_context *context, const char *name,
             struct kor_label_key *key)
{
    struct kor_store *store = context->desk->store;
    struct kor_unit unit = {0};
    enum kor_code code = name_unit(context, name, &unit);
    if (code == KOR_OK) {
        code = kor_store_unit_find(store, &unit, context->err);
    }
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, code, "unit",
                        "there is no unit '%s': an administrator adds units",
                        unit.name);
    }
    if (code == KOR_OK) {
        code = kor_store_label_key_find(store, 0, unit.name, key,
                                        context->err);
        code = code == KOR_NOT_FOUND ? KOR_OK : code;
    }
    key->unit = unit;
    return code;
}

static enum kor_code
find_by_id(struct kor_context *context, int64_t id, struct kor_label_key *key)
{
    enum kor_code code = kor_store_label_key_find(context->desk->store, id, "",
                                                  key, context->err);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, code, "key",
                          "there is no key of labels with that number")
               : code;
}

static void
put_member(void *to, const struct kor_label_member *member)
{
    struct kor_msg_label_key *out = to;
    struct kor_msg_label_member *row = &out->members[out->n_members++];
    kor_message_init(&kor_message_label_member, row);
    row->actor = member->actor_id;
    kor_utf8_copy(row->name, sizeof row->name, member->name);
    zmq_z85_encode(row->public, member->public_key,
                   sizeof member->public_key);
    row->can_open = member->has_share;
}

static enum kor_code
put_share(struct kor_context *context, int64_t key_id,
          struct kor_msg_label_key *out)
{
    uint8_t sealed[KOR_LABEL_SHARE_SIZE];
    enum kor_code code = kor_store_label_share_find(
        context->desk->store, key_id, context->call->caller.actor_id, sealed,
        context->err);
    if (code == KOR_OK) {
        kor_base64_write(sealed, sizeof sealed, out->share);
    }
    return code == KOR_NOT_FOUND ? KOR_OK : code;
}

static enum kor_code
put_key(struct kor_context *context, const struct kor_label_key *key,
        struct kor_msg_label_key *out)
{
    kor_utf8_copy(out->unit, sizeof out->unit, key->unit.name);
    kor_utf8_copy(context->call->look.unit, sizeof context->call->look.unit,
                  key->unit.path);
    enum kor_code code = KOR_OK;
    if (key->id) {
        out->key = key->id;
        kor_base64_write(key->proof, sizeof key->proof, out->proof);
        code = put_share(context, key->id, out);
    }
    out->members = kor_alloc_array(1000, sizeof *out->members);
    return code == KOR_OK ? kor_store_label_members(
                                context->desk->store, key->id, key->unit.path,
                                context->now_ms, put_member, out,
                                context->err)
                          : code;
}

enum kor_code
kor_handle_label_key(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_label_unit *msg = request;
    struct kor_label_key key = {0};
    enum kor_code code = msg->key == KOR_NO_INT
                             ? find_by_unit(context, msg->unit, &key)
                             : find_by_id(context, msg->key, &key);
    if (code == KOR_OK) {
        code = check_unit(context, key.unit.path);
    }
    return code == KOR_OK ? put_key(context, &key, reply) : code;
}

enum kor_code
kor_handle_label_begin(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_label_begin *msg = request;
    struct kor_store *store = context->desk->store;
    int64_t me = context->call->caller.actor_id;
    struct kor_label_key key = {0};
    uint8_t share[KOR_LABEL_SHARE_SIZE];
    enum kor_code code = find_by_unit(context, msg->unit, &key);
    if (code == KOR_OK) {
        code = check_unit(context, key.unit.path);
    }
    if (code == KOR_OK && !kor_base64_read(msg->share, share, sizeof share)) {
        code = refuse_bytes(context, "share");
    }
    if (code == KOR_OK
        && !kor_base64_read(msg->proof, key.proof, sizeof key.proof)) {
        code = refuse_bytes(context, "proof");
    }
    if (code == KOR_OK) {
        code = kor_store_label_key_add(store, &key, context->now_ms, me,
                                       context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_label_share(store, key.id, me, share, me,
                                     context->now_ms, context->err);
    }
    return code == KOR_OK ? put_key(context, &key, reply) : code;
}

/* Is the key 'actor' one of the unit's staff? */
static bool
is_member(const struct kor_msg_label_key *state, int64_t actor)
{
    for (size_t i = 0; i < state->n_members; i++) {
        if (state->members[i].actor == actor) {
            return true;
        }
    }
    return false;
}

/* Whoever can open it hands it on; and a key kept outside brings it back to
 * oneself, which nobody but a holder of that key can do to any use: what is
 * closed wrongly is found by its proof. */
enum kor_code
kor_handle_label_share(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_label_share *msg = request;
    struct kor_msg_label_key *out = reply;
    struct kor_label_key key = {0};
    uint8_t share[KOR_LABEL_SHARE_SIZE];
    enum kor_code code = find_by_id(context, msg->key, &key);
    if (code == KOR_OK) {
        code = check_unit(context, key.unit.path);
    }
    if (code == KOR_OK && !kor_base64_read(msg->share, share, sizeof share)) {
        code = refuse_bytes(context, "share");
    }
    if (code == KOR_OK) {
        code = put_key(context, &key, out);
    }
    if (code == KOR_OK && !is_member(out, msg->actor)) {
        code = kor_fail(context->err, KOR_NOT_FOUND, "actor",
                        "this key is none of the unit's staff");
    }
    if (code == KOR_OK && !out->share[0]
        && msg->actor != context->call->caller.actor_id) {
        code = kor_fail(context->err, KOR_FORBIDDEN, "key",
                        "this key cannot open the labels itself: somebody "
                        "who can has to share them");
    }
    return code == KOR_OK
               ? kor_store_label_share(context->desk->store, key.id,
                                       msg->actor, share,
                                       context->call->caller.actor_id,
                                       context->now_ms, context->err)
               : code;
}

/* --- the label of a client ----------------------------------------------- */

static enum kor_code
check_label(struct kor_context *context, const struct kor_msg_label *msg,
            const struct kor_episode *episode, uint8_t sealed[KOR_LABEL_SIZE])
{
    struct kor_label_key key = {0};
    if (!kor_base64_read(msg->label, sealed, KOR_LABEL_SIZE)) {
        return refuse_bytes(context, "label");
    }
    enum kor_code code = msg->key == KOR_NO_INT
                             ? kor_fail(context->err, KOR_BAD_VALUE, "key",
                                        "a label needs the number of the key "
                                        "it is closed with")
                             : find_by_id(context, msg->key, &key);
    return code == KOR_OK && strcmp(key.unit.name, episode->unit)
               ? kor_fail(context->err, KOR_CONFLICT, "key",
                          "the label is closed for the unit %s, and the "
                          "client is at %s", key.unit.name, episode->unit)
               : code;
}

enum kor_code
kor_handle_label_set(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_label *msg = request;
    struct kor_msg_labelled *out = reply;
    struct kor_timeline *timeline;
    uint8_t sealed[KOR_LABEL_SIZE];
    enum kor_code code = kor_context_person(context, msg->code, &timeline);
    if (code == KOR_OK && msg->label[0]) {
        code = check_label(context, msg, &timeline->episode, sealed);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(out->code, sizeof out->code, timeline->episode.person.code);
    kor_utf8_copy(out->unit, sizeof out->unit, timeline->episode.unit);
    code = kor_store_label_put(context->desk->store,
                               timeline->episode.person.id, msg->key,
                               msg->label[0] ? sealed : NULL, context->err);
    return code == KOR_OK
               ? kor_context_label(context, timeline->episode.person.id,
                                   out->label, &out->label_key)
               : code;
}

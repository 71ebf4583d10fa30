/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the access log says: see service/look.h. */

#include "service/look.h"

#include <string.h>

#include "kor/base/utf8.h"
#include "service/service.h"

void
kor_look_done(struct kor_look *look)
{
    kor_buf_done(&look->people);
}

void
kor_look_at(struct kor_look *look, const struct kor_episode *episode)
{
    if (look->code[0] && strcmp(look->code, episode->person.code)) {
        kor_look_saw(look, episode->person.id);
        return;
    }
    kor_utf8_copy(look->unit, sizeof look->unit, episode->unit_path);
    kor_utf8_copy(look->code, sizeof look->code, episode->person.code);
    look->episode = episode->number;
}

void
kor_look_saw(struct kor_look *look, int64_t person_id)
{
    uint8_t bytes[KOR_LOG_NUMBER_SIZE];
    kor_log_bytes(person_id, bytes);
    size_t size = look->people.size;
    if (size < sizeof bytes
        || memcmp(look->people.text + size - sizeof bytes, bytes,
                  sizeof bytes)) {
        kor_buf_add(&look->people, bytes, sizeof bytes);
    }
}

bool
kor_look_is_logged(const struct kor_call *call)
{
    return call->look.action || call->request.verb != KOR_VERB_PING
        || call->code != KOR_OK;
}

/* The word of what was asked; a frame that could not be read asked nothing. */
static const char *
action_of(const struct kor_call *call)
{
    return call->look.action    ? call->look.action
           : call->request.body ? kor_verb_info(call->request.verb)->wire
                                : "unreadable";
}

enum kor_code
kor_look_store(struct kor_store *store, struct kor_log_tail *tail,
               const struct kor_call *call, int64_t now_ms,
               struct kor_err *err)
{
    const struct kor_look *look = &call->look;
    struct kor_log_row row = {.at_ms = now_ms,
                              .actor_id = call->caller.actor_id,
                              .episode = look->episode,
                              .people = look->people};
    kor_utf8_copy(row.name, sizeof row.name, call->caller.name);
    kor_utf8_copy(row.action, sizeof row.action, action_of(call));
    kor_utf8_copy(row.unit, sizeof row.unit, look->unit);
    kor_utf8_copy(row.code, sizeof row.code, look->code);
    kor_utf8_copy(row.object, sizeof row.object, look->object);
    kor_utf8_copy(row.reason, sizeof row.reason, look->reason);
    kor_utf8_copy(row.outcome, sizeof row.outcome, kor_code_wire(call->code));
    if (look->grant.relation) {
        kor_utf8_copy(row.role, sizeof row.role,
                      kor_actor_role_word(look->grant.role));
        kor_utf8_copy(row.ground, sizeof row.ground,
                      kor_relation_word(look->grant.relation));
    }
    memcpy(row.request, call->request.uuid, sizeof row.request);
    return kor_store_log_add(store, tail, &row, err);
}

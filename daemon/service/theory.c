/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client thinks will help. */

#include "store/theory.h"

#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"

#define MAX_THEORIES 200 /* As in the message. */

static void
theory_message(const struct kor_episode *episode,
               const struct kor_theory *theory, struct kor_msg_theory *out)
{
    kor_message_init(&kor_message_theory, out);
    kor_utf8_copy(out->code, sizeof out->code, episode->person.code);
    out->episode = episode->number;
    out->version = theory->version;
    kor_utf8_copy(out->text, sizeof out->text, theory->text);
    out->at_ms = theory->at_ms;
    kor_utf8_copy(out->by, sizeof out->by, theory->by);
}

enum kor_code
kor_theories_of(struct kor_context *context,
                const struct kor_episode *episode,
                struct kor_msg_theory **out, size_t *n_out)
{
    struct kor_theory *all = kor_alloc_array(MAX_THEORIES, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_theories(context->desk->store, episode->id,
                                            MAX_THEORIES, all, &n,
                                            context->err);
    *out = kor_alloc_array(n, sizeof **out);
    for (*n_out = 0; *n_out < n; (*n_out)++) {
        theory_message(episode, &all[*n_out], &(*out)[*n_out]);
    }
    free(all);
    return code;
}

enum kor_code
kor_handle_theory_set(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_theory_set *msg = request;
    const struct kor_caller *caller = &context->call->caller;
    struct kor_timeline *timeline;
    struct kor_theory theory = {.version = 0};
    size_t n = 0;
    enum kor_code code
        = kor_context_open_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = kor_check_line(context, "text", msg->text);
    }
    if (code == KOR_OK) {
        code = kor_store_theories(context->desk->store, timeline->episode.id,
                                  1, &theory, &n, context->err);
    }
    if (code != KOR_OK) {
        return code;
    }
    theory.version++;
    theory.at_ms = context->now_ms;
    theory.actor_id = caller->actor_id;
    kor_utf8_copy(theory.text, sizeof theory.text, msg->text);
    kor_utf8_copy(theory.by, sizeof theory.by, caller->name);
    theory_message(&timeline->episode, &theory, reply);
    kor_context_event(context, timeline);
    return kor_store_theory_add(context->desk->store, timeline->episode.id,
                                &theory, context->err);
}

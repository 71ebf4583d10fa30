/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of several open episodes is meant: see service/which.h. */

#include "service/which.h"

#include "access/check.h"
#include "kor/base/buf.h"
#include "service/partners.h"

/* What an episode is to the caller. */
enum rank { UNSEEN, SEEN, MINE };

/* Those of a client that are open, in that order. */
struct open_ones {
    struct kor_episode all[KOR_MAX_OPEN_EPISODES];
    enum rank ranks[KOR_MAX_OPEN_EPISODES];
    size_t n;
};

/* What is another therapist's may be seen as a partner. */
static enum kor_code
find_rank(struct kor_context *context, const struct kor_episode *episode,
          enum rank *rank)
{
    const struct kor_call *call = context->call;
    const struct kor_timeline timeline = {.episode = *episode};
    struct kor_object object = kor_context_object(context, &timeline);
    unsigned relations = kor_access_relations(&call->caller, &object);
    if (relations
        & (unsigned)(KOR_RELATION_SELF | KOR_RELATION_OWN
                     | KOR_RELATION_COVER)) {
        *rank = MINE;
        return KOR_OK;
    }
    enum kor_code code = kor_partner_look(context, episode, &object);
    *rank = kor_access_check(&call->caller, call->request.has_token,
                             call->request.verb, &object, NULL, NULL)
                 == KOR_OK
                ? SEEN
                : UNSEEN;
    return code;
}

static enum kor_code
load_open(struct kor_context *context, const char *code,
          struct open_ones *open)
{
    struct kor_store *store = context->desk->store;
    struct kor_open_episodes found;
    enum kor_code result
        = kor_store_open_episodes(store, code, &found, context->err);
    open->n = found.n;
    for (size_t i = 0; i < open->n && result == KOR_OK; i++) {
        result = kor_store_episode_load(store, found.all[i].id, &open->all[i],
                                        context->err);
        if (result == KOR_OK) {
            result = find_rank(context, &open->all[i], &open->ranks[i]);
        }
    }
    return result;
}

/* How many have the highest rank, and the last one of them. */
static size_t
find_best(const struct open_ones *open, size_t *best)
{
    size_t n = 0;
    *best = 0;
    for (size_t i = 0; i < open->n; i++) {
        if (open->ranks[i] > open->ranks[*best]) {
            *best = i;
        }
    }
    for (size_t i = 0; i < open->n; i++) {
        n += open->ranks[i] == open->ranks[*best];
    }
    return n;
}

static enum kor_code
ask_which(struct kor_context *context, const struct open_ones *open,
          enum rank rank)
{
    struct kor_buf list = {0};
    char text[KOR_EPISODE_CODE_SIZE];
    for (size_t i = open->n; i-- > 0;) {
        const struct kor_episode *one = &open->all[i];
        if (open->ranks[i] == rank) {
            kor_buf_printf(&list, "%s%s (%s)", list.size ? ", " : "",
                           kor_episode_code_format(one->person.code,
                                                   one->number, text),
                           one->pathway);
        }
    }
    enum kor_code code
        = kor_fail(context->err, KOR_CONFLICT, "code",
                   "this client has several open episodes: write one of %s",
                   kor_buf_text(&list));
    kor_buf_done(&list);
    return code;
}

enum kor_code
kor_which_episode(struct kor_context *context, const char *code,
                  bool is_of_person, int32_t *number)
{
    struct open_ones open = {.n = 0};
    size_t best;
    enum kor_code result = load_open(context, code, &open);
    if (result != KOR_OK) {
        return result;
    }
    size_t n = find_best(&open, &best);
    bool is_any = is_of_person || context->call->caller.person_id
               || open.ranks[best] == UNSEEN;
    if (n > 1 && !is_any) {
        return ask_which(context, &open, open.ranks[best]);
    }
    *number = open.all[best].number;
    return KOR_OK;
}

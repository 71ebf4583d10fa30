/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of several open episodes is meant: see service/which.h. */

#include "service/which.h"

#include <string.h>

#include "access/check.h"
#include "kor/base/buf.h"
#include "service/own.h"
#include "store/glass.h"

/* What an episode is to the caller. */
enum rank { UNSEEN, SEEN, MINE, PROGRAMME, AGREED };

/* Those of a client that are open, in that order. */
struct open_ones {
    struct kor_episode all[KOR_MAX_OPEN_EPISODES];
    enum rank ranks[KOR_MAX_OPEN_EPISODES];
    size_t n;
};

/* How the caller is related to it, with all that is looked up for that: an
 * answer to talk about, a partner's part, broken glass. */
static enum kor_code
load_object(struct kor_context *context, const struct kor_episode *episode,
            struct kor_object *object)
{
    const struct kor_call *call = context->call;
    struct kor_timeline timeline = {.episode = *episode};
    enum kor_code code = kor_store_timeline_signals(
        context->desk->store, &timeline, context->err);
    *object = kor_context_object(context, &timeline);
    object->therapist = episode->therapist;
    object->cover = *object->cover ? episode->cover : "";
    object->supervisor = episode->supervisor;
    object->unit_path = episode->unit_path;
    kor_timeline_done(&timeline);
    if (code == KOR_OK) {
        code = kor_context_partner(context, episode, object);
    }
    if (code == KOR_OK
        && kor_access_may_break(&call->caller, call->request.verb)) {
        code = kor_store_glass_is_broken(
            context->desk->store, object->person_id, call->caller.account_id,
            context->now_ms, &object->is_glass_broken, context->err);
    }
    return code;
}

/* Of a client's own, the one for which something is agreed today comes first,
 * then a programme, which is what the own key is for. */
static enum kor_code
rank_own(struct kor_context *context, const struct kor_episode *episode,
         enum rank *rank)
{
    const struct kor_timeline timeline = {.episode = *episode};
    const struct kor_desk_pathway *pathway;
    bool is_alone = true;
    *rank = MINE;
    enum kor_code code = kor_own_is_alone(
        context, &timeline, kor_desk_today(context->desk), &is_alone);
    if (code == KOR_OK && episode->pathway_id) {
        code = kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                      &pathway, context->err);
        *rank = code == KOR_OK && pathway->def.n_modules ? PROGRAMME : MINE;
    }
    *rank = is_alone ? *rank : AGREED;
    return code;
}

static enum kor_code
find_rank(struct kor_context *context, const struct kor_episode *episode,
          enum rank *rank)
{
    const struct kor_call *call = context->call;
    struct kor_object object;
    *rank = UNSEEN;
    enum kor_code code = load_object(context, episode, &object);
    if (code != KOR_OK) {
        return code;
    }
    unsigned relations = kor_access_relations(&call->caller, &object);
    if (relations & KOR_RELATION_SELF) {
        return rank_own(context, episode, rank);
    }
    if (relations & (unsigned)(KOR_RELATION_OWN | KOR_RELATION_COVER)) {
        *rank = MINE;
    } else if (kor_access_check(&call->caller, call->request.has_token,
                                call->request.verb, &object, NULL, NULL)
               == KOR_OK) {
        *rank = SEEN;
    }
    return KOR_OK;
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

/* Nothing goes one way twice. */
static enum kor_code
check_other(struct kor_context *context, int64_t id,
            const struct kor_episode *episode)
{
    struct kor_episode other;
    enum kor_code code = kor_store_episode_load(context->desk->store, id,
                                                &other, context->err);
    return code == KOR_OK && other.number != episode->number
                && !strcmp(other.pathway, episode->pathway)
               ? kor_fail(context->err, KOR_CONFLICT, "pathway",
                          "this client has an open episode on '%s' already: "
                          "name another pathway", other.pathway)
               : code;
}

enum kor_code
kor_which_has_room(struct kor_context *context,
                   const struct kor_episode *episode)
{
    struct kor_open_episodes open;
    bool is_one = false;
    enum kor_code code = kor_store_open_episodes(
        context->desk->store, episode->person.code, &open, context->err);
    for (size_t i = 0; i < open.n && code == KOR_OK; i++) {
        is_one |= open.all[i].number == episode->number;
        code = check_other(context, open.all[i].id, episode);
    }
    return code == KOR_OK && !is_one && open.n == KOR_MAX_OPEN_EPISODES
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "a client has at most %d open episodes",
                          KOR_MAX_OPEN_EPISODES)
               : code;
}

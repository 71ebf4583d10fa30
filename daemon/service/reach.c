/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a code to the episode that it means, if the caller may: see
 * service/handlers.h. */

#include "access/check.h"
#include "service/handlers.h"
#include "service/which.h"
#include "store/glass.h"

static enum kor_code
check(struct kor_context *context, const struct kor_object *object)
{
    struct kor_call *call = context->call;
    return kor_access_check(&call->caller, call->request.has_token,
                            call->request.verb, object, &call->look.grant,
                            context->err);
}

/* Who could break the glass is told that it can be done. */
static enum kor_code
forbidden(const struct kor_context *context)
{
    return kor_fail(context->err, KOR_FORBIDDEN, "code",
                    "this client is another therapist's: in an emergency "
                    "'kor break-glass' opens the client, on record");
}

/* Whether the caller may see the episode; looked at or refused, it is noted.
 * Whether the caller is a partner, or has broken the glass, is looked for
 * last: next to nobody is or has. */
static enum kor_code
may(struct kor_context *context, const struct kor_timeline *timeline)
{
    struct kor_call *call = context->call;
    struct kor_object object = kor_context_object(context, timeline);
    kor_look_at(&call->look, &timeline->episode);
    enum kor_code code = check(context, &object);
    if (code == KOR_FORBIDDEN && !call->caller.person_id) {
        code = kor_context_partner(context, &timeline->episode, &object);
        code = code == KOR_OK ? check(context, &object) : code;
    }
    if (code == KOR_FORBIDDEN
        && kor_access_may_break(&call->caller, call->request.verb)) {
        enum kor_code found = kor_store_glass_is_broken(
            context->desk->store, object.person_id, call->caller.account_id,
            context->now_ms, &object.is_glass_broken, context->err);
        code = found != KOR_OK          ? found
               : object.is_glass_broken ? check(context, &object)
                                        : forbidden(context);
    }
    return code;
}

/* A client does not learn which other codes there are. */
static enum kor_code
only_own(const struct kor_context *context, enum kor_code code)
{
    return code == KOR_NOT_FOUND || code == KOR_FORBIDDEN
               ? kor_fail(context->err, KOR_FORBIDDEN, "code",
                          "this key is for its own code alone")
               : code;
}

static enum kor_code
get(struct kor_context *context, const char *text, bool is_of_person,
    struct kor_timeline **timeline)
{
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t number;
    enum kor_code result
        = kor_episode_code_parse(text, code, &number, context->err);
    if (result != KOR_OK) {
        return result;
    }
    number = is_of_person ? 0 : number;
    result = kor_timelines_get(context->timelines, context->desk, code, number,
                               timeline, context->err);
    if (result == KOR_CONFLICT && !number) {
        result = kor_which_episode(context, code, is_of_person, &number);
        if (result == KOR_OK) {
            result = kor_timelines_get(context->timelines, context->desk, code,
                                       number, timeline, context->err);
        }
    }
    return result;
}

static enum kor_code
get_and_check(struct kor_context *context, const char *text,
              bool is_of_person, struct kor_timeline **timeline)
{
    enum kor_code result = get(context, text, is_of_person, timeline);
    result = result == KOR_OK ? may(context, *timeline) : result;
    return context->call->caller.person_id ? only_own(context, result)
                                           : result;
}

enum kor_code
kor_context_timeline(struct kor_context *context, const char *text,
                     struct kor_timeline **timeline)
{
    return get_and_check(context, text, false, timeline);
}

enum kor_code
kor_context_person(struct kor_context *context, const char *text,
                   struct kor_timeline **timeline)
{
    return get_and_check(context, text, true, timeline);
}

enum kor_code
kor_context_open_timeline(struct kor_context *context, const char *text,
                          struct kor_timeline **timeline)
{
    enum kor_code code = kor_context_timeline(context, text, timeline);
    return code == KOR_OK && (*timeline)->episode.closed_date != KOR_NO_DATE
               ? kor_fail(context->err, KOR_CONFLICT, "code",
                          "this episode has ended: 'kor reopen' begins a new "
                          "one")
               : code;
}

/* The number in a code and one beside it are the same, or one is left out. */
static enum kor_code
read_number(struct kor_context *context, int64_t given, int32_t *number)
{
    if (given == KOR_NO_INT) {
        return KOR_OK;
    }
    if (*number && *number != given) {
        return kor_fail(context->err, KOR_BAD_VALUE, "episode",
                        "the code says episode %d: leave the other number out",
                        *number);
    }
    *number = (int32_t)given;
    return KOR_OK;
}

static enum kor_code
load(struct kor_context *context, const char *text, int64_t given,
     bool is_of_person, struct kor_timeline *timeline)
{
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t number;
    enum kor_code result
        = kor_episode_code_parse(text, code, &number, context->err);
    number = is_of_person ? 0 : number;
    if (result == KOR_OK) {
        result = read_number(context, given, &number);
    }
    if (result == KOR_OK) {
        result = kor_timeline_open(context->desk, code, number, timeline,
                                   context->err);
    }
    if (result == KOR_CONFLICT && !number) {
        result = kor_which_episode(context, code, is_of_person, &number);
        if (result == KOR_OK) {
            result = kor_timeline_open(context->desk, code, number, timeline,
                                       context->err);
        }
    }
    if (result == KOR_OK) {
        result = may(context, timeline);
        if (result != KOR_OK) {
            kor_timeline_done(timeline);
        }
    }
    return result;
}

enum kor_code
kor_context_load(struct kor_context *context, const char *text,
                 int64_t number, struct kor_timeline *timeline)
{
    return load(context, text, number, false, timeline);
}

enum kor_code
kor_context_load_person(struct kor_context *context, const char *text,
                        struct kor_timeline *timeline)
{
    return load(context, text, KOR_NO_INT, true, timeline);
}

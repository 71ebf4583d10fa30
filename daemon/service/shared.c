/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that count in several episodes: see service/shared.h. */

#include "service/shared.h"

#include <string.h>

#include "service/own.h"
#include "service/scoring.h"

/* What happens to a copy is told of its own episode, and changes nothing in what
 * is told of the answer. */
struct quiet {
    struct kor_event event;
    bool has_event;
};

static struct quiet
begin_quiet(struct kor_context *context)
{
    const struct quiet quiet
        = {context->call->event, context->call->has_event};
    context->call->event.message.n_signals = 0;
    return quiet;
}

static void
tell_of(struct kor_context *context, const struct kor_timeline *other)
{
    struct kor_msg_event *message = &context->call->event.message;
    kor_context_event_other(context, other, (enum kor_finding)0);
    for (size_t i = 0; i < message->n_signals; i++) {
        enum kor_finding finding;
        if (kor_finding_from(message->signals[i], &finding)) {
            kor_context_event_other(context, other, finding);
        }
    }
    message->n_signals = 0;
}

static void
end_quiet(struct kor_context *context, const struct quiet *quiet)
{
    context->call->event = quiet->event;
    context->call->has_event = quiet->has_event;
}

/* --- giving --------------------------------------------------------------- */

static bool
is_shareable(const struct kor_scale *scale)
{
    return scale->def.kind != KOR_KIND_ALLIANCE
        && scale->def.kind != KOR_KIND_GOAL;
}

/* Whether the pathway of the episode asks for it, in whatever phase. */
static enum kor_code
find_asks(struct kor_context *context, const struct kor_episode *episode,
          const struct kor_recorded *given, bool *asks)
{
    const struct kor_desk_pathway *pathway;
    *asks = false;
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = kor_desk_pathway_by_id(
        context->desk, episode->pathway_id, &pathway, context->err);
    for (size_t i = 0; code == KOR_OK && i < pathway->def.n_rules; i++) {
        const struct kor_rule *rule = &pathway->def.rules[i];
        char rater[KOR_RATER_SIZE];
        *asks |= rule->kind == KOR_RULE_SCALE
              && !strcmp(rule->key, given->scale->def.key)
              && !strcmp(kor_rater_format(&rule->rater, rater),
                         given->answer.rater);
    }
    return code;
}

static const struct kor_point *
find_point(const struct kor_timeline *other, size_t index,
           const struct kor_recorded *given)
{
    return kor_timeline_point(other, index, given->answer.instrument_id,
                              given->answer.rater);
}

static bool
is_answered(const struct kor_timeline *other, size_t index,
            const struct kor_recorded *given)
{
    const struct kor_point *there = find_point(other, index, given);
    return there && !there->is_struck;
}

/* Where the copy goes; false if there is no room for it. */
static bool
find_place(struct kor_context *context, const struct kor_timeline *other,
           const struct kor_session *session, const struct kor_recorded *given,
           bool is_alone, struct kor_place *place)
{
    const struct kor_place_wish wish
        = {.session = KOR_NO_INT,
           .date = session->session_date,
           .status = "",
           .mode = "",
           .has_answers = true,
           .is_alone = is_alone,
           .today = kor_desk_today(context->desk)};
    return kor_place_find(other, &wish, place, NULL) == KOR_OK
        && (place->is_new
            || !is_answered(other, place->index, given));
}

static enum kor_code
copy_to(struct kor_context *context, struct kor_timeline *other,
        const struct kor_session *session, const struct kor_recorded *given)
{
    struct kor_place place;
    bool is_alone = true;
    enum kor_code code
        = kor_is_own(context)
              ? kor_own_is_alone(context, other, session->session_date,
                                 &is_alone)
              : KOR_OK;
    if (code != KOR_OK
        || !find_place(context, other, session, given, is_alone, &place)) {
        return code;
    }
    code = kor_recording_session(context, other, &place);
    struct kor_recorded copy = *given;
    const struct kor_point *struck
        = code == KOR_OK ? find_point(other, place.index, given) : NULL;
    copy.answer.version = struck ? struck->version + 1 : 1;
    copy.answer.findings &= KOR_FORM_FINDINGS;
    copy.answer.shared_session_id = session->id;
    copy.session_index = place.index;
    if (code == KOR_OK) {
        code = kor_recording_store(context, other, &copy);
    }
    if (code == KOR_OK) {
        tell_of(context, other);
        code = kor_recording_await(context, other, place.index,
                                   kor_place_before(&place), &copy, 1);
    }
    return code;
}

enum kor_code
kor_shared_give(struct kor_context *context,
                const struct kor_timeline *timeline,
                const struct kor_recorded *given)
{
    const struct kor_session *session
        = &timeline->sessions[given->session_index];
    const char *client = timeline->episode.person.code;
    struct kor_open_episodes open = {.n = 0};
    const struct quiet quiet = begin_quiet(context);
    enum kor_code code = KOR_OK;
    /* What comes after the end is follow-up, of the one that ended. */
    if (is_shareable(given->scale)
        && timeline->episode.closed_date == KOR_NO_DATE) {
        code = kor_timelines_open(context->timelines, context->desk, client,
                                  &open, context->err);
    }
    for (size_t i = 0; i < open.n && code == KOR_OK; i++) {
        struct kor_timeline *other;
        bool asks = false;
        if (open.all[i].number == timeline->episode.number) {
            continue;
        }
        code = kor_timelines_get(context->timelines, context->desk, client,
                                 open.all[i].number, &other, context->err);
        if (code == KOR_OK) {
            code = find_asks(context, &other->episode, given, &asks);
        }
        if (code == KOR_OK && asks) {
            code = copy_to(context, other, session, given);
        }
    }
    end_quiet(context, &quiet);
    return code;
}

/* --- mending -------------------------------------------------------------- */

/* What is done to one copy. */
typedef enum kor_code (*mend_fn)(struct kor_context *context,
                                 struct kor_timeline *other, size_t index,
                                 const struct kor_recorded *to,
                                 const char *why);

static enum kor_code
mend_copies(struct kor_context *context, const struct kor_timeline *timeline,
            const struct kor_recorded *to, const char *why, mend_fn mend)
{
    const char *client = timeline->episode.person.code;
    struct kor_session_name copies[KOR_MAX_OPEN_EPISODES];
    const struct quiet quiet = begin_quiet(context);
    size_t n = 0;
    enum kor_code code = kor_store_answer_copies(
        context->desk->store, &to->answer, KOR_MAX_OPEN_EPISODES, copies, &n,
        context->err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        struct kor_timeline *other;
        code = kor_timelines_get(context->timelines, context->desk, client,
                                 copies[i].episode, &other, context->err);
        if (code == KOR_OK) {
            code = mend(context, other,
                        kor_timeline_session(other, copies[i].session), to,
                        why);
            tell_of(context, other);
        }
    }
    end_quiet(context, &quiet);
    return code;
}

static enum kor_code
correct_copy(struct kor_context *context, struct kor_timeline *other,
             size_t index, const struct kor_recorded *to, const char *why)
{
    struct kor_recorded copy = *to;
    const struct kor_point *there = kor_timeline_point(
        other, index, to->answer.instrument_id, to->answer.rater);
    (void)why;
    copy.answer.version = there ? there->version + 1 : 1;
    copy.answer.findings &= KOR_FORM_FINDINGS;
    copy.answer.shared_session_id = to->answer.session_id;
    copy.session_index = index;
    return kor_recording_correct(context, other, &copy);
}

enum kor_code
kor_shared_correct(struct kor_context *context,
                   const struct kor_timeline *timeline,
                   const struct kor_recorded *corrected)
{
    return mend_copies(context, timeline, corrected, "", correct_copy);
}

static enum kor_code
strike_copy(struct kor_context *context, struct kor_timeline *other,
            size_t index, const struct kor_recorded *to, const char *why)
{
    const struct kor_line line
        = {.scale = to->scale, .rater = to->answer.rater};
    return kor_recording_strike(context, other, &line, index, true, why);
}

enum kor_code
kor_shared_strike(struct kor_context *context,
                  const struct kor_timeline *timeline,
                  const struct kor_recorded *struck, const char *why)
{
    return mend_copies(context, timeline, struck, why, strike_copy);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due of an episode: see service/dues.h. */

#include "service/dues.h"

#include <string.h>

#include "kor/base/utf8.h"
#include "service/dues_provider.h"

#define LONG_AGO (-1000000) /* Before any date of an episode. */

/* When the client was met last. */
static enum kor_code
load_contact(struct dues *dues)
{
    return kor_store_last_held(dues->desk->store, dues->episode->id,
                               &dues->stage.contact_date, dues->err);
}

enum kor_code
kor_dues_begin(struct kor_context *context, struct kor_episode *episode)
{
    const struct kor_desk_pathway *pathway;
    enum kor_code code = kor_desk_pathway(context->desk, episode->pathway,
                                          &pathway, context->err);
    if (code == KOR_OK) {
        episode->pathway_id = pathway->id;
        episode->phase_date = episode->opened_date;
        episode->phase_session = 0;
        kor_utf8_copy(episode->phase, sizeof episode->phase,
                      pathway->def.phases[0].key);
    }
    return code;
}

enum kor_code
kor_dues_open(struct kor_context *context, const struct kor_episode *episode)
{
    struct dues dues;
    enum kor_code code = dues_begin(&dues, context->desk, episode,
                               episode->opened_date, context->err);
    if (code == KOR_OK) {
        kor_expect_open(&dues.list, &dues.stage);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_stage(struct kor_context *context, const struct kor_episode *episode,
               int32_t date)
{
    struct dues dues;
    enum kor_code code = dues_begin(&dues, context->desk, episode, date,
                               context->err);
    if (code == KOR_OK) {
        kor_expect_stage(&dues.list, &dues.stage, date);
        kor_expect_day(&dues.list, &dues.stage,
                       kor_desk_today(context->desk));
    }
    return dues_end(&dues, code);
}

static enum kor_code
take_answers(struct dues *dues, const struct kor_dues_news *news,
             int32_t today)
{
    const struct kor_session *session = news->session;
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < news->n_answers && code == KOR_OK; i++) {
        const struct kor_came came = {.kind = KOR_RULE_SCALE,
                                      .key = news->answers[i].scale,
                                      .rater = news->answers[i].rater,
                                      .session_id = session->id,
                                      .date = session->session_date};
        code = dues_take(dues, &came, today);
    }
    return code;
}

/* What was answered before the session was said to be held.  It has counted
 * for what is asked for on a day, so it has no date here. */
static void
take_all(struct dues *dues, const struct kor_dues_news *news)
{
    for (size_t i = 0; i < news->n_all; i++) {
        const struct kor_came came = {.kind = KOR_RULE_SCALE,
                                      .key = news->all[i].scale,
                                      .rater = news->all[i].rater,
                                      .session_id = news->session->id,
                                      .date = KOR_NO_DATE};
        (void)kor_expect_came(&dues->list, &dues->stage, &came);
    }
}

/* What is expected of a session that was held before moves along with it, or
 * is not expected any more; before what is open is loaded. */
static enum kor_code
mend_rows(struct kor_context *context, const struct kor_episode *episode,
          const struct kor_dues_news *news)
{
    struct kor_store *store = context->desk->store;
    const struct kor_session *session = news->session;
    int32_t days = session->session_date - news->before->session_date;
    if (strcmp(session->status, "held")) {
        return kor_store_due_drop_session(store, episode->id, session->id,
                                          context->err);
    }
    return days ? kor_store_due_move_session(store, episode->id, session->id,
                                             days, context->err)
                : KOR_OK;
}

/* What is new about a session. */
struct turn {
    bool was_held, is_held, is_moved;
};

/* A contact is put off by the last session that was held; one whose session is
 * on another day now, or was not held, is put back. */
static enum kor_code
put_off(struct dues *dues, const struct kor_dues_news *news,
        const struct turn *turn, int32_t today)
{
    bool is_gone = turn->was_held && (turn->is_moved || !turn->is_held);
    if (!is_gone && !kor_expect_asks_contact(&dues->list, today)) {
        return KOR_OK;
    }
    enum kor_code code = load_contact(dues);
    if (code == KOR_OK && is_gone) {
        kor_expect_last(&dues->list, &dues->stage,
                        news->before->session_date);
    } else if (code == KOR_OK) {
        kor_expect_contact(&dues->list, &dues->stage, today);
    }
    return code;
}

static enum kor_code
take_session(struct dues *dues, const struct kor_dues_news *news,
             const struct turn *turn, int32_t today)
{
    const struct kor_session *session = news->session;
    bool is_open = dues->episode->closed_date == KOR_NO_DATE;
    enum kor_code code = put_off(dues, news, turn, today);
    if (turn->is_held && !turn->was_held && is_open) {
        kor_expect_session(&dues->list, &dues->stage, session->id,
                           session->session_date);
    }
    return code == KOR_OK && turn->is_held
                && (turn->is_moved || !turn->was_held)
               ? dues_take_early_sheets(dues, session)
               : code;
}

enum kor_code
kor_dues_session(struct kor_context *context, struct kor_episode *episode,
                 const struct kor_dues_news *news)
{
    const struct kor_session *session = news->session, *before = news->before;
    const struct turn turn
        = {.was_held = before && !strcmp(before->status, "held"),
           .is_held = !strcmp(session->status, "held"),
           .is_moved = before
                    && before->session_date != session->session_date};
    int32_t today = kor_desk_today(context->desk);
    struct dues dues;
    if (!episode->pathway_id
        || (!turn.was_held && !turn.is_held && !news->n_answers)) {
        return KOR_OK;
    }
    enum kor_code code
        = turn.was_held ? mend_rows(context, episode, news) : KOR_OK;
    if (code != KOR_OK) {
        return code;
    }
    code = dues_begin(&dues, context->desk, episode, today, context->err);
    if (code == KOR_OK) {
        code = take_session(&dues, news, &turn, today);
    }
    if (code == KOR_OK && episode->closed_date == KOR_NO_DATE) {
        code = dues_advance(&dues, episode, today);
    }
    /* What was answered counts in the phase that the session led to, too. */
    if (code == KOR_OK) {
        code = take_answers(&dues, news, today);
        take_all(&dues, news);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_struck(struct kor_context *context,
                const struct kor_episode *episode,
                const struct kor_session *session,
                const struct kor_dues_answer *answer)
{
    struct dues dues;
    const struct kor_came gone = {.kind = KOR_RULE_SCALE,
                                  .key = answer->scale,
                                  .rater = answer->rater,
                                  .session_id = session->id,
                                  .date = session->session_date};
    if (!episode->pathway_id || strcmp(session->status, "held")) {
        return KOR_OK;
    }
    enum kor_code code
        = dues_begin(&dues, context->desk, episode,
                kor_desk_today(context->desk), context->err);
    if (code == KOR_OK) {
        kor_expect_again(&dues.list, &dues.stage, &gone);
    }
    return dues_end(&dues, code);
}

/* Calls 'take' for each answer of the episode that counts. */
static enum kor_code
each_answer(struct dues *dues, const struct kor_timeline *timeline,
            void (*take)(struct dues *dues, const struct kor_came *came))
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < timeline->n_points && code == KOR_OK; i++) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_session *session
            = &timeline->sessions[point->session_index];
        const struct kor_scale *scale;
        if (point->is_struck) {
            continue;
        }
        code = kor_desk_scale_by_id(dues->desk, point->instrument_id, &scale,
                                    dues->err);
        if (code == KOR_OK) {
            const struct kor_came came
                = {.kind = KOR_RULE_SCALE,
                   .key = scale->def.key,
                   .rater = point->rater,
                   .session_id = session->id,
                   .date = session->session_date};
            take(dues, &came);
        }
    }
    return code;
}

static void
take_todays(struct dues *dues, const struct kor_came *came)
{
    if (came->date == kor_desk_today(dues->desk)) {
        (void)kor_expect_came(&dues->list, &dues->stage, came);
    }
}

static void
take_last(struct dues *dues, const struct kor_came *came)
{
    kor_expect_came_before_end(&dues->list, came);
}

enum kor_code
kor_dues_log_in(struct kor_context *context,
                const struct kor_timeline *timeline)
{
    struct dues dues;
    int32_t today = kor_desk_today(context->desk);
    enum kor_code code = dues_begin(&dues, context->desk, &timeline->episode,
                               today, context->err);
    if (code == KOR_OK) {
        kor_expect_log_in(&dues.list, &dues.stage, today);
        code = each_answer(&dues, timeline, take_todays);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_agreed(struct kor_context *context,
                const struct kor_episode *episode)
{
    struct dues dues;
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    return dues_end(&dues, dues_begin(&dues, context->desk, episode,
                            kor_desk_today(context->desk), context->err));
}

enum kor_code
kor_dues_end(struct kor_context *context, const struct kor_timeline *timeline)
{
    const struct kor_episode *episode = &timeline->episode;
    struct dues dues;
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = dues_begin(&dues, context->desk, episode,
                               kor_desk_today(context->desk), context->err);
    if (code == KOR_OK) {
        kor_expect_end(&dues.list, &dues.stage, episode->closed_date);
        code = each_answer(&dues, timeline, take_last);
    }
    if (code == KOR_OK) {
        code = dues_take_last_sheets(&dues);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_return(struct kor_context *context, const struct kor_episode *former)
{
    struct dues dues;
    if (!former->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = dues_begin(&dues, context->desk, former, LONG_AGO,
                               context->err);
    if (code == KOR_OK) {
        kor_expect_return(&dues.list);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_day(struct kor_desk *desk, struct kor_episode *episode,
             int32_t today, struct kor_err *err)
{
    struct dues dues;
    /* What was declined until today is to be asked for again. */
    enum kor_code code = dues_begin(&dues, desk, episode, LONG_AGO, err);
    if (code == KOR_OK && episode->closed_date == KOR_NO_DATE) {
        code = dues_advance(&dues, episode, today);
    }
    if (code == KOR_OK) {
        code = load_contact(&dues);
    }
    if (code == KOR_OK) {
        kor_expect_day(&dues.list, &dues.stage, today);
    }
    return dues_end(&dues, code);
}

enum kor_code
kor_dues_missing(struct kor_context *context,
                 const struct kor_episode *episode, int64_t id,
                 enum kor_missing missing, int32_t review_date)
{
    struct dues dues;
    enum kor_code code = dues_begin(&dues, context->desk, episode,
                               kor_desk_today(context->desk), context->err);
    size_t at = 0;
    while (at < dues.list.n && dues.list.rows[at].due.id != id) {
        at++;
    }
    if (code == KOR_OK && at == dues.list.n) {
        code = kor_fail(context->err, KOR_CONFLICT, "id",
                        "this is not awaited any more: 'kor due' shows what "
                        "is");
    }
    if (code == KOR_OK && missing != KOR_MISSING_DECLINED
        && dues.list.rows[at].due.kind == KOR_RULE_CONTACT) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "missing",
                        "a contact is awaited until there was one: it can be "
                        "declined, with the day on which to ask again");
    }
    if (code == KOR_OK) {
        kor_expect_missing(&dues.list, &dues.stage, at, missing,
                           review_date);
    }
    return dues_end(&dues, code);
}

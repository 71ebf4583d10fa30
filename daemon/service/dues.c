/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due of an episode: see service/dues.h. */

#include "service/dues.h"

#include <string.h>

#include "kor/base/utf8.h"
#include "store/appointment.h"
#include "store/sheet.h"

#define LONG_AGO (-1000000) /* Before any date of an episode. */

/* What is open of one episode, while it changes. */
struct dues {
    struct kor_desk *desk;
    const struct kor_episode *episode;
    const struct kor_pathway *pathway;
    struct kor_stage stage;
    struct kor_expectations list;
    struct kor_err *err;
};

static void
load_row(void *to, const struct kor_due *due)
{
    kor_expect_load(to, due);
}

/* Where the episode is; a phase that a later version has no more is the
 * first. */
static void
set_stage(const struct kor_pathway *pathway,
          const struct kor_episode *episode, struct kor_stage *stage)
{
    const struct kor_phase *phase
        = kor_pathway_phase(pathway, episode->phase);
    *stage = (struct kor_stage){
        .pathway = pathway,
        .phase = phase ? (size_t)(phase - pathway->phases) : 0,
        .opened_date = episode->opened_date,
        .phase_date = episode->phase_date,
        .contact_date = KOR_NO_DATE,
        .has_ended = episode->closed_date != KOR_NO_DATE};
}

static enum kor_code
begin(struct dues *dues, struct kor_desk *desk,
      const struct kor_episode *episode, int32_t today, struct kor_err *err)
{
    const struct kor_desk_pathway *pathway;
    *dues = (struct dues){.desk = desk, .episode = episode, .err = err};
    enum kor_code code
        = kor_desk_pathway_by_id(desk, episode->pathway_id, &pathway, err);
    if (code != KOR_OK) {
        return code;
    }
    dues->pathway = &pathway->def;
    set_stage(dues->pathway, episode, &dues->stage);
    return kor_store_dues(desk->store, episode->id, today, load_row,
                          &dues->list, err);
}

static enum kor_code
store_row(struct dues *dues, struct kor_expected *row)
{
    struct kor_store *store = dues->desk->store;
    switch (row->change) {
    case KOR_DUE_ADDED:
        return kor_store_due_add(store, dues->episode->id, &row->due,
                                 dues->err);
    case KOR_DUE_CHANGED:
        return kor_store_due_change(store, &row->due, dues->err);
    case KOR_DUE_GONE:
        return row->due.id ? kor_store_due_remove(store, row->due.id,
                                                  dues->err)
                           : KOR_OK;
    default:
        return KOR_OK;
    }
}

/* A contact for which something is agreed is not overdue before that. */
static enum kor_code
agree(struct dues *dues, size_t at)
{
    int32_t reach = kor_expect_reach(&dues->list, &dues->stage, at), date;
    if (reach == KOR_NO_DATE) {
        return KOR_OK;
    }
    enum kor_code code = kor_store_appointment_last(
        dues->desk->store, dues->episode->id, kor_desk_today(dues->desk),
        reach, &date, dues->err);
    if (code == KOR_OK) {
        kor_expect_agreed(&dues->list, &dues->stage, at, date);
    }
    return code;
}

static enum kor_code
end(struct dues *dues, enum kor_code code)
{
    for (size_t i = 0; i < dues->list.n && code == KOR_OK; i++) {
        code = agree(dues, i);
    }
    for (size_t i = 0; i < dues->list.n && code == KOR_OK; i++) {
        code = store_row(dues, &dues->list.rows[i]);
    }
    kor_expectations_done(&dues->list);
    return code;
}

/* --- phases -------------------------------------------------------------- */

/* When and with which session a phase ended; KOR_NO_DATE and 0: it goes on,
 * or it ended with its time. */
struct phase_end {
    int32_t date, session;
};

/* Whichever comes first: its time, or so many sessions in it. */
static enum kor_code
find_phase_end(struct dues *dues, const struct kor_phase *phase,
               int32_t today, struct phase_end *out)
{
    const struct kor_episode *episode = dues->episode;
    struct phase_end by_session = {KOR_NO_DATE, 0};
    enum kor_code code = KOR_OK;
    *out = (struct phase_end){KOR_NO_DATE, 0};
    if (phase->next == KOR_NO_LIMIT) {
        return KOR_OK;
    }
    if (phase->time.n) {
        int32_t end
            = kor_interval_after(episode->phase_date, &phase->time, 1);
        out->date = end <= today ? end : KOR_NO_DATE;
    }
    if (phase->sessions != KOR_NO_LIMIT) {
        code = kor_store_phase_session(dues->desk->store, episode,
                                       phase->sessions, &by_session.session,
                                       &by_session.date, dues->err);
    }
    if (by_session.session
        && (out->date == KOR_NO_DATE || by_session.date < out->date)) {
        *out = by_session;
    }
    return code;
}

/* When the client was met last. */
static enum kor_code
load_contact(struct dues *dues)
{
    return kor_store_last_held(dues->desk->store, dues->episode->id,
                               &dues->stage.contact_date, dues->err);
}

/* Brings the episode into the phase that it has come to by now. */
static enum kor_code
advance(struct dues *dues, struct kor_episode *episode, int32_t today)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < dues->pathway->n_phases && code == KOR_OK; i++) {
        const struct kor_phase *phase
            = &dues->pathway->phases[dues->stage.phase];
        struct phase_end end;
        code = find_phase_end(dues, phase, today, &end);
        if (code != KOR_OK || end.date == KOR_NO_DATE) {
            return code;
        }
        kor_utf8_copy(episode->phase, sizeof episode->phase,
                      dues->pathway->phases[phase->next].key);
        episode->phase_date = end.date;
        episode->phase_session = end.session;
        set_stage(dues->pathway, episode, &dues->stage);
        kor_expect_stage(&dues->list, &dues->stage, end.date);
        code = kor_store_episode_pathway(dues->desk->store, episode,
                                         dues->err);
    }
    return code;
}

/* --- what happens -------------------------------------------------------- */

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
    enum kor_code code = begin(&dues, context->desk, episode,
                               episode->opened_date, context->err);
    if (code == KOR_OK) {
        kor_expect_open(&dues.list, &dues.stage);
    }
    return end(&dues, code);
}

enum kor_code
kor_dues_stage(struct kor_context *context, const struct kor_episode *episode,
               int32_t date)
{
    struct dues dues;
    enum kor_code code = begin(&dues, context->desk, episode, date,
                               context->err);
    if (code == KOR_OK) {
        kor_expect_stage(&dues.list, &dues.stage, date);
        kor_expect_day(&dues.list, &dues.stage,
                       kor_desk_today(context->desk));
    }
    return end(&dues, code);
}

/* What was said to be missing is not any more: of its session, or of the day
 * if nothing that was open waited for it. */
static enum kor_code
come_late(struct dues *dues, const struct kor_came *came, bool was_awaited)
{
    struct kor_store *store = dues->desk->store;
    int64_t id = dues->episode->id;
    struct kor_due due = {.kind = came->kind,
                          .session_id = came->session_id,
                          .due_date = came->date};
    enum kor_code code = KOR_OK;
    kor_utf8_copy(due.key, sizeof due.key, came->key);
    kor_utf8_copy(due.rater, sizeof due.rater, came->rater);
    if (came->session_id) {
        code = kor_store_due_came_late(store, id, &due, dues->err);
    }
    return code == KOR_OK && !was_awaited
               ? kor_store_due_came_by_day(store, id, &due, KOR_OVERDUE_DAYS,
                                           dues->err)
               : code;
}

/* What came ends what waits for it; that of an earlier day may have been given
 * up already. */
static enum kor_code
take(struct dues *dues, const struct kor_came *came, int32_t today)
{
    bool was_awaited = kor_expect_came(&dues->list, &dues->stage, came);
    return came->date < today ? come_late(dues, came, was_awaited) : KOR_OK;
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
        code = take(dues, &came, today);
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

/* --- sheets -------------------------------------------------------------- */

static bool
has_sheet_in_sessions(const struct kor_pathway *pathway)
{
    for (size_t i = 0; i < pathway->n_rules; i++) {
        const struct kor_rule *rule = &pathway->rules[i];
        if (rule->kind == KOR_RULE_SHEET
            && (rule->when == KOR_WHEN_SESSION_START
                || rule->when == KOR_WHEN_SESSION_END)) {
            return true;
        }
    }
    return false;
}

/* Sheets that were there before the session of their day was. */
struct early_sheets {
    struct dues *dues;
    const struct kor_session *session;
};

static enum kor_code
take_early_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    const struct early_sheets *early = to;
    const struct kor_session *session = early->session;
    struct dues *dues = early->dues;
    const struct kor_desk_form *form;
    if (sheet->date != session->session_date) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_desk_form_by_id(dues->desk, sheet->form_id, &form, err);
    if (code == KOR_OK) {
        const struct kor_came came = {.kind = KOR_RULE_SHEET,
                                      .key = form->def.key,
                                      .rater = "",
                                      .session_id = session->id,
                                      .date = sheet->date};
        kor_expect_came(&dues->list, &dues->stage, &came);
    }
    return code;
}

/* A session that was not known before may find its sheets filled in. */
static enum kor_code
take_early_sheets(struct dues *dues, const struct kor_session *session)
{
    struct early_sheets early = {.dues = dues, .session = session};
    const struct kor_sheet_wish wish = {.with_replaced = false};
    return has_sheet_in_sessions(dues->pathway)
               ? kor_store_sheets(dues->desk->store, dues->episode->id, &wish,
                                  take_early_sheet, &early, dues->err)
               : KOR_OK;
}

enum kor_code
kor_dues_sheet(struct kor_context *context,
               const struct kor_timeline *timeline, const char *form,
               int32_t date)
{
    struct dues dues;
    int32_t today = kor_desk_today(context->desk);
    struct kor_came came
        = {.kind = KOR_RULE_SHEET, .key = form, .rater = "", .date = date};
    if (!timeline->episode.pathway_id) {
        return KOR_OK;
    }
    for (size_t i = 0; i < timeline->n_sessions; i++) {
        const struct kor_session *session = &timeline->sessions[i];
        if (session->session_date == date
            && !strcmp(session->status, "held")) {
            came.session_id = session->id;
        }
    }
    enum kor_code code
        = begin(&dues, context->desk, &timeline->episode, today,
                context->err);
    if (code == KOR_OK) {
        code = take(&dues, &came, today);
    }
    return end(&dues, code);
}

/* --- sessions, ends, days ------------------------------------------------ */

/* What is expected of a session that was held before moves along with it, or is
 * not expected any more; before what is open is loaded. */
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
               ? take_early_sheets(dues, session)
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
    code = begin(&dues, context->desk, episode, today, context->err);
    if (code == KOR_OK) {
        code = take_session(&dues, news, &turn, today);
    }
    if (code == KOR_OK && episode->closed_date == KOR_NO_DATE) {
        code = advance(&dues, episode, today);
    }
    /* What was answered counts in the phase that the session led to, too. */
    if (code == KOR_OK) {
        code = take_answers(&dues, news, today);
        take_all(&dues, news);
    }
    return end(&dues, code);
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
        = begin(&dues, context->desk, episode,
                kor_desk_today(context->desk), context->err);
    if (code == KOR_OK) {
        kor_expect_again(&dues.list, &dues.stage, &gone);
    }
    return end(&dues, code);
}

/* What was answered in the sessions of today. */
static enum kor_code
take_todays(struct dues *dues, const struct kor_timeline *timeline,
            int32_t today)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < timeline->n_points && code == KOR_OK; i++) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_session *session
            = &timeline->sessions[point->session_index];
        const struct kor_scale *scale;
        if (point->is_struck || session->session_date != today) {
            continue;
        }
        code = kor_desk_scale_by_id(dues->desk, point->instrument_id, &scale,
                                    dues->err);
        if (code == KOR_OK) {
            const struct kor_came came = {KOR_RULE_SCALE, scale->def.key,
                                          point->rater, session->id, today};
            kor_expect_came(&dues->list, &dues->stage, &came);
        }
    }
    return code;
}

enum kor_code
kor_dues_log_in(struct kor_context *context,
                const struct kor_timeline *timeline)
{
    struct dues dues;
    int32_t today = kor_desk_today(context->desk);
    enum kor_code code = begin(&dues, context->desk, &timeline->episode,
                               today, context->err);
    if (code == KOR_OK) {
        kor_expect_log_in(&dues.list, &dues.stage, today);
        code = take_todays(&dues, timeline, today);
    }
    return end(&dues, code);
}

enum kor_code
kor_dues_agreed(struct kor_context *context,
                const struct kor_episode *episode)
{
    struct dues dues;
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    return end(&dues, begin(&dues, context->desk, episode,
                            kor_desk_today(context->desk), context->err));
}

/* What was answered in sessions before the end. */
static enum kor_code
take_last_answers(struct dues *dues, const struct kor_timeline *timeline)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < timeline->n_points && code == KOR_OK; i++) {
        const struct kor_point *point = &timeline->points[i];
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
                   .date = timeline->sessions[point->session_index]
                               .session_date};
            kor_expect_came_before_end(&dues->list, &came);
        }
    }
    return code;
}

static enum kor_code
take_last_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    struct dues *dues = to;
    const struct kor_desk_form *form;
    enum kor_code code
        = kor_desk_form_by_id(dues->desk, sheet->form_id, &form, err);
    if (code == KOR_OK) {
        const struct kor_came came = {.kind = KOR_RULE_SHEET,
                                      .key = form->def.key,
                                      .rater = "",
                                      .date = sheet->date};
        kor_expect_came_before_end(&dues->list, &came);
    }
    return code;
}

enum kor_code
kor_dues_end(struct kor_context *context, const struct kor_timeline *timeline)
{
    const struct kor_episode *episode = &timeline->episode;
    const struct kor_sheet_wish wish = {0};
    struct dues dues;
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = begin(&dues, context->desk, episode,
                               kor_desk_today(context->desk), context->err);
    if (code == KOR_OK) {
        kor_expect_end(&dues.list, &dues.stage, episode->closed_date);
        code = take_last_answers(&dues, timeline);
    }
    if (code == KOR_OK) {
        code = kor_store_sheets(context->desk->store, episode->id, &wish,
                                take_last_sheet, &dues, context->err);
    }
    return end(&dues, code);
}

enum kor_code
kor_dues_return(struct kor_context *context, const struct kor_episode *former)
{
    struct dues dues;
    if (!former->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = begin(&dues, context->desk, former, LONG_AGO,
                               context->err);
    if (code == KOR_OK) {
        kor_expect_return(&dues.list);
    }
    return end(&dues, code);
}

enum kor_code
kor_dues_day(struct kor_desk *desk, struct kor_episode *episode,
             int32_t today, struct kor_err *err)
{
    struct dues dues;
    /* What was declined until today is to be asked for again. */
    enum kor_code code = begin(&dues, desk, episode, LONG_AGO, err);
    if (code == KOR_OK && episode->closed_date == KOR_NO_DATE) {
        code = advance(&dues, episode, today);
    }
    if (code == KOR_OK) {
        code = load_contact(&dues);
    }
    if (code == KOR_OK) {
        kor_expect_day(&dues.list, &dues.stage, today);
    }
    return end(&dues, code);
}

enum kor_code
kor_dues_missing(struct kor_context *context,
                 const struct kor_episode *episode, int64_t id,
                 enum kor_missing missing, int32_t review_date)
{
    struct dues dues;
    enum kor_code code = begin(&dues, context->desk, episode,
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
    return end(&dues, code);
}

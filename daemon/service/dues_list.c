/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is open of one episode: loaded, and stored with what has changed. */

#include "kor/base/utf8.h"
#include "service/dues_provider.h"
#include "store/appointment.h"

static void
load_row(void *to, const struct kor_due *due)
{
    kor_expect_load(to, due);
}

void
dues_set_stage(struct dues *dues)
{
    const struct kor_pathway *pathway = dues->pathway;
    const struct kor_episode *episode = dues->episode;
    const struct kor_phase *phase
        = kor_pathway_phase(pathway, episode->phase);
    dues->stage = (struct kor_stage){
        .pathway = pathway,
        .phase = phase ? (size_t)(phase - pathway->phases) : 0,
        .opened_date = episode->opened_date,
        .phase_date = episode->phase_date,
        .contact_date = KOR_NO_DATE,
        .has_ended = episode->closed_date != KOR_NO_DATE};
}

enum kor_code
dues_begin(struct dues *dues, struct kor_desk *desk,
           const struct kor_episode *episode, int32_t today,
           struct kor_err *err)
{
    const struct kor_desk_pathway *pathway;
    *dues = (struct dues){.desk = desk, .episode = episode, .err = err};
    enum kor_code code
        = kor_desk_pathway_by_id(desk, episode->pathway_id, &pathway, err);
    if (code != KOR_OK) {
        return code;
    }
    dues->pathway = &pathway->def;
    dues_set_stage(dues);
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

enum kor_code
dues_end(struct dues *dues, enum kor_code code)
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
enum kor_code
dues_take(struct dues *dues, const struct kor_came *came, int32_t today)
{
    bool was_awaited = kor_expect_came(&dues->list, &dues->stage, came);
    return came->date < today ? come_late(dues, came, was_awaited) : KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets that came, and what waited for them. */

#include <string.h>

#include "service/dues_provider.h"
#include "store/sheet.h"

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

enum kor_code
dues_take_early_sheets(struct dues *dues, const struct kor_session *session)
{
    struct early_sheets early = {.dues = dues, .session = session};
    const struct kor_sheet_wish wish = {.with_replaced = false};
    return has_sheet_in_sessions(dues->pathway)
               ? kor_store_sheets(dues->desk->store, dues->episode->id, &wish,
                                  take_early_sheet, &early, dues->err)
               : KOR_OK;
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
dues_take_last_sheets(struct dues *dues)
{
    const struct kor_sheet_wish wish = {0};
    return kor_store_sheets(dues->desk->store, dues->episode->id, &wish,
                            take_last_sheet, dues, dues->err);
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
        = dues_begin(&dues, context->desk, &timeline->episode, today,
                context->err);
    if (code == KOR_OK) {
        code = dues_take(&dues, &came, today);
    }
    return dues_end(&dues, code);
}

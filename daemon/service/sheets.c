/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets that are filled in: storing, correcting, listing, showing. */

#include "service/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/filled.h"
#include "service/dues.h"
#include "service/place.h"
#include "service/recording.h"
#include "service/signals.h"

#define MAX_SHEETS 999 /* Of an episode, versions included: as in the message,
                        * and so that all of them fit into a reply. */

/* --- finding ------------------------------------------------------------- */

/* One sheet, without its answers. */
static enum kor_code
take_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    struct kor_sheet *found = to;
    (void)err;
    *found = *sheet;
    found->answers = NULL;
    return KOR_OK;
}

static enum kor_code
no_such_sheet(struct kor_context *context, const char *code, int64_t number)
{
    return kor_fail(context->err, KOR_NOT_FOUND, "sheet",
                    "this episode has no sheet %lld in that version: 'kor "
                    "sheet of %s' lists those it has", (long long)number,
                    code);
}

/* The last version of the sheet 'number'. */
static enum kor_code
find_last(struct kor_context *context, const struct kor_timeline *timeline,
          int64_t number, struct kor_sheet *sheet)
{
    const struct kor_sheet_wish wish = {.number = (int32_t)number};
    *sheet = (struct kor_sheet){0};
    enum kor_code code
        = kor_store_sheets(context->desk->store, timeline->episode.id, &wish,
                           take_sheet, sheet, context->err);
    return code == KOR_OK && !sheet->id
               ? no_such_sheet(context, timeline->episode.person.code, number)
               : code;
}

/* --- filling in ---------------------------------------------------------- */

/* A correction goes on from the sheet as it is, on the form it is on. */
static enum kor_code
begin_correction(struct kor_context *context,
                 const struct kor_timeline *timeline,
                 const struct kor_msg_sheet_answer *msg,
                 struct kor_sheet *sheet, const struct kor_desk_form **form)
{
    if (!*msg->reason) {
        return kor_fail(context->err, KOR_BAD_VALUE, "reason",
                        "a correction needs a reason, in a few words without "
                        "names");
    }
    enum kor_code code = find_last(context, timeline, msg->sheet, sheet);
    if (code == KOR_OK) {
        code = kor_desk_form_by_id(context->desk, sheet->form_id, form,
                                   context->err);
    }
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_form *def = &(*form)->def;
    bool is_other = strcmp(def->key, msg->form)
                 || (*msg->form_version
                     && strcmp(def->version, msg->form_version));
    if (is_other) {
        return kor_fail(context->err, KOR_CONFLICT, "form",
                        "sheet %lld is filled in on '%s', version %s, and is "
                        "corrected on that", (long long)msg->sheet, def->key,
                        def->version);
    }
    sheet->version++;
    return KOR_OK;
}

static enum kor_code
begin_new(struct kor_context *context,
          const struct kor_msg_sheet_answer *msg, int32_t last,
          struct kor_sheet *sheet, const struct kor_desk_form **form)
{
    if (*msg->reason) {
        return kor_fail(context->err, KOR_BAD_VALUE, "reason",
                        "a reason is for a correction: say which sheet it "
                        "corrects, or leave it out");
    }
    sheet->number = last + 1;
    sheet->version = 1;
    sheet->date = kor_desk_today(context->desk);
    return kor_desk_form(context->desk, msg->form, msg->form_version, form,
                         context->err);
}

/* Whether the answers are right, as the form has it. */
static enum kor_code
check_values(struct kor_context *context, const struct kor_form *form,
             const char *values, bool *asks)
{
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    enum kor_code code = kor_filled_parse(form, values, strlen(values),
                                          filled, context->err);
    *asks = false;
    for (size_t i = 0; i < form->n_fields && code == KOR_OK; i++) {
        *asks |= kor_filled_attention(&form->fields[i], &filled->answers[i])
              == KOR_FILLED_ASKS;
    }
    kor_filled_done(filled);
    free(filled);
    return code;
}

/* All that can be wrong, before anything is stored. */
static enum kor_code
prepare(struct kor_context *context, const struct kor_timeline *timeline,
        const struct kor_msg_sheet_answer *msg, struct kor_sheet *sheet,
        bool *asks)
{
    const struct kor_desk_form *form;
    int32_t last = 0, n = 0;
    *sheet = (struct kor_sheet){0};
    enum kor_code code
        = kor_store_sheet_last(context->desk->store, timeline->episode.id,
                               &last, &n, context->err);
    if (code == KOR_OK && n >= MAX_SHEETS) {
        code = kor_fail(context->err, KOR_CONFLICT, "sheet",
                        "an episode has at most %d sheets, corrections "
                        "included", MAX_SHEETS);
    }
    if (code == KOR_OK) {
        code = msg->sheet == KOR_NO_INT
                   ? begin_new(context, msg, last, sheet, &form)
                   : begin_correction(context, timeline, msg, sheet, &form);
    }
    if (code == KOR_OK && msg->date != KOR_NO_DATE) {
        sheet->date = msg->date;
        code = kor_place_date(timeline, msg->date,
                              kor_desk_today(context->desk), context->err);
    }
    if (code != KOR_OK) {
        return code;
    }
    sheet->form_id = form->id;
    sheet->answers = msg->values;
    sheet->at_ms = context->now_ms;
    sheet->actor_id = context->call->caller.actor_id;
    kor_utf8_copy(sheet->reason, sizeof sheet->reason, msg->reason);
    kor_utf8_copy(sheet->by, sizeof sheet->by, context->call->caller.name);
    return check_values(context, &form->def, msg->values, asks);
}

/* The last session on that day or before it, else the first one; SIZE_MAX
 * without any. */
static size_t
nearest(const struct kor_timeline *timeline, int32_t date)
{
    size_t i = timeline->n_sessions;
    while (i > 0 && timeline->sessions[i - 1].session_date > date) {
        i--;
    }
    return i > 0 ? i - 1 : timeline->n_sessions ? 0 : SIZE_MAX;
}

/* A signal belongs to a session: that of the day, or else a check-in, which is
 * what the sheet was.  Between sessions that have their numbers there is room
 * for none, so the one before it is taken. */
static enum kor_code
find_session(struct kor_context *context, struct kor_timeline *timeline,
             int32_t date, size_t *index)
{
    struct kor_place place;
    const struct kor_place_wish wish
        = {.session = KOR_NO_INT,
           .date = date,
           .status = "",
           .mode = "",
           .has_answers = true,
           .is_alone = true,
           .today = kor_desk_today(context->desk)};
    *index = nearest(timeline, date);
    if ((*index != SIZE_MAX && timeline->sessions[*index].session_date == date)
        || kor_place_find(timeline, &wish, &place, NULL) != KOR_OK) {
        return KOR_OK;
    }
    enum kor_code code = kor_recording_session(context, timeline, &place);
    *index = place.index;
    return code;
}

static enum kor_code
signal_it(struct kor_context *context, struct kor_timeline *timeline,
          const struct kor_sheet *sheet, const char *form, bool asks)
{
    size_t index;
    if (asks == kor_signals_has_sheet(timeline, sheet->number)) {
        return KOR_OK;
    }
    enum kor_code code = find_session(context, timeline, sheet->date, &index);
    return code == KOR_OK
               ? kor_signals_hear_sheet(context, timeline,
                                        &timeline->sessions[index], form,
                                        sheet->number, asks)
               : code;
}

enum kor_code
kor_handle_sheet_answer(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_sheet_answer *msg = request;
    struct kor_look *look = &context->call->look;
    struct kor_timeline *timeline;
    struct kor_sheet sheet;
    bool asks = false;
    /* The reason is not noted: the access log outlives an erasure. */
    kor_utf8_copy(look->object, sizeof look->object, msg->form);
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = prepare(context, timeline, msg, &sheet, &asks);
    }
    if (code == KOR_OK) {
        code = kor_store_sheet_add(context->desk->store,
                                   timeline->episode.id, &sheet,
                                   context->err);
    }
    if (code == KOR_OK && sheet.version == 1) {
        code = kor_dues_sheet(context, timeline, msg->form, sheet.date);
    }
    if (code == KOR_OK) {
        kor_context_event(context, timeline);
        code = signal_it(context, timeline, &sheet, msg->form, asks);
    }
    if (code == KOR_OK) {
        code = kor_sheet_message(context, timeline, &sheet, true, reply);
    }
    return code;
}

/* --- reading ------------------------------------------------------------- */

/* Where the sheets of an episode go. */
struct listing {
    struct kor_context *context;
    const struct kor_timeline *timeline;
    bool is_whole;
    struct kor_msg_sheet **sheets;
    size_t *n;
};

static enum kor_code
list_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    struct listing *listing = to;
    size_t n = *listing->n;
    (void)err;
    *listing->sheets = kor_realloc_array(*listing->sheets, n + 1,
                                         sizeof **listing->sheets);
    struct kor_msg_sheet *out = &(*listing->sheets)[n];
    enum kor_code code
        = kor_sheet_message(listing->context, listing->timeline, sheet,
                            listing->is_whole, out);
    *listing->n += code == KOR_OK;
    return code;
}

enum kor_code
kor_handle_sheets(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_sheet_of *msg = request;
    struct kor_msg_sheets *out = reply;
    struct kor_timeline timeline = {0};
    struct listing listing = {.context = context,
                              .timeline = &timeline,
                              .sheets = &out->sheets,
                              .n = &out->n_sheets};
    const struct kor_sheet_wish wish = {0};
    enum kor_code code
        = kor_context_load(context, msg->code, msg->episode, &timeline);
    if (code == KOR_OK) {
        code = kor_store_sheets(context->desk->store, timeline.episode.id,
                                &wish, list_sheet, &listing, context->err);
        kor_timeline_done(&timeline);
    }
    return code;
}

/* Where one sheet goes. */
struct showing {
    struct kor_context *context;
    const struct kor_timeline *timeline;
    struct kor_msg_sheet *out;
    bool is_found;
};

static enum kor_code
show_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    struct showing *showing = to;
    (void)err;
    showing->is_found = true;
    return kor_sheet_message(showing->context, showing->timeline, sheet, true,
                             showing->out);
}

enum kor_code
kor_handle_sheet(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_sheet *msg = request;
    struct kor_timeline timeline = {0};
    struct showing showing
        = {.context = context, .timeline = &timeline, .out = reply};
    const struct kor_sheet_wish wish
        = {.number = (int32_t)msg->sheet,
           .version = msg->version == KOR_NO_INT ? 0 : (int32_t)msg->version,
           .with_replaced = msg->version != KOR_NO_INT};
    enum kor_code code
        = kor_context_load(context, msg->code, msg->episode, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_store_sheets(context->desk->store, timeline.episode.id, &wish,
                            show_sheet, &showing, context->err);
    if (code == KOR_OK && !showing.is_found) {
        code = no_such_sheet(context, timeline.episode.person.code,
                             msg->sheet);
    }
    kor_timeline_done(&timeline);
    return code;
}

enum kor_code
kor_sheets_of_person(struct kor_context *context, const char *code,
                     int32_t episode, struct kor_msg_person_file *out)
{
    struct kor_timeline timeline = {0};
    struct listing listing = {.context = context,
                              .timeline = &timeline,
                              .is_whole = true,
                              .sheets = &out->sheets,
                              .n = &out->n_sheets};
    const struct kor_sheet_wish wish = {.with_replaced = true};
    enum kor_code result
        = kor_context_load(context, code, episode, &timeline);
    if (result == KOR_OK) {
        result = kor_store_sheets(context->desk->store, timeline.episode.id,
                                  &wish, list_sheet, &listing, context->err);
        kor_timeline_done(&timeline);
    }
    return result;
}

/* --- signatures and copies ----------------------------------------------- */

static enum kor_code
check_tick(struct kor_context *context, const struct kor_msg_tick *msg)
{
    static const char *const kinds[] = {"signature", "copy", NULL};
    static const char *const whoms[]
        = {"client", "family", "gp", "staff", "other", NULL};
    if (!kor_is_one_of(msg->kind, kinds)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "kind",
                        "what is ticked is a signature or a copy");
    }
    return kor_is_one_of(msg->whom, whoms)
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, "whom",
                          "it is ticked for client, family, gp, staff or "
                          "other; names have no place here");
}

/* There is room for a tick, and only what is ticked can be taken back. */
static enum kor_code
check_ticks(struct kor_context *context, const struct kor_msg_tick *msg,
            int64_t sheet_id)
{
    struct kor_sheet_tick *ticks
        = kor_alloc_array(KOR_MAX_TICKS, sizeof *ticks);
    size_t n = 0;
    bool is_on = false;
    enum kor_code code
        = kor_store_sheet_ticks(context->desk->store, sheet_id, KOR_MAX_TICKS,
                                ticks, &n, context->err);
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(ticks[i].kind, msg->kind)
            && !strcmp(ticks[i].whom, msg->whom)) {
            is_on = ticks[i].is_on;
        }
    }
    free(ticks);
    if (code == KOR_OK && msg->off && !is_on) {
        code = kor_fail(context->err, KOR_CONFLICT, "off",
                        "that is not ticked, so there is nothing to take "
                        "back");
    } else if (code == KOR_OK && n == KOR_MAX_TICKS) {
        code = kor_fail(context->err, KOR_CONFLICT, "sheet",
                        "a sheet has at most %d ticks", KOR_MAX_TICKS);
    }
    return code;
}

/* The last version with all that it says, after something of it changed. */
static enum kor_code
tell_last(struct kor_context *context, const struct kor_timeline *timeline,
          int64_t number, struct kor_msg_sheet *out)
{
    struct showing showing
        = {.context = context, .timeline = timeline, .out = out};
    const struct kor_sheet_wish wish = {.number = (int32_t)number};
    return kor_store_sheets(context->desk->store, timeline->episode.id, &wish,
                            show_sheet, &showing, context->err);
}

enum kor_code
kor_handle_sheet_tick(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_tick *msg = request;
    struct kor_timeline *timeline;
    struct kor_sheet sheet;
    struct kor_sheet_tick tick = {.is_on = !msg->off,
                                  .at_ms = context->now_ms,
                                  .actor_id = context->call->caller.actor_id};
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check_tick(context, msg);
    }
    if (code == KOR_OK) {
        code = find_last(context, timeline, msg->sheet, &sheet);
    }
    if (code == KOR_OK) {
        code = check_ticks(context, msg, sheet.id);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(tick.kind, sizeof tick.kind, msg->kind);
    kor_utf8_copy(tick.whom, sizeof tick.whom, msg->whom);
    code = kor_store_sheet_tick_add(context->desk->store, sheet.id, &tick,
                                    context->err);
    if (code == KOR_OK) {
        kor_context_event(context, timeline);
        code = tell_last(context, timeline, msg->sheet, reply);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sheet says: see service/sheets.h. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/filled.h"
#include "service/sheets.h"

/* A sheet that is being told. */
struct telling {
    enum kor_lang lang;
    const struct kor_form *form;
    const struct kor_filled *filled;
    struct kor_msg_sheet *out;
};

static void
put_attention(const struct telling *telling, size_t i,
              enum kor_filled_attention attention)
{
    const struct kor_form *form = telling->form;
    const struct kor_form_field *field = &form->fields[i];
    struct kor_msg_sheet *out = telling->out;
    size_t place = (size_t)telling->filled->answers[i].value;
    bool is_asked = attention == KOR_FILLED_ASKS;
    out->attention = kor_realloc_array(out->attention, out->n_attention + 1,
                                       sizeof *out->attention);
    struct kor_msg_sheet_attention *to = &out->attention[out->n_attention++];
    kor_message_init(&kor_message_sheet_attention, to);
    kor_utf8_copy(to->field, sizeof to->field, field->key);
    kor_utf8_copy(to->text, sizeof to->text,
                  kor_words_in(&field->text, telling->lang));
    kor_utf8_copy(to->attention, sizeof to->attention,
                  is_asked ? "asks" : "not-seen");
    if (is_asked && field->type == KOR_FORM_CHOICE) {
        kor_utf8_copy(to->answer, sizeof to->answer,
                      kor_words_in(&form->words[field->first_word
                                                + place].names,
                                   telling->lang));
    } else if (is_asked) {
        snprintf(to->answer, sizeof to->answer, "%zu", place);
    }
}

/* What has to be talked about comes first; in a list only how much of it there
 * is. */
static void
tell_attention(const struct telling *telling, bool is_whole)
{
    const struct kor_form *form = telling->form;
    telling->out->asks = 0;
    for (size_t i = 0; i < form->n_fields; i++) {
        enum kor_filled_attention attention = kor_filled_attention(
            &form->fields[i], &telling->filled->answers[i]);
        telling->out->asks += attention != KOR_FILLED_QUIET;
        if (attention != KOR_FILLED_QUIET && is_whole) {
            put_attention(telling, i, attention);
        }
    }
}

static void
put_area(const struct telling *telling, size_t section)
{
    const struct kor_form_section *of = &telling->form->sections[section];
    const struct kor_filled_area area
        = kor_filled_area(telling->form, telling->filled, section);
    if (area.n_items == 0) {
        return;
    }
    struct kor_msg_sheet *out = telling->out;
    out->areas = kor_realloc_array(out->areas, out->n_areas + 1,
                                   sizeof *out->areas);
    struct kor_msg_sheet_area *to = &out->areas[out->n_areas++];
    kor_message_init(&kor_message_sheet_area, to);
    kor_utf8_copy(to->section, sizeof to->section, of->key);
    kor_utf8_copy(to->name, sizeof to->name,
                  kor_words_in(&of->names, telling->lang));
    to->most = 2 * area.n_items;
    if (area.n_answered == area.n_items) {
        to->sum = area.sum;
    } else {
        to->missing = area.n_items - area.n_answered;
    }
}

static void
put_count(const struct telling *telling, size_t section)
{
    const struct kor_form_section *of = &telling->form->sections[section];
    const struct kor_filled_count count
        = kor_filled_count(telling->form, telling->filled, section);
    if (count.n_rows == 0) {
        return;
    }
    struct kor_msg_sheet *out = telling->out;
    out->counts = kor_realloc_array(out->counts, out->n_counts + 1,
                                    sizeof *out->counts);
    struct kor_msg_sheet_count *to = &out->counts[out->n_counts++];
    kor_message_init(&kor_message_sheet_count, to);
    kor_utf8_copy(to->section, sizeof to->section, of->key);
    kor_utf8_copy(to->name, sizeof to->name,
                  kor_words_in(&of->names, telling->lang));
    to->rows = count.n_rows;
    to->reached = count.of[KOR_REACHED];
    to->partly = count.of[KOR_REACHED_PARTLY];
    to->not_reached = count.of[KOR_REACHED_NOT];
    to->not_applicable = count.of[KOR_REACHED_NOT_APPLICABLE];
}

static void
put_deviation(const struct telling *telling, size_t i)
{
    const struct kor_form_field *field = &telling->form->fields[i];
    const struct kor_filled_answer *answer = &telling->filled->answers[i];
    if (field->type != KOR_FORM_CHECK || !answer->is_given
        || answer->value == KOR_REACHED) {
        return;
    }
    struct kor_msg_sheet *out = telling->out;
    out->deviations = kor_realloc_array(
        out->deviations, out->n_deviations + 1, sizeof *out->deviations);
    struct kor_msg_sheet_deviation *to
        = &out->deviations[out->n_deviations++];
    kor_message_init(&kor_message_sheet_deviation, to);
    kor_utf8_copy(to->field, sizeof to->field, field->key);
    kor_utf8_copy(to->text, sizeof to->text,
                  kor_words_in(&field->text, telling->lang));
    kor_utf8_copy(to->answer, sizeof to->answer,
                  kor_reached_name((enum kor_reached)answer->value));
    kor_utf8_copy(to->comment, sizeof to->comment, answer->comment);
}

static void
tell_whole(const struct telling *telling, const char *answers)
{
    const struct kor_form *form = telling->form;
    telling->out->values = kor_strdup(answers);
    for (size_t i = 0; i < form->n_sections; i++) {
        put_area(telling, i);
        put_count(telling, i);
    }
    for (size_t i = 0; i < form->n_fields; i++) {
        put_deviation(telling, i);
    }
}

static void
put_head(const struct kor_timeline *timeline, const struct kor_sheet *sheet,
         const struct telling *telling)
{
    const struct kor_form *form = telling->form;
    struct kor_msg_sheet *out = telling->out;
    kor_message_init(&kor_message_sheet, out);
    kor_utf8_copy(out->code, sizeof out->code, timeline->episode.person.code);
    out->episode = timeline->episode.number;
    out->sheet = sheet->number;
    out->version = sheet->version;
    out->replaced = sheet->is_replaced;
    kor_utf8_copy(out->form, sizeof out->form, form->key);
    kor_utf8_copy(out->form_version, sizeof out->form_version, form->version);
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_words_in(&form->names, telling->lang));
    out->date = sheet->date;
    kor_utf8_copy(out->reason, sizeof out->reason, sheet->reason);
    kor_utf8_copy(out->by, sizeof out->by, sheet->by);
    out->at_ms = sheet->at_ms;
}

/* Signatures and copies of this version. */
static enum kor_code
put_ticks(struct kor_context *context, int64_t sheet_id,
          struct kor_msg_sheet *out)
{
    struct kor_sheet_tick *ticks
        = kor_alloc_array(KOR_MAX_TICKS, sizeof *ticks);
    size_t n = 0;
    enum kor_code code
        = kor_store_sheet_ticks(context->desk->store, sheet_id, KOR_MAX_TICKS,
                                ticks, &n, context->err);
    out->ticks = kor_alloc_array(n, sizeof *out->ticks);
    for (; out->n_ticks < n; out->n_ticks++) {
        const struct kor_sheet_tick *from = &ticks[out->n_ticks];
        struct kor_msg_ticked *to = &out->ticks[out->n_ticks];
        kor_message_init(&kor_message_ticked, to);
        kor_utf8_copy(to->kind, sizeof to->kind, from->kind);
        kor_utf8_copy(to->whom, sizeof to->whom, from->whom);
        to->off = !from->is_on;
        kor_utf8_copy(to->by, sizeof to->by, from->by);
        to->at_ms = from->at_ms;
    }
    free(ticks);
    return code;
}

enum kor_code
kor_sheet_message(struct kor_context *context,
                  const struct kor_timeline *timeline,
                  const struct kor_sheet *sheet, bool is_whole,
                  struct kor_msg_sheet *out)
{
    const struct kor_desk_form *form;
    enum kor_code code = kor_desk_form_by_id(context->desk, sheet->form_id,
                                             &form, context->err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    const struct telling telling = {.lang = context->lang,
                                    .form = &form->def,
                                    .filled = filled,
                                    .out = out};
    code = kor_filled_parse(&form->def, sheet->answers,
                            strlen(sheet->answers), filled, context->err);
    if (code == KOR_OK) {
        put_head(timeline, sheet, &telling);
        tell_attention(&telling, is_whole);
    }
    if (code == KOR_OK && is_whole) {
        tell_whole(&telling, sheet->answers);
        code = put_ticks(context, sheet->id, out);
    }
    kor_filled_done(filled);
    free(filled);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of an export: see service/export_rows.h. */

#include "service/export_rows.h"

#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

struct filling {
    struct kor_context *context;
    const struct kor_export_session *session;
    const struct kor_export_names *names;
    struct kor_msg_export_rows *out;
    size_t first; /* Row at which this session begins. */
};

static struct kor_msg_export_row *
add_row(struct filling *filling)
{
    struct kor_msg_export_rows *out = filling->out;
    const struct kor_export_session *from = filling->session;
    out->rows = kor_realloc_array(out->rows, out->n_rows + 1,
                                  sizeof *out->rows);
    struct kor_msg_export_row *row = &out->rows[out->n_rows++];
    kor_message_init(&kor_message_export_row, row);
    filling->names->name(filling->names->to, from, row);
    row->episode = from->episode;
    kor_utf8_copy(row->ending, sizeof row->ending, from->ending);
    row->session = from->session.number;
    kor_utf8_copy(row->status, sizeof row->status, from->session.status);
    kor_utf8_copy(row->mode, sizeof row->mode, from->session.mode);
    row->made_up = from->is_made_up;
    return row;
}

static void
fill_answer(const struct kor_answer *answer, const struct kor_scale *scale,
            bool has_language, struct kor_msg_export_row *row)
{
    kor_utf8_copy(row->scale, sizeof row->scale, scale->def.key);
    kor_utf8_copy(row->scale_version, sizeof row->scale_version,
                  scale->def.version);
    kor_utf8_copy(row->rater, sizeof row->rater, answer->rater);
    kor_utf8_copy(row->language, sizeof row->language,
                  has_language ? answer->language : "");
    kor_utf8_copy(row->how, sizeof row->how, answer->how);
    row->version = answer->version;
    row->n_values = answer->n_items;
    memcpy(row->values, answer->items,
           answer->n_items * sizeof *answer->items);
    row->total = answer->total;
    row->shared = answer->shared_session_id != 0;
    kor_utf8_copy(row->standing, sizeof row->standing,
                  kor_standing_wire(answer->standing));
}

/* Answers come by scale, rater and version: a later version takes the place
 * of the one before it. */
static enum kor_code
put_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct filling *filling = to;
    struct kor_msg_export_rows *out = filling->out;
    const struct kor_scale *scale;
    enum kor_code code = kor_desk_scale_by_id(
        filling->context->desk, answer->instrument_id, &scale, err);
    if (code != KOR_OK || answer->is_struck) {
        return code;
    }
    struct kor_msg_export_row *last
        = out->n_rows > filling->first ? &out->rows[out->n_rows - 1] : NULL;
    bool is_same = last && !strcmp(last->scale, scale->def.key)
                && !strcmp(last->scale_version, scale->def.version)
                && !strcmp(last->rater, answer->rater);
    if (!is_same && out->n_rows >= KOR_EXPORT_MAX_ROWS) {
        return KOR_TOO_LARGE;
    }
    fill_answer(answer, scale, filling->names->has_language,
                is_same ? last : add_row(filling));
    return KOR_OK;
}

enum kor_code
kor_export_put(struct kor_context *context,
               const struct kor_export_session *session,
               const struct kor_export_names *names,
               struct kor_msg_export_rows *out)
{
    struct filling filling = {.context = context,
                              .session = session,
                              .names = names,
                              .out = out,
                              .first = out->n_rows};
    enum kor_code code
        = kor_store_answers(context->desk->store, session->session.id,
                            put_answer, &filling, context->err);
    kor_look_saw(&context->call->look, session->person_id);
    if (code == KOR_OK && out->n_rows == filling.first) {
        (void)add_row(&filling);
    }
    if (code == KOR_TOO_LARGE) {
        out->n_rows = filling.first;
    }
    return code;
}

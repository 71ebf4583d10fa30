/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All answers, page by page. */

#include <stdlib.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/export_rows.h"

#define PAGE 400 /* Sessions. */

static void
name(void *to, const struct kor_export_session *from,
     struct kor_msg_export_row *row)
{
    (void)to;
    kor_utf8_copy(row->code, sizeof row->code, from->code);
    kor_utf8_copy(row->pathway, sizeof row->pathway, from->pathway);
    kor_utf8_copy(row->unit, sizeof row->unit, from->unit);
    kor_utf8_copy(row->therapist, sizeof row->therapist, from->therapist);
    row->date = from->session.session_date;
    kor_utf8_copy(row->held_by, sizeof row->held_by, from->held_by);
}

static enum kor_code
export_all(struct kor_context *context, const struct kor_msg_export *msg,
           struct kor_msg_export_rows *out)
{
    const struct kor_export_names names
        = {.name = name, .has_language = true};
    struct kor_export_session *sessions
        = kor_alloc_array(PAGE, sizeof *sessions);
    size_t n = 0, i = 0;
    enum kor_code code = kor_store_export(
        context->desk->store, msg->after == KOR_NO_INT ? 0 : msg->after, PAGE,
        sessions, &n, context->err);
    for (; i < n && code == KOR_OK && out->n_rows < KOR_EXPORT_MAX_ROWS;
         i++) {
        code = kor_export_put(context, &sessions[i], &names, out);
        if (code == KOR_TOO_LARGE && i > 0) {
            code = KOR_OK;
            break;
        }
    }
    if (i > 0 && (i < n || n == PAGE)) {
        out->next = sessions[i - 1].session.id;
    }
    free(sessions);
    return code;
}

/* By which role it is allowed says what is told: to a researcher nobody's
 * code. */
enum kor_code
kor_handle_export(struct kor_context *context, const void *request,
                  void *reply)
{
    return context->call->look.grant.role == KOR_ACTOR_RESEARCHER
               ? kor_export_study(context, request, reply)
               : export_all(context, request, reply);
}

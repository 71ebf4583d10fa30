/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_EXPORT_ROWS_H
#define SERVICE_EXPORT_ROWS_H 1

/* Rows of an export: one an answer, or one for a session without any. */

#include "service/handlers.h"
#include "store/session.h"

enum { KOR_EXPORT_MAX_ROWS = 4000 }; /* Of a page, as in the message. */

/* Says in 'row' whose session it is. */
typedef void (*kor_export_name_fn)(void *to,
                                   const struct kor_export_session *session,
                                   struct kor_msg_export_row *row);

/* How rows are named. */
struct kor_export_names {
    kor_export_name_fn name;
    void *to;
    bool has_language; /* The language of the form is told. */
};

/* Adds the rows of 'session' to 'out'; the person was seen then.
 * KOR_TOO_LARGE means that the page was full before it: nothing was added. */
KOR_NODISCARD enum kor_code
kor_export_put(struct kor_context *context,
               const struct kor_export_session *session,
               const struct kor_export_names *names,
               struct kor_msg_export_rows *out);

/* The page for a researcher. */
KOR_NODISCARD enum kor_code
kor_export_study(struct kor_context *context,
                 const struct kor_msg_export *msg,
                 struct kor_msg_export_rows *out);

#endif /* service/export_rows.h */

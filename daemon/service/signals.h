/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SIGNALS_H
#define SERVICE_SIGNALS_H 1

/* From findings to signals: those that ask for an answer are raised once, and
 * pass when a later score on the same scale no longer bears them out.  An
 * answer to talk about does not pass by itself: it waits for a person. */

#include "service/handlers.h"

/* What one stored answer says. */
struct kor_heard {
    const struct kor_scale *scale;
    const struct kor_session *session;
    unsigned findings;  /* Of the answer. */
    bool is_lead;       /* Only the lead scale raises more than attention. */
};

/* Raises and lets pass, in the store and in 'timeline'. */
KOR_NODISCARD enum kor_code
kor_signals_hear(struct kor_context *context, struct kor_timeline *timeline,
                 const struct kor_heard *heard);

/* Lets pass those of 'findings' that the answer on 'scale' in 'session' raised
 * as signals, since that answer was not right. */
KOR_NODISCARD enum kor_code
kor_signals_withdraw(struct kor_context *context,
                     struct kor_timeline *timeline, unsigned findings,
                     const char *scale, const struct kor_session *session);

/* Whether the sheet with this number has an open signal. */
bool kor_signals_has_sheet(const struct kor_timeline *timeline,
                           int32_t sheet);

/* The sheet with this number on 'form', filled in or corrected, has an answer
 * to talk about, or none (any more).  'session' is that of its day. */
KOR_NODISCARD enum kor_code
kor_signals_hear_sheet(struct kor_context *context,
                       struct kor_timeline *timeline,
                       const struct kor_session *session, const char *form,
                       int32_t sheet, bool asks);

#endif /* service/signals.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DUES_H
#define SERVICE_DUES_H 1

/* Dues: what happens to an episode changes what is expected of it.  Each of
 * these loads what is open, lets pathway/expect.h work it out, and stores what
 * has changed, in the batch of the caller.  An episode without a pathway of a
 * version has nothing due. */

#include "pathway/expect.h"
#include "service/handlers.h"

/* Lets a new episode go by the newest version of episode->pathway: its id,
 * first phase.  KOR_NOT_FOUND, field "pathway". */
KOR_NODISCARD enum kor_code kor_dues_begin(struct kor_context *context,
                                           struct kor_episode *episode);

/* It has been stored. */
KOR_NODISCARD enum kor_code kor_dues_open(struct kor_context *context,
                                          const struct kor_episode *episode);

/* It has come into another phase or version on 'date'. */
KOR_NODISCARD enum kor_code kor_dues_stage(struct kor_context *context,
                                           const struct kor_episode *episode,
                                           int32_t date);

/* A session was stored: it is new, or another than it was 'before', and these
 * scales were answered in it now, by whom.  What is expected of a session that
 * is held is expected, on its day; of one that is not held nothing is, and the
 * next contact is due after the last one that was.  It may end a phase, which
 * 'episode' then says, and takes none back. */
struct kor_dues_answer {
    const char *scale, *rater;
};
struct kor_dues_news {
    const struct kor_session *session;
    const struct kor_session *before; /* Null: it is new. */
    const struct kor_dues_answer *answers;
    size_t n_answers;
    const struct kor_dues_answer *all; /* That it has, if it was not held */
    size_t n_all;                      /* before: none is awaited of it. */
};
KOR_NODISCARD enum kor_code
kor_dues_session(struct kor_context *context, struct kor_episode *episode,
                 const struct kor_dues_news *news);

/* The answer in 'session' was none: where its pathway asks for it, it is
 * awaited again. */
KOR_NODISCARD enum kor_code
kor_dues_struck(struct kor_context *context,
                const struct kor_episode *episode,
                const struct kor_session *session,
                const struct kor_dues_answer *answer);

/* The client logs in, today: what was answered today is not asked again. */
KOR_NODISCARD enum kor_code
kor_dues_log_in(struct kor_context *context,
                const struct kor_timeline *timeline);

/* A sheet was filled in on the form 'form', on 'date': in the session that was
 * held then, or in none. */
KOR_NODISCARD enum kor_code
kor_dues_sheet(struct kor_context *context,
               const struct kor_timeline *timeline, const char *form,
               int32_t date);

/* Its appointments have changed. */
KOR_NODISCARD enum kor_code kor_dues_agreed(struct kor_context *context,
                                            const struct kor_episode *episode);

/* Its episode ended on closed_date. */
KOR_NODISCARD enum kor_code
kor_dues_end(struct kor_context *context, const struct kor_timeline *timeline);

/* The client came back after 'former' had ended: who is asked in a new episode
 * is not asked after the old one. */
KOR_NODISCARD enum kor_code kor_dues_return(struct kor_context *context,
                                            const struct kor_episode *former);

/* The day 'today' has begun for the episode.  It may end a phase, which
 * 'episode' then says. */
KOR_NODISCARD enum kor_code kor_dues_day(struct kor_desk *desk,
                                         struct kor_episode *episode,
                                         int32_t today, struct kor_err *err);

/* Says why the row 'id' of the episode did not come.  KOR_CONFLICT if it is
 * not open, KOR_BAD_VALUE if it is a contact, which can be declined alone. */
KOR_NODISCARD enum kor_code
kor_dues_missing(struct kor_context *context,
                 const struct kor_episode *episode, int64_t id,
                 enum kor_missing missing, int32_t review_date);

/* Stores in '*items' all that was expected of a person and has not come, or
 * never came; free as any list of a message. */
KOR_NODISCARD enum kor_code
kor_dues_of_person(struct kor_context *context, int64_t person_id,
                   struct kor_msg_due_item **items, size_t *n);

#endif /* service/dues.h */

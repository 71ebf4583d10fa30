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
 * first phase and, unless a planned end is set, the end of the planned time.
 * KOR_NOT_FOUND, field "pathway". */
KOR_NODISCARD enum kor_code kor_dues_begin(struct kor_context *context,
                                           struct kor_episode *episode);

/* It has been stored. */
KOR_NODISCARD enum kor_code kor_dues_open(struct kor_context *context,
                                          const struct kor_episode *episode);

/* It has come into another phase or version on 'date'. */
KOR_NODISCARD enum kor_code kor_dues_stage(struct kor_context *context,
                                           const struct kor_episode *episode,
                                           int32_t date);

/* What has come of a session: that it was held, which was not known before,
 * and scales with who answered them.  It may end a phase, which 'episode' then
 * says. */
struct kor_dues_answer {
    const char *scale, *rater;
};
struct kor_dues_news {
    const struct kor_session *session;
    bool is_held_anew;
    const struct kor_dues_answer *answers;
    size_t n_answers;
};
KOR_NODISCARD enum kor_code
kor_dues_session(struct kor_context *context, struct kor_episode *episode,
                 const struct kor_dues_news *news);

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

/* A session that was put down as 'before' is mended to 'after': what was
 * expected of it moves with it, or is not expected if it was not held, and the
 * next contact is due after the last session that was.  It may end a phase,
 * which 'episode' then says, and takes none back. */
KOR_NODISCARD enum kor_code kor_dues_mend(struct kor_context *context,
                                          struct kor_episode *episode,
                                          const struct kor_session *before,
                                          const struct kor_session *after);

/* Its appointments have changed. */
KOR_NODISCARD enum kor_code kor_dues_agreed(struct kor_context *context,
                                            const struct kor_episode *episode);

/* It ended on episode->closed_date. */
KOR_NODISCARD enum kor_code kor_dues_end(struct kor_context *context,
                                         const struct kor_episode *episode);

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
 * not open. */
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

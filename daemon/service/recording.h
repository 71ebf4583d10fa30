/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_RECORDING_H
#define SERVICE_RECORDING_H 1

/* Recording: what happens to an answer that has passed its checks, whoever
 * brings it - a new score, a correction, a move to the right client. */

#include "service/handlers.h"
#include "service/judged.h"
#include "service/place.h"
#include "store/session.h"

struct kor_recorded {
    struct kor_answer answer;      /* Checked; judging fills in the rest. */
    const struct kor_scale *scale;
    size_t session_index;          /* Of the stored session. */
    bool is_attention_beside;      /* Another answer that comes with it asks
                                    * to be talked about, or was not seen. */
    bool is_lead;                  /* Set by kor_recording_store(). */
    struct kor_judged judged;      /* Set by kor_recording_store(). */
};

#define KOR_MAX_ANSWERS 8 /* At once, as in the message. */

/* Stores a session where it was placed, new or changed, and puts it into
 * 'timeline'; place->index is then set.  A new one is held in the way that was
 * agreed, if nobody says. */
KOR_NODISCARD enum kor_code
kor_recording_session(struct kor_context *context,
                      struct kor_timeline *timeline, struct kor_place *place);

/* Judges the answer against what 'timeline' holds, stores it, puts it into
 * 'timeline', and raises or lets pass signals.  The first answer of a client
 * on anything but alliance and goals makes its scale the lead scale. */
KOR_NODISCARD enum kor_code
kor_recording_store(struct kor_context *context, struct kor_timeline *timeline,
                    struct kor_recorded *recorded);

/* Stores a corrected answer, the next version, as above.  What the wrong values
 * raised goes with them, and later scores on its line are judged again. */
KOR_NODISCARD enum kor_code
kor_recording_correct(struct kor_context *context,
                      struct kor_timeline *timeline,
                      struct kor_recorded *recorded);

/* Takes the values out of the answer on 'line' in the session with the index,
 * given there or a copy, which was another client's; what rested on it is
 * judged again, or awaited again. */
KOR_NODISCARD enum kor_code
kor_recording_strike(struct kor_context *context,
                     struct kor_timeline *timeline,
                     const struct kor_line *line, size_t session_index,
                     bool is_copy, const char *reason);

/* Lets the session with the index, which is new (null) or was another one
 * 'before', and the 'n' answers that came now, change what is awaited.  It may
 * end a phase of the episode. */
KOR_NODISCARD enum kor_code
kor_recording_await(struct kor_context *context, struct kor_timeline *timeline,
                    size_t session_index, const struct kor_session *before,
                    const struct kor_recorded answers[], size_t n);

/* Whether every answer in 'timeline' can be corrected, or judged again, once
 * more; to be asked before anything is changed.  KOR_CONFLICT, 'field'. */
KOR_NODISCARD enum kor_code
kor_recording_check_versions(struct kor_context *context,
                             const struct kor_timeline *timeline,
                             const char *field);

/* Judges the client's last answer on the lead scale again after an earlier one
 * on 'changed' has changed in the session with the index 'changed_index', and
 * stores that as a new version; 'why' says so.  Nothing happens if the change
 * was in the last one, or on another line. */
KOR_NODISCARD enum kor_code
kor_recording_rejudge(struct kor_context *context,
                      struct kor_timeline *timeline,
                      const struct kor_line *changed, size_t changed_index,
                      const char *why);

/* Settles the lead scale afresh after an answer was struck that may have been
 * the only one on it, or after the episode came to another pathway: the scale
 * that the client answered first of those that may lead, or none; its last
 * answer is judged again. */
KOR_NODISCARD enum kor_code
kor_recording_relead(struct kor_context *context,
                     struct kor_timeline *timeline, const char *why);

/* Fills the reply about the session with the index 'session_index' and the
 * 'n' answers stored in it. */
KOR_NODISCARD enum kor_code kor_recording_reply(struct kor_context *context,
                         const struct kor_timeline *timeline,
                         size_t session_index,
                         const struct kor_recorded answers[], size_t n,
                         struct kor_msg_recorded *reply);

#endif /* service/recording.h */

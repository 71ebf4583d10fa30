/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_PLACE_H
#define SERVICE_PLACE_H 1

/* Place: which session a score belongs to.
 *
 * With a number: that session, or a new one with that number.  Without: the
 * session of the date (today), or the next number.  So the outcome scale that
 * opens the hour makes the session, and the alliance scale that closes it
 * finds it open. */

#include "kor/wire/message.h"
#include "store/timeline.h"

struct kor_place {
    bool is_new;
    size_t index;               /* Into the timeline, unless new. */
    struct kor_session before;  /* As it is, unless new. */
    struct kor_session session; /* As it will be. */
    bool has_changed;           /* Status or mode of an old one change. */
};

/* What is asked for; numbers and dates may be KOR_NO_INT and KOR_NO_DATE. */
struct kor_place_wish {
    int64_t session;
    int32_t date;
    const char *status; /* "" for held, or as it is. */
    const char *mode;   /* "" for unknown, or as it is. */
    bool has_answers;
    bool is_alone; /* The client answers and meets nobody: a new session is a
                      check-in.  Else one that was is held. */
    int32_t today;
};

/* Finds the place in 'timeline'.  Errors name date, session, status or mode,
 * and what to do; nothing is changed. */
KOR_NODISCARD enum kor_code
kor_place_find(const struct kor_timeline *timeline,
               const struct kor_place_wish *wish, struct kor_place *place,
               struct kor_err *err);

/* The session as it is, or null if it is new. */
const struct kor_session *kor_place_before(const struct kor_place *place);

/* Whether something can have been on 'date': neither in the future nor before
 * the episode.  The error names "date". */
KOR_NODISCARD enum kor_code
kor_place_date(const struct kor_timeline *timeline, int32_t date,
               int32_t today, struct kor_err *err);

/* Whether the words are a status and a mode; "" is one. */
KOR_NODISCARD enum kor_code kor_place_words(const char *status,
                                            const char *mode,
                                            struct kor_err *err);

/* Whether an answer that counts lies in the session with the index. */
bool kor_place_is_answered(const struct kor_timeline *timeline, size_t index);

#endif /* service/place.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_TIMELINE_H
#define STORE_TIMELINE_H 1

/* Timeline: one episode in memory, as much of it as judging a score needs:
 * its sessions in order, the total of every answer that counts, and the open
 * signals.  About 1.5 KiB for twenty sessions with a pair of scales.
 *
 * Use one with '= {0}', fill it with kor_store_timeline_load(), end with
 * kor_timeline_done().  What is recorded is added to it with the functions
 * below, so that it stays what a load would give. */

#include <stddef.h>
#include <stdint.h>

#include "kor/define/rater.h"
#include "kor/stat/finding.h"
#include "store/episode.h"
#include "store/session.h"

struct kor_store;

/* An answer that counts, or one that was struck (is_struck). */
struct kor_point {
    int32_t session_index;      /* Into 'sessions'. */
    int32_t version;
    int64_t instrument_id;
    double total;               /* NAN: too much is missing, or struck. */
    bool is_struck;
    char rater[KOR_RATER_SIZE];
};

/* An open signal. */
struct kor_open_signal {
    int64_t id;
    enum kor_finding finding;
    int32_t episode;        /* Number of the one that it was raised in. */
    char therapist[33];     /* Of that. */
    char scale[33];         /* Or form, if it comes from a sheet. */
    int32_t sheet;          /* Its number; 0: none. */
    int64_t session_id;     /* That raised it. */
    int32_t session;        /* Its number. */
    int32_t session_date;
    int32_t sessions_since; /* Held since then. */
};

struct kor_timeline {
    struct kor_episode episode;
    struct kor_session *sessions; /* By number. */
    size_t n_sessions;
    struct kor_point *points; /* The last version of each, by session, scale
                                 and rater. */
    size_t n_points;
    struct kor_open_signal *signals; /* The oldest first; an answer to talk
                                      * about also from episodes before. */
    size_t n_signals;
};

/* Loads the episode 'episode_id' into an empty '*timeline'. */
KOR_NODISCARD enum kor_code
kor_store_timeline_load(struct kor_store *store, int64_t episode_id,
                        struct kor_timeline *timeline, struct kor_err *err);

/* Loads the open signals of the timeline's episode into it, which is all that
 * a list needs of an episode. */
KOR_NODISCARD enum kor_code
kor_store_timeline_signals(struct kor_store *store,
                           struct kor_timeline *timeline, struct kor_err *err);

/* Frees what 'timeline' holds and empties it. */
void kor_timeline_done(struct kor_timeline *timeline);

/* Puts a stored session where its number belongs, and returns its index. */
size_t kor_timeline_add_session(struct kor_timeline *timeline,
                                const struct kor_session *session);

/* Replaces the session of the same number by 'session', whose status, mode or
 * date was changed, within the order of dates. */
void kor_timeline_change_session(struct kor_timeline *timeline,
                                 const struct kor_session *session);

/* The point of that answer; null if there is none. */
struct kor_point *kor_timeline_point(const struct kor_timeline *timeline,
                                     size_t session_index,
                                     int64_t instrument_id,
                                     const char *rater);

/* Adds a point, or replaces the one of the same session, scale and rater. */
void kor_timeline_put_point(struct kor_timeline *timeline,
                            const struct kor_point *point);

/* Empties the list of open signals, to be loaded again. */
void kor_timeline_drop_signals(struct kor_timeline *timeline);

/* Adds a stored signal, its 'sessions_since' is counted here; removes the open
 * signal with that id. */
void kor_timeline_add_signal(struct kor_timeline *timeline,
                             const struct kor_open_signal *signal);
void kor_timeline_drop_signal(struct kor_timeline *timeline, int64_t id);

/* The index of the session 'number', or SIZE_MAX. */
size_t kor_timeline_session(const struct kor_timeline *timeline,
                            int32_t number);

#endif /* store/timeline.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_FIGURES_H
#define STORE_FIGURES_H 1

/* What many people have in common: the scores that a course is fitted to, the
 * last scores of a caseload, and the counts behind the clinic's figures. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/stat/finding.h"

struct kor_store;

/* One score of a closed episode, for a fit. */
struct kor_course_row {
    int64_t episode_id;
    int32_t opened_date;
    int32_t born_month; /* Or KOR_NO_MONTH. */
    int32_t session;    /* Number. */
    int32_t date;
    double total;
};

/* Calls 'each' for every score of closed, visible episodes on 'scale' by
 * 'rater' (of one pathway unless 'pathway' is ""), by episode and session;
 * scores after the end are left out. */
typedef void (*kor_course_row_fn)(void *to, const struct kor_course_row *row);
KOR_NODISCARD enum kor_code
kor_store_course_scores(struct kor_store *store, const char *scale,
                        const char *pathway, const char *rater,
                        kor_course_row_fn each, void *to,
                        struct kor_err *err);

/* The same for the latest 'n_max' episodes that had ended by 'closed_by', as
 * far as they are among the last 20,000 of all. */
KOR_NODISCARD enum kor_code
kor_store_latest_scores(struct kor_store *store, const char *scale,
                        const char *pathway, const char *rater,
                        int32_t closed_by, size_t n_max,
                        kor_course_row_fn each, void *to,
                        struct kor_err *err);

/* The last lead score of an episode, as judged when it was stored. */
struct kor_last_score {
    bool is_there;
    int64_t instrument_id;
    int32_t session;
    double total, start;
    enum kor_standing standing;
    enum kor_unsaid unsaid;
    unsigned findings;
};
KOR_NODISCARD enum kor_code
kor_store_last_score(struct kor_store *store, int64_t episode_id,
                     struct kor_last_score *last, struct kor_err *err);

/* How many sessions an episode has, and the date of the latest (or
 * KOR_NO_DATE). */
KOR_NODISCARD enum kor_code
kor_store_session_summary(struct kor_store *store, int64_t episode_id,
                          int32_t *n, int32_t *last_date,
                          struct kor_err *err);

/* Calls 'each' with the id of every person whom a researcher is told of: who
 * has a visible episode, and did not withdraw a consent to research without
 * giving one after that. */
typedef void (*kor_id_fn)(void *to, int64_t id);
KOR_NODISCARD enum kor_code kor_store_people(struct kor_store *store,
                                             kor_id_fn each, void *to,
                                             struct kor_err *err);

/* Stores in 'out' at most 'n_max' pathways that 'n_people' people or more have
 * been in, the greatest first. */
KOR_NODISCARD enum kor_code
kor_store_pathways(struct kor_store *store, int64_t n_people, size_t n_max,
                   char out[][33], size_t *n, struct kor_err *err);

/* Of which unit, with those below it, and when. */
struct kor_span {
    const char *unit_path; /* "/" for the whole clinic; borrowed. */
    int32_t from, to;      /* Both days included; or KOR_NO_DATE. */
};

/* Counts of episodes that were there in that span. */
struct kor_episode_counts {
    int64_t all, open, planned, unplanned, made_up;
};
KOR_NODISCARD enum kor_code
kor_store_episode_counts(struct kor_store *store, const struct kor_span *span,
                         struct kor_episode_counts *counts,
                         struct kor_err *err);

/* Calls 'each' with the number of sessions of each status in that span. */
typedef void (*kor_status_fn)(void *to, const char *status, int64_t n);
KOR_NODISCARD enum kor_code
kor_store_session_counts(struct kor_store *store, const struct kor_span *span,
                         kor_status_fn each, void *to,
                         struct kor_err *err);

/* Calls 'each' with the id of every episode closed in that span. */
typedef enum kor_code (*kor_episode_fn)(void *to, int64_t episode_id,
                                        struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_closed_episodes(struct kor_store *store, const struct kor_span *span,
                          kor_episode_fn each, void *to, struct kor_err *err);

#endif /* store/figures.h */

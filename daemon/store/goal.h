/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GOAL_H
#define STORE_GOAL_H 1

/* Goals of an episode.  A goal keeps its id; what it says is a version, and
 * how far it has come is a row for each time somebody said so: nothing is
 * overwritten. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/line.h"

struct kor_store;

/* Nobody said how far a goal has come. */
#define KOR_GOAL_UNSAID (-100)

enum kor_goal_status {
    KOR_GOAL_OPEN,
    KOR_GOAL_REACHED,
    KOR_GOAL_DROPPED
};

/* The word on the wire and in the file: "open", "reached", "dropped". */
const char *kor_goal_status_name(enum kor_goal_status status);

/* Stores in '*status' the one that 'name' stands for; false if there is
 * none. */
bool kor_goal_status_from(const char *name, enum kor_goal_status *status);

/* A goal in one version. */
struct kor_goal {
    int64_t id; /* 0: not stored. */
    int32_t version;
    int64_t under_id;                   /* 0: under none. */
    char text[KOR_LINE_SIZE];
    char criterion[KOR_LINE_SIZE]; /* "": none. */
    int32_t target_date;           /* KOR_NO_DATE: none. */
    enum kor_goal_status status;
    double weight;                      /* Above 0. */
    int64_t at_ms;                      /* When it was written, */
    int64_t actor_id;                   /* by which key (only to write), */
    char by[33];                        /* and whose (only when read). */
    int32_t set_date;                   /* Of all versions. */
    /* Only of the last version: how far it has come. */
    int progress;          /* 0 to 10, or KOR_GOAL_UNSAID; */
    int32_t progress_date; /* when, or KOR_NO_DATE; */
    int level;             /* -2 to 2, or KOR_GOAL_UNSAID. */
    int32_t level_date;
};

/* How far a goal had come on a day. */
struct kor_goal_mark {
    int32_t date;
    int progress, level; /* One of them may be KOR_GOAL_UNSAID. */
    int64_t at_ms;
    int64_t actor_id; /* Only to write, */
    char by[33];      /* only when read. */
};

/* Adds a goal to an episode and sets its id and version. */
KOR_NODISCARD enum kor_code kor_store_goal_add(struct kor_store *store,
                                               int64_t episode_id,
                                               struct kor_goal *goal,
                                               struct kor_err *err);

/* Stores what it says from now on, and raises its version. */
KOR_NODISCARD enum kor_code kor_store_goal_change(struct kor_store *store,
                                                  struct kor_goal *goal,
                                                  struct kor_err *err);

KOR_NODISCARD enum kor_code
kor_store_goal_mark_add(struct kor_store *store, int64_t goal_id,
                        const struct kor_goal_mark *mark,
                        struct kor_err *err);

/* Stores in 'out' at most 'n_max' goals of an episode, in the order in which
 * they were added. */
KOR_NODISCARD enum kor_code kor_store_goals(struct kor_store *store,
                                            int64_t episode_id, size_t n_max,
                                            struct kor_goal out[], size_t *n,
                                            struct kor_err *err);

/* Stores in 'out' at most 'n_max' of its versions that hold no more, and of
 * its marks, the latest first. */
KOR_NODISCARD enum kor_code
kor_store_goal_versions(struct kor_store *store, int64_t goal_id,
                        size_t n_max, struct kor_goal out[], size_t *n,
                        struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_goal_marks(struct kor_store *store, int64_t goal_id, size_t n_max,
                     struct kor_goal_mark out[], size_t *n,
                     struct kor_err *err);

#endif /* store/goal.h */

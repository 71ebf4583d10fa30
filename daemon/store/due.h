/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_DUE_H
#define STORE_DUE_H 1

/* What is expected of an episode and has not come yet, or never came.  What
 * came has no row: the answer is its own record. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/clock.h"
#include "kor/base/err.h"
#include "kor/define/client_code.h"
#include "kor/define/pathway.h"
#include "store/scope.h"

struct kor_episode;
struct kor_store;

/* Why something that was expected did not come. */
enum kor_missing {
    KOR_MISSING_NOT, /* It is still to come. */
    KOR_MISSING_FORGOT,
    KOR_MISSING_DECLINED, /* Until the day it is asked for again. */
    KOR_MISSING_CRISIS,
    KOR_MISSING_PHONE,
    KOR_MISSING_UNSUITABLE,
    KOR_MISSING_UNSAID /* Its time passed, and nobody said why. */
};

struct kor_due {
    int64_t id; /* 0: not stored. */
    enum kor_rule_kind kind;
    enum kor_when when;
    char key[KOR_PATHWAY_KEY_SIZE];
    char rater[KOR_RATER_SIZE]; /* Of a scale; else "". */
    int64_t session_id;         /* 0: of none. */
    int32_t due_date;
    int32_t until_date;  /* Overdue after it. */
    enum kor_missing missing;
    int32_t review_date; /* Of what was declined; else KOR_NO_DATE. */
};

/* The word on the wire and in the file: "", "forgot", "declined", "crisis",
 * "phone", "unsuitable" or "unsaid". */
const char *kor_missing_name(enum kor_missing missing);

/* Stores in '*missing' the one that 'name' stands for; false if there is
 * none. */
bool kor_missing_from(const char *name, enum kor_missing *missing);

/* Adds a row for 'episode_id' and sets its id; changes one; removes one. */
KOR_NODISCARD enum kor_code kor_store_due_add(struct kor_store *store,
                                              int64_t episode_id,
                                              struct kor_due *due,
                                              struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_due_change(struct kor_store *store,
                                                 const struct kor_due *due,
                                                 struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_due_remove(struct kor_store *store,
                                                 int64_t id,
                                                 struct kor_err *err);

/* Removes what a session was missing, once it came after all: what 'due' says,
 * in due->session_id. */
KOR_NODISCARD enum kor_code
kor_store_due_came_late(struct kor_store *store, int64_t episode_id,
                        const struct kor_due *due, struct kor_err *err);

/* Removes all that was expected of a session, also what was missing; moves it
 * by 'days'. */
KOR_NODISCARD enum kor_code
kor_store_due_drop_session(struct kor_store *store, int64_t episode_id,
                           int64_t session_id, struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_due_move_session(struct kor_store *store, int64_t episode_id,
                           int64_t session_id, int32_t days,
                           struct kor_err *err);

/* The same of what 'due' waited for on a day and not in a session: what came
 * on due->due_date, at most 'n_days' after it was overdue, ends the last that
 * it can. */
KOR_NODISCARD enum kor_code
kor_store_due_came_by_day(struct kor_store *store, int64_t episode_id,
                          const struct kor_due *due, int n_days,
                          struct kor_err *err);

/* Calls 'each' for what is still to come of an episode, and for what was
 * declined until a day after 'today', the oldest first. */
typedef void (*kor_due_fn)(void *to, const struct kor_due *due);
KOR_NODISCARD enum kor_code
kor_store_dues(struct kor_store *store, int64_t episode_id, int32_t today,
               kor_due_fn each, void *to, struct kor_err *err);

/* Loads a row and whose it is; KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code
kor_store_due_load(struct kor_store *store, int64_t id, struct kor_due *due,
                   int64_t *episode_id, struct kor_err *err);

/* A goal whose day has passed is listed as well, until it is ended: it has no
 * row of its own, and in place of its id this and its number. */
#define KOR_DUE_GOALS 1000000000000

/* What is due of the episodes in 'scope' by scope->today, by date and id. */
struct kor_due_wish {
    const struct kor_scope *scope;
    const char *therapist; /* "": of all in scope. */
    bool is_overdue;       /* That alone; */
    bool is_in_time;       /* or what is not, alone. */
    int32_t after_date;    /* Those behind this row; 0 and 0 for the first */
    int64_t after_id;      /* page. */
    size_t n_max;
};
struct kor_listed_due {
    struct kor_due due;              /* Of a goal only id and dates. */
    int64_t goal_id;                 /* 0: it is none. */
    const char *goal;                /* What it says; else "". */
    int64_t episode_id, person_id, pathway_id;
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode;                 /* Its number, */
    int32_t session;                 /* that of the session, or 0. */
    char therapist[33];
};
typedef enum kor_code (*kor_listed_due_fn)(void *to,
                                           const struct kor_listed_due *due,
                                           struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_due_list(struct kor_store *store, const struct kor_due_wish *wish,
                   kor_listed_due_fn each, void *to, struct kor_err *err);

/* The same for all rows of a person, those that never came with them. */
KOR_NODISCARD enum kor_code
kor_store_dues_of(struct kor_store *store, int64_t person_id, size_t n_max,
                  kor_listed_due_fn each, void *to, struct kor_err *err);

/* How far the work of a day has come. */
struct kor_day {
    int32_t date;     /* KOR_NO_DATE: there was none yet. */
    int64_t after_id; /* The last episode that is done. */
    bool is_done;     /* All are. */
};
KOR_NODISCARD enum kor_code kor_store_day_find(struct kor_store *store,
                                               struct kor_day *day,
                                               struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_day_put(struct kor_store *store,
                                              const struct kor_day *day,
                                              struct kor_err *err);

/* Stores in 'ids' at most 'n_max' episodes behind day->after_id for which the
 * day may have something to do, in order. */
KOR_NODISCARD enum kor_code
kor_store_day_episodes(struct kor_store *store, const struct kor_day *day,
                       size_t n_max, int64_t ids[], size_t *n,
                       struct kor_err *err);

/* The session with which 'n' were held in the episode's phase: its number and
 * day; 0 and KOR_NO_DATE if there are fewer. */
KOR_NODISCARD enum kor_code
kor_store_phase_session(struct kor_store *store,
                        const struct kor_episode *episode, int n,
                        int32_t *number, int32_t *date, struct kor_err *err);

/* The day on which the last session was held, or KOR_NO_DATE. */
KOR_NODISCARD enum kor_code kor_store_last_held(struct kor_store *store,
                                                int64_t episode_id,
                                                int32_t *date,
                                                struct kor_err *err);

#endif /* store/due.h */

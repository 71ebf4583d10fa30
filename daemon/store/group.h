/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GROUP_H
#define STORE_GROUP_H 1

/* Groups that meet: who belongs to them, which meetings there were and who was
 * there, and what somebody took on. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/clock.h"
#include "kor/base/err.h"
#include "kor/define/client_code.h"
#include "store/line.h"
#include "store/unit.h"

struct kor_store;

struct kor_group {
    int64_t id;
    char name[33];          /* Handle. */
    char kind[16];          /* group or responsibility. */
    struct kor_unit unit;
    char leader[33];        /* Name of an account. */
    char second_leader[33]; /* Or "". */
    int64_t planned;        /* Meetings; 0: not said. */
};

struct kor_member {
    int64_t id, episode_id, person_id;
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode;   /* Number. */
    int32_t joined_date;
    int32_t left_date; /* Last day, or KOR_NO_DATE. */
    int64_t n_meetings, n_there;
    int32_t there_date; /* Of the last meeting that they were at, or
                         * KOR_NO_DATE. */
};

struct kor_meeting {
    int64_t id; /* Set when it is added. */
    int64_t number;
    int32_t date;
    char module[33]; /* Or "". */
    int64_t n_there, n_members;
};

struct kor_task {
    int64_t id;
    char text[KOR_LINE_SIZE];
    char who[33];
    int32_t until_date;
};

/* Adds a group and sets its id.  KOR_DUPLICATE if the name is taken. */
KOR_NODISCARD enum kor_code kor_store_group_add(struct kor_store *store,
                                                struct kor_group *group,
                                                int64_t at_ms,
                                                struct kor_err *err);

/* Finds a group by its name; KOR_NOT_FOUND without a sentence. */
KOR_NODISCARD enum kor_code kor_store_group_find(struct kor_store *store,
                                                 const char *name,
                                                 struct kor_group *group,
                                                 struct kor_err *err);

/* Calls 'each' for the groups that 'leader' leads and, if 'is_of_unit', those
 * of the unit with that path or below it. */
typedef void (*kor_group_fn)(void *to, const struct kor_group *group);
KOR_NODISCARD enum kor_code
kor_store_groups(struct kor_store *store, const char *leader, bool is_of_unit,
                 const char *unit_path, kor_group_fn each, void *to,
                 struct kor_err *err);

/* Adds an episode to a group; ends that. */
KOR_NODISCARD enum kor_code kor_store_member_add(struct kor_store *store,
                                                 int64_t group_id,
                                                 int64_t episode_id,
                                                 int32_t date,
                                                 struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_member_leave(struct kor_store *store,
                                                   int64_t member_id,
                                                   int32_t date,
                                                   const char *why,
                                                   struct kor_err *err);

/* The episode ended on 'date': it is in no group after that. */
KOR_NODISCARD enum kor_code kor_store_member_end(struct kor_store *store,
                                                 int64_t episode_id,
                                                 int32_t date,
                                                 struct kor_err *err);

/* Calls 'each' for everybody who was ever in it. */
typedef void (*kor_member_fn)(void *to, const struct kor_member *member);
KOR_NODISCARD enum kor_code kor_store_members(struct kor_store *store,
                                              int64_t group_id,
                                              kor_member_fn each, void *to,
                                              struct kor_err *err);

/* How many memberships an episode has or had, in all groups. */
KOR_NODISCARD enum kor_code kor_store_memberships(struct kor_store *store,
                                                  int64_t episode_id,
                                                  int64_t *n,
                                                  struct kor_err *err);

/* One meeting of a group that a client was in, or that membership alone if
 * there was no meeting yet. */
struct kor_attended {
    int64_t member_id;
    char group[33];
    int32_t joined_date, left_date; /* The latter may be KOR_NO_DATE. */
    char why[201];                  /* Why the client left, or "". */
    int64_t number;                 /* 0: no meeting yet. */
    int32_t date;
    char module[33]; /* Or "". */
    bool was_there, did_homework;
};

/* Calls 'each' for all memberships of an episode, each with its meetings in
 * order. */
typedef void (*kor_attended_fn)(void *to, const struct kor_attended *row);
KOR_NODISCARD enum kor_code kor_store_attended(struct kor_store *store,
                                               int64_t episode_id,
                                               kor_attended_fn each, void *to,
                                               struct kor_err *err);

/* Adds a meeting and sets its id; adds what a member did. */
KOR_NODISCARD enum kor_code kor_store_meeting_add(struct kor_store *store,
                                                  int64_t group_id,
                                                  struct kor_meeting *meeting,
                                                  struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_attendance_add(struct kor_store *store, int64_t meeting_id,
                         int64_t member_id, bool was_there,
                         bool did_homework, struct kor_err *err);

/* Calls 'each' for its last 500 meetings, the latest first. */
typedef void (*kor_meeting_fn)(void *to, const struct kor_meeting *meeting);
KOR_NODISCARD enum kor_code kor_store_meetings(struct kor_store *store,
                                               int64_t group_id,
                                               kor_meeting_fn each, void *to,
                                               struct kor_err *err);

/* Adds what somebody takes on; it is done (KOR_NOT_FOUND if the group has no
 * such task that is open); calls 'each' for those that are open. */
KOR_NODISCARD enum kor_code kor_store_task_add(struct kor_store *store,
                                               int64_t group_id,
                                               const struct kor_task *task,
                                               struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_task_done(struct kor_store *store,
                                                int64_t group_id, int64_t id,
                                                int32_t date,
                                                struct kor_err *err);
typedef void (*kor_task_fn)(void *to, const struct kor_task *task);
KOR_NODISCARD enum kor_code kor_store_tasks(struct kor_store *store,
                                            int64_t group_id,
                                            kor_task_fn each, void *to,
                                            struct kor_err *err);

#endif /* store/group.h */

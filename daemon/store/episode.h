/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_EPISODE_H
#define STORE_EPISODE_H 1

/* People and their episodes.  A person is a code; an episode is one stretch
 * of help with a number of its own.  Functions that find return KOR_NOT_FOUND
 * without a sentence: the caller knows what was asked for. */

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/client_code.h"
#include "store/scope.h"
#include "store/unit.h"

struct kor_store;

#define KOR_NO_MONTH INT32_MIN /* Birth month not known. */

struct kor_person {
    int64_t id;
    char code[KOR_CLIENT_CODE_SIZE]; /* With hyphen. */
    int32_t born_month;              /* Since 1970-01, or KOR_NO_MONTH. */
    char gender[8];                  /* female, male, other, or "". */
};

#define KOR_MAX_OPEN_EPISODES 8 /* Of one client at once. */

struct kor_episode {
    int64_t id;
    struct kor_person person;
    int32_t number;           /* From 1. */
    char pathway[33];
    int64_t pathway_id;       /* Version that it goes by; 0: none. */
    char phase[33];           /* Key; "" without a version. */
    int32_t phase_date;       /* First day of the phase, or KOR_NO_DATE. */
    int32_t phase_session;    /* Number of the session that ended the phase
                                 before; 0: none did. */
    char unit[33];
    char therapist[33];
    int32_t opened_date;
    int32_t planned_end_date; /* Or KOR_NO_DATE. */
    int32_t closed_date;      /* Or KOR_NO_DATE: open. */
    char ending[16];          /* open, planned, unplanned. */
    char reason[201];         /* "" while open. */
    char ending_reason[33];   /* Key in the pathway, or "". */
    char module[33];          /* Reached at the end, a key, or "". */
    char lead_scale[33];      /* "" before the first outcome score. */
    char cover[33];           /* Stands in for the therapist; "": nobody. */
    int32_t cover_until_date; /* Last day of that, or KOR_NO_DATE. */
    char supervisor[33];      /* "": who supervises the unit. */
    char unit_path[KOR_UNIT_PATH_SIZE]; /* Read only; "/" if no unit has that
                                           name. */
};

/* Adds a person and sets its id.  KOR_DUPLICATE if the code is taken. */
KOR_NODISCARD enum kor_code kor_store_person_add(struct kor_store *store,
                                                 struct kor_person *person,
                                                 struct kor_err *err);

/* Finds a person by the code in it and fills in the rest. */
KOR_NODISCARD enum kor_code kor_store_person_find(struct kor_store *store,
                                                  struct kor_person *person,
                                                  struct kor_err *err);

/* Adds an episode of the person in it, with cover and supervisor, and sets its
 * id; 'import_id' is 0 but
 * for what a file brings, which is invisible until the import is finished. */
KOR_NODISCARD enum kor_code kor_store_episode_add(struct kor_store *store,
                                                  struct kor_episode *episode,
                                                  int64_t import_id,
                                                  struct kor_err *err);

/* The id of the person's episode 'number', or of the last one if 0. */
KOR_NODISCARD enum kor_code
kor_store_episode_find(struct kor_store *store, int64_t person_id,
                       int32_t number, int64_t *id, struct kor_err *err);

/* The episodes of the client 'code' that are open, the last one first. */
struct kor_open_episodes {
    struct {
        int64_t id;
        int32_t number;
    } all[KOR_MAX_OPEN_EPISODES];
    size_t n;
};
KOR_NODISCARD enum kor_code
kor_store_open_episodes(struct kor_store *store, const char *code,
                        struct kor_open_episodes *open, struct kor_err *err);

/* How many visible episodes the person has. */
KOR_NODISCARD enum kor_code
kor_store_episode_count(struct kor_store *store, int64_t person_id,
                        int32_t *n, struct kor_err *err);

/* Loads the episode 'id' with its person. */
KOR_NODISCARD enum kor_code
kor_store_episode_load(struct kor_store *store, int64_t id,
                       struct kor_episode *episode, struct kor_err *err);

/* Stores ending, reason and last day of 'episode'. */
KOR_NODISCARD enum kor_code
kor_store_episode_close(struct kor_store *store,
                        const struct kor_episode *episode,
                        struct kor_err *err);

/* Stores therapist, cover and supervisor of 'episode'. */
KOR_NODISCARD enum kor_code
kor_store_episode_hands(struct kor_store *store,
                        const struct kor_episode *episode,
                        struct kor_err *err);

/* Stores pathway, version and phase of 'episode'. */
KOR_NODISCARD enum kor_code
kor_store_episode_pathway(struct kor_store *store,
                          const struct kor_episode *episode,
                          struct kor_err *err);

/* Stores the lead scale of 'episode'. */
KOR_NODISCARD enum kor_code
kor_store_episode_lead(struct kor_store *store,
                       const struct kor_episode *episode,
                       struct kor_err *err);

/* Stores in 'ids' the ids of at most 'n_max' open episodes above 'after' that
 * 'name' owns or is named to supervise, in order. */
KOR_NODISCARD enum kor_code
kor_store_episodes_of(struct kor_store *store, const char *name,
                      int64_t after, size_t n_max, int64_t ids[], size_t *n,
                      struct kor_err *err);

/* Stores in 'ids' the ids of at most 'n_max' open episodes above 'after' and
 * in 'scope', in order; of one therapist unless 'therapist' is "". */
KOR_NODISCARD enum kor_code
kor_store_episodes_open(struct kor_store *store, const struct kor_scope *scope,
                        int64_t after, const char *therapist, size_t n_max,
                        int64_t ids[], size_t *n, struct kor_err *err);

/* Whether anybody was ever called so: by an account, or as the therapist of an
 * episode. */
KOR_NODISCARD enum kor_code kor_store_is_therapist(struct kor_store *store,
                                                   const char *name,
                                                   bool *is_known,
                                                   struct kor_err *err);

#endif /* store/episode.h */

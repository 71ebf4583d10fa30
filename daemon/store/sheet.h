/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_SHEET_H
#define STORE_SHEET_H 1

/* Sheets that were filled in.  Nothing is written over: a correction is the
 * next version of its number. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"

struct kor_store;

struct kor_sheet {
    int64_t id; /* 0: not stored. */
    int32_t number; /* In the episode, from 1. */
    int32_t version;
    int64_t form_id;
    int32_t date;
    char reason[201]; /* Of a correction; else "". */
    int64_t at_ms;
    int64_t actor_id; /* Key that entered it; 0 of one that is read, */
    char by[33];      /* which has the name of its account. */
    bool is_replaced; /* Read only: there is a later version. */
    const char *answers; /* JSON; of one that is read, for the call. */
};

/* Adds a row for the episode and sets its id. */
KOR_NODISCARD enum kor_code kor_store_sheet_add(struct kor_store *store,
                                                int64_t episode_id,
                                                struct kor_sheet *sheet,
                                                struct kor_err *err);

/* The greatest number in the episode (0: it has no sheet), and how many rows
 * it has. */
KOR_NODISCARD enum kor_code
kor_store_sheet_last(struct kor_store *store, int64_t episode_id,
                     int32_t *number, int32_t *n, struct kor_err *err);

/* Calls 'each' for the sheets of an episode that 'wish' lets through, by
 * number and version. */
struct kor_sheet_wish {
    int32_t number;  /* 0: all. */
    int32_t version; /* 0: any. */
    bool with_replaced;
};
typedef enum kor_code (*kor_sheet_fn)(void *to, const struct kor_sheet *sheet,
                                      struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_sheets(struct kor_store *store, int64_t episode_id,
                 const struct kor_sheet_wish *wish, kor_sheet_fn each,
                 void *to, struct kor_err *err);

/* Whose signature a version of a sheet has on paper, or who got a copy of it;
 * a later row takes back what was ticked by mistake. */
struct kor_sheet_tick {
    char kind[16]; /* signature or copy. */
    char whom[16]; /* client, family, gp, staff or other. */
    bool is_on;
    int64_t at_ms;
    int64_t actor_id; /* As of a sheet. */
    char by[33];
};

/* Adds a row for the version 'sheet_id'. */
KOR_NODISCARD enum kor_code
kor_store_sheet_tick_add(struct kor_store *store, int64_t sheet_id,
                         const struct kor_sheet_tick *tick,
                         struct kor_err *err);

/* Stores in 'out' the rows of a version, at most 'n_max', in order. */
KOR_NODISCARD enum kor_code
kor_store_sheet_ticks(struct kor_store *store, int64_t sheet_id, size_t n_max,
                      struct kor_sheet_tick out[], size_t *n,
                      struct kor_err *err);

#endif /* store/sheet.h */

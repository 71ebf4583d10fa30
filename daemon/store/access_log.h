/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_ACCESS_LOG_H
#define STORE_ACCESS_LOG_H 1

/* The access log: who looked, at whom, on what ground, and who was refused.
 *
 * Rows are numbered from 1 without gaps and chained: the hash of a row is the
 * BLAKE2b-256 of the hash before it and of all its fields, so that a row that
 * was changed, taken out or put in later is found, as long as any later hash
 * is known from elsewhere (an anchor).  The database refuses to change or
 * delete rows; whoever goes round it breaks the chain.
 *
 * The end of the chain is kept by whoever writes, in a 'struct kor_log_tail';
 * after a rollback it is what it was before. */

#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "kor/base/uuid.h"
#include "kor/define/client_code.h"
#include "store/unit.h"

struct kor_store;

enum { KOR_LOG_HASH_SIZE = 32, KOR_LOG_NUMBER_SIZE = 8 };

/* Writes a number as the log holds it in lists and hashes: little-endian. */
void kor_log_bytes(int64_t value, uint8_t bytes[KOR_LOG_NUMBER_SIZE]);

/* The last row, or where the log was cut, or zeros for an empty log. */
struct kor_log_tail {
    int64_t seq;
    uint8_t hash[KOR_LOG_HASH_SIZE];
    int64_t at_ms;
};

/* One row; "" and 0 where there is nothing. */
struct kor_log_row {
    int64_t seq;        /* Set by kor_store_log_add(). */
    int64_t at_ms;
    int64_t actor_id;   /* Key. */
    char name[33];      /* Of its account. */
    char role[16];      /* By which it was allowed. */
    char action[33];    /* The verb, log-in, ... */
    char unit[KOR_UNIT_PATH_SIZE];
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode;    /* Number. */
    struct kor_buf people; /* Ids, 8 bytes each, little-endian; borrowed. */
    char object[65];    /* What else it was about. */
    char ground[16];    /* Relation that allowed it. */
    char reason[201];
    char outcome[24];   /* ok, or the word of the refusal. */
    uint8_t request[KOR_UUID_SIZE]; /* Zeros: none. */
    uint8_t hash[KOR_LOG_HASH_SIZE]; /* Set by kor_store_log_add(). */
};

/* Reads where the chain ends. */
KOR_NODISCARD enum kor_code kor_store_log_tail(struct kor_store *store,
                                               struct kor_log_tail *tail,
                                               struct kor_err *err);

/* Adds 'row' behind 'tail', which becomes it. */
KOR_NODISCARD enum kor_code kor_store_log_add(struct kor_store *store,
                                              struct kor_log_tail *tail,
                                              struct kor_log_row *row,
                                              struct kor_err *err);

/* Calls 'each' for the rows behind 'seq', in order, until it returns anything
 * but KOR_OK, which is returned. */
typedef enum kor_code (*kor_log_fn)(void *to, const struct kor_log_row *row,
                                    struct kor_err *err);
KOR_NODISCARD enum kor_code kor_store_log_rows(struct kor_store *store,
                                               int64_t seq, kor_log_fn each,
                                               void *to, struct kor_err *err);

/* The row 'seq', into '*row', whose 'people' is the caller's.  KOR_NOT_FOUND
 * without a sentence if there is none. */
KOR_NODISCARD enum kor_code kor_store_log_row(struct kor_store *store,
                                              int64_t seq,
                                              struct kor_log_row *row,
                                              struct kor_err *err);

/* The first row at 'at_ms' or later, or the row behind the last; 0 for an
 * empty log.  Found by halves: where a clock went back it is near. */
KOR_NODISCARD enum kor_code kor_store_log_seq_at(struct kor_store *store,
                                                 int64_t at_ms, int64_t *seq,
                                                 struct kor_err *err);

/* Calls 'each' for the rows behind 'seq' that are about the client 'code', or
 * about a list in which the person 'person_id' was. */
KOR_NODISCARD enum kor_code
kor_store_log_of(struct kor_store *store, int64_t seq, const char *code,
                 int64_t person_id, kor_log_fn each, void *to,
                 struct kor_err *err);

/* Cuts the log behind the row 'last': it and all before it go, with
 * kor_store_log_trim().  The database refuses a row younger than five
 * years. */
KOR_NODISCARD enum kor_code kor_store_log_cut(struct kor_store *store,
                                              const struct kor_log_row *last,
                                              int64_t at_ms, int64_t actor_id,
                                              struct kor_err *err);

/* Deletes at most 'n_max' rows that were cut, '*n' of them. */
KOR_NODISCARD enum kor_code kor_store_log_trim(struct kor_store *store,
                                               int n_max, int *n,
                                               struct kor_err *err);

/* What looking through the chain has found. */
struct kor_log_finding {
    int64_t first_seq;    /* First row that is there, 0: none. */
    struct kor_log_tail last; /* The end, to be held against an anchor. */
    int64_t broken_seq;   /* First row that does not follow; 0: all do. */
};

/* Computes every hash again, from the last cut on.  KOR_OK also if the chain
 * is broken: the finding says so. */
KOR_NODISCARD enum kor_code kor_store_log_verify(struct kor_store *store,
                                                 struct kor_log_finding *found,
                                                 struct kor_err *err);

#endif /* store/access_log.h */

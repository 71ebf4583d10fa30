/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_REQUEST_H
#define STORE_REQUEST_H 1

/* Requests that changed something, so that the same id again gives the same
 * answer.  Ids are kept for ever, replies until they expire. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "kor/base/uuid.h"

struct kor_store;

#define KOR_REQUEST_HASH_SIZE 16

struct kor_stored_request {
    const uint8_t *uuid;  /* KOR_UUID_SIZE bytes; borrowed. */
    int64_t actor_id;     /* Whose; ids are unique for each actor. */
    uint8_t hash[KOR_REQUEST_HASH_SIZE]; /* Of verb and body. */
};

/* Looks for the request: '*is_known' says whether it is there; then '*hash'
 * is that of the one stored, and its reply is added to 'reply' (nothing is
 * added if it has expired). */
KOR_NODISCARD enum kor_code
kor_store_request_find(struct kor_store *store,
                       const struct kor_stored_request *request,
                       bool *is_known, uint8_t hash[KOR_REQUEST_HASH_SIZE],
                       struct kor_buf *reply, struct kor_err *err);

/* Stores the greatest id there is, of anybody's request, or zeros.  Ids rise
 * with time: one above it need not be looked for. */
KOR_NODISCARD enum kor_code
kor_store_request_newest(struct kor_store *store, uint8_t uuid[KOR_UUID_SIZE],
                         struct kor_err *err);

/* Adds the request with the body of its reply. */
KOR_NODISCARD enum kor_code
kor_store_request_add(struct kor_store *store,
                      const struct kor_stored_request *request, int64_t at_ms,
                      const char *reply, struct kor_err *err);

/* Empties at most 'n_max' replies of requests that were stored before
 * 'before_ms', the oldest first, and stores in '*n' how many. */
KOR_NODISCARD enum kor_code kor_store_request_expire(struct kor_store *store,
                                                     int64_t before_ms,
                                                     int n_max, int *n,
                                                     struct kor_err *err);

#endif /* store/request.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DELETIONS_H
#define SERVICE_DELETIONS_H 1

/* The list of who was erased and which keys were revoked, as a file beside the
 * database and outside its backups: what is restored from an older backup is
 * brought up to date with it.
 *
 *     kor-deletions 2
 *     K3M9-7TP6 1767600000000
 *     key 8f40c5...1e93 1767600000000
 *
 * A line a person, with the code, and one a key, with its public half in 64
 * hexadecimal digits; and when (UTC milliseconds).  In a list that begins with
 * "kor-deletions 1", of an earlier release, are no keys: which were revoked
 * cannot be known from it. */

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/err.h"

struct kor_store;

#define KOR_DELETIONS_MAX_SIZE (16 * 1024 * 1024)

/* What was done again. */
struct kor_replayed {
    size_t n_people; /* Who had come back, and were erased; */
    size_t n_keys;   /* keys that were admitted, and were revoked. */
    bool has_keys;   /* The list is of a kind that names them. */
};

/* Writes the list of 'store' as the file 'path', whole or not at all; nothing
 * if 'path' is "". */
KOR_NODISCARD enum kor_code kor_deletions_write(struct kor_store *store,
                                                const char *path,
                                                struct kor_err *err);

/* Erases from 'store', which nobody else uses, whoever is in the list 'path'
 * and still there, and revokes the keys that are in it.  All that is in it is
 * in the list of 'store' afterwards.  KOR_BAD_VALUE names the line that is not
 * understood: then nothing was changed. */
KOR_NODISCARD enum kor_code kor_deletions_replay(struct kor_store *store,
                                                 const char *path,
                                                 struct kor_replayed *done,
                                                 struct kor_err *err);

#endif /* service/deletions.h */

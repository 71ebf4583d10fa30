/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DELETIONS_H
#define SERVICE_DELETIONS_H 1

/* The list of who was erased, as a file beside the database and outside its
 * backups: what is restored from an older backup is brought up to date with
 * it.
 *
 *     kor-deletions 1
 *     K3M9-7TP6 1767600000000
 *
 * A line a person: the code, and when (UTC milliseconds). */

#include <stddef.h>

#include "kor/base/err.h"

struct kor_store;

#define KOR_DELETIONS_MAX_SIZE (16 * 1024 * 1024)

/* Writes the list of 'store' as the file 'path', whole or not at all; nothing
 * if 'path' is "". */
KOR_NODISCARD enum kor_code kor_deletions_write(struct kor_store *store,
                                                const char *path,
                                                struct kor_err *err);

/* Erases from 'store', which nobody else uses, whoever is in the list 'path'
 * and still there; '*n' is how many.  All who are in it are in the list of
 * 'store' afterwards.  KOR_BAD_VALUE names the line that is not
 * understood: then nothing was erased. */
KOR_NODISCARD enum kor_code kor_deletions_replay(struct kor_store *store,
                                                 const char *path, size_t *n,
                                                 struct kor_err *err);

#endif /* service/deletions.h */

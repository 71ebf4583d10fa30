/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_OUTBOX_FOLDER_H
#define CLIENT_LIB_OUTBOX_FOLDER_H 1

#include <stdint.h>

#include "kor/base/err.h"
#include "lib/outbox_file.h"

/* The folder of an outbox: names, numbers and sizes of its files, without a
 * look into them.  A file is called "<number>-<id>", 9 digits and a UUID; all
 * others are none of ours. */

#define KOR_OUTBOX_ROOT_SIZE 960  /* Of the path of all folders. */
#define KOR_OUTBOX_PATH_SIZE 1100 /* Of a file's. */

struct kor_outbox_folder {
    char (*names)[KOR_OUTBOX_NAME_SIZE]; /* In order of their numbers. */
    size_t n;
    uint64_t n_bytes; /* Of all of them. */
    uint32_t last;    /* The greatest number; 0 without a file. */
};

/* Writes the path of the file 'name', and returns it. */
char *kor_outbox_path(const char *folder, const char *name,
                      char path[KOR_OUTBOX_PATH_SIZE]);

/* Writes the name of the entry 'id' with that number. */
void kor_outbox_name(uint32_t number, const char *id,
                     char name[KOR_OUTBOX_NAME_SIZE]);

/* The id in a name; points into it. */
const char *kor_outbox_name_id(const char *name);

/* Reads the folder; one that is not there is empty.  KOR_TOO_LARGE if it has
 * far more files than an outbox may have.  End with
 * kor_outbox_folder_done(), also after a failure. */
KOR_NODISCARD enum kor_code
kor_outbox_folder_read(const char *path, struct kor_outbox_folder *folder,
                       struct kor_err *err);
void kor_outbox_folder_done(struct kor_outbox_folder *folder);

/* Makes the folder and those above it, each for its owner alone, so that they
 * outlast a power cut. */
KOR_NODISCARD enum kor_code kor_outbox_folder_make(const char *path,
                                                   struct kor_err *err);

/* Removes what a write that was broken off has left.  For who holds the lock
 * of changes. */
void kor_outbox_folder_tidy(const char *path);

/* How many entries lie in the folders under 'root' other than 'own'. */
size_t kor_outbox_folder_others(const char *root, const char *own);

#endif /* client/lib/outbox_folder.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_LAST_H
#define BACKUP_LAST_H 1

/* backup.last: what the last good backup of a folder was.  A backup that
 * failed leaves it as it is, so its age is the age of the last good one. */

#include "backup/manifest.h"

struct kor_backup_last {
    int64_t at_ms;  /* The moment whose state it holds. */
    char name[256]; /* Of its file, without folders; UTF-8. */
    int64_t size;
    uint8_t hash[KOR_FILE_HASH_SIZE]; /* Of the file as it lies there. */
    struct kor_table_counts tables;
};

/* Reads it.  KOR_NOT_FOUND if no backup was ever made, KOR_CORRUPT if the file
 * is not one that kord wrote. */
KOR_NODISCARD enum kor_code kor_backup_last_read(const char *folder,
                                                 struct kor_backup_last *last,
                                                 struct kor_err *err);

/* Writes it, whole or not at all. */
KOR_NODISCARD enum kor_code
kor_backup_last_write(const char *folder, const struct kor_backup_last *last,
                      struct kor_err *err);

#endif /* backup/last.h */

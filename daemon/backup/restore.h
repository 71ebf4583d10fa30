/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_RESTORE_H
#define BACKUP_RESTORE_H 1

/* What backups are for. */

#include "backup/unpack.h"

struct kor_store;

/* Unpacks and checks the backup 'path' (backup/unpack.h) in a folder of its
 * own in 'scratch', which is gone afterwards, and stores what was found.
 * KOR_CORRUPT also if the access log is broken. */
KOR_NODISCARD enum kor_code
kor_backup_verify(const char *path, const struct kor_backup_keys *keys,
                  const char *scratch, bool (*is_stopped)(void),
                  struct kor_unpacked *found, struct kor_err *err);

/* What is done to the database while nobody can use it yet. */
struct kor_restore_step {
    enum kor_code (*run)(void *arg, struct kor_store *store,
                         struct kor_err *err);
    void *arg;
};

/* Makes the folder 'folder', which must not be there or be empty, from the
 * backup 'path', and stores what was found.
 *
 * After the checks of kor_unpack() the database is opened for writing, which
 * brings that of an earlier release up to date, and 'step' is run.  Addresses
 * in kord.ini and client.ini that lie in the folder which was backed up become
 * ones in the new folder, so that a drill beside a clinic that is at work
 * takes nothing away from it.  kord.ini comes last: until it is there, kord
 * refuses the folder, KOR_UNFINISHED shows why, and it is to be removed and
 * made anew.  After a failure the folder is as it was before.
 *
 * A broken access log does not keep a clinic from being restored; whoever
 * calls says it.  KOR_DUPLICATE if there is something in the folder. */
KOR_NODISCARD enum kor_code
kor_backup_restore(const char *path, const struct kor_backup_keys *keys,
                   const char *folder, const struct kor_restore_step *step,
                   bool (*is_stopped)(void), struct kor_unpacked *found,
                   struct kor_err *err);

#endif /* backup/restore.h */

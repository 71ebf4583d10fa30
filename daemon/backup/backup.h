/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_BACKUP_H
#define BACKUP_BACKUP_H 1

/* Making a backup of a clinic's folder, also while a kord serves it.
 *
 * The database is checked and copied as it is at one moment, the copy is
 * checked, and all of it is encrypted to a key whose secret half is elsewhere.
 * Everything that was acknowledged before the call is in it.  The copy lies in
 * the folder meanwhile, "backup.tmp", readable by the owner alone, and is
 * removed however it ends; what a kill leaves goes with the next
 * kor_backup_sweep(). */

#include "backup/container.h"
#include "backup/last.h"
#include "kor/base/clock.h"

struct kor_backup_order {
    const char *folder;               /* Of the clinic, absolute. */
    const char *server_key;           /* File; null: server.key in there. */
    uint8_t key[KOR_BACKUP_KEY_SIZE]; /* Who can open it. */
    const char *release;              /* Of this kord. */
    const struct kor_clock *clock;
    bool (*is_stopped)(void);         /* Asked often: true ends it. */
};

/* Makes a backup: to the file 'file', or, if that is null, to the folder 'to'
 * under the name that kor_backup_name() gives.  A file that is there is
 * replaced when the new one is whole.  Stores what was made in '*made' and in
 * the clinic's folder (backup/last.h).
 *
 * Nothing is left, and nothing replaced, unless it returns KOR_OK.  KOR_BUSY
 * if another backup of the folder is being made; KOR_CONFIG if the key is the
 * server's own; KOR_CORRUPT if the database is damaged; KOR_NOT_STORED if it
 * was stopped or there is no room; KOR_CANNOT_CREATE or KOR_IO if the file
 * cannot be written. */
KOR_NODISCARD enum kor_code
kor_backup_make(const struct kor_backup_order *order, const char *file,
                const char *to, struct kor_backup_last *made,
                struct kor_err *err);

/* Removes the copy that a backup which was killed has left in 'folder'; not if
 * one is being made. */
void kor_backup_sweep(const char *folder);

#endif /* backup/backup.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_UNPACK_H
#define BACKUP_UNPACK_H 1

/* The files of a backup, laid out in a folder and held against what the backup
 * says of itself.
 *
 * The configuration is written as KOR_UNFINISHED: a folder with a file of
 * that name is no clinic's folder yet, and kord refuses it. */

#include "backup/archive.h"
#include "kor/base/keyfile.h"

#define KOR_UNFINISHED "restore.part"

/* What was found in a backup. */
struct kor_unpacked {
    struct kor_manifest manifest;
    uint8_t server_mark[KOR_BACKUP_MARK_SIZE];
    char server[KOR_Z85_SIZE]; /* The server's public key. */
    int64_t broken_seq;        /* First row of the access log that does not
                                  follow the one before; 0: all do. */
};

/* The name that 'file' has while it is unpacked. */
const char *kor_unpack_name(enum kor_backup_file file);

/* Unpacks the backup 'path' into 'folder', which is made if 'may_make' and
 * must else be there, and checks it:
 *
 * hashes and sizes of all files, that nothing is missing and nothing too much;
 * that the server's key pair is one, and is that of the head; that SQLite and
 * its foreign keys find the database sound, its tables have the rows that were
 * counted when it was made, and its access log ends as it ended then.  A log
 * that is broken somewhere before is no failure: it was so when it was backed
 * up, and the finding says it.
 *
 * Nothing is written, not even the folder, before head and manifest have been
 * authenticated and there is room.  After a failure what was written is gone
 * again, and so is a folder that was made. */
KOR_NODISCARD enum kor_code
kor_unpack(const char *path, const struct kor_backup_keys *keys,
           const char *folder, bool may_make, bool (*is_stopped)(void),
           struct kor_unpacked *unpacked, struct kor_err *err);

/* Removes from 'folder' what kor_unpack() writes there, and what is added to
 * it before it is a clinic's folder. */
void kor_unpack_remove(const char *folder);

#endif /* backup/unpack.h */

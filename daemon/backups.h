/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_BACKUPS_H
#define KORD_BACKUPS_H 1

/* What kord does about backups; each is one command of main.c and says on
 * standard output what came of it.  They stop on SIGTERM, SIGINT and SIGHUP as
 * soon as they have taken back what they had begun. */

#include "config.h"
#include "kor/base/err.h"

/* Makes the pair 'file' and "<file>.pub". */
KOR_NODISCARD enum kor_code kord_backup_key(const char *file,
                                            struct kor_err *err);

/* Makes a backup: to 'file', or, if that is null, to the folder that the
 * configuration names, and then removes old ones there.  'key' names the
 * public key; null: the configuration does. */
KOR_NODISCARD enum kor_code kord_backup(const struct kord_config *config,
                                        const char *file, const char *key,
                                        struct kor_err *err);

/* Tries whether 'file' can be restored with the secret key in the file 'key';
 * its content lies in 'scratch' meanwhile (null: TMPDIR, or /tmp). */
KOR_NODISCARD enum kor_code kord_verify(const char *file, const char *key,
                                        const char *scratch,
                                        struct kor_err *err);

/* Makes 'folder' from the backup 'file', without the clients and keys that are
 * in the list of erased clients and revoked keys 'deletions' (null: none, and
 * that is said aloud), and without one-time codes that were open. */
KOR_NODISCARD enum kor_code kord_restore(const char *file, const char *folder,
                                         const char *key,
                                         const char *deletions,
                                         struct kor_err *err);

/* Says when the last good backup of 'folder' was made. */
void kord_say_last_backup(const char *folder);

#endif /* daemon/backups.h */

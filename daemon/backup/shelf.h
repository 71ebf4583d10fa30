/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_SHELF_H
#define BACKUP_SHELF_H 1

/* The folder that backups are written to by their date. */

#include "backup/container.h"
#include "backup/rotation.h"

/* Removes the backups in 'folder' that 'rule' lets go at 'now_ms', and stores
 * how many stayed and went.
 *
 * A file counts as ours if it has a name that kor_backup_name() gives and was
 * made for the server whose public key is in the clinic's folder 'clinic': no
 * other file is ever touched, not even another clinic's backup.  What a backup
 * that was killed has left goes as well.  To be called after a good backup,
 * and never beside one that is being made. */
KOR_NODISCARD enum kor_code
kor_shelf_rotate(const char *folder, const char *clinic,
                 const struct kor_rotation_rule *rule, int64_t now_ms,
                 size_t *n_kept, size_t *n_removed, struct kor_err *err);

#endif /* backup/shelf.h */

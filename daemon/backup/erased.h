/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_ERASED_H
#define BACKUP_ERASED_H 1

/* The list of who was erased and which keys were revoked, beside the backups:
 * "kor-<mark>.erased", a container (backup/container.h) that holds the file
 * "deletions" of the clinic's folder.  With it an older backup can be restored
 * without bringing anybody back, or letting them in, also when the folder
 * itself is lost. */

#include "backup/backup.h"

/* Writes the list of the clinic that 'order' names to the folder 'to', in the
 * place of the one before; nothing if the clinic has none yet. */
KOR_NODISCARD enum kor_code
kor_erased_put(const struct kor_backup_order *order, const char *to,
               struct kor_err *err);

/* Reads the list 'path' and writes it in plain as the file 'to'.  It may be
 * one of kor_erased_put(), of that server and for those keys, or in plain
 * already.  KOR_FORBIDDEN if it is another clinic's; otherwise the errors of
 * kor_container_reader_new() and kor_container_read(). */
KOR_NODISCARD enum kor_code
kor_erased_get(const char *path, const struct kor_backup_keys *keys,
               const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
               const char *to, struct kor_err *err);

#endif /* backup/erased.h */

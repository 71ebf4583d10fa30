/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_KEYS_H
#define BACKUP_KEYS_H 1

/* The pair that backups are encrypted to: a key file (kor/base/keyfile.h) with
 * both halves, which is kept where the server is not, and one with the public
 * half for the server. */

#include "backup/container.h"
#include "kor/base/keyfile.h"

/* Makes a pair, 'path' with the secret and "<path>.pub" without.  Returns
 * KOR_DUPLICATE if one of the two is there: a backup is lost with its key. */
KOR_NODISCARD enum kor_code kor_backup_keys_make(const char *path,
                                                 struct kor_err *err);

/* Reads the public half that 'text' names: a file if it ends in ".pub", at
 * 'folder' unless it begins with '/' or 'folder' is null; else it is the key
 * itself in Z85.  KOR_CONFIG if it is none. */
KOR_NODISCARD enum kor_code
kor_backup_keys_public(const char *text, const char *folder,
                       uint8_t key[KOR_BACKUP_KEY_SIZE], struct kor_err *err);

/* The public key of the server of the clinic's folder 'folder', and the mark
 * that its backups bear. */
KOR_NODISCARD enum kor_code
kor_backup_keys_server(const char *folder, uint8_t key[KOR_BACKUP_KEY_SIZE],
                       uint8_t mark[KOR_BACKUP_MARK_SIZE],
                       struct kor_err *err);

/* Reads the file 'path' with both halves.  KOR_CONFIG if it holds no secret or
 * the halves do not belong together.  Clear '*keys' with sodium_memzero(). */
KOR_NODISCARD enum kor_code kor_backup_keys_read(const char *path,
                                                 struct kor_backup_keys *keys,
                                                 struct kor_err *err);

#endif /* backup/keys.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_SECRET_H
#define KORD_SECRET_H 1

/* What kord keeps to itself. */

#include <stdbool.h>

#include "config.h"
#include "kor/base/keyfile.h"

/* Makes the process one that nobody of the same user can look into and that
 * leaves no core file: its memory holds scores and keys.  To be called before
 * anything is read. */
void kord_hide_memory(void);

/* Writes the path of the credential server.key that a service manager handed
 * over; false if there is none. */
bool kord_server_credential(char path[512]);

/* Reads the server's key pair and stores it in '*keysp', in memory that is
 * locked, so that it is never swapped, can only be read, and lies between
 * pages that nobody can touch; null on failure.  It is the credential
 * server.key that a service manager handed over ($CREDENTIALS_DIRECTORY), or
 * else the file in the folder.  Free it with kord_server_keys_free(), which
 * overwrites it. */
KOR_NODISCARD enum kor_code
kord_server_keys(const struct kord_config *config, struct kor_keyfile **keysp,
                 struct kor_err *err);

/* Overwrites and frees; null is ignored. */
void kord_server_keys_free(struct kor_keyfile *keys);

#endif /* daemon/secret.h */

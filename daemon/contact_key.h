/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_CONTACT_KEY_H
#define KORD_CONTACT_KEY_H 1

/* The key that addresses of clients are closed with: contact.key in the
 * clinic's folder, apart from the database.  Who loses it loses the addresses
 * and nothing else. */

#include <stdint.h>

#include "config.h"

enum { KORD_CONTACT_KEY_SIZE = 32 };

/* Reads the key, which is made if there is none.  The caller wipes it. */
KOR_NODISCARD enum kor_code
kord_contact_key(const struct kord_config *config,
                 uint8_t key[KORD_CONTACT_KEY_SIZE], struct kor_err *err);

#endif /* daemon/contact_key.h */

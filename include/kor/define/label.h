/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_LABEL_H
#define KOR_DEFINE_LABEL_H 1

/* Label: a few characters beside a client's code, such as initials or the
 * number of a record, that only the staff of a unit can read.
 *
 * The staff share a key that clients of kor make and the daemon never holds.
 * A label is padded to one length and closed with it (XChaCha20-Poly1305); the
 * client's code goes into the seal, so that a label that was put to another
 * client does not open.  The key itself goes from one to another closed for
 * the other's own CURVE key (X25519, libsodium's sealed box).
 *
 * Pure but for the randomness of libsodium; keys are the caller's to wipe. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"

enum {
    KOR_LABEL_KEY_SIZE = 32,
    KOR_LABEL_MAX = 40,         /* Bytes of a label's text. */
    KOR_LABEL_PADDED = 64,
    KOR_LABEL_SIZE = 24 + KOR_LABEL_PADDED + 16,
    KOR_LABEL_SHARE_SIZE = KOR_LABEL_KEY_SIZE + 48
};

/* KOR_OK if 'text' can be a label: 1 to KOR_LABEL_MAX bytes of UTF-8 without
 * control characters, and without those that turn the direction of writing:
 * they would let one client's label show as another's.  Otherwise
 * KOR_BAD_VALUE at "label". */
KOR_NODISCARD enum kor_code kor_label_check(const char *text,
                                            struct kor_err *err);

/* What tells a key from another without telling the key. */
void kor_label_proof(const uint8_t key[KOR_LABEL_KEY_SIZE],
                     uint8_t proof[KOR_LABEL_KEY_SIZE]);

/* Closes 'text', which kor_label_check() takes, as the label of 'code'. */
void kor_label_seal(const uint8_t key[KOR_LABEL_KEY_SIZE], const char *code,
                    const char *text, uint8_t sealed[KOR_LABEL_SIZE]);

/* Opens it; false if the key, the code or a bit is not the right one. */
KOR_NODISCARD bool kor_label_open(const uint8_t key[KOR_LABEL_KEY_SIZE],
                                  const char *code,
                                  const uint8_t sealed[KOR_LABEL_SIZE],
                                  char text[KOR_LABEL_MAX + 1]);

/* Closes a key for whoever has the public key 'to'; false if that is none. */
KOR_NODISCARD bool
kor_label_share_seal(const uint8_t key[KOR_LABEL_KEY_SIZE],
                     const uint8_t to[KOR_LABEL_KEY_SIZE],
                     uint8_t sealed[KOR_LABEL_SHARE_SIZE]);

/* Opens it with one's own key pair. */
KOR_NODISCARD bool
kor_label_share_open(const uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                     const uint8_t public_key[KOR_LABEL_KEY_SIZE],
                     const uint8_t secret_key[KOR_LABEL_KEY_SIZE],
                     uint8_t key[KOR_LABEL_KEY_SIZE]);

#endif /* kor/define/label.h */

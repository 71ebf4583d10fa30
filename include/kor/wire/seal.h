/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_SEAL_H
#define KOR_WIRE_SEAL_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/wire/envelope.h"

/* Seal: a request that had to wait, closed so that the server alone can read
 * it.
 *
 * While the daemon is away a client keeps the frame of a request as a *box*:
 * kor_seal() closes it with the server's public key, and nothing on the
 * client's machine opens it again.  When the daemon is back the box is sent
 * in one frame:
 *
 *     bytes    0.. 7  KORSEAL1
 *     bytes    8..23  the request's id
 *     bytes   24..31  how long ago it was entered, milliseconds, the most
 *                     significant byte first
 *     bytes   32..    the box: libsodium's crypto_box_seal()
 *
 * The id stands outside as well so that a box that cannot be opened can be
 * refused by name.  The age is told and not the instant, so that it does not
 * matter whether the client's clock agrees with the server's.
 *
 * A server's CURVE key is an X25519 key, so it serves for this, too; keys are
 * given here as their 32 bytes, not as Z85.  A box says nothing of who made
 * it: that is said by the key of the connection that it comes over.
 *
 * No clock here; the randomness of a box is libsodium's own. */

#define KOR_SEAL_KEY_SIZE 32
#define KOR_SEAL_HEAD_SIZE 32 /* What stands before the box. */
#define KOR_SEAL_BOX_EXTRA 48 /* A box is longer than what it holds. */

/* The longest request that can be sealed: with head and box it is no longer
 * than any other request may be. */
#define KOR_MAX_SEALABLE                                                      \
    (KOR_MAX_REQUEST_SIZE - KOR_SEAL_HEAD_SIZE - KOR_SEAL_BOX_EXTRA)

/* A sealed frame as it came in, not opened yet. */
struct kor_sealed {
    uint8_t uuid[KOR_UUID_SIZE];
    int64_t age_ms;     /* How long ago it was entered. */
    const uint8_t *box; /* Part of the frame. */
    size_t box_size;
};

/* Adds to 'out' the 'size' bytes at 'request', closed with the server's
 * public key.  Returns false, and adds nothing, if there are none or more
 * than KOR_MAX_SEALABLE, or if the key is none. */
KOR_NODISCARD bool kor_seal(const void *request, size_t size,
                            const uint8_t public_key[KOR_SEAL_KEY_SIZE],
                            struct kor_buf *out);

/* Adds to 'out' the frame that carries 'sealed' over the wire. */
void kor_sealed_write(const struct kor_sealed *sealed, struct kor_buf *out);

/* True if the 'size' bytes of a frame begin as a sealed one does. */
bool kor_is_sealed(const void *frame, size_t size);

/* Reads the frame; 'sealed' points into it.  Returns false if it is too short
 * or too long, or has an age of more than ten years. */
KOR_NODISCARD bool kor_sealed_read(const void *frame, size_t size,
                                   struct kor_sealed *sealed);

/* Opens the box and adds the request to 'out'.  Returns false, and adds
 * nothing, if it was closed with another key or was changed. */
KOR_NODISCARD bool kor_unseal(const struct kor_sealed *sealed,
                              const uint8_t public_key[KOR_SEAL_KEY_SIZE],
                              const uint8_t secret_key[KOR_SEAL_KEY_SIZE],
                              struct kor_buf *out);

#endif /* kor/wire/seal.h */

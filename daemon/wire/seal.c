/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sealed requests: see kor/wire/seal.h. */

#include "kor/wire/seal.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"

#define MAGIC "KORSEAL1"
#define MAGIC_SIZE 8
#define AGE_AT (MAGIC_SIZE + KOR_UUID_SIZE)
#define MAX_AGE_MS (INT64_C(10) * 366 * 24 * 3600 * 1000)

_Static_assert(KOR_SEAL_KEY_SIZE == crypto_box_PUBLICKEYBYTES
                   && KOR_SEAL_KEY_SIZE == crypto_box_SECRETKEYBYTES
                   && KOR_SEAL_BOX_EXTRA == crypto_box_SEALBYTES,
               "the sizes of libsodium");
_Static_assert(AGE_AT + sizeof(int64_t) == KOR_SEAL_HEAD_SIZE, "the head");

bool
kor_seal(const void *request, size_t size,
         const uint8_t public_key[KOR_SEAL_KEY_SIZE], struct kor_buf *out)
{
    if (size == 0 || size > KOR_MAX_SEALABLE || sodium_init() < 0) {
        return false;
    }
    uint8_t *box = kor_alloc(size + KOR_SEAL_BOX_EXTRA);
    bool is_closed = crypto_box_seal(box, request, size, public_key) == 0;
    if (is_closed) {
        kor_buf_add(out, box, size + KOR_SEAL_BOX_EXTRA);
    }
    free(box);
    return is_closed;
}

void
kor_sealed_write(const struct kor_sealed *sealed, struct kor_buf *out)
{
    kor_buf_puts(out, MAGIC);
    kor_buf_add(out, sealed->uuid, KOR_UUID_SIZE);
    for (int shift = 56; shift >= 0; shift -= 8) {
        kor_buf_putc(out, (char)((uint64_t)sealed->age_ms >> shift & 0xff));
    }
    kor_buf_add(out, sealed->box, sealed->box_size);
}

bool
kor_is_sealed(const void *frame, size_t size)
{
    return size >= MAGIC_SIZE && !memcmp(frame, MAGIC, MAGIC_SIZE);
}

bool
kor_sealed_read(const void *frame, size_t size, struct kor_sealed *sealed)
{
    const uint8_t *bytes = frame;
    uint64_t age_ms = 0;
    memset(sealed, 0, sizeof *sealed);
    if (!kor_is_sealed(frame, size) || size > KOR_MAX_REQUEST_SIZE
        || size <= KOR_SEAL_HEAD_SIZE + KOR_SEAL_BOX_EXTRA) {
        return false;
    }
    for (int i = AGE_AT; i < KOR_SEAL_HEAD_SIZE; i++) {
        age_ms = age_ms << 8 | bytes[i];
    }
    memcpy(sealed->uuid, bytes + MAGIC_SIZE, KOR_UUID_SIZE);
    sealed->age_ms = age_ms <= MAX_AGE_MS ? (int64_t)age_ms : -1;
    sealed->box = bytes + KOR_SEAL_HEAD_SIZE;
    sealed->box_size = size - KOR_SEAL_HEAD_SIZE;
    return sealed->age_ms >= 0;
}

bool
kor_unseal(const struct kor_sealed *sealed,
           const uint8_t public_key[KOR_SEAL_KEY_SIZE],
           const uint8_t secret_key[KOR_SEAL_KEY_SIZE], struct kor_buf *out)
{
    if (sealed->box_size <= KOR_SEAL_BOX_EXTRA
        || sealed->box_size > KOR_MAX_SEALABLE + KOR_SEAL_BOX_EXTRA) {
        return false;
    }
    size_t size = sealed->box_size - KOR_SEAL_BOX_EXTRA;
    uint8_t *request = kor_alloc(size);
    bool is_open = crypto_box_seal_open(request, sealed->box,
                                        sealed->box_size, public_key,
                                        secret_key)
                == 0;
    if (is_open) {
        kor_buf_add(out, request, size);
    }
    sodium_memzero(request, size);
    free(request);
    return is_open;
}

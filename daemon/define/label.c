/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels: see kor/define/label.h. */

#include "kor/define/label.h"

#include <string.h>

#include <sodium.h>

#include "kor/base/utf8.h"

#define PROOF "kor label key"

enum kor_code
kor_label_check(const char *text, struct kor_err *err)
{
    char printable[KOR_LABEL_MAX + 2];
    kor_utf8_copy(printable, sizeof printable, text);
    if (!*text || strlen(text) > KOR_LABEL_MAX || strcmp(printable, text)) {
        return kor_fail(err, KOR_BAD_VALUE, "label",
                        "a label has 1 to %d bytes, without control "
                        "characters: initials or the number of a record",
                        KOR_LABEL_MAX);
    }
    uint32_t unseen = kor_utf8_unseen(text);
    return unseen ? kor_fail(err, KOR_BAD_VALUE, "label",
                             "the label holds U+%04X, which is not seen and "
                             "lets it pass for another: type it by hand, "
                             "without", (unsigned)unseen)
                  : KOR_OK;
}

void
kor_label_proof(const uint8_t key[KOR_LABEL_KEY_SIZE],
                uint8_t proof[KOR_LABEL_KEY_SIZE])
{
    crypto_generichash(proof, KOR_LABEL_KEY_SIZE,
                       (const unsigned char *)PROOF, strlen(PROOF), key,
                       KOR_LABEL_KEY_SIZE);
}

void
kor_label_seal(const uint8_t key[KOR_LABEL_KEY_SIZE], const char *code,
               const char *text, uint8_t sealed[KOR_LABEL_SIZE])
{
    uint8_t padded[KOR_LABEL_PADDED] = {0};
    const size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    memcpy(padded, text, strlen(text));
    randombytes_buf(sealed, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed + nonce_size, NULL, padded, sizeof padded,
        (const unsigned char *)code, strlen(code), NULL, sealed, key);
    sodium_memzero(padded, sizeof padded);
}

bool
kor_label_open(const uint8_t key[KOR_LABEL_KEY_SIZE], const char *code,
               const uint8_t sealed[KOR_LABEL_SIZE],
               char text[KOR_LABEL_MAX + 1])
{
    uint8_t padded[KOR_LABEL_PADDED + 1] = {0};
    const size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    text[0] = '\0';
    bool is_right = crypto_aead_xchacha20poly1305_ietf_decrypt(
                        padded, NULL, NULL, sealed + nonce_size,
                        KOR_LABEL_SIZE - nonce_size,
                        (const unsigned char *)code, strlen(code), sealed,
                        key)
                     == 0
                 && kor_label_check((const char *)padded, NULL) == KOR_OK;
    if (is_right) {
        memcpy(text, padded, strlen((const char *)padded) + 1);
    }
    sodium_memzero(padded, sizeof padded);
    return is_right;
}

bool
kor_label_share_seal(const uint8_t key[KOR_LABEL_KEY_SIZE],
                     const uint8_t to[KOR_LABEL_KEY_SIZE],
                     uint8_t sealed[KOR_LABEL_SHARE_SIZE])
{
    return crypto_box_seal(sealed, key, KOR_LABEL_KEY_SIZE, to) == 0;
}

bool
kor_label_share_open(const uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                     const uint8_t public_key[KOR_LABEL_KEY_SIZE],
                     const uint8_t secret_key[KOR_LABEL_KEY_SIZE],
                     uint8_t key[KOR_LABEL_KEY_SIZE])
{
    return crypto_box_seal_open(key, sealed, KOR_LABEL_SHARE_SIZE, public_key,
                                secret_key)
        == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Base64: see kor/base/base64.h. */

#include "kor/base/base64.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"

#define VARIANT sodium_base64_VARIANT_ORIGINAL

void
kor_base64_write(const void *bytes, size_t size, char *text)
{
    sodium_bin2base64(text, KOR_BASE64_SIZE(size), bytes, size, VARIANT);
}

bool
kor_base64_read(const char *text, void *bytes, size_t size)
{
    size_t n = 0;
    return sodium_base642bin(bytes, size, text, strlen(text), NULL, &n, NULL,
                             VARIANT)
               == 0
        && n == size;
}

bool
kor_base64_decode(const char *text, struct kor_buf *out)
{
    size_t most = strlen(text), size = 0;
    unsigned char *bytes = kor_alloc(most + 1);
    bool is_right = sodium_base642bin(bytes, most, text, most, NULL, &size,
                                      NULL, VARIANT)
                 == 0;
    if (is_right) {
        kor_buf_add(out, bytes, size);
    }
    free(bytes);
    return is_right;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_BASE64_H
#define KOR_BASE_BASE64_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/compiler.h"

struct kor_buf;

/* Bytes as base64 (RFC 4648, with padding), by libsodium, whose time does not
 * depend on what the bytes are. */

/* Room for 'size' bytes as text, with the terminator. */
#define KOR_BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)

/* Writes 'size' bytes into 'text', which has KOR_BASE64_SIZE(size). */
void kor_base64_write(const void *bytes, size_t size, char *text);

/* Reads exactly 'size' bytes; false if 'text' holds anything else. */
KOR_NODISCARD bool kor_base64_read(const char *text, void *bytes, size_t size);

/* Adds the bytes of 'text' to 'out'; false, and nothing is added, if it is no
 * base64. */
KOR_NODISCARD bool kor_base64_decode(const char *text, struct kor_buf *out);

#endif /* kor/base/base64.h */

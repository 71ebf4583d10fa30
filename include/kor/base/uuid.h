/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_UUID_H
#define KOR_BASE_UUID_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/compiler.h"

/* Request ids: UUID version 7 (RFC 9562), which sort by the time they were
 * made, so that the index of requests grows at its end. */

#define KOR_UUID_SIZE 16      /* Bytes. */
#define KOR_UUID_TEXT_SIZE 37 /* As text, terminator included. */

/* Makes the id of the instant 'at_ms' with ten random bytes. */
void kor_uuid_make(int64_t at_ms, const uint8_t random[10],
                   uint8_t uuid[KOR_UUID_SIZE]);

/* Writes 'uuid' as "018f3c1e-....", and returns 'text'. */
char *kor_uuid_format(const uint8_t uuid[KOR_UUID_SIZE],
                      char text[KOR_UUID_TEXT_SIZE]);

/* Reads any UUID in its usual form of 36 characters.  Returns false, and
 * leaves 'uuid' undefined, if 'text' is none. */
KOR_NODISCARD bool kor_uuid_parse(const char *text,
                                  uint8_t uuid[KOR_UUID_SIZE]);

/* The table through which randomness reaches the rest of kor. */
struct kor_random {
    void (*fill)(const struct kor_random *random, void *bytes, size_t size);
};

/* The kernel's randomness. */
const struct kor_random *kor_random_system(void);

#endif /* kor/base/uuid.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Request ids: see kor/base/uuid.h. */

#include "kor/base/uuid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "kor/base/log.h"

void
kor_uuid_make(int64_t at_ms, const uint8_t random[10],
              uint8_t uuid[KOR_UUID_SIZE])
{
    for (int i = 0; i < 6; i++) {
        uuid[i] = (uint8_t)((uint64_t)at_ms >> (40 - 8 * i));
    }
    memcpy(uuid + 6, random, 10);
    uuid[6] = (uint8_t)(0x70 | (uuid[6] & 0x0f));
    uuid[8] = (uint8_t)(0x80 | (uuid[8] & 0x3f));
}

static bool
is_hyphen(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

char *
kor_uuid_format(const uint8_t uuid[KOR_UUID_SIZE],
                char text[KOR_UUID_TEXT_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    size_t n = 0;
    for (size_t i = 0; i < KOR_UUID_SIZE; i++) {
        if (is_hyphen(n)) {
            text[n++] = '-';
        }
        text[n++] = hex[uuid[i] >> 4];
        text[n++] = hex[uuid[i] & 15];
    }
    text[n] = '\0';
    return text;
}

static int
digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool
kor_uuid_parse(const char *text, uint8_t uuid[KOR_UUID_SIZE])
{
    if (strlen(text) != KOR_UUID_TEXT_SIZE - 1) {
        return false;
    }
    size_t n = 0;
    for (size_t i = 0; i < KOR_UUID_TEXT_SIZE - 1; i++) {
        if (is_hyphen(i)) {
            if (text[i] != '-') {
                return false;
            }
            continue;
        }
        int high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        uuid[n++] = (uint8_t)(high << 4 | low);
        i++;
    }
    return true;
}

static void
system_fill(const struct kor_random *random, void *bytes, size_t size)
{
    (void)random;
    if (getrandom(bytes, size, 0) != (ssize_t)size) {
        kor_log(KOR_LOG_ERROR, "the kernel gives no random bytes");
        abort();
    }
}

const struct kor_random *
kor_random_system(void)
{
    static const struct kor_random system_random = {system_fill};
    return &system_random;
}

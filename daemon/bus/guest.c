/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guests: see bus/guest.h. */

#include "bus/guest.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#define PREFIX "guest-"
#define HEX_SIZE (2 * KOR_PUBLIC_KEY_SIZE + 1)
#define AT_ONCE 100
#define EACH_MS 10000

char *
kor_guest_user(const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
               char user[KOR_GUEST_USER_SIZE])
{
    char hex[HEX_SIZE];
    snprintf(user, KOR_GUEST_USER_SIZE, PREFIX "%s",
             sodium_bin2hex(hex, sizeof hex, public_key,
                            KOR_PUBLIC_KEY_SIZE));
    return user;
}

bool
kor_guest_from(const char *user, struct kor_caller *caller)
{
    struct kor_caller guest = {.is_guest = true};
    const char *hex = user + strlen(PREFIX);
    size_t size = 0;
    if (strncmp(user, PREFIX, strlen(PREFIX))
        || strlen(hex) != HEX_SIZE - 1
        || sodium_hex2bin(guest.guest_key, sizeof guest.guest_key, hex,
                          HEX_SIZE - 1, NULL, &size, NULL)
        || size != sizeof guest.guest_key) {
        return false;
    }
    *caller = guest;
    return true;
}

bool
kor_guests_admit(struct kor_guests *guests, int64_t now_ms)
{
    int64_t from_ms = guests->full_ms > now_ms ? guests->full_ms : now_ms;
    if (from_ms + EACH_MS > now_ms + (int64_t)AT_ONCE * EACH_MS) {
        return false;
    }
    guests->full_ms = from_ms + EACH_MS;
    return true;
}

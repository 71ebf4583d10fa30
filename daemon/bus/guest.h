/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_GUEST_H
#define BUS_GUEST_H 1

/* Guests: connections with a key that nobody knows, so that it can be
 * enrolled.  The handshake has proved that whoever it is has the secret half;
 * the public one is handed on as User-Id, from the ZAP thread to the loop. */

#include "access/keyring.h"

#define KOR_GUEST_USER_SIZE 80
#define KOR_GUEST_SIZE 1024 /* Bytes of a guest's request at most. */

/* Writes the User-Id of a guest with that key, and returns it. */
char *kor_guest_user(const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                     char user[KOR_GUEST_USER_SIZE]);

/* Reads it; false, and 'caller' is as it was, if 'user' is no guest. */
KOR_NODISCARD bool kor_guest_from(const char *user,
                                  struct kor_caller *caller);

/* How many guests are let in.  A connection stays as long as it likes, and so
 * there may be 100 at once, and then one in ten seconds.  Begin with zeros. */
struct kor_guests {
    int64_t full_ms; /* Monotonic: when 100 may come again. */
};

/* Whether one more may come at the monotonic time 'now_ms'; then it has. */
KOR_NODISCARD bool kor_guests_admit(struct kor_guests *guests,
                                    int64_t now_ms);

#endif /* bus/guest.h */

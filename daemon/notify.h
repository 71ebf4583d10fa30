/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_NOTIFY_H
#define KORD_NOTIFY_H 1

/* What a service manager is told, after sd_notify(3): datagrams such as
 * "READY=1" to the socket that it names in $NOTIFY_SOCKET.  Without one, all
 * of this does nothing. */

#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "kor/base/err.h"

struct kord_notify {
    int fd; /* -1: nobody listens. */
    struct sockaddr_un to;
    socklen_t to_size;
};

/* Prepares '*notify' for 'address': a path, or a name in the abstract space
 * that begins with '@'; null or "" for nobody.  KOR_CONFIG if it is neither.
 * End with kord_notify_close(), also when it failed. */
KOR_NODISCARD enum kor_code kord_notify_open(struct kord_notify *notify,
                                             const char *address,
                                             struct kor_err *err);
void kord_notify_close(struct kord_notify *notify);

/* Sends one message, lines of NAME=VALUE.  It waits a second at most, and a
 * message that cannot be sent is lost. */
void kord_notify_send(const struct kord_notify *notify, const char *format,
                      ...) KOR_PRINTF(2, 3);

/* What "STATUS=" says: printf()-like text, of which one line is made. */
void kord_notify_status(const struct kord_notify *notify, const char *format,
                        ...) KOR_PRINTF(2, 3);

/* In how many milliseconds the manager wants a sign of life, from
 * $WATCHDOG_USEC and $WATCHDOG_PID (either may be null); 0 if it wants none
 * of this process. */
int64_t kord_notify_watch_ms(const char *usec, const char *pid);

#endif /* daemon/notify.h */

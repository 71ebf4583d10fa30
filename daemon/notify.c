/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service manager is told: see notify.h. */

#include "notify.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "kor/base/log.h"
#include "kor/base/utf8.h"

#define TEXT_SIZE 512

static enum kor_code
set_address(struct kord_notify *notify, const char *address,
            struct kor_err *err)
{
    size_t len = strlen(address);
    if ((address[0] != '/' && address[0] != '@')
        || len >= sizeof notify->to.sun_path) {
        return kor_fail(err, KOR_CONFIG, "NOTIFY_SOCKET",
                        "NOTIFY_SOCKET is a path or begins with '@', and has "
                        "at most %zu bytes", sizeof notify->to.sun_path - 1);
    }
    notify->to.sun_family = AF_UNIX;
    memcpy(notify->to.sun_path, address, len);
    if (address[0] == '@') {
        notify->to.sun_path[0] = '\0';
    }
    notify->to_size
        = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
    return KOR_OK;
}

enum kor_code
kord_notify_open(struct kord_notify *notify, const char *address,
                 struct kor_err *err)
{
    const struct timeval second = {.tv_sec = 1};
    *notify = (struct kord_notify){.fd = -1};
    if (!address || !*address) {
        return KOR_OK;
    }
    enum kor_code code = set_address(notify, address, err);
    if (code != KOR_OK) {
        return code;
    }
    notify->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify->fd < 0
        || setsockopt(notify->fd, SOL_SOCKET, SO_SNDTIMEO, &second,
                      sizeof second)) {
        return kor_fail(err, KOR_INTERNAL, "NOTIFY_SOCKET",
                        "the service manager cannot be told anything: %s",
                        strerror(errno));
    }
    return KOR_OK;
}

void
kord_notify_close(struct kord_notify *notify)
{
    if (notify->fd >= 0) {
        close(notify->fd);
        notify->fd = -1;
    }
}

static void
send_text(const struct kord_notify *notify, const char *text)
{
    if (notify->fd >= 0
        && sendto(notify->fd, text, strlen(text), MSG_NOSIGNAL,
                  (const struct sockaddr *)&notify->to, notify->to_size)
               < 0) {
        kor_log(KOR_LOG_WARNING, "the service manager was not told: %s",
                strerror(errno));
    }
}

void
kord_notify_send(const struct kord_notify *notify, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    send_text(notify, text);
}

void
kord_notify_status(const struct kord_notify *notify, const char *format, ...)
{
    char text[TEXT_SIZE - sizeof "STATUS="], line[TEXT_SIZE] = "STATUS=";
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    kor_utf8_copy(line + strlen(line), sizeof text, text);
    send_text(notify, line);
}

int64_t
kord_notify_watch_ms(const char *usec, const char *pid)
{
    char *end;
    if (!usec || (pid && *pid && strtol(pid, NULL, 10) != (long)getpid())) {
        return 0;
    }
    errno = 0;
    long long us = strtoll(usec, &end, 10);
    return errno || *end || us < 1000 ? 0 : us / 1000;
}

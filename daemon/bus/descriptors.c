/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Descriptors that are left: see bus/descriptors.h. */

#include "bus/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

bool
kor_descriptors_are_scarce(int fd)
{
    struct rlimit limit;
    int lowest = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (lowest < 0) {
        return errno == EMFILE;
    }
    close(lowest);
    return !getrlimit(RLIMIT_NOFILE, &limit)
        && (rlim_t)lowest >= limit.rlim_cur / 5 * 4;
}

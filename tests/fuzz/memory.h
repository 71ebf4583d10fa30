/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_FUZZ_MEMORY_H
#define TESTS_FUZZ_MEMORY_H 1

/* Files that lie in memory, for what reads files by their path. */

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz/feed.h"

#define MEMORY_PATH_SIZE 64

/* Makes a file of 'bytes', for its owner alone, and writes its path.  Returns
 * what to close at the end. */
static inline int
memory_file(const void *bytes, size_t size, char path[MEMORY_PATH_SIZE])
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    must(fchmod(fd, 0600) == 0);
    snprintf(path, MEMORY_PATH_SIZE, "/proc/self/fd/%d", fd);
    return fd;
}

#endif /* tests/fuzz/memory.h */

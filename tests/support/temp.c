/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files for tests: see temp.h. */

#include "support/temp.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
temp_file(char path[TEMP_SIZE], const void *bytes, size_t size)
{
    snprintf(path, TEMP_SIZE, "/tmp/kor-test-XXXXXX");
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd)) {
        perror(path);
        abort();
    }
}

void
temp_remove(const char *path)
{
    static const char *const beside[] = {"", "-mark", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char name[TEMP_SIZE + 8];
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        (void)unlink(name);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A private folder for one run: see plot/folder.h. */

#include "plot/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kor/base/err.h"

enum kor_code
kor_plot_folder_init(struct kor_plot_folder *folder, const char *under,
                     struct kor_err *err)
{
    folder->fd = -1;
    int size = snprintf(folder->path, sizeof folder->path,
                        "%s/kor-plot-XXXXXX", under);
    if (size < 0 || (size_t)size >= sizeof folder->path) {
        errno = ENAMETOOLONG;
        folder->path[0] = '\0';
    } else if (!mkdtemp(folder->path)) {
        folder->path[0] = '\0';
    } else {
        folder->fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (folder->fd < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "folder",
                        "no folder for drawing can be made under %s: %s; see "
                        "that it is there, may be written to and has room",
                        under, strerror(errno));
    }
    return KOR_OK;
}

static void
remove_files(int fd)
{
    int own = dup(fd);
    DIR *dir = own < 0 ? NULL : fdopendir(own);
    if (!dir) {
        return;
    }
    rewinddir(dir);
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
            (void)unlinkat(fd, entry->d_name, 0);
        }
    }
    closedir(dir);
}

void
kor_plot_folder_done(struct kor_plot_folder *folder)
{
    if (folder->fd >= 0) {
        remove_files(folder->fd);
        close(folder->fd);
        folder->fd = -1;
    }
    if (folder->path[0]) {
        (void)rmdir(folder->path);
        folder->path[0] = '\0';
    }
}

enum kor_code
kor_plot_folder_write(const struct kor_plot_folder *folder, const char *name,
                      const char *bytes, size_t size, struct kor_err *err)
{
    int fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                    0600);
    bool is_written = fd >= 0;
    while (is_written && size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        } else {
            is_written = n < 0 && errno == EINTR;
        }
    }
    int why = errno;
    if (fd >= 0 && close(fd) < 0 && is_written) {
        is_written = false;
        why = errno;
    }
    if (!is_written) {
        return kor_fail(err, KOR_CANNOT_CREATE, "folder",
                        "the data for drawing cannot be written under %s: "
                        "%s; see that there is room",
                        folder->path, strerror(why));
    }
    return KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole files: see kor/base/file.h. */

#include "kor/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The reasons that people meet, in their language; the system's for others. */
static const char *
why(enum kor_lang lang, int error)
{
    switch (error) {
    case ENOENT:
        return kor_text(lang, "there is no such file or folder");
    case EISDIR:
        return kor_text(lang, "it is a folder and no file");
    case EACCES:
        return kor_text(lang, "it may not be opened by you");
    case ENOSPC:
        return kor_text(lang, "the disk is full");
    default:
        return strerror(error);
    }
}

static enum kor_code
failed(struct kor_err *err, enum kor_code code, const char *path)
{
    return kor_fail(err, code, NULL, "%s: %s", path,
                    why(err ? err->lang : KOR_EN, errno));
}

enum kor_code
kor_file_read(const char *path, size_t max_size, struct kor_buf *out,
              struct kor_err *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return failed(err, errno == ENOENT ? KOR_NOT_FOUND : KOR_IO, path);
    }
    enum kor_code code = KOR_OK;
    size_t total = 0, size;
    char chunk[65536];
    while (code == KOR_OK
           && (size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        total += size;
        if (total > max_size) {
            code = kor_fail(err, KOR_TOO_LARGE, NULL,
                            "%s is larger than %zu bytes, which is the most",
                            path, max_size);
        } else {
            kor_buf_add(out, chunk, size);
        }
    }
    if (code == KOR_OK && ferror(file)) {
        code = failed(err, KOR_IO, path);
    }
    fclose(file);
    return code;
}

/* Writes all bytes. */
static bool
write_bytes(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, bytes, size);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return false;
        }
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

/* Writes to what is there and no regular file: a device, a pipe. */
static bool
write_through(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool is_written = fd >= 0 && write_bytes(fd, bytes, size);
    int saved = errno;
    if (fd >= 0) {
        is_written = close(fd) == 0 && is_written;
    }
    errno = saved;
    return is_written;
}

/* A folder that may be written to but not read, and file systems that know no
 * such thing, cannot be synced. */
static bool
sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = fd >= 0 ? fsync(fd) == 0 || errno == EINVAL
                                   || errno == ENOTSUP
                             : errno == EACCES;
    int saved = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = saved;
    return is_synced;
}

/* Syncs the folder that 'path' lies in. */
static bool
sync_folder_of(const char *path)
{
    struct kor_buf folder = {0};
    const char *slash = strrchr(path, '/');
    kor_buf_add(&folder, path, slash ? (size_t)(slash - path) : 0);
    bool is_synced = sync_folder(!slash             ? "."
                                 : folder.size == 0 ? "/"
                                                    : folder.text);
    int saved = errno;
    kor_buf_done(&folder);
    errno = saved;
    return is_synced;
}

/* Writes a file beside 'path' and puts it in its place. */
static bool
replace(const char *path, const void *bytes, size_t size, unsigned mode)
{
    struct kor_buf beside = {0};
    kor_buf_printf(&beside, "%s" KOR_FILE_NEW "%d", path, (int)getpid());
    /* What a killed process of the same number left has its own rights. */
    (void)unlink(beside.text);
    int fd = open(beside.text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  (mode_t)mode);
    bool is_written = fd >= 0 && write_bytes(fd, bytes, size)
                   && fsync(fd) == 0;
    int saved = errno;
    if (fd >= 0) {
        is_written = close(fd) == 0 && is_written;
    }
    if (is_written) {
        is_written = rename(beside.text, path) == 0 && sync_folder_of(path);
        saved = errno;
    }
    if (!is_written) {
        (void)unlink(beside.text);
        errno = saved;
    }
    kor_buf_done(&beside);
    return is_written;
}

enum kor_code
kor_file_write(const char *path, const void *bytes, size_t size,
               unsigned mode, struct kor_err *err)
{
    struct stat about;
    bool is_special = !stat(path, &about) && !S_ISREG(about.st_mode)
                   && !S_ISDIR(about.st_mode);
    /* A link stays a link: what it points to is replaced. */
    char *target = realpath(path, NULL);
    bool is_written = is_special
                          ? write_through(path, bytes, size)
                          : replace(target ? target : path, bytes, size, mode);
    int saved = errno;
    free(target);
    errno = saved;
    return is_written ? KOR_OK : failed(err, KOR_CANNOT_CREATE, path);
}

enum kor_code
kor_folder_sync(const char *path, struct kor_err *err)
{
    return sync_folder(path) ? KOR_OK : failed(err, KOR_IO, path);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files in pieces: see backup/disk.h. */

#include "backup/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"

#define PIECE 65536
#define SPARE (16 * 1024 * 1024) /* Bytes that are left to others. */

char *
kor_disk_path(const char *folder, const char *name,
              char path[KOR_DISK_PATH_SIZE])
{
    snprintf(path, KOR_DISK_PATH_SIZE, "%.900s/%.100s", folder, name);
    return path;
}

static enum kor_code
failed(struct kor_err *err, enum kor_code code, const char *path)
{
    return kor_fail(err, code, NULL, "%s: %s", path, strerror(errno));
}

/* --- reading ------------------------------------------------------------- */

static enum kor_code
read_file(void *arg, void *bytes, size_t size, size_t *got,
          struct kor_err *err)
{
    const struct kor_in_file *file = arg;
    *got = 0;
    while (*got < size) {
        ssize_t n = read(file->fd, (uint8_t *)bytes + *got, size - *got);
        if (n == 0) {
            return KOR_OK;
        }
        if (n > 0) {
            *got += (size_t)n;
        } else if (errno != EINTR) {
            return kor_fail(err, KOR_IO, NULL, "reading failed: %s",
                            strerror(errno));
        }
    }
    return KOR_OK;
}

enum kor_code
kor_in_file_open(const char *path, struct kor_in_file *file,
                 struct kor_err *err)
{
    struct stat about;
    /* A pipe that nobody writes to would hold us up for ever. */
    file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->fd < 0 || fstat(file->fd, &about)) {
        enum kor_code code
            = failed(err, errno == ENOENT ? KOR_NOT_FOUND : KOR_IO, path);
        kor_in_file_close(file);
        return code;
    }
    if (!S_ISREG(about.st_mode)) {
        kor_in_file_close(file);
        return kor_fail(err, KOR_BAD_VALUE, "FILE", "%s is no regular file",
                        path);
    }
    file->source.read = read_file;
    file->source.arg = file;
    file->source.size = (uint64_t)about.st_size;
    return KOR_OK;
}

void
kor_in_file_close(struct kor_in_file *file)
{
    if (file->fd >= 0) {
        close(file->fd);
        file->fd = -1;
    }
}

enum kor_code
kor_disk_hash(const char *path, int64_t *size,
              uint8_t hash[KOR_FILE_HASH_SIZE], struct kor_err *err)
{
    struct kor_in_file file = {.fd = -1};
    enum kor_code code = kor_in_file_open(path, &file, err);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, KOR_FILE_HASH_SIZE);
    uint8_t *piece = kor_alloc(PIECE);
    size_t got = PIECE;
    *size = 0;
    while (code == KOR_OK && got == PIECE) {
        code = read_file(&file, piece, PIECE, &got, err);
        crypto_generichash_update(&state, piece, got);
        *size += (int64_t)got;
    }
    crypto_generichash_final(&state, hash, KOR_FILE_HASH_SIZE);
    sodium_memzero(piece, PIECE);
    free(piece);
    kor_in_file_close(&file);
    return code;
}

/* --- writing ------------------------------------------------------------- */

static enum kor_code
write_file(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    struct kor_out_file *file = arg;
    if (file->is_stopped()) {
        return kor_fail(err, KOR_NOT_STORED, NULL,
                        "it was told to stop before it was done: nothing was "
                        "stored");
    }
    crypto_generichash_update(&file->state, bytes, size);
    file->size += (int64_t)size;
    const uint8_t *from = bytes;
    while (size > 0) {
        ssize_t n = write(file->fd, from, size);
        if (n > 0) {
            from += n;
            size -= (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            return failed(err, KOR_CANNOT_CREATE, file->path);
        }
    }
    return KOR_OK;
}

/* Fills in the names of 'file'. */
static enum kor_code
name_file(const char *path, struct kor_out_file *file, struct kor_err *err)
{
    struct stat about;
    if (strlen(path) + sizeof ".part" > sizeof file->part) {
        return kor_fail(err, KOR_CANNOT_CREATE, NULL,
                        "a path may have at most %zu bytes",
                        sizeof file->part - sizeof ".part");
    }
    if (!stat(path, &about) && !S_ISREG(about.st_mode)) {
        return kor_fail(err, KOR_CANNOT_CREATE, "FILE",
                        "%s is there and no regular file", path);
    }
    strcpy(file->path, path);
    snprintf(file->part, sizeof file->part, "%s.part", path);
    return KOR_OK;
}

enum kor_code
kor_out_file_open(const char *path, unsigned mode, bool (*is_stopped)(void),
                  struct kor_out_file *file, struct kor_err *err)
{
    memset(file, 0, sizeof *file);
    file->fd = -1;
    enum kor_code code = name_file(path, file, err);
    if (code != KOR_OK) {
        return code;
    }
    (void)unlink(file->part);
    file->fd = open(file->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                    (mode_t)mode);
    if (file->fd < 0) {
        return failed(err, KOR_CANNOT_CREATE, path);
    }
    file->is_stopped = is_stopped;
    crypto_generichash_init(&file->state, NULL, 0, KOR_FILE_HASH_SIZE);
    file->sink.write = write_file;
    file->sink.arg = file;
    return KOR_OK;
}

/* The pages that are clean after a sync are let go first, so that it is the
 * disk that is read. */
static enum kor_code
read_again(struct kor_out_file *file, struct kor_err *err)
{
    uint8_t hash[KOR_FILE_HASH_SIZE];
    int64_t size;
    (void)posix_fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);
    crypto_generichash_final(&file->state, file->hash, sizeof file->hash);
    enum kor_code code = kor_disk_hash(file->part, &size, hash, err);
    return code == KOR_OK
                && (size != file->size
                    || memcmp(hash, file->hash, sizeof hash))
               ? kor_fail(err, KOR_IO, NULL,
                          "%s: what was written is not what can be read: the "
                          "disk is not to be trusted", file->path)
               : code;
}

enum kor_code
kor_out_file_place(struct kor_out_file *file, bool is_synced,
                   struct kor_err *err)
{
    if ((is_synced && fsync(file->fd)) || rename(file->part, file->path)) {
        enum kor_code code = failed(err, KOR_CANNOT_CREATE, file->path);
        kor_out_file_drop(file);
        return code;
    }
    close(file->fd);
    file->fd = -1;
    return KOR_OK;
}

enum kor_code
kor_out_file_finish(struct kor_out_file *file, struct kor_err *err)
{
    char copy[KOR_DISK_PATH_SIZE];
    enum kor_code code = KOR_OK;
    if (fsync(file->fd)) {
        code = failed(err, KOR_CANNOT_CREATE, file->path);
    }
    if (code == KOR_OK) {
        code = read_again(file, err);
    }
    if (code != KOR_OK) {
        kor_out_file_drop(file);
        return code;
    }
    code = kor_out_file_place(file, false, err);
    strcpy(copy, file->path);
    return code == KOR_OK ? kor_folder_sync(dirname(copy), err) : code;
}

void
kor_out_file_drop(struct kor_out_file *file)
{
    if (file->fd >= 0) {
        close(file->fd);
        file->fd = -1;
        (void)unlink(file->part);
    }
}

/* --- folders ------------------------------------------------------------- */

enum kor_code
kor_disk_room(const char *folder, uint64_t size, struct kor_err *err)
{
    struct statvfs about;
    if (statvfs(folder, &about)) {
        return failed(err, KOR_IO, folder);
    }
    uint64_t room = (uint64_t)about.f_bavail * about.f_frsize;
    return room < SPARE || room - SPARE < size
               ? kor_fail(err, KOR_NOT_STORED, NULL,
                          "%s has room for %llu MiB and %llu are needed: "
                          "nothing was stored", folder,
                          (unsigned long long)(room >> 20),
                          (unsigned long long)((size + SPARE) >> 20) + 1)
               : KOR_OK;
}

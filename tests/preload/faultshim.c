/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets calls of a program on its database fail, by LD_PRELOAD.
 *
 *     KOR_FAULT="KIND NTH ERRNO GOOD"   KOR_FAULT_FIRED=FILE
 *
 * The NTH call (from 1) of that KIND - open, write, short, sync, truncate -
 * on a file with "/kor.db" in its path fails with ERRNO, and all later ones of
 * the kind if GOOD is 1.  "short" writes one half first.  FILE is made when it
 * happens.  SQLite's own files of shared memory are among them. */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MAX_FD 1024

static struct {
    char kind[16];
    int error;
    bool is_for_good;
    atomic_int left;    /* Calls until the one that fails. */
    atomic_bool is_watched[MAX_FD];
} shim;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);
static int (*real_ftruncate)(int, off_t);

static void *
next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void
begin(void)
{
    const char *fault = getenv("KOR_FAULT");
    int left = 0, is_for_good = 0;
    *(void **)&real_open = next("open64");
    *(void **)&real_close = next("close");
    *(void **)&real_pwrite = next("pwrite64");
    *(void **)&real_fdatasync = next("fdatasync");
    *(void **)&real_fsync = next("fsync");
    *(void **)&real_ftruncate = next("ftruncate64");
    if (fault
        && sscanf(fault, "%15s %d %d %d", shim.kind, &left, &shim.error,
                  &is_for_good) == 4) {
        shim.is_for_good = is_for_good;
        shim.left = left;
    }
}

static void
say_fired(void)
{
    const char *path = getenv("KOR_FAULT_FIRED");
    int fd = path ? real_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) {
        (void)real_close(fd);
    }
}

/* Whether this call is to fail. */
static bool
fails(const char *kind)
{
    if (strcmp(shim.kind, kind) || shim.left <= 0) {
        return false;
    }
    if (atomic_fetch_sub(&shim.left, 1) > 1) {
        return false;
    }
    shim.left = shim.is_for_good ? 1 : 0;
    say_fired();
    errno = shim.error;
    return true;
}

static bool
is_watched(int fd)
{
    return fd >= 0 && fd < MAX_FD && shim.is_watched[fd];
}

static int
open_any(const char *path, int flags, mode_t mode)
{
    bool is_ours = strstr(path, "/kor.db") != NULL;
    if (is_ours && fails("open")) {
        return -1;
    }
    int fd = real_open(path, flags, mode);
    if (fd >= 0 && fd < MAX_FD) {
        shim.is_watched[fd] = is_ours;
    }
    return fd;
}

#define OPEN(name)                                                            \
    int name(const char *path, int flags, ...);                               \
    int name(const char *path, int flags, ...)                                \
    {                                                                         \
        va_list args;                                                         \
        va_start(args, flags);                                                \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE))                         \
                          ? (mode_t)va_arg(args, unsigned)                    \
                          : 0;                                                \
        va_end(args);                                                         \
        return open_any(path, flags, mode);                                   \
    }
OPEN(open)
OPEN(open64)

int
close(int fd)
{
    if (fd >= 0 && fd < MAX_FD) {
        shim.is_watched[fd] = false;
    }
    return real_close(fd);
}

static ssize_t
write_any(int fd, const void *bytes, size_t size, off_t at)
{
    if (is_watched(fd) && fails("write")) {
        return -1;
    }
    if (is_watched(fd) && size > 1 && fails("short")) {
        strcpy(shim.kind, "write"); /* What is left of it fails. */
        shim.left = 1;
        return real_pwrite(fd, bytes, size / 2, at);
    }
    return real_pwrite(fd, bytes, size, at);
}

#define PWRITE(name)                                                          \
    ssize_t name(int fd, const void *bytes, size_t size, off_t at);           \
    ssize_t name(int fd, const void *bytes, size_t size, off_t at)            \
    {                                                                         \
        return write_any(fd, bytes, size, at);                                \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

int
fdatasync(int fd)
{
    return is_watched(fd) && fails("sync") ? -1 : real_fdatasync(fd);
}

int
fsync(int fd)
{
    return is_watched(fd) && fails("sync") ? -1 : real_fsync(fd);
}

#define FTRUNCATE(name)                                                       \
    int name(int fd, off_t size);                                             \
    int name(int fd, off_t size)                                              \
    {                                                                         \
        return is_watched(fd) && fails("truncate") ? -1                       \
                                                   : real_ftruncate(fd, size);\
    }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

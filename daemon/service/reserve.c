/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Room for the day on which the disk is full: see service/reserve.h. */

#include "service/reserve.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "kor/base/log.h"

#define LOOK_MS 1000
#define MARGIN_SHARE 4 /* The margin is the reserve by that. */

/* --- the system's disk --------------------------------------------------- */

/* A file with holes in it holds too little. */
static bool
has(const struct kor_disk *disk, const char *path, int64_t bytes)
{
    struct stat st;
    (void)disk;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == bytes
        && (int64_t)st.st_blocks * 512 >= bytes;
}

static bool
hold(const struct kor_disk *disk, const char *path, int64_t bytes)
{
    (void)disk;
    (void)unlink(path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool is_held = fd >= 0 && posix_fallocate(fd, 0, bytes) == 0;
    if (fd >= 0) {
        close(fd);
    }
    if (!is_held) {
        (void)unlink(path);
    }
    return is_held;
}

static void
release(const struct kor_disk *disk, const char *path)
{
    (void)disk;
    (void)unlink(path);
}

static int64_t
free_bytes(const struct kor_disk *disk, const char *path)
{
    struct statvfs about;
    char folder[512];
    (void)disk;
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) + 1 : 0;
    if (n == 0 || n >= sizeof folder) {
        return INT64_MAX;
    }
    memcpy(folder, path, n);
    folder[n] = '\0';
    return statvfs(folder, &about)
               ? INT64_MAX
               : (int64_t)about.f_bavail * (int64_t)about.f_frsize;
}

const struct kor_disk *
kor_disk_system(void)
{
    static const struct kor_disk disk = {has, hold, release, free_bytes};
    return &disk;
}

/* --- the reserve --------------------------------------------------------- */

const char *
kor_reserve_word(enum kor_reserve_state state)
{
    return state == KOR_RESERVE_NORMAL  ? "normal"
           : state == KOR_RESERVE_SHORT ? "short"
                                        : "gone";
}

enum kor_reserve_state
kor_reserve_state(const struct kor_reserve *reserve)
{
    return (enum kor_reserve_state)reserve->state;
}

static int64_t
margin(const struct kor_reserve *reserve)
{
    return reserve->bytes / MARGIN_SHARE;
}

/* Makes the file if that leaves twice the margin. */
static void
hold_if_roomy(struct kor_reserve *reserve, int64_t free_now)
{
    if (!reserve->is_held
        && free_now >= reserve->bytes + 2 * margin(reserve)) {
        reserve->is_held = reserve->disk->hold(reserve->disk, reserve->path,
                                               reserve->bytes);
    }
}

static void
run_short(struct kor_reserve *reserve)
{
    reserve->was_held = reserve->is_held;
    reserve->is_held = false;
    reserve->disk->release(reserve->disk, reserve->path);
    reserve->state = KOR_RESERVE_SHORT;
    kor_log(KOR_LOG_ERROR, "the disk is full: nothing is stored until there "
                           "is room, and the reserve of %lld MiB %s",
            (long long)(reserve->bytes >> 20),
            reserve->was_held ? "is given to the access log"
                              : "was never there");
}

/* Enough is free again. */
static void
recover(struct kor_reserve *reserve, int64_t free_now)
{
    hold_if_roomy(reserve, free_now);
    if (reserve->was_held && !reserve->is_held) {
        return;
    }
    reserve->state = KOR_RESERVE_NORMAL;
    kor_log(KOR_LOG_NOTICE, "there is room on the disk again: everything is "
                            "stored");
}

void
kor_reserve_look(struct kor_reserve *reserve, int64_t mono_ms)
{
    if (reserve->bytes == 0 || mono_ms < reserve->look_ms) {
        return;
    }
    reserve->look_ms = mono_ms + LOOK_MS;
    int64_t free_now
        = reserve->disk->free_bytes(reserve->disk, reserve->path);
    if (reserve->state != KOR_RESERVE_NORMAL) {
        if (free_now >= 2 * margin(reserve)
                            + (reserve->was_held ? reserve->bytes : 0)) {
            recover(reserve, free_now);
        }
    } else if (free_now < margin(reserve)) {
        run_short(reserve);
    } else {
        hold_if_roomy(reserve, free_now);
    }
}

void
kor_reserve_begin(struct kor_reserve *reserve, const struct kor_disk *disk,
                  const char *path, int64_t bytes, int64_t mono_ms)
{
    reserve->disk = disk;
    reserve->path = path;
    reserve->bytes = bytes;
    reserve->look_ms = mono_ms;
    reserve->is_held = bytes > 0 && disk->has(disk, path, bytes);
    kor_reserve_look(reserve, mono_ms);
    if (bytes > 0 && reserve->state == KOR_RESERVE_NORMAL
        && !reserve->is_held) {
        kor_log(KOR_LOG_WARNING, "there is no room for a reserve of %lld MiB "
                                 "on the disk", (long long)(bytes >> 20));
    }
}

bool
kor_reserve_ran_out(struct kor_reserve *reserve, int64_t mono_ms)
{
    if (reserve->bytes == 0 || reserve->state == KOR_RESERVE_GONE) {
        return false;
    }
    reserve->look_ms = mono_ms + LOOK_MS;
    if (reserve->state == KOR_RESERVE_NORMAL) {
        run_short(reserve);
        return true;
    }
    reserve->state = KOR_RESERVE_GONE;
    kor_log(KOR_LOG_ERROR, "the reserve is used up: nothing is answered until "
                           "there is room on the disk");
    return false;
}

void
kor_reserve_wrote(struct kor_reserve *reserve)
{
    if (reserve->state == KOR_RESERVE_GONE) {
        reserve->state = KOR_RESERVE_SHORT;
    }
}

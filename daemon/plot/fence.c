/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What gnuplot may open: see plot/fence.h.  The list was found with strace;
 * the C library has no wrappers for these calls. */

#include "plot/fence.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kor/base/err.h"

/* All that the first Landlock knows.  What later ones added is writing, which
 * the seccomp filter refuses. */
#define ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define RUN (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE)
#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

/* Programs are run from /usr alone; what a system does not have is left out.
 * No folder that a clinic's folder may lie in. */
static const struct {
    const char *path;
    __u64 access;
} inside[] = {
    {"/usr/lib", RUN | READ},   {"/lib", RUN | READ},
    {"/lib64", RUN | READ},     {"/usr/lib64", RUN | READ},
    {"/usr/bin", RUN},          {"/bin", RUN},
    {"/usr/share", READ},       {"/usr/local/share/fonts", READ},
    {"/etc/ld.so.cache", READ}, {"/etc/fonts", READ},
    {"/etc/localtime", READ},   {"/var/cache/fontconfig", READ},
    {"/dev/null", READ},
};

bool
kor_plot_fence_is_there(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0,
                   LANDLOCK_CREATE_RULESET_VERSION)
           > 0;
}

/* Lets 'access' to what 'fd' is, and to all below it. */
static bool
let_in(int fence_fd, int fd, __u64 access)
{
    struct stat about;
    if (fstat(fd, &about)) {
        return false;
    }
    if (!S_ISDIR(about.st_mode)) {
        access &= ~(__u64)LANDLOCK_ACCESS_FS_READ_DIR;
    }
    struct landlock_path_beneath_attr rule
        = {.allowed_access = access, .parent_fd = fd};
    return syscall(SYS_landlock_add_rule, fence_fd,
                   LANDLOCK_RULE_PATH_BENEATH, &rule, 0)
           == 0;
}

/* The same for a path; one that is not there is left out. */
static bool
let_path_in(int fence_fd, const char *path, __u64 access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    }
    bool is_in = let_in(fence_fd, fd, access);
    int why = errno;
    close(fd);
    errno = why;
    return is_in;
}

enum kor_code
kor_plot_fence_new(const char *program, int folder_fd, int *fence_fd,
                   struct kor_err *err)
{
    *fence_fd = -1;
    if (!kor_plot_fence_is_there()) {
        return KOR_OK;
    }
    struct landlock_ruleset_attr attr = {.handled_access_fs = ALL};
    int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    bool is_up = fd >= 0 && let_path_in(fd, program, RUN)
              && let_in(fd, folder_fd, READ);
    for (size_t i = 0; i < KOR_LENGTH(inside) && is_up; i++) {
        is_up = let_path_in(fd, inside[i].path, inside[i].access);
    }
    if (!is_up) {
        int why = errno;
        if (fd >= 0) {
            close(fd);
        }
        return kor_fail(err, KOR_BUSY, NULL,
                        "the fence for drawing cannot be put up: %s; ask "
                        "again", strerror(why));
    }
    *fence_fd = fd;
    return KOR_OK;
}

bool
kor_plot_fence_close_in(int fence_fd)
{
    return fence_fd < 0
        || syscall(SYS_landlock_restrict_self, fence_fd, 0) == 0;
}

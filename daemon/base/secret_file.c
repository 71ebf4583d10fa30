/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files with a secret: see kor/base/secret_file.h. */

#include "kor/base/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Not through a FILE, whose buffer would keep the secret. */
enum kor_code
kor_secret_file_read(const char *path, char *text, size_t size,
                     unsigned *rights, struct kor_err *err)
{
    struct stat about = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t used = 0;
    ssize_t n = fd < 0 || fstat(fd, &about) ? -1 : 1;
    while (n > 0 && used < size) {
        n = read(fd, text + used, size - used);
        used += n > 0 ? (size_t)n : 0;
    }
    int why = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (n < 0) {
        return kor_fail(err, why == ENOENT ? KOR_NOT_FOUND : KOR_IO, NULL,
                        "%s: %s", path, strerror(why));
    }
    text[used < size ? used : 0] = '\0';
    *rights = about.st_mode & 07777;
    return KOR_OK;
}

enum kor_code
kor_secret_file_check(const char *path, unsigned rights, unsigned others,
                      struct kor_err *err)
{
    return rights & others
               ? kor_fail(err, KOR_CONFIG, NULL,
                          "%s holds a secret but others may read it: run "
                          "'chmod 600' on it", path)
               : KOR_OK;
}

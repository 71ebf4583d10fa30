/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_FILE_H
#define KOR_BASE_FILE_H 1

#include <stddef.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

/* Whole files, bounded. */

/* Adds the file 'path' to 'out', at most 'max_size' bytes of it: KOR_TOO_LARGE
 * if it has more, KOR_NOT_FOUND if it is not there, KOR_IO if it cannot be
 * read.  'out' may then hold a part of it, and is to be freed all the same. */
KOR_NODISCARD enum kor_code kor_file_read(const char *path, size_t max_size,
                                          struct kor_buf *out,
                                          struct kor_err *err);

/* Writes 'size' bytes as the file 'path' with permissions 'mode': whole or not
 * at all, through a file beside it that is synced and then renamed.  What is
 * there and no regular file, such as a device, is written to and stays. */
KOR_NODISCARD enum kor_code kor_file_write(const char *path, const void *bytes,
                                           size_t size, unsigned mode,
                                           struct kor_err *err);

#endif /* kor/base/file.h */

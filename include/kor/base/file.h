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
 * at all, through a file beside it that is synced and then renamed; the folder
 * is synced as well, so that KOR_OK outlasts a power cut.  The file beside it
 * has the name of 'path' with KOR_FILE_NEW and a number behind: who finds one
 * that nobody is writing may remove it.  What is there and no regular file,
 * such as a device, is written to and stays. */
#define KOR_FILE_NEW ".new."
KOR_NODISCARD enum kor_code kor_file_write(const char *path, const void *bytes,
                                           size_t size, unsigned mode,
                                           struct kor_err *err);

/* Makes last what was made, renamed or removed in the folder 'path'; where a
 * folder cannot be synced at all, that is no failure. */
KOR_NODISCARD enum kor_code kor_folder_sync(const char *path,
                                            struct kor_err *err);

#endif /* kor/base/file.h */

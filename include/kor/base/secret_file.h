/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_SECRET_FILE_H
#define KOR_BASE_SECRET_FILE_H 1

#include <stddef.h>

#include "kor/base/err.h"

/* Small files that hold a secret, read without leaving any of it behind in
 * memory but what the caller has, who overwrites it. */

/* Reads the file 'path' into the 'size' bytes at 'text', terminated; "" if it
 * is longer.  Its rights go to '*rights', as chmod(2) has them.  KOR_NOT_FOUND
 * if it is not there, KOR_IO if it cannot be read. */
KOR_NODISCARD enum kor_code kor_secret_file_read(const char *path, char *text,
                                                 size_t size,
                                                 unsigned *rights,
                                                 struct kor_err *err);

/* KOR_CONFIG if 'rights' has one of the rights 'others': 077 for a file that
 * is its owner's alone. */
KOR_NODISCARD enum kor_code kor_secret_file_check(const char *path,
                                                  unsigned rights,
                                                  unsigned others,
                                                  struct kor_err *err);

#endif /* kor/base/secret_file.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DELETIONS_LINE_H
#define SERVICE_DELETIONS_LINE_H 1

/* A line of the list of erased clients and revoked keys (service/deletions.h),
 * to text and back. */

#include <stdbool.h>

#include "kor/base/buf.h"
#include "store/deletion.h"
#include "store/key.h"

struct kor_deletions_line {
    bool is_key;
    struct kor_deletion deletion;     /* Or, if it is, */
    struct kor_revocation revocation; /* this. */
};

void kor_deletions_line_write(const struct kor_deletions_line *line,
                              struct kor_buf *out);

/* Reads the line at '*at', which is moved behind it, but not beyond the end of
 * the text.  False if it is none: '*line' is of no use then. */
KOR_NODISCARD bool kor_deletions_line_read(const char **at,
                                           struct kor_deletions_line *line);

#endif /* service/deletions_line.h */

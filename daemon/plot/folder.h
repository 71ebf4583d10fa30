/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_FOLDER_H
#define KOR_PLOT_FOLDER_H 1

/* A private folder for one run of a program, readable by nobody else.  Files
 * in it are named by us.  End with kor_plot_folder_done(), also when making
 * it failed: it removes everything. */

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_buf;
struct kor_err;

struct kor_plot_folder {
    char path[PATH_MAX]; /* "" when there is none. */
    int fd;              /* The open folder, or -1. */
};

/* Makes '*folder' under the folder 'under'.  Returns KOR_CANNOT_CREATE if that
 * cannot be done. */
KOR_NODISCARD enum kor_code
kor_plot_folder_init(struct kor_plot_folder *folder, const char *under,
                     struct kor_err *err);

/* Removes the folder and the files in it. */
void kor_plot_folder_done(struct kor_plot_folder *folder);

/* Writes the 'size' bytes at 'bytes' to the new file 'name'.  Returns
 * KOR_CANNOT_CREATE if that cannot be done. */
KOR_NODISCARD enum kor_code
kor_plot_folder_write(const struct kor_plot_folder *folder, const char *name,
                      const char *bytes, size_t size, struct kor_err *err);

#endif /* plot/folder.h */

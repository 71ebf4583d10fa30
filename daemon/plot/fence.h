/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_FENCE_H
#define KOR_PLOT_FENCE_H 1

/* Which files gnuplot may open: a Landlock ruleset.
 *
 * It holds the program, the system's libraries and fonts, and the folder of
 * the run, all for reading.  Everything else can be opened by nobody who is
 * behind the fence: not the database, not a key, not another run's data, not
 * /proc.  Names can still be asked about (stat), contents cannot.
 *
 * A ruleset is made for each run, since each has a folder of its own, and is
 * put up by the child with kor_plot_fence_close_in(). */

#include <stdbool.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* True if this kernel has Landlock (Linux 5.13 and later, unless switched
 * off).  Without it gnuplot can read what the user of the daemon can read. */
bool kor_plot_fence_is_there(void);

/* Makes the ruleset for 'program' in the open folder 'folder_fd' and stores
 * its descriptor in '*fence_fd': -1 without Landlock.  Returns KOR_BUSY if the
 * kernel has it but cannot give one now. */
KOR_NODISCARD enum kor_code kor_plot_fence_new(const char *program,
                                               int folder_fd, int *fence_fd,
                                               struct kor_err *err);

/* In the child, after PR_SET_NO_NEW_PRIVS: from now on only what is inside can
 * be opened.  One call to the kernel; true for -1 as well. */
KOR_NODISCARD bool kor_plot_fence_close_in(int fence_fd);

#endif /* plot/fence.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_FILTER_H
#define KOR_PLOT_FILTER_H 1

/* The seccomp filter under which gnuplot runs, as the kernel wants it.
 *
 * It is a list of what is allowed: reading files, memory, time, threads of the
 * process's own (fontconfig starts some).  All else answers EPERM, and the
 * program goes on as well as it can.  Built once, loaded in each child. */

#include <linux/filter.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Builds the filter into '*filter'.  'program' is the string that execve may
 * be called with: this very address, not what it says.  Free with
 * kor_plot_filter_done().  Returns KOR_INTERNAL if it cannot be built. */
KOR_NODISCARD enum kor_code kor_plot_filter_init(struct sock_fprog *filter,
                                                 const char *program,
                                                 struct kor_err *err);

/* Frees what '*filter' holds; it may be all zeros. */
void kor_plot_filter_done(struct sock_fprog *filter);

#endif /* plot/filter.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_PAGE_H
#define TESTS_SUPPORT_PAGE_H 1

/* Pages of docs/ that hold tables made from the code.  A table stands between
 * two marks,
 *
 *     <!-- NAME: begin -->
 *     <!-- NAME: end -->
 *
 * and the program that tests it prints it when it is run with --print. */

#include "kor/base/buf.h"

/* Fails unless 'path', from the top of the source tree, holds 'table' and
 * nothing else between the marks called 'name'. */
void assert_page_table(const char *path, const char *name,
                       const struct kor_buf *table);

#endif /* tests/support/page.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_FLAGS_CHECK_H
#define DEFINE_FLAGS_CHECK_H 1

#include <stddef.h>

#include "kor/define/course.h"

/* Whether a table of flags that was read can have been counted: of at most
 * 'n_people' people, with counts that add up, shares that lie within their
 * bounds, and the favoured rule that the table has.
 *
 * Figures are means over halves, each over the halves that have it; so shares
 * are not held against counts, nor the area under the curve against its
 * bounds, which a half with one person on a side does not have.
 *
 * Returns KOR_BAD_VALUE with the path of the figure. */
KOR_NODISCARD enum kor_code
kor_flags_check(const struct kor_course_flags *flags, size_t n_people,
                struct kor_err *err);

#endif /* define/flags_check.h */

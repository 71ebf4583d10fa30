/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_FLAGS_JSON_H
#define DEFINE_FLAGS_JSON_H 1

#include <jansson.h>

#include "define/node.h"
#include "kor/define/course.h"

/* The table of a course's flags as JSON, and back.  What there is nothing to
 * say of is left out. */

/* 'flags' is not KOR_FLAGS_UNKNOWN. */
json_t *kor_flags_write(const struct kor_course_flags *flags);

void kor_flags_read(const struct kor_node *node,
                    struct kor_course_flags *flags);

#endif /* define/flags_json.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_ALLOC_H
#define KOR_BASE_ALLOC_H 1

#include <stddef.h>

/* Memory that is always there: on failure these log and abort, the supervisor
 * starts the program again, and the database is whole.  So every size that
 * comes from outside is bounded before it gets here.  Free with free(). */

/* 'size' bytes of zeros. */
void *kor_alloc(size_t size);

/* 'n' members of 'size' bytes, zeros; aborts if the product overflows. */
void *kor_alloc_array(size_t n, size_t size);

/* 'old' (may be null), grown or shrunk to 'n' members of 'size' bytes.  What
 * is new in it is not set. */
void *kor_realloc_array(void *old, size_t n, size_t size);

/* A copy of the string 'text'. */
char *kor_strdup(const char *text);

#endif /* kor/base/alloc.h */

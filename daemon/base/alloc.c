/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory that is always there: see kor/base/alloc.h. */

#include "kor/base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/log.h"

static void *
must(void *p)
{
    if (!p) {
        kor_log(KOR_LOG_ERROR, "out of memory");
        abort();
    }
    return p;
}

void *
kor_alloc(size_t size)
{
    return must(calloc(1, size ? size : 1));
}

void *
kor_alloc_array(size_t n, size_t size)
{
    return must(calloc(n ? n : 1, size ? size : 1));
}

void *
kor_realloc_array(void *old, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        must(NULL);
    }
    size_t bytes = n * size;
    return must(realloc(old, bytes > 0 ? bytes : 1));
}

char *
kor_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(kor_alloc(size), text, size);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Growing text: see kor/base/buf.h. */

#include "kor/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

/* Most texts are messages: one asks for memory once or twice.  A little less
 * than a kilobyte is what the C library keeps at hand for the next one. */
#define FIRST_CAPACITY 1000

static void
reserve(struct kor_buf *buf, size_t more)
{
    size_t need = buf->size + more + 1;
    if (need > buf->capacity) {
        size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
        while (capacity < need) {
            capacity *= 2;
        }
        buf->text = kor_realloc_array(buf->text, capacity, 1);
        buf->capacity = capacity;
    }
}

void
kor_buf_done(struct kor_buf *buf)
{
    free(buf->text);
    *buf = (struct kor_buf){0};
}

void
kor_buf_clear(struct kor_buf *buf)
{
    buf->size = 0;
    if (buf->text) {
        buf->text[0] = '\0';
    }
}

void
kor_buf_add(struct kor_buf *buf, const void *bytes, size_t size)
{
    reserve(buf, size);
    if (size) {
        memcpy(buf->text + buf->size, bytes, size);
    }
    buf->size += size;
    buf->text[buf->size] = '\0';
}

void
kor_buf_puts(struct kor_buf *buf, const char *text)
{
    kor_buf_add(buf, text, strlen(text));
}

void
kor_buf_putc(struct kor_buf *buf, char c)
{
    kor_buf_add(buf, &c, 1);
}

void
kor_buf_printf(struct kor_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0) {
        return;
    }
    reserve(buf, (size_t)size);
    va_start(args, format);
    vsnprintf(buf->text + buf->size, (size_t)size + 1, format, args);
    va_end(args);
    buf->size += (size_t)size;
}

const char *
kor_buf_text(const struct kor_buf *buf)
{
    return buf->text ? buf->text : "";
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_BUF_H
#define KOR_BASE_BUF_H 1

#include <stddef.h>

#include "kor/base/compiler.h"

/* A growing piece of text or bytes.  Empty it with '= {0}', end with
 * kor_buf_done().  'text' is terminated whenever it is not null. */
struct kor_buf {
    char *text;      /* The bytes; null while nothing was ever added. */
    size_t size;     /* How many, without the terminator. */
    size_t capacity; /* How many would fit, with the terminator. */
};

/* Frees what 'buf' holds and makes it empty. */
void kor_buf_done(struct kor_buf *buf);

/* Empties 'buf' but keeps its memory. */
void kor_buf_clear(struct kor_buf *buf);

/* Adds 'size' bytes, which may be zeros too. */
void kor_buf_add(struct kor_buf *buf, const void *bytes, size_t size);

/* Adds a text, without its terminator. */
void kor_buf_puts(struct kor_buf *buf, const char *text);

/* Adds one character. */
void kor_buf_putc(struct kor_buf *buf, char c);

/* Adds what printf() would print. */
void kor_buf_printf(struct kor_buf *buf, const char *format, ...)
    KOR_PRINTF(2, 3);

/* The text, "" if nothing was added; lives until the next call on 'buf'. */
const char *kor_buf_text(const struct kor_buf *buf);

#endif /* kor/base/buf.h */

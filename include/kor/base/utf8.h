/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_UTF8_H
#define KOR_BASE_UTF8_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8, as strangers send it. */

/* True if the 'size' bytes at 'bytes' are well-formed UTF-8 (no overlong
 * form, no surrogate, nothing past U+10FFFF). */
bool kor_utf8_valid(const char *bytes, size_t size);

/* True if the well-formed 'text' holds a control character: C0, DEL or C1,
 * which some terminals obey as well. */
bool kor_utf8_has_control(const char *text);

/* The first character of the well-formed 'text' that is not seen and lets it
 * pass for another: what turns the direction of writing (marks, embeddings,
 * overrides and isolates of Unicode's UAX 9), what has no width (but for the
 * joiners, which scripts need), separators of lines, and tags.  0 without
 * one. */
uint32_t kor_utf8_unseen(const char *text);

/* True if the well-formed 'text' is of nothing but spaces, or empty. */
bool kor_utf8_is_blank(const char *text);

/* Copies the text 'from' into the 'size' bytes at 'to', always terminated.
 * Cuts at a whole character.  Control characters (C0, DEL, C1) and bytes that
 * are no UTF-8 become '?', so that the copy is one printable line. */
void kor_utf8_copy(char *to, size_t size, const char *from);

/* How many columns 'text' takes on a terminal, counting each character as
 * one.  'text' must be well-formed. */
size_t kor_utf8_columns(const char *text);

/* True if 'text' is one of the words, which a null ends. */
bool kor_is_one_of(const char *text, const char *const words[]);

#endif /* kor/base/utf8.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_HANDLE_H
#define KOR_DEFINE_HANDLE_H 1

#include <stdbool.h>

#define KOR_HANDLE_SIZE 33 /* With terminator. */

/* True if 'text' may name an account or a unit: 1 to 32 small letters a to z,
 * digits and hyphens, one letter at least, no hyphen first.  So no two handles
 * look alike but for what is written, none is a number or an option, and a
 * person's name is none. */
bool kor_handle_is(const char *text);

#endif /* kor/define/handle.h */

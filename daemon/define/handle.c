/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handles: see kor/define/handle.h. */

#include "kor/define/handle.h"

#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define ALL LETTERS "0123456789-"

bool
kor_handle_is(const char *text)
{
    size_t len = strlen(text);
    return len < KOR_HANDLE_SIZE && strspn(text, ALL) == len
        && strcspn(text, LETTERS) < len && text[0] != '-';
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as tests write it: see support/json.h. */

#include "support/json.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "support/near.h"

char *
json_quote(char *text)
{
    for (char *at = text; *at; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    return text;
}

char *
json_text(const char *text)
{
    return json_quote(kor_strdup(text));
}

char *
json_changed(const char *whole, const char *from, const char *to)
{
    const char *at = strstr(whole, from);
    assert_non_null(at);
    size_t size = strlen(whole) + strlen(to) + 1;
    char *text = kor_alloc(size);
    snprintf(text, size, "%.*s%s%s", (int)(at - whole), whole, to,
             at + strlen(from));
    return text;
}

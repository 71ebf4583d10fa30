/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of pages: see support/page.h. */

#include "support/page.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/file.h"
#include "support/near.h"

#define MAX_PAGE (1 << 20)

/* Where the mark stands; fails if it is not there. */
static const char *
find_mark(const char *text, const char *name, const char *which, size_t *size)
{
    char mark[64];
    *size = (size_t)snprintf(mark, sizeof mark, "<!-- %s: %s -->\n", name,
                             which);
    const char *at = strstr(text, mark);
    assert_non_null(at);
    return at;
}

void
assert_page_table(const char *path, const char *name,
                  const struct kor_buf *table)
{
    struct kor_buf page = {0};
    size_t size;
    assert_int_equal(kor_file_read(path, MAX_PAGE, &page, NULL), KOR_OK);
    const char *begin = find_mark(kor_buf_text(&page), name, "begin", &size);
    begin += size;
    const char *end = find_mark(begin, name, "end", &size);
    for (size_t i = 0; i < table->size; i++) {
        if (begin + i >= end || begin[i] != table->text[i]) {
            print_error("%s differs at: %.100s\n", path, table->text + i);
            fail();
        }
    }
    assert_ptr_equal(begin + table->size, end);
    kor_buf_done(&page);
}

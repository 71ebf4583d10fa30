/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes are in the list of erased clients and revoked keys: no crash,
 * an end, and a line that is taken says the same when it is written and read
 * again. */

#include "fuzz/feed.h"
#include "service/deletions_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
must_be_same(const struct kor_deletions_line *line)
{
    struct kor_buf text = {0};
    struct kor_deletions_line back;
    kor_deletions_line_write(line, &text);
    const char *at = kor_buf_text(&text);
    must(kor_deletions_line_read(&at, &back));
    must(at == text.text + text.size);
    must(back.is_key == line->is_key
         && back.deletion.at_ms == line->deletion.at_ms
         && back.revocation.at_ms == line->revocation.at_ms
         && !strcmp(back.deletion.code, line->deletion.code)
         && !memcmp(back.revocation.public_key, line->revocation.public_key,
                    sizeof back.revocation.public_key));
    kor_buf_done(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct kor_buf list = {0};
    kor_buf_add(&list, size ? (const char *)bytes : "", size);
    const char *at = kor_buf_text(&list), *end = at + strlen(at);
    while (*at) {
        const char *before = at;
        struct kor_deletions_line line;
        bool is_one = kor_deletions_line_read(&at, &line);
        must(at > before && at <= end);
        if (is_one) {
            must_be_same(&line);
        }
    }
    kor_buf_done(&list);
    return 0;
}

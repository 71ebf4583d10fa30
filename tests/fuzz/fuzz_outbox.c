/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes lie in the outbox: no crash, no leak, and what is taken is
 * written the same.
 *
 * The first byte says whether the rest is a file, or what follows its first
 * line, which is then made as somebody would who has changed the rest. */

#include <sodium.h>

#include "fuzz/feed.h"
#include "lib/outbox_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
read_file(const struct kor_buf *file)
{
    struct kor_outbox_entry entry, last;
    struct kor_buf back = {0}, twice = {0};
    const uint8_t *box;
    size_t box_size;
    if (kor_outbox_file_read(file, &entry, &box, &box_size)) {
        must(box >= (const uint8_t *)file->text
             && box + box_size == (const uint8_t *)file->text + file->size);
        kor_outbox_file_write(&entry, box, box_size, &back);
        must(kor_outbox_file_read(&back, &last, &box, &box_size));
        kor_outbox_file_write(&last, box, box_size, &twice);
        must(back.size == twice.size
             && !memcmp(back.text, twice.text, back.size));
    }
    kor_buf_done(&back);
    kor_buf_done(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct feed feed = {bytes, size};
    struct kor_buf file = {0};
    if (feed_count(&feed, 1)) {
        unsigned char hash[32];
        char hex[2 * sizeof hash + 1];
        crypto_generichash(hash, sizeof hash, feed.at, feed.left, NULL, 0);
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        kor_buf_printf(&file, "KOR OUTBOX 1 %s\n", hex);
    }
    kor_buf_add(&file, feed.left ? (const char *)feed.at : "", feed.left);
    read_file(&file);
    kor_buf_done(&file);
    return 0;
}

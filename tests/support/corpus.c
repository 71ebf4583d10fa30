/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Corpora of the fuzzers: see support/corpus.h. */

#include "support/corpus.h"

#include "support/near.h"

#include <dirent.h>
#include <stdio.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"
#include "support/dice.h"

typedef void use_file(corpus_target *target, const struct kor_buf *bytes,
                      size_t n);

static size_t
for_each(const char *folder, corpus_target *target, size_t times,
         use_file *use)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;
    size_t n = 0;
    assert_non_null(files);
    while ((entry = readdir(files))) {
        char path[512];
        struct kor_buf bytes = {0};
        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        print_message("%s\n", path);
        assert_int_equal(kor_file_read(path, 1 << 20, &bytes, NULL), KOR_OK);
        use(target, &bytes, times);
        kor_buf_done(&bytes);
        n++;
    }
    closedir(files);
    return n;
}

static void
use_once(corpus_target *target, const struct kor_buf *bytes, size_t times)
{
    (void)times;
    assert_int_equal(
        target((const uint8_t *)kor_buf_text(bytes), bytes->size), 0);
}

size_t
corpus_replay(const char *folder, corpus_target *target)
{
    return for_each(folder, target, 1, use_once);
}

static void
use_shaken(corpus_target *target, const struct kor_buf *bytes, size_t times)
{
    struct dice dice = {bytes->size};
    for (size_t i = 0; i < times; i++) {
        struct kor_buf shaken = {0};
        kor_buf_add(&shaken, kor_buf_text(bytes), bytes->size);
        for (int64_t k = dice_int(&dice, 1, 4); k > 0 && shaken.size; k--) {
            int64_t at = dice_int(&dice, 0, (int64_t)shaken.size - 1);
            shaken.text[at] = (char)dice_bits(&dice);
        }
        use_once(target, &shaken, 1);
        kor_buf_done(&shaken);
    }
}

void
corpus_shake(const char *folder, corpus_target *target, size_t n)
{
    for_each(folder, target, n, use_shaken);
}

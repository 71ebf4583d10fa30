/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever frames come in as the question whether a key may connect: a key is
 * asked about only if there are seven frames and each is as it should be.
 *
 * A byte with its length stands before each frame; 255 means 300. */

#include "bus/zap_question.h"
#include "fuzz/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { frame_most = 300, n_frames = 7 };

struct frame {
    uint8_t bytes[frame_most];
    size_t size;
};

static bool
is(const struct frame *frame, const char *text)
{
    return frame->size == strlen(text)
        && !memcmp(frame->bytes, text, frame->size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct frame frames[n_frames + 1];
    struct kor_zap_question question = {0};
    struct feed feed = {bytes, size};
    size_t n = 0;
    while (feed.left > 0) {
        struct frame *frame = &frames[n < n_frames ? n : n_frames];
        size_t claimed = feed_byte(&feed);
        claimed = claimed == 255 ? frame_most : claimed;
        frame->size = claimed < feed.left ? claimed : feed.left;
        for (size_t i = 0; i < frame->size; i++) {
            frame->bytes[i] = feed_byte(&feed);
        }
        kor_zap_hear(&question, frame->bytes, frame->size);
        n++;
    }
    bool is_right = n == n_frames && is(&frames[0], "1.0")
                 && frames[1].size <= KOR_ZAP_ID_SIZE
                 && is(&frames[5], "CURVE") && frames[6].size == 32;
    const uint8_t *key = kor_zap_key(&question);
    must(is_right == (key != NULL));
    must(!key || !memcmp(key, frames[6].bytes, 32));
    must(question.id_size <= KOR_ZAP_ID_SIZE);
    must(n < 2 || question.id_size == 0
         || !memcmp(question.id, frames[1].bytes, question.id_size));
    return 0;
}

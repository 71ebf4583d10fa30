/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever frames come in as the question whether a key may connect: a key is
 * asked about only if there are seven frames and each is as it should be; and
 * as a guest it is handed on unchanged.
 *
 * A byte with its length stands before each frame; 255 means 300. */

#include "bus/guest.h"
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

static void
check_guest(const uint8_t *key)
{
    char user[KOR_GUEST_USER_SIZE];
    struct kor_caller caller;
    must(kor_guest_from(kor_guest_user(key, user), &caller));
    must(caller.is_guest && caller.actor_id == 0);
    must(!memcmp(caller.guest_key, key, sizeof caller.guest_key));
}

/* Nobody else is taken for a guest. */
static void
check_user(const struct frame *frame)
{
    char user[frame_most + 1];
    struct kor_caller caller = {.actor_id = 7};
    memcpy(user, frame->bytes, frame->size);
    user[frame->size] = '\0';
    if (!kor_guest_from(user, &caller)) {
        must(!caller.is_guest && caller.actor_id == 7);
    } else {
        must(!strncmp(user, "guest-", 6) && strlen(user) == 70);
    }
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
                 && frames[2].size <= KOR_ZAP_DOMAIN_SIZE
                 && is(&frames[5], "CURVE") && frames[6].size == 32;
    const uint8_t *key = kor_zap_key(&question);
    must(is_right == (key != NULL));
    must(!key || !memcmp(key, frames[6].bytes, 32));
    if (key) {
        check_guest(key);
    }
    if (n > 0) {
        check_user(&frames[0]);
    }
    must(question.id_size <= KOR_ZAP_ID_SIZE);
    must(n < 2 || question.id_size == 0
         || !memcmp(question.id, frames[1].bytes, question.id_size));
    return 0;
}

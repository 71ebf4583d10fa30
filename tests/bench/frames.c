/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests: see bench/frames.h. */

#include "bench/frames.h"

#include <stdio.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "kor/wire/envelope.h"

static void
frame(enum kor_verb verb, int64_t at_ms, const void *body,
      struct kor_buf *out)
{
    char id[KOR_UUID_TEXT_SIZE];
    uint8_t random[10], uuid[KOR_UUID_SIZE];
    const struct kor_random *source = kor_random_system();
    source->fill(source, random, sizeof random);
    kor_uuid_make(at_ms, random, uuid);
    kor_buf_clear(out);
    kor_request_encode(kor_uuid_format(uuid, id), verb, KOR_EN, body, out);
}

int64_t
frames_now_ms(void)
{
    const struct kor_clock *clock = kor_clock_system();
    return clock->now_ms(clock);
}

void
frames_ping(struct kor_buf *out)
{
    struct kor_msg_empty body;
    kor_message_init(&kor_message_empty, &body);
    frame(KOR_VERB_PING, frames_now_ms(), &body, out);
}

void
frames_show(const char *code, struct kor_buf *out)
{
    struct kor_msg_show body;
    kor_message_init(&kor_message_show, &body);
    kor_utf8_copy(body.code, sizeof body.code, code);
    frame(KOR_VERB_SHOW, frames_now_ms(), &body, out);
}

/* A mark on each line, with one decimal, round about 'level'. */
static void
answer(struct dice *dice, const char *scale, double level, size_t n,
       struct kor_msg_answer *out)
{
    kor_message_init(&kor_message_answer, out);
    kor_utf8_copy(out->scale, sizeof out->scale, scale);
    for (size_t i = 0; i < n; i++) {
        double mark = level + (double)dice_int(dice, -20, 20) / 10;
        mark = mark < 0 ? 0 : mark > 10 ? 10 : mark;
        out->values[out->n_values++] = (double)(int)(mark * 10 + 0.5) / 10;
    }
}

void
frames_pair(struct dice *dice, const char *code, int number,
            int64_t at_ms, struct kor_buf *out)
{
    struct kor_msg_answer *answers
        = kor_alloc_array(2, sizeof *answers);
    struct kor_msg_record body;
    kor_message_init(&kor_message_record, &body);
    kor_utf8_copy(body.code, sizeof body.code, code);
    body.session = number;
    body.answers = answers;
    body.n_answers = 2;
    answer(dice, "outcome", 3.5 + 0.3 * number, 4, &answers[0]);
    answer(dice, "alliance", 8, 3, &answers[1]);
    frame(KOR_VERB_RECORD, at_ms, &body, out);
    kor_message_done(&kor_message_record, &body);
}

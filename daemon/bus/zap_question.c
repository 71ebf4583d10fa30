/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames of a question: see bus/zap_question.h. */

#include "bus/zap_question.h"

#include <string.h>

/* The frames in order; those that are not named are not looked at. */
enum {
    VERSION = 0,
    ID = 1,
    DOMAIN = 2,
    MECHANISM = 5,
    CREDENTIALS = 6,
    N_FRAMES = 7
};

static bool
is_text(const void *bytes, size_t size, const char *text)
{
    return size == strlen(text) && !memcmp(bytes, text, size);
}

/* Copies a frame of 'least' to 'most' bytes; false if it has another size. */
static bool
copy(const void *bytes, size_t size, size_t least, size_t most, uint8_t *out)
{
    bool fits = size >= least && size <= most;
    if (fits && size > 0) {
        memcpy(out, bytes, size);
    }
    return fits;
}

void
kor_zap_hear(struct kor_zap_question *question, const void *bytes,
             size_t size)
{
    bool is_right = true;
    switch (question->n) {
    case VERSION:
        is_right = is_text(bytes, size, "1.0");
        break;
    case ID:
        is_right = copy(bytes, size, 0, KOR_ZAP_ID_SIZE, question->id);
        question->id_size = is_right ? size : 0;
        break;
    case DOMAIN:
        is_right = copy(bytes, size, 0, KOR_ZAP_DOMAIN_SIZE,
                        question->domain);
        question->domain_size = is_right ? size : 0;
        break;
    case MECHANISM:
        is_right = is_text(bytes, size, "CURVE");
        break;
    case CREDENTIALS:
        is_right = copy(bytes, size, KOR_PUBLIC_KEY_SIZE,
                        KOR_PUBLIC_KEY_SIZE, question->key);
        break;
    default:
        is_right = question->n < N_FRAMES;
        break;
    }
    question->n += question->n < N_FRAMES;
    question->is_strange = question->is_strange || !is_right;
}

bool
kor_zap_is_at(const struct kor_zap_question *question, const char *domain)
{
    return is_text(question->domain, question->domain_size, domain);
}

const uint8_t *
kor_zap_key(const struct kor_zap_question *question)
{
    bool is_whole = question->n == N_FRAMES && !question->is_strange;
    return is_whole ? question->key : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_ZAP_QUESTION_H
#define BUS_ZAP_QUESTION_H 1

/* What ZeroMQ asks when somebody connects, frame by frame (RFC 27).  No socket
 * here: begin with zeros, give each frame to kor_zap_hear(), and then see
 * which key it is about. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/actor.h"

#define KOR_ZAP_ID_SIZE 255
#define KOR_ZAP_DOMAIN_SIZE 255

struct kor_zap_question {
    int n;                       /* Frames so far. */
    bool is_strange;             /* No CURVE, or another version. */
    uint8_t id[KOR_ZAP_ID_SIZE]; /* To be said in the answer. */
    size_t id_size;
    uint8_t domain[KOR_ZAP_DOMAIN_SIZE]; /* Which socket, see bus/zap.h. */
    size_t domain_size;
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
};

/* Takes the next frame; what is longer than it may be is strange. */
void kor_zap_hear(struct kor_zap_question *question, const void *bytes,
                  size_t size);

/* The public key that is asked about; null unless the question was whole and
 * about CURVE. */
const uint8_t *kor_zap_key(const struct kor_zap_question *question);

/* Whether the question is about the socket with that domain. */
bool kor_zap_is_at(const struct kor_zap_question *question,
                   const char *domain);

#endif /* bus/zap_question.h */

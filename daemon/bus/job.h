/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_JOB_H
#define BUS_JOB_H 1

/* Job: a call with the connection that its answer goes to. */

#include <stdint.h>

#include "service/service.h"

#define KOR_IDENTITY_SIZE 255 /* The longest that ZeroMQ gives. */

struct kor_job {
    uint8_t identity[KOR_IDENTITY_SIZE];
    size_t identity_size;
    size_t size;             /* Bytes of the frame that it came in. */
    struct kor_call call;
    struct kor_asker *asker; /* Whose turn it takes; see bus/turns.h. */
    enum kor_route route;    /* On which it takes it. */
    bool is_probe;           /* Nobody's: a worker shows that it can read. */
    struct kor_job *next;    /* In a queue. */
};

/* Makes an empty job; frees one with its call. */
struct kor_job *kor_job_new(void);
void kor_job_free(struct kor_job *job);

#endif /* bus/job.h */

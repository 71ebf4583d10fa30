/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_COURSE_MODEL_H
#define DEFINE_COURSE_MODEL_H 1

#include <jansson.h>

#include "define/node.h"
#include "kor/define/course.h"

/* The part of a course record that says what was fitted: terms, spread,
 * scale, times, how many, and how well its range holds. */

#define KOR_MODEL_KEYS                                                        \
    "method", "status", "time", "unit", "terms", "b", "se", "tau00", "tau01", \
        "tau11", "sigma", "loglik", "min", "max", "direction", "first_time",  \
        "max_time", "people", "records", "min_people", "calibration"

/* Sets these members of 'json'. */
void kor_model_write(const struct kor_course_record *record, json_t *json);

/* Reads them from 'root' into 'record'. */
void kor_model_read(const struct kor_node *root,
                    struct kor_course_record *record);

/* Adds 'json' to 'out' as text, and lets go of it. */
void kor_model_dump(json_t *json, struct kor_buf *out);

#endif /* define/course_model.h */

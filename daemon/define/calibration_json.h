/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_CALIBRATION_JSON_H
#define DEFINE_CALIBRATION_JSON_H 1

#include <jansson.h>

#include "define/node.h"
#include "kor/stat/calibration.h"

/* A calibration as JSON; the new object is the caller's. */
json_t *kor_calibration_write(const struct kor_calibration *calibration);

/* Reads what kor_calibration_write() made, checked so that every lookup in it
 * is safe and finite. */
void kor_calibration_read(const struct kor_node *node,
                          struct kor_calibration *calibration);

#endif /* define/calibration_json.h */

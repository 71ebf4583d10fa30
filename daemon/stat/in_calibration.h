/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_IN_CALIBRATION_H
#define STAT_IN_CALIBRATION_H 1

#include "kor/stat/calibration.h"

/* Parts of the lookup that making a calibration needs as well. */

/* The index of the last of the 'n' rising 'values' that is at most 'x', and
 * in '*share' how far 'x' is on the way to the next; held at the ends. */
size_t kor_calibration_locate(const double values[], size_t n, double x,
                              double *share);

/* The spread at 'start' relative to that at the middle. */
double kor_calibration_spread(const struct kor_calibration *calibration,
                              double start);

#endif /* stat/in_calibration.h */

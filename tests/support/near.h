/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_NEAR_H
#define TESTS_SUPPORT_NEAR_H 1

/* cmocka with what every test needs round it, and a comparison of doubles
 * (cmocka 1.1.5 compares them as floats). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails unless 'got' is within 'abs' of 'expected', or within 'rel' times
 * |expected|.  NAN is near NAN and near nothing else. */
#define assert_near(expected, got, abs, rel)                                  \
    near_check((expected), (got), (abs), (rel), #got, __FILE__, __LINE__)

void near_check(double expected, double got, double abs, double rel,
                const char *what, const char *file, int line);

#endif /* tests/support/near.h */

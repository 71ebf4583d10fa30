/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparison of doubles: see near.h. */

#include "support/near.h"

#include <math.h>

void
near_check(double expected, double got, double abs, double rel,
           const char *what, const char *file, int line)
{
    if (isnan(expected) ? isnan(got)
                        : fabs(got - expected) <= abs
                              || fabs(got - expected) <= rel * fabs(expected)) {
        return;
    }
    print_error("%s: expected %.17g, got %.17g\n", what, expected, got);
    _fail(file, line);
}

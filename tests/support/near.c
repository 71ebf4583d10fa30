/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparison of doubles: see near.h. */

#include "support/near.h"

#include <math.h>

void
near_check(double expected, double got, double abs, double rel,
           const char *what, const char *file, int line)
{
    double off = fabs(got - expected);
    if (isnan(expected) ? isnan(got)
                        : off <= abs || off <= rel * fabs(expected)) {
        return;
    }
    print_error("%s: expected %.17g, got %.17g\n", what, expected, got);
    _fail(file, line);
}

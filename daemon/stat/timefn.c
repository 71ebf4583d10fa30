/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time function: see kor/stat/timefn.h. */

#include "kor/stat/timefn.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

double
kor_time_apply(enum kor_time_function f, double t)
{
    if (!isfinite(t)) {
        return NAN;
    }
    switch (f) {
    case KOR_TIME_LOG:
        return t > 0 ? log(t) : NAN;
    case KOR_TIME_LOG1P:
        return t >= 0 ? log1p(t) : NAN;
    case KOR_TIME_IDENTITY:
        return t;
    }
    return NAN;
}

const char *
kor_time_name(enum kor_time_function f)
{
    return f == KOR_TIME_LOG     ? "log"
           : f == KOR_TIME_LOG1P ? "log1p"
                                 : "identity";
}

bool
kor_time_from(const char *name, enum kor_time_function *f)
{
    static const enum kor_time_function all[]
        = {KOR_TIME_LOG, KOR_TIME_LOG1P, KOR_TIME_IDENTITY};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!strcmp(name, kor_time_name(all[i]))) {
            *f = all[i];
            return true;
        }
    }
    return false;
}

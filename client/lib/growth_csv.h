/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_GROWTH_CSV_H
#define CLIENT_LIB_GROWTH_CSV_H 1

#include "kor/base/err.h"
#include "kor/stat/growth.h"
#include "kor/stat/timefn.h"

/* The growth model fitted to any CSV file: one row a measurement. */

/* What to read and how to fit it; columns by name. */
struct kor_growth_csv {
    const char *id;    /* Tells people apart. */
    const char *time;  /* A number. */
    const char *score; /* A number; empty or NA: missing, left out. */
    enum kor_time_function f;
    enum kor_growth_method method;
};

/* Fits y = b0 + b1 f(time), with level and slope of each person, to the file
 * 'path' of at most 256 MiB.  Decimals are written with a point, or with a
 * comma where the file sets its cells apart by semicolons or tabs.
 *
 * Errors: those of kor_csv_read(); KOR_BAD_VALUE with line and column for a
 * column that is not there, a cell that is no number, and a time that 'f'
 * does not take. */
KOR_NODISCARD enum kor_code kor_growth_csv_fit(const char *path,
                                               const struct kor_growth_csv *of,
                                               struct kor_growth_fit *fit,
                                               struct kor_err *err);

#endif /* client/lib/growth_csv.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_SERIES_H
#define CLIENT_LIB_SERIES_H 1

#include <stdbool.h>
#include <stddef.h>

#include "lib/stat_csv.h"

/* Series: the long form of repeated scores, one row a measurement, gathered
 * by person and put in order of time.
 *
 * Rows without a time or a score are left out, and so is a person without any
 * row.  People come in the order of their ids, shorter ones first, so that the
 * order of rows in the file changes nothing, deals into parts neither. */

struct kor_series_wish {
    const char *id;
    const char *time;
    const char *score;
    const char *const *extras; /* Further columns of numbers, ... */
    size_t n_extras;
    const char *word;   /* ... and one of words; null: none. */
    bool may_tie;       /* Two rows of a person may have one time. */
};

/* Begin with '= {0}', end with kor_series_done().  The rows of person i are
 * from[i] to from[i + 1] - 1. */
struct kor_series {
    size_t n_people;
    size_t n; /* Rows of all. */
    size_t *from;
    double *time;
    double *score;
    size_t *row;             /* In 'csv', where extras and lines stand. */
    struct kor_stat_csv csv; /* Numbers: time, score, extras; words: id and
                                'word'. */
};

/* Reads the file 'path'.
 *
 * Errors: those of kor_stat_csv_read(); KOR_BAD_VALUE with line and column
 * for a row with a score and no id, and, unless they may tie, for two rows of
 * a person with one time. */
KOR_NODISCARD enum kor_code kor_series_read(const char *path,
                                            const struct kor_series_wish *wish,
                                            struct kor_series *out,
                                            struct kor_err *err);

void kor_series_done(struct kor_series *series);

/* The id of person 'i'. */
const char *kor_series_id(const struct kor_series *series, size_t i);

/* Extra 'k' of the row 'row' of the series. */
double kor_series_extra(const struct kor_series *series, size_t row, size_t k);

/* The line of the file that the row 'row' of the series stands in. */
long kor_series_line(const struct kor_series *series, size_t row);

#endif /* client/lib/series.h */

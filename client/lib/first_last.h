/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_FIRST_LAST_H
#define CLIENT_LIB_FIRST_LAST_H 1

#include "lib/series.h"

/* First and last score of each person, from any CSV file: out of repeated
 * scores, or out of a column of first and one of last scores. */

struct kor_first_last_wish {
    struct kor_series_wish series; /* Repeated scores; used unless ... */
    const char *first;             /* ... these two columns are given. */
    const char *last;
    const char *id; /* With them: column of ids; may be null. */
};

/* Begin with '= {0}', end with kor_first_last_done(). */
struct kor_first_last {
    size_t n;           /* People. */
    double *first;      /* NAN: missing. */
    double *last;       /* NAN with one score only. */
    size_t n_one_score;
    size_t n_no_score;  /* Repeated scores: not among the n. */
    bool is_series;     /* Then people are those of 'series', ... */
    struct kor_series series;
    struct kor_stat_csv csv; /* ... and else the rows of this. */
};

/* Reads the file 'path'.  Errors: those of kor_series_read() and
 * kor_stat_csv_read(). */
KOR_NODISCARD enum kor_code kor_first_last_read(
    const char *path, const struct kor_first_last_wish *wish,
    struct kor_first_last *out, struct kor_err *err);

void kor_first_last_done(struct kor_first_last *people);

/* The id of person 'i'; "" if the file has none. */
const char *kor_first_last_id(const struct kor_first_last *people, size_t i);

#endif /* client/lib/first_last.h */

/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_STAT_CSV_H
#define CLIENT_LIB_STAT_CSV_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "lib/people.h"

/* Any CSV file as columns of words and of numbers, for the statistics.
 *
 * Empty cells and "NA" are missing: NAN among the numbers, KOR_NO_WORD among
 * the words.  Numbers have a decimal point, or a comma where the file sets its
 * cells apart by semicolons or tabs. */

#define KOR_STAT_MAX_COLUMNS 256
#define KOR_NO_WORD UINT32_MAX

/* Which columns to read, by name. */
struct kor_stat_wish {
    const char *const *words; /* Ids, groups: compared as text. */
    size_t n_words;
    const char *const *numbers;
    size_t n_numbers; /* With the words at most KOR_STAT_MAX_COLUMNS. */
};

/* What was read.  Begin with '= {0}', end with kor_stat_csv_done(). */
struct kor_stat_csv {
    size_t n; /* Rows. */
    size_t n_words, n_numbers;
    struct kor_people *dictionaries; /* For each column of words: the
                                        different words in the order in which
                                        they first come. */
    uint32_t *words;  /* Row by row: index into the dictionary, or
                         KOR_NO_WORD. */
    double *numbers;  /* Row by row. */
    long *lines;      /* Of the file, for each row. */
};

/* Reads the file 'path' of at most 1 GiB.
 *
 * Errors: those of kor_csv_read(); KOR_BAD_VALUE with the line and the column
 * for a column that is not there and a cell that is no number. */
KOR_NODISCARD enum kor_code kor_stat_csv_read(const char *path,
                                              const struct kor_stat_wish *wish,
                                              struct kor_stat_csv *out,
                                              struct kor_err *err);

void kor_stat_csv_done(struct kor_stat_csv *csv);

/* The word in column 'column' of row 'row'; "" if it is missing. */
const char *kor_stat_csv_word(const struct kor_stat_csv *csv, size_t row,
                              size_t column);

/* The number in column 'column' of row 'row'. */
static inline double
kor_stat_csv_number(const struct kor_stat_csv *csv, size_t row, size_t column)
{
    return csv->numbers[row * csv->n_numbers + column];
}

#endif /* client/lib/stat_csv.h */

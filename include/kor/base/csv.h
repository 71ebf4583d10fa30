/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_CSV_H
#define KOR_BASE_CSV_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

/* CSV, as other programs write it: read row by row, bounded.
 *
 * UTF-8 with or without a byte order mark, lines ended by LF, CRLF or CR,
 * cells in quotes with quotes doubled inside them.  Blanks round an unquoted
 * cell are dropped; empty lines are skipped.
 *
 * The first row is the header.  Every later row must have as many cells. */

#define KOR_CSV_MAX_COLUMNS 1024
#define KOR_CSV_MAX_CELL 4096 /* Bytes of one cell. */

/* One row.  Its cells live until the call that got it returns. */
struct kor_csv_row {
    long line;                /* Of the file, from 1, where the row begins. */
    const char *const *cells; /* Texts. */
    size_t n;                 /* How many; at least 1. */
    char delimiter;           /* That sets them apart. */
};

/* What reads the rows.  A code other than KOR_OK ends the reading. */
struct kor_csv_reader {
    enum kor_code (*on_header)(void *user, const struct kor_csv_row *row,
                               struct kor_err *err);
    enum kor_code (*on_row)(void *user, const struct kor_csv_row *row,
                            struct kor_err *err);
    /* Sees the bytes as they come, for a hash; may be null. */
    void (*on_bytes)(void *user, const void *bytes, size_t size);
    void *user;
};

/* Reads the file 'path', at most 'max_size' bytes of it, with cells set apart
 * by 'delimiter' (',', ';' or a tab; 0: whichever of them the header has).
 *
 * Errors: KOR_NOT_FOUND, KOR_IO; KOR_TOO_LARGE for the file, a row or a cell;
 * KOR_BAD_VALUE, with the line, for a quote left open or out of place, for
 * text that is no UTF-8, for a row with another number of cells than the
 * header, and for a file without rows; and whatever the reader returns. */
KOR_NODISCARD enum kor_code kor_csv_read(const char *path, char delimiter,
                                         uint64_t max_size,
                                         const struct kor_csv_reader *reader,
                                         struct kor_err *err);

/* Where the column 'name' stands in 'header'; header->n if it is not there. */
size_t kor_csv_column(const struct kor_csv_row *header, const char *name);

/* Adds 'text' as a cell, in quotes where it needs them.  One that a
 * spreadsheet would take for a formula ('=', '+', '-', '@', a tab or CR in
 * front, and no number) gets an apostrophe before it: what came from outside
 * is never reckoned out by whoever opens the file. */
void kor_csv_put(struct kor_buf *out, const char *text);

#endif /* kor/base/csv.h */

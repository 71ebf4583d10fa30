/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV files for the statistics: see client/lib/stat_csv.h. */

#include "lib/stat_csv.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/csv.h"
#include "lib/number.h"

#define MAX_SIZE ((uint64_t)1 << 30)

struct reading {
    const struct kor_stat_wish *wish;
    struct kor_stat_csv *out;
    size_t columns[KOR_STAT_MAX_COLUMNS]; /* Words, then numbers. */
    size_t capacity;
};

static enum kor_code
find_column(const struct kor_csv_row *header, const char *name, size_t *at,
            struct kor_err *err)
{
    *at = kor_csv_column(header, name);
    if (*at == header->n) {
        return kor_fail(err, KOR_BAD_VALUE, name,
                        "line %ld: the file has no column '%s'; its first "
                        "columns are '%s' and '%s'", header->line, name,
                        header->cells[0],
                        header->n > 1 ? header->cells[1] : "");
    }
    for (size_t i = *at + 1; i < header->n; i++) {
        if (!strcmp(header->cells[i], name)) {
            return kor_fail(err, KOR_BAD_VALUE, name,
                            "line %ld: the file has two columns '%s': rename "
                            "one of them", header->line, name);
        }
    }
    return KOR_OK;
}

static enum kor_code
on_header(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct reading *r = user;
    const struct kor_stat_wish *wish = r->wish;
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < wish->n_words && code == KOR_OK; i++) {
        code = find_column(row, wish->words[i], &r->columns[i], err);
    }
    for (size_t i = 0; i < wish->n_numbers && code == KOR_OK; i++) {
        code = find_column(row, wish->numbers[i],
                           &r->columns[wish->n_words + i], err);
    }
    return code;
}

static bool
is_missing(const char *cell)
{
    return !*cell || (cell[0] == 'N' && cell[1] == 'A' && !cell[2]);
}

static void
make_room(struct reading *r)
{
    struct kor_stat_csv *out = r->out;
    if (out->n < r->capacity) {
        return;
    }
    r->capacity = r->capacity ? r->capacity * 2 : 1024;
    out->words = kor_realloc_array(out->words, r->capacity,
                                   out->n_words * sizeof *out->words);
    out->numbers
        = kor_realloc_array(out->numbers, r->capacity,
                            out->n_numbers * sizeof *out->numbers);
    out->lines = kor_realloc_array(out->lines, r->capacity,
                                   sizeof *out->lines);
}

/* Where cells are set apart by commas, a comma in a number is no decimal
 * sign. */
static enum kor_code
read_number(const struct kor_csv_row *row, const char *name, const char *cell,
            double *number, struct kor_err *err)
{
    if ((row->delimiter == ',' && strchr(cell, ','))
        || !kor_real_parse(cell, number)) {
        return kor_fail(err, KOR_BAD_VALUE, name,
                        "line %ld, column %s: '%s' is no number, or one beyond "
                        "1e100", row->line, name, cell);
    }
    return KOR_OK;
}

static enum kor_code
on_row(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct reading *r = user;
    struct kor_stat_csv *out = r->out;
    make_room(r);
    for (size_t i = 0; i < out->n_words; i++) {
        const char *cell = row->cells[r->columns[i]];
        out->words[out->n * out->n_words + i]
            = is_missing(cell) ? KOR_NO_WORD
                               : kor_people_find(&out->dictionaries[i], cell);
    }
    for (size_t i = 0; i < out->n_numbers; i++) {
        const char *cell = row->cells[r->columns[out->n_words + i]];
        double *number = &out->numbers[out->n * out->n_numbers + i];
        enum kor_code code = KOR_OK;
        *number = NAN;
        if (!is_missing(cell)) {
            code = read_number(row, r->wish->numbers[i], cell, number, err);
        }
        if (code != KOR_OK) {
            return code;
        }
    }
    out->lines[out->n++] = row->line;
    return KOR_OK;
}

enum kor_code
kor_stat_csv_read(const char *path, const struct kor_stat_wish *wish,
                  struct kor_stat_csv *out, struct kor_err *err)
{
    struct reading r = {.wish = wish, .out = out};
    const struct kor_csv_reader reader
        = {.on_header = on_header, .on_row = on_row, .user = &r};
    *out = (struct kor_stat_csv){.n_words = wish->n_words,
                                 .n_numbers = wish->n_numbers};
    if (wish->n_words + wish->n_numbers > KOR_STAT_MAX_COLUMNS) {
        return kor_fail(err, KOR_TOO_LARGE, "columns",
                        "at most %d columns can be read at a time",
                        KOR_STAT_MAX_COLUMNS);
    }
    out->dictionaries
        = kor_alloc_array(wish->n_words + 1, sizeof *out->dictionaries);
    return kor_csv_read(path, 0, MAX_SIZE, &reader, err);
}

void
kor_stat_csv_done(struct kor_stat_csv *csv)
{
    for (size_t i = 0; i < csv->n_words && csv->dictionaries; i++) {
        kor_people_done(&csv->dictionaries[i]);
    }
    free(csv->dictionaries);
    free(csv->words);
    free(csv->numbers);
    free(csv->lines);
    *csv = (struct kor_stat_csv){0};
}

const char *
kor_stat_csv_word(const struct kor_stat_csv *csv, size_t row, size_t column)
{
    uint32_t word = csv->words[row * csv->n_words + column];
    return word == KOR_NO_WORD
               ? ""
               : kor_people_id(&csv->dictionaries[column], word);
}

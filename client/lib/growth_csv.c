/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model on a CSV file: see client/lib/growth_csv.h. */

#include "lib/growth_csv.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/csv.h"
#include "lib/number.h"
#include "lib/people.h"

#define MAX_SIZE ((uint64_t)256 << 20)

struct reading {
    const struct kor_growth_csv *of;
    size_t id, time, score; /* Columns. */
    struct kor_people people;
    uint32_t *person;       /* Of each record, ... */
    double *g, *y;          /* ... with its numbers. */
    size_t n, capacity;
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
    return KOR_OK;
}

static enum kor_code
on_header(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct reading *r = user;
    enum kor_code code = find_column(row, r->of->id, &r->id, err);
    if (code == KOR_OK) {
        code = find_column(row, r->of->time, &r->time, err);
    }
    return code == KOR_OK ? find_column(row, r->of->score, &r->score, err)
                          : code;
}

static bool
is_missing(const char *cell)
{
    return !*cell || !strcmp(cell, "NA");
}

static enum kor_code
read_number(const struct kor_csv_row *row, size_t column, const char *name,
            double *value, struct kor_err *err)
{
    if (!kor_number_parse(row->cells[column], value)) {
        return kor_fail(err, KOR_BAD_VALUE, name,
                        "line %ld, column %s: '%s' is no number", row->line,
                        name, row->cells[column]);
    }
    return KOR_OK;
}

static void
add_record(struct reading *r, const char *id, double g, double y)
{
    if (r->n == r->capacity) {
        r->capacity = r->capacity ? r->capacity * 2 : 1024;
        r->person = kor_realloc_array(r->person, r->capacity,
                                      sizeof *r->person);
        r->g = kor_realloc_array(r->g, r->capacity, sizeof *r->g);
        r->y = kor_realloc_array(r->y, r->capacity, sizeof *r->y);
    }
    r->person[r->n] = kor_people_find(&r->people, id);
    r->g[r->n] = g;
    r->y[r->n++] = y;
}

static enum kor_code
on_row(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct reading *r = user;
    double time, score;
    if (is_missing(row->cells[r->score]) || is_missing(row->cells[r->time])) {
        return KOR_OK;
    }
    if (!*row->cells[r->id]) {
        return kor_fail(err, KOR_BAD_VALUE, r->of->id,
                        "line %ld, column %s: the person's id is missing",
                        row->line, r->of->id);
    }
    enum kor_code code = read_number(row, r->time, r->of->time, &time, err);
    if (code == KOR_OK) {
        code = read_number(row, r->score, r->of->score, &score, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    double g = kor_time_apply(r->of->f, time);
    if (!isfinite(g)) {
        return kor_fail(err, KOR_BAD_VALUE, r->of->time,
                        "line %ld, column %s: the time '%s' has no %s: for "
                        "times from 0 on use --f log1p, for any others --f "
                        "identity", row->line, r->of->time,
                        row->cells[r->time], kor_time_name(r->of->f));
    }
    add_record(r, row->cells[r->id], g, score);
    return KOR_OK;
}

static enum kor_code
fit_records(const struct reading *r, struct kor_growth_fit *fit,
            struct kor_err *err)
{
    struct kor_growth_sums *sums
        = kor_alloc_array((size_t)r->people.n + 1, sizeof *sums);
    const struct kor_growth_data data
        = {.centre = kor_growth_centre_of(r->g, r->y, r->n),
           .sums = sums,
           .n_people = r->people.n};
    for (size_t i = 0; i < r->n; i++) {
        kor_growth_add(&sums[r->person[i]], &data.centre, r->g[i], r->y[i]);
    }
    enum kor_code code = kor_growth_fit(&data, r->of->method, fit, err);
    free(sums);
    return code;
}

enum kor_code
kor_growth_csv_fit(const char *path, const struct kor_growth_csv *of,
                   struct kor_growth_fit *fit, struct kor_err *err)
{
    struct reading r = {.of = of};
    const struct kor_csv_reader reader
        = {.on_header = on_header, .on_row = on_row, .user = &r};
    enum kor_code code = kor_csv_read(path, 0, MAX_SIZE, &reader, err);
    if (code == KOR_OK) {
        code = fit_records(&r, fit, err);
    }
    kor_people_done(&r.people);
    free(r.person);
    free(r.g);
    free(r.y);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* First and last scores: see client/lib/first_last.h. */

#include "lib/first_last.h"

#include <math.h>
#include <stdlib.h>

#include "kor/base/alloc.h"

static void
make_room(struct kor_first_last *out, size_t n)
{
    out->n = n;
    out->first = kor_alloc_array(n + 1, sizeof *out->first);
    out->last = kor_alloc_array(n + 1, sizeof *out->last);
}

static void
count_missing(struct kor_first_last *out)
{
    for (size_t i = 0; i < out->n; i++) {
        int given = !isnan(out->first[i]) + !isnan(out->last[i]);
        out->n_one_score += given == 1;
        out->n_no_score += given == 0;
    }
}

static enum kor_code
read_series(const char *path, const struct kor_series_wish *wish,
            struct kor_first_last *out, struct kor_err *err)
{
    struct kor_series *series = &out->series;
    enum kor_code code = kor_series_read(path, wish, series, err);
    if (code != KOR_OK) {
        return code;
    }
    out->is_series = true;
    make_room(out, series->n_people);
    for (size_t i = 0; i < out->n; i++) {
        size_t from = series->from[i], to = series->from[i + 1];
        out->first[i] = series->score[from];
        out->last[i] = to - from > 1 ? series->score[to - 1] : NAN;
    }
    count_missing(out);
    out->n_no_score = series->csv.dictionaries[0].n - series->n_people;
    return KOR_OK;
}

static enum kor_code
read_columns(const char *path, const struct kor_first_last_wish *wish,
             struct kor_first_last *out, struct kor_err *err)
{
    const char *numbers[] = {wish->first, wish->last};
    const struct kor_stat_wish columns
        = {&wish->id, wish->id ? 1 : 0, numbers, 2};
    enum kor_code code = kor_stat_csv_read(path, &columns, &out->csv, err);
    if (code != KOR_OK) {
        return code;
    }
    make_room(out, out->csv.n);
    for (size_t i = 0; i < out->n; i++) {
        out->first[i] = kor_stat_csv_number(&out->csv, i, 0);
        out->last[i] = kor_stat_csv_number(&out->csv, i, 1);
    }
    count_missing(out);
    return KOR_OK;
}

enum kor_code
kor_first_last_read(const char *path, const struct kor_first_last_wish *wish,
                    struct kor_first_last *out, struct kor_err *err)
{
    return wish->first ? read_columns(path, wish, out, err)
                       : read_series(path, &wish->series, out, err);
}

void
kor_first_last_done(struct kor_first_last *people)
{
    kor_series_done(&people->series);
    kor_stat_csv_done(&people->csv);
    free(people->first);
    free(people->last);
    *people = (struct kor_first_last){0};
}

const char *
kor_first_last_id(const struct kor_first_last *people, size_t i)
{
    if (people->is_series) {
        return kor_series_id(&people->series, i);
    }
    return people->csv.n_words ? kor_stat_csv_word(&people->csv, i, 0) : "";
}

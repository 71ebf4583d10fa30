/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Repeated scores by person: see client/lib/series.h. */

#include "lib/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

enum { time_column, score_column, n_own_columns };

static enum kor_code
read_columns(const char *path, const struct kor_series_wish *wish,
             struct kor_stat_csv *csv, struct kor_err *err)
{
    const char *numbers[KOR_STAT_MAX_COLUMNS];
    const char *words[] = {wish->id, wish->word};
    numbers[time_column] = wish->time;
    numbers[score_column] = wish->score;
    if (wish->n_extras > KOR_STAT_MAX_COLUMNS - n_own_columns) {
        return kor_fail(err, KOR_TOO_LARGE, "columns",
                        "at most %d columns can be read at a time",
                        KOR_STAT_MAX_COLUMNS);
    }
    for (size_t i = 0; i < wish->n_extras; i++) {
        numbers[n_own_columns + i] = wish->extras[i];
    }
    const struct kor_stat_wish columns
        = {words, wish->word ? 2 : 1, numbers, n_own_columns + wish->n_extras};
    return kor_stat_csv_read(path, &columns, csv, err);
}

static bool
is_given(const struct kor_stat_csv *csv, size_t row)
{
    return !isnan(kor_stat_csv_number(csv, row, time_column))
        && !isnan(kor_stat_csv_number(csv, row, score_column));
}

static enum kor_code
check_ids(const struct kor_series_wish *wish, const struct kor_stat_csv *csv,
          struct kor_err *err)
{
    for (size_t i = 0; i < csv->n; i++) {
        if (is_given(csv, i)
            && csv->words[i * csv->n_words] == KOR_NO_WORD) {
            return kor_fail(err, KOR_BAD_VALUE, wish->id,
                            "line %ld, column %s: the person's id is missing",
                            csv->lines[i], wish->id);
        }
    }
    return KOR_OK;
}

/* An id with its number in the dictionary, to be sorted. */
struct named {
    const char *id;
    size_t size;
    size_t number;
};

static int
by_id(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return x->size != y->size ? (x->size < y->size ? -1 : 1)
                              : strcmp(x->id, y->id);
}

/* The numbers of all ids, in the order of the ids. */
static size_t *
sort_ids(const struct kor_people *ids)
{
    struct named *named = kor_alloc_array(ids->n, sizeof *named);
    size_t *order = kor_alloc_array(ids->n, sizeof *order);
    bool is_sorted = true;
    for (uint32_t i = 0; i < ids->n; i++) {
        const char *id = kor_people_id(ids, i);
        named[i] = (struct named){id, strlen(id), i};
        is_sorted = is_sorted
                 && (i == 0 || by_id(&named[i - 1], &named[i]) < 0);
    }
    if (!is_sorted) {
        qsort(named, ids->n, sizeof *named, by_id);
    }
    for (uint32_t i = 0; i < ids->n; i++) {
        order[i] = named[i].number;
    }
    free(named);
    return order;
}

/* Lays the rows out by person. */
static void
gather(struct kor_series *s)
{
    const struct kor_stat_csv *csv = &s->csv;
    size_t n_ids = csv->dictionaries[0].n;
    size_t *order = sort_ids(&csv->dictionaries[0]);
    size_t *next = kor_alloc_array(n_ids + 1, sizeof *next);
    for (size_t i = 0; i < csv->n; i++) {
        next[is_given(csv, i) ? csv->words[i * csv->n_words] : n_ids]++;
    }
    s->n = csv->n - next[n_ids];
    s->from = kor_alloc_array(n_ids + 1, sizeof *s->from);
    s->row = kor_alloc_array(s->n + 1, sizeof *s->row);
    size_t used = 0;
    for (size_t i = 0; i < n_ids; i++) {
        size_t id = order[i], count = next[id];
        next[id] = used;
        s->from[s->n_people] = used;
        s->n_people += count > 0;
        used += count;
    }
    s->from[s->n_people] = used;
    for (size_t i = 0; i < csv->n; i++) {
        if (is_given(csv, i)) {
            s->row[next[csv->words[i * csv->n_words]]++] = i;
        }
    }
    free(next);
    free(order);
}

/* A row with its time, to be sorted. */
struct dated {
    double time;
    size_t row;
};

static int
by_time(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->time < y->time || x->time > y->time) {
        return x->time < y->time ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool
is_unsorted(const struct kor_series *s, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        if (s->time[i] < s->time[i - 1]) {
            return true;
        }
    }
    return false;
}

/* Puts the rows of one person in order of time. */
static void
sort_person(struct kor_series *s, size_t from, size_t to)
{
    if (!is_unsorted(s, from, to)) {
        return;
    }
    struct dated *dated = kor_alloc_array(to - from, sizeof *dated);
    for (size_t i = from; i < to; i++) {
        dated[i - from] = (struct dated){s->time[i], s->row[i]};
    }
    qsort(dated, to - from, sizeof *dated, by_time);
    for (size_t i = from; i < to; i++) {
        s->time[i] = dated[i - from].time;
        s->row[i] = dated[i - from].row;
    }
    free(dated);
}

static enum kor_code
check_ties(const struct kor_series_wish *wish, const struct kor_series *s,
           size_t from, size_t to, struct kor_err *err)
{
    for (size_t i = from + 1; i < to && !wish->may_tie; i++) {
        if (s->time[i] <= s->time[i - 1]) {
            return kor_fail(err, KOR_BAD_VALUE, wish->time,
                            "line %ld, column %s: the person has a score for "
                            "this time already, in line %ld: leave one of "
                            "them out", kor_series_line(s, i), wish->time,
                            kor_series_line(s, i - 1));
        }
    }
    return KOR_OK;
}

static enum kor_code
put_in_order(const struct kor_series_wish *wish, struct kor_series *s,
             struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    s->time = kor_alloc_array(s->n + 1, sizeof *s->time);
    s->score = kor_alloc_array(s->n + 1, sizeof *s->score);
    for (size_t i = 0; i < s->n; i++) {
        s->time[i] = kor_stat_csv_number(&s->csv, s->row[i], time_column);
    }
    for (size_t p = 0; p < s->n_people && code == KOR_OK; p++) {
        sort_person(s, s->from[p], s->from[p + 1]);
        code = check_ties(wish, s, s->from[p], s->from[p + 1], err);
    }
    for (size_t i = 0; i < s->n; i++) {
        s->score[i] = kor_stat_csv_number(&s->csv, s->row[i], score_column);
    }
    return code;
}

enum kor_code
kor_series_read(const char *path, const struct kor_series_wish *wish,
                struct kor_series *out, struct kor_err *err)
{
    *out = (struct kor_series){0};
    enum kor_code code = read_columns(path, wish, &out->csv, err);
    if (code == KOR_OK) {
        code = check_ids(wish, &out->csv, err);
    }
    if (code == KOR_OK) {
        gather(out);
        code = put_in_order(wish, out, err);
    }
    return code;
}

void
kor_series_done(struct kor_series *series)
{
    free(series->from);
    free(series->time);
    free(series->score);
    free(series->row);
    kor_stat_csv_done(&series->csv);
    *series = (struct kor_series){0};
}

const char *
kor_series_id(const struct kor_series *series, size_t i)
{
    return kor_stat_csv_word(&series->csv, series->row[series->from[i]], 0);
}

double
kor_series_extra(const struct kor_series *series, size_t row, size_t k)
{
    return kor_stat_csv_number(&series->csv, series->row[row],
                               n_own_columns + k);
}

long
kor_series_line(const struct kor_series *series, size_t row)
{
    return series->csv.lines[series->row[row]];
}

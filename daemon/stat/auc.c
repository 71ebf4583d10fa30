/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Area under the ROC curve: see kor/stat/auc.h. */

#include "kor/stat/auc.h"

#include <math.h>

#include "kor/stat/normal.h"
#include "stat/sort.h"

/* People of one marker, and how many lie below it. */
struct tie {
    size_t with, without;
    size_t below_with, below_without;
};

static int
by_marker(const void *a, const void *b)
{
    double x = ((const struct kor_auc_row *)a)->marker;
    double y = ((const struct kor_auc_row *)b)->marker;
    return (x > y) - (x < y);
}

/* Moves the rows with a marker to the front; returns how many. */
static size_t
keep_known(struct kor_auc_row rows[], size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(rows[i].marker)) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

/* Takes the next marker from 'i' on; returns where the one after begins. */
static size_t
next_tie(const struct kor_auc_row rows[], size_t n, size_t i,
         struct tie *tie)
{
    double marker = rows[i].marker;
    tie->below_with += tie->with;
    tie->below_without += tie->without;
    tie->with = tie->without = 0;
    for (; i < n && !(rows[i].marker > marker); i++) {
        tie->with += rows[i].is_with;
        tie->without += !rows[i].is_with;
    }
    return i;
}

/* The placements of the people of a tie: the share of the others whom a
 * person with the outcome lies above, or without it below. */
static double
place_with(const struct tie *tie, const struct kor_auc *auc)
{
    return ((double)tie->below_without + (double)tie->without / 2)
         / (double)auc->n_without;
}

static double
place_without(const struct tie *tie, const struct kor_auc *auc)
{
    return 1
         - ((double)tie->below_with + (double)tie->with / 2)
               / (double)auc->n_with;
}

static void
find_area(const struct kor_auc_row rows[], size_t n, struct kor_auc *auc)
{
    struct tie tie = {0};
    double sum = 0;
    for (size_t i = 0; i < n;) {
        i = next_tie(rows, n, i, &tie);
        sum += (double)tie.with * place_with(&tie, auc);
    }
    auc->area = sum / (double)auc->n_with;
}

/* The variance of the area, from the spread of both kinds of placement. */
static double
variance_of(const struct kor_auc_row rows[], size_t n,
            const struct kor_auc *auc)
{
    struct tie tie = {0};
    double with = 0, without = 0;
    double m = (double)auc->n_with, k = (double)auc->n_without;
    for (size_t i = 0; i < n;) {
        i = next_tie(rows, n, i, &tie);
        double a = place_with(&tie, auc) - auc->area;
        double b = place_without(&tie, auc) - auc->area;
        with += (double)tie.with * a * a;
        without += (double)tie.without * b * b;
    }
    return with / (m - 1) / m + without / (k - 1) / k;
}

struct kor_auc
kor_auc_of(struct kor_auc_row rows[], size_t n, double level)
{
    struct kor_auc auc = {.area = NAN, .low = NAN, .high = NAN};
    n = keep_known(rows, n);
    for (size_t i = 0; i < n; i++) {
        auc.n_with += rows[i].is_with;
    }
    auc.n_without = n - auc.n_with;
    if (auc.n_with == 0 || auc.n_without == 0) {
        return auc;
    }
    kor_sort_rows(rows, n, sizeof *rows, by_marker);
    find_area(rows, n, &auc);
    if (auc.n_with > 1 && auc.n_without > 1) {
        double reach = kor_normal_quantile((1 + level) / 2)
                     * sqrt(variance_of(rows, n, &auc));
        auc.low = fmax(auc.area - reach, 0);
        auc.high = fmin(auc.area + reach, 1);
    }
    return auc;
}

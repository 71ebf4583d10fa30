/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reliability: see kor/stat/reliability.h. */

#include "kor/stat/reliability.h"

#include <math.h>
#include <stdbool.h>

#include "kor/base/err.h"
#include "kor/stat/tail.h"

/* The answers, and the row of the first complete ones: numbers are counted
 * from there, so that equal answers differ by exactly nothing. */
struct table {
    const double *items;
    size_t n, k;
    const double *origin; /* Null if no row is complete. */
};

static bool
is_complete(const double row[], size_t k)
{
    for (size_t j = 0; j < k; j++) {
        if (isnan(row[j])) {
            return false;
        }
    }
    return true;
}

static enum kor_code
check(const double items[], size_t n, size_t k, double level,
      struct kor_err *err)
{
    if (k < 2) {
        return kor_fail(err, KOR_BAD_VALUE, "items",
                        "the reliability of a scale needs at least two items");
    }
    if (!(level > 0 && level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1");
    }
    for (size_t i = 0; i < n * k; i++) {
        if (isinf(items[i])) {
            return kor_fail(err, KOR_BAD_VALUE, "items",
                            "row %zu: an item must be a number or missing",
                            i / k + 1);
        }
    }
    return KOR_OK;
}

/* The mean of each item, counted from the origin; returns the number of
 * complete rows. */
static size_t
item_means(const struct table *table, double means[])
{
    size_t n_complete = 0, k = table->k;
    for (size_t j = 0; j < k; j++) {
        means[j] = 0;
    }
    for (size_t i = 0; i < table->n; i++) {
        const double *row = table->items + i * k;
        if (is_complete(row, k)) {
            n_complete++;
            for (size_t j = 0; j < k; j++) {
                means[j] += row[j] - table->origin[j];
            }
        }
    }
    for (size_t j = 0; j < k && n_complete > 0; j++) {
        means[j] /= (double)n_complete;
    }
    return n_complete;
}

/* Squares of items about their means, and of their sums about theirs. */
struct squares {
    double items, sums;
};

static struct squares
squares_about(const struct table *table, const double means[])
{
    struct squares out = {0, 0};
    size_t k = table->k;
    for (size_t i = 0; i < table->n; i++) {
        const double *row = table->items + i * k;
        double sum = 0;
        for (size_t j = 0; j < k && is_complete(row, k); j++) {
            double off = row[j] - table->origin[j] - means[j];
            out.items += off * off;
            sum += off;
        }
        out.sums += sum * sum;
    }
    return out;
}

static void
set_alpha(struct kor_reliability *out, struct squares squares, double k,
          double level)
{
    double df = (double)out->n_complete - 1, outside = (1 - level) / 2;
    if (!isfinite(squares.sums) || !isfinite(squares.items)) {
        return;
    }
    /* Items that cancel leave rounding errors in their sum. */
    bool is_flat = squares.sums <= 1e-24 * squares.items;
    out->sd = is_flat ? 0 : sqrt(squares.sums / df);
    if (is_flat) {
        return;
    }
    double share = squares.items / squares.sums; /* At least 1 / k. */
    double lack = fmax(0, (k * share - 1) / (k - 1));
    out->alpha = 1 - lack;
    out->low = 1 - lack * kor_f_quantile(1 - outside, df, df * (k - 1));
    out->high = 1 - lack * kor_f_quantile(outside, df, df * (k - 1));
}

enum kor_code
kor_reliability_of(const double items[], size_t n, size_t k, double level,
                   double workspace[], struct kor_reliability *out,
                   struct kor_err *err)
{
    enum kor_code code = check(items, n, k, level, err);
    if (code != KOR_OK) {
        return code;
    }
    struct table table = {.items = items, .n = n, .k = k};
    for (size_t i = 0; i < n && !table.origin; i++) {
        const double *row = items + i * k;
        table.origin = is_complete(row, k) ? row : NULL;
    }
    size_t n_complete = item_means(&table, workspace);
    *out = (struct kor_reliability){.n_complete = n_complete,
                                    .n_incomplete = n - n_complete,
                                    .mean = NAN,
                                    .sd = NAN,
                                    .alpha = NAN,
                                    .low = NAN,
                                    .high = NAN};
    if (n_complete > 0) {
        out->mean = 0;
        for (size_t j = 0; j < k; j++) {
            out->mean += table.origin[j] + workspace[j];
        }
    }
    if (n_complete > 1) {
        set_alpha(out, squares_about(&table, workspace), (double)k, level);
    }
    return KOR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Survival: see kor/stat/survival.h. */

#include "kor/stat/survival.h"

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/normal.h"
#include "stat/sort.h"

/* Shares closer than this are equal: products of fractions are not exact. */
static const double equal_share = 1e-8;

static enum kor_code
check(const struct kor_survival_time people[], size_t n, double level,
      struct kor_err *err)
{
    if (!(level > 0 && level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1");
    }
    for (size_t i = 0; i < n; i++) {
        if (people[i].t < 0 || isinf(people[i].t)) {
            return kor_fail(err, KOR_BAD_VALUE, "duration",
                            "person %zu: the time from the start must be a "
                            "number of at least 0",
                            i + 1);
        }
    }
    return KOR_OK;
}

/* Missing times go to the end. */
static int
by_time(const void *a, const void *b)
{
    double x = ((const struct kor_survival_time *)a)->t;
    double y = ((const struct kor_survival_time *)b)->t;
    if (isnan(x) || isnan(y)) {
        return isnan(x) - isnan(y);
    }
    return (x > y) - (x < y);
}

static void
set_interval(struct kor_survival_row *row, double se, double z,
             enum kor_survival_scale scale)
{
    double s = row->s, log_s = log(s);
    row->low = NAN;
    row->high = NAN;
    if (s <= 0 || (scale == KOR_SURVIVAL_LOG_LOG && s >= 1)) {
        return;
    }
    switch (scale) {
    case KOR_SURVIVAL_LOG:
        row->low = exp(log_s - z * se);
        row->high = fmin(1, exp(log_s + z * se));
        break;
    case KOR_SURVIVAL_PLAIN:
        row->low = fmax(0, s - z * se * s);
        row->high = fmin(1, s + z * se * s);
        break;
    case KOR_SURVIVAL_LOG_LOG:
        row->low = exp(log_s * exp(-z * se / log_s));
        row->high = exp(log_s * exp(z * se / log_s));
        break;
    }
}

/* Counts the people from 'first' on that share its time into 'row'; returns
 * how many. */
static size_t
gather(const struct kor_survival_time people[], size_t first, size_t n,
       struct kor_survival_row *row)
{
    size_t i = first;
    *row = (struct kor_survival_row){.t = people[first].t,
                                     .n_at_risk = n - first};
    for (; i < n && people[i].t <= row->t; i++) {
        row->n_events += people[i].is_event;
        row->n_censored += !people[i].is_event;
    }
    return i - first;
}

static size_t
fill_rows(const struct kor_survival_time people[], size_t n, double z,
          enum kor_survival_scale scale, struct kor_survival_row rows[])
{
    double s = 1, variance = 0;
    size_t n_rows = 0;
    for (size_t i = 0; i < n; n_rows++) {
        struct kor_survival_row *row = &rows[n_rows];
        i += gather(people, i, n, row);
        double m = (double)row->n_at_risk, d = (double)row->n_events;
        s *= (m - d) / m;
        variance += row->n_events < row->n_at_risk ? d / (m * (m - d)) : 0;
        row->s = s;
        set_interval(row, sqrt(variance), z, scale);
    }
    return n_rows;
}

enum curve { CURVE, LOW, HIGH };

static double
height(const struct kor_survival_row *row, enum curve which)
{
    return which == CURVE ? row->s : which == LOW ? row->low : row->high;
}

/* Where a curve crosses one half. */
static double
median_of(const struct kor_survival_row rows[], size_t n_rows,
          enum curve which)
{
    size_t i = 0;
    while (i < n_rows && !(height(&rows[i], which) < 0.5 + equal_share)) {
        i++;
    }
    if (i == n_rows) {
        return NAN;
    }
    if (height(&rows[i], which) < 0.5 - equal_share) {
        return rows[i].t;
    }
    for (size_t k = i + 1; k < n_rows; k++) {
        if (height(&rows[k], which) < 0.5 - equal_share) {
            return (rows[i].t + rows[k].t) / 2;
        }
    }
    return rows[i].t;
}

enum kor_code
kor_survival_of(struct kor_survival_time people[], size_t n, double level,
                enum kor_survival_scale scale, struct kor_survival_row rows[],
                struct kor_survival *out, struct kor_err *err)
{
    enum kor_code code = check(people, n, level, err);
    if (code != KOR_OK) {
        return code;
    }
    kor_sort_rows(people, n, sizeof *people, by_time);
    while (n > 0 && isnan(people[n - 1].t)) {
        n--;
    }
    double z = kor_normal_quantile(0.5 + level / 2);
    *out = (struct kor_survival){
        .n = n, .n_rows = fill_rows(people, n, z, scale, rows)};
    for (size_t i = 0; i < out->n_rows; i++) {
        out->n_events += rows[i].n_events;
    }
    out->median = median_of(rows, out->n_rows, CURVE);
    out->median_low = median_of(rows, out->n_rows, LOW);
    out->median_high = median_of(rows, out->n_rows, HIGH);
    return KOR_OK;
}

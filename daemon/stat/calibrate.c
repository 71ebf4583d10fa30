/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a calibration: see kor/stat/calibrate.h. */

#include "kor/stat/calibrate.h"

#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/course.h"
#include "kor/stat/normal.h"
#include "stat/episode_sums.h"
#include "stat/in_calibration.h"
#include "stat/quantile.h"
#include "stat/sort.h"

enum {
    starts = KOR_CALIBRATION_STARTS,
    folds = KOR_CALIBRATION_FOLDS,
    no_fold = KOR_CALIBRATION_FOLDS
};

struct making {
    const struct kor_episodes *episodes;
    enum kor_time_function f;
    enum kor_growth_method method;
    const struct kor_calibration_work *work;
    struct kor_growth_centre centre;
    struct kor_calibration *out;
    size_t n_rows; /* Later scores. */
    size_t first[KOR_CALIBRATION_MAX_TIMES * starts + 1]; /* Row of a cell. */
};

/* --- people by thirds ---------------------------------------------------- */

static void
part_starts(struct making *m)
{
    const struct kor_episodes *e = m->episodes;
    struct kor_calibration *out = m->out;
    double *sorted = m->work->starts + e->n_people;
    size_t n = 0, count[starts] = {0};
    for (size_t i = 0; i < e->n_people; i++) {
        if (kor_episodes_count(e, i) > 1) {
            sorted[n++] = m->work->starts[i];
        }
    }
    out->n_people = (uint32_t)n;
    kor_sort(sorted, n);
    out->least = n > 0 ? sorted[0] : 0;
    out->most = n > 0 ? sorted[n - 1] : 0;
    kor_part(sorted, n, starts, out->limits);
    for (size_t i = 0; i < n; i++) {
        size_t third = kor_calibration_third(out, sorted[i]);
        out->starts[third]
            += (sorted[i] - out->starts[third]) / (double)++count[third];
    }
}

/* --- cells: a time and a third ------------------------------------------- */

/* The times that the calibration speaks of: all there are, or so many that
 * the same number of scores lies between them. */
static void
choose_times(struct making *m)
{
    const struct kor_episodes *e = m->episodes;
    struct kor_calibration *out = m->out;
    double *sorted = m->work->scratch;
    size_t n = 0, n_different = 0;
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            sorted[n++] = e->at[r];
        }
    }
    m->n_rows = n;
    kor_sort(sorted, n);
    for (size_t i = 0; i < n; i++) {
        n_different += i == 0 || sorted[i] > sorted[i - 1];
    }
    bool is_few = n_different <= KOR_CALIBRATION_MAX_TIMES;
    size_t n_picks = is_few ? n : KOR_CALIBRATION_MAX_TIMES;
    for (size_t k = 0; k < n_picks; k++) {
        double time = sorted[is_few ? k : (2 * k + 1) * n / (2 * n_picks)];
        if (out->n_times == 0 || time > out->times[out->n_times - 1]) {
            out->times[out->n_times++] = time;
        }
    }
}

static uint32_t
cell_of(const struct kor_calibration *c, double at, double start)
{
    double share;
    size_t t = kor_calibration_locate(c->times, c->n_times, at, &share);
    t += share > 0.5;
    return (uint32_t)(t * starts + kor_calibration_third(c, start));
}

static int
by_cell(const void *a, const void *b)
{
    const struct kor_calibration_row *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static void
index_cells(struct making *m)
{
    const struct kor_calibration_row *rows = m->work->rows;
    size_t n_cells = m->out->n_times * starts, i = 0;
    kor_sort_rows(m->work->rows, m->n_rows, sizeof *rows, by_cell);
    for (size_t cell = 0; cell <= n_cells; cell++) {
        while (i < m->n_rows && rows[i].cell < cell) {
            i++;
        }
        m->first[cell] = i;
    }
}

/* --- how far off: each fold against a fit of the others ------------------ */

/* Holds the scores of the people in 'fold' against 'fit'. */
static void
hold_fold(struct making *m, const struct kor_growth_fit *fit, uint32_t fold,
          size_t *n_rows)
{
    const struct kor_episodes *e = m->episodes;
    struct kor_course course = {.f = m->f, .min_points = -INFINITY,
                                .max_points = INFINITY};
    kor_course_from_fit(&course, fit);
    for (size_t i = 0; i < e->n_people; i++) {
        if (m->work->folds[i] != fold) {
            continue;
        }
        double start = m->work->starts[i];
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            struct kor_predicted p
                = kor_course_predict(&course, start, NULL, 0, e->at[r]);
            double z = (e->points[r] - p.mean) / p.sd;
            double place = KOR_CALIBRATION_CLASSES * kor_normal_cdf(z);
            m->out->places[(size_t)fmin(place,
                                        KOR_CALIBRATION_CLASSES - 1)]++;
            m->work->rows[(*n_rows)++] = (struct kor_calibration_row){
                fabs(z), start, e->at[r], cell_of(m->out, e->at[r], start),
                fold};
        }
    }
}

/* Fits the people outside 'fold'. */
static enum kor_code
fit_others(const struct making *m, uint32_t fold, struct kor_growth_fit *fit,
           struct kor_err *err)
{
    size_t n = m->episodes->n_people;
    struct kor_growth_sums *others = m->work->sums + n;
    for (size_t i = 0; i < n; i++) {
        others[i] = m->work->folds[i] == fold ? KOR_GROWTH_NO_SUMS
                                              : m->work->sums[i];
    }
    const struct kor_growth_data data = {.centre = m->centre,
                                         .sums = others,
                                         .n_people = n,
                                         .covariates = m->work->starts,
                                         .n_covariates = 1};
    return kor_growth_fit(&data, m->method, fit, err);
}

/* Fills the rows; '*is_held' is false if a fold could not be fitted. */
static enum kor_code
hold_all(struct making *m, bool *is_held, struct kor_err *err)
{
    size_t n_rows = 0;
    *is_held = false;
    for (uint32_t fold = 0; fold < folds; fold++) {
        struct kor_growth_fit fit;
        enum kor_code code = fit_others(m, fold, &fit, err);
        if (code != KOR_OK) {
            return code;
        }
        if (!kor_growth_has_estimates(&fit)) {
            return KOR_OK;
        }
        hold_fold(m, &fit, fold, &n_rows);
    }
    *is_held = true;
    return KOR_OK;
}

/* --- reach and coverage -------------------------------------------------- */

/* Sets the line of z by start score from all rows but those of 'fold'. */
static void
set_growth(const struct making *m, uint32_t fold, struct kor_calibration *to)
{
    double n = 0, z = 0, ss = 0, sz = 0;
    to->middle = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct kor_calibration_row *row = &m->work->rows[i];
        if (row->fold != fold) {
            n += 1;
            to->middle += (row->start - to->middle) / n;
            z += (row->z - z) / n;
        }
    }
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct kor_calibration_row *row = &m->work->rows[i];
        if (row->fold != fold) {
            double off = row->start - to->middle;
            ss += off * off;
            sz += off * (row->z - z);
        }
    }
    to->growth = ss > 0 && z > 0 ? sz / ss / z : 0;
}

/* Collects z round the time 't' in a third, without 'fold', from as few times
 * as give enough of them; returns how many. */
static size_t
collect(const struct making *m, const struct kor_calibration *by, size_t t,
        size_t third, uint32_t fold)
{
    const struct kor_calibration_row *rows = m->work->rows;
    size_t n_times = m->out->n_times, n = 0;
    for (size_t w = 0; w < n_times; w++) {
        size_t from = t > w ? t - w : 0;
        size_t to = t + w < n_times ? t + w : n_times - 1;
        n = 0;
        for (size_t k = from; k <= to; k++) {
            size_t cell = k * starts + third;
            for (size_t i = m->first[cell]; i < m->first[cell + 1]; i++) {
                if (rows[i].fold != fold) {
                    m->work->scratch[n++]
                        = rows[i].z / kor_calibration_spread(by, rows[i].start);
                }
            }
        }
        if (n >= KOR_CALIBRATION_LEAST) {
            break;
        }
    }
    return n;
}

/* Sets the reach of 'to' from all rows but those of 'fold'; false if there
 * are too few for a third. */
static bool
set_reach(const struct making *m, uint32_t fold, struct kor_calibration *to)
{
    set_growth(m, fold, to);
    for (size_t t = 0; t < m->out->n_times; t++) {
        for (size_t third = 0; third < starts; third++) {
            size_t n = collect(m, to, t, third, fold);
            if (n < KOR_CALIBRATION_LEAST) {
                return false;
            }
            kor_sort(m->work->scratch, n);
            for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
                double position = kor_width_level((enum kor_width)w)
                                * ((double)n + 1);
                to->reach[w][t][third]
                    = kor_order_statistic(m->work->scratch, n, position);
            }
        }
    }
    return true;
}

static void
count_hit(struct kor_hits *hits, bool is_covered)
{
    hits->n++;
    hits->covered += is_covered;
}

/* Holds the scores of 'fold' against the reach that the others give. */
static void
check_fold(struct making *m, uint32_t fold,
           const struct kor_calibration *others)
{
    struct kor_calibration *out = m->out;
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct kor_calibration_row *row = &m->work->rows[i];
        double reaches[KOR_N_WIDTHS];
        if (row->fold != fold) {
            continue;
        }
        kor_calibration_reach(others, row->start, row->at, reaches);
        for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
            bool is_covered = row->z <= reaches[w];
            count_hit(&out->overall[w], is_covered);
            count_hit(&out->by_time[w][row->cell / starts], is_covered);
            count_hit(&out->by_start[w][row->cell % starts], is_covered);
        }
    }
}

/* Makes the calibration from the rows; false if there are too few. */
static bool
calibrate(struct making *m)
{
    struct kor_calibration others = *m->out;
    for (uint32_t fold = 0; fold < folds; fold++) {
        if (!set_reach(m, fold, &others)) {
            return false;
        }
        check_fold(m, fold, &others);
    }
    return set_reach(m, no_fold, m->out);
}

/* Folds are the caller's, and a score outside all of them would be read
 * without having been written. */
static enum kor_code
check_folds(const struct kor_episodes *episodes, const uint32_t of[],
            struct kor_err *err)
{
    for (size_t i = 0; i < episodes->n_people; i++) {
        if (of[i] >= folds) {
            return kor_fail(err, KOR_BAD_VALUE, "folds",
                            "person %zu is in no fold; folds run from 0 to "
                            "%d",
                            i + 1, (int)folds - 1);
        }
    }
    return KOR_OK;
}

enum kor_code
kor_calibrate(const struct kor_episodes *episodes, enum kor_time_function f,
              enum kor_growth_method method,
              const struct kor_calibration_work *work,
              struct kor_calibration *out, struct kor_err *err)
{
    struct making m = {.episodes = episodes, .f = f, .method = method,
                       .work = work, .out = out};
    bool is_held = false;
    memset(out, 0, sizeof *out);
    enum kor_code code = check_folds(episodes, work->folds, err);
    if (code != KOR_OK) {
        return code;
    }
    (void)kor_episode_sums(episodes, f, &m.centre, work->sums, work->starts);
    part_starts(&m);
    choose_times(&m);
    if (m.n_rows > 0) {
        code = hold_all(&m, &is_held, err);
    }
    if (is_held) {
        index_cells(&m);
    }
    if (!is_held || !calibrate(&m)) {
        memset(out, 0, sizeof *out);
    }
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat bands: a growth model for each range of start scores. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_course.h"
#include "kor/base/alloc.h"
#include "kor/stat/course.h"
#include "kor/stat/normal.h"
#include "lib/number.h"

enum { max_cuts = 64, max_times = 100 };

struct wish {
    struct cli_model_wish model;
    double cuts[max_cuts]; /* Lower bounds, rising. */
    size_t n_cuts;
    double level;
};

static enum kor_code
take_cuts(struct cli *cli, struct wish *wish)
{
    struct cli_names words = {0};
    enum kor_code code = cli_want_option(cli, "cuts");
    if (code == KOR_OK) {
        code = cli_take_names(cli, "cuts", &words);
    }
    for (size_t i = 0; i < words.n && code == KOR_OK; i++) {
        double *cut = &wish->cuts[wish->n_cuts];
        if (wish->n_cuts == max_cuts || !kor_real_parse(words.names[i], cut)
            || (wish->n_cuts > 0 && !(*cut > cut[-1]))) {
            code = kor_fail(&cli->err, KOR_USAGE, "cuts",
                            "--cuts must be at most %d rising numbers, as "
                            "10,14,20", max_cuts);
        } else {
            wish->n_cuts++;
        }
    }
    cli_names_done(&words);
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.level = 0.80};
    enum kor_code code = cli_take_model(cli, &wish->model);
    if (code == KOR_OK) {
        code = take_cuts(cli, wish);
    }
    return code == KOR_OK
               ? cli_take_real(cli, "level", 0.01, 0.999, &wish->level)
               : code;
}

/* The bounds of band 'k': the one below the first cut has none downwards. */
static double
bound(const struct wish *wish, size_t k)
{
    return k == 0 ? -INFINITY
           : k > wish->n_cuts ? INFINITY : wish->cuts[k - 1];
}

static bool
is_in(const struct wish *wish, const struct cli_model *model, size_t k,
      size_t person)
{
    double start = model->series.score[model->series.from[person]];
    return start >= bound(wish, k) && start < bound(wish, k + 1);
}

static int
by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The different times of the band, at most 'max_times' of them. */
static size_t
times_of(const struct wish *wish, const struct cli_model *model, size_t k,
         double times[max_times])
{
    const struct kor_series *s = &model->series;
    double *all = kor_alloc_array(s->n, sizeof *all);
    size_t n = 0, n_times = 0;
    for (size_t i = 0; i < s->n_people; i++) {
        for (size_t r = s->from[i];
             r < s->from[i + 1] && is_in(wish, model, k, i); r++) {
            all[n++] = s->time[r];
        }
    }
    qsort(all, n, sizeof *all, by_value);
    for (size_t i = 0; i < n && n_times < max_times; i++) {
        if (i == 0 || all[i] > all[i - 1]) {
            times[n_times++] = all[i];
        }
    }
    free(all);
    return n_times;
}

static json_t *
by_session(const struct wish *wish, const struct cli_model *model, size_t k,
           const struct kor_growth_fit *fit)
{
    json_t *rows = json_array();
    double times[max_times];
    size_t n = times_of(wish, model, k, times);
    double z = kor_normal_quantile((1 + wish->level) / 2);
    for (size_t i = 0; i < n; i++) {
        double g = kor_time_apply(wish->model.f, times[i]);
        double mean = fit->b[0] + fit->b[1] * g;
        double reach
            = z * sqrt(fit->tau00 + g * (2 * fit->tau01 + g * fit->tau11)
                       + fit->sigma * fit->sigma);
        json_t *row = json_object();
        cli_set_real(row, "session", times[i]);
        cli_set_real(row, "expected", mean);
        cli_set_real(row, "low", fmax(mean - reach, wish->model.min));
        cli_set_real(row, "high", fmin(mean + reach, wish->model.max));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *
figures_of(const struct wish *wish, const struct cli_model *model, size_t k,
           const struct kor_growth_fit *fit)
{
    json_t *band = json_object();
    cli_set_real(band, "from", bound(wish, k));
    cli_set_real(band, "to", bound(wish, k + 1));
    cli_set_count(band, "people", fit->n_people);
    cli_set_count(band, "records", fit->n_records);
    json_object_set_new(band, "b", cli_reals(fit->b, fit->n_terms));
    cli_set_real(band, "tau00", fit->tau00);
    cli_set_real(band, "tau01", fit->tau01);
    cli_set_real(band, "tau11", fit->tau11);
    cli_set_real(band, "sigma", fit->sigma);
    cli_set_real(band, "loglik", fit->loglik);
    cli_set_word(band, "status", kor_growth_status_name(fit->status));
    json_object_set_new(band, "by_session",
                        kor_growth_has_estimates(fit)
                            ? by_session(wish, model, k, fit)
                            : json_array());
    return band;
}

/* Fits band 'k' and adds it to 'bands', unless nobody is in the one below the
 * first cut. */
static enum kor_code
fit_band(struct cli *cli, const struct wish *wish,
         const struct cli_model *model, size_t k, json_t *bands)
{
    size_t n = model->series.n_people, n_in = 0;
    struct kor_growth_sums *sums = kor_alloc_array(n, sizeof *sums);
    struct kor_growth_data data = model->data;
    struct kor_growth_fit fit;
    for (size_t i = 0; i < n; i++) {
        bool is_member = is_in(wish, model, k, i);
        sums[i] = is_member ? model->sums[i] : KOR_GROWTH_NO_SUMS;
        n_in += is_member;
    }
    data.sums = sums;
    enum kor_code code
        = kor_growth_fit(&data, wish->model.method, &fit, &cli->err);
    if (code == KOR_OK && (k > 0 || n_in > 0)) {
        json_array_append_new(bands, figures_of(wish, model, k, &fit));
    }
    free(sums);
    return code;
}

enum kor_code
cli_stat_bands(struct cli *cli)
{
    struct wish wish;
    struct cli_model model = {0};
    json_t *bands = json_array();
    enum kor_code code = take_wish(cli, &wish);
    wish.model.columns.may_tie = false;
    if (code == KOR_OK) {
        code = cli_model_read(cli, &wish.model, &model);
    }
    for (size_t k = 0; k <= wish.n_cuts && code == KOR_OK; k++) {
        code = fit_band(cli, &wish, &model, k, bands);
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, json_pack("{s:O}", "bands", bands));
    }
    json_decref(bands);
    cli_model_done(&model);
    cli_model_wish_done(&wish.model);
    return code;
}

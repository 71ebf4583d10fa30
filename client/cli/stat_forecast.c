/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat forecast: the score at a later time from the first ones. */

#include <math.h>

#include "cli/figures.h"
#include "cli/print.h"
#include "cli/stat_course.h"
#include "kor/stat/course.h"
#include "kor/stat/normal.h"

#define LARGE 1e15

struct wish {
    struct cli_model_wish model;
    double at, after; /* Forecast of that time from scores up to this one. */
    double level;     /* Of the interval. */
    double rc, cutoff; /* NAN: no chances. */
};

/* What is summed up over the people whose score at that time is known. */
struct overall {
    size_t n, n_covered;
    double squares, sizes;
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.level = 0.80, .rc = NAN, .cutoff = NAN};
    enum kor_code code = cli_take_model(cli, &wish->model);
    wish->model.columns.may_tie = false;
    if (code == KOR_OK) {
        code = cli_need_real(cli, "at", -LARGE, LARGE, &wish->at);
    }
    if (code == KOR_OK) {
        code = cli_need_real(cli, "after", -LARGE, LARGE, &wish->after);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "level", 0.01, 0.999, &wish->level);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "reliable-change", 1e-9, LARGE, &wish->rc);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "cutoff", -LARGE, LARGE, &wish->cutoff);
    }
    if (code == KOR_OK && wish->after >= wish->at) {
        return kor_fail(&cli->err, KOR_USAGE, "after",
                        "--after must lie before --at");
    }
    return code;
}

/* The score of person 'i' at the time of the forecast; NAN if not given. */
static double
observed(const struct cli_model *model, const struct wish *wish, size_t i)
{
    const struct kor_series *s = &model->series;
    for (size_t r = s->from[i]; r < s->from[i + 1]; r++) {
        if (fabs(s->time[r] - wish->at) <= 0) {
            return s->score[r];
        }
    }
    return NAN;
}

/* The person's line from the scores up to then; false without any. */
static bool
line_so_far(const struct cli_model *model, const struct wish *wish, size_t i,
            struct kor_own_line *line)
{
    const struct kor_series *s = &model->series;
    struct kor_growth_sums sums = KOR_GROWTH_NO_SUMS;
    for (size_t r = model->first[i];
         r < s->from[i + 1] && s->time[r] <= wish->after; r++) {
        kor_growth_add(&sums, &model->data.centre, model->g[r], s->score[r]);
    }
    *line = kor_own_line_of(&model->fit, &model->data.centre, &sums,
                            cli_model_row(model, i));
    return s->time[s->from[i]] <= wish->after;
}

static void
set_chances(const struct wish *wish, const struct cli_model *model, size_t i,
            const struct kor_predicted *predicted, json_t *out)
{
    const struct kor_series *s = &model->series;
    const struct kor_course course
        = {.min_points = isnan(wish->model.min) ? -INFINITY : wish->model.min,
           .max_points = isnan(wish->model.max) ? INFINITY : wish->model.max,
           .better = wish->model.better};
    struct kor_measure measure = {.better = wish->model.better,
                                  .rc_points = wish->rc,
                                  .cutoff_points = wish->cutoff};
    cli_scale(&wish->model, s, &measure.min_points, &measure.max_points);
    struct kor_chances chances = kor_course_chances(
        &course, predicted, &measure, s->score[s->from[i]]);
    cli_set_real(out, "better", chances.better);
    cli_set_real(out, "recovered", chances.recovered);
    cli_set_real(out, "worse", chances.worse);
}

static json_t *
forecast(const struct cli_model *model, const struct wish *wish, size_t i,
         const struct kor_own_line *line, struct overall *overall)
{
    double g = kor_time_apply(wish->model.f, wish->at), sd;
    double mean = kor_own_line_at(&model->fit, line, g, &sd);
    double reach = kor_normal_quantile((1 + wish->level) / 2) * sd;
    double low = fmax(mean - reach, wish->model.min);
    double high = fmin(mean + reach, wish->model.max);
    double seen = observed(model, wish, i);
    json_t *out = json_object();
    cli_set_word(out, "id", kor_series_id(&model->series, i));
    cli_set_real(out, "mean", mean);
    cli_set_real(out, "sd", sd);
    cli_set_real(out, "low", low);
    cli_set_real(out, "high", high);
    cli_set_real(out, "observed", seen);
    if (!isnan(wish->rc)) {
        const struct kor_predicted predicted = {mean, sd};
        set_chances(wish, model, i, &predicted, out);
    }
    if (!isnan(seen)) {
        overall->n++;
        overall->n_covered += seen >= low && seen <= high;
        overall->squares += (seen - mean) * (seen - mean);
        overall->sizes += fabs(seen - mean);
    }
    return out;
}

static json_t *
figures_of(const struct cli_model *model, const struct wish *wish)
{
    struct overall overall = {0};
    json_t *people = json_array(), *all = json_object();
    for (size_t i = 0; i < model->series.n_people; i++) {
        struct kor_own_line line;
        if (line_so_far(model, wish, i, &line)) {
            json_array_append_new(people,
                                  forecast(model, wish, i, &line, &overall));
        }
    }
    double n = (double)overall.n;
    cli_set_count(all, "people", overall.n);
    cli_set_count(all, "covered", overall.n_covered);
    cli_set_real(all, "share", (double)overall.n_covered / n);
    cli_set_real(all, "rmse", sqrt(overall.squares / n));
    cli_set_real(all, "mae", overall.sizes / n);
    return json_pack("{s:o,s:o}", "people", people, "overall", all);
}

/* A forecast beyond all times seen is a guess of the model. */
static void
remark_beyond(const struct cli *cli, const struct cli_model *model,
              const struct wish *wish)
{
    double last = wish->model.course ? wish->model.record.course.max_time
                                     : -INFINITY;
    for (size_t i = 0; i < model->series.n && !wish->model.course; i++) {
        last = fmax(last, model->series.time[i]);
    }
    if (wish->at > last) {
        cli_remark(cli,
                   kor_text(cli->lang,
                            "the time %g lies beyond those that the model was "
                            "fitted to, the last of which is %g"),
                   wish->at, last);
    }
}

enum kor_code
cli_stat_forecast(struct cli *cli)
{
    struct wish wish;
    struct cli_model model = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = cli_model_read(cli, &wish.model, &model);
    }
    if (code == KOR_OK) {
        code = cli_want_estimates(cli, &model.fit);
    }
    if (code == KOR_OK && !isfinite(kor_time_apply(wish.model.f, wish.at))) {
        code = kor_fail(&cli->err, KOR_USAGE, "at",
                        "the time of --at has no %s",
                        kor_time_name(wish.model.f));
    }
    if (code == KOR_OK) {
        remark_beyond(cli, &model, &wish);
        cli_print_figures(cli, figures_of(&model, &wish));
    }
    cli_model_done(&model);
    cli_model_wish_done(&wish.model);
    return code;
}

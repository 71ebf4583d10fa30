/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat endings: change by how episodes ended, with the last score carried
 * forward and by the mixed model. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/endings.h"
#include "kor/stat/growth.h"

static const double farthest = 1e9;

struct wish {
    struct kor_series_wish columns;
    enum kor_time_function f;
    enum kor_better better;
    double level;
    double from, to; /* Times of the model's change; NAN: from the data. */
};

/* What is worked on. */
struct work {
    const struct wish *wish;
    const struct kor_series *series;
    double *g;                          /* f(time) of each row. */
    struct kor_ending_scores *episodes; /* Of each person. */
    double from, to;
};

/* Fails if the time that an option gave is none for the function of time. */
static enum kor_code
check_time(struct cli *cli, const struct wish *wish, const char *name,
           double time)
{
    if (isnan(time) || isfinite(kor_time_apply(wish->f, time))) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_USAGE, name,
                    "--%s: the time '%g' has no %s: for times from 0 on use "
                    "--f log1p, for any others --f identity",
                    name, time, kor_time_name(wish->f));
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.f = KOR_TIME_LOG,
                          .better = KOR_LOWER_IS_BETTER,
                          .from = NAN,
                          .to = NAN};
    enum kor_code code = cli_take_long_form(cli, &wish->columns);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "ending");
    }
    if (code == KOR_OK) {
        code = cli_take_time_function(cli, &wish->f);
    }
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &wish->better);
    }
    if (code == KOR_OK) {
        code = cli_take_level(cli, &wish->level);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "from", -farthest, farthest, &wish->from);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "to", -farthest, farthest, &wish->to);
    }
    if (code == KOR_OK) {
        code = check_time(cli, wish, "from", wish->from);
    }
    if (code == KOR_OK) {
        code = check_time(cli, wish, "to", wish->to);
    }
    wish->columns.word = cli_option(cli, "ending");
    return code;
}

/* How the episode of a person ended: what the last of the rows says. */
static enum kor_code
take_ending(struct cli *cli, const struct work *work, size_t person,
            enum kor_ending *ending)
{
    const struct kor_series *series = work->series;
    size_t last = series->from[person + 1] - 1;
    const char *word = kor_stat_csv_word(&series->csv, series->row[last], 1);
    for (int i = 0; i < KOR_ENDING_N_STATES; i++) {
        *ending = (enum kor_ending)i;
        if (!strcmp(word, kor_ending_name(*ending))) {
            return KOR_OK;
        }
    }
    *ending = KOR_ENDING_OPEN;
    if (!*word) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_BAD_VALUE, work->wish->columns.word,
                    "line %ld, column %s: an ending is planned, unplanned or "
                    "open, which may be left empty, not '%s'",
                    kor_series_line(series, last), work->wish->columns.word,
                    word);
}

static enum kor_code
take_episodes(struct cli *cli, const struct work *work)
{
    const struct kor_series *series = work->series;
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < series->n_people && code == KOR_OK; i++) {
        struct kor_ending_scores *episode = &work->episodes[i];
        size_t first = series->from[i], last = series->from[i + 1] - 1;
        episode->first = series->score[first];
        episode->last = last > first ? series->score[last] : NAN;
        code = take_ending(cli, work, i, &episode->ending);
    }
    return code;
}

/* The change of the model, unless it was asked for, is from the first time of
 * all to the median of the last times of those with two scores: of planned
 * endings, or of all if there are none. */
static void
settle_times(struct work *work)
{
    const struct kor_series *series = work->series;
    double *lasts = kor_alloc_array(series->n_people + 1, sizeof *lasts);
    for (int pass = 0; pass < 2 && isnan(work->to); pass++) {
        size_t n = 0;
        for (size_t i = 0; i < series->n_people; i++) {
            if (!isnan(work->episodes[i].last)
                && (pass == 1
                    || work->episodes[i].ending == KOR_ENDING_PLANNED)) {
                lasts[n++] = series->time[series->from[i + 1] - 1];
            }
        }
        work->to = kor_median_of(lasts, n);
    }
    for (size_t i = 0; i < series->n && isnan(work->wish->from); i++) {
        work->from = fmin(work->from, series->time[i]);
    }
    free(lasts);
}

/* A fit to those with 'ending'; to all for KOR_ENDING_N_STATES. */
static enum kor_code
fit(struct cli *cli, const struct work *work, enum kor_ending ending,
    struct kor_growth_fit *out)
{
    const struct kor_series *series = work->series;
    struct kor_growth_sums *sums =
        kor_alloc_array(series->n_people + 1, sizeof *sums);
    const struct kor_growth_data data = {
        .centre = kor_growth_centre_of(work->g, series->score, series->n),
        .sums = sums,
        .n_people = series->n_people};
    for (size_t p = 0; p < series->n_people; p++) {
        bool is_in = ending == KOR_ENDING_N_STATES
                     || work->episodes[p].ending == ending;
        sums[p] = KOR_GROWTH_NO_SUMS;
        for (size_t i = series->from[p]; i < series->from[p + 1] && is_in;
             i++) {
            kor_growth_add(&sums[p], &data.centre, work->g[i],
                           series->score[i]);
        }
    }
    enum kor_code code =
        kor_growth_fit(&data, KOR_GROWTH_REML, out, &cli->err);
    free(sums);
    return code;
}

/* What the model expects, in points of improvement. */
static json_t *
model_of(const struct work *work, const struct kor_growth_fit *fitted)
{
    const struct wish *wish = work->wish;
    struct kor_growth_change change =
        kor_growth_change(fitted, NULL, kor_time_apply(wish->f, work->from),
                          kor_time_apply(wish->f, work->to), wish->level);
    bool is_turned = wish->better == KOR_LOWER_IS_BETTER;
    json_t *out = json_object();
    cli_set_word(out, "status", kor_growth_status_name(fitted->status));
    cli_set_count(out, "people", fitted->n_people);
    cli_set_real(out, "change", is_turned ? -change.points : change.points);
    cli_set_real(out, "se", change.se);
    cli_set_real(out, "low", is_turned ? -change.high : change.low);
    cli_set_real(out, "high", is_turned ? -change.low : change.high);
    return out;
}

static json_t *
group_of(const struct work *work, enum kor_ending ending,
         const struct kor_growth_fit *fitted)
{
    size_t n = work->series->n_people;
    double *workspace = kor_alloc_array(3 * n + 1, sizeof *workspace);
    struct kor_ending_group group =
        kor_ending_group_of(work->episodes, n, ending, work->wish->better,
                            work->wish->level, workspace);
    json_t *out = json_object();
    cli_set_word(out, "ending", kor_ending_name(ending));
    cli_set_count(out, "n", group.n);
    cli_set_count(out, "n_two", group.n_two);
    cli_set_real(out, "first", group.first.mean);
    cli_set_real(out, "last", group.last.mean);
    cli_set_real(out, "change", group.change.mean);
    cli_set_real(out, "sd", group.change.sd);
    cli_set_real(out, "low", group.low);
    cli_set_real(out, "high", group.high);
    json_object_set_new(out, "model", model_of(work, fitted));
    free(workspace);
    return out;
}

static enum kor_code
show(struct cli *cli, const struct work *work)
{
    json_t *out = json_object(), *groups = json_array();
    struct kor_growth_fit fitted;
    enum kor_code code = KOR_OK;
    cli_set_count(out, "people", work->series->n_people);
    cli_set_real(out, "from", work->from);
    cli_set_real(out, "to", work->to);
    for (int i = 0; i <= KOR_ENDING_N_STATES && code == KOR_OK; i++) {
        code = fit(cli, work, (enum kor_ending)i, &fitted);
        if (code == KOR_OK) {
            json_array_append_new(groups,
                                  group_of(work, (enum kor_ending)i, &fitted));
        }
    }
    json_object_set_new(out, "groups", groups);
    if (code == KOR_OK) {
        cli_print_figures(cli, json_incref(out));
    }
    json_decref(out);
    return code;
}

static enum kor_code
work_on(struct cli *cli, const struct wish *wish,
        const struct kor_series *series)
{
    struct work work = {
        .wish = wish, .series = series, .from = wish->from, .to = wish->to};
    work.g = kor_alloc_array(series->n + 1, sizeof *work.g);
    work.episodes =
        kor_alloc_array(series->n_people + 1, sizeof *work.episodes);
    enum kor_code code = cli_apply_time(cli, wish->f, series, work.g);
    if (code == KOR_OK) {
        code = take_episodes(cli, &work);
    }
    if (code == KOR_OK) {
        settle_times(&work);
        code = show(cli, &work);
    }
    free(work.episodes);
    free(work.g);
    return code;
}

enum kor_code
cli_stat_endings(struct cli *cli)
{
    struct wish wish;
    struct kor_series series = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = kor_series_read(cli->line.words[0], &wish.columns, &series,
                               &cli->err);
    }
    if (code == KOR_OK) {
        code = work_on(cli, &wish, &series);
    }
    kor_series_done(&series);
    return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat neighbours: the closed episodes most like one person's, and how
 * they went on. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/stat_course.h"
#include "kor/base/alloc.h"
#include "kor/stat/neighbours.h"

#define LARGE 1e15

enum { max_k = 10000 };

struct wish {
    struct kor_series_wish columns;
    struct cli_names covariates;
    const char *person;
    double after; /* Scores up to this time count; NAN: the first alone. */
    struct kor_neighbours_wish look;
};

/* What is looked for and where. */
struct search {
    struct kor_series series;
    double *covariates; /* Rows, one a person. */
    struct kor_neighbours_target target;
    struct kor_neighbour *found;
    struct kor_neighbours out;
};

/* --- options ------------------------------------------------------------- */

static enum kor_code
take_people(struct cli *cli, struct wish *wish)
{
    int64_t k = 20;
    enum kor_code code = cli_want_option(cli, "person");
    if (code == KOR_OK) {
        code = cli_take_int(cli, "k", &k);
    }
    if (code == KOR_OK && (k < 1 || k > max_k)) {
        return kor_fail(&cli->err, KOR_USAGE, "k",
                        "--k must be a number of people from 1 to %d", max_k);
    }
    wish->look.k = (size_t)k;
    wish->person = cli_option(cli, "person");
    if (code == KOR_OK) {
        code = cli_take_columns(cli, "covariate", &wish->covariates);
    }
    if (code == KOR_OK
        && wish->covariates.n > KOR_NEIGHBOURS_MAX_COVARIATES) {
        return kor_fail(&cli->err, KOR_USAGE, "covariate",
                        "--%s takes at most %d words", "covariate",
                        KOR_NEIGHBOURS_MAX_COVARIATES);
    }
    wish->columns.extras = wish->covariates.names;
    wish->columns.n_extras = wish->covariates.n;
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.after = NAN,
                          .look = {.f = KOR_TIME_LOG, .level = 0.80,
                                   .min_points = NAN, .max_points = NAN}};
    enum kor_code code = cli_take_long_form(cli, &wish->columns);
    if (code == KOR_OK) {
        code = take_people(cli, wish);
    }
    if (code == KOR_OK) {
        code = cli_take_time_function(cli, &wish->look.f);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "after", -LARGE, LARGE, &wish->after);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "level", 0.01, 0.999, &wish->look.level);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "min", -LARGE, LARGE,
                             &wish->look.min_points);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "max", -LARGE, LARGE,
                             &wish->look.max_points);
    }
    if (code == KOR_OK && wish->look.min_points >= wish->look.max_points) {
        return kor_fail(&cli->err, KOR_USAGE, "max",
                        "--max must be above --min");
    }
    return code;
}

/* --- people -------------------------------------------------------------- */

/* A column says the same of a person in all rows that say something. */
static enum kor_code
take_covariate(struct cli *cli, const struct wish *wish, struct search *s,
               size_t person, size_t k)
{
    double *to = &s->covariates[person * wish->covariates.n + k];
    *to = NAN;
    for (size_t r = s->series.from[person]; r < s->series.from[person + 1];
         r++) {
        double value = kor_series_extra(&s->series, r, k);
        if (value < *to || value > *to) {
            return kor_fail(&cli->err, KOR_BAD_VALUE,
                            wish->covariates.names[k],
                            "line %ld, column %s: a covariate must be the "
                            "same in all rows of a person",
                            kor_series_line(&s->series, r),
                            wish->covariates.names[k]);
        }
        *to = isnan(value) ? *to : value;
    }
    return KOR_OK;
}

static enum kor_code
take_covariates(struct cli *cli, const struct wish *wish, struct search *s)
{
    size_t n = wish->covariates.n;
    enum kor_code code = KOR_OK;
    s->covariates
        = kor_alloc_array(s->series.n_people * n, sizeof *s->covariates);
    for (size_t i = 0; i < s->series.n_people * n && code == KOR_OK; i++) {
        code = take_covariate(cli, wish, s, i / n, i % n);
    }
    return code;
}

static enum kor_code
take_target(struct cli *cli, const struct wish *wish, struct search *s)
{
    const struct kor_series *series = &s->series;
    size_t i = 0, n = 1;
    while (i < series->n_people
           && strcmp(kor_series_id(series, i), wish->person)) {
        i++;
    }
    if (i == series->n_people) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, "person",
                        "nobody with a score is called '%s' in the column %s",
                        wish->person, wish->columns.id);
    }
    size_t from = series->from[i], given = series->from[i + 1] - from;
    if (series->time[from] > wish->after) {
        return kor_fail(&cli->err, KOR_USAGE, "after",
                        "the first score of '%s' is of time %g: --after must "
                        "be that or later",
                        wish->person, series->time[from]);
    }
    while (n < given && series->time[from + n] <= wish->after) {
        n++;
    }
    s->target = (struct kor_neighbours_target){
        series->time + from, series->score + from, n,
        s->covariates + i * wish->covariates.n, i};
    return KOR_OK;
}

static enum kor_code
find(struct cli *cli, const struct wish *wish, struct search *s)
{
    const struct kor_series *series = &s->series;
    const struct kor_episodes episodes
        = {series->n_people, series->from, series->time, series->score};
    const struct kor_neighbours_pool pool
        = {&episodes, s->covariates, wish->covariates.n};
    struct kor_neighbours_work work
        = {.features = kor_alloc_array(series->n_people,
                                       sizeof *work.features)};
    double *g = kor_alloc_array(series->n, sizeof *g);
    s->found = kor_alloc_array(series->n_people, sizeof *s->found);
    work.found = s->found;
    enum kor_code code
        = s->target.n > 1 ? cli_apply_time(cli, wish->look.f, series, g)
                          : KOR_OK;
    if (code == KOR_OK) {
        code = kor_neighbours_find(&s->target, &pool, &wish->look, &work,
                                   &s->out, &cli->err);
    }
    free(work.features);
    free(g);
    return code;
}

/* --- printing ------------------------------------------------------------ */

static json_t *
neighbours_of(const struct search *s)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < s->out.n; i++) {
        json_t *row = json_object();
        cli_set_word(row, "id", kor_series_id(&s->series, s->found[i].index));
        cli_set_real(row, "distance", s->found[i].distance);
        json_array_append_new(rows, row);
    }
    return rows;
}

/* The person's own last score in a session; NAN without one. */
static double
own_score(const struct search *s, size_t session)
{
    size_t i = s->target.index;
    double score = NAN;
    for (size_t r = s->series.from[i]; r < s->series.from[i + 1]; r++) {
        if (fabs(floor(s->series.time[r] + 0.5) - (double)session) <= 0) {
            score = s->series.score[r];
        }
    }
    return score;
}

static json_t *
course_of(const struct search *s)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < KOR_NEIGHBOURS_MAX_SESSIONS; i++) {
        const struct kor_neighbours_session *session = &s->out.sessions[i];
        if (session->n > 0) {
            json_t *row = json_object();
            cli_set_count(row, "session", i);
            cli_set_count(row, "n", session->n);
            cli_set_real(row, "mean", session->mean);
            cli_set_real(row, "sd", session->sd);
            cli_set_real(row, "low", session->low);
            cli_set_real(row, "high", session->high);
            cli_set_real(row, "own", own_score(s, i));
            json_array_append_new(rows, row);
        }
    }
    return rows;
}

static json_t *
figures_of(const struct wish *wish, const struct search *s)
{
    json_t *out = json_object();
    cli_set_word(out, "person", wish->person);
    cli_set_count(out, "k", wish->look.k);
    cli_set_count(out, "scores", s->target.n);
    cli_set_real(out, "after", s->target.at[s->target.n - 1]);
    cli_set_count(out, "compared", s->out.n_compared);
    cli_set_count(out, "features", s->out.n_features);
    cli_set_real(out, "level", wish->look.level);
    json_object_set_new(out, "neighbours", neighbours_of(s));
    json_object_set_new(out, "course", course_of(s));
    return out;
}

enum kor_code
cli_stat_neighbours(struct cli *cli)
{
    struct wish wish;
    struct search search = {.found = NULL};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct cli_model_wish people = {.columns = wish.columns,
                                              .f = wish.look.f,
                                              .min = wish.look.min_points,
                                              .max = wish.look.max_points};
        code = cli_read_people(cli, &people, &search.series);
    }
    if (code == KOR_OK) {
        code = take_covariates(cli, &wish, &search);
    }
    if (code == KOR_OK) {
        code = take_target(cli, &wish, &search);
    }
    if (code == KOR_OK) {
        code = find(cli, &wish, &search);
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, figures_of(&wish, &search));
    }
    free(search.covariates);
    free(search.found);
    kor_series_done(&search.series);
    cli_names_done(&wish.covariates);
    return code;
}

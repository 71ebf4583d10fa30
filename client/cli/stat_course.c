/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model for the 'stat' commands: see client/cli/stat_course.h. */

#include "cli/stat_course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/certificate.h"
#include "cli/print.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/define/learning_room.h"

#define LARGE 1e15
#define MAX_COVARIATES (KOR_GROWTH_MAX_COVARIATES - 1)

/* --- options ------------------------------------------------------------- */

static enum kor_code
take_covariates(struct cli *cli, struct cli_model_wish *wish)
{
    enum kor_code code = cli_take_columns(cli, "covariate", &wish->covariates);
    if (code == KOR_OK && wish->covariates.n > MAX_COVARIATES) {
        return kor_fail(&cli->err, KOR_USAGE, "covariate",
                        "--%s takes at most %d words", "covariate",
                        MAX_COVARIATES);
    }
    wish->columns.extras = wish->covariates.names;
    wish->columns.n_extras = wish->covariates.n;
    return code;
}

static enum kor_code
take_scale(struct cli *cli, struct cli_model_wish *wish)
{
    enum kor_code code
        = cli_take_real(cli, "min", -LARGE, LARGE, &wish->min);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "max", -LARGE, LARGE, &wish->max);
    }
    if (code == KOR_OK && wish->min >= wish->max) {
        return kor_fail(&cli->err, KOR_USAGE, "max",
                        "--max must be above --min");
    }
    return code;
}

/* A course says by itself what else options would say. */
static enum kor_code
take_course(struct cli *cli, struct cli_model_wish *wish)
{
    static const char *const settled[]
        = {"f", "method", "given-intake", "covariate", "min", "max"};
    const struct kor_course *course = &wish->record.course;
    bool is_said = cli_option(cli, "lower-is-better")
                || cli_option(cli, "higher-is-better");
    enum kor_code code = cli_read_course(cli, wish->course, &wish->record);
    for (size_t i = 0; i < KOR_LENGTH(settled) && code == KOR_OK; i++) {
        if (cli_option(cli, settled[i])) {
            return kor_fail(&cli->err, KOR_USAGE, settled[i],
                            "the course says by itself what --%s would: leave "
                            "one of them out", settled[i]);
        }
    }
    if (code == KOR_OK && is_said && wish->better != course->better) {
        return kor_fail(&cli->err, KOR_CONFLICT, "course",
                        course->better == KOR_HIGHER_IS_BETTER
                            ? KOR_N_("the course is for a scale on which high "
                                     "scores are good: take another")
                            : KOR_N_("the course is for a scale on which low "
                                     "scores are good: take another"));
    }
    wish->f = course->f;
    wish->better = course->better;
    wish->min = course->min_points;
    wish->max = course->max_points;
    wish->is_given_intake = wish->record.n_terms > 2;
    return code;
}

enum kor_code
cli_take_model(struct cli *cli, struct cli_model_wish *wish)
{
    static const char *const methods[] = {"reml", "ml", NULL};
    size_t method = 0;
    *wish = (struct cli_model_wish){.f = KOR_TIME_LOG,
                                    .better = KOR_LOWER_IS_BETTER,
                                    .min = NAN, .max = NAN};
    enum kor_code code = cli_take_long_form(cli, &wish->columns);
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "method", methods, &method);
    }
    if (code == KOR_OK) {
        code = cli_take_time_function(cli, &wish->f);
    }
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &wish->better);
    }
    if (code == KOR_OK) {
        code = take_scale(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_covariates(cli, wish);
    }
    wish->method = method ? KOR_GROWTH_ML : KOR_GROWTH_REML;
    wish->is_given_intake = cli_option(cli, "given-intake") != NULL;
    wish->course = cli_option(cli, "course");
    if (code == KOR_OK && wish->course) {
        code = take_course(cli, wish);
    }
    wish->columns.may_tie = !wish->is_given_intake;
    return code;
}

void
cli_model_wish_done(struct cli_model_wish *wish)
{
    cli_names_done(&wish->covariates);
}

/* --- people -------------------------------------------------------------- */

static enum kor_code
check_scale(struct cli *cli, const struct cli_model_wish *wish,
            const struct kor_series *s)
{
    const char *column = wish->columns.score;
    for (size_t r = 0; r < s->n; r++) {
        if (s->score[r] < wish->min) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, column,
                            "line %ld, column %s: the score '%g' lies outside "
                            "the scale, which begins at %g",
                            kor_series_line(s, r), column, s->score[r],
                            wish->min);
        }
        if (s->score[r] > wish->max) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, column,
                            "line %ld, column %s: the score '%g' lies outside "
                            "the scale, which ends at %g",
                            kor_series_line(s, r), column, s->score[r],
                            wish->max);
        }
    }
    return KOR_OK;
}

enum kor_code
cli_read_people(struct cli *cli, const struct cli_model_wish *wish,
                struct kor_series *series)
{
    enum kor_code code = kor_series_read(cli->line.words[0], &wish->columns,
                                         series, &cli->err);
    if (code == KOR_OK) {
        code = cli_apply_time(cli, wish->f, series, NULL);
    }
    return code == KOR_OK ? check_scale(cli, wish, series) : code;
}

/* A column of the person must say the same in all rows, and something. */
static enum kor_code
take_covariate(struct cli *cli, const struct cli_model_wish *wish,
               struct cli_model *model, size_t person, size_t k)
{
    const struct kor_series *s = &model->series;
    size_t first = s->from[person], n = model->data.n_covariates;
    double value = kor_series_extra(s, first, k);
    for (size_t r = first; r < s->from[person + 1]; r++) {
        double other = kor_series_extra(s, r, k);
        if (isnan(other) || other < value || other > value) {
            return kor_fail(&cli->err, KOR_BAD_VALUE,
                            wish->covariates.names[k],
                            "line %ld, column %s: a covariate must be given "
                            "and be the same in all rows of a person",
                            kor_series_line(s, r), wish->covariates.names[k]);
        }
    }
    model->covariates[person * n + wish->is_given_intake + k] = value;
    return KOR_OK;
}

static enum kor_code
take_person(struct cli *cli, const struct cli_model_wish *wish,
            struct cli_model *model, size_t person)
{
    const struct kor_series *s = &model->series;
    size_t first = s->from[person];
    enum kor_code code = KOR_OK;
    if (wish->is_given_intake) {
        model->covariates[person * model->data.n_covariates]
            = s->score[first];
    }
    for (size_t k = 0; k < wish->covariates.n && code == KOR_OK; k++) {
        code = take_covariate(cli, wish, model, person, k);
    }
    model->first[person] = first + wish->is_given_intake;
    for (size_t r = model->first[person]; r < s->from[person + 1]; r++) {
        kor_growth_add(&model->sums[person], &model->data.centre,
                       model->g[r], s->score[r]);
    }
    return code;
}

static enum kor_code
sum_up(struct cli *cli, const struct cli_model_wish *wish,
       struct cli_model *model)
{
    const struct kor_series *s = &model->series;
    size_t n_covariates = wish->is_given_intake + wish->covariates.n;
    model->g = kor_alloc_array(s->n, sizeof *model->g);
    model->first = kor_alloc_array(s->n_people, sizeof *model->first);
    model->sums = kor_alloc_array(s->n_people, sizeof *model->sums);
    model->covariates = kor_alloc_array(s->n_people * n_covariates,
                                        sizeof *model->covariates);
    enum kor_code code = cli_apply_time(cli, wish->f, s, model->g);
    model->data = (struct kor_growth_data){
        .centre = kor_growth_centre_of(model->g, s->score, s->n),
        .sums = model->sums,
        .n_people = s->n_people,
        .covariates = model->covariates,
        .n_covariates = n_covariates,
        .n_level_only = wish->covariates.n};
    for (size_t i = 0; i < s->n_people && code == KOR_OK; i++) {
        code = take_person(cli, wish, model, i);
    }
    return code;
}

/* --- the model ----------------------------------------------------------- */

/* Turns a course into the fit that it came from, as far as it is needed. */
static void
fit_of_course(const struct kor_course_record *record,
              struct kor_growth_fit *fit)
{
    const struct kor_course *c = &record->course;
    *fit = (struct kor_growth_fit){.status = record->status,
                                   .method = record->method,
                                   .n_people = c->n_people,
                                   .n_records = c->n_records,
                                   .n_terms = record->n_terms,
                                   .b = {c->b0, c->b1, c->b2, c->b3},
                                   .tau00 = c->tau00,
                                   .tau01 = c->tau01,
                                   .tau11 = c->tau11,
                                   .sigma = c->sigma,
                                   .loglik = record->loglik,
                                   .aic = NAN,
                                   .bic = NAN};
}

enum kor_code
cli_model_read(struct cli *cli, const struct cli_model_wish *wish,
               struct cli_model *model)
{
    enum kor_code code = cli_read_people(cli, wish, &model->series);
    if (code == KOR_OK) {
        code = sum_up(cli, wish, model);
    }
    if (code == KOR_OK && wish->course) {
        fit_of_course(&wish->record, &model->fit);
    } else if (code == KOR_OK) {
        code = kor_growth_fit(&model->data, wish->method, &model->fit,
                              &cli->err);
    }
    return code;
}

void
cli_model_done(struct cli_model *model)
{
    free(model->g);
    free(model->first);
    free(model->sums);
    free(model->covariates);
    kor_series_done(&model->series);
}

const double *
cli_model_row(const struct cli_model *model, size_t i)
{
    return model->covariates + i * model->data.n_covariates;
}

enum kor_code
cli_want_estimates(struct cli *cli, const struct kor_growth_fit *fit)
{
    if (kor_growth_has_estimates(fit)) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_CONFLICT, "score",
                    "no model can be fitted to %zu people with %zu scores "
                    "(%s): %s", fit->n_people, fit->n_records,
                    kor_growth_status_name(fit->status),
                    kor_text(cli->lang,
                             kor_growth_status_text(fit->status)));
}

/* --- courses ------------------------------------------------------------- */

enum kor_code
cli_read_course(struct cli *cli, const char *path,
                struct kor_course_record *record)
{
    struct kor_buf text = {0};
    enum kor_code code
        = kor_file_read(path, KOR_COURSE_MAX_SIZE, &text, &cli->err);
    if (code == KOR_OK) {
        char *own = cli_certificate_in(kor_buf_text(&text), text.size);
        const char *found = own ? own : kor_buf_text(&text);
        /* A clinic's course is one as well. */
        if (kor_course_parse(found, strlen(found), record, NULL) != KOR_OK) {
            code = kor_course_parse_model(found, strlen(found), record,
                                          &cli->err);
        }
        free(own);
    }
    if (code == KOR_BAD_VALUE) {
        (void)kor_wrap(&cli->err, "course %s", path);
    }
    kor_buf_done(&text);
    return code;
}

enum kor_code
cli_want_given_intake(struct cli *cli, const struct cli_model_wish *wish)
{
    if (wish->record.n_terms == 4) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_CONFLICT, "course",
                    "this course does not take the start score as given: make "
                    "one with 'kor stat fit --given-intake --save'");
}

bool
cli_remark_known(const struct cli *cli, const struct cli_model_wish *wish,
                 const struct kor_series *series)
{
    const struct kor_course *course = &wish->record.course;
    size_t people = 0, later = 0;
    for (size_t i = 0; i < series->n_people; i++) {
        size_t n = series->from[i + 1] - series->from[i];
        people += n > 1;
        later += n - 1;
    }
    bool is_known = people == course->n_people && later == course->n_records;
    if (is_known) {
        cli_remark(cli, "%s",
                   kor_text(cli->lang,
                            "the course seems to be fitted to these very "
                            "people, so it looks better than it is: use "
                            "--halves"));
    }
    return is_known;
}

struct kor_episodes
cli_episodes(const struct kor_series *series)
{
    return (struct kor_episodes){series->n_people, series->from, series->time,
                                 series->score};
}

void
cli_scale(const struct cli_model_wish *wish, const struct kor_series *series,
          double *min, double *max)
{
    *min = wish->min;
    *max = wish->max;
    for (size_t i = 0; i < series->n; i++) {
        if (isnan(wish->min)) {
            *min = fmin(*min, series->score[i]);
        }
        if (isnan(wish->max)) {
            *max = fmax(*max, series->score[i]);
        }
    }
}

enum kor_code
cli_learn(struct cli *cli, const struct cli_model_wish *wish,
          const struct kor_episodes *episodes, double min, double max,
          uint64_t seed, const struct kor_course *reference,
          struct kor_learned *out)
{
    size_t n = episodes->n_people;
    const struct kor_learning learning
        = {.f = wish->f, .method = wish->method, .seed = seed,
           .min_points = min, .max_points = max, .better = wish->better,
           .reference = reference};
    struct kor_learning_work work = kor_learning_room(n, episodes->from[n]);
    enum kor_code code
        = kor_course_learn(episodes, &learning, &work, out, &cli->err);
    kor_learning_room_done(&work);
    return code == KOR_OK ? cli_want_estimates(cli, &out->fit) : code;
}

/* --- halves -------------------------------------------------------------- */

enum kor_code
cli_take_halves(struct cli *cli, struct cli_halves *to)
{
    bool has_halves = cli_option(cli, "halves") != NULL;
    *to = (struct cli_halves){.n = has_halves, .seed = 1};
    if (!has_halves && !cli_option(cli, "course")) {
        return kor_fail(&cli->err, KOR_USAGE, "course",
                        "--course or --halves is missing: see 'kor help %s'",
                        kor_commands[cli->line.command].words);
    }
    if (has_halves && cli_option(cli, "course")) {
        return kor_fail(&cli->err, KOR_USAGE, "halves",
                        "--course and --halves exclude each other: give one "
                        "of them");
    }
    enum kor_code code = cli_take_int(cli, "halves", &to->n);
    if (code == KOR_OK) {
        code = cli_take_int(cli, "seed", &to->seed);
    }
    if (code == KOR_OK
        && (to->n < has_halves || to->n > CLI_MAX_HALVES || to->seed < 0)) {
        return kor_fail(&cli->err, KOR_USAGE, "halves",
                        "--halves must lie from 1 to %d, and --seed from 0 "
                        "on", CLI_MAX_HALVES);
    }
    return code;
}

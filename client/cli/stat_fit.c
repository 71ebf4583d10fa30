/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat fit: the growth model on any CSV file, and a course from it. */

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/figures.h"
#include "cli/print.h"
#include "cli/stat_course.h"
#include "kor/base/file.h"
#include "kor/stat/judge.h"
#include "kor/stat/learn.h"
#include "kor/stat/reference.h"

/* --- the fit ------------------------------------------------------------- */

/* The name of g: f of the column, as it was asked for. */
static json_t *
name_of_g(const struct cli_model_wish *wish)
{
    return wish->f == KOR_TIME_IDENTITY
               ? json_string(wish->columns.time)
               : json_sprintf("%s(%s)", kor_time_name(wish->f),
                              wish->columns.time);
}

static json_t *
terms_of(const struct cli_model_wish *wish)
{
    json_t *terms = json_pack("[s]", "1"), *g = name_of_g(wish);
    if (wish->is_given_intake) {
        json_array_append(terms, g);
        json_array_append_new(terms, json_string("start"));
        json_array_append_new(
            terms, json_sprintf("start x %s", json_string_value(g)));
    } else {
        json_array_append(terms, g);
    }
    for (size_t i = 0; i < wish->covariates.n; i++) {
        json_array_append_new(terms, json_string(wish->covariates.names[i]));
    }
    json_decref(g);
    return terms;
}

static json_t *
figures_of(const struct cli_model_wish *wish, const struct kor_growth_fit *fit)
{
    json_t *out = json_object();
    cli_set_count(out, "people", fit->n_people);
    cli_set_count(out, "records", fit->n_records);
    cli_set_word(out, "method", kor_growth_method_name(fit->method));
    json_object_set_new(out, "terms", terms_of(wish));
    json_object_set_new(out, "b", cli_reals(fit->b, fit->n_terms));
    json_object_set_new(out, "se", cli_reals(fit->se, fit->n_terms));
    cli_set_real(out, "tau00", fit->tau00);
    cli_set_real(out, "tau01", fit->tau01);
    cli_set_real(out, "tau11", fit->tau11);
    cli_set_real(out, "sigma", fit->sigma);
    cli_set_real(out, "loglik", fit->loglik);
    cli_set_real(out, "aic", fit->aic);
    cli_set_real(out, "bic", fit->bic);
    cli_set_word(out, "status", kor_growth_status_name(fit->status));
    cli_set_count(out, "iterations", fit->iterations);
    return out;
}

/* The test of all terms but 1 and g, where likelihoods can be compared. */
static enum kor_code
add_comparison(struct cli *cli, const struct cli_model *model, json_t *out)
{
    struct kor_growth_data plain = model->data;
    struct kor_growth_fit small;
    struct kor_growth_comparison found;
    if (model->data.n_covariates == 0
        || model->fit.method != KOR_GROWTH_ML) {
        return KOR_OK;
    }
    plain.n_covariates = plain.n_level_only = 0;
    enum kor_code code
        = kor_growth_fit(&plain, KOR_GROWTH_ML, &small, &cli->err);
    if (code == KOR_OK) {
        found = kor_growth_compare(&small, &model->fit);
        json_object_set_new(out, "against_plain",
                            json_pack("{s:o,s:i,s:o}", "chi2",
                                      cli_real(found.chi2), "df",
                                      (int)found.df, "p",
                                      cli_real(found.p)));
    }
    return code;
}

/* --- saving a course ----------------------------------------------------- */

static void
record_of(const struct cli_model_wish *wish, const struct kor_growth_fit *fit,
          const struct kor_course *course, struct kor_course_record *record)
{
    *record = (struct kor_course_record){
        .course = *course,
        .method = fit->method,
        .status = fit->status,
        .unit = wish->f == KOR_TIME_LOG ? KOR_COURSE_SESSIONS
                                        : KOR_COURSE_WEEKS,
        .n_terms = fit->n_terms,
        .loglik = fit->loglik,
        .min_people = kor_limits_default().min_people};
    memcpy(record->se, fit->se, sizeof record->se);
    for (size_t i = fit->n_terms; i < KOR_COURSE_MAX_TERMS; i++) {
        record->se[i] = 0;
    }
}

/* The course of a fit with the start score among the responses. */
static struct kor_course
plain_course(const struct cli_model_wish *wish, const struct cli_model *model,
             double min, double max)
{
    const struct kor_series *s = &model->series;
    struct kor_course course = {.f = wish->f, .min_points = min,
                                .max_points = max, .better = wish->better,
                                .first_time = INFINITY,
                                .max_time = -INFINITY};
    kor_course_from_fit(&course, &model->fit);
    for (size_t i = 0; i < s->n; i++) {
        course.first_time = fmin(course.first_time, s->time[i]);
        course.max_time = fmax(course.max_time, s->time[i]);
    }
    return course;
}

static enum kor_code
read_reference(struct cli *cli, const struct cli_model_wish *wish,
               const char *path, struct kor_course *reference)
{
    struct kor_course_record record;
    enum kor_code code = cli_read_course(cli, path, &record);
    if (code == KOR_OK
        && (record.n_terms != 4 || !kor_reference_can(&record.course)
            || record.course.f != wish->f
            || record.course.better != wish->better)) {
        return kor_fail(&cli->err, KOR_CONFLICT, "reference",
                        "the reference must be a calibrated course over the "
                        "same time and direction: make it with 'kor stat fit "
                        "--given-intake --save'");
    }
    *reference = record.course;
    return code;
}

static enum kor_code
save(struct cli *cli, const struct cli_model_wish *wish,
     struct cli_model *model, const char *path, json_t *out)
{
    const char *from = cli_option(cli, "reference");
    const struct kor_episodes episodes = cli_episodes(&model->series);
    struct kor_learned learned = {.fit = model->fit};
    struct kor_course reference;
    struct kor_course_record record;
    struct kor_buf text = {0};
    double min, max;
    enum kor_code code
        = from ? read_reference(cli, wish, from, &reference) : KOR_OK;
    cli_scale(wish, &model->series, &min, &max);
    if (code == KOR_OK && wish->is_given_intake) {
        code = cli_learn(cli, wish, &episodes, min, max, 1,
                         from ? &reference : NULL, &learned);
    } else if (code == KOR_OK) {
        code = cli_want_estimates(cli, &model->fit);
        learned.course = plain_course(wish, model, min, max);
    }
    if (code == KOR_OK) {
        code = kor_course_check(&learned.course, &cli->err);
    }
    if (code == KOR_OK && (isnan(wish->min) || isnan(wish->max))) {
        cli_remark(cli,
                   kor_text(cli->lang,
                            "the scale is taken from the scores, %g to %g: if "
                            "it is wider, give --min and --max"),
                   min, max);
    }
    if (code == KOR_OK) {
        record_of(wish, &learned.fit, &learned.course, &record);
        kor_course_encode_model(&record, &text);
        code = kor_file_write(path, text.text, text.size, 0644, &cli->err);
        cli_set_word(out, "saved", path);
        cli_set_real(out, "reference_weight", learned.reference_weight);
    }
    kor_buf_done(&text);
    return code;
}

/* Whether two paths lead to one file. */
static bool
is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev
        && x.st_ino == y.st_ino;
}

static enum kor_code
check_options(struct cli *cli, const struct cli_model_wish *wish)
{
    const char *path = cli_option(cli, "save");
    const char *reference = cli_option(cli, "reference");
    bool is_saved = path != NULL;
    if (is_saved
        && (is_same_file(path, cli->line.words[0])
            || (reference && is_same_file(path, reference)))) {
        return kor_fail(&cli->err, KOR_USAGE, "save",
                        "--save would write over the file that is read: give "
                        "another name");
    }
    if (is_saved && wish->covariates.n > 0) {
        return kor_fail(&cli->err, KOR_USAGE, "save",
                        "--save keeps a course without other covariates: "
                        "leave out --covariate");
    }
    if (reference && (!is_saved || !wish->is_given_intake)) {
        return kor_fail(&cli->err, KOR_USAGE, "reference",
                        "--reference goes with --given-intake and --save");
    }
    return KOR_OK;
}

enum kor_code
cli_stat_fit(struct cli *cli)
{
    struct cli_model_wish wish;
    struct cli_model model = {0};
    json_t *out = NULL;
    enum kor_code code = cli_take_model(cli, &wish);
    if (code == KOR_OK) {
        code = check_options(cli, &wish);
    }
    if (code == KOR_OK) {
        code = cli_model_read(cli, &wish, &model);
    }
    if (code == KOR_OK) {
        out = figures_of(&wish, &model.fit);
        code = add_comparison(cli, &model, out);
    }
    if (code == KOR_OK && cli_option(cli, "save")) {
        code = save(cli, &wish, &model, cli_option(cli, "save"), out);
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, json_incref(out));
    }
    json_decref(out);
    cli_model_done(&model);
    cli_model_wish_done(&wish);
    return code;
}

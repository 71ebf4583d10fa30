/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat therapists: the spread between groups of people, on any CSV file
 * with a row for each person. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/between.h"
#include "lib/stat_csv.h"

enum { score_column = 0, most_people = 1000000 };

/* --score, --group, --covariate, and what is said of each group. */
struct wish {
    const char *group;
    const char *numbers[1 + KOR_BETWEEN_MAX_COVARIATES]; /* Score first. */
    size_t n_covariates;
    double level;
    double small_group;
};

static enum kor_code
take_covariates(struct cli *cli, struct wish *wish, struct cli_names *names)
{
    enum kor_code code = cli_take_columns(cli, "covariate", names);
    if (code == KOR_OK && names->n > KOR_BETWEEN_MAX_COVARIATES) {
        return kor_fail(&cli->err, KOR_USAGE, "covariate",
                        "--covariate takes at most %d columns",
                        (int)KOR_BETWEEN_MAX_COVARIATES);
    }
    for (size_t j = 0; j < names->n && code == KOR_OK; j++) {
        wish->numbers[1 + wish->n_covariates++] = names->names[j];
    }
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish, struct cli_names *names)
{
    *wish =
        (struct wish){.level = 0.95, .small_group = KOR_BETWEEN_SMALL_GROUP};
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "score");
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "group");
    }
    wish->numbers[score_column] = cli_option(cli, "score");
    wish->group = cli_option(cli, "group");
    if (code == KOR_OK) {
        code = take_covariates(cli, wish, names);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "level", 0.5, 0.999, &wish->level);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "small", 0, most_people, &wish->small_group);
    }
    return code;
}

/* Score, covariates and group of each row; who has no group has no score
 * either, and so is left out and counted. */
static void
take_rows(const struct kor_stat_csv *csv, double y[], double x[],
          size_t group[])
{
    size_t n_x = csv->n_numbers - 1;
    for (size_t i = 0; i < csv->n; i++) {
        bool has_group = csv->words[i] != KOR_NO_WORD;
        y[i] = has_group ? kor_stat_csv_number(csv, i, score_column) : NAN;
        group[i] = has_group ? csv->words[i] : 0;
        for (size_t j = 0; j < n_x; j++) {
            x[i * n_x + j] = kor_stat_csv_number(csv, i, 1 + j);
        }
    }
}

static json_t *
terms_of(const struct wish *wish)
{
    json_t *terms = json_pack("[s]", "1");
    for (size_t j = 0; j < wish->n_covariates; j++) {
        json_array_append_new(terms, json_string(wish->numbers[1 + j]));
    }
    return terms;
}

static json_t *
groups_of(const struct kor_people *names,
          const struct kor_between_group groups[])
{
    json_t *out = json_array();
    for (uint32_t g = 0; g < names->n; g++) {
        const struct kor_between_group *at = &groups[g];
        json_t *row = json_object();
        cli_set_word(row, "group", kor_people_id(names, g));
        cli_set_count(row, "n", at->n);
        cli_set_real(row, "u", at->u);
        cli_set_real(row, "se", at->se);
        cli_set_real(row, "low", at->low);
        cli_set_real(row, "high", at->high);
        cli_set_real(row, "se_terms", at->se_terms);
        cli_set_real(row, "shrink", at->shrink);
        json_object_set_new(
            row, "stands",
            isnan(at->u) ? json_null()
                         : json_string(kor_between_stands_name(at->stands)));
        json_object_set_new(row, "small", json_boolean(at->is_small));
        json_array_append_new(out, row);
    }
    return out;
}

static void
print_between(const struct cli *cli, const struct wish *wish,
              const struct kor_people *names,
              const struct kor_between_fit *fit,
              const struct kor_between_group groups[])
{
    json_t *out = json_object();
    cli_set_count(out, "people", fit->n_people);
    cli_set_count(out, "left_out", fit->n_incomplete);
    cli_set_word(out, "status", kor_between_status_name(fit->status));
    cli_set_real(out, "icc", fit->icc);
    cli_set_real(out, "icc_low", fit->icc_low);
    cli_set_real(out, "icc_high", fit->icc_high);
    cli_set_real(out, "tau2", fit->tau2);
    cli_set_real(out, "sigma2", fit->sigma2);
    json_object_set_new(out, "terms", terms_of(wish));
    json_object_set_new(out, "b", cli_reals(fit->b, fit->n_terms));
    json_object_set_new(out, "se", cli_reals(fit->se, fit->n_terms));
    cli_set_real(out, "loglik", fit->loglik);
    cli_set_real(out, "gain", fit->gain);
    cli_set_real(out, "level", wish->level);
    cli_set_count(out, "small_below", (size_t)wish->small_group);
    json_object_set_new(out, "groups", groups_of(names, groups));
    cli_print_figures(cli, out);
}

static enum kor_code
fit_and_print(struct cli *cli, const struct wish *wish,
              const struct kor_stat_csv *csv)
{
    const struct kor_people *names = &csv->dictionaries[0];
    size_t n_x = wish->n_covariates, n_groups = names->n;
    double *y = kor_alloc_array(csv->n + 1, sizeof *y);
    double *x = kor_alloc_array(csv->n + 1, (n_x + 1) * sizeof *x);
    size_t *group = kor_alloc_array(csv->n + 1, sizeof *group);
    /* One group more, for rows without any where no row has one. */
    struct kor_between_group *groups =
        kor_alloc_array(n_groups + 1, sizeof *groups);
    double *workspace = kor_alloc_array(
        kor_between_workspace(n_groups + 1, n_x), sizeof *workspace);
    const struct kor_between_data data = {.y = y,
                                          .group = group,
                                          .covariates = n_x ? x : NULL,
                                          .n = csv->n,
                                          .n_groups = n_groups + !n_groups,
                                          .n_covariates = n_x,
                                          .level = wish->level,
                                          .small_group =
                                              (size_t)wish->small_group};
    struct kor_between_fit fit;
    take_rows(csv, y, x, group);
    enum kor_code code =
        kor_between_fit(&data, workspace, &fit, groups, &cli->err);
    if (code == KOR_OK) {
        print_between(cli, wish, names, &fit, groups);
    }
    free(workspace);
    free(groups);
    free(group);
    free(x);
    free(y);
    return code;
}

enum kor_code
cli_stat_therapists(struct cli *cli)
{
    struct wish wish;
    struct cli_names names = {0};
    struct kor_stat_csv csv = {0};
    enum kor_code code = take_wish(cli, &wish, &names);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.words = &wish.group,
                                              .n_words = 1,
                                              .numbers = wish.numbers,
                                              .n_numbers =
                                                  1 + wish.n_covariates};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = cli_check_ids(cli);
    }
    if (code == KOR_OK) {
        code = fit_and_print(cli, &wish, &csv);
    }
    kor_stat_csv_done(&csv);
    cli_names_done(&names);
    return code;
}

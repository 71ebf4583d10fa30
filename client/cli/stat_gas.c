/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat gas: how far people reached their own goals. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/attainment.h"
#include "kor/stat/summary.h"
#include "lib/number.h"

static const double heaviest = 1e6;

struct wish {
    struct cli_names goals;
    struct cli_names words;        /* Of --weights. */
    double weights[CLI_MAX_NAMES]; /* Of each goal; NAN: in a column. */
    const char *id;                /* Null: rows are counted. */
    const char *columns[2 * CLI_MAX_NAMES]; /* Goals, then weights. */
    size_t n_columns;
};

/* A weight is a number for all, or the name of a column. */
static enum kor_code
take_weights(struct cli *cli, struct wish *wish)
{
    enum kor_code code = cli_take_names(cli, "weights", &wish->words);
    if (code == KOR_OK && wish->words.n > 0
        && wish->words.n != wish->goals.n) {
        return kor_fail(&cli->err, KOR_USAGE, "weights",
                        "--weights needs one word for each of the %zu goals, "
                        "not %zu: a number above 0, or a column",
                        wish->goals.n, wish->words.n);
    }
    for (size_t i = 0; i < wish->goals.n && code == KOR_OK; i++) {
        const char *word = wish->words.n > 0 ? wish->words.names[i] : "1";
        if (!kor_real_parse(word, &wish->weights[i])) {
            wish->weights[i] = NAN;
            wish->columns[wish->n_columns++] = word;
        } else if (!(wish->weights[i] > 0 && wish->weights[i] <= heaviest)) {
            code = kor_fail(&cli->err, KOR_USAGE, "weights",
                            "--weights: a weight must be above 0 and at most "
                            "%g, not '%s'",
                            heaviest, word);
        }
    }
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "goals");
    }
    if (code == KOR_OK) {
        code = cli_take_columns(cli, "goals", &wish->goals);
    }
    for (size_t i = 0; i < wish->goals.n; i++) {
        wish->columns[wish->n_columns++] = wish->goals.names[i];
    }
    if (code == KOR_OK) {
        code = take_weights(cli, wish);
    }
    wish->id = cli_option(cli, "id");
    return code;
}

/* Levels from -2 to 2, weights above 0. */
static enum kor_code
check(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < wish->n_columns && code == KOR_OK; i++) {
        bool is_goal = i < wish->goals.n;
        code = cli_check_range(cli, csv, i, wish->columns[i],
                               is_goal ? -2 : 1 / heaviest,
                               is_goal ? 2 : heaviest);
    }
    return code;
}

/* T of one row; a goal without a weight is left out as one without a
 * level. */
static enum kor_code
t_of_row(struct cli *cli, const struct wish *wish,
         const struct kor_stat_csv *csv, size_t row, double *t)
{
    double levels[CLI_MAX_NAMES], weights[CLI_MAX_NAMES];
    size_t column = wish->goals.n;
    for (size_t i = 0; i < wish->goals.n; i++) {
        levels[i] = kor_stat_csv_number(csv, row, i);
        weights[i] = isnan(wish->weights[i])
                         ? kor_stat_csv_number(csv, row, column++)
                         : wish->weights[i];
        if (isnan(weights[i])) {
            levels[i] = NAN;
            weights[i] = 1;
        }
    }
    return kor_attainment_t(levels, weights, wish->goals.n, KOR_ATTAINMENT_R,
                            t, &cli->err);
}

static json_t *
person_of(const struct wish *wish, const struct kor_stat_csv *csv, size_t row,
          double t)
{
    json_t *out = json_object();
    char number[24];
    snprintf(number, sizeof number, "%zu", row + 1);
    cli_set_word(out, "id",
                 wish->id ? kor_stat_csv_word(csv, row, 0) : number);
    cli_set_real(out, "t", t);
    return out;
}

static enum kor_code
show(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv)
{
    enum kor_code code = KOR_OK;
    double *ts = kor_alloc_array(csv->n + 1, sizeof *ts);
    json_t *out = json_object(), *people = json_array();
    for (size_t i = 0; i < csv->n && code == KOR_OK; i++) {
        code = t_of_row(cli, wish, csv, i, &ts[i]);
        json_array_append_new(people, person_of(wish, csv, i, ts[i]));
    }
    struct kor_mean mean = kor_mean_of(ts, csv->n);
    cli_set_count(out, "n", mean.n);
    cli_set_count(out, "missing", csv->n - mean.n);
    cli_set_real(out, "t_mean", mean.mean);
    cli_set_real(out, "t_sd", mean.sd);
    json_object_set_new(out, "people", people);
    if (code == KOR_OK) {
        cli_print_figures(cli, json_incref(out));
    }
    json_decref(out);
    free(ts);
    return code;
}

enum kor_code
cli_stat_gas(struct cli *cli)
{
    struct wish wish = {0};
    struct kor_stat_csv csv = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.words = &wish.id,
                                              .n_words = wish.id != NULL,
                                              .numbers = wish.columns,
                                              .n_numbers = wish.n_columns};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = check(cli, &wish, &csv);
    }
    if (code == KOR_OK) {
        code = show(cli, &wish, &csv);
    }
    kor_stat_csv_done(&csv);
    cli_names_done(&wish.goals);
    cli_names_done(&wish.words);
    return code;
}

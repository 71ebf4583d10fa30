/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat fit: the growth model on any CSV file. */

#include <stdlib.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/growth.h"

struct wish {
    struct kor_series_wish columns;
    enum kor_time_function f;
    enum kor_growth_method method;
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    static const char *const methods[] = {"reml", "ml", NULL};
    size_t method = 0;
    *wish = (struct wish){.f = KOR_TIME_LOG};
    enum kor_code code = cli_take_long_form(cli, &wish->columns);
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "method", methods, &method);
    }
    if (code == KOR_OK) {
        code = cli_take_time_function(cli, &wish->f);
    }
    wish->method = method ? KOR_GROWTH_ML : KOR_GROWTH_REML;
    wish->columns.may_tie = true;
    return code;
}

static enum kor_code
fit(struct cli *cli, const struct wish *wish, const struct kor_series *series,
    struct kor_growth_fit *out)
{
    double *g = kor_alloc_array(series->n, sizeof *g);
    struct kor_growth_sums *sums
        = kor_alloc_array(series->n_people, sizeof *sums);
    enum kor_code code = cli_apply_time(cli, wish->f, series, g);
    const struct kor_growth_data data
        = {.centre = kor_growth_centre_of(g, series->score, series->n),
           .sums = sums,
           .n_people = series->n_people};
    for (size_t p = 0; p < series->n_people && code == KOR_OK; p++) {
        for (size_t i = series->from[p]; i < series->from[p + 1]; i++) {
            kor_growth_add(&sums[p], &data.centre, g[i], series->score[i]);
        }
    }
    if (code == KOR_OK) {
        code = kor_growth_fit(&data, wish->method, out, &cli->err);
    }
    free(sums);
    free(g);
    return code;
}

/* The terms, the second of them f of the column as it was asked for. */
static json_t *
terms_of(const struct wish *wish)
{
    return wish->f == KOR_TIME_IDENTITY
               ? json_pack("[s,s]", "1", wish->columns.time)
               : json_pack("[s,o]", "1",
                           json_sprintf("%s(%s)", kor_time_name(wish->f),
                                        wish->columns.time));
}

static void
print_fit(const struct cli *cli, const struct wish *wish,
          const struct kor_growth_fit *fit)
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
    cli_print_figures(cli, out);
}

enum kor_code
cli_stat_fit(struct cli *cli)
{
    struct wish wish;
    struct kor_series series = {0};
    struct kor_growth_fit found;
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = kor_series_read(cli->line.words[0], &wish.columns, &series,
                               &cli->err);
    }
    if (code == KOR_OK) {
        code = fit(cli, &wish, &series, &found);
    }
    if (code == KOR_OK) {
        print_fit(cli, &wish, &found);
    }
    kor_series_done(&series);
    return code;
}
